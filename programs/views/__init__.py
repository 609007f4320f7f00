"""Pages of programmes, plans and amendments, one audience a module."""
