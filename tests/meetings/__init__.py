"""Tests of conferences, directives and tasks."""
