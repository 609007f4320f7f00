"""Pages of the ground, one audience a module."""
