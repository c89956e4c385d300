"""What files and folders hold, and the changes that a program makes to them, each as a value."""

import shutil
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

#: Files and folders have numbers, as on a disk, because names come and go.
ROOT = 0
#: SQLite keeps the index of its log in memory that processes share: the file means nothing after a power cut.
FORGOTTEN = "-shm"


class Disk(NamedTuple):
    """What each file holds, and which names each folder has, by number."""

    contents: Mapping[int, bytes]
    folders: Mapping[int, Mapping[str, int]]


class Write(NamedTuple):
    """Bytes at a place in a file."""

    file: int
    offset: int
    data: bytes


class Resize(NamedTuple):
    """A file is cut off, or made longer with zeros."""

    file: int
    size: int


class Grow(NamedTuple):
    """What is left of a write at the end of a file when its size got to the disk and its bytes did not."""

    file: int
    size: int


class Name(NamedTuple):
    """A name in a folder stands for this file from now on, or for none."""

    folder: int
    name: str
    file: int | None


class Naming(NamedTuple):
    """Names that change together: one that is made or goes, or the two of a move."""

    names: tuple[Name, ...]


Change = Write | Resize | Grow | Naming


def after(disk: Disk, changes: Iterable[Change]) -> Disk:
    """The disk when these changes got to it, one after the other."""
    contents: dict[int, bytearray] = {}
    folders: dict[int, dict[str, int]] = {}
    for change in changes:
        if isinstance(change, Naming):
            for name in change.names:
                folders.setdefault(name.folder, dict(disk.folders.get(name.folder, {})))
            rename(folders, change.names)
        else:
            held = contents.get(change.file)
            if held is None:
                held = contents[change.file] = bytearray(disk.contents.get(change.file, b""))
            apply(held, change)
    written = {number: bytes(held) for number, held in contents.items()}
    return Disk({**disk.contents, **written}, {**disk.folders, **folders})


def apply(held: bytearray, change: Write | Resize | Grow) -> None:
    """Change what a file holds."""
    match change:
        case Write(_, offset, data):
            held.extend(bytes(max(0, offset - len(held))))
            held[offset : offset + len(data)] = data
        case Resize(_, size):
            del held[size:]
            held.extend(bytes(size - len(held)))
        case Grow(_, size):
            held.extend(bytes(max(0, size - len(held))))


def rename(folders: dict[int, dict[str, int]], names: Iterable[Name]) -> None:
    """Change which names folders have."""
    for folder, name, file in names:
        folders[folder].pop(name, None)
        if file is not None:
            folders[folder][name] = file


def found(folder: Path) -> Disk:
    """What is in a folder."""
    contents: dict[int, bytes] = {}
    folders: dict[int, dict[str, int]] = {ROOT: {}}
    numbers = {folder: ROOT}
    there = [path for path in sorted(folder.rglob("*")) if not path.name.endswith(FORGOTTEN)]
    for number, path in enumerate(there, start=1):
        numbers[path] = folders[numbers[path.parent]][path.name] = number
        if path.is_dir():
            folders[number] = {}
        else:
            contents[number] = path.read_bytes()
    return Disk(contents, folders)


def listed(disk: Disk, folder: int = ROOT, path: str = "") -> Iterator[tuple[str, bytes | None]]:
    """What can be reached by a name, with the path of it; None for a folder."""
    for name, number in sorted(disk.folders.get(folder, {}).items()):
        if number in disk.folders:
            yield path + name, None
            yield from listed(disk, number, f"{path}{name}/")
        else:
            yield path + name, disk.contents.get(number, b"")


def build(disk: Disk, folder: Path) -> None:
    """Make this folder hold what the disk does, and nothing else, for its owner only."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(0o700)
    for path, content in listed(disk):
        if content is None:
            (folder / path).mkdir(0o700)
        else:
            (folder / path).touch(0o600)
            (folder / path).write_bytes(content)
