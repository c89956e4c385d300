"""What an author asks of a rule file. The computing and the words of each answer stand side by side."""
