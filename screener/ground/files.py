"""The only room that opens files: whole reads, whole writes or none."""

import errno
import os
import stat
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from screener.ground.problems import Problem, ProblemsFound
from screener.ground.safetext import one_line
from screener.ground.stopping import held, stored

#: The largest file that is read: a questionnaire of thousands of questions is far smaller.
MAX_BYTES = 5 * 1024 * 1024
#: What the names of files begin with that are there for a moment only.
_PREFIX = ".screener-"
#: Where Linux shows the files that a process has open, so that one without a name can be given one.
_OPEN_FILES = "/proc/self/fd"
#: A process may have only so many files open.
_MOST_OPEN = 100
#: What file systems answer that know no links.
_NO_LINKS = (errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP)


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


def read_secret(path: str | os.PathLike[str]) -> str:
    """The text of a file that nobody but its owner may read. Raises ProblemsFound, also if others may."""
    text = read_text(path)
    if os.name == "posix" and (mode := Path(path).stat().st_mode & 0o077):
        others = "write to" if mode & 0o022 and not mode & 0o044 else "read"
        help = f"make it yours alone: chmod 600 {shown(path)}"
        raise _unusable("others-can-read", f"other people of this computer can {others} `{shown(path)}`", help)
    return text


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
    write_all({Path(path): data}, force)


def write_all(files: Mapping[Path, bytes], force: bool | None = None) -> None:
    """Write all these files whole, each readable by its owner only, or none of them.

    Existing files are replaced only with `force`. Raises ProblemsFound if one can't be written: then there is no new
    file, and every old one is what it was. The same is true when the program is stopped meanwhile.
    """
    problems: list[Problem] = []
    for path in files:
        try:
            check_writable(path, force)
        except ProblemsFound as found:
            problems += found.problems
    if problems:
        raise ProblemsFound(problems)
    with ExitStack() as drafts:
        may_be_open = len(files) <= _MOST_OPEN
        ready = [(drafts.enter_context(_draft(path, data, may_be_open)), path) for path, data in files.items()]
        with held():
            _into_place(ready, bool(force))
            stored()


@contextmanager
def replaced(path: Path) -> Iterator[Path]:
    """A name beside this one for a file that another program fills; at the end it is the file, readable by its owner.

    If something fails, what was there before stays as it was. Raises ProblemsFound if it can't be written.
    """
    draft = Path(_free_name(path))
    try:
        yield draft
        with held(), _unwritable_if_failing(path):
            draft.chmod(0o600)
            _sync(draft)
            draft.replace(path)
            _keep_names(path.parent)
            stored()
    finally:
        _forget(draft)


def _sync(path: Path) -> None:
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def forget(*paths: Path) -> None:
    """Take files away that were made in vain."""
    for path in paths:
        _forget(path)


def write_in_parts(path: Path, parts: Iterable[bytes], force: bool) -> int:
    """Write a file that is too large to be held whole; how many bytes it has. Raises ProblemsFound, and leaves none."""
    check_writable(path, force)
    with replaced(path) as draft:
        number = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with _unwritable_if_failing(path), os.fdopen(number, "wb") as file:
            for part in parts:
                file.write(part)
            return file.tell()


class _Draft(NamedTuple):
    """A finished file that is not yet in its place: its path in the same folder, or its number if it has no name."""

    path: str
    number: int | None


@contextmanager
def _draft(target: Path, data: bytes, may_be_open: bool) -> Iterator[_Draft]:
    """The content of a file, safe on the disk, and gone at the end if it was not put into place.

    The file has no name where the system can do that, so that nothing can stay behind whatever happens.
    """
    number = _without_name(target.parent) if may_be_open else None
    if number is not None:
        try:
            _fill(target, number, data)
            yield _Draft(f"{_OPEN_FILES}/{number}", number)
        finally:
            os.close(number)
        return
    from tempfile import mkstemp  # only needed where every file has a name

    with held(), ExitStack() as gone:
        with _unwritable_if_failing(target):
            number, name = mkstemp(prefix=_PREFIX, dir=target.parent)
        gone.callback(_forget, name)
        try:
            _fill(target, number, data)
        finally:
            os.close(number)
        yield _Draft(name, None)


