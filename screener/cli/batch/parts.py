"""What a folder of parts says of itself: which run it is of, what each part holds, and whether all are whole."""

import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from screener.ground.files import is_there, read_text, shown
from screener.ground.problems import Problem, ProblemsFound

#: What says of a folder which run its parts are of, and once the run is finished how many `parts` there are.
CARD = "batch.json"
PARTS = "parts"


class PartCounts(NamedTuple):
    """How many rows of a part came out, lack answers, and could not be read; and how long each of its files is."""

    good: int
    incomplete: int
    bad: int
    bytes: Mapping[str, int]


def part_name(number: int) -> str:
    """The name of a part, without the endings of its files."""
    return f"part-{number:05}"


def card_of(folder: Path) -> dict[str, Any] | None:
    """What the folder says of its run; None if that can't be read."""
    return _object(folder / CARD)


def counts_of(folder: Path, number: int) -> PartCounts | None:
    """What is known of a part; None if it is not there, or not as long as it was when it was written."""
    found = _object(folder / f"{part_name(number)}.json")
    with suppress(KeyError, TypeError, AttributeError, OSError):  # something else is written there, or a file is gone
        counts = PartCounts(**(found or {}))
        if f"{part_name(number)}.parquet" in counts.bytes and all(
            (folder / name).stat().st_size == size for name, size in counts.bytes.items()
        ):
            return counts
    return None


def check_parts(folder: Path) -> None:
    """Raise ProblemsFound for a folder that is not all of a run: it would be counted as if it were."""
    problems = list(_faults(folder))
    if problems:
        raise ProblemsFound(problems)


def _faults(folder: Path) -> Iterator[Problem]:
    card = card_of(folder)
    if card is None:
        help = "name what `screener batch` wrote"
        yield Problem("unreadable-result", f"there is no readable `{CARD}`, as beside parts", help, shown(folder))
        return
    many, help = card.get(PARTS), "the command that wrote the parts goes on if it is run again"
    if not isinstance(many, int):
        yield Problem("unreadable-result", "not all parts are written yet", help, shown(folder))
        return
    names = [part_name(number) for number in range(1, many + 1)]
    for number, name in enumerate(names, 1):
        if counts_of(folder, number) is None:
            message = f"`{name}.parquet` is missing or damaged"
            yield Problem("unreadable-result", message, help, shown(folder))
    for path in sorted(folder.glob("part-*.parquet")):
        if path.stem not in names:
            message = f"`{shown(path.name)}` is not one of the {many:,} parts"
            yield Problem("unreadable-result", message, "move it elsewhere", shown(folder))


def _object(file: Path) -> dict[str, Any] | None:
    """The object of JSON in a file, if there is one."""
    with suppress(ValueError, RecursionError, ProblemsFound):
        found = json.loads(read_text(file)) if is_there(file) else None
        return found if isinstance(found, dict) else None
    return None
