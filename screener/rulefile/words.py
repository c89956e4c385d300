"""The words of conditions that are no questions."""

ALL, ANY, NOT, IS = "all", "any", "not", "is"
#: What joins conditions to one, or names another; no question may be called so.
JOINING = (ALL, ANY, NOT, IS)
