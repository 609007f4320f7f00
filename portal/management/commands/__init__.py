"""The commands: the starter set, the demonstration, and the work that outgrows a request."""
