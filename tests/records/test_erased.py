"""Erased is erased: with every key in hand nothing of a person is left, and no copy brings anybody back."""

import gzip
import random
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import NamedTuple

import pytest
from cipher_pages import decrypted
from sqlalchemy import delete, insert, select
from stores import (
    EDITION,
    Room,
    begun,
    by,
    completed,
    done,
    ids,
    log,
    many,
    refused,
    rows,
    said,
    sealed,
)

from screener.ground.problems import Problem, ProblemsFound
from screener.records.backing_up import back_up, bring_back
from screener.records.content import open_content
from screener.records.erasing import erase, finish_erasing, let_go_of, older
from screener.records.finding import Sought, any_id, everyone, page, resolve
from screener.records.keys.sealing import Unreadable
from screener.records.record_keys import all_keys, drop_keys, erased_ids, lookup
from screener.records.store import tables
from screener.records.store.opening import Store, reading, writing
from screener.records.verifying import verified
from screener.records.writing import complete, keep, recorded


class Traces(NamedTuple):
    """All that is kept of somebody, as it is on the pages."""

    record: str
    reference: str
    sealed_reference: bytes
    lookup: bytes
    sealed_key: bytes
    contents: tuple[bytes, ...]


def traces_of(store: Store, id: str) -> Traces:
    """What is there of this record now."""
    with reading(store.records) as connection:
        row = connection.execute(select(tables.records).where(tables.records.c.id == id)).one()
    with reading(store.keys) as connection:
        kept = connection.execute(select(tables.record_keys).where(tables.record_keys.c.record == id)).one()
    reference = resolve(store, id).reference
    contents = tuple(blob for record, _, blob in sealed(store) if record == id)
    return Traces(id, reference, row.sealed_reference, kept.lookup, kept.sealed_key, contents)


def pages(room: Room, store: Store) -> dict[str, bytes]:
    """Every page, free ones and those of the journals too, in the clear; and every other file as it is."""
    found = {
        "records": decrypted(room.records, store.secrets.records),
        "keys": decrypted(room.keys, store.secrets.keys),
    }
    for path in room.folder.iterdir():
        if path not in (room.records, room.keys):
            found[path.name] = path.read_bytes()
    return found


def found_in(pages: dict[str, bytes], person: Traces) -> set[str]:
    """Where something of this person is still to be seen; of long values, where a part is."""
    places: set[str] = set()
    for name, data in pages.items():
        plain = [person.reference.encode(), f"only {person.reference}".encode()]
        values = [person.sealed_reference, person.lookup, person.sealed_key, *person.contents]
        parts = [part for value in values for part in (value[:24], value[12:36], value[-24:])]
        if any(one in data for one in (*plain, *parts)):
            places.add(name)
    return places


def readable_in(pages: dict[str, bytes], person: Traces) -> set[str]:
    """Where something of this person can still be read, or opened with a key that is there.

    Where pages of the records were split, a sealed part may stay behind; its key is gone, and so is all it was.
    """
    said = [person.reference.encode(), f"only {person.reference}".encode()]
    return {name for name, data in pages.items() if any(one in data for one in said)} | (
        found_in(pages, person) - {"records"}
    )


def full(room: Room, people: int) -> tuple[Store, list[str]]:
    """A store with so many people in every state, with short answers and long ones."""
    store, dice, made = room.make(), random.Random(people), []
    for number in range(people):
        ref = f"Reference-{number:03}"
        content = said(note=f"only {ref} said this", more="x" * dice.choice([0, 50, 900, 9000]), n=dice.random())
        hold = begun(store, ref, by(number), content)
        for minute in range(dice.randint(0, 3)):
            hold = keep(store, by(number), hold, content._replace(reason=str(minute)))
        if dice.random() < 0.8:
            hold = complete(store, by(number), hold, content, done())
            if dice.random() < 0.3:
                hold = keep(store, by(number), hold, content._replace(reason="again"))
        made.append(hold.record)
    return store, made


