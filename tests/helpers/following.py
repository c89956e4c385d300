"""From the calls of a program, as strace writes them, to what they change in a folder."""

import os
import re
from collections.abc import Iterator
from pathlib import PurePath
from typing import NamedTuple

from disks import FORGOTTEN, ROOT, Change, Disk, Name, Naming, Resize, Write, apply, rename

#: An open file with its path: `3</folder/file>(deleted)`. All letters of a path are written as `\x2f`.
OPEN = re.compile(r"(\d+|AT_FDCWD)<([^>]*)>(\(deleted\))?")
STRING = re.compile(r'"((?:\\x[0-9a-f]{2})*)"(\.\.\.)?')
PATH = re.compile(rf"(?:{OPEN.pattern}, )?{STRING.pattern}")
DESCRIPTOR = re.compile(r"/proc/(?:self|\d+)/fd/(\d+)")


class Call(NamedTuple):
    """A call that succeeded. `since` is how many others had ended when it began."""

    name: str
    arguments: str
    result: str
    since: int


class Sync(NamedTuple):
    """From now on a file, or the names in a folder, are safe as they were after so many things done."""

    file: int
    since: int


class Said(NamedTuple):
    """The program wrote this line to standard output."""

    line: str


Followed = Change | Sync | Said


class Place(NamedTuple):
    """A path below the folder that is watched: the last folder on it, the name in there, and what has this name."""

    path: str
    folder: int
    name: str
    file: int | None


