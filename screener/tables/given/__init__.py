"""A table as somebody has it: which column answers which question, and what each cell stands for."""