@pytest.mark.parametrize("one_by_one", [False, True])
def test_nothing_of_who_is_erased_is_on_any_page(files: Room, one_by_one: bool) -> None:
    """With all keys in hand: no answer, no reference, no key, in no page, free page, journal or other file."""
    store, made = full(files, 60)
    erased = random.Random(1).sample(made, 20)
    traces = {id: traces_of(store, id) for id in made}
    before = pages(files, store)
    assert all(found_in(before, person) >= {"records", "keys"} for person in traces.values())

    if one_by_one:
        for id in erased:
            assert erase(store, by(999), [id], "erased")
    else:
        assert erase(store, by(999), erased, "erased")

    after = pages(files, store)
    assert [id for id in erased if found_in(after, traces[id])] == []
    assert [id for id in made if id not in erased and found_in(after, traces[id]) != {"records", "keys"}] == []
    verified(files.open())


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_nothing_is_left_after_years(files: Room, seed: int) -> None:
    """Hundreds of people come and are erased, in any order, so that pages are split, joined and used again."""
    store, dice = files.make(), random.Random(seed)
    here: dict[str, Traces] = {}
    gone: list[Traces] = []
    for number in range(700):
        ref = f"Reference-{seed}-{number:04}"
        content = said(note=f"only {ref} said this", more="y" * dice.choice([0, 0, 400, 5000]))
        hold = keep(store, by(number), begun(store, ref, by(number), content), content)
        here[hold.record] = traces_of(store, hold.record)
        if dice.random() < 0.1:
            some = dice.sample(sorted(here), min(len(here), dice.choice([1, 1, 30])))
            assert erase(store, by(number), some, "erased")
            gone += [here.pop(id) for id in some]

    after = pages(files, store)
    assert len(gone) > 300
    assert [person.record for person in gone if readable_in(after, person)] == []
    assert sum(bool(found_in(after, person)) for person in gone) <= len(gone) // 100
    verified(store)


def test_what_stays_of_who_is_erased(room: Room) -> None:
    """That there was a record, when, and who took it and erased it; it is not shown, and not found by its reference."""
    store = room.make()
    hold = completed(store, "A-1", by(0))
    assert erase(store, by(5, "eva"), [hold.record], "erased")

    (record,) = page(room.open(), Sought(), 10).records
    assert (record.id, record.reference, record.status, record.step) == (hold.record, "", "erased", "")
    assert page(store, Sought(reference="A-1"), 10).records == ()
    assert page(store, Sought(status="erased"), 10).records == (record,)
    assert refused(lambda: resolve(store, hold.record)).code == "erased"
    assert any_id(store, hold.record) == hold.record
    assert [(entry.staff, entry.action) for entry in log(store)] == [
        *(("ana", action) for action in ("begun", "completed")),
        ("eva", "erased"),
    ]
    assert (rows(store), keyed_ids(store), erased_ids(store)) == ([], set(), {hold.record})
    assert list(everyone(store, Sought())) == []


def test_who_was_erased_can_come_again(room: Room) -> None:
    """The same reference begins anew, and nothing of before is found with it."""
    store = room.make()
    erase(store, by(1), [completed(store, "A-1").record], "erased")

    again = completed(store, "A-1", by(2))

    assert ids(page(store, Sought(reference="a-1"), 10).records) == [again.record]


def test_erasing_waits_for_who_is_reading(room: Room) -> None:
    """While another desk reads, it is said that a part is still there; it goes when the store is opened again."""
    store, other = room.make(), room.open()
    hold = completed(store, "Reference-001", content=said(note="only Reference-001 said this"))
    traces = traces_of(store, hold.record)

    with looking_at(other):
        assert not erase(store, by(1), [hold.record], "erased")
        assert page(store, Sought(), 10).records[0].status == "erasing"
        assert refused(lambda: resolve(store, hold.record)).code == "erased"
        assert page(store, Sought(status="erased"), 10).records[0].reference == ""
        assert keyed_ids(store) == set()

    opened = room.open()
    assert finish_erasing(opened)
    assert page(opened, Sought(), 10).records[0].status == "erased"
    if not room.url:
        assert found_in(pages(room, store), traces) == set()
    verified(opened)


@contextmanager
def looking_at(store: Store) -> Iterator[None]:
    """Read the records as they are now, until the end."""
    with reading(store.records) as connection, reading(store.keys) as keys:
        connection.execute(select(tables.records)).all()
        keys.execute(select(tables.record_keys)).all()
        yield


@pytest.mark.parametrize("done_before", ["nothing", "the records let go", "the key is gone", "all but the last word"])
def test_an_erasing_that_was_stopped_is_finished(files: Room, done_before: str) -> None:
    """A power cut between any two steps: the next who opens the store finishes it, and nothing is left."""
    store, made = full(files, 10)
    id = made[4]
    traces = traces_of(store, id)
    if done_before == "nothing":
        erase(store, by(99), [id], "erased")
    else:
        with recorded(store) as connection:
            let_go_of(store, by(99), connection, [id], "erased")
        if done_before != "the records let go":
            drop_keys(store, [id])
    files.close()

    opened = files.open()
    assert finish_erasing(opened)

    assert found_in(pages(files, opened), traces) == set()
    assert refused(lambda: resolve(opened, id)).code == "erased"
    assert (id in keyed_ids(opened), id in erased_ids(opened)) == (False, True)
    verified(opened)
    assert finish_erasing(opened)


