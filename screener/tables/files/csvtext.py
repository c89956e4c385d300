"""CSV: what stands between cells is told by looking at the first rows; every cell is a text."""

import codecs
import csv
import io
import re
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing, suppress
from itertools import count, islice
from pathlib import Path
from typing import NamedTuple

import polars as pl
import pyarrow as pa
import pyarrow.csv

from screener.ground.files import cause_of, open_bytes
from screener.ground.problems import ProblemsFound
from screener.tables.files.piece import OF, ROW, TablePiece, UnreadRow, failed

_BETWEEN = (",", ";", "\t", "|")
#: So much of a file is looked at for its first row, in bytes; and so many rows after it, for what parts their cells.
_HEAD, _LOOKED_AT = 4 * 1024 * 1024, 20
#: So much of it is read at once; it bounds how long a row may be.
_BLOCK = 8 * 1024 * 1024
_BOM = b"\xef\xbb\xbf"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
#: A first line that tells spreadsheets what stands between cells. None of them counts it as a row.
_SAID = re.compile(r'"?sep=([^\r\n])"?(?:\r\n|\r|\n|$)', re.IGNORECASE)
_QUOTED = rb'"[^"]*+(?:""[^"]*+)*+"'


class _Form(NamedTuple):
    """How a file is written: the first row with its number, what stands between cells, and whether a line says that."""

    names: list[str]
    row: int
    between: str
    said: bool


_Broken = Callable[[pa.csv.InvalidRow], str]


def csv_head(path: Path) -> tuple[list[str], None]:
    """The names of the columns. A column without a name is left out if its cells are empty. Raises ProblemsFound."""
    form = _form(path)
    nameless = [at for at, name in enumerate(form.names) if not name]
    filled = set[int]()
    if nameless:
        for batch in _batches(path, form, lambda row: "skip"):
            filled |= {at for at in nameless if batch.column(at).null_count < batch.num_rows}
    return [name for at, name in enumerate(form.names) if name or at in filled], None


def csv_pieces(path: Path, columns: Iterable[str], size: int) -> Iterator[TablePiece]:
    """The rows, some thousands at a time; those with too few or too many cells could not be read.

    A row whose cells are all empty is no person, and left out. Raises ProblemsFound.
    """
    form = _form(path)
    wanted = {str(form.names.index(name)): f"{OF}{name}" for name in columns}
    broken, odd, last = list[pa.csv.InvalidRow](), set[int](), form.row

    def skip(row: pa.csv.InvalidRow) -> str:
        broken.append(row)
        return "skip"

    with closing(_batches(path, form, skip)) as batches:  # an open reader would outlive what goes wrong with its rows
        for batch in batches:
            odd.update(row.number - form.said for row in broken)
            rows = list(islice((row for row in count(last + 1) if row not in odd), batch.num_rows))
            last = rows[-1] if rows else last
            yield _piece(pl.DataFrame(batch).with_columns(pl.Series(ROW, rows, pl.Int64)), form, broken, wanted)
            broken.clear()
    if broken:
        yield _piece(_rows({}, form), form, broken, wanted)


def _piece(frame: pl.DataFrame, form: _Form, broken: list[pa.csv.InvalidRow], wanted: dict[str, str]) -> TablePiece:
    """These rows, with those among the broken ones that lack nothing."""
    mended, unread = dict[int, list[str]](), list[UnreadRow]()
    for row in broken:
        cells, number = _split(row.text or "", form.between), row.number - form.said
        if (whole := _fitted(cells, form.names)) is not None:
            mended[number] = whole
        else:
            problem = f"it has {row.actual_columns} cells, and there are {row.expected_columns} columns"
            unread.append(UnreadRow(number, "", problem))
    if mended:
        frame = pl.concat([frame, _rows(mended, form)]).sort(ROW)
    filled = frame.filter(~pl.all_horizontal(pl.exclude(ROW).is_null()))
    return TablePiece(filled.select(ROW, **{name: pl.col(column) for column, name in wanted.items()}), tuple(unread))


def _rows(rows: dict[int, list[str]], form: _Form) -> pl.DataFrame:
    """Rows by their numbers, as the reader gives others."""
    cells = {str(at): [row[at] or None for row in rows.values()] for at in range(len(form.names))}
    return pl.DataFrame(cells, dict.fromkeys(cells, pl.String)).with_columns(pl.Series(ROW, [*rows], pl.Int64))


def _fitted(cells: list[str], names: list[str]) -> list[str] | None:
    """The cells of a row with too many, if those are empty; or too few, if the others are of columns without a name."""
    least = len(names)
    while least and not names[least - 1]:
        least -= 1
    if len(cells) < least or any(cells[len(names) :]):
        return None
    return (cells + [""] * (len(names) - len(cells)))[: len(names)]


