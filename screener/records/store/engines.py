"""The only door to SQLCipher and to PostgreSQL: what is set on every connection, and how a transaction begins."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.pool import QueuePool

from screener.ground.files import sync
from screener.ground.problems import Problem, ProblemsFound

#: How long one desk waits for the others, in seconds.
_PATIENCE = 60
#: How long one waits that can be done later as well.
_SHORT_PATIENCE = 2
#: With FULL an answer that was acknowledged outlives a power cut. What is deleted is overwritten, and nothing is put
#: into files for a moment.
_PRAGMAS = (
    f"busy_timeout = {_PATIENCE * 1000}",
    "synchronous = FULL",
    "secure_delete = ON",
    "temp_store = MEMORY",
    "foreign_keys = ON",
)
#: Said of a connection that only reads, so that it does not keep others from writing.
READS = "screener_reads"


def embedded(file: Path, key: bytes, makes: bool = False) -> Engine:
    """The encrypted file, opened with this raw key; it `makes` the file if it is not there."""
    from sqlcipher3 import dbapi2

    uri = f"{file.resolve().as_uri()}?mode={'rwc' if makes else 'rw'}"

    def connect() -> Any:
        connection = dbapi2.connect(uri, uri=True, isolation_level=None, timeout=_PATIENCE, check_same_thread=False)
        try:
            connection.execute("PRAGMA cipher_log_level = NONE").close()  # it would write to the person's terminal
            connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
            for pragma in _PRAGMAS:
                connection.execute(f"PRAGMA {pragma}").close()
            if makes:
                connection.execute("PRAGMA journal_mode = WAL").close()
        except Exception:
            connection.close()
            raise
        return connection

    # SQLAlchemy takes a URL without a file for a database in memory, and would give every thread one of its own.
    engine = create_engine(
        "sqlite://", module=dbapi2, creator=connect, poolclass=QueuePool, pool_size=1, hide_parameters=True
    )
    event.listen(engine, "begin", _begin)
    return engine


def _begin(connection: Connection) -> None:
    reads = connection.get_execution_options().get(READS, False)
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")


@contextmanager
def _driven(engine: Engine) -> Iterator[Any]:
    """The driver's own connection to an encrypted file, for what SQLAlchemy has no word for.

    What the driver refuses is raised as SQLAlchemy raises it.
    """
    from sqlcipher3 import dbapi2

    with ExitStack() as closed:
        try:
            raw = engine.raw_connection()
            closed.callback(raw.close)
            yield raw.driver_connection
        except dbapi2.Error as error:
            raise DBAPIError(None, None, error) from None


def copy_pages(source: Engine, target: Engine) -> None:
    """All pages as they are at one moment; others may go on reading and writing."""
    with _driven(source) as pages, _driven(target) as copy:
        pages.backup(copy)


def make_one_file(engine: Engine) -> None:
    """Let nothing wait beside the file, so that it can be read where nothing may be written."""
    with _driven(engine) as connection:
        connection.execute("PRAGMA journal_mode = DELETE").close()


def is_folded(engine: Engine) -> bool:
    """Put what waits beside an encrypted file into it; whether that came to an end before others had to wait for it."""
    with _driven(engine) as connection:
        connection.execute(f"PRAGMA busy_timeout = {_SHORT_PATIENCE * 1000}").close()
        try:
            busy, _, _ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            _, _, file = connection.execute("PRAGMA database_list").fetchone()
        finally:
            connection.execute(f"PRAGMA busy_timeout = {_PATIENCE * 1000}").close()
    sync(Path(f"{file}-wal"))  # SQLite cuts it off, and leaves it to chance whether a power cut brings it back
    return not busy


def on_server(url: str, schema: str) -> Engine:
    """The PostgreSQL server at this address, and one schema there; what the address says of TLS is passed on."""
    return create_engine(
        _psycopg(url),
        connect_args={"options": f"-csearch_path={schema} -clock_timeout={_PATIENCE}s", "connect_timeout": 10},
        isolation_level="READ COMMITTED",
        pool_size=1,
        pool_pre_ping=True,
        hide_parameters=True,
    )


def _psycopg(url: str) -> URL:
    """The address for the driver that we use. Raises ProblemsFound, without repeating it: it may hold a password."""
    try:
        made = make_url(url)
    except ArgumentError:
        made = None
    if made is None or made.get_backend_name() != "postgresql":
        help = "write it as in postgresql://desk@db.clinic.example/intake?sslmode=verify-full"
        raise ProblemsFound(
            [Problem("bad-address", "SCREENER_DATABASE_URL is no address of a PostgreSQL database", help)]
        )
    try:
        import psycopg  # noqa: F401  # SQLAlchemy would fail in a way that says nothing to a person
    except ImportError:
        help = "install it with: pip install 'screener[intake,postgres]'"
        raise ProblemsFound([Problem("no-postgres", "a PostgreSQL database needs the package psycopg", help)]) from None
    return made.set(drivername="postgresql+psycopg")