def _without_name(folder: Path) -> int | None:
    """A new file without a name in this folder, open for writing; None where there is no such thing."""
    if not hasattr(os, "O_TMPFILE"):
        return None
    with suppress(OSError):
        number = os.open(folder, os.O_TMPFILE | os.O_WRONLY, 0o600)
        if is_there(Path(f"{_OPEN_FILES}/{number}")):
            return number
        os.close(number)
    return None


def _fill(target: Path, number: int, data: bytes) -> None:
    with _unwritable_if_failing(target), os.fdopen(number, "wb", closefd=False) as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _into_place(drafts: list[tuple[_Draft, Path]], force: bool) -> None:
    """Give every draft its name, or none of them; without `force` in a way that fails if a name was taken meanwhile."""
    with ExitStack() as tidied, ExitStack() as undone:
        ready = [(_named(draft, path, tidied) if force else draft, path) for draft, path in drafts]
        for draft, path in ready:
            with _unwritable_if_failing(path):
                before = _kept(path, tidied) if force and len(drafts) > 1 else None
                if before is not None:
                    undone.callback(_rename, before, path)
                if force:
                    _rename(draft.path, path)
                else:
                    _link(draft, path)
            if before is None:
                undone.callback(_forget, path)
        undone.pop_all()
    for folder in {path.parent for _, path in drafts}:
        _keep_names(folder)


def _named(draft: _Draft, target: Path, tidied: ExitStack) -> _Draft:
    """The draft under a name of its own in the folder of the target, as replacing a file needs it."""
    if draft.number is None:
        return draft
    name = _free_name(target)
    with _unwritable_if_failing(target):
        _link(draft, Path(name))
    tidied.callback(_forget, name)
    return _Draft(name, None)


def _kept(target: Path, tidied: ExitStack) -> str | None:
    """Another name for what is to be replaced, in case a later file fails; None if there is nothing."""
    if not is_there(target):
        return None
    name = _free_name(target)
    try:
        os.link(target, name)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        target.rename(name)
    tidied.callback(_forget, name)
    return name


def _rename(source: str, target: Path) -> None:
    Path(source).replace(target)


def _link(draft: _Draft, target: Path) -> None:
    """Give a draft its name if no file has that name."""
    try:
        # A path by number leads there through a link, which Python follows only if it is told of a folder as well.
        os.link(draft.path, target, src_dir_fd=draft.number, follow_symlinks=True)
    except OSError as error:  # not every file system knows links
        if draft.number is not None or error.errno not in _NO_LINKS:
            raise
        _rename(draft.path, target)


def _keep_names(folder: Path) -> None:
    """Have the names in a folder written to the disk, where the system offers that."""
    with suppress(OSError), ExitStack() as closed:
        number = os.open(folder, os.O_RDONLY)
        closed.callback(os.close, number)
        os.fsync(number)


def _free_name(target: Path) -> str:
    return str(target.parent / f"{_PREFIX}{os.urandom(8).hex()}")


def _forget(name: str | Path) -> None:
    with suppress(OSError):
        Path(name).unlink()


@contextmanager
def _unwritable_if_failing(target: Path) -> Iterator[None]:
    """What the system refuses is a problem of the file that is written, whatever file it refused."""
    try:
        yield
    except (OSError, ValueError) as error:
        raise _unwritable(target, cause_of(error)) from None


def cause_of(error: Exception) -> str:
    """What the system says went wrong, in small letters."""
    return (getattr(error, "strerror", None) or str(error)).lower()


def _unusable(code: str, message: str, help: str) -> ProblemsFound:
    return ProblemsFound([Problem(code, message, help)])


def _unwritable(target: Path, cause: str) -> ProblemsFound:
    return _unusable("not-writable", f"`{shown(target)}` can't be written: {cause}", "choose another place")
