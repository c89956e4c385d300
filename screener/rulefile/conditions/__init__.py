"""Conditions: the tree, the reasons behind a truth, and the same in words."""
