"""Rule files as clauses, and questions about every possible set of answers, decided exactly."""
