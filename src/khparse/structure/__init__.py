"""Structure: letterhead, numbered sections, tables by the meaning of their headers."""
