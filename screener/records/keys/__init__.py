"""The keys of a store: where its own key is, what is derived from it, and what is sealed."""
