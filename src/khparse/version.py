"""The version of this program, as `khparse --version` prints it."""

__version__ = "0.1.0"
