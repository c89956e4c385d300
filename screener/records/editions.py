"""Rule files, and texts that people agreed to, word for word: each is kept once, under its SHA-256."""

from collections.abc import Callable, Iterator
from typing import Any

from sqlalchemy import Connection, Row, Table, insert, select

from screener.ground.problems import Problem, ProblemsFound
from screener.records.keys.sealing import digest
from screener.records.record import Edition
from screener.records.store.tables import consents, editions, revisions

_COLUMNS = [editions.c[name] for name in Edition._fields]
_RULES, _CONSENT = "a rule file", "a text that people agreed to"


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
    """The edition with this SHA-256. Raises ProblemsFound if it is not here as it was."""
    row = connection.execute(select(*_COLUMNS).where(editions.c.sha256 == sha256)).first()
    if row is None or _edition(row).sha256 != sha256:
        raise _changed(_RULES)
    return _edition(row)


def edition_by_rules(connection: Connection, is_meant: Callable[[str], bool]) -> Edition | None:
    """The edition whose rule file has the text that is meant, if one does.

    Raises ProblemsFound if it is not here as it was.
    """
    rows = connection.execute(select(editions.c.sha256, editions.c.rules).order_by(editions.c.sha256))
    found = next((row.sha256 for row in rows if is_meant(row.rules)), None)
    return None if found is None else edition(connection, found)


def consent(connection: Connection, sha256: str) -> str:
    """The text that was agreed to. Raises ProblemsFound if it is not here as it was."""
    text = connection.execute(select(consents.c.text).where(consents.c.sha256 == sha256)).scalar_one_or_none()
    if text is None or digest(text.encode()) != sha256:
        raise _changed(_CONSENT)
    return str(text)


def edition_ids(connection: Connection, questionnaire: str) -> tuple[str, ...]:
    """The SHA-256 of every edition of a questionnaire."""
    wanted = select(editions.c.sha256).where(editions.c.questionnaire == questionnaire)
    return tuple(connection.execute(wanted).scalars())


def changed_texts(connection: Connection) -> Iterator[str]:
    """What is not as it was kept, or not there any more, in words."""
    seen: set[str] = set()
    for row in connection.execute(select(editions.c.sha256.label("name"), *_COLUMNS)):
        seen.add(row.name)
        if _edition(row).sha256 != row.name:
            yield _RULES
    if set(connection.execute(select(revisions.c.edition).distinct()).scalars()) - seen:
        yield _RULES
    for sha256, text in connection.execute(select(consents.c.sha256, consents.c.text)):
        if digest(text.encode()) != sha256:
            yield _CONSENT


def _edition(row: Row[Any]) -> Edition:
    return Edition(*(getattr(row, name) or "" for name in Edition._fields))


def _changed(what: str) -> ProblemsFound:
    help = "restore a backup, and look at `screener intake audit`"
    message = f"{what} that was kept word for word was changed from outside, or is not here any more"
    return ProblemsFound([Problem("record-changed", message, help)])
