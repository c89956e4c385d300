"""The rows of a table, piece by piece, as rows to be written; counted on the way."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from screener.tables.engines import EngineName, WorkOut
from screener.tables.files.piece import Frame, TablePiece
from screener.tables.given.preparing import prepared
from screener.tables.out.rows import long_rows, wide_rows
from screener.tables.out.tally import RowCount

if TYPE_CHECKING:
    from screener.cli.tables import GivenTable


class ToWrite(NamedTuple):
    """What is to be written, and where."""

    table: Path
    output: Path
    kind: str
    long: bool
    engine: EngineName
    chunk: int | None
    base_url: str
    force: bool


def rows_of(
    opened: "GivenTable", long: bool, pieces: Iterable[TablePiece], work_out: WorkOut, tally: RowCount
) -> Iterator[Frame]:
    """What follows for the rows of each piece, as rows to be written."""
    for piece in pieces:
        ready = prepared(opened.rules, opened.map, piece)
        found = work_out(ready.rows)
        tally.count(found, ready.bad)
        yield (long_rows if long else wide_rows)(opened.rules, found)
