"""Stores of records that tests make, on both kinds of database, and what tests put into them."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import select

from screener.ground.problems import Problem, ProblemsFound
from screener.records.content import Revision
from screener.records.finding import Sought, page
from screener.records.keys.sealing import digest
from screener.records.log import LogEntry, entries
from screener.records.record import By, Edition, IntakeRecord
from screener.records.store import tables
from screener.records.store.opening import (
    Store,
    close,
    make_embedded,
    make_on_server,
    open_embedded,
    open_on_server,
    reading,
)
from screener.records.writing import Begun, Hold, Outcome, begin, complete

KEY = bytes(range(32))
ID = "6f1c2f0e-3a55-4f0b-9d0e-0c8a1f6f2b11"
#: Monday morning at a desk east of Greenwich.
MORNING = datetime(2026, 3, 2, 9, 0, tzinfo=timezone(timedelta(hours=1)))
AGREE = "May we keep it?\n"
EDITION = Edition("small", "1.0.0", "id: small\n", "small.sources.yaml", "documents: {}\n")
NEXT = Edition("small", "1.1.0", "id: small\n# more\n")


class Room:
    """A place for one store: a folder, or a database on a server, which can be opened as often as wanted."""

    def __init__(self, folder: Path, url: str = "") -> None:
        self.folder, self.url = folder, url
        self._opened: list[Store] = []

    @property
    def records(self) -> Path:
        """The file of the records, where a folder has them."""
        return self.folder / "records.db"

    @property
    def keys(self) -> Path:
        """The file of their keys."""
        return self.folder / "record-keys.db"

    def make(self, id: str = ID, key: bytes = KEY) -> Store:
        """A new store."""
        if self.url:
            return self._noted(make_on_server(self.url, id, key, 0))
        self.folder.mkdir(exist_ok=True)
        return self._noted(make_embedded(self.records, self.keys, id, key, 0))

    def open(self, id: str = ID, key: bytes = KEY) -> Store:
        """The store as another desk, or a later run, opens it."""
        if self.url:
            return self._noted(open_on_server(self.url, id, key))
        return self._noted(open_embedded(self.records, self.keys, id, key))

    def close(self) -> None:
        """Let go of everything that was opened."""
        while self._opened:
            close(self._opened.pop())

    def empty(self) -> None:
        """Leave the database as it was before there was a store in it."""
        with psycopg.connect(self.url, autocommit=True, options="-clock_timeout=10s") as connection:
            for schema in ("screener", "screener_keys"):
                connection.execute(f"DROP SCHEMA IF EXISTS {schema} CASCADE".encode())

    def _noted(self, store: Store) -> Store:
        self._opened.append(store)
        return store


def by(minutes: float = 0, staff: str = "ana", desk: str = "desk-1") -> By:
    """Who does something, so many minutes after nine o'clock."""
    return By(staff, desk, MORNING + timedelta(minutes=minutes))


def said(**answers: Any) -> Revision:
    """What is kept of these answers."""
    return Revision(answers, "2026-03-02", digest(AGREE.encode()), "2026-03-02T09:00:00+01:00")


def done(step: str = "consult", edition: Edition = EDITION, action: str = "completed") -> Outcome:
    """What came of the answers."""
    return Outcome(step, edition, action)


def begun(store: Store, reference: str = "A-1", who: By | None = None, content: Revision | None = None) -> Hold:
    """A record that is not complete."""
    return begin(store, who or by(), Begun(reference, EDITION, AGREE), content or said(itch="yes"))


def completed(store: Store, reference: str = "A-1", who: By | None = None, content: Revision | None = None) -> Hold:
    """A complete record."""
    hold = begun(store, reference, who, content)
    return complete(store, who or by(), hold, content or said(itch="yes"), done())


def many(store: Store, references: Iterable[str]) -> list[Hold]:
    """Complete records, a minute apart, each with answers that nobody else gave."""
    return [
        completed(store, ref, by(minute), said(itch="yes", note=f"only {ref} said this"))
        for minute, ref in enumerate(references)
    ]


def ids(records: Iterable[IntakeRecord]) -> list[str]:
    """Their ids."""
    return [record.id for record in records]


def refused(work: Callable[[], object]) -> Problem:
    """The one problem that is found."""
    with pytest.raises(ProblemsFound) as caught:
        work()
    (problem,) = caught.value.problems
    return problem


def only(store: Store) -> IntakeRecord:
    """The one record that there is."""
    (record,) = page(store, Sought(), 10).records
    return record


def log(store: Store, record: str = "") -> list[LogEntry]:
    """What was done."""
    with reading(store.records) as connection:
        return list(entries(connection, record))


def sealed(store: Store) -> list[tuple[str, int, bytes]]:
    """All that is sealed."""
    table = tables.revisions.c
    with reading(store.records) as connection:
        wanted = select(table.record, table.number, table.sealed).order_by(table.record, table.number)
        return [(row.record, row.number, row.sealed) for row in connection.execute(wanted)]


def everything(store: Store) -> list[list[tuple[object, ...]]]:
    """Every row of the records and of their keys."""
    found: list[list[tuple[object, ...]]] = []
    for engine, side in ((store.records, tables.records_side), (store.keys, tables.keys_side)):
        with reading(engine) as connection:
            found += [sorted(map(tuple, connection.execute(select(table)))) for table in side.sorted_tables]
    return found


def rows(store: Store) -> list[tuple[str, int]]:
    """Which revisions there are."""
    return [(record, number) for record, number, _ in sealed(store)]
