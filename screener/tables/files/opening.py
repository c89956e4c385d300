"""What a file with a table holds: the names of its columns, and its rows piece by piece."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

from screener.ground.files import is_there, open_bytes
from screener.tables.files.columnar import (
    arrow_head,
    arrow_pieces,
    excel_head,
    excel_pieces,
    parquet_head,
    parquet_pieces,
)
from screener.tables.files.csvtext import csv_head, csv_pieces
from screener.tables.files.lines import lines_head, lines_pieces
from screener.tables.files.piece import TablePiece, failed

Head = Callable[[Path], tuple[list[str], int | None]]
Pieces = Callable[[Path, Iterable[str], int], Iterator[TablePiece]]


class OpenTable(NamedTuple):
    """A table that was looked into: how its columns are named, and how many rows it has, if that is known.

    `pieces` gives the rows of the columns that are wanted, about so many at a time. Rows are numbered as people count
    them in the file: in a spreadsheet, and in CSV, the first one holds the names.
    """

    names: list[str]
    rows: int | None
    pieces: Callable[[Iterable[str], int], Iterator[TablePiece]]


_LINES: tuple[Head, Pieces] = (lines_head, lines_pieces)
_ARROW: tuple[Head, Pieces] = (arrow_head, arrow_pieces)
_CSV: tuple[Head, Pieces] = (csv_head, csv_pieces)
#: What reads a file with this ending.
SUFFIXES: dict[str, tuple[Head, Pieces]] = {
    ".csv": _CSV,
    ".tsv": _CSV,
    ".parquet": (parquet_head, parquet_pieces),
    ".ndjson": _LINES,
    ".jsonl": _LINES,
    ".arrow": _ARROW,
    ".feather": _ARROW,
    ".xlsx": (excel_head, excel_pieces),
}


def open_table(path: Path) -> OpenTable:
    """The table in this file, whose ending says what it is. Raises ProblemsFound, as do its pieces."""
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        *most, last = SUFFIXES
        raise failed(
            path, "its name does not say what kind of table it is", f"let it end in {', '.join(most)} or {last}"
        )
    if is_there(path) and not (path.is_file() or path.is_dir()):
        raise failed(path, "this is a pipe or a device, and not a file", "write the table into a file first")
    with open_bytes(path):  # one that is missing, or a folder, is said in the same words for all
        head, pieces = SUFFIXES[suffix]
    names, rows = head(path)
    return OpenTable(names, rows, partial(pieces, path))
