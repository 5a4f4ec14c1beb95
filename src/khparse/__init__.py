"""khparse: Vietnamese administrative plans, read into commitments that can be asked and compared."""

__version__ = "0.1.0"
