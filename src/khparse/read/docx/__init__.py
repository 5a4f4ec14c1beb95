"""DOCX as Word writes it: the package, numbering, styles, runs, tables."""
