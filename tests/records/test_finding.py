"""Records are found again: by what is typed of their ids, by the clinic's reference, by day, step, status and staff."""

import csv
import io
import json
import random
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, insert, update
from stores import EDITION, NEXT, Room, begun, by, completed, done, ids, many, refused, said

from screener.cli.intake.references import checked
from screener.ground.problems import ProblemsFound
from screener.records.erasing import erase
from screener.records.finding import Sought, any_id, everyone, page, places, resolve
from screener.records.ids import ALPHABET, LENGTH, meant, new_id, spoken
from screener.records.listing import as_csv, as_json, as_table
from screener.records.record import IntakeRecord
from screener.records.record_keys import drop_keys
from screener.records.store import tables
from screener.records.store.opening import Store, writing
from screener.records.writing import complete, keep

ON_A_STORE = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
#: References that would be something else where they are not taken as text.
HOSTILE = (
    *(
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "'",
        '"',
        ";",
        ",",
        "a\\b",
        "%",
        "_",
        "*",
        "?",
        "A' OR '1'='1",
        "{0}",
        "%s",
        ":x",
    ),
    *("'; DROP TABLE records; --", "\\u0041", "<b>", "&amp;", "$(reboot)", "`id`", "[1;31m", "İ", "ß", "ẞ", "Ⅷ", "ﬁ"),
    *(
        "é",
        "e\u0301",
        "🧴" * 10,
        "ا",
        "\u200b",
        "x\u00a0y",
        "NULL",
        "null",
        "None",
        "0",
        "1e5",
        "0012",
        "日本",
        "Ω",
        "Ω",
    ),
)


def named(store: Store, id: str) -> None:
    """A record with this id, as chance may have it."""
    with writing(store.records) as connection:
        row = {"status": "erased", "revision": 0, "turn": 1, "begun": 0, "day": "2026-03-02", "staff": "ana"}
        connection.execute(insert(tables.records).values(id=id, edition=EDITION.sha256, step="", **row))


def test_an_id_is_found_by_its_beginning(store: Store) -> None:
    """A few letters are enough, typed with hyphens, capitals and blanks, with O for 0 and l for 1."""
    id = begun(store).record

    for length in range(1, LENGTH + 1):
        assert resolve(store, id[:length]).id == id
    for typed in (spoken(id), spoken(id).upper(), f"  {id[:4]} {id[4:]} ", id.replace("0", "O").replace("1", "l")):
        assert resolve(store, typed).id == any_id(store, typed) == id


@pytest.mark.parametrize(
    "typed", ["", " ", "-", "zzzzzzzz", "u", "%", "_", "*", "a'", "ü", "123456789", "x" * 500, "\x00"]
)
def test_an_id_that_nobody_has_is_refused(store: Store, typed: str) -> None:
    """Whatever is typed: what can't be an id, or is no record's, finds none, and is said back in a few letters."""
    begun(store)

    problem = refused(lambda: resolve(store, typed))

    assert problem.code == "unknown-record"
    assert len(problem.message) < 100


def test_the_beginning_of_several_ids_names_them(store: Store) -> None:
    """Who types too little is told which records there are, at most five of them; a whole id is found all the same."""
    completed(store)
    for ending in "0123456":
        named(store, f"abcdefg{ending}")

    problem = refused(lambda: resolve(store, "ABC-D"))

    assert problem.message == "several records begin with `ABC-D`"
    assert problem.help == "type more of it: " + ", ".join(f"abcd-efg{n}" for n in range(5)) + " and more"
    assert refused(lambda: resolve(store, "abcd-efg3")).code == "erased"
    assert any_id(store, "abcd-efg3") == "abcdefg3"


