"""Offices as a plan names them: where a name begins, what belongs to it, where it ends, and where that is in doubt."""
