"""Readers: bytes of any form to a `Document`."""
