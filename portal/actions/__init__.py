"""The verbs of the ground: what can happen to any record, and to the registers."""
