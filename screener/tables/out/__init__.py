"""What comes out of a table: rows to be written, and the bytes of files."""
