"""`screener intake erase`, `purge`, `backup` and `restore`: gone for good, and brought back whole."""

import shutil
from pathlib import Path

import pytest
from commands import file
from intakes import ANSWERS, NOTE, aged, desk, exported, intake, listed, logged, made
from terminals import CTRL_C, ENTER

KEYS = ("--what", "record-keys")


@pytest.fixture
def copied(one_record: tuple[Path, str]) -> tuple[Path, str]:
    """A store with a record, its id, and three copies of it all in the folder `copies` beside it."""
    store, id = one_record
    for what in (("--what", "store-key"), KEYS, ()):
        assert intake(store, "backup", "copies", *what)[0] == 0
    return store, id


def copy(store: Path) -> Path:
    """The newest copy of the records."""
    return max((store.parent / "copies").glob("records-*.db"))


def restored(store: Path, folder: str) -> tuple[int, str, str]:
    """What restoring all three copies into another folder says."""
    copies = ("--record-keys", "copies/record-keys.db", "--key-file", "copies/store-key")
    return intake(store, "restore", copy(store), *copies, "--yes", "--store", folder)


@pytest.mark.parametrize(("keys", "gone"), [("no\r", False), ("\r", False), (CTRL_C, False), ("yes\r", True)])
def test_erasing_is_asked_for(keys: str, gone: bool, one_record: tuple[Path, str]) -> None:
    """With the id and the reference, so that it is the right one; only yes does it."""
    store, id = one_record
    terminal = desk(store, "erase", id[:6], columns=40, rows=20)
    terminal.until(f"Erase the record {id} of R-1, for ever?")
    terminal.until("Type yes or no:")
    terminal.type(keys)

    assert terminal.end() == (130 if keys == CTRL_C else 0)
    assert ("is erased." in terminal.shown()) == gone
    assert (listed(store)[0]["status"] == "erased") == gone


def test_who_is_erased_is_nowhere_any_more(one_record: tuple[Path, str]) -> None:
    """Not shown, not exported, not found by the reference; the log says who erased it."""
    store, id = one_record
    code, out, said = intake(store, "erase", id, "--yes", SCREENER_STAFF="otto")

    assert (code, out) == (0, "")
    assert "Replace your copy of the records' keys now, if you have one:" in " ".join(said.split())
    for command in ("show", "resume", "erase", "export"):
        code, out, said = intake(store, command, id)
        assert (code, out) == (1, "")
        assert said.splitlines()[0] == f"error[erased] the record `{id}` was erased"
    assert listed(store, "--ref", "R-1") == []
    assert logged(store, "--record", id)[-1] == ("erased", "otto")
    assert intake(store, "audit")[0] == 0


def test_without_a_terminal_it_must_be_said_beforehand(one_record: tuple[Path, str]) -> None:
    """What is piped in is no yes."""
    store, id = one_record
    code, _, said = intake(store, "erase", id, typed="yes\n")

    assert code == 1
    assert said == "error[not-confirmed] nobody is here to be asked whether this is meant\n  help: add --yes\n"
    assert listed(store)[0]["status"] == "complete"


def test_purging_is_only_told_at_first(new_store: Path) -> None:
    """What is as old as that and not older stays; then it is done, once, and noted."""
    for days, ref in ((90, "R-1"), (91, "R-2"), (400, "R-3")):
        aged(new_store, days, ref)
    wanted = ("purge", "--older-than", "90 days")
    code, out, said = intake(new_store, *wanted)
    assert code == 0
    assert [ref in out for ref in ("R-1", "R-2", "R-3")] == [False, True, True]
    assert "2 records of " in said
    assert "Nothing was erased; to erase what is listed here, add --yes." in " ".join(said.split())
    assert len(listed(new_store, "--date", "all", "--status", "complete")) == 3
    code, out, said = intake(new_store, *wanted, "--yes")

    assert (code, out) == (0, "")
    assert "Erased: 2 records of " in said
    assert [one["reference"] for one in listed(new_store, "--date", "all", "--status", "complete")] == ["R-1"]
    assert [action for action, _ in logged(new_store)].count("purged") == 2
    assert intake(new_store, *wanted, "--yes")[2].startswith("No records of ")


@pytest.mark.parametrize("span", ["", "90", "soon", "-3 days", "3 fortnights"])
def test_a_span_that_is_none_erases_nothing(span: str, one_record: tuple[Path, str]) -> None:
    """It is said how a span is written."""
    store, _ = one_record
    code, _, said = intake(store, "purge", "--older-than", span, "--yes")

    assert code == 2
    assert "a span such as `3 years`" in " ".join(said.split())
    assert listed(store)[0]["status"] == "complete"


