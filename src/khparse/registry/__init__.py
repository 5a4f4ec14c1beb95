"""Offices and jurisdictions: one row for each, whatever the plans call it."""
