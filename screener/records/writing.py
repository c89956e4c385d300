"""Changing a record: each change whole, with its entry in the log, or not at all.

Two things keep desks apart. A desk holds the record that it works on, for a while; that is told to others. The guard is
`turn`, which every write names as it was: whoever comes second changes nothing and is told.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any, NamedTuple
from unicodedata import normalize

from sqlalchemy import Connection, delete, insert, select, update

from screener.ground.problems import Problem, ProblemsFound
from screener.records.content import Revision, sealed_content, sealed_reference
from screener.records.editions import put_consent, put_edition
from screener.records.ids import spoken
from screener.records.keys.sealing import marked
from screener.records.log import Did, append
from screener.records.noted import of_revision
from screener.records.record import By, Edition
from screener.records.record_keys import make_key
from screener.records.store import tables
from screener.records.store.opening import Store, writing
from screener.records.store.tables import head, records, revisions
from screener.records.times import as_micros, moment

#: How long a desk holds a record after its last answer.
HELD = timedelta(minutes=10)
#: The number of what is not complete yet.
DRAFT = 0


class Hold(NamedTuple):
    """A record that a desk works on, as this desk knows it."""

    record: str
    key: bytes
    edition: str
    revision: int
    turn: int


class Begun(NamedTuple):
    """A record that is to be made: the clinic's reference, the rule file, and what the person agreed to."""

    reference: str
    edition: Edition
    consent_text: str


class Outcome(NamedTuple):
    """What came of the answers: the id of the next step, by which rule file, and what was done."""

    step: str
    edition: Edition
    action: str


@contextmanager
def recorded(store: Store) -> Iterator[Connection]:
    """A transaction of the records; those who write come one after the other, as the log has one end."""
    with writing(store.records) as connection:
        connection.execute(select(head.c.size).with_for_update())
        yield connection


def begin(store: Store, by: By, new: Begun, content: Revision) -> Hold:
    """Make a record with what was answered so far, held by this desk. Raises ProblemsFound."""
    id, key = make_key(store)
    with recorded(store) as connection:
        hold = Hold(id, key, put_edition(connection, new.edition), 0, 1)
        put_consent(connection, new.consent_text)
        row = {"id": id, "status": "unfinished", "revision": 0, "turn": 1, "edition": hold.edition, "step": ""}
        when = {"begun": as_micros(by.at), "day": by.at.date().isoformat(), "staff": by.staff}
        found = {"sealed_reference": sealed_reference(key, new.reference, id), "lookup": lookup(store, new.reference)}
        connection.execute(insert(records).values(**row, **when, **found, **_held(by)))
        append(connection, store.secrets.log, by, _put(connection, by, hold, DRAFT, content)._replace(action="begun"))
    return hold


def keep(store: Store, by: By, hold: Hold, content: Revision) -> Hold:
    """Keep what was answered so far. Raises ProblemsFound, also if another desk wrote meanwhile."""
    with recorded(store) as connection:
        turned = _turn(connection, by, hold, status="amending" if hold.revision else "unfinished", **_held(by))
        append(connection, store.secrets.log, by, _put(connection, by, hold, DRAFT, content))
    return turned


def complete(store: Store, by: By, hold: Hold, content: Revision, outcome: Outcome) -> Hold:
    """Make what was answered the next revision, which nobody changes any more; the record is let go of."""
    number = hold.revision + 1
    with recorded(store) as connection:
        put_edition(connection, outcome.edition)
        hold = hold._replace(edition=outcome.edition.sha256)
        row = {"status": "complete", "revision": number, "step": outcome.step, "edition": hold.edition}
        turned = _turn(connection, by, hold, **row, **_HELD_BY_NONE)
        connection.execute(delete(revisions).where(revisions.c.record == hold.record, revisions.c.number == DRAFT))
        did = _put(connection, by, hold, number, content)
        append(connection, store.secrets.log, by, did._replace(action=outcome.action))
    return turned._replace(revision=number)


def hold_record(store: Store, by: By, hold: Hold, takes_over: bool) -> Hold:
    """Take a record to work on. Raises ProblemsFound if another desk has it, unless that is to be taken over."""
    with recorded(store) as connection:
        row = connection.execute(select(records).where(records.c.id == hold.record)).first()
        other = _holder(row, by) if row else ""
        if row and other and not takes_over:
            raise _taken(hold.record, other, row.held_since)
        turned = _turn(connection, by, hold, **_held(by))
        append(
            connection, store.secrets.log, by, Did("taken over" if other else "taken up", hold.record, hold.revision)
        )
    return turned