def test_two_desks_finish_one_erasing(room: Room) -> None:
    """Both open the store after the cut; neither fails."""
    store, other = room.make(), room.open()
    hold = completed(store)
    with recorded(store) as connection:
        let_go_of(store, by(1), connection, [hold.record], "erased")

    drop_keys(store, [hold.record])
    assert finish_erasing(other)
    assert finish_erasing(store)
    assert erased_ids(store) == {hold.record}
    verified(store)


def keyed_ids(store: Store) -> set[str]:
    """The records that have a key."""
    with reading(store.keys) as connection:
        return set(all_keys(store, connection))


def yesterday(store: Store, folder: Path) -> tuple[Path, Path]:
    """Copies of both parts."""
    folder.mkdir()
    back_up(store, by(500), "records", folder / "records.db")
    back_up(store, by(500), "record-keys", folder / "record-keys.db")
    return folder / "records.db", folder / "record-keys.db"


def test_a_copy_of_yesterday_brings_back_nobody(room: Room, tmp_path: Path) -> None:
    """Of 60 people 50 are erased and yesterday's copy is brought back: 0 of 50 are back, 10 of 10 are whole."""
    store, made = full(room, 60)
    copy, _ = yesterday(store, tmp_path / "copies")
    erased, stay = made[5:55], [*made[:5], *made[55:]]
    traces = {id: traces_of(store, id) for id in made}
    before = {record.id: record for record in page(store, Sought(), 100).records}
    assert erase(store, by(600), erased, "erased")

    assert bring_back(store, by(700), "records", copy) == 50

    if not room.url:  # a page of those may keep a part of somebody
        with reading(store.records) as connection:
            assert connection.exec_driver_sql("PRAGMA freelist_count").scalar_one() == 0, "the file was written anew"
    nobody_is_back(room, store, [traces[id] for id in erased])
    now = {record.id: record for record in page(room.open(), Sought(), 100).records}
    assert {id: now[id] for id in stay} == {id: before[id] for id in stay}
    contents = {(id, blob) for id, _, blob in sealed(store)}
    assert contents == {(id, blob) for id in stay for blob in traces[id].contents}
    assert [entry.action for entry in log(store)][-51:] == ["restored records", *["erased again"] * 50]


def nobody_is_back(room: Room, store: Store, erased: list[Traces]) -> None:
    """None of these is listed with a reference, found by it, shown, or readable with any key that is there."""
    opened = room.open()
    for person in erased:
        assert refused(partial(resolve, opened, person.record)).code == "erased"
        assert page(opened, Sought(reference=person.reference), 10).records == ()
        assert person.record not in keyed_ids(opened)
    listed = {record.id: record for record in page(opened, Sought(), 100).records}
    assert {(listed[one.record].status, listed[one.record].reference) for one in erased} <= {("erased", "")}
    if not room.url:
        left = pages(room, store)
        assert [person.record for person in erased if found_in(left, person)] == []
    verified(opened)


def test_an_old_copy_of_the_keys_brings_back_nobody(room: Room, tmp_path: Path) -> None:
    """As the records know who was erased, the keys of these are not taken over; those of later records stay."""
    store, made = full(room, 20)
    copy, keys = yesterday(store, tmp_path / "copies")
    erased = made[3:13]
    traces = [traces_of(store, id) for id in erased]
    assert erase(store, by(600), erased, "erased")
    later = completed(store, "later", by(650))

    assert bring_back(store, by(700), "record-keys", keys) == 0
    nobody_is_back(room, store, traces)
    assert later.record in keyed_ids(store)

    assert bring_back(store, by(800), "records", copy) == 10
    nobody_is_back(room, store, traces)


def test_old_keys_that_were_put_back_by_hand_bring_back_nobody(files: Room, tmp_path: Path) -> None:
    """A file that was copied over: the audit tells of it, and bringing back a copy lets nobody in."""
    store, made = full(files, 20)
    copy, keys = yesterday(store, tmp_path / "copies")
    traces = [traces_of(store, id) for id in made[:10]]
    assert erase(store, by(600), made[:10], "erased")
    files.close()
    files.keys.write_bytes(keys.read_bytes())

    opened = files.open()
    assert [entry.reference for entry in page(opened, Sought(status="erased"), 100).records] == [""] * 10
    assert {problem.code for problem in problems_of(opened)} == {"key-again"}

    assert bring_back(opened, by(700), "records", copy) == 10
    nobody_is_back(files, opened, traces)


def problems_of(store: Store) -> tuple[Problem, ...]:
    """What the audit finds."""
    with pytest.raises(ProblemsFound) as caught:
        verified(store)
    return caught.value.problems


