"""The whole summary of single rows, with every reason."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from screener.cli import streams
from screener.engine.answers import Refused
from screener.engine.assess import assess
from screener.ground.problems import Problem, ProblemsFound
from screener.summary.formats import renderer
from screener.tables.files.piece import OF, ROW, TablePiece
from screener.tables.given.coded import as_texts
from screener.tables.given.single import answers_of

if TYPE_CHECKING:
    from screener.cli.tables import GivenTable

_AT_ONCE = 100_000


def explained(opened: "GivenTable", rows: list[int]) -> int:
    """Show the summary of each of these rows, with all that lies behind it. Raises ProblemsFound."""
    found = dict(_cells(opened, set(rows)))
    problems = [
        Problem("no-row", f"there is no row {row:,}", "rows count as in the file") for row in rows if row not in found
    ]
    if problems:
        raise ProblemsFound(problems)
    for row in rows:
        streams.out(f"Row {row}\n\n{_summary(opened, row, found[row])}\n")
    return 0


def cells_of(piece: TablePiece, place: int) -> dict[str, str | None]:
    """The cells of the row at this place in a piece, as texts by the names of their columns."""
    row = piece.frame.slice(place, 1)
    return {name.removeprefix(OF): as_texts(row[name])[0] for name in row.columns if name != ROW}


def _cells(opened: "GivenTable", wanted: set[int]) -> Iterator[tuple[int, dict[str, str | None]]]:
    for piece in opened.table.pieces(opened.map.used, _AT_ONCE):
        for place, number in enumerate(piece.frame[ROW]):
            if number in wanted:
                yield number, cells_of(piece, place)
        wanted -= set(piece.frame[ROW])
        if not wanted:
            return


def _summary(opened: "GivenTable", row: int, cells: dict[str, str | None]) -> str:
    try:
        answers = answers_of(opened.rules, opened.map, cells)
    except Refused as refused:
        raise ProblemsFound([Problem("wrong-answer", f"row {row:,}: {refused}", refused.help)]) from None
    summary = assess(opened.rules, answers)
    return str(renderer("text", "person", details=True)(opened.rules, summary, streams.look()))
