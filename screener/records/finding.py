"""Finding records again: by day, by what came of them, by who took them, by the clinic's reference, by their id."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple, get_args

from sqlalchemy import Select, and_, or_, select

from screener.ground.problems import Problem, ProblemsFound
from screener.records.content import Revision, changed, open_content, open_reference
from screener.records.ids import LENGTH, meant, spoken
from screener.records.record import IntakeRecord, Status
from screener.records.record_keys import erased_ids, key_of, keys_of
from screener.records.store.opening import Store, reading
from screener.records.store.tables import records, revisions
from screener.records.times import moment
from screener.records.writing import DRAFT, Hold, lookup, not_there

_ERASED = ("erasing", "erased")
_UNFINISHED = ("unfinished", "amending")
_AT_ONCE = 500
#: How many records with the beginning of an id are named.
_NAMED = 5


class Sought(NamedTuple):
    """Which records are wanted; what is empty does not matter. `since` and `until` are days, both included."""

    since: date | None = None
    until: date | None = None
    status: str = ""
    step: str = ""
    reference: str = ""
    staff: str = ""


class FullRecord(NamedTuple):
    """A record with what its last revision keeps."""

    record: IntakeRecord
    content: Revision


class RecordPage(NamedTuple):
    """Some records, newest first, and where the next page begins; empty where there is none."""

    records: tuple[IntakeRecord, ...]
    after: str


def page(store: Store, sought: Sought, most: int, after: str = "") -> RecordPage:
    """At most so many of the records that are sought, from the place where the page before ended.

    Raises ProblemsFound for a place that is none.
    """
    wanted = _sought(store, sought).order_by(records.c.begun.desc(), records.c.id.desc()).limit(most + 1)
    if after:
        begun, id = _read_place(after)
        earlier = records.c.begun < begun
        wanted = wanted.where(or_(earlier, and_(records.c.begun == begun, records.c.id < id)))
    with reading(store.records) as connection:
        rows = connection.execute(wanted).all()
    more = len(rows) > most
    rows = rows[:most]
    return RecordPage(_listed(store, rows), f"{rows[-1].begun}-{rows[-1].id}" if more else "")


def unfinished(store: Store) -> tuple[IntakeRecord, ...]:
    """The records that were begun and not completed, and those whose amendment was; oldest first.

    Without their references, so that these are not in the memory of whoever only names them by id.
    """
    wanted = select(records).where(records.c.status.in_(_UNFINISHED)).order_by(records.c.begun)
    with reading(store.records) as connection:
        return tuple(_record(row, {}) for row in connection.execute(wanted))


def resolve(store: Store, typed: str) -> IntakeRecord:
    """The record with this id, or with an id that begins so. Raises ProblemsFound for none, for several, for erased."""
    with reading(store.records) as connection:
        rows = connection.execute(_by_id(typed).limit(_NAMED + 1)).all()
    if not rows:
        help = "`screener intake list` shows today's; --ref finds the clinic's own number"
        raise ProblemsFound([Problem("unknown-record", f"there is no record `{typed[:40]}`", help)])
    if len(rows) > 1:
        names = ", ".join(spoken(row.id) for row in rows[:_NAMED]) + (" and more" if len(rows) > _NAMED else "")
        help = f"type more of it: {names}"
        raise ProblemsFound([Problem("unknown-record", f"several records begin with `{typed[:40]}`", help)])
    if rows[0].status in _ERASED:
        message = f"the record `{spoken(rows[0].id)}` was erased"
        raise ProblemsFound([Problem("erased", message, "`screener intake audit` tells by whom and when")])
    return _listed(store, rows)[0]


def any_id(store: Store, typed: str) -> str:
    """The id of the record that is meant, erased or not. Raises ProblemsFound for none, and for several."""
    try:
        return resolve(store, typed).id
    except ProblemsFound as found:
        if found.problems[0].code != "erased":
            raise
    with reading(store.records) as connection:
        return str(connection.execute(_by_id(typed)).first().id)  # type: ignore[union-attr]  # it was just found


def _by_id(typed: str) -> Select[Any]:
    """The rows with this id, or with one that begins so; the whole one is found first."""
    id = meant(typed)
    begins = and_(records.c.id >= id, records.c.id < id + "{") if id else records.c.id == ""
    return select(records).where(begins).order_by(records.c.id)


def hold_of(store: Store, record: IntakeRecord) -> Hold:
    """The record as a desk may take it up, as it is now: it may have changed since it was listed. Raises ProblemsFound.

    All of it is of one moment, so that nobody takes up a turn that goes with answers they have not seen.
    """
    known = select(records.c.edition, records.c.revision, records.c.turn).where(records.c.id == record.id)
    with reading(store.records) as connection:
        row = connection.execute(known).first()
    if row is None:
        raise not_there(record.id)
    return Hold(record.id, key_of(store, record.id), *row)


def revision(store: Store, hold: Hold, number: int) -> Revision | None:
    """What a revision keeps, or None if there is none with this number. Raises ProblemsFound if it was changed."""
    place = (revisions.c.record == hold.record, revisions.c.number == number)
    with reading(store.records) as connection:
        row = connection.execute(select(revisions.c.edition, revisions.c.sealed).where(*place)).first()
    return open_content(hold.key, row.sealed, hold.record, number, row.edition) if row else None


def edition_of(store: Store, hold: Hold, number: int) -> str:
    """The SHA-256 of the rule file that a revision was answered with."""
    place = (revisions.c.record == hold.record, revisions.c.number == number)
    with reading(store.records) as connection:
        return str(connection.execute(select(revisions.c.edition).where(*place)).scalar_one())


def draft(store: Store, hold: Hold) -> Revision | None:
    """What was answered of what is not complete yet."""
    return revision(store, hold, DRAFT)


def places(store: Store, sought: Sought) -> list[tuple[str, int]]:
    """Id and revision of every completed record that is sought; oldest first."""
    wanted = _sought(store, sought).with_only_columns(records.c.id, records.c.revision)
    wanted = wanted.where(records.c.revision > 0).order_by(records.c.begun, records.c.id)
    with reading(store.records) as connection:
        return [(row.id, row.revision) for row in connection.execute(wanted)]


def everyone(store: Store, sought: Sought) -> Iterator[FullRecord]:
    """Every completed record that is sought, with the answers of its last revision; oldest first."""
    latest = and_(revisions.c.record == records.c.id, revisions.c.number == records.c.revision)
    columns = (records, revisions.c.sealed, revisions.c.edition.label("answered_with"))
    wanted = _sought(store, sought).with_only_columns(*columns).join(revisions, latest)
    wanted = wanted.where(records.c.revision > 0).order_by(records.c.begun, records.c.id)
    with (
        reading(store.records) as connection,
        connection.execution_options(yield_per=_AT_ONCE).execute(wanted) as rows,
    ):
        for part in rows.partitions(_AT_ONCE):
            yield from _opened(store, part)


def _opened(store: Store, rows: Sequence[Any]) -> Iterator[FullRecord]:
    """Records with what they keep, but for those that were erased meanwhile. Raises ProblemsFound if a key is gone."""
    keys = keys_of(store, [row.id for row in rows])
    gone = erased_ids(store) if len(keys) < len(rows) else set()
    for row in rows:
        if row.id not in gone:
            key = keys[row.id] if row.id in keys else key_of(store, row.id)
            content = open_content(key, row.sealed, row.id, row.revision, row.answered_with)
            yield FullRecord(_record(row, keys)._replace(edition=row.answered_with), content)


def _sought(store: Store, sought: Sought) -> Select[Any]:
    wanted = select(records)
    if sought.since:
        wanted = wanted.where(records.c.day >= sought.since.isoformat())
    if sought.until:
        wanted = wanted.where(records.c.day <= sought.until.isoformat())
    if sought.status:
        wanted = wanted.where(records.c.status.in_(_ERASED if sought.status == "erased" else (sought.status,)))
    if sought.step:
        wanted = wanted.where(records.c.step == sought.step)
    if sought.reference:
        wanted = wanted.where(records.c.lookup == lookup(store, sought.reference))
    if sought.staff:
        wanted = wanted.where(records.c.staff == sought.staff)
    return wanted


def _listed(store: Store, rows: Sequence[Any]) -> tuple[IntakeRecord, ...]:
    keys = keys_of(store, [row.id for row in rows])
    return tuple(_record(row, keys) for row in rows)


def _record(row: Any, keys: dict[str, bytes]) -> IntakeRecord:
    """The row as a list shows it. Raises ProblemsFound if it has what nobody here writes."""
    known = row.id in keys and row.sealed_reference is not None
    reference = open_reference(keys[row.id], row.sealed_reference, row.id) if known else ""
    try:
        begun, day = moment(row.begun), date.fromisoformat(row.day)
    except (ValueError, OverflowError):
        raise changed(row.id) from None
    if row.status not in get_args(Status):
        raise changed(row.id)
    return IntakeRecord(row.id, reference, row.status, row.revision, begun, day, row.staff, row.edition, row.step)


def _read_place(after: str) -> tuple[int, str]:
    begun, _, id = after.partition("-")
    if not (begun.isascii() and begun.isdigit() and len(begun) < 19 and len(id) == LENGTH and meant(id) == id):
        help = "use the one that the page before ended with"
        raise ProblemsFound([Problem("bad-place", f"`{after[:40]}` is no place in the list", help)])
    return int(begun), id
