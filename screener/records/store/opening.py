"""Making a store, and opening one: the right key, the right layout, and nothing left half done."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Connection, Engine, insert, inspect, select, text
from sqlalchemy.exc import OperationalError

from screener.ground.problems import Problem, ProblemsFound
from screener.records.keys.sealing import Unreadable, derived, seal, unseal
from screener.records.store import tables
from screener.records.store.engines import READS, SHORT_PATIENCE, embedded, is_folded, is_rewritten, on_server
from screener.records.store.faults import FULL, told

#: Every layout there was, oldest first; Alembic's files have the steps between them.
RECORD_LAYOUTS, KEY_LAYOUTS = ("r0001",), ("k0001",)
#: The schemas on a server, apart so that they can be backed up apart.
_SCHEMA, _KEYS_SCHEMA = "screener", "screener_keys"
_CHECK = b"screener"
_ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(7332)"
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
    """Make the tables in both files, in which nothing may be. Raises ProblemsFound."""
    secrets = secrets_of(key)
    store = Store(id, embedded(records, secrets.records, makes=True), embedded(keys, secrets.keys, makes=True), secrets)
    _make(store, at)
    return store


def open_embedded(records: Path, keys: Path, id: str, key: bytes) -> Store:
    """Open both files. Raises ProblemsFound: a wrong key, a damaged file, a store from a newer version."""
    secrets = secrets_of(key)
    return _opened(Store(id, embedded(records, secrets.records), embedded(keys, secrets.keys), secrets))


def make_on_server(url: str, id: str, key: bytes, at: int) -> Store:
    """Make the tables on a server that has none of ours. Raises ProblemsFound."""
    store = _at_server(url, id, key)
    with _let_go_if_refused(store), told():
        for engine, schema in ((store.records, _SCHEMA), (store.keys, _KEYS_SCHEMA)):
            with engine.begin() as connection:
                connection.execute(text(_ONE_AT_A_TIME))
                connection.execute(text(f"CREATE SCHEMA IF NOT EXISTS {schema}"))
    _make(store, at)
    return store


def open_on_server(url: str, id: str, key: bytes) -> Store:
    """Open the tables on a server. Raises ProblemsFound."""
    return _opened(_at_server(url, id, key))


def store_on_server(url: str) -> str | None:
    """The id of the store that a server has, if it has one. Raises ProblemsFound."""
    engine = on_server(url, _SCHEMA)
    try:
        with told(), engine.connect() as connection:
            if not inspect(connection).has_table("store", schema=_SCHEMA):
                return None
            return connection.execute(select(tables.store.c.id)).scalar_one_or_none()
    finally:
        engine.dispose()


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
    """The same, after what waits beside an encrypted file was put into it, as far as others and the disk allow that."""
    if engine.dialect.name != "postgresql":
        _if_there_is_room(is_folded, engine)
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
    with _let_go_if_refused(store):
        _put_tables(store, at)


def _put_tables(store: Store, at: int) -> None:
    with writing(store.keys) as connection:
        prepared(connection, "record-keys")
    with writing(store.records) as connection:
        prepared(connection, "records")
        if connection.execute(select(tables.store.c.id)).first():
            help = "use it as it is, with its key"
            raise ProblemsFound([Problem("store-exists", "a store was made here meanwhile", help)])
        sealed = seal(store.secrets.wrap, _CHECK, store.id)
        connection.execute(insert(tables.store).values(id=store.id, made=at, sealed_check=sealed))
        connection.execute(insert(tables.head).values(one=1, size=0, mark=b""))


@contextmanager
def _let_go_if_refused(store: Store) -> Iterator[None]:
    try:
        yield
    except ProblemsFound:
        close(store)
        raise


def _opened(store: Store) -> Store:
    with _let_go_if_refused(store):
        for engine, side in ((store.records, "records"), (store.keys, "record-keys")):
            if _is_old(engine, side):
                with writing(engine) as connection:
                    _step_on(connection, side)
        with reading(store.records) as connection:
            check_key(connection, store)
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
        connection.execute(text(_ONE_AT_A_TIME))
    folder = Path(__file__).parent / "migrations"
    config = Config()
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    config.set_main_option("version_locations", str(folder / side.replace("-", "_")).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def folded(store: Store) -> bool:
    """Put what waits beside the files into them, so that what was deleted is overwritten; whether that came to an end.

    Another desk that reads at the same time keeps a part alive. The keys are written anew; of the records, what was
    left on some page could be read with a key only that is gone. A server gives back what was deleted.
    """
    if store.is_server:
        return all(
            [_is_given_back(store.records, "revisions, records"), _is_given_back(store.keys, "FULL record_keys")]
        )
    with told():  # each of them, whatever the others say
        done = [is_rewritten(store.keys), is_folded(store.keys), is_folded(store.records)]
    return all(done)


def rewritten(store: Store) -> bool:
    """As `folded`, after writing the records anew too, so that no page has even what can't be read any more.

    That takes a while, and for that while twice the room; without it nothing is written anew. A server looks after its
    own pages.
    """
    if not store.is_server:
        _if_there_is_room(is_rewritten, store.records)
    return folded(store)


def _if_there_is_room(work: Callable[[Engine], bool], engine: Engine) -> None:
    try:
        with told():
            work(engine)
    except ProblemsFound as found:
        if found.problems != (FULL,):
            raise


def _is_given_back(engine: Engine, names: str) -> bool:
    """Whether the server could let go of what was deleted: nobody still sees it, or is in the way."""
    with told(), engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if connection.execute(text(_IN_THE_MIDDLE)).first():
            return False
        connection.execute(text(f"SET lock_timeout = '{SHORT_PATIENCE}s'"))
        try:
            connection.execute(text(f"VACUUM {names}"))
        except OperationalError as error:
            if "lock timeout" in str(error.orig):
                return False
            raise
        finally:
            connection.execute(text("RESET lock_timeout"))
    return True
