"""Rule files and answers in the formats of other systems, out and in. What does not fit is said, never dropped."""
