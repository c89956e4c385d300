"""A disk so small that it can be filled to the last byte."""

import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

#: What such a disk gives away at once.
PAGE = 4096
_FILLER = ".filler"


class SmallDisk(NamedTuple):
    """The folder where it is."""

    folder: Path

    def fill(self, left: int) -> None:
        """Leave so many pages free."""
        self.make_room()
        free = os.statvfs(self.folder).f_bavail - left
        (self.folder / _FILLER).write_bytes(bytes(max(0, free) * PAGE))

    def make_room(self) -> None:
        """Take away what fills it."""
        (self.folder / _FILLER).unlink(missing_ok=True)

    def files(self) -> set[str]:
        """What else is on it, by the path from its folder on; folders are no matter."""
        found = (path for path in self.folder.rglob("*") if path.is_file())
        return {str(path.relative_to(self.folder)) for path in found} - {_FILLER}


def missing() -> str:
    """What is missing for making one, as a sentence; empty when all is there."""
    if os.geteuid():
        return "Only root can make a disk of a few pages."
    with tempfile.TemporaryDirectory() as folder:
        return "" if _mounted(Path(folder)) and _gone(Path(folder)) else "Nothing can be mounted here."


@contextmanager
def small_disk(folder: Path) -> Iterator[SmallDisk]:
    """A new one at this folder, with nothing on it."""
    folder.mkdir()
    if not _mounted(folder):
        raise RuntimeError("A disk that could be made before can't be made now")
    try:
        yield SmallDisk(folder)
    finally:
        _gone(folder)


def _mounted(folder: Path) -> bool:
    return _succeeds("mount", "-t", "tmpfs", "-o", "size=4m,mode=700", "tmpfs", str(folder))


def _gone(folder: Path) -> bool:
    return _succeeds("umount", "--lazy", str(folder))


def _succeeds(*command: str) -> bool:
    return subprocess.run(command, capture_output=True, check=False).returncode == 0