def _batches(path: Path, form: _Form, broken: _Broken) -> Generator[pa.RecordBatch, None, None]:
    """Every cell as a text, None for an empty one; columns are called by their places. Raises ProblemsFound."""
    _check_text(path, form.between)
    places = [str(at) for at in range(len(form.names))]
    reading = pa.csv.ReadOptions(
        use_threads=False,
        block_size=_BLOCK,
        column_names=places,
        skip_rows=int(form.said),
        skip_rows_after_names=form.row,
    )
    parsing = pa.csv.ParseOptions(
        delimiter=form.between, newlines_in_values=True, invalid_row_handler=broken, ignore_empty_lines=False
    )
    converting = pa.csv.ConvertOptions(
        column_types=dict.fromkeys(places, pa.string()),
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


# ---- The whole of a file, before a row of it is read


def _check_text(path: Path, between: str) -> None:
    """Raise ProblemsFound where the file is not all UTF-8, or a quote is never closed.

    The reader would say the first too late, and end the process; and take all rows after such a quote for one cell.
    """
    rest, place = b"", 0
    try:
        for block in _decoded(path):
            rest += block
            end = _whole_cells(rest, between)
            rest, place = rest[end:], place + end
            if len(rest) > 2 * _BLOCK:  # the reader can't have such a row either
                break
    except UnicodeDecodeError:
        line = _first_bad_line(path)
        message = (
            f"line {line:,} is not UTF-8 text, as the lines before it are" if line > 1 else "this is not UTF-8 text"
        )
        raise failed(path, message, "save the table as CSV in UTF-8") from None
    if rest.startswith(b'"') and not re.match(_QUOTED, rest):
        message = f"the quote that opens in line {_line(path, place):,} is never closed"
        raise failed(path, message, "close it; a quote that is part of a cell is written twice")


def _decoded(path: Path) -> Iterator[bytes]:
    """The file in blocks, without the mark at its beginning. Raises UnicodeDecodeError where it is not UTF-8."""
    decoder, begun = codecs.getincrementaldecoder("utf-8")(), False
    with open_bytes(path) as file:
        while block := file.read(_BLOCK):
            decoder.decode(block)
            yield block if begun else block.removeprefix(_BOM)
            begun = True
        decoder.decode(b"", final=True)


def _whole_cells(text: bytes, between: str) -> int:
    """Where the last cell begins in a text that begins with one. A quote opens only as the first sign of a cell."""
    signs = (between.encode(), b"\r", b"\n")
    if b'"' not in text:
        return max(map(text.rfind, signs)) + 1
    end = b"".join(map(re.escape, signs))
    found = re.match(rb"(?:(?:" + _QUOTED + rb'|(?!"))[^' + end + rb"]*+[" + end + rb"])*+", text)
    return found.end() if found else 0


def _first_bad_line(path: Path) -> int:
    """The number of the first line that is no UTF-8."""
    with open_bytes(path) as file:
        for number, line in enumerate(file, 1):
            try:
                line.decode()
            except UnicodeDecodeError:
                return number
    return 1


def _line(path: Path, place: int) -> int:
    """The number of the line that this byte is in."""
    line, left = 1, place
    for block in _decoded(path):
        line += block.count(b"\n", 0, left)
        left -= len(block)
        if left <= 0:
            break
    return line


# ---- The first row


def _form(path: Path) -> _Form:
    """The names of the columns, and what stands between cells. Raises ProblemsFound."""
    with open_bytes(path) as file:
        head = file.read(_HEAD)
    if head.startswith(_UTF_16):
        raise failed(path, "this is UTF-16 text", "save the table as CSV in UTF-8")
    # A letter that is none is named when it is come to; here the last one may only be cut in two.
    text = head.removeprefix(_BOM).decode(errors="replace" if len(head) < _HEAD else "ignore")
    said = _SAID.match(text)
    text = text[said.end() :] if said else text
    if not text.strip():
        raise failed(path, "the table is empty", "let the first row name the columns")
    between = said[1] if said else max(_BETWEEN, key=lambda sign: _fit(_first_rows(text, sign)))
    first = _first_rows(text, between)
    row = next((number for number, cells in enumerate(first, 1) if any(cells)), 1)
    return _Form([name.strip() for name in first[row - 1]], row, between, said is not None)


def _fit(rows: list[list[str]]) -> tuple[bool, float, int]:
    """How well these rows are parted: into several columns; most rows alike; most columns."""
    names, *others = [row for row in rows if any(row)] or [[]]
    alike = [_fitted(row, names) is not None for row in others]
    return len(names) > 1, sum(alike) / len(alike) if alike else 1, len(names)


def _first_rows(text: str, between: str) -> list[list[str]]:
    """The first rows, if this stands between cells."""
    rows = list[list[str]]()
    with suppress(csv.Error):  # a cell that is far too long, for one
        for row in islice(csv.reader(io.StringIO(text, newline=""), delimiter=between), _LOOKED_AT):
            rows.append(row)
    return rows or [[]]


def _split(row: str, between: str) -> list[str]:
    """The cells of one row."""
    return _first_rows(row, between)[0]
