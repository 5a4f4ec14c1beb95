"""Extraction: from a plan to its records."""
