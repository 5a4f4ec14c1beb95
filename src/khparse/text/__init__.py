"""Text: its canonical form, search keys, and the values that words stand for."""
