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
#: Pages that are left when something is to be written, from none to almost enough.
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
