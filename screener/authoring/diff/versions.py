"""Which version comes next: numbers such as 2.1.0, of which one part grows with what has changed."""

import re
from typing import Literal, NamedTuple

Level = Literal["none", "patch", "minor", "major"]
#: From what demands least to what demands most.
LEVELS: tuple[Level, ...] = ("none", "patch", "minor", "major")
_PART = "(0|[1-9][0-9]*)"
_WORDS = r"[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*"
_NUMBERED = re.compile(rf"{_PART}(?:\.{_PART}(?:\.{_PART}(?:-({_WORDS}))?)?)?(?:\+{_WORDS})?")
Core = tuple[int, int, int]


class _Version(NamedTuple):
    """Three numbers, the words of a version that comes before them, and how many of the numbers were written."""

    core: Core
    before: tuple[str, ...]
    written: int

    @property
    def place(self) -> tuple[Core, bool, list[tuple[bool, int, str]]]:
        """What tells which version comes first, as Semantic Versioning has it: 2.0.0-rc.1 comes before 2.0.0."""
        words = [(not word.isdigit(), int(word) if word.isdigit() else 0, word) for word in self.before]
        return self.core, not self.before, words


def _version(text: str) -> _Version | None:
    found = _NUMBERED.fullmatch(text)
    if found is None:
        return None
    given = [int(part) for part in found.groups()[:3] if part is not None]
    major, minor, patch = [*given, 0, 0][:3]
    return _Version((major, minor, patch), tuple((found[4] or "").split(".")) if found[4] else (), len(given))


def is_numbered(text: str) -> bool:
    """Whether a version is written as MAJOR, MAJOR.MINOR or MAJOR.MINOR.PATCH, the last perhaps with `-rc.1`."""
    return _version(text) is not None


def next_version(old: str, level: Level) -> str | None:
    """The smallest version without a word behind it that may follow, or None if the old one is not numbered.

    Before 1.0.0 the second number stands for the first, and the third for the second. What comes after 2.0.0-rc.1 is
    2.0.0, as large as the change may be: it was announced.
    """
    version = _version(old)
    if version is None or level == "none":
        return old if version else None
    core = _following(version, level)
    written = max(version.written, 3 if core[2] else 2 if core[1] else 1)
    return ".".join(str(part) for part in core[:written])


def _following(version: _Version, level: Level) -> Core:
    """The three numbers that are demanded after this version."""
    major, minor, patch = version.core
    grows = LEVELS.index(level) if major else LEVELS.index(level) - 1
    announced = grows <= 1 or (patch == 0 and (grows == 2 or minor == 0))
    if version.before and announced:
        return version.core
    if grows <= 1:
        return major, minor, patch + 1
    return (major, minor + 1, 0) if grows == 2 else (major + 1, 0, 0)


def is_enough(old: str, new: str, level: Level) -> bool:
    """Whether the new version is as large as this level demands. Raises ValueError if it or the old is not numbered."""
    before, after = _version(old), _version(new)
    if before is None or after is None:
        raise ValueError(new if before else old)
    if level == "none":
        return after.place >= before.place
    return after.place > before.place and after.core >= _following(before, level)
