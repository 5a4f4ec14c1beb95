"""Values that every stage shares: the document, the plan, its records."""
