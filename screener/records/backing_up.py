"""Copies of the records, and of their keys, made while others work; and bringing them back."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from sqlalchemy import Connection, Engine, MetaData, Table, delete, func, insert, select, update

from screener.ground.files import forget
from screener.ground.problems import Problem, ProblemsFound
from screener.records.erasing import ERASED, finish_erasing, let_go_of
from screener.records.log import Checkpoint, Did, append
from screener.records.record import By
from screener.records.record_keys import all_keys, put_keys
from screener.records.store import tables
from screener.records.store.engines import copy_pages, embedded, make_one_file
from screener.records.store.faults import told
from screener.records.store.opening import (
    Store,
    as_newest,
    check_key,
    pages_hold,
    prepared,
    reading,
    rewritten,
    secrets_of,
    writing,
)
from screener.records.verifying import held_together
from screener.records.writing import finish_beginning, recorded

Part = Literal["records", "record-keys"]
_AT_ONCE = 1000
_DAMAGED = Problem("store-damaged", "the copy is damaged", "use another copy, and look at the disk")


def back_up(store: Store, by: By, part: Part, file: Path) -> int:
    """Copy a part of the store into a new file, open the copy, and look at all of it; how many records it has.

    The copy is one file, and opens with the store's key only. Raises ProblemsFound; what is there then is no copy.
    """
    with recorded(store) as connection:
        append(connection, store.secrets.log, by, Did(f"backed up {part}"))
    source, secret = _side(store, part)
    copy = embedded(file, secret, makes=True)
    try:
        if store.is_server:
            with reading(source) as rows, writing(copy) as connection:
                prepared(connection, part)
                _copy_rows(rows, connection, _tables(part))
        else:
            with told():
                copy_pages(source, copy)
        with told():
            make_one_file(copy)
        with opened_copy(store, part, file) as connection:
            return _looked_at(store, part, connection)
    finally:
        copy.dispose()
        forget(*(file.with_name(file.name + ending) for ending in ("-wal", "-shm", "-journal")))


def bring_back(store: Store, by: By, part: Part, file: Path) -> int:
    """Put a copy of the records in the place of what is there, or add what a copy of their keys has.

    How many records were erased again, as the keys or the records know that they were. The copy is looked at before
    anything changes, and stays as it is. Raises ProblemsFound; then nothing was changed.
    """
    with opened_copy(store, part, file) as copy:
        _looked_at(store, part, copy)
        again = _records_back(store, by, copy) if part == "records" else _keys_back(store, by, copy)
    finish_beginning(store)
    if finish_erasing(store):
        rewritten(store)
    return again


def _records_back(store: Store, by: By, copy: Connection) -> int:
    """All in one transaction: at no moment does anybody see who was erased."""
    with reading(store.keys) as connection:
        gone = _noted(connection)
    with recorded(store) as connection:
        gone |= _erased(connection)
        turns = select(func.coalesce(func.max(tables.records.c.turn), 0))
        turn = max(connection.execute(turns).scalar_one(), copy.execute(turns).scalar_one()) + 1
        _copy_rows(copy, connection, tables.records_side)
        # Whoever is in the middle of a record knows it as it was, and is not to write over what is there now.
        held_by_none = {"holder": None, "held_since": None, "held_until": None}
        connection.execute(update(tables.records).values(turn=turn, **held_by_none))
        append(connection, store.secrets.log, by, Did("restored records"))
        return _erase_again(store, by, connection, gone)


def _keys_back(store: Store, by: By, copy: Connection) -> int:
    """What the copy has is added to what is here: keys of later records stay, and erased ones do not come back."""
    with reading(store.records) as connection:
        gone = _erased(connection) | _noted(copy)
    with writing(store.keys) as connection:
        gone |= _noted(connection)
        put_keys(connection, copy, gone)
    with recorded(store) as connection:
        append(connection, store.secrets.log, by, Did("restored record-keys"))
        return _erase_again(store, by, connection, gone)


def _erase_again(store: Store, by: By, connection: Connection, gone: set[str]) -> int:
    here = connection.execute(select(tables.records.c.id).where(tables.records.c.status.not_in(ERASED))).scalars()
    back = sorted(gone.intersection(here))
    let_go_of(store, by, connection, back, "erased again")
    return len(back)


@contextmanager
def opened_copy(store: Store, part: Part, file: Path) -> Iterator[Connection]:
    """A copy, opened with the store's key, in the newest layout; the file stays as it is.

    Raises ProblemsFound if it is no copy, or of another store.
    """
    if not file.is_file():
        raise ProblemsFound([Problem("not-found", f"there is no file `{file.name}`", "check the name and the folder")])
    copy = embedded(file, _side(store, part)[1])
    try:
        with as_newest(copy, part) as connection:
            if part == "records":
                check_key(connection, store)
            yield connection
    finally:
        copy.dispose()


def store_of_copy(file: Path, key: bytes) -> str:
    """The id of the store that a copy of the records is of. Raises ProblemsFound if it does not open with this key."""
    copy = embedded(file, secrets_of(key).records)
    try:
        with reading(copy) as connection:
            return str(connection.execute(select(tables.store.c.id)).scalar_one())
    finally:
        copy.dispose()


def checkpoint_of_copy(store: Store, file: Path) -> Checkpoint:
    """The checkpoint of the log in a copy. Raises ProblemsFound."""
    with opened_copy(store, "records", file) as copy:
        return held_together(copy, store.secrets.log)


def _side(store: Store, part: Part) -> tuple[Engine, bytes]:
    if part == "records":
        return store.records, store.secrets.records
    return store.keys, store.secrets.keys


def _tables(part: Part) -> MetaData:
    return tables.records_side if part == "records" else tables.keys_side


def _noted(connection: Connection) -> set[str]:
    """The records that the keys know to be erased."""
    return set(connection.execute(select(tables.erased.c.record)).scalars())


def _erased(connection: Connection) -> set[str]:
    """The records that the records know to be erased."""
    wanted = select(tables.records.c.id).where(tables.records.c.status.in_(ERASED))
    return set(connection.execute(wanted).scalars())


def _copy_rows(rows: Connection, connection: Connection, all_tables: MetaData) -> None:
    """All rows, in the place of what is there."""
    in_order = [table for table in all_tables.sorted_tables if table is not tables.head]
    for table in reversed(in_order):
        connection.execute(delete(table))
    for table in in_order:
        _copy_table(rows, connection, table)
    if tables.head in all_tables.sorted_tables:
        end = dict(rows.execute(select(tables.head)).one()._mapping)
        # Those who wait for this row to write would find none if another took its place.
        if not connection.execute(update(tables.head).values(end)).rowcount:
            connection.execute(insert(tables.head).values(end))


def _copy_table(rows: Connection, connection: Connection, table: Table) -> None:
    with rows.execution_options(yield_per=_AT_ONCE).execute(select(table)) as found:
        for part in found.mappings().partitions(_AT_ONCE):
            connection.execute(insert(table), [dict(row) for row in part])


def _looked_at(store: Store, part: Part, copy: Connection) -> int:
    """How many records a copy has, all of which were looked at. Raises ProblemsFound."""
    if not pages_hold(copy):
        raise ProblemsFound([_DAMAGED])
    if part == "record-keys":
        return len(all_keys(store, copy))
    held_together(copy, store.secrets.log)
    return int(copy.execute(select(func.count()).select_from(tables.records)).scalar_one())
