"""Coordination programmes, their plans, targets and reviews."""
