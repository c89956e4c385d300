"""Pure: a rule file and answers in, the next question or the summary out."""
