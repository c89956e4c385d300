"""The manual: what every code of a problem means."""
