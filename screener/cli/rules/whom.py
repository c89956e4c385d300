"""Whom in a table of answers an edit of a rule file concerns."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from screener.cli import streams
from screener.cli.reading import kept, load_revision
from screener.cli.tables import opened
from screener.ground.safetext import one_line
from screener.rulefile.find import load_either

if TYPE_CHECKING:
    from screener.records.impact.effect import Visit
    from screener.rulefile.model import RuleFile

#: So many rows are read at once, and so many people are named under each heading.
_AT_ONCE, _NAMED = 50_000, 20


class People:
    """Everybody in a table, with the answers that they gave to the old rule file; and how many rows can't be read."""

    def __init__(self, old: "RuleFile", table: Path, columns: Path | None) -> None:
        """Raises ProblemsFound."""
        self._opened = opened(old, table, columns)
        self.unread = 0

    def visits(self) -> "Iterator[Visit]":
        """One after the other."""
        from screener.records.impact.effect import Visit
        from screener.tables.given.answers import people_in

        rules, table, map = self._opened
        for piece in table.pieces(map.used, _AT_ONCE):
            self.unread += len(piece.unread)
            for one in people_in(rules, map, piece):
                if one.answers is None:
                    self.unread += 1
                else:
                    yield Visit(f"row {one.row}", one_line(one.kept), one.day, one.answers)


def told(old: str, new: str, table: Path, columns: Path | None) -> str:
    """Who is concerned, those with a more urgent next step first, as text. Raises ProblemsFound."""
    from screener.records.impact.compare import impact
    from screener.records.impact.listing import as_text

    before, after = load_revision(old), load_revision(new)
    people = People(before, table, columns)
    found = impact(_on(old), _on(new), people.visits())
    unread = f"{people.unread:,} rows can't be read; `screener batch` says why.\n" if people.unread else ""
    return as_text(before, after, found, streams.look(), _NAMED) + unread


def _on(name: str) -> "Callable[[date], RuleFile]":
    """Gives a rule file for interviews on a day; it is read once."""
    read = kept({})
    return lambda day: load_either(name, read, lambda: day)
