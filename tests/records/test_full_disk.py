"""A disk without room, at any moment: it is said, nothing is lost, and nothing is left half."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import desks
import pytest
import small_disks
from interviews import KEPT, Person, first, typed
from small_disks import SmallDisk
from terminals import ANSWERS, ENTER, Terminal

from screener import RuleFile

FULL = "the disk is full"


@pytest.fixture(scope="module")
def _can_mount() -> None:
    if lacking := small_disks.missing():
        pytest.skip(lacking)


@pytest.fixture
def disk(_can_mount: None, tmp_path: Path) -> Iterator[SmallDisk]:
    """A disk to be filled."""
    with small_disks.small_disk(tmp_path / "disk") as made:
        yield made


@pytest.fixture(scope="module")
def a_store(tmp_path_factory: pytest.TempPathFactory, pico: RuleFile) -> Path:
    """A store with one complete record, on a disk with room."""
    store = desks.made(tmp_path_factory.mktemp("desk") / "store")
    assert desks.intake(store, "new", "--ref", "F-1", "--consent", "--plain", typed=typed(pico))[0] == 0
    return store


@pytest.fixture
def store(disk: SmallDisk, a_store: Path) -> Path:
    """The same on the disk to be filled."""
    return shutil.copytree(a_store, disk.folder / "store")


def kept(store: Path) -> list[object]:
    """The answers of every record, after all was verified."""
    with desks.desk(store) as here:
        return [one.answers for one in desks.remains(here)]


def window(store: Path, *arguments: str) -> Terminal:
    """A command of the desk in a terminal."""
    return Terminal("intake", *arguments, "--plain", SCREENER_STORE=str(store), SCREENER_STAFF="ana")


def said(person: Person) -> str:
    """All that was on the screen, in one line."""
    return " ".join("\n".join(person.terminal.everything()).split())


def resumed(store: Path, rules: RuleFile, known: int) -> int:
    """Go on with what is not complete, to the end; the exit code."""
    code, listed, _ = desks.intake(store, "resume")
    assert (code, "F-2" in listed) == (0, True)
    person = Person(window(store, "resume", listed.split()[0]), rules, known).review().answer(1)
    person.terminal.until(KEPT)
    return person.terminal.end()


@pytest.mark.parametrize(("before", "left"), [(2, 0), (4, 3), (8, 7), (10, 25)])
def test_answers_wait_for_room(disk: SmallDisk, store: Path, pico: RuleFile, before: int, left: int) -> None:
    """It is said once; what was kept stays readable, and all is written with the next answer once there is room."""
    person = Person(window(store, "new", "--ref", "F-2", "--consent"), pico).answer(before)
    person.waits()
    disk.fill(left)
    while FULL not in said(person):
        there = person.known
        person.answer(1).waits()
    with desks.desk(store) as here:
        assert [one.answers for one in desks.shown(here)] == [{1: ANSWERS}, {0: first(there)}]

    person.review()
    assert said(person).count(FULL) == 1
    disk.make_room()
    person.answer(1)
    person.terminal.until(KEPT)
    assert person.terminal.end() == 0
    assert kept(store) == [{1: ANSWERS}, {1: ANSWERS}]


def test_answers_go_into_a_file_on_another_disk(disk: SmallDisk, store: Path, pico: RuleFile, tmp_path: Path) -> None:
    """Where there is no room up to the end; somebody goes on with what was kept before, once there is."""
    person = Person(window(store, "new", "--ref", "F-2", "--consent"), pico).answer(8)
    person.waits()
    there = person.known
    disk.fill(0)
    person.review().answer(1)
    for words, keys in (
        ("To try again, type again.", "again"),
        ("> again error[store-full]", ""),
        ("Your answers are not stored.", str(disk.folder / "answers.json")),
        ("can't be written", str(tmp_path / "answers.json")),
    ):
        person.terminal.until(words)
        person.terminal.type(keys, ENTER)
    assert person.terminal.end() == 1
    assert json.loads((tmp_path / "answers.json").read_text("utf-8"))["answers"] == ANSWERS
    assert "answers.json" not in disk.files()

    disk.make_room()
    assert kept(store) == [{1: ANSWERS}, {0: first(there)}]
    assert resumed(store, pico, there) == 0
    assert kept(store) == [{1: ANSWERS}, {1: ANSWERS}]


#: Pages that are left when a command begins, from none to enough for all but the end of it.
SLOWLY = [pytest.param(left, marks=pytest.mark.slow) for left in (1, 3, 18, 24, 30, 36, 44)]
LITTLE = pytest.mark.parametrize("left", [0, 8, 27, *SLOWLY])


@LITTLE
def test_an_amendment_is_whole_or_not_there(disk: SmallDisk, store: Path, pico: RuleFile, left: int) -> None:
    """What was there before is there in any case, and the command says whether the amendment is."""
    with desks.desk(store) as here:
        (one,) = desks.remains(here)
    changed = {**ANSWERS, "pain": "no"}
    disk.fill(left)

    code, _, told = desks.intake(store, "amend", one.record.id, "--reason", "misheard", typed="7\n2\n\n")
    disk.make_room()
    assert code == 0 or FULL in told
    assert kept(store) in ([[{1: ANSWERS, 2: changed}]] if code == 0 else [[{1: ANSWERS}], [{0: changed, 1: ANSWERS}]])


@LITTLE
def test_erasing_is_done_or_finished_later(disk: SmallDisk, store: Path, left: int) -> None:
    """Who is not told that it is erased finds the record whole; or it goes for good when anybody opens the store."""
    with desks.desk(store) as here:
        (one,) = desks.remains(here)
    disk.fill(left)

    code, _, told = desks.intake(store, "erase", one.record.id, "--yes")
    disk.make_room()
    assert ("is erased" in told, FULL in told) == (code == 0, code == 1)
    begun = code == 0 or "nothing of it is shown any more" in " ".join(told.split())
    assert kept(store) == ([] if begun else [{1: ANSWERS}])


@LITTLE
def test_a_store_is_made_whole_or_not_at_all(disk: SmallDisk, left: int) -> None:
    """Nothing is in the way when there is room."""
    disk.fill(left)
    code, _, told = desks.intake(disk.folder / "store", "init", "--key", "file")
    assert code == 1
    assert FULL in told or "no space left" in told
    assert disk.files() == set()

    disk.make_room()
    assert kept(desks.made(disk.folder / "store")) == []


@LITTLE
@pytest.mark.parametrize("what", ["records", "record-keys", "export"])
def test_a_copy_is_whole_or_not_there(disk: SmallDisk, a_store: Path, what: str, left: int) -> None:
    """No part of one is taken for a copy of all."""
    command = ["export", "--output", f"{disk.folder}/records.json"]
    if what != "export":
        command = ["backup", f"{disk.folder}/copies", "--what", what]
    disk.fill(left)

    code, _, told = desks.intake(a_store, *command)
    assert code == 0 or FULL in told or "no space left" in told
    assert len(disk.files()) == (code == 0)
    disk.make_room()
    assert desks.intake(a_store, *command, *["--force"] * (what == "export"))[0] == 0
