"""The steps of the records, in the order of their numbers."""
