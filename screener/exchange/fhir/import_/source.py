"""The text of a FHIR file, for pointing at its items, and how texts of it are cleaned."""

import json
import re
from contextlib import suppress
from functools import cached_property

from screener.ground.problems import Level, Problem
from screener.ground.safetext import UNSAFE, one_line

#: What was read is never given back (`++`, `*+`), so that an id of millions of characters takes no memory to find.
_LINK_ID = re.compile(r'"linkId"\s*:\s*("(?:[^"\\]++|\\.)*+")')


class FormText:
    """The text of a file, for pointing at its items."""

    def __init__(self, text: str, file: str) -> None:
        self.file = file
        self._lines = text.split("\n")

    @cached_property
    def _places(self) -> dict[str, tuple[int, int]]:
        """Each linkId with the line and column of its first use, from 0."""
        places: dict[str, tuple[int, int]] = {}
        for number, line in enumerate(self._lines):
            for match in _LINK_ID.finditer(line):
                with suppress(ValueError):  # an escape that JSON does not know
                    places.setdefault(clean(str(json.loads(match[1], strict=False))), (number, match.start()))
        return places

    def problem(self, code: str, link_id: str | None, message: str, help: str = "", level: Level = "error") -> Problem:
        """A problem of one item, placed where its linkId stands first; None speaks of the file."""
        said = message if link_id is None else f"item `{one_line(link_id)[:80]}`: {message}"
        line, column = self._places.get(link_id, (-1, 0)) if link_id else (-1, 0)
        if line < 0:
            return Problem(code, said, help, self.file, level=level)
        start = max(0, column - 40)
        excerpt = self._lines[line][start : start + 120].rstrip()
        return Problem(code, said, help, self.file, line + 1, column + 1, excerpt, level, column - start)


def clean(text: str) -> str:
    """The text with line feeds alone as line ends, and without characters that a rule file may not hold."""
    return UNSAFE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
