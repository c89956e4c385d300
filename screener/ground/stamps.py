"""What the system says of a file without opening it: whether it was saved since, and whether it can be watched."""

import stat
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from screener.ground.files import read_text, shown
from screener.ground.problems import Problem, ProblemsFound


class Stamp(NamedTuple):
    """What is another after each save, however an editor saves: in place, or by a new file that gets the name."""

    device: int
    number: int
    size: int
    changed: int


def stamp(path: Path) -> Stamp | None:
    """The stamp of the file that a path leads to, through links too; None where there is nothing."""
    with suppress(OSError, ValueError):
        found = path.stat()
        return Stamp(found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns)
    return None


def check_watchable(path: Path) -> None:
    """Raise ProblemsFound where nothing can be watched: nothing is there, or a folder, a pipe or a device."""
    mode = _mode(path)
    if mode is not None and stat.S_ISREG(mode):
        return
    if mode is not None and not stat.S_ISDIR(mode):
        message = f"`{shown(path)}` is a pipe or a device, and only a file can be watched"
        raise ProblemsFound([Problem("not-readable", message, "save it as a file, and name that")])
    read_text(path)  # which says what it is


def read_watched(path: Path) -> str:
    """The whole text of a file, as `read_text` has it; of a pipe or a device nothing is read. Raises ProblemsFound."""
    check_watchable(path)
    return read_text(path)


def _mode(path: Path) -> int | None:
    with suppress(OSError, ValueError):
        return path.stat().st_mode
    return None
