"""Pages of conferences: the public's, the staff's."""
