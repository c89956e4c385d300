"""CSV: what stands between cells is told by looking at the first row; every cell is a text."""

import codecs
import csv
import io
from collections.abc import Callable, Iterable, Iterator
from itertools import count, islice
from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.csv

from screener.ground.files import cause_of, open_bytes
from screener.ground.problems import ProblemsFound
from screener.tables.files.piece import ROW, TablePiece, UnreadRow, failed, piece

_BETWEEN = (",", ";", "\t", "|")
#: So much of a file is looked at for its first row, in bytes.
_HEAD = 4 * 1024 * 1024
#: So much of it is read at once; it bounds how long a row may be.
_BLOCK = 8 * 1024 * 1024
_BOM = b"\xef\xbb\xbf"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


def csv_head(path: Path) -> tuple[list[str], None]:
    """The names of the columns. Raises ProblemsFound."""
    return _first_row(path)[0], None


def csv_pieces(path: Path, columns: Iterable[str], size: int) -> Iterator[TablePiece]:
    """The rows, some thousands at a time; those with too few or too many cells could not be read.

    Raises ProblemsFound.
    """
    names, between = _first_row(path)
    wanted, broken = list(dict.fromkeys(columns)), list[UnreadRow]()

    def skip(row: pa.csv.InvalidRow) -> str:
        problem = f"it has {row.actual_columns} cells, and there are {row.expected_columns} columns"
        broken.append(UnreadRow(row.number, "", problem))
        return "skip"

    skipped, last = set[int](), 1
    for batch in _batches(path, names, wanted, between, skip):
        skipped.update(one.row for one in broken)
        frame = piece(pa.Table.from_batches([batch]), 0).frame
        rows = list(islice((row for row in count(last + 1) if row not in skipped), batch.num_rows))
        last = rows[-1] if rows else last
        yield TablePiece(frame.with_columns(pl.Series(ROW, rows, pl.Int64)), tuple(broken))
        broken.clear()
    if broken:
        yield TablePiece(piece(pa.table({}), 0).frame, tuple(broken))


def _batches(
    path: Path, names: list[str], wanted: list[str], between: str, skip: Callable[[pa.csv.InvalidRow], str]
) -> Iterator[pa.RecordBatch]:
    """Every cell as a text, None for an empty one. Raises ProblemsFound."""
    _check_letters(path)
    reading = pa.csv.ReadOptions(use_threads=False, block_size=_BLOCK, column_names=names, skip_rows=1)
    parsing = pa.csv.ParseOptions(delimiter=between, newlines_in_values=True, invalid_row_handler=skip)
    texts = dict.fromkeys(names, pa.string())
    converting = pa.csv.ConvertOptions(
        column_types=texts,
        include_columns=wanted,
        strings_can_be_null=True,
        quoted_strings_can_be_null=True,
        null_values=[""],
    )
    try:
        with pa.csv.open_csv(path, reading, parsing, converting) as reader:
            yield from reader
    except pa.ArrowInvalid as error:
        raise _unread(path, str(error)) from None
    except OSError as error:
        raise failed(path, f"the file can't be read: {cause_of(error)}") from None


def _unread(path: Path, said: str) -> ProblemsFound:
    """Why the reader gave up."""
    if "straddling" in said:
        return failed(path, "a row is far too long", "is a quote missing?")
    return failed(path, "this can't be read as CSV", "is it whole, and does its name say what it is?")


def _check_letters(path: Path) -> None:
    """Raise ProblemsFound where the file is not all UTF-8. The reader would say so too late, and end the process."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        with open_bytes(path) as file:
            while block := file.read(_BLOCK):
                decoder.decode(block)
            decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        line = _first_bad_line(path)
        message = (
            f"line {line:,} is not UTF-8 text, as the lines before it are" if line > 1 else "this is not UTF-8 text"
        )
        raise failed(path, message, "save the table as CSV in UTF-8") from None


def _first_bad_line(path: Path) -> int:
    """The number of the first line that is no UTF-8."""
    with open_bytes(path) as file:
        for number, line in enumerate(file, 1):
            try:
                line.decode()
            except UnicodeDecodeError:
                return number
    return 1


def _first_row(path: Path) -> tuple[list[str], str]:
    """The names of the columns, and what stands between cells: what gives most of them. Raises ProblemsFound."""
    with open_bytes(path) as file:
        head = file.read(_HEAD)
    if head.startswith(_UTF_16):
        raise failed(path, "this is UTF-16 text", "save the table as CSV in UTF-8")
    try:
        text = head.removeprefix(_BOM).decode(errors="strict" if len(head) < _HEAD else "ignore")
    except UnicodeDecodeError:
        text = head.removeprefix(_BOM).decode(errors="replace")  # the row with it is named when it is come to
    lines = io.StringIO(text, newline="")
    firsts = {sign: _cells(lines, sign) for sign in _BETWEEN}
    between = max(_BETWEEN, key=lambda sign: len(firsts[sign]))
    if not text.strip():
        raise failed(path, "the table is empty", "let the first row name the columns")
    return firsts[between], between


def _cells(lines: io.StringIO, between: str) -> list[str]:
    lines.seek(0)
    try:
        return [name.strip() for name in next(csv.reader(lines, delimiter=between), [])]
    except csv.Error:
        return []
