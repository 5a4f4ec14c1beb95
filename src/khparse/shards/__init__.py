"""Plans read on many machines: the pure pipeline on Ray, its answers in Parquet shards, the shards into a database."""
