"""Comparison: which records measure the same thing, and where they differ."""
