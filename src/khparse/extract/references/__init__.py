"""References: namings of documents, what stands around them, one record for each document."""
