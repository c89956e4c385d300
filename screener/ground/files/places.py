"""Paths as they are, and whether something can be written there."""

import os
import shutil
import stat
from contextlib import suppress
from pathlib import Path

from screener.ground.problems import Problem, ProblemsFound
from screener.ground.safetext import one_line


def is_there(path: Path) -> bool:
    """Whether something has this path; a name that no file can have is not there."""
    with suppress(OSError):  # a name too long for the file system, for one
        return path.exists()
    return False


def shown(path: str | os.PathLike[str]) -> str:
    """The path as it may be printed."""
    return one_line(os.fspath(path))


def check_writable(path: str | os.PathLike[str], force: bool | None) -> None:
    """Raise ProblemsFound now rather than after the interview if this file can't be written.

    `force` None says that the command has no way to replace a file.
    """
    target = Path(path)
    try:
        taken, regular = True, stat.S_ISREG(target.lstat().st_mode)
    except FileNotFoundError:
        taken, regular = False, False
    except (OSError, ValueError) as error:
        raise unwritable(target, cause_of(error)) from None
    if taken and not regular:
        raise unwritable(target, "it is a folder, a link or a device, not an ordinary file")
    if taken and not force:
        help = "choose another name" + ("" if force is None else ", or add --force")
        raise unusable("not-writable", f"`{shown(target)}` exists already", help)
    if "\0" in os.fspath(target):
        raise unwritable(target, "no file can have this name")
    if not target.parent.is_dir():
        raise unwritable(target, "there is no such folder")
    if not os.access(target.parent, os.W_OK | os.X_OK):
        raise unwritable(target, "the folder can't be written to")


def real(path: str | os.PathLike[str]) -> Path:
    """The whole path without links, also where nothing is. Raises ProblemsFound in a folder that is gone."""
    try:
        return Path(os.path.realpath(path))
    except (OSError, ValueError) as error:
        help = "the folder that you work in may be gone; go to another one and try again"
        raise unusable("not-found", f"`{shown(path)}` can't be found: {cause_of(error)}", help) from None


def check_folder(path: str | os.PathLike[str]) -> None:
    """Raise ProblemsFound now rather than after long work if no files can be written to this folder."""
    folder = next(place for place in (Path(path), *real(path).parents) if os.path.lexists(place))
    if not folder.is_dir():
        raise unwritable(folder, "it is not a folder")
    if not os.access(folder, os.W_OK | os.X_OK):
        raise unwritable(folder, "the folder can't be written to")


def make_folder(path: str | os.PathLike[str]) -> None:
    """Make a folder that only its owner can look into, if it is not there yet. Raises ProblemsFound."""
    try:
        Path(path).mkdir(0o700, parents=True, exist_ok=True)
    except (OSError, ValueError) as error:
        raise unwritable(Path(path), cause_of(error)) from None


#: What is less than this is no room: a database needs as much to be opened.
_LEAST_ROOM = 128 * 1024


def is_full(folder: Path) -> bool:
    """Whether the disk with this folder has no room any more."""
    with suppress(OSError):
        return shutil.disk_usage(folder).free < _LEAST_ROOM
    return False


def forget(*paths: str | Path) -> None:
    """Take files away that were made in vain, if they are there."""
    for path in paths:
        with suppress(OSError):
            Path(path).unlink()


def cause_of(error: Exception) -> str:
    """What the system says went wrong, in small letters."""
    return (getattr(error, "strerror", None) or str(error)).lower()


def unusable(code: str, message: str, help: str) -> ProblemsFound:
    """A problem with a file, ready to be raised."""
    return ProblemsFound([Problem(code, message, help)])


def unwritable(target: Path, cause: str) -> ProblemsFound:
    """A problem with a file that is to be written, ready to be raised."""
    return unusable("not-writable", f"`{shown(target)}` can't be written: {cause}", "choose another place")
