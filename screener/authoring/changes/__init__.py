"""Small changes of a rule file, one at a time: which make a difference, and which the worked cases would notice."""