class Follower:
    """Knows which file each call means. `done` is what happened to them, `names` tells the first path of each."""

    def __init__(self, before: Disk, folder: str, said: str) -> None:
        self.done: list[Followed] = []
        self.names = {ROOT: "."} | dict(_numbered(before))
        self._before, self._folder, self._said = before, PurePath(folder), said
        self._contents = {number: bytearray(held) for number, held in before.contents.items()}
        self._folders = {number: dict(names) for number, names in before.folders.items()}
        self._ended = [0]  # how much was done after so many calls
        self._line = b""
        # Files that lost their name, by their path then, or never had one, by what they are called and by descriptor.
        self._nameless: dict[str, int] = {}
        self._unnamed: dict[str, int] = {}
        # Where the next write goes, by descriptor; None for the end of the file.
        self._positions: dict[str, int | None] = {}
        self._ways = {
            **dict.fromkeys(("open", "openat", "creat"), self._open),
            **dict.fromkeys(("write", "writev"), self._write),
            **dict.fromkeys(("pwrite64", "pwritev", "pwritev2"), self._write_at),
            **dict.fromkeys(("fsync", "fdatasync"), self._sync),
            **dict.fromkeys(("mkdir", "mkdirat"), self._make_folder),
            **dict.fromkeys(("unlink", "unlinkat", "rmdir"), self._unlink),
            **dict.fromkeys(("rename", "renameat", "renameat2"), self._rename),
            **dict.fromkeys(("link", "linkat"), self._link),
            "lseek": self._seek,
            "ftruncate": self._resize,
        }

    def follow(self, call: Call) -> None:
        """Take down what this call did, if it did anything in the folder."""
        if any(cut for _, cut in STRING.findall(call.arguments)):
            raise RuntimeError(f"Not all of a `{call.name}` was seen")
        self._ways[call.name](call)
        self._ended.append(len(self.done))

    @property
    def before(self) -> Disk:
        """What was in the folder at first. Folders that were made later are there already, without a name."""
        return self._before._replace(folders={number: {} for number in self._folders} | dict(self._before.folders))

    def now(self) -> Disk:
        """What is in the folder after what was done until now."""
        return Disk({number: bytes(held) for number, held in self._contents.items()}, self._folders)

    def _open(self, call: Call) -> None:
        if not (opened := OPEN.match(call.result)):
            return
        place = self._place(_text(opened[2]))
        if place and "O_TMPFILE" in call.arguments:
            self._unnamed[opened[1]] = self._nameless[place.name] = self._new(place.path)
        elif place:
            number = self._new(place.path) if place.file is None else place.file
            if place.file is None:
                self._name(Name(place.folder, place.name, number))
            if "O_TRUNC" in call.arguments and self._contents[number]:
                self._change(Resize(number, 0))
        self._positions[opened[1]] = None if "O_APPEND" in call.arguments else 0

    def _write(self, call: Call) -> None:
        opened = OPEN.match(call.arguments)
        if opened and _text(opened[2]) == self._said:
            *lines, self._line = (self._line + _written(call)).split(b"\n")
            self.done += [Said(line.decode("utf-8", "replace")) for line in lines]
        elif opened and (number := self._file(opened)) is not None:
            at = self._positions.get(opened[1], 0)
            self._change(Write(number, len(self._contents[number]) if at is None else at, _written(call)))
            if at is not None:
                self._positions[opened[1]] = at + int(call.result)

    def _write_at(self, call: Call) -> None:
        if (number := self._opened(call)) is not None:
            plain = call._replace(arguments=call.arguments.rpartition(", ")[0]) if call.name == "pwritev2" else call
            self._change(Write(number, _last(plain), _written(call)))

    def _resize(self, call: Call) -> None:
        if (number := self._opened(call)) is not None and len(self._contents[number]) != _last(call):
            self._change(Resize(number, _last(call)))

    def _seek(self, call: Call) -> None:
        if opened := OPEN.match(call.arguments):
            self._positions[opened[1]] = int(call.result)

    def _sync(self, call: Call) -> None:
        if (number := self._opened(call)) is not None:
            self.done.append(Sync(number, self._ended[call.since]))

    def _make_folder(self, call: Call) -> None:
        (place,) = self._places(call)
        if place:
            number = self._new(place.path)
            self._folders[number] = {}
            self._name(Name(place.folder, place.name, number))

    def _unlink(self, call: Call) -> None:
        (place,) = self._places(call)
        if place:
            self._lose(place)
            self._name(Name(place.folder, place.name, None))

    def _rename(self, call: Call) -> None:
        source, target = self._places(call)
        if "RENAME_EXCHANGE" in call.arguments:
            raise RuntimeError("Two names changed places, which is not understood")
        if target:
            self._lose(target)
        gone = [Name(source.folder, source.name, None)] if source else []
        self._name(*gone, *([Name(target.folder, target.name, source.file if source else None)] if target else []))

    def _link(self, call: Call) -> None:
        source, target = self._places(call)
        found = [_text(path) for *_, path, _ in PATH.findall(call.arguments)]
        nameless = DESCRIPTOR.fullmatch(found[0])
        number = self._unnamed.get(nameless[1]) if nameless else source and source.file
        if target:
            self._name(Name(target.folder, target.name, number))

    def _change(self, change: Write | Resize) -> None:
        apply(self._contents[change.file], change)
        self.done.append(change)

    def _name(self, *names: Name) -> None:
        if names:
            rename(self._folders, names)
            self.done.append(Naming(names))

    def _new(self, path: str) -> int:
        number = len(self.names)
        self.names[number] = path
        self._contents[number] = bytearray()
        return number

    def _lose(self, place: Place) -> None:
        """Remember what has this name: it may still be open."""
        if place.file is not None:
            self._nameless[place.path] = place.file

    def _opened(self, call: Call) -> int | None:
        opened = OPEN.match(call.arguments)
        return self._file(opened) if opened else None

    def _file(self, opened: re.Match[str]) -> int | None:
        """The file or folder that a descriptor stands for; None if it is none of ours."""
        if not (place := self._place(_text(opened[2]))):
            return ROOT if _text(opened[2]) == str(self._folder) else None
        if not opened[3]:
            return place.file
        return self._nameless.get(place.path, self._nameless.get(place.name))

    def _places(self, call: Call) -> list[Place | None]:
        """The places that a call names, each by a path: from some folder on, or from the one that is watched."""
        found = PATH.findall(call.arguments)
        return [self._place(str(self._folder / _text(folder) / _text(path))) for _, folder, _, path, _ in found]

    def _place(self, path: str) -> Place | None:
        whole = PurePath(os.path.normpath(path))
        if self._folder not in whole.parents or whole.name.endswith(FORGOTTEN):
            return None
        below = whole.relative_to(self._folder)
        folder: int | None = ROOT
        for part in below.parts[:-1]:
            folder = None if folder is None else self._folders.get(folder, {}).get(part)
        if folder is None:
            return None
        return Place(str(below), folder, whole.name, self._folders.get(folder, {}).get(whole.name))


def _numbered(disk: Disk, folder: int = ROOT, path: str = "") -> Iterator[tuple[int, str]]:
    for name, number in disk.folders[folder].items():
        yield number, path + name
        if number in disk.folders:
            yield from _numbered(disk, number, f"{path}{name}/")


def _bytes(written: str) -> bytes:
    return bytes.fromhex(written.replace("\\x", ""))


def _text(written: str) -> str:
    return os.fsdecode(_bytes(written))


def _written(call: Call) -> bytes:
    """What a call wrote, which may be less than it was told to."""
    return b"".join(_bytes(part) for part, _ in STRING.findall(call.arguments))[: int(call.result)]


def _last(call: Call) -> int:
    return int(call.arguments.rpartition(", ")[2])
