"""The text of a CSV file → its rows, each cell with its place."""

import csv
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import NamedTuple

from screener.ground.problems import Level, Problem, ProblemsFound
from screener.ground.safetext import one_line

#: What stands between cells: the comma, Excel's semicolon where the comma is for decimals, and the tab.
_DELIMITERS = (",", ";", "\t")
#: A first line for Excel, which says what stands between cells.
_FOR_EXCEL = "sep="
_BEFORE, _SHOWN = 40, 76


class Record(NamedTuple):
    """One row: its number as spreadsheets count, the line on which it begins, from 0, and its cells."""

    number: int
    line: int
    cells: tuple[str, ...]


class Table:
    """The rows of a file, the first with the names of the columns, and what tells where a cell stands."""

    def __init__(self, text: str, file: str, known: Callable[[Iterable[str]], int]) -> None:
        """`known` counts the names of columns that are known: they tell what stands between cells."""
        self.file = file
        self._lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        self._delimiter = self._told(known)
        self.head, *self.rows = [*self._records(self._delimiter)] or [Record(1, 0, ())]

    def problem(  # a problem has so many sides
        self, code: str, place: tuple[Record, int] | None, message: str, help: str = "", level: Level = "error"
    ) -> Problem:
        """A problem of a cell, by its row and number from 0; None speaks of the file."""
        if place is None:
            return Problem(code, message, help, self.file, level=level)
        line, column = self._place(*place)
        start = max(0, column - _BEFORE)
        excerpt = self._lines[line][start : start + _SHOWN].rstrip()
        return Problem(code, message, help, self.file, line + 1, column + 1, excerpt, level, column - start)

    @cached_property
    def _first(self) -> int:
        """The line on which the first row stands, from 0."""
        return int(self._lines[0].lower().startswith(_FOR_EXCEL))

    def _told(self, known: Callable[[Iterable[str]], int]) -> str:
        """What stands between cells: with it the first row has the most names that are known."""
        if self._first and len(self._lines[0]) > len(_FOR_EXCEL):
            return self._lines[0][len(_FOR_EXCEL)]
        firsts = {delimiter: next(self._whole(delimiter), ()) for delimiter in _DELIMITERS}
        told = max(_DELIMITERS, key=lambda delimiter: (known(firsts[delimiter]), len(firsts[delimiter])))
        return told if len(firsts[told]) > 1 else "\t"  # one column: commas are part of the text

    def _whole(self, delimiter: str) -> Iterator[tuple[str, ...]]:
        """The cells of each row, up to where they can't be told apart."""
        try:
            yield from (record.cells for record in self._records(delimiter))
        except ProblemsFound:
            return

    def _records(self, delimiter: str) -> Iterator[Record]:
        """Every row in which something stands. Raises ProblemsFound where a row can't be told apart."""
        lines = (f"{line}\n" for line in self._lines[self._first :])
        reader = csv.reader(lines, delimiter=delimiter, strict=True)
        number, begins = self._first, self._first
        while True:
            number += 1
            try:
                cells = tuple(cell.strip() for cell in next(reader))
            except StopIteration:
                return
            except csv.Error as error:
                raise ProblemsFound([self._broken(number, begins, str(error))]) from None
            if any(cells):
                yield Record(number, begins, cells)
            begins = self._first + reader.line_num

    def _broken(self, number: int, line: int, said: str) -> Problem:
        message, help = f"row {number} can't be told apart: {one_line(said)}", ""
        if "end of data" in said:
            message, help = f"in row {number} a quote opens and never closes", "close it, or leave it out"
        elif "expected after" in said:
            message = f"in row {number} something stands behind a closing quote"
            help = "inside a text in quotes, write each quote twice"
        elif "field limit" in said:
            message, help = f"a cell of row {number} is far too long", "is a quote missing?"
        return Problem("not-a-table", message, help, self.file, line + 1, 1, self._lines[line][:_SHOWN].rstrip())

    def _place(self, record: Record, index: int) -> tuple[int, int]:
        """The line and column, from 0, at which a cell begins; one that is not there is where its row ends."""
        line, column, quoted, begins = record.line, 0, False, True
        while index and line < len(self._lines):
            text = self._lines[line]
            if column >= len(text):
                if not quoted:
                    break
                line, column = line + 1, 0
                continue
            if text[column] == '"' and (quoted or begins):
                quoted = not quoted  # one inside a cell without quotes is a letter like any other
            ends = text[column] == self._delimiter and not quoted
            index, begins, column = index - ends, ends, column + 1
        return min(line, len(self._lines) - 1), column
