"""What the log notes of a record and of a revision: the SHA-256 of all in their rows that tells something.

So it shows later that a row is the one that was written: not another's, not an older one, and nothing in it changed.
"""

import json
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Row, select

from screener.records.keys.sealing import digest
from screener.records.store.tables import records, revisions

#: Not among them: who holds the record for the moment, and its turn.
OF_RECORD = [
    records.c[name]
    for name in ("id", "status", "revision", "begun", "day", "staff", "edition", "step", "sealed_reference", "lookup")
]
OF_REVISION = [revisions.c[name] for name in ("record", "number", "at", "staff", "edition", "sealed")]


def of_revision(row: Iterable[Any]) -> str:
    """What is noted of a revision, the values of which come in the order of the columns."""
    return _digest(row)


def of_record(row: Row[Any]) -> str:
    """What is noted of a record; that a part of a file is yet to be overwritten is not."""
    status = "erased" if row.status == "erasing" else row.status
    return _digest(status if column.name == "status" else value for column, value in zip(OF_RECORD, row, strict=True))


def record_now(connection: Connection, id: str) -> str:
    """What is to be noted of the record as it is now; empty where there is none."""
    row = connection.execute(select(*OF_RECORD).where(records.c.id == id)).first() if id else None
    return of_record(row) if row else ""


def _digest(values: Iterable[Any]) -> str:
    """The same bytes for the same values, on every system."""
    plain = [value.hex() if isinstance(value, bytes) else value for value in values]
    return digest(json.dumps(plain, separators=(",", ":")).encode("ascii"))
