"""Scans: pictures made ready, read by tesseract, kept on disk."""