def test_copies_are_encrypted_and_only_ours(copied: tuple[Path, str]) -> None:
    """What a thief of a copy finds is no text, and so neither answers nor references; each backup is in the log."""
    store, _ = copied
    code, out, said = intake(store, "backup", "more")
    files = [*(store.parent / "copies").iterdir(), *(store.parent / "more").iterdir()]

    assert (code, out) == (0, "")
    assert "1 record is in more/records-" in " ".join(said.split())
    assert {path.stat().st_mode & 0o777 for path in files} == {0o600}
    for path in files:
        assert not any(words in path.read_bytes() for words in (b"Zanzibar", b"SQLite format"))
    assert [action for action, _ in logged(store)][-2:] == ["backed up records"] * 2


def test_a_copy_beside_the_store_is_refused(copied: tuple[Path, str]) -> None:
    """So are a file in the place of the folder, and a key that would be written over."""
    store, _ = copied
    for arguments, words in (
        ((store,), "a copy beside the store goes when the store does"),
        (("rules.yaml",), "it is not a folder"),
        (("copies", "--what", "store-key"), "exists already"),
    ):
        code, _, said = intake(store, "backup", *arguments)
        assert code == 1
        assert words in said


def test_a_store_comes_back_from_three_copies(copied: tuple[Path, str]) -> None:
    """In a new folder, with the same records, the same log, and a key file of its own."""
    store, id = copied
    shutil.rmtree(store)
    code, out, said = restored(store, "new")
    new = store.parent / "new"

    assert (code, out) == (0, "")
    assert "The copy is in place, and holds together." in said
    assert exported(new, id)["summary"]["answers"] == ANSWERS
    assert {action for action, _ in logged(new)} >= {"begun", "completed", "restored records"}
    assert {path.stat().st_mode & 0o777 for path in new.iterdir()} == {0o600}
    assert intake(new, "new", "rules.yaml", "--ref", "R-2", "--consent", typed=f"{NOTE}\n")[0] == 1
    assert len(listed(new)) == 2


def test_who_was_erased_stays_erased(copied: tuple[Path, str]) -> None:
    """Whatever copy of the records is brought back; the copy of their keys has followed by itself."""
    store, id = copied
    old = file(store.parent, "", "old-keys.db")
    shutil.copy(store.parent / "copies" / "record-keys.db", old)
    said = intake(store, "erase", id, "--yes")[2]
    assert "The copy of the records' keys, " in said
    assert "was made anew without it." in " ".join(said.split())
    code, _, said = intake(store, "restore", copy(store), "--yes")
    assert (code, "One record that was erased since then is erased again." in " ".join(said.split())) == (0, True)
    assert intake(store, "show", id)[0] == 1
    code, _, said = intake(store, "restore", copy(store), "--record-keys", old, "--yes")
    assert code == 0
    assert "was erased" in intake(store, "show", id)[2]

    assert restored(store, "new")[0] == 0
    assert intake(store.parent / "new", "show", id)[1] == ""
    assert NOTE not in intake(store.parent / "new", "export", "--date", "all")[1]


def test_restoring_is_asked_for(copied: tuple[Path, str]) -> None:
    """What is in the store now is replaced, so it must be meant; in lines that fit."""
    store, _ = copied
    intake(store, "new", "rules.yaml", "--ref", "R-2", "--consent", typed=f"{NOTE}\n")
    terminal = desk(store, "restore", str(copy(store)), columns=40, rows=20)
    terminal.until("Is that meant?")
    terminal.until("Type yes or no:")
    terminal.type("no" + ENTER)
    assert terminal.end() == 0
    assert len(listed(store)) == 2
    assert intake(store, "restore", copy(store), typed="yes\n")[0] == 1
    assert intake(store, "restore", copy(store), "--yes")[0] == 0

    assert len(listed(store)) == 1


def test_a_copy_of_another_store_is_refused(copied: tuple[Path, str]) -> None:
    """So is a file that is no copy, and one that is not there; the store stays as it is."""
    store, id = copied
    other = store.parent / "other"
    other.mkdir()
    made(other)
    assert intake(other / "store", "backup", "copies")[0] == 0
    file(store.parent, "not a copy at all" * 500, "junk.db")
    code, _, said = intake(store, "restore", copy(other / "store"), "--yes")
    assert (code, "error[store-closed]" in said) == (1, True)
    code, _, said = intake(store, "restore", "junk.db", "--yes")
    assert (code, "error[store-closed]" in said) == (1, True)
    code, _, said = intake(store, "restore", "no.db", "--yes")
    assert (code, said.splitlines()[0]) == (1, "error[not-found] there is no file `no.db`")
    assert intake(store, "restore", "--yes")[0] == 2
    code, _, said = intake(store, "restore", copy(store), "--yes", "--store", "new")
    assert (code, "a new one needs all three copies" in said) == (1, True)

    assert not (store.parent / "new").exists()
    assert exported(store, id)["summary"]["answers"] == ANSWERS