def test_every_letter_sorts_in_its_place(store: Store) -> None:
    """Whatever letter an id begins and ends with: its beginning finds it, and no other."""
    completed(store)
    for letter in ALPHABET:
        for id in {letter * LENGTH, letter + "z" * (LENGTH - 1)}:
            named(store, id)

    for letter in ALPHABET:
        assert any_id(store, letter * (LENGTH - 1)) == letter * LENGTH
        assert any_id(store, letter + "zz") == letter + "z" * (LENGTH - 1)


@given(st.text(alphabet=ALPHABET + ALPHABET.upper() + "oOiIlL- ", max_size=12))
def test_what_is_meant_is_an_id_or_nothing(typed: str) -> None:
    """Whatever is typed is read as the beginning of an id, always as the same one, or as none."""
    read = meant(typed)

    assert set(read) <= set(ALPHABET)
    assert len(read) <= LENGTH
    assert meant(read) == read
    assert meant(typed.swapcase()) == read


def test_ids_are_new() -> None:
    """Eight letters, any of the alphabet."""
    made = {new_id() for _ in range(2000)}

    assert len(made) == 2000
    assert {len(id) for id in made} == {LENGTH}
    assert set("".join(made)) == set(ALPHABET)


@pytest.mark.parametrize("kept", ["Ab-17", "straße", "Émile", "E\u0301mile"])
def test_a_reference_is_found_in_capitals_or_not(store: Store, kept: str) -> None:
    """However the clinic's own number is typed: in capitals, with blanks around it, with its accents in one or two."""
    hold = completed(store, kept)
    completed(store, kept + "0")

    for typed in (kept, kept.upper(), kept.lower(), kept.title(), f" {kept} ", kept.replace("É", "E\u0301")):
        (found,) = page(store, Sought(reference=typed), 10).records
        assert (found.id, found.reference) == (hold.record, kept)
    assert page(store, Sought(reference=kept[:-1]), 10).records == ()


def test_a_person_who_comes_again_is_found_with_all_visits(store: Store) -> None:
    """One reference may have several records."""
    first, second = completed(store, "P-1", by(0)), completed(store, "p-1", by(60))
    completed(store, "P-2")

    assert ids(page(store, Sought(reference="P-1"), 10).records) == [second.record, first.record]


def references() -> st.SearchStrategy[str]:
    """Whatever may be a reference."""
    text = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60)
    return st.one_of(st.sampled_from(HOSTILE), text).map(read_reference).filter(bool)


def read_reference(typed: str) -> str:
    """The reference, or nothing if it can't be one."""
    try:
        return checked(typed)
    except ProblemsFound:
        return ""


@given(ref=references(), staff=references(), answer=st.text(st.characters(exclude_categories=["Cs"])))
@ON_A_STORE
def test_hostile_text_stays_text(store: Store, ref: str, staff: str, answer: str) -> None:
    """Any reference, name or answer is kept as it is, found again, and harmless in every list."""
    hold = begun(store, ref, by(staff=staff), said(note=answer))

    record = next(one for one in page(store, Sought(reference=ref), 10_000).records if one.id == hold.record)
    assert (record.reference, record.staff) == (ref, staff)
    assert record in page(store, Sought(staff=staff), 10_000).records
    listed(record)


def listed(record: IntakeRecord) -> None:
    """A record with such a reference is one row of a table, of CSV and of JSON."""
    for width in (20, 80, 400):
        table = as_table([record], width)
        assert "\x1b" not in table
        assert table.endswith("\n")
        assert spoken(record.id) in table
    assert json.loads(as_json([record], ""))["records"][0]["reference"] == record.reference
    head, row = csv.reader(io.StringIO(as_csv([record])))
    cells = dict(zip(head, row, strict=True))
    plain = record.reference.removeprefix("-").replace(".", "", 1)
    assert cells["id"] == record.id
    assert cells["reference"][0] not in "=+@"
    assert cells["reference"][0] != "-" or plain.isdigit()


