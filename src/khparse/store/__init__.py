"""The SQLite database: schema, migrations, saving, questions."""
