"""Exports: tables, calendars and structure for other programs."""
