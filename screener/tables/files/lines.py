"""Lines of JSON, each an object with the answers of one person: a broken one spoils no other."""

import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any

import polars as pl

from screener.ground.files import open_bytes
from screener.tables.files.piece import OF, ROW, TablePiece, UnreadRow, failed

#: So many lines are looked at for the names of columns.
_LOOKED_AT = 10_000


def lines_head(path: Path) -> tuple[list[str], None]:
    """The names that stand in the first lines, in the order in which they come. Raises ProblemsFound."""
    names = dict.fromkeys(
        name for _, one in islice(_objects(path), _LOOKED_AT) if isinstance(one, dict) for name in one
    )
    if not names:
        raise failed(path, "there is no line with an object of JSON", "each line holds the answers of one person")
    return [*names], None


def lines_pieces(path: Path, columns: Iterable[str], size: int) -> Iterator[TablePiece]:
    """The lines, each cell as a text. Raises ProblemsFound."""
    wanted, lines = list(dict.fromkeys(columns)), _objects(path)
    while some := list(islice(lines, size)):
        read = [(row, one) for row, one in some if isinstance(one, dict)]
        cells = {f"{OF}{name}": [_text(one.get(name)) for _, one in read] for name in wanted}
        frame = pl.DataFrame(cells, schema=dict.fromkeys(cells, pl.String))
        numbers = pl.Series(ROW, [row for row, _ in read], pl.Int64)
        unread = tuple(UnreadRow(row, "", one) for row, one in some if isinstance(one, str))
        yield TablePiece(frame.with_columns(numbers) if cells else numbers.to_frame(), unread)


def _objects(path: Path) -> Iterator[tuple[int, Mapping[str, Any] | str]]:
    """The object of each line that is not empty, with its number; or why there is none."""
    with open_bytes(path) as file:
        for number, line in enumerate(file, 1):
            if line.strip():
                yield number, _object(line)


def _object(line: bytes) -> Mapping[str, Any] | str:
    try:
        found = json.loads(line, parse_float=str, parse_int=str)
    except UnicodeDecodeError:
        return "the line is not UTF-8 text"
    except (ValueError, RecursionError):
        return "the line is not JSON"
    return found if isinstance(found, dict) else "the line holds no object of JSON"


def _text(value: Any) -> str | None:
    """A value as a cell has it; a list as JSON."""
    if value is None or isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False)
