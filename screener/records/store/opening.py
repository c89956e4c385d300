"""Making a store, and opening one: the right key, the right layout, and nothing left half done."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Connection, Engine, insert, inspect, select, text

from screener.ground.problems import Problem, ProblemsFound
from screener.records.keys.sealing import Unreadable, derived, seal, unseal
from screener.records.store import tables
from screener.records.store.engines import READS, embedded, is_folded, on_server
from screener.records.store.faults import told

#: Every layout there was, oldest first; Alembic's files have the steps between them.
RECORD_LAYOUTS, KEY_LAYOUTS = ("r0001",), ("k0001",)
#: The schemas on a server, apart so that they can be backed up apart.
_SCHEMA, _KEYS_SCHEMA = "screener", "screener_keys"
_CHECK = b"screener"
#: Those on a server who see the tables as they were at some moment.
_IN_THE_MIDDLE = """
    SELECT pid FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'
    AND (backend_xmin IS NOT NULL OR backend_xid IS NOT NULL)
"""


class Secrets(NamedTuple):
    """What is derived from the store's key, each for one use."""

    records: bytes
    keys: bytes
    wrap: bytes
    log: bytes
    lookup: bytes


class Store(NamedTuple):
    """An open store: the records and their keys, each behind its own door."""

    id: str
    records: Engine
    keys: Engine
    secrets: Secrets

    @property
    def is_server(self) -> bool:
        """Whether a server has the records."""
        return self.records.dialect.name == "postgresql"


def secrets_of(key: bytes) -> Secrets:
    """The keys for each use, from the store's key."""
    return Secrets(*(derived(key, use) for use in Secrets._fields))


def make_embedded(records: Path, keys: Path, id: str, key: bytes, at: int) -> Store:
    """Make both files, which must not be there. Raises ProblemsFound."""
    secrets = secrets_of(key)
    store = Store(id, embedded(records, secrets.records, makes=True), embedded(keys, secrets.keys, makes=True), secrets)
    _make(store, at)
    for file in (records, keys):
        for path in (file, *(file.with_name(file.name + ending) for ending in ("-wal", "-shm"))):
            if path.exists():
                path.chmod(0o600)
    return store


def open_embedded(records: Path, keys: Path, id: str, key: bytes) -> Store:
    """Open both files. Raises ProblemsFound: a wrong key, a damaged file, a store from a newer version."""
    secrets = secrets_of(key)
    return _opened(Store(id, embedded(records, secrets.records), embedded(keys, secrets.keys), secrets))


def make_on_server(url: str, id: str, key: bytes, at: int) -> Store:
    """Make the tables on a server that has none of ours. Raises ProblemsFound."""
    store = _at_server(url, id, key)
    with told():
        for engine, schema in ((store.records, _SCHEMA), (store.keys, _KEYS_SCHEMA)):
            with engine.begin() as connection:
                connection.execute(text(f"CREATE SCHEMA IF NOT EXISTS {schema}"))
    _make(store, at)
    return store


def open_on_server(url: str, id: str, key: bytes) -> Store:
    """Open the tables on a server. Raises ProblemsFound."""
    return _opened(_at_server(url, id, key))


def store_on_server(url: str) -> str | None:
    """The id of the store that a server has, if it has one. Raises ProblemsFound."""
    engine = on_server(url, _SCHEMA)
    with told(), engine.connect() as connection:
        if not inspect(connection).has_table("store", schema=_SCHEMA):
            return None
        return connection.execute(select(tables.store.c.id)).scalar_one_or_none()


def _at_server(url: str, id: str, key: bytes) -> Store:
    return Store(id, on_server(url, _SCHEMA), on_server(url, _KEYS_SCHEMA), secrets_of(key))


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A transaction that only reads, and sees the tables as they are at one moment. Raises ProblemsFound."""
    options = {"isolation_level": "REPEATABLE READ"} if engine.dialect.name == "postgresql" else {READS: True}
    with told(), engine.connect().execution_options(**options) as connection, connection.begin():
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction that is written whole, or not at all. Raises ProblemsFound."""
    with told(), engine.begin() as connection:
        yield connection


def settled(engine: Engine) -> Engine:
    """The same, after what waits beside an encrypted file was put into it, as far as others let that be done."""
    if engine.dialect.name != "postgresql":
        with told():
            is_folded(engine)
    return engine


