"""The check of a rule file as `screener rules check` has it, without doing again what the last edit left as it was."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import NamedTuple

from screener.authoring.checks import CHECKS
from screener.authoring.checks.logic import NOT_DECIDED, Proved, prove
from screener.authoring.checks.placing import placed
from screener.authoring.checks.remark import Remark
from screener.authoring.watch.alike import Alike, logic_of, texts_of
from screener.ground.files import shown
from screener.ground.problems import Problem, ProblemsFound
from screener.proof.gates import Tick
from screener.rulefile import yamltext
from screener.rulefile.loader import load
from screener.rulefile.model import RuleFile

Read = Callable[[Path], str]
#: The checks that look at no condition; what they found stays as long as all else does.
OF_TEXTS = frozenset(["wording", "lengths"])


class Loaded(NamedTuple):
    """A rule file that could be read, the texts of it and of its sources by their paths, and when it was saved."""

    rules: RuleFile
    texts: Mapping[Path, str]
    at: str
    logic: Alike
    words: Alike


class Checked(NamedTuple):
    """All problems of a rule file, and what they were made of."""

    loaded: Loaded
    problems: tuple[Problem, ...]
    of_texts: Mapping[str, Sequence[Remark]]
    proved: Proved


def loaded(path: Path, read: Read, at: str, today: date) -> Loaded:
    """The rule file with this path on this day, and its sources. Raises ProblemsFound with all that is wrong."""
    texts: dict[Path, str] = {}

    def taken(place: Path) -> str:
        texts[place] = read(place)
        return texts[place]

    text = taken(path)
    rules = load(text, shown(path), lambda name: (taken(path.parent / name), shown(path.parent / name)), today)
    return Loaded(rules, texts, at, logic_of(rules), texts_of(rules))


def is_same(before: Loaded, read: Read) -> bool:
    """Whether the rule file and its sources still have the texts that they had."""
    try:
        return all(read(path) == text for path, text in before.texts.items())
    except ProblemsFound:
        return False


def is_proved(now: Loaded, before: Checked | None) -> bool:
    """Whether what was proved before is true of this file as well, and was all decided."""
    return (
        before is not None
        and before.loaded.logic == now.logic
        and all(remark.code != NOT_DECIDED.code for remark in before.proved.remarks)
    )


def checked(now: Loaded, before: Checked | None, tick: Tick) -> Checked:
    """Every problem, as `screener rules check` finds them. What `tick` raises leaves here, but for Undecided."""
    of_texts = _of_texts(now, before)
    proved = before.proved if before and is_proved(now, before) else prove(now.rules, tick, _unheard)
    remarks = [
        one for name, check in CHECKS.items() for one in (of_texts[name] if name in of_texts else check(now.rules))
    ]
    path, *beside = now.texts
    files = {False: path, True: beside[0] if beside else path}
    texts = cache(lambda in_sources: yamltext.read(now.texts[files[in_sources]], shown(files[in_sources])))
    return Checked(now, tuple(placed([*remarks, *proved.remarks], texts)), of_texts, proved)


def _of_texts(now: Loaded, before: Checked | None) -> Mapping[str, Sequence[Remark]]:
    if before is not None and before.loaded.words == now.words:
        return before.of_texts
    return {name: list(check(now.rules)) for name, check in CHECKS.items() if name in OF_TEXTS}


def _unheard(_check: str, _number: int, _of: int) -> None:
    """How far the proof is shows by itself."""
