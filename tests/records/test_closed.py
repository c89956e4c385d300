"""A store lets no one in: without its key nothing is read, and what was changed from outside is refused."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Column, Connection, Engine, Table, delete, func, insert, inspect, select, text, update
from stores import AGREE, EDITION, KEY, Room, begun, by, completed, done, refused, said

from screener.cli.intake.place import find_place, key_in
from screener.ground.problems import ProblemsFound
from screener.records.editions import consent, edition
from screener.records.finding import Sought, everyone, hold_of, page, resolve, revision
from screener.records.keys.place import read_card
from screener.records.log import Did, append
from screener.records.store import tables
from screener.records.store.opening import Store, reading, writing
from screener.records.verifying import verified
from screener.records.writing import Hold, complete, keep, recorded

PAGE = 4096
#: Who holds a record at this moment, and which turn it is, is of no weight a moment later; nor when a store was made.
LEFT_OPEN = {*(f"records.{name}" for name in ("turn", "holder", "held_since", "held_until")), "store.made", "head.one"}
COLUMNS = [
    pytest.param(table, column, id=f"{table.name}.{column.name}")
    for side in (tables.records_side, tables.keys_side)
    for table in side.sorted_tables
    for column in table.columns
    if table.name != "erased" and f"{table.name}.{column.name}" not in LEFT_OPEN
]


def filled(room: Room) -> tuple[Store, Hold, Hold]:
    """A store with somebody who is complete, was amended and is amended again; and with somebody else."""
    store = room.make()
    one = completed(store, "REF-ONE", content=said(note="said by one"))
    one = complete(store, by(1), one, said(note="said by one later"), done("doctor-first", action="amended"))
    one = keep(store, by(2), one, said(note="not yet said by one"))
    other = completed(store, "REF-OTHER", by(3), said(note="said by the other"))
    begun(store, "REF-THIRD", by(4))
    with recorded(store) as connection:
        append(connection, store.secrets.log, by(5), Did("shown", other.record, 1))
    return store, one, other


@pytest.fixture
def tampered(room: Room) -> Callable[..., Any]:
    """Runs something on the tables of a store, as one could who has the store's key and another program."""

    def change(engine: Engine, work: Callable[[Connection], object]) -> None:
        with engine.connect() as connection:
            if room.url:
                names = [(name, key["name"]) for name in ("records", "revisions") for key in _foreign(connection, name)]
                for table, key in names:
                    connection.execute(text(f"ALTER TABLE {table} DROP CONSTRAINT {key}"))
            else:
                connection.connection.driver_connection.execute("PRAGMA foreign_keys = OFF").close()  # type: ignore[union-attr]
            work(connection)
            connection.commit()
        engine.dispose()

    return change


def _foreign(connection: Connection, name: str) -> list[Any]:
    looked = inspect(connection)
    return looked.get_foreign_keys(name) if looked.has_table(name) else []


def side(store: Store, table: Table) -> Engine:
    """Where this table is."""
    return store.keys if table.metadata is tables.keys_side else store.records


def other_value(value: Any) -> Any:
    """One that could stand there as well."""
    if isinstance(value, bytes):
        return value[:-1] + bytes([value[-1] ^ 1])
    if isinstance(value, int):
        return value + 1000
    return f"{value[:-1]}{'0' if value[-1:] != '0' else '1'}" if value else "x"


@pytest.mark.parametrize(("table", "column"), COLUMNS)
def test_a_value_that_was_changed_is_noticed(room: Room, tampered: Any, table: Table, column: Column[Any]) -> None:
    """In each column of each table: the store does not open, or the audit says what is not as it was written."""
    store, _, _ = filled(room)
    verified(store)

    def change(connection: Connection) -> None:
        row = connection.execute(select(table).where(column.is_not(None)).limit(1)).one()
        place = [one == getattr(row, one.name) for one in table.primary_key]
        values = {column.name: other_value(getattr(row, column.name))}
        assert connection.execute(update(table).where(*place).values(values)).rowcount == 1

    tampered(side(store, table), change)

    problem = problems(lambda: verified(room.open()))[0]
    assert problem in ("record-changed", "log-broken", "store-closed", "not-a-store", "no-key")