def let_go(store: Store, by: By, hold: Hold) -> None:
    """Let others have the record at once, where nothing was written that would say so."""
    with recorded(store) as connection:
        _turn(connection, by, hold, **_HELD_BY_NONE)
        append(connection, store.secrets.log, by, Did("let go", hold.record, hold.revision))


def drop_draft(store: Store, by: By, hold: Hold) -> None:
    """Throw away an amendment that was begun; the record is as it was before."""
    with recorded(store) as connection:
        _turn(connection, by, hold, status="complete", **_HELD_BY_NONE)
        connection.execute(delete(revisions).where(revisions.c.record == hold.record, revisions.c.number == DRAFT))
        append(connection, store.secrets.log, by, Did("amendment dropped", hold.record, hold.revision))


def lookup(store: Store, reference: str) -> bytes:
    """What finds a reference, in capitals or not, with its accents in letters or apart.

    It tells the reference to nobody who has not the store's key.
    """
    same = normalize("NFC", normalize("NFC", reference.strip()).casefold())
    return marked(store.secrets.lookup, same.encode())


_HELD_BY_NONE: dict[str, Any] = {"holder": None, "held_since": None, "held_until": None}


def _held(by: By) -> dict[str, Any]:
    return {"holder": _name(by), "held_since": as_micros(by.at), "held_until": as_micros(by.at + HELD)}


def _name(by: By) -> str:
    return f"{by.staff} at {by.desk}"


def _holder(row: Any, by: By) -> str:
    """Another desk that holds this record now, or nothing."""
    expired = row.held_until is None or row.held_until <= as_micros(by.at)
    return "" if expired or row.holder == _name(by) else row.holder


def _taken(record: str, holder: str, since: int) -> ProblemsFound:
    at = moment(since).astimezone().strftime("%H:%M")
    message = f"the record `{spoken(record)}` is being worked on by {holder}, since {at}"
    help = f"ask there; it is free {HELD.seconds // 60} minutes after the last answer, or at once with --take-over"
    return ProblemsFound([Problem("held", message, help)])


def _turn(connection: Connection, by: By, hold: Hold, **values: Any) -> Hold:
    """Change the row if it is as this desk knows it. Raises ProblemsFound otherwise."""
    known = (records.c.id == hold.record, records.c.turn == hold.turn)
    done = connection.execute(update(records).where(*known).values(turn=hold.turn + 1, **values))
    if done.rowcount != 1:
        raise _overtaken(connection, hold.record)
    return hold._replace(turn=hold.turn + 1)


def _overtaken(connection: Connection, record: str) -> ProblemsFound:
    """Who was quicker, and when."""
    log = tables.log
    newest = select(log.c.staff, log.c.at, log.c.action).where(log.c.record == record)
    last = connection.execute(newest.order_by(log.c.number.desc()).limit(1)).first()
    if last is None:
        return not_there(record)
    at = moment(last.at).astimezone().strftime("%H:%M")
    message = f"{last.staff} changed the record `{spoken(record)}` meanwhile ({last.action}, {at})"
    help = "nothing of theirs was overwritten; look at it with `screener intake show`, then amend it again"
    return ProblemsFound([Problem("overtaken", message, help)])


def not_there(record: str) -> ProblemsFound:
    """What is said of a record that was there."""
    return ProblemsFound([Problem("unknown-record", f"there is no record `{spoken(record)}` any more")])


def _put(connection: Connection, by: By, hold: Hold, number: int, content: Revision) -> Did:
    """Write a revision; what is to be noted in the log. Only a draft takes the place of one before it."""
    sealed = sealed_content(hold.key, content, hold.record, number, hold.edition)
    values = {"at": as_micros(by.at), "staff": by.staff, "edition": hold.edition, "sealed": sealed}
    place = (revisions.c.record == hold.record, revisions.c.number == number)
    if number != DRAFT or not connection.execute(update(revisions).where(*place).values(values)).rowcount:
        connection.execute(insert(revisions).values(record=hold.record, number=number, **values))
    return Did("answered", hold.record, number, of_revision([hold.record, number, *values.values()]))
