"""Rules as data: their schema, loading and compiling."""
