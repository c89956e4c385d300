"""What becomes of every statement of the sources, and which worked cases show what."""
