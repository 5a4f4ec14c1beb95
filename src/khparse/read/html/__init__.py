"""HTML as Word saves it and as law sites print it."""
