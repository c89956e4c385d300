"""What no cell of a table may hold, whatever column it stands in."""

from collections.abc import Iterator

from screener.exchange.table.cells import Record, Table
from screener.exchange.table.rows import MOST_IN_A_CELL, cell_problem
from screener.ground.problems import Problem
from screener.ground.safetext import UNSAFE


def cell_problems(table: Table) -> Iterator[Problem]:
    """Formulas, characters that can't be seen, texts without end, and cells beyond the last column."""
    for record in (table.head, *table.rows):
        for index, cell in enumerate(record.cells):
            if cell:
                yield from _cell(table, record, index, cell)


def _cell(table: Table, record: Record, index: int, cell: str) -> Iterator[Problem]:
    if index >= len(table.head.cells):
        help = "is a text with a comma, semicolon or tab in it not in quotes?"
        yield cell_problem(table, (record, index), "there is no such column in the first row", help)
    elif len(cell) > MOST_IN_A_CELL:
        yield cell_problem(table, (record, index), f"it holds more than {MOST_IN_A_CELL:,} characters", "shorten it")
    elif UNSAFE.search(cell):
        message = "it holds a character that can't be seen or turns the direction of text"
        yield cell_problem(table, (record, index), message, "delete it", "unsafe-character")
    elif cell.startswith("="):
        yield cell_problem(table, (record, index), "it holds a formula", "write the text that it stands for")
