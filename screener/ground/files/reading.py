"""Whole files, read as text."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from screener.ground.files.places import cause_of, shown, unusable
from screener.ground.problems import Problem, ProblemsFound

#: The largest file that is read: a questionnaire of thousands of questions is far smaller.
MAX_BYTES = 5 * 1024 * 1024


#: The largest picture that is read: a photo of a telephone is smaller.
MAX_PICTURE_BYTES = 4 * MAX_BYTES


def read_text(path: str | os.PathLike[str]) -> str:
    """The whole text of a file. Raises ProblemsFound if it is missing, unreadable, too large or not UTF-8."""
    return decoded(_whole(path, MAX_BYTES + 1), shown(path))


def read_data(path: str | os.PathLike[str]) -> bytes:
    """The bytes of a file that may be a picture. Raises ProblemsFound if it is missing, unreadable or too large."""
    data = _whole(path, MAX_PICTURE_BYTES + 1)
    if len(data) > MAX_PICTURE_BYTES:
        raise ProblemsFound([Problem("too-large", "the file is larger than 20 MiB", file=shown(path))])
    return data


def _whole(path: str | os.PathLike[str], most: int) -> bytes:
    """The bytes of a file, or the first so many."""
    with open_bytes(path) as file:
        return file.read(most)


@contextmanager
def open_bytes(path: str | os.PathLike[str]) -> Iterator[BinaryIO]:
    """A file to be read from its beginning, however large it is. Raises ProblemsFound, also while it is read."""
    name = shown(path)
    try:
        file = open(path, "rb")  # noqa: SIM115 – closed below; what is refused here is not what may be refused there
    except FileNotFoundError:
        raise unusable("not-found", f"there is no file `{name}`", "check the name and the folder") from None
    except IsADirectoryError:
        raise unusable("not-readable", f"`{name}` is a folder", "name a file in it") from None
    except (OSError, ValueError) as error:
        raise unusable("not-readable", f"`{name}` can't be read: {cause_of(error)}", "") from None
    with file:
        try:
            yield file
        except OSError as error:
            raise unusable("not-readable", f"`{name}` can't be read: {cause_of(error)}", "") from None


def read_secret(path: str | os.PathLike[str]) -> str:
    """The text of a file that nobody but its owner may read. Raises ProblemsFound, also if others may."""
    text = read_text(path)
    if os.name == "posix" and (mode := Path(path).stat().st_mode & 0o077):
        others = "write to" if mode & 0o022 and not mode & 0o044 else "read"
        help = f"make it yours alone: chmod 600 {shown(path)}"
        raise unusable("others-can-read", f"other people of this computer can {others} `{shown(path)}`", help)
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
