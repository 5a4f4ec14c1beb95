"""Budgets: sums in sentences and in tables, records."""