@pytest.mark.parametrize(
    "table",
    [
        table
        for side in (tables.records_side, tables.keys_side)
        for table in side.sorted_tables
        if table.name != "erased"
    ],
    ids=str,
)
def test_a_row_that_is_gone_is_noticed(room: Room, tampered: Any, table: Table) -> None:
    """A text that somebody agreed to is missed when the record is shown; anything else by the audit."""
    store, _, _ = filled(room)

    def change(connection: Connection) -> None:
        row = connection.execute(select(table).order_by(*table.primary_key.columns).limit(1)).one()
        connection.execute(delete(table).where(*(one == getattr(row, one.name) for one in table.primary_key)))

    tampered(side(store, table), change)

    if table is tables.consents:
        with reading(store.records) as connection:
            assert refused(lambda: consent(connection, said().consent)).code == "record-changed"
    else:
        found = problems(lambda: verified(room.open()))
        assert set(found) <= {"record-changed", "log-broken", "store-damaged", "no-key"}


def problems(work: Callable[[], object]) -> list[str]:
    """The codes of what is found."""
    with pytest.raises(ProblemsFound) as caught:
        work()
    return [problem.code for problem in caught.value.problems]


def test_a_record_that_nobody_began_is_noticed(room: Room, tampered: Any) -> None:
    """A row that was put there with another program is in no log."""
    store, one, _ = filled(room)

    def change(connection: Connection) -> None:
        row = connection.execute(select(tables.records).where(tables.records.c.id == one.record)).one()
        connection.execute(insert(tables.records).values({**row._mapping, "id": "00000000", "sealed_reference": None}))

    tampered(store.records, change)
    assert problems(lambda: verified(room.open())) == ["record-changed"]


def test_an_entry_in_the_middle_of_the_log_is_missed(room: Room, tampered: Any) -> None:
    """Also where all that follow were moved up."""
    store, _, _ = filled(room)
    log = tables.log

    def change(connection: Connection) -> None:
        connection.execute(delete(log).where(log.c.number == 3))
        for number in range(4, 9):
            connection.execute(update(log).where(log.c.number == number).values(number=number - 1))

    tampered(store.records, change)
    assert refused(lambda: verified(room.open())).message == "entry 3 of the log is not as it was written"


@pytest.mark.parametrize("cut", [1, 2, 8])
def test_a_tail_that_was_cut_off_is_missed(room: Room, tampered: Any, cut: int) -> None:
    """The log knows how long it is."""
    store, _, _ = filled(room)
    log = tables.log
    size = verified(store).size

    tampered(store.records, lambda connection: connection.execute(delete(log).where(log.c.number > size - cut)))

    message = f"the log has {size - cut} entries where {size} were written"
    assert refused(lambda: verified(room.open())).message == message


def test_a_tail_that_was_cut_off_with_care_is_missed_by_a_checkpoint(room: Room, tampered: Any) -> None:
    """Who also puts the end right hides that somebody looked at a record, but not from a sheet of paper."""
    store, _, _ = filled(room)
    written = verified(store)

    tampered(store.records, lambda connection: cut_with_care(connection, written.size - 1))

    assert verified(room.open()).size == written.size - 1
    assert refused(lambda: verified(room.open(), written)).code == "log-broken"


def test_a_tail_that_told_of_a_change_is_missed_without_one(room: Room, tampered: Any) -> None:
    """Cut off with care down to an entry that wrote something: the record is not as the log says."""
    store, _, _ = filled(room)

    tampered(store.records, lambda connection: cut_with_care(connection, 6))

    assert problems(lambda: verified(room.open())) == ["record-changed"]