@pytest.mark.parametrize("ref", HOSTILE)
def test_each_hostile_reference_is_one_row(ref: str) -> None:
    """Each of those that are known to do harm elsewhere."""
    when = by().at
    listed(IntakeRecord("01234567", ref, "complete", 1, when, when.date(), ref, EDITION.sha256, "consult"))


@pytest.mark.parametrize("most", [1, 2, 3, 4, 8, 9])
def test_pages_visit_each_record_once(store: Store, most: int) -> None:
    """Newest first, records of one moment too; what is begun meanwhile is not shown on later pages."""
    made = [begun(store, f"R{n}", by(minute)) for n, minute in enumerate((1, 2, 2, 2, 2, 3, 3, 4))]
    whole = ids(page(store, Sought(), 100).records)
    assert sorted(whole) == sorted(hold.record for hold in made)

    first = page(store, Sought(), most)
    begun(store, "late", by(100))

    pages = [first]
    while pages[-1].after:
        pages.append(page(store, Sought(), most, pages[-1].after))
    assert {len(one.records) for one in pages[:-1]} <= {most}
    assert [id for one in pages for id in ids(one.records)] == whole


@pytest.mark.parametrize(
    "place", ["-", "x", "1", "1-u", "1-'", "-1-abc", "1" * 30 + "-abc", "١-abc", "1-ABC", "1.5-abc"]
)
def test_a_place_that_is_none_is_refused(store: Store, place: str) -> None:
    """What is typed after --after is looked at before it is used."""
    assert refused(lambda: page(store, Sought(), 10, place)).code == "bad-place"


def test_what_is_sought_is_what_a_plain_filter_finds(store: Store) -> None:
    """Days, status, step, staff and reference, each alone and all together, for many records of some days."""
    dice = random.Random(20260302)
    everybody = seeded(store, dice, 40)

    for _ in range(120):
        sought = Sought(
            since=dice.choice([None, None, date(2026, 3, dice.randint(1, 8))]),
            until=dice.choice([None, None, date(2026, 3, dice.randint(1, 8))]),
            status=dice.choice(["", "", "unfinished", "complete", "amending", "erased"]),
            step=dice.choice(["", "", "consult", "doctor-first", "other"]),
            reference=dice.choice(["", "", "", "r-1", "R-2", "none"]),
            staff=dice.choice(["", "", "ana", "ben", "Ana"]),
        )
        expected = [one for one in everybody if fits(one, sought)]
        found = page(store, sought, 100)
        assert (list(found.records), found.after) == (expected, "")
        opened = [one for one in reversed(expected) if one.revision]
        assert places(store, sought) == [(one.id, one.revision) for one in opened]
        assert [one.record for one in everyone(store, sought)] == [one for one in opened if one.status != "erased"]


def seeded(store: Store, dice: random.Random, many: int) -> list[IntakeRecord]:
    """Records in every state, newest first."""
    for _ in range(many):
        who = by(dice.randint(0, 7 * 24 * 60), dice.choice(["ana", "ben"]))
        hold = begun(store, f"R-{dice.randint(0, 4)}", who, said(n=dice.randint(0, 99)))
        if dice.random() < 0.7:
            step = dice.choice(["consult", "doctor-first"])
            hold = complete(store, who, hold, said(n=dice.randint(0, 99)), done(step))
            if dice.random() < 0.3:
                keep(store, who, hold, said(n=dice.randint(0, 99)))
        if dice.random() < 0.15:
            assert erase(store, who, [hold.record], "erased")
    return list(page(store, Sought(), 100).records)


def fits(record: IntakeRecord, sought: Sought) -> bool:
    """The same in plain words."""
    return (
        (sought.since is None or record.day >= sought.since)
        and (sought.until is None or record.day <= sought.until)
        and sought.status in ("", record.status)
        and sought.step in ("", record.step)
        and sought.reference.lower() in ("", record.reference.lower())
        and sought.staff in ("", record.staff)
    )


