"""Asking a person: the loop, and the two faces it asks through."""