def cut_with_care(connection: Connection, size: int) -> None:
    """Shorten the log, and put its end right, with nothing but what stands there."""
    log = tables.log
    connection.execute(delete(log).where(log.c.number > size))
    mark = connection.execute(select(log.c.mark).where(log.c.number == size)).scalar_one()
    connection.execute(update(tables.head).values(size=size, mark=mark))


def test_answers_that_changed_places_are_refused(room: Room, tampered: Any) -> None:
    """What one said does not open as what the other said, nor an older revision as the last."""
    store, one, other = filled(room)
    table = tables.revisions

    def swap(connection: Connection, first: tuple[str, int], second: tuple[str, int]) -> None:
        places = [(table.c.record == record, table.c.number == number) for record, number in (first, second)]
        rows = [connection.execute(select(table.c.sealed).where(*place)).scalar_one() for place in places]
        for place, sealed in zip(places, reversed(rows), strict=True):
            connection.execute(update(table).where(*place).values(sealed=sealed))

    for second in ((other.record, 1), (one.record, 1)):
        tampered(store.records, lambda connection, second=second: swap(connection, (one.record, 2), second))
        assert set(problems(lambda: verified(room.open()))) == {"record-changed"}
        assert refused(lambda: revision(store, one, 2)).code == "record-changed"
        assert refused(lambda: list(everyone(store, Sought()))).code == "record-changed"
        tampered(store.records, lambda connection, second=second: swap(connection, (one.record, 2), second))
    verified(store)


def test_an_older_draft_that_was_put_back_is_noticed(room: Room, tampered: Any) -> None:
    """What was answered before was sealed for the same place, and is not what was answered last."""
    store = room.make()
    hold = begun(store, content=said(note="first"))
    table = tables.revisions
    with reading(store.records) as connection:
        old = dict(connection.execute(select(table)).one()._mapping)
    keep(store, by(1), hold, said(note="second"))

    tampered(store.records, lambda connection: connection.execute(update(table).values(old)))

    assert problems(lambda: verified(room.open())) == ["record-changed"]


def test_references_that_changed_places_are_refused(room: Room, tampered: Any) -> None:
    """Nobody is handed over under another one's number."""
    store, one, other = filled(room)
    table = tables.records
    columns = ("sealed_reference", "lookup")

    def change(connection: Connection) -> None:
        rows = [
            dict(
                connection.execute(select(*(table.c[name] for name in columns)).where(table.c.id == id)).one()._mapping
            )
            for id in (one.record, other.record)
        ]
        for id, values in zip((other.record, one.record), rows, strict=True):
            connection.execute(update(table).where(table.c.id == id).values(values))

    tampered(store.records, change)
    assert problems(lambda: verified(room.open())) == ["record-changed", "record-changed"]
    assert refused(lambda: resolve(store, one.record)).code == "record-changed"
    assert refused(lambda: page(store, Sought(), 10)).code == "record-changed"


def test_keys_that_changed_places_are_refused(room: Room, tampered: Any) -> None:
    """A key opens only what it was made for, and is not even taken for another one's."""
    store, one, other = filled(room)
    table = tables.record_keys

    def change(connection: Connection) -> None:
        keys = {row.record: row.sealed_key for row in connection.execute(select(table))}
        for id, from_id in ((one.record, other.record), (other.record, one.record)):
            connection.execute(update(table).where(table.c.record == id).values(sealed_key=keys[from_id]))

    tampered(store.keys, change)
    opened = room.open()
    for work in (
        lambda: verified(opened),
        lambda: resolve(opened, one.record),
        lambda: page(opened, Sought(), 10),
        lambda: list(everyone(opened, Sought())),
    ):
        assert refused(work).code == "record-changed"


def test_a_key_that_is_gone_is_told(room: Room, tampered: Any) -> None:
    """The record is listed without its reference, is not opened, and the audit names it."""
    store, one, _ = filled(room)
    table = tables.record_keys

    tampered(store.keys, lambda connection: connection.execute(delete(table).where(table.c.record == one.record)))

    opened = room.open()
    assert problems(lambda: verified(opened)) == ["no-key"]
    record = resolve(opened, one.record)
    assert record.reference == ""
    assert refused(lambda: hold_of(opened, record)).code == "no-key"


