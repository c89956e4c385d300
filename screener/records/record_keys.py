"""A key for each record, in a file of its own: where it is gone, the record is gone from every copy."""

from collections.abc import Collection

from sqlalchemy import Connection, delete, insert, select, text

from screener.ground.problems import Problem, ProblemsFound
from screener.records.content import changed
from screener.records.ids import new_id, spoken
from screener.records.keys.sealing import Unreadable, new_key, seal, unseal
from screener.records.store.opening import Store, reading, writing
from screener.records.store.tables import erased, record_keys

#: As many as every database takes in one question.
_AT_ONCE = 500
_NOTE_ERASED = text("INSERT INTO erased (record) VALUES (:record) ON CONFLICT DO NOTHING")


def make_key(store: Store) -> tuple[str, bytes]:
    """A new record's id and its key, which is kept before anything is sealed with it."""
    with writing(store.keys) as connection:
        id = new_id()
        while connection.execute(select(record_keys.c.record).where(record_keys.c.record == id)).first() is not None:
            id = new_id()
        key = new_key()
        connection.execute(insert(record_keys).values(record=id, sealed_key=seal(store.secrets.wrap, key, id)))
    return id, key


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


def keyed_ids(store: Store) -> set[str]:
    """The records that have a key. Raises ProblemsFound if one of the keys was changed, or is of another record."""
    with reading(store.keys) as connection:
        return checked_keys(store, connection)


def checked_keys(store: Store, connection: Connection) -> set[str]:
    """The records that have a key there, in a copy for one. Raises ProblemsFound as above."""
    rows = connection.execute(select(record_keys.c.record, record_keys.c.sealed_key)).all()
    return {record for record, sealed in rows if _unsealed(store, record, sealed)}


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
