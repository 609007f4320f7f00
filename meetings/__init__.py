"""Conferences, directives and the tasks that follow from them."""