def test_a_rule_file_that_was_changed_is_not_used(room: Room, tampered: Any) -> None:
    """Nobody is asked, or told anything, by rules that are not those that were kept."""
    store, _, _ = filled(room)
    table = tables.editions

    tampered(store.records, lambda connection: connection.execute(update(table).values(rules=EDITION.rules + "#")))

    with reading(store.records) as connection:
        assert refused(lambda: edition(connection, EDITION.sha256)).code == "record-changed"


def test_files_tell_nothing_without_the_key(files: Room) -> None:
    """No answer, no reference, no rule file, no name of staff, no id and no table, in any file, in any way to write."""
    store = files.make()
    hold = begun(store, "REFERENCE-4711", by(staff="Annemarie"), said(note="SECRET-ANSWER", itch="declined"))
    for _ in range(3):
        hold = keep(store, by(1, "Annemarie"), hold, said(note="SECRET-ANSWER", itch="declined"))
    complete(store, by(2, "Annemarie"), hold, said(note="SECRET-ANSWER")._replace(text="SUMMARY"), done("consult"))

    written = {path.name: path.read_bytes() for path in files.folder.iterdir()}
    assert set(written) >= {"records.db", "record-keys.db", "records.db-wal"}
    told = ("REFERENCE", "SECRET", "SUMMARY", "Annemarie", "declined", EDITION.rules, AGREE[:8], hold.record, "consult")
    for text_ in (*told, "SQLite", "CREATE TABLE", "revisions", KEY.hex()):
        for encoding in ("utf-8", "utf-16-le"):
            assert [name for name, data in written.items() if text_.encode(encoding) in data] == []
    assert not any(KEY in data or hold.key in data for data in written.values())


def test_only_the_owner_may_read_the_files(files: Room) -> None:
    """Whatever the system allows to others otherwise."""
    before = os.umask(0)
    try:
        begun(files.make())
    finally:
        os.umask(before)

    assert {path.name: path.stat().st_mode & 0o777 for path in files.folder.iterdir()} == {
        path.name: 0o600 for path in files.folder.iterdir()
    }


@pytest.mark.parametrize(
    "key", [bytes(32), KEY[:-1] + b"\0", bytes(reversed(KEY))], ids=["zeros", "last byte", "other"]
)
def test_another_key_opens_nothing(room: Room, key: bytes) -> None:
    """Nor does it change anything."""
    store, _, _ = filled(room)

    assert refused(lambda: room.open(key=key)).code == "store-closed"
    verified(store)


def test_the_files_of_another_store_are_refused(files: Room, tmp_path: Path) -> None:
    """With the same key, and with another; the records, and their keys."""
    filled(files)
    files.close()
    other = Room(tmp_path / "other")
    other.make("another-id")
    other.close()
    strange = Room(tmp_path / "strange")
    strange.make(key=bytes(32))
    strange.close()

    files.records.rename(files.folder / "aside")
    for from_room, code in ((other, "not-a-store"), (strange, "store-closed")):
        files.records.write_bytes(from_room.records.read_bytes())
        assert refused(files.open).code == code
    (files.folder / "aside").replace(files.records)
    files.keys.write_bytes(strange.keys.read_bytes())
    assert refused(files.open).code == "store-closed"


