"""The database published to PostgreSQL for many readers: written by `khparse publish` alone, asked as SQLite is."""
