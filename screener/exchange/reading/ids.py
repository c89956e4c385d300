"""Ids for questions and options, made from the names that a form has."""

import re
from collections.abc import Collection

_TAKEN_WORDS = ("all", "any", "not", "is", "unsure", "declined", "answered")
_LONGEST = 60


def made_id(name: str, stem: str, used: Collection[str]) -> str:
    """An id made from a name, such as `1.2 Pain` → `1-2-pain`; with a number behind it where it is taken already.

    `stem` stands in for a name that has nothing an id may have, and before a word that conditions need.
    """
    id = re.sub("[^a-z0-9]+", "-", name.lower()).strip("-")[:_LONGEST].strip("-") or stem
    if id in _TAKEN_WORDS:
        id = f"{stem}-{id}"
    number, wanted = 2, id
    while id in used:
        id, number = f"{wanted}-{number}", number + 1
    return id
