"""Text → `RuleFile`, or every `Problem` in it."""
