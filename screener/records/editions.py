"""Rule files, and texts that people agreed to, word for word: each is kept once, under its SHA-256."""

from collections.abc import Iterator

from sqlalchemy import Connection, Table, insert, select

from screener.records.keys.sealing import digest
from screener.records.record import Edition
from screener.records.store.tables import consents, editions


def put_edition(connection: Connection, edition: Edition) -> str:
    """Keep it, if it is not kept already; its SHA-256."""
    return _put(connection, editions, {"sha256": edition.sha256, **edition._asdict()})


def put_consent(connection: Connection, text: str) -> str:
    """Keep what is agreed to, if it is not kept already; its SHA-256."""
    return _put(connection, consents, {"sha256": digest(text.encode()), "text": text})


def _put(connection: Connection, table: Table, row: dict[str, str]) -> str:
    """Writers come one after the other, so nobody puts it there between the two."""
    if connection.execute(select(table.c.sha256).where(table.c.sha256 == row["sha256"])).first() is None:
        connection.execute(insert(table).values(row))
    return row["sha256"]


def edition(connection: Connection, sha256: str) -> Edition:
    """The edition with this SHA-256."""
    columns = [editions.c[name] for name in Edition._fields]
    return Edition(*connection.execute(select(*columns).where(editions.c.sha256 == sha256)).one())


def all_editions(connection: Connection) -> Iterator[Edition]:
    """Every edition that is kept, of all questionnaires."""
    columns = [editions.c[name] for name in Edition._fields]
    return (Edition(*row) for row in connection.execute(select(*columns).order_by(editions.c.sha256)))


def consent(connection: Connection, sha256: str) -> str:
    """The text that was agreed to."""
    return str(connection.execute(select(consents.c.text).where(consents.c.sha256 == sha256)).scalar_one())


def edition_ids(connection: Connection, questionnaire: str) -> tuple[str, ...]:
    """The SHA-256 of every edition of a questionnaire."""
    wanted = select(editions.c.sha256).where(editions.c.questionnaire == questionnaire)
    return tuple(connection.execute(wanted).scalars())
