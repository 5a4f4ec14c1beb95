"""Tables of pages: by rules, by columns, over pages."""
