"""Whole files, written whole or not at all, readable by their owner only."""

import errno
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from screener.ground.files.places import cause_of, check_writable, forget, is_there, unwritable
from screener.ground.problems import Problem, ProblemsFound
from screener.ground.stopping import held, stored

#: What the names of files begin with that are there for a moment only.
_PREFIX = ".screener-"
#: Where Linux shows the files that a process has open, so that one without a name can be given one.
_OPEN_FILES = "/proc/self/fd"
#: A process may have only so many files open.
_MOST_OPEN = 100
#: What file systems answer that know no links.
_NO_LINKS = (errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP)


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
        ready = [(drafts.enter_context(_draft(path, [data], may_be_open)), path) for path, data in files.items()]
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
            sync(draft)
            draft.replace(path)
            _keep_names(path.parent)
            stored()
    finally:
        forget(draft)


def sync(path: Path) -> None:
    """Have a file that another program wrote safe on the disk as it is now. Raises ProblemsFound."""
    with _unwritable_if_failing(path):
        number = os.open(path, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)


def write_in_parts(path: Path, parts: Iterable[bytes], force: bool) -> int:
    """Write a file that is too large to be held whole; how many bytes it has. Raises ProblemsFound, and leaves none."""
    check_writable(path, force)
    with _draft(path, parts, True) as draft, held():
        _into_place([(draft, path)], force)
        stored()
        return draft.size


class _Draft(NamedTuple):
    """A finished file that is not yet in its place: its path in the same folder, or its number if it has no name; and
    how many bytes it has.
    """

    path: str
    number: int | None
    size: int


@contextmanager
def _draft(target: Path, parts: Iterable[bytes], may_be_open: bool) -> Iterator[_Draft]:
    """The content of a file, safe on the disk, and gone at the end if it was not put into place.

    The file has no name where the system can do that, so that nothing can stay behind whatever happens.
    """
    number = _without_name(target.parent) if may_be_open else None
    if number is not None:
        try:
            size = _fill(target, number, parts)
            yield _Draft(f"{_OPEN_FILES}/{number}", number, size)
        finally:
            os.close(number)
        return
    from tempfile import mkstemp  # only needed where every file has a name

    with held(), ExitStack() as gone:
        with _unwritable_if_failing(target):
            number, name = mkstemp(prefix=_PREFIX, dir=target.parent)
        gone.callback(forget, name)
        try:
            size = _fill(target, number, parts)
        finally:
            os.close(number)
        yield _Draft(name, None, size)


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


def _fill(target: Path, number: int, parts: Iterable[bytes]) -> int:
    """Write all parts and have them safe on the disk; how many bytes they are."""
    with _unwritable_if_failing(target), os.fdopen(number, "wb", closefd=False) as file:
        for part in parts:
            file.write(part)
        file.flush()
        os.fsync(file.fileno())
        return file.tell()


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
                undone.callback(forget, path)
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
    tidied.callback(forget, name)
    return draft._replace(path=name, number=None)


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
    tidied.callback(forget, name)
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


@contextmanager
def _unwritable_if_failing(target: Path) -> Iterator[None]:
    """What the system refuses is a problem of the file that is written, whatever file it refused."""
    try:
        yield
    except (OSError, ValueError) as error:
        raise unwritable(target, cause_of(error)) from None
