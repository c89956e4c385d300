"""Tables in files: CSV, Parquet, Arrow, Excel and lines of JSON, read piece by piece. The only door to pyarrow."""