def test_a_flipped_byte_is_noticed_wherever_it_is(files: Room) -> None:
    """On each page of both files, at its beginning, in its middle and at its end; the audit tells, nobody is misled."""
    store, _, _ = filled(files)
    before = verified(store)
    files.close()

    for file in (files.records, files.keys):
        whole = file.read_bytes()
        for at in range(0, len(whole), PAGE):
            for offset in (at + 20, at + PAGE // 2, at + PAGE - 1):
                file.write_bytes(whole[:offset] + bytes([whole[offset] ^ 1]) + whole[offset + 1 :])
                assert refused(lambda: verified(files.open())).code in ("store-damaged", "store-closed")
                files.close()
        file.write_bytes(whole)
    assert verified(files.open()) == before


@pytest.mark.parametrize("left", [0, 1, 100, PAGE - 1, PAGE, PAGE + 1, -PAGE, -1], ids=str)
@pytest.mark.parametrize("which", ["records", "keys"])
def test_a_file_that_was_cut_off_is_refused(files: Room, which: str, left: int) -> None:
    """Down to nothing, to a part of a page, or by the last byte."""
    filled(files)
    files.close()
    file = files.records if which == "records" else files.keys
    file.write_bytes(file.read_bytes()[:left])

    assert refused(lambda: verified(files.open())).code in ("store-damaged", "store-closed")


@pytest.mark.parametrize("content", [b"", b"text\n", b"SQLite format 3\0" + bytes(8000), os.urandom(8192)], ids=len)
def test_what_is_no_store_is_refused(files: Room, content: bytes) -> None:
    """A text, an ordinary database, noise, nothing at all."""
    files.folder.mkdir()
    for file in (files.records, files.keys):
        file.write_bytes(content)

    assert refused(files.open).code in ("store-damaged", "store-closed")
    assert files.records.read_bytes() == content


@pytest.mark.parametrize("which", ["records", "keys"])
def test_a_missing_file_is_told_and_not_made(files: Room, which: str) -> None:
    """Half a store is none."""
    filled(files)
    files.close()
    file = files.records if which == "records" else files.keys
    file.unlink()

    assert refused(files.open).code == "store-gone"
    assert not file.exists()


@pytest.mark.parametrize("which", ["records", "keys"])
def test_the_store_of_a_newer_version_is_refused(room: Room, which: str) -> None:
    """It is not opened, so that nothing in it is lost."""
    store, _, _ = filled(room)
    engine = store.records if which == "records" else store.keys
    with writing(engine) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = 'r9999'"))

    problem = refused(room.open)

    assert problem.code == "store-newer"
    assert "pip install --upgrade" in problem.help


@pytest.mark.parametrize("which", ["records", "keys"])
@pytest.mark.parametrize("how", ["DELETE FROM alembic_version", "DROP TABLE alembic_version"])
def test_a_store_that_does_not_say_how_it_is_laid_out_is_refused(room: Room, which: str, how: str) -> None:
    """Neither made anew nor taken for what it may not be."""
    store, _, _ = filled(room)
    with writing(store.records if which == "records" else store.keys) as connection:
        connection.execute(text(how))

    assert refused(room.open).code == "store-damaged"
    with reading(store.records) as connection:
        assert connection.execute(select(func.count()).select_from(tables.records)).scalar_one() == 3


def test_a_key_file_that_others_can_read_is_refused(tmp_path: Path) -> None:
    """And one that holds no key."""
    file = tmp_path / "store-key"
    file.write_text(KEY.hex() + "\n")
    for mode in (0o644, 0o640, 0o604, 0o622, 0o660):
        file.chmod(mode)
        assert refused(lambda: key_in(file)).code == "others-can-read"
    file.chmod(0o600)
    assert key_in(file) == KEY

    for held in ("", "zz" * 32, KEY.hex()[:-2], KEY.hex() + "00", "\x00"):
        file.write_text(held)
        assert refused(lambda: key_in(file)).code == "no-key"


@pytest.mark.parametrize(
    "card",
    [
        "",
        "[]",
        "{}",
        "null",
        '{"schema": "screener/store/1"}',
        '{"schema": "screener/store/2", "id": "x", "key": "file"}',
    ],
)
def test_a_folder_that_is_no_store_is_refused(tmp_path: Path, card: str) -> None:
    """Without a card, or with one that is none of ours."""
    assert refused(lambda: find_place(tmp_path)).code == "no-store"
    (tmp_path / "store.json").write_text(card)
    assert refused(lambda: find_place(tmp_path)).code == "not-a-store"
    assert refused(lambda: read_card(card, tmp_path, "store.json")).code == "not-a-store"
