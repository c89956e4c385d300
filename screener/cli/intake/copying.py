"""Copies of the parts of a store; that of the records' keys follows the store, so that it brings nobody back."""

from pathlib import Path
from typing import Literal

from screener.cli.intake.opened import Desk
from screener.ground.files import replaced, shown, write_whole
from screener.ground.problems import ProblemsFound
from screener.records.keys.place import CARD, StorePlace, as_card

_LATER = (
    "A part is still in the journal, as another desk is reading. It goes as soon as that desk is done and any command "
    "opens the store."
)
_REPLACE = "Replace your copy of the records' keys now, if you have one: screener intake backup DIR --what record-keys"


def copy_part(desk: Desk, part: Literal["records", "record-keys"], file: Path) -> int:
    """Copy a part into a file, in the place of one that is there; how many records it has. Raises ProblemsFound."""
    from screener.records.backing_up import back_up

    with replaced(file) as draft:
        return back_up(desk.store, desk.by, part, draft)


def copy_keys(desk: Desk, place: StorePlace, file: Path) -> int:
    """Copy the records' keys, and note where to; how many there are. Raises ProblemsFound."""
    count = copy_part(desk, "record-keys", file)
    write_whole(place.folder / CARD, as_card(place._replace(keys_copy=file.absolute())).encode(), force=True)
    return count


def erased_everywhere(desk: Desk, place: StorePlace, done: bool) -> str:
    """Have the last copy of the records' keys follow, after somebody was erased; what is left to say, and to do."""
    return _keys_follow(desk, place) + ("" if done else f" {_LATER}")


def _keys_follow(desk: Desk, place: StorePlace) -> str:
    if place.keys_copy is None:
        return _REPLACE
    try:
        copy_part(desk, "record-keys", place.keys_copy)
    except ProblemsFound:
        return f"The copy of the records' keys, {shown(place.keys_copy)}, could not be replaced. {_REPLACE}"
    return f"The copy of the records' keys, {shown(place.keys_copy)}, was made anew without it."
