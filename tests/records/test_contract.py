"""What every store of records keeps to: what was kept is read back, and nobody's work is overwritten."""

from collections.abc import Callable

import pytest
from sqlalchemy import func, select
from stores import (
    AGREE,
    EDITION,
    NEXT,
    Room,
    begun,
    by,
    completed,
    done,
    everything,
    ids,
    log,
    only,
    refused,
    rows,
    said,
    sealed,
)

from screener.records.editions import consent, edition, edition_ids
from screener.records.erasing import erase
from screener.records.finding import Sought, draft, edition_of, hold_of, page, resolve, revision, unfinished
from screener.records.keys.sealing import digest
from screener.records.record import IntakeRecord
from screener.records.store import tables
from screener.records.store.opening import Store, reading
from screener.records.verifying import verified
from screener.records.writing import HELD, Begun, Hold, begin, complete, drop_draft, hold_record, keep, let_go

HELD_MINUTES = HELD.total_seconds() / 60


def test_what_was_kept_is_read_back(room: Room) -> None:
    """Another desk finds the answers, the reference, the day at the desk and the rule file, word for word."""
    content = said(itch="yes", creams=["mild", "acid"], note="Ünder the left 🧴 eye\n'quoted'; \x00", age="41.50")
    hold = begin(room.make(), by(), Begun("Ä-17/b", EDITION, AGREE), content)
    other = room.open()

    record = only(other)
    kept = hold_of(other, record)
    assert (record.id, record.reference, record.status, record.revision) == (hold.record, "Ä-17/b", "unfinished", 0)
    assert (record.begun, record.day.isoformat(), record.staff, record.step) == (by().at, "2026-03-02", "ana", "")
    assert kept == hold
    assert draft(other, kept) == content
    with reading(other.records) as connection:
        assert edition(connection, edition_of(other, kept, 0)) == EDITION
        assert consent(connection, content.consent) == AGREE


def test_the_day_is_that_of_the_desk(store: Store) -> None:
    """What is begun before midnight at the desk is of that day, whatever the day is elsewhere."""
    begun(store, who=by(14 * 60 + 59))  # 23:59 there, 22:59 in UTC
    begun(store, who=by(15 * 60 + 30))  # 00:30 there, 23:30 the day before in UTC

    late, early = page(store, Sought(), 10).records
    assert (early.day.isoformat(), late.day.isoformat()) == ("2026-03-02", "2026-03-03")
    assert late.begun.date() == early.begun.date()


def test_a_draft_is_replaced(store: Store) -> None:
    """Of what is not complete, only what was said last is kept."""
    hold = begun(store, content=said(itch="yes"))
    later = keep(store, by(1), hold, said(itch="no", note="last"))

    assert draft(store, later) == said(itch="no", note="last")
    assert rows(store) == [(hold.record, 0)]


def test_revisions_stay_as_they_were(store: Store) -> None:
    """Completing takes the draft away; amending adds a revision, and what was there before is read as before."""
    first, second = said(itch="yes", note="before"), said(itch="no", note="after")._replace(reason="a slip")
    hold = completed(store, content=first)
    before = [row for row in sealed(store) if row[1] == 1]
    assert rows(store) == [(hold.record, 1)]

    hold = keep(store, by(5), hold, second)
    assert (only(store).status, rows(store)) == ("amending", [(hold.record, 0), (hold.record, 1)])
    hold = complete(store, by(6), hold, second, done("doctor-first", NEXT, "amended"))

    assert [revision(store, hold, number) for number in (0, 1, 2, 3)] == [None, first, second, None]
    assert [row for row in sealed(store) if row[1] == 1] == before
    assert [edition_of(store, hold, number) for number in (1, 2)] == [EDITION.sha256, NEXT.sha256]
    record = only(store)
    assert (record.status, record.revision, record.step, record.edition) == (
        "complete",
        2,
        "doctor-first",
        NEXT.sha256,
    )
    assert record.staff == "ana"


def test_an_amendment_can_be_given_up(store: Store) -> None:
    """The record is complete again, as it was."""
    hold = completed(store, content=said(itch="yes"))
    drop_draft(store, by(2), keep(store, by(1), hold, said(itch="no")))

    assert (only(store).status, rows(store)) == ("complete", [(hold.record, 1)])
    assert revision(store, hold, 1) == said(itch="yes")
    verified(store)


@pytest.mark.parametrize(
    "write",
    [
        lambda store, hold: keep(store, by(3, "ben"), hold, said(itch="no")),
        lambda store, hold: complete(store, by(3, "ben"), hold, said(itch="no"), done()),
        lambda store, hold: hold_record(store, by(3, "ben"), hold, takes_over=True),
        lambda store, hold: let_go(store, by(3, "ben"), hold),
        lambda store, hold: drop_draft(store, by(3, "ben"), hold),
    ],
    ids=["keep", "complete", "hold", "let go", "drop"],
)
@pytest.mark.parametrize("complete_first", [False, True], ids=["unfinished", "complete"])
def test_the_second_of_two_writers_is_refused(
    room: Room, write: Callable[[Store, Hold], object], complete_first: bool
) -> None:
    """Who knows a record as it was before somebody else wrote changes nothing, and learns who it was and when."""
    store, other = room.make(), room.open()
    hold = completed(store) if complete_first else begun(store)
    keep(store, by(1), hold, said(itch="unsure", note="first"))
    before = everything(store)

    problem = refused(lambda: write(other, hold))

    assert problem.code == "overtaken"
    assert problem.message.startswith("ana changed the record")
    assert "(answered, 0" in problem.message or "(answered, 1" in problem.message
    assert everything(store) == before


