"""Which people who came before an edit of a rule file concerns, and how."""
