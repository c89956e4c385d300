"""The fewest sets of answers that show everything a rule file can."""