def pages_hold(connection: Connection) -> bool:
    """Whether every page of an encrypted file is as it was written; a server looks after its own.

    Pages are read as they lie in the file, so one that another desk writes at this moment is read once more; and what
    waits beside the file is to be `settled` before: after a power cut it may mend what was being written just then.
    """
    if connection.dialect.name == "postgresql":
        return True
    return any(not connection.exec_driver_sql("PRAGMA cipher_integrity_check").all() for _ in range(3))


def prepared(connection: Connection, side: str) -> None:
    """Make the tables of one side where there are none: `records`, or `record-keys`."""
    _step_on(connection, side)


def _make(store: Store, at: int) -> None:
    with writing(store.keys) as connection:
        prepared(connection, "record-keys")
    with writing(store.records) as connection:
        prepared(connection, "records")
        sealed = seal(store.secrets.wrap, _CHECK, store.id)
        connection.execute(insert(tables.store).values(id=store.id, made=at, sealed_check=sealed))
        connection.execute(insert(tables.head).values(one=1, size=0, mark=b""))


def _opened(store: Store) -> Store:
    try:
        for engine, side in ((store.records, "records"), (store.keys, "record-keys")):
            if _is_old(engine, side):
                with writing(engine) as connection:
                    _step_on(connection, side)
        with reading(store.records) as connection:
            check_key(connection, store)
    except ProblemsFound:
        close(store)
        raise
    return store


def close(store: Store) -> None:
    """Let go of the files, or of the server."""
    store.records.dispose()
    store.keys.dispose()


def check_key(connection: Connection, store: Store) -> None:
    """Raise ProblemsFound if these records are of another store, or their key is another."""
    id, sealed = connection.execute(select(tables.store.c.id, tables.store.c.sealed_check)).one()
    try:
        unseal(store.secrets.wrap, sealed, id)
    except Unreadable:
        help = "bring the key of this store; the desk where it was made has it"
        raise ProblemsFound([Problem("store-closed", "the records don't open with this key", help)]) from None
    if id != store.id:
        help = "name the folder that belongs to these records with --store"
        raise ProblemsFound([Problem("not-a-store", "the records are of another store than the folder says", help)])


def _is_old(engine: Engine, side: str) -> bool:
    """Whether steps are missing to the newest layout. Raises ProblemsFound for one that is not known here."""
    known = RECORD_LAYOUTS if side == "records" else KEY_LAYOUTS
    with reading(engine) as connection:
        found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one()
    if found not in known:
        help = "install the newest version here too: pip install --upgrade screener"
        raise ProblemsFound([Problem("store-newer", "a newer version of screener made this store", help)])
    return bool(found != known[-1])


@contextmanager
def as_newest(engine: Engine, side: str) -> Iterator[Connection]:
    """A copy in the newest layout, to be read; what is changed for that is undone at the end. Raises ProblemsFound."""
    if not _is_old(engine, side):
        with reading(engine) as connection:
            yield connection
        return
    with told(), engine.connect() as connection, connection.begin() as changed:
        _step_on(connection, side)
        yield connection
        changed.rollback()


def _step_on(connection: Connection, side: str) -> None:
    """Every step that is missing, in this transaction; of several desks that try it, one does."""
    from alembic import command
    from alembic.config import Config

    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(7332)"))
    folder = Path(__file__).parent / "migrations"
    config = Config()
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    config.set_main_option("version_locations", str(folder / side.replace("-", "_")).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def folded(store: Store) -> bool:
    """Put what waits beside the files into them, so that what was deleted is overwritten; whether that came to an end.

    Another desk that reads at the same time keeps a part alive. A server gives back what was deleted.
    """
    if store.is_server:
        return all([_is_given_back(store.records, "revisions, records"), _is_given_back(store.keys, "record_keys")])
    with told():
        done = [is_folded(engine) for engine in (store.records, store.keys)]  # each of them, whatever the other says
    return all(done)


def _is_given_back(engine: Engine, names: str) -> bool:
    """Whether nobody was in the middle of something and still sees what was deleted."""
    with told(), engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        seeing = connection.execute(text(_IN_THE_MIDDLE)).all()
        connection.execute(text(f"VACUUM {names}"))
    return not seeing
