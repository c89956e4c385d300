"""Some rows of a table, as they are handed on: columns by their names, and the rows that could not be read."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import polars as pl
import pyarrow as pa

from screener.ground.files import cause_of, shown
from screener.ground.problems import Problem, ProblemsFound

#: Rows by columns.
Frame = pl.DataFrame
#: What the names of somebody's columns have before them, so that none meets one of ours.
OF = "of/"
#: The number of a row in its file.
ROW = "row"


class UnreadRow(NamedTuple):
    """A row that can't be told apart, with its number and why; `column` is empty where all of it is meant."""

    row: int
    column: str
    problem: str


class TablePiece(NamedTuple):
    """Rows as a frame, with their numbers in the column `row`; and those among them that could not be read."""

    frame: pl.DataFrame
    unread: tuple[UnreadRow, ...] = ()


def piece(table: pa.Table, first: int, unread: tuple[UnreadRow, ...] = ()) -> TablePiece:
    """These rows, numbered from the first one on."""
    names = [f"{OF}{name}" for name in table.column_names]
    frame = pl.DataFrame(table.rename_columns(names)) if names else pl.DataFrame()
    numbers = pl.int_range(first, first + table.num_rows, dtype=pl.Int64, eager=True).alias(ROW)
    return TablePiece(frame.with_columns(numbers) if names else numbers.to_frame(), unread)


def failed(path: Path, message: str, help: str = "") -> ProblemsFound:
    """A table that can't be read, ready to be raised."""
    return ProblemsFound([Problem("unreadable-table", message, help, shown(path))])


@contextmanager
def told(path: Path, kind: str) -> Iterator[None]:
    """What libraries say of a file that is no such table becomes a problem."""
    try:
        yield
    except OSError as error:
        raise failed(path, f"the file can't be read: {cause_of(error)}") from None
    except (pa.ArrowException, pl.exceptions.PolarsError, ValueError):
        message, help = f"this can't be read as {kind}", "is it whole, and does its name say what it is?"
        raise failed(path, message, help) from None
