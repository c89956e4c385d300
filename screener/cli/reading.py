"""Reading what a command is given. A pipe that stays silent is named, so that nobody waits without knowing for what."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import cache
from pathlib import Path

from screener.cli import streams
from screener.ground.files import is_there, read_data, read_text, shown
from screener.rulefile.find import DEFAULT_RULES, load_either, load_rules
from screener.rulefile.model import RuleFile

#: Nothing is said of a pipe that is read to its end in less than this, in seconds.
_MOMENT = 1.0


def read(path: Path) -> str:
    """The whole text of a file, or of what comes through a pipe. Raises ProblemsFound."""
    with _named_while_silent(path):
        return read_text(path)


def read_bytes(path: Path) -> bytes:
    """The same for a file that may be a picture."""
    with _named_while_silent(path):
        return read_data(path)


def kept(paths: dict[str, Path]) -> Callable[[Path], str]:
    """Reads like `read`, each file once: what came through a pipe is gone. Its path is put in `paths` by its name."""

    @cache
    def read_once(path: Path) -> str:
        paths[shown(path)] = path
        return read(path)

    return read_once


def load(name: str, day: date | None = None) -> RuleFile:
    """The rule file with this path, or with this name among those that come with the tool. Raises ProblemsFound.

    Dates are counted from this day; from today, if none is given.
    """
    return load_rules(name, read, date.today if day is None else lambda: day)


def load_revision(name: str) -> RuleFile:
    """The same, or a rule file as git has it in a revision. Raises ProblemsFound."""
    return load_either(name, read)


def rule_files(names: Iterable[str] | None) -> list[str]:
    """Each of these once, or pico-laser if none is named.

    In the place of `NAME.sources.yaml` or `NAME.cases.yaml` the rule file that stands beside it is taken: programs such
    as pre-commit name whatever has changed.
    """
    return list(dict.fromkeys(_rule_file(name) for name in names or [DEFAULT_RULES]))


def _rule_file(name: str) -> str:
    for ending in (".sources.yaml", ".cases.yaml"):
        beside = name.removesuffix(ending) + ".yaml"
        if name.endswith(ending) and is_there(Path(beside)):
            return beside
    return name


@contextmanager
def _named_while_silent(path: Path) -> Iterator[None]:
    """Say what is waited for if it takes more than a moment. Opening a pipe can take as long as reading it."""
    if not is_there(path) or path.is_file():
        yield
        return
    from threading import Timer

    said = f"Waiting for what comes through {shown(path)}. Ctrl-C stops.\n"
    timer = Timer(_MOMENT, streams.talk, [said])
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
