"""One row of a table as a question: its cells by key, and what is wrong with them."""

from collections.abc import Mapping
from typing import NamedTuple

from screener.exchange.table.cells import Record, Table
from screener.exchange.table.words import Choice
from screener.ground.escapes import uncell
from screener.ground.problems import Problem
from screener.ground.safetext import one_line

#: The longest text that a cell may hold, in characters: more than anyone reads on a screen.
MOST_IN_A_CELL = 10_000


class Row(NamedTuple):
    """A question in a table. `choices` are its options where they stand on rows of their own."""

    table: Table
    columns: Mapping[str, int]
    record: Record
    choices: tuple[Choice, ...] | None = None

    def text(self, key: str) -> str:
        """What the cell of this key says; nothing where there is none."""
        return uncell(self.raw(key))

    def raw(self, key: str) -> str:
        """The same as it stands in the file."""
        index = self.columns.get(key, len(self.record.cells))
        return self.record.cells[index] if index < len(self.record.cells) else ""

    def wrong(self, key: str, message: str, help: str = "", code: str = "wrong-cell") -> Problem:
        """A problem of the cell of this key; a warning if something of it is only left out or changed."""
        problem = cell_problem(self.table, (self.record, self.columns.get(key, 0)), message, help, code)
        return problem._replace(level="warning") if code == "not-in-rules" else problem


def cell_problem(
    table: Table, place: tuple[Record, int], message: str, help: str = "", code: str = "wrong-cell"
) -> Problem:
    """A problem of the cell with this number in a row, which is called by its row and column."""
    (record, index), heads = place, table.head.cells
    name = f"`{one_line(heads[index])[:60]}`" if index < len(heads) and heads[index] else str(index + 1)
    return table.problem(code, place, f"row {record.number}, column {name}: {message}", help)