def test_old_records_that_were_put_back_by_hand_stay_unreadable(files: Room, tmp_path: Path) -> None:
    """The keys are gone, so that the file of yesterday shows nothing of who was erased; the audit names them."""
    store, made = full(files, 12)
    copy, _ = yesterday(store, tmp_path / "copies")
    erased = made[:6]
    traces = [traces_of(store, id) for id in erased]
    assert erase(store, by(600), erased, "erased")
    keys = keyed(store)
    files.close()
    files.records.write_bytes(copy.read_bytes())

    opened = files.open()
    for person in traces:
        assert resolve(opened, person.record).reference == ""
        for blob in person.contents:
            assert not any(opens(key, blob, person.record) for key in keys)
    assert {problem.code for problem in problems_of(opened)} == {"no-key"}
    assert erase(opened, by(700), erased, "erased")
    nobody_is_back(files, opened, traces)


def keyed(store: Store) -> list[bytes]:
    """All keys of records that are there."""
    with reading(store.keys) as connection:
        return [one.key for one in all_keys(store, connection).values()]


def opens(key: bytes, blob: bytes, record: str) -> bool:
    """Whether this key opens it, at any place."""
    for number in range(3):
        try:
            open_content(key, blob, record, number, EDITION.sha256)
        except (ProblemsFound, Unreadable):
            continue
        return True
    return False


def test_a_copy_made_after_erasing_holds_nothing(files: Room, tmp_path: Path) -> None:
    """Neither of the records nor of their keys, on no page of it."""
    store, made = full(files, 20)
    traces = [traces_of(store, id) for id in made[:10]]
    assert erase(store, by(600), made[:10], "erased")
    copy, keys = yesterday(store, tmp_path / "copies")

    left = {"records": decrypted(copy, store.secrets.records), "keys": decrypted(keys, store.secrets.keys)}
    assert [person.record for person in traces if found_in(left, person)] == []


def test_those_who_are_older_are_purged(room: Room, tmp_path: Path) -> None:
    """All up to a day, not those after it, and not those who are gone already; yesterday's copy brings back nobody."""
    store = room.make()
    names = [f"Reference-{day}" for day in range(6)]
    days = [completed(store, ref, by(day * 24 * 60), said(note=f"only {ref} said")) for day, ref in enumerate(names)]
    assert erase(store, by(1), [days[0].record], "erased")
    last = by(3 * 24 * 60).at.date()
    copy, _ = yesterday(store, tmp_path / "copies")

    found = older(store, Sought(until=last))
    assert ids(found) == [hold.record for hold in reversed(days[1:4])]
    traces = [traces_of(store, record.id) for record in found]
    assert erase(store, by(9000), ids(found), "purged")
    assert older(store, Sought(until=last)) == ()

    assert bring_back(store, by(9001), "records", copy) == 3
    nobody_is_back(room, store, traces)
    assert sorted(one.reference for one in page(store, Sought(), 10).records if one.reference) == names[4:]


def test_more_are_purged_than_are_read_at_once(room: Room) -> None:
    """Every one of them."""
    store = room.make()
    many(store, ["A", "B"])
    with writing(store.records) as connection:
        row = {"status": "complete", "revision": 0, "turn": 1, "begun": 0, "day": "2026-03-02", "staff": "ana"}
        rows_ = [{"id": f"{n:08}", "edition": EDITION.sha256, "step": "", **row} for n in range(1100)]
        connection.execute(insert(tables.records), rows_)

    found = older(store, Sought())
    assert len(found) == 1102
    assert erase(store, by(1), ids(found), "purged")
    assert older(store, Sought()) == ()


def test_what_is_erased_twice_is_erased(room: Room) -> None:
    """By two desks at once, or again after years; each is noted."""
    store, other = room.make(), room.open()
    hold = completed(store)
    assert erase(store, by(1), [hold.record], "erased")
    assert erase(other, by(2), [hold.record], "erased")

    assert [entry.action for entry in log(store)][2:] == ["erased", "erased"]
    verified(store)


def test_the_lookup_of_a_reference_is_not_the_reference(room: Room) -> None:
    """What finds it is no text, is not the same in another store, and can't be had without the key."""
    store = room.make()
    mark = lookup(store, "A-1")

    assert mark == lookup(store, " a-1 ")
    assert mark != lookup(store, "A-2")
    assert len(mark) == 32
    assert b"A-1" not in mark
    assert mark not in gzip.compress(b"A-1")
    assert lookup(store._replace(secrets=store.secrets._replace(lookup=bytes(32))), "A-1") != mark


def test_a_row_of_a_key_that_was_deleted_by_hand_is_noted_nowhere(room: Room) -> None:
    """Only erasing notes that a key was meant to go, so that a copy of the keys brings back what was lost."""
    store = room.make()
    hold = completed(store)
    with writing(store.keys) as connection:
        connection.execute(delete(tables.record_keys))

    assert erased_ids(store) == set()
    assert refused(lambda: list(everyone(store, Sought()))).code == "no-key"
    assert resolve(store, hold.record).status == "complete"
