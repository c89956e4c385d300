"""The log holds together after whatever is done, and its checkpoints can be written down and typed in again."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stores import Room, begun, by, completed, done, log, refused, said

from screener.records.erasing import erase
from screener.records.finding import hold_of, resolve
from screener.records.ids import ALPHABET
from screener.records.log import Checkpoint, Did, LogEntry, append, checkpoint, read_checkpoint
from screener.records.log_listing import as_csv, as_json, as_text, closing_sheet
from screener.records.store.opening import Store, reading
from screener.records.verifying import verified
from screener.records.writing import complete, hold_record, keep, recorded

ROOTS = st.text(alphabet=ALPHABET, min_size=25, max_size=25)


@given(st.integers(0, 10**15 - 1), ROOTS)
def test_a_checkpoint_is_read_as_it_was_printed(size: int, root: str) -> None:
    """Also in capitals, with blanks instead of hyphens, and with o, i and l for the digits that they look like."""
    printed = Checkpoint(size, root)

    assert read_checkpoint(str(printed)) == printed
    number, _, rest = str(printed).partition("-")
    assert read_checkpoint(f"  {number} - {rest.replace('-', ' ').upper()} ") == printed
    assert read_checkpoint(f"{number} {rest.replace('-', ' ')}") == printed
    assert read_checkpoint(f"{number}-{rest.replace('-', '').replace('0', 'O').replace('1', 'l')}") == printed


@pytest.mark.parametrize(
    "typed",
    [
        *("", "-", "12", "12-", "-00000-00000-00000-00000-00000", "x-00000-00000-00000-00000-00000"),
        *("12-00000-00000-00000-00000-0000", "12-00000-00000-00000-00000-000000", "12-u0000-00000-00000-00000-00000"),
        *("١٢-00000-00000-00000-00000-00000", "12-\u0660" + "0" * 24, "1.5-" + "0" * 25),
        *("9" * 5000 + "-" + "0" * 25, "9" * 16 + "-" + "0" * 25, "12-" + "0" * 100_000, "1_2-" + "0" * 25),
    ],
    ids=lambda typed: typed[:12],
)
def test_what_is_no_checkpoint_is_none(typed: str) -> None:
    """Too short, too long, other letters, other digits."""
    assert read_checkpoint(typed) is None


@given(st.text())
def test_whatever_is_typed_is_a_checkpoint_or_none(typed: str) -> None:
    """No text ends in a traceback."""
    found = read_checkpoint(typed)
    assert found is None or read_checkpoint(str(found)) == found


def test_older_checkpoints_stay_valid(room: Room) -> None:
    """Each checkpoint of the past shows that what was before it is as it was; one entry after another."""
    store = room.make()
    written = [verified(store)]
    hold = begun(store)
    for minute in range(1, 4):
        written.append(verified(store))
        hold = keep(store, by(minute), hold, said(n=minute))
    written.append(verified(store))
    erase(store, by(9), [hold.record], "erased")

    assert [one.size for one in written] == [0, 1, 2, 3, 4]
    for one in written:
        assert verified(room.open(), read_checkpoint(str(one))).size == 5


def test_a_checkpoint_that_is_not_of_this_log_is_refused(store: Store) -> None:
    """One with another number, another root, of a longer log, or of another store."""
    completed(store)
    now = verified(store)
    other = ("b" if now.root.startswith("a") else "a") + now.root[1:]

    assert refused(lambda: verified(store, Checkpoint(now.size, other))).code == "log-broken"
    assert refused(lambda: verified(store, Checkpoint(now.size - 1, now.root))).code == "log-broken"
    assert refused(lambda: verified(store, Checkpoint(0, now.root))).code == "log-broken"
    problem = refused(lambda: verified(store, Checkpoint(now.size + 1, now.root)))
    assert problem.message == "the log has 2 entries, and had 3 at the checkpoint: its end was cut off"


def test_every_entry_tells_who_did_what_when(store: Store) -> None:
    """In the order in which it was done, with the moment, and without any answer or reference."""
    hold = begun(store, "SECRET-REF", by(0, "ana"), said(note="SECRET-ANSWER"))
    hold = hold_record(store, by(20, "ben", "desk-2"), hold, takes_over=False)
    complete(store, by(21, "ben", "desk-2"), hold, said(note="SECRET-ANSWER"), done())
    erase(store, by(22, "eva"), [hold.record], "erased")

    found = log(store)
    assert [(one.number, one.staff, one.action, one.revision) for one in found] == [
        (1, "ana", "begun", 0),
        (2, "ben", "taken up", 0),
        (3, "ben", "completed", 1),
        (4, "eva", "erased", 0),
    ]
    assert log(store, hold.record) == found
    assert log(store, "other") == []
    assert [one.at - found[0].at for one in found] == [0, 1_200_000_000, 1_260_000_000, 1_320_000_000]
    written = as_text(found, 80) + as_json(found, verified(store)) + as_csv(found)
    assert "SECRET" not in written


def test_a_clock_that_goes_backwards_does_no_harm(store: Store) -> None:
    """Entries are numbered; what is done later stays later."""
    hold = keep(store, by(-600), begun(store, who=by(0)), said(n=1))
    hold = hold_record(store, by(-700, "ben"), hold, takes_over=True)
    complete(store, by(-800, "ben"), hold, said(n=2), done())

    assert [entry.number for entry in log(store)] == [1, 2, 3, 4]
    assert resolve(store, hold.record).status == "complete"
    verified(store)


def test_the_log_takes_what_others_note(store: Store) -> None:
    """Whatever a command notes of a record, or of the store, is part of the chain."""
    record = completed(store).record
    with recorded(store) as connection:
        append(connection, store.secrets.log, by(1), Did("shown", record, 1))
        append(connection, store.secrets.log, by(2), Did("backed up records"))

    assert verified(store).size == 4
    with reading(store.records) as connection:
        assert checkpoint(connection) == verified(store)


def test_what_is_undone_is_not_in_the_log(store: Store) -> None:
    """A change and its entry are written together, or neither is."""
    hold = begun(store)
    with recorded(store) as connection:
        append(connection, store.secrets.log, by(1), Did("shown", hold.record))
        connection.rollback()

    assert verified(store).size == 1
    assert hold_of(store, resolve(store, hold.record)) == hold


def test_the_closing_sheet_has_the_checkpoint_and_what_is_left(store: Store) -> None:
    """What is typed in from it shows later that nothing before was changed."""
    completed(store, "A")
    completed(store, "B")
    left = begun(store, "C")
    now = verified(store)

    sheet = closing_sheet(date(2026, 3, 2), log(store), [left.record], now)

    assert "      3  begun" in sheet
    assert "      2  completed" in sheet
    assert f"Not complete: {left.record[:4]}-{left.record[4:]}" in sheet
    (line,) = (line for line in sheet.splitlines() if line.strip().startswith(f"{now.size}-"))
    assert read_checkpoint(line) == now
    assert all(len(line) <= 78 for line in sheet.splitlines())


def test_hostile_names_are_harmless_in_the_log() -> None:
    """Whoever calls himself so: one line in the text, one row in CSV, the same name in JSON."""
    staff = '=cmd|"x"\u200b\U0001f9f4'
    entry = LogEntry(1, 1_772_438_400_000_000, staff, "shown", "01234567", 1, "", "")

    assert as_text([entry], 200).count("\n") == 1
    assert "'=cmd" in as_csv([entry])
    assert json.loads(as_json([entry], Checkpoint(1, "0" * 25)))["entries"][0]["staff"] == staff
