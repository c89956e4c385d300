"""What an edit of a rule file changes."""
