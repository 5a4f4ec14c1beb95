"""Targets: a line to figures, clauses, readings, claims; headings and tables around it; records."""
