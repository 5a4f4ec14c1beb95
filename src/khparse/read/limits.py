"""Every bound that reading keeps, in one place; docs/limits.md tells them to people."""

from __future__ import annotations

KIB, MIB, GIB = 2**10, 2**20, 2**30

# a file and the process that reads it
FILE_BYTES = 256 * MIB
SECONDS = 60
MEMORY_BYTES = 1 * GIB
OUTPUT_BYTES = 256 * MIB

# scans: one run of tesseract; a page may need two, turned; then the whole file, whose pages read are kept
OCR_RUN_SECONDS = 60
OCR_PAGE_SECONDS = 180
OCR_FILE_SECONDS = 3_600
OCR_WORKERS = 8  # pages at once
PICTURE_PIXELS = 25_000_000

# LibreOffice, which maps far more memory than it uses
OFFICE_SECONDS = 50
OFFICE_MEMORY_BYTES = 4 * GIB
OFFICE_FILE_BYTES = 512 * MIB

# archives: DOCX and ODT
ARCHIVE_ENTRIES = 5_000
ARCHIVE_BYTES = 512 * MIB
ARCHIVE_PART_BYTES = 128 * MIB
ARCHIVE_RATIO = 100
ARCHIVE_RATIO_FROM = 1 * MIB  # a small part of blanks packs better than 100:1 and harms nobody
XML_DEPTH = 256

# PDF
PDF_PAGES = 3_000
PDF_OBJECTS = 100_000  # drawn on one page, looked through for ruled lines
PDF_CHARACTERS = 100_000  # printed on one page

# what any form becomes
TEXT_CHARACTERS = 20_000_000
LINE_CHARACTERS = 100_000  # of one paragraph; forty pages without a break are no paragraph
TABLE_PLACES = 400_000
