"""Where records are: an encrypted file, or a server; both with the same tables, and opened through one door."""
