"""A key for each record, in a file of its own: where it is gone, the record is gone from every copy.

What finds a record by its reference is there too, so that it goes with the key.
"""

from collections.abc import Collection, Mapping
from typing import NamedTuple
from unicodedata import normalize

from sqlalchemy import Connection, delete, insert, select, text, update

from screener.ground.problems import Problem, ProblemsFound
from screener.records.content import changed
from screener.records.ids import new_id, spoken
from screener.records.keys.sealing import Unreadable, marked, new_key, seal, unseal
from screener.records.store.opening import Store, reading, writing
from screener.records.store.tables import erased, record_keys

#: As many as every database takes in one question.
_AT_ONCE = 500
_NOTE_ERASED = text("INSERT INTO erased (record) VALUES (:record) ON CONFLICT DO NOTHING")


class RecordKey(NamedTuple):
    """The key of a record, and what finds it by its reference, if that was noted."""

    key: bytes
    lookup: bytes | None


def make_keys(store: Store, count: int = 1) -> dict[str, bytes]:
    """The ids of new records, each with its key, which is kept before anything is sealed with it."""
    with writing(store.keys) as connection:
        return dict(_made(store, connection) for _ in range(count))


def _made(store: Store, connection: Connection) -> tuple[str, bytes]:
    id, key = new_id(), new_key()
    while connection.execute(select(record_keys.c.record).where(record_keys.c.record == id)).first() is not None:
        id = new_id()
    connection.execute(insert(record_keys), {"record": id, "sealed_key": seal(store.secrets.wrap, key, id)})
    return id, key


def lookup(store: Store, reference: str) -> bytes:
    """What finds a reference, in capitals or not, with its accents in letters or apart.

    It tells the reference to nobody who has not the store's key.
    """
    same = normalize("NFC", normalize("NFC", reference.strip()).casefold())
    return marked(store.secrets.lookup, same.encode())


def put_lookups(store: Store, references: Mapping[str, str]) -> None:
    """Let records, each under its id, be found by their references."""
    with writing(store.keys) as connection:
        for record, reference in references.items():
            values = {"lookup": lookup(store, reference)}
            connection.execute(update(record_keys).where(record_keys.c.record == record).values(values))


def without_lookup(store: Store) -> list[str]:
    """Keys that were made, and whose record was not begun to the end: some hundred of them at most."""
    wanted = select(record_keys.c.record).where(record_keys.c.lookup.is_(None)).limit(_AT_ONCE)
    with reading(store.keys) as connection:
        return list(connection.execute(wanted).scalars())


def found_by(store: Store, reference: str) -> list[str]:
    """The records with this reference."""
    with reading(store.keys) as connection:
        wanted = select(record_keys.c.record).where(record_keys.c.lookup == lookup(store, reference))
        return list(connection.execute(wanted).scalars())


def key_of(store: Store, record: str) -> bytes:
    """The key of a record. Raises ProblemsFound if it is not there."""
    found = keys_of(store, [record])
    if record not in found:
        help = "bring back the newest copy of the records' keys: `screener intake restore --record-keys FILE`"
        raise ProblemsFound([Problem("no-key", f"the key of the record `{spoken(record)}` is not here", help)])
    return found[record]


def keys_of(store: Store, records: Collection[str]) -> dict[str, bytes]:
    """The keys of those records that have one. Raises ProblemsFound if one was changed, or is of another record."""
    found: dict[str, bytes] = {}
    ids = list(records)
    with reading(store.keys) as connection:
        for at in range(0, len(ids), _AT_ONCE):
            part = record_keys.c.record.in_(ids[at : at + _AT_ONCE])
            rows = connection.execute(select(record_keys.c.record, record_keys.c.sealed_key).where(part))
            found |= {record: _unsealed(store, record, sealed) for record, sealed in rows}
    return found


def _unsealed(store: Store, record: str, sealed: bytes) -> bytes:
    try:
        return unseal(store.secrets.wrap, sealed, record)
    except Unreadable:
        raise changed(record) from None


def all_keys(store: Store, connection: Connection) -> dict[str, RecordKey]:
    """Every key that is there, in a copy for one. Raises ProblemsFound as above."""
    rows = connection.execute(select(record_keys.c.record, record_keys.c.sealed_key, record_keys.c.lookup)).all()
    return {record: RecordKey(_unsealed(store, record, sealed), lookup) for record, sealed, lookup in rows}


def put_keys(connection: Connection, copy: Connection, gone: Collection[str]) -> None:
    """Add the keys of a copy to those that are here, but for those that are gone for ever; that is noted again."""
    for row in copy.execute(select(record_keys)).all():
        connection.execute(delete(record_keys).where(record_keys.c.record == row.record))
        if row.record not in gone:
            connection.execute(insert(record_keys).values(row._mapping))
    _drop(connection, gone)


def drop_keys(store: Store, records: Collection[str]) -> None:
    """Take these keys away for ever, and note that it was meant."""
    with writing(store.keys) as connection:
        _drop(connection, records)


def _drop(connection: Connection, records: Collection[str]) -> None:
    for id in sorted(records):
        connection.execute(delete(record_keys).where(record_keys.c.record == id))
        connection.execute(_NOTE_ERASED, {"record": id})  # two desks may finish the same erasing


def erased_ids(store: Store) -> set[str]:
    """The records whose keys were taken away."""
    with reading(store.keys) as connection:
        return set(connection.execute(select(erased.c.record)).scalars())
