"""The only room that opens files: whole reads, whole writes or none."""

import errno
import os
import stat
from contextlib import suppress
from pathlib import Path

from screener.ground.problems import Problem, ProblemsFound
from screener.ground.safetext import one_line

#: The largest file that is read: a questionnaire of thousands of questions is far smaller.
MAX_BYTES = 5 * 1024 * 1024


def is_there(path: Path) -> bool:
    """Whether something has this path; a name that no file can have is not there."""
    with suppress(OSError):  # a name too long for the file system, for one
        return path.exists()
    return False


def read_text(path: str | os.PathLike[str]) -> str:
    """The whole text of a file. Raises ProblemsFound if it is missing, unreadable, too large or not UTF-8."""
    name = shown(path)
    try:
        with open(path, "rb") as file:
            data = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise _unusable("not-found", f"there is no file `{name}`", "check the name and the folder") from None
    except IsADirectoryError:
        raise _unusable("not-readable", f"`{name}` is a folder", "name a file in it") from None
    except (OSError, ValueError) as error:
        raise _unusable("not-readable", f"`{name}` can't be read: {cause_of(error)}", "") from None
    return decoded(data, name)


def decoded(data: bytes, name: str) -> str:
    """The text of a file with this name. Raises ProblemsFound if it is too large or not UTF-8."""
    if len(data) > MAX_BYTES:
        raise ProblemsFound([Problem("too-large", "the file is larger than 5 MiB", file=name)])
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        before = data[data.rfind(b"\n", 0, error.start) + 1 : error.start].decode("utf-8-sig", "replace")
        message = "the file is not UTF-8 text"
        raise ProblemsFound([Problem("not-utf8", message, "save it as UTF-8", name, line, len(before) + 1)]) from None


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
        raise _unwritable(target, cause_of(error)) from None
    if taken and not regular:
        raise _unwritable(target, "it is a folder, a link or a device, not an ordinary file")
    if taken and not force:
        help = "choose another name" + ("" if force is None else ", or add --force")
        raise _unusable("not-writable", f"`{shown(target)}` exists already", help)
    if "\0" in os.fspath(target):
        raise _unwritable(target, "no file can have this name")
    if not target.parent.is_dir():
        raise _unwritable(target, "there is no such folder")
    if not os.access(target.parent, os.W_OK | os.X_OK):
        raise _unwritable(target, "the folder can't be written to")


def real(path: str | os.PathLike[str]) -> Path:
    """The whole path without links, also where nothing is. Raises ProblemsFound in a folder that is gone."""
    try:
        return Path(os.path.realpath(path))
    except (OSError, ValueError) as error:
        help = "the folder that you work in may be gone; go to another one and try again"
        raise _unusable("not-found", f"`{shown(path)}` can't be found: {cause_of(error)}", help) from None


def check_folder(path: str | os.PathLike[str]) -> None:
    """Raise ProblemsFound now rather than after long work if no files can be written to this folder."""
    folder = next(place for place in (Path(path), *real(path).parents) if os.path.lexists(place))
    if not folder.is_dir():
        raise _unwritable(folder, "it is not a folder")
    if not os.access(folder, os.W_OK | os.X_OK):
        raise _unwritable(folder, "the folder can't be written to")


def make_folder(path: str | os.PathLike[str]) -> None:
    """Make a folder that only its owner can look into, if it is not there yet. Raises ProblemsFound."""
    try:
        Path(path).mkdir(0o700, parents=True, exist_ok=True)
    except (OSError, ValueError) as error:
        raise _unwritable(Path(path), cause_of(error)) from None


def write_whole(path: str | os.PathLike[str], data: bytes, force: bool | None = None) -> None:
    """Write the whole file, readable by its owner only, or nothing at all.

    An existing file is replaced only with `force`. Raises ProblemsFound if it can't be written.
    """
    import tempfile  # only needed once something is written

    check_writable(path, force)
    target, draft = Path(path), ""
    try:
        number, draft = tempfile.mkstemp(prefix=".screener-", dir=target.parent)
        with os.fdopen(number, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        _into_place(draft, target, bool(force))
    except (OSError, ValueError) as error:
        raise _unwritable(target, cause_of(error)) from None
    finally:
        if draft:
            Path(draft).unlink(missing_ok=True)


def _into_place(draft: str, target: Path, force: bool) -> None:
    """Give the finished draft its name; without `force` in a way that fails if the name was taken meanwhile."""
    if not force:
        try:
            os.link(draft, target)
        except OSError as error:  # not every file system knows links
            if error.errno not in (errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP):
                raise
        else:
            return
    Path(draft).replace(target)


def cause_of(error: Exception) -> str:
    """What the system says went wrong, in small letters."""
    return (getattr(error, "strerror", None) or str(error)).lower()


def _unusable(code: str, message: str, help: str) -> ProblemsFound:
    return ProblemsFound([Problem(code, message, help)])


def _unwritable(target: Path, cause: str) -> ProblemsFound:
    return _unusable("not-writable", f"`{shown(target)}` can't be written: {cause}", "choose another place")
