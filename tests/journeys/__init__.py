"""Journeys in a real browser: what is promised is counted, what is typed is kept."""
