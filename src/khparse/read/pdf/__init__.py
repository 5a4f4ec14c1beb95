"""PDF: a page to words, lines and rules through pdfium; pages to one flow of paragraphs and tables."""