@pytest.mark.parametrize("wins", ["complete", "keep"])
def test_a_record_that_changes_while_it_is_looked_up_is_known_as_it_is_now(room: Room, wins: str) -> None:
    """What a desk takes up is one state of the record: it never overwrites a revision that it has not seen."""
    store, other = room.make(), room.open()
    hold = begun(store)
    seen = only(other)
    if wins == "complete":
        complete(store, by(1), hold, said(itch="yes", note="theirs"), done())
    else:
        keep(store, by(1), hold, said(itch="yes", note="theirs"))

    taken = hold_of(other, seen)

    assert taken.revision == (1 if wins == "complete" else 0)
    complete(other, by(2, "ben"), taken, said(itch="no", note="ours"), done(action="amended"))
    if wins == "complete":
        assert revision(other, taken, 1) == said(itch="yes", note="theirs")
        assert revision(other, taken, 2) == said(itch="no", note="ours")
    verified(store)


def test_another_desk_is_told_who_has_a_record(room: Room) -> None:
    """A desk that answers holds the record: others are refused until ten minutes later, or take it over."""
    store, other = room.make(), room.open()
    hold = keep(store, by(5), begun(store), said(itch="no"))
    just_before = by(5 + HELD_MINUTES - 0.1, "ben", "desk-2")

    problem = refused(lambda: hold_record(other, just_before, hold, takes_over=False))

    assert problem.code == "held"
    assert "ana at desk-1" in problem.message
    assert hold_record(other, just_before, hold, takes_over=True).turn == hold.turn + 1
    assert [entry.action for entry in log(store)] == ["begun", "answered", "taken over"]
    assert log(store)[-1][2:6] == ("ben", "taken over", hold.record, 0)


def test_a_record_is_free_after_a_while(store: Store) -> None:
    """Ten minutes after the last answer, once it is let go of, or once it is complete, any desk may have it."""
    ben = by(HELD_MINUTES, "ben", "desk-2")
    hold_record(store, ben, begun(store), takes_over=False)
    assert log(store)[-1].action == "taken up"

    other = begun(store, "B")
    let_go(store, by(1), other)
    hold_record(store, by(1.1, "ben", "desk-2"), hold_of(store, resolve(store, other.record)), takes_over=False)

    hold_record(store, by(1.1, "ben", "desk-2"), completed(store, "C"), takes_over=False)


def test_the_same_desk_takes_up_its_own_record(store: Store) -> None:
    """Whoever comes back within the time is not told off for holding the record."""
    hold = hold_record(store, by(1), begun(store), takes_over=False)

    assert log(store)[-1].action == "taken up"
    keep(store, by(2), hold, said(itch="no"))


def test_what_is_not_there_any_more_can_not_be_taken_up(room: Room) -> None:
    """A hold on a record that the store never had, or had before a copy was brought back, is refused in a sentence."""
    store = room.make()
    foreign = Hold("zzzzzzzz", bytes(32), EDITION.sha256, 0, 1)

    for work in (
        lambda: hold_record(store, by(), foreign, takes_over=False),
        lambda: keep(store, by(), foreign, said()),
        lambda: hold_of(store, only_named(foreign.record)),
    ):
        assert refused(work).code == "unknown-record"
    assert log(store) == []


def test_what_is_erased_can_not_be_written(store: Store) -> None:
    """A desk that was in the middle of a record which is erased meanwhile brings nothing of it back."""
    hold = begun(store)
    assert erase(store, by(1, "ben"), [hold.record], "erased")

    assert refused(lambda: keep(store, by(2), hold, said(itch="no"))).code == "overtaken"
    assert refused(lambda: complete(store, by(2), hold, said(itch="no"), done())).code == "overtaken"
    assert refused(lambda: resolve(store, hold.record)).code == "erased"
    assert (only(store).status, only(store).reference, rows(store)) == ("erased", "", [])
    verified(store)


def test_rule_files_and_what_people_agreed_to_are_kept_once(store: Store) -> None:
    """A thousand people with one rule file do not make a thousand copies; one letter more is another edition."""
    for number in range(3):
        completed(store, f"A{number}")
    begin(store, by(), Begun("B", NEXT, AGREE + "!"), said()._replace(consent=digest((AGREE + "!").encode())))

    with reading(store.records) as connection:
        counts = [
            connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in (tables.editions, tables.consents)
        ]
        assert set(edition_ids(connection, "small")) == {EDITION.sha256, NEXT.sha256}
        assert edition_ids(connection, "other") == ()
    assert counts == [2, 2]


def test_what_is_not_complete_is_named(store: Store) -> None:
    """Records that were begun, and amendments that were, oldest first; without their references."""
    third, first, second = (begun(store, ref, by(minute)) for ref, minute in (("C", 9), ("A", 1), ("B", 2)))
    keep(store, by(20), complete(store, by(10), second, said(), done()), said(itch="no"))
    completed(store, "D", by(0))

    assert ids(unfinished(store)) == [first.record, second.record, third.record]
    assert {record.reference for record in unfinished(store)} == {""}


def only_named(id: str) -> IntakeRecord:
    """A record that is in no store."""
    return IntakeRecord(id, "", "unfinished", 0, by().at, by().at.date(), "ana", EDITION.sha256, "")
