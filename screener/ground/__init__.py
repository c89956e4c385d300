"""What everyone stands on: problems, texts that are safe to show, files, signals. It knows no rule file."""