def test_everyone_is_given_with_what_was_said_last(store: Store) -> None:
    """More people than are read at once, oldest first, each with the last revision; drafts are nobody's last word."""
    made = many(store, [f"R{number}" for number in range(7)])
    with_draft = keep(store, by(30), made[3], said(note="not yet"))
    again = complete(store, by(31), made[5], said(note="amended"), done("doctor-first", NEXT, "amended"))
    begun(store, "unfinished")

    found = list(everyone(store, Sought()))

    assert [one.record.id for one in found] == [hold.record for hold in made]
    notes = {one.record.id: one.content.answers["note"] for one in found}
    assert notes[with_draft.record] == "only R3 said this"
    assert notes[again.record] == "amended"
    assert {one.record.edition for one in found} == {EDITION.sha256, NEXT.sha256}


@pytest.mark.slow
def test_everyone_streams_very_many(store: Store) -> None:
    """Each of 1,200 people once, while others go on writing and reading."""
    made = many(store, [f"R{number}" for number in range(1200)])
    seen = []

    for number, one in enumerate(everyone(store, Sought())):
        seen.append(one.record.id)
        if number % 400 == 0:
            begun(store, f"meanwhile {number}", by(5000))

    assert seen == [hold.record for hold in made]


def test_many_records_are_listed_at_once(store: Store) -> None:
    """More than a database takes in one question."""
    hold = completed(store)
    with writing(store.records) as connection:
        row = {"status": "erased", "revision": 0, "turn": 1, "begun": 0, "day": "2026-03-02", "staff": "ana"}
        connection.execute(
            insert(tables.records),
            [{"id": f"{n:08}", "edition": EDITION.sha256, "step": "", **row} for n in range(2000)],
        )

    found = page(store, Sought(), 5000).records

    assert len(found) == 2001
    assert found[0].id == hold.record


@pytest.mark.parametrize(
    "change",
    [
        {"day": "yesterday"},
        {"begun": 2**62},
        {"status": "nothing"},
        {"sealed_reference": b"x"},
        {"sealed_reference": b""},
    ],
    ids=str,
)
def test_a_row_that_nobody_could_have_written_is_refused(store: Store, change: dict[str, object]) -> None:
    """A value that is none of ours is said to have been changed from outside, in every list that has it."""
    hold = completed(store)
    with writing(store.records) as connection:
        connection.execute(update(tables.records).values(change))

    for work in (
        lambda: page(store, Sought(), 10),
        lambda: resolve(store, hold.record),
        lambda: list(everyone(store, Sought())),
    ):
        assert refused(work).code == "record-changed"


def test_days_are_both_included(store: Store) -> None:
    """From a day up to a day."""
    for number in range(5):
        begun(store, f"R{number}", by(number * 24 * 60))

    found = page(store, Sought(date(2026, 3, 3), date(2026, 3, 3) + timedelta(days=1)), 10).records
    assert [one.reference for one in found] == ["R2", "R1"]


def test_who_is_erased_while_everyone_is_given_is_left_out(room: Room) -> None:
    """The others are given all the same; a key that is gone though nobody was erased is told."""
    store, other = room.make(), room.open()
    one, two, three = many(store, ["A", "B", "C"])
    drop_keys(other, [two.record])

    assert [opened.record.id for opened in everyone(store, Sought())] == [one.record, three.record]

    with writing(other.keys) as connection:
        connection.execute(delete(tables.record_keys).where(tables.record_keys.c.record == three.record))
    assert refused(lambda: list(everyone(store, Sought()))).code == "no-key"
    assert [one.reference for one in page(store, Sought(), 10).records] == ["", "", "A"]


def test_an_empty_list_has_the_same_columns(store: Store) -> None:
    """A program that reads the list of a day on which nobody came finds what it looks for."""
    completed(store)

    assert as_csv([]).splitlines()[0] == as_csv(page(store, Sought(), 1).records).splitlines()[0]
