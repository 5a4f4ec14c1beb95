"""Tasks: units of the outline to drafts with roles and deadlines, rows of assignment tables, records."""
