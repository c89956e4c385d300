"""What an author sees beside the editor after each save: the check, the worked cases, what has changed, a summary."""
