"""How many people came, by day, by next step and by answer, told so that nobody can be told apart."""
