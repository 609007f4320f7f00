"""Tests of programmes and their companions."""
