"""What a person or a professional reads at the end, in every format."""
