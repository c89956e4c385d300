"""Ids for questions, options and other things, made from the names and words of a form or a table."""

import re
from collections.abc import Collection

from screener.ground.marks import ANSWERED, MARKS
from screener.rulefile.spellings import AN_ID
from screener.rulefile.words import JOINING

_LONGEST = 64
#: Words that mean something else: as questions in conditions, and as answers.
FOR_QUESTIONS = JOINING
FOR_OPTIONS = (*MARKS, ANSWERED)


class Ids:
    """The ids of one kind of thing; none is given twice, and none is one of the `taken` words."""

    def __init__(self, taken: Collection[str] = ()) -> None:
        self._taken = frozenset(taken)
        self._used: set[str] = set()
        self._last: dict[str, int] = {}

    def made(self, name: str, stem: str) -> str:
        """An id made from a name, such as `1.2 Pain` → `1-2-pain`, with a number behind it if it is there already.

        A name that is an id stays as it is. `stem` stands in for one that has nothing an id may have, and stands
        before a word that is taken.
        """
        wanted = name if re.fullmatch(AN_ID.pattern, name) else _plain(name) or stem
        if wanted in self._taken:
            wanted = f"{stem}-{wanted}"
        id = wanted
        while id in self._used:
            number = self._last[wanted] = self._last.get(wanted, 1) + 1
            id = f"{wanted[: _LONGEST - len(str(number)) - 1]}-{number}"
        self._used.add(id)
        return id


def _plain(name: str) -> str:
    return re.sub("[^a-z0-9]+", "-", name.lower()).strip("-")[:_LONGEST].strip("-")
