"""The steps of the keys of the records, in the order of their numbers."""
