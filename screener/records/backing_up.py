"""Copies of the records, and of their keys, made while others work; and bringing them back."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from sqlalchemy import Engine, MetaData, delete, insert, select

from screener.ground.files import forget
from screener.ground.problems import Problem, ProblemsFound
from screener.records.erasing import drop_again
from screener.records.log import Checkpoint, Did, append
from screener.records.record import By
from screener.records.record_keys import keyed_ids
from screener.records.store import tables
from screener.records.store.engines import driven, embedded
from screener.records.store.faults import told
from screener.records.store.opening import Store, check_store, pages_hold, prepared, reading, secrets_of, writing
from screener.records.verifying import held_together
from screener.records.writing import recorded

Part = Literal["records", "record-keys"]
_AT_ONCE = 1000


def back_up(store: Store, by: By, part: Part, file: Path) -> int:
    """Copy a part of the store into a new file, open the copy, and look at all of it; how many records it has.

    The copy opens with the store's key only. Raises ProblemsFound; what is there then is no copy.
    """
    with recorded(store) as connection:
        append(connection, store.secrets.log, by, Did(f"backed up {part}"))
    source, secret = _side(store, part)
    copy = embedded(file, secret, makes=True)
    try:
        if store.is_server:
            with writing(copy) as connection:
                prepared(connection, part)
            _copy_rows(source, copy, _tables(part))
        else:
            _copy_pages(source, copy)
        return _looked_at(store, copy, part)
    finally:
        copy.dispose()
        forget(*(file.with_name(file.name + ending) for ending in ("-wal", "-shm")))


def bring_back(store: Store, by: By, part: Part, file: Path) -> int:
    """Put a copy in the place of what is there; how many records were erased again, as the keys or records say.

    The copy is looked at before anything changes. Raises ProblemsFound.
    """
    target, _ = _side(store, part)
    with opened_copy(store, part, file) as copy:
        _looked_at(store, copy, part)
        gone = _noted(target) | _noted(copy) if part == "record-keys" else set()
        if store.is_server:
            _copy_rows(copy, target, _tables(part))
        else:
            _copy_pages(copy, target)
    if part == "record-keys":
        with writing(target) as connection:
            connection.execute(delete(tables.erased))
            for id in sorted(gone):
                connection.execute(insert(tables.erased).values(record=id))
                connection.execute(delete(tables.record_keys).where(tables.record_keys.c.record == id))
    with recorded(store) as connection:
        append(connection, store.secrets.log, by, Did(f"restored {part}"))
    return drop_again(store, by)


@contextmanager
def opened_copy(store: Store, part: Part, file: Path) -> Iterator[Engine]:
    """A copy, opened with the store's key. Raises ProblemsFound if it is no copy, or of another store."""
    if not file.is_file():
        raise ProblemsFound([Problem("not-found", f"there is no file `{file.name}`", "check the name and the folder")])
    copy = embedded(file, _side(store, part)[1])
    try:
        if part == "records":
            check_store(store._replace(records=copy))
        yield copy
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


def _side(store: Store, part: Part) -> tuple[Engine, bytes]:
    if part == "records":
        return store.records, store.secrets.records
    return store.keys, store.secrets.keys


def _tables(part: Part) -> MetaData:
    return tables.records_side if part == "records" else tables.keys_side


def _noted(engine: Engine) -> set[str]:
    with reading(engine) as connection:
        return set(connection.execute(select(tables.erased.c.record)).scalars())


def _copy_pages(source: Engine, target: Engine) -> None:
    """All pages as they are at one moment; others may go on reading and writing."""
    with told(), driven(source) as pages, driven(target) as copy:
        pages.backup(copy)


def _copy_rows(source: Engine, target: Engine, all_tables: MetaData) -> None:
    """All rows as they are at one moment, in the place of what is there."""
    with reading(source) as rows, writing(target) as connection:
        for table in reversed(all_tables.sorted_tables):
            connection.execute(delete(table))
        for table in all_tables.sorted_tables:
            found = rows.execution_options(yield_per=_AT_ONCE).execute(select(table)).mappings()
            for part in found.partitions(_AT_ONCE):
                connection.execute(insert(table), [dict(row) for row in part])


def _looked_at(store: Store, copy: Engine, part: Part) -> int:
    """How many records a copy has, all of which were looked at. Raises ProblemsFound."""
    if not pages_hold(copy):
        raise ProblemsFound([Problem("store-damaged", "the copy is damaged", "use another copy, and look at the disk")])
    if part == "record-keys":
        return len(keyed_ids(store._replace(keys=copy)))
    with reading(copy) as connection:
        held_together(connection, store.secrets.log)
        return len(connection.execute(select(tables.records.c.id)).all())


def checkpoint_of_copy(store: Store, file: Path) -> Checkpoint:
    """The checkpoint of the log in a copy. Raises ProblemsFound."""
    with opened_copy(store, "records", file) as copy, reading(copy) as connection:
        return held_together(connection, store.secrets.log)
