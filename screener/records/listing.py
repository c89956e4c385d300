"""Records as a list: a table for people, and rows for programs."""

from collections.abc import Iterable
from typing import Any

from screener.ground.escapes import rows_of_csv
from screener.ground.jsontext import as_json_text
from screener.ground.safetext import one_line
from screener.ground.wrapping import cells, lines
from screener.records.ids import spoken
from screener.records.record import IntakeRecord

SCHEMA = "screener/record-list/1"
_WORDS = {
    "unfinished": "not complete",
    "complete": "complete",
    "amending": "being amended",
    "erasing": "erased",
    "erased": "erased",
}
_HEADS = ("id", "begun", "reference", "status", "next step", "staff")
_GAP = "  "


def as_table(records: Iterable[IntakeRecord], width: int) -> str:
    """A row for each record where the width allows that, otherwise a few lines for each."""
    rows = [_cells(record) for record in records]
    widths = [max(map(cells, column)) for column in zip(_HEADS, *rows, strict=True)]
    if sum(widths) + len(_GAP) * (len(widths) - 1) <= width:
        return "".join(_row(row, widths) for row in (_HEADS, *rows))
    return "\n".join("".join(_stacked(row, width)) for row in rows)


def _cells(record: IntakeRecord) -> tuple[str, ...]:
    begun = record.begun.astimezone().strftime("%Y-%m-%d %H:%M")
    words = _WORDS[record.status] + (f" ({record.revision})" if record.revision > 1 else "")
    return tuple(map(one_line, (spoken(record.id), begun, record.reference, words, record.step, record.staff)))


def _row(row: tuple[str, ...], widths: list[int]) -> str:
    padded = [cell + " " * (width - cells(cell)) for cell, width in zip(row, widths, strict=True)]
    return _GAP.join(padded).rstrip() + "\n"


def _stacked(row: tuple[str, ...], width: int) -> Iterable[str]:
    id, begun, reference, status, step, staff = row
    for first, text in (("", f"{id}  {begun}"), ("  ", f"{reference} · {status}"), ("  ", f"{step} · {staff}")):
        yield from (line + "\n" for line in lines(text.strip(" ·"), width, first, "    "))


#: What a list tells of a record to programs.
_COLUMNS = ["id", "reference", "status", "revision", "begun", "day", "staff", "next_step", "rules_sha256"]


def as_values(record: IntakeRecord) -> dict[str, Any]:
    """A record as JSON has it, without what the person answered."""
    status = "erased" if record.status == "erasing" else record.status
    begun, day = record.begun.isoformat(timespec="seconds"), record.day.isoformat()
    about = (record.id, record.reference, status, record.revision, begun, day)
    return dict(zip(_COLUMNS, (*about, record.staff, record.step, record.edition), strict=True))


def as_json(records: Iterable[IntakeRecord], after: str) -> str:
    """Records as JSON, with the place where the next page begins."""
    return as_json_text({"schema": SCHEMA, "records": [as_values(one) for one in records], "after": after or None})


def as_csv(records: Iterable[IntakeRecord]) -> str:
    """Records as rows for a spreadsheet."""
    rows = [[str(value) for value in as_values(one).values()] for one in records]
    return rows_of_csv([_COLUMNS, *rows])
