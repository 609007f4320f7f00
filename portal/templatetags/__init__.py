"""The words templates are written in: components, and filters that say dates and numbers."""
