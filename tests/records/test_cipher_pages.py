"""Tests can see what is left on the pages of an encrypted database."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from cipher_pages import decrypted
from sqlcipher3 import dbapi2

KEY = bytes(range(32))
TEXT = "a mark that changes"


@pytest.fixture
def database(tmp_path: Path) -> Iterator[dbapi2.Connection]:
    """An encrypted database in `records.db`, whose log is not emptied by itself."""
    with closing(dbapi2.connect(str(tmp_path / "records.db"), isolation_level=None)) as connection:
        connection.execute(f"PRAGMA key = \"x'{KEY.hex()}'\"")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA wal_autocheckpoint = 0")
        connection.execute("PRAGMA secure_delete = ON")
        connection.execute("CREATE TABLE answers (id INTEGER PRIMARY KEY, text TEXT)")
        yield connection


def test_what_was_erased_is_seen_as_long_as_it_is_there(database: dbapi2.Connection, tmp_path: Path) -> None:
    """A text that was deleted is still in the log, until the log is emptied."""
    path = tmp_path / "records.db"
    database.execute("INSERT INTO answers (text) VALUES (?)", [TEXT])
    assert decrypted(path, KEY).count(TEXT.encode()) == 1

    database.execute("DELETE FROM answers")
    assert TEXT.encode() in decrypted(path, KEY)

    database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert TEXT.encode() not in decrypted(path, KEY)
    assert b"CREATE TABLE answers" in decrypted(path, KEY)
    assert path.with_name("records.db-wal").stat().st_size == 0


def test_free_pages_are_seen(database: dbapi2.Connection, tmp_path: Path) -> None:
    """Without overwriting, what was deleted stays on pages that no table has any longer."""
    for overwrite, left in (("OFF", True), ("ON", False)):
        database.execute(f"PRAGMA secure_delete = {overwrite}")
        for number in range(50):
            database.execute("INSERT INTO answers (text) VALUES (?)", [f"{TEXT} {overwrite} {number} " + "x" * 900])
        database.execute("DELETE FROM answers")
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")

        assert database.execute("PRAGMA freelist_count").fetchone()[0] > 5
        assert (f"{TEXT} {overwrite}".encode() in decrypted(tmp_path / "records.db", KEY)) is left


def test_old_frames_of_the_log_are_seen(database: dbapi2.Connection, tmp_path: Path) -> None:
    """What SQLite starts to overwrite, once it has put the log into the database, is read to its end."""
    for number in range(20):
        database.execute("INSERT INTO answers (text) VALUES (?)", [f"{TEXT} {number} " + "x" * 900])
    database.execute("DELETE FROM answers")
    database.execute("PRAGMA wal_checkpoint(RESTART)")
    database.execute("INSERT INTO answers (text) VALUES ('something else')")

    found = decrypted(tmp_path / "records.db", KEY)
    assert f"{TEXT} 19".encode() in found
    assert b"something else" in found


def test_another_key_is_no_reason_to_believe_that_nothing_is_there(database: dbapi2.Connection, tmp_path: Path) -> None:
    """With another key nothing can be said; nor of a page that was damaged."""
    path = tmp_path / "records.db"
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with pytest.raises(ValueError, match="Page 1 can't be read"):
        decrypted(path, bytes(32))

    damaged = bytearray(path.read_bytes())
    damaged[5000] ^= 1
    path.write_bytes(damaged)
    with pytest.raises(ValueError, match="Page 2 can't be read"):
        decrypted(path, KEY)
