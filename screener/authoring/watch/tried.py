"""How the worked cases come out after a save."""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from screener.authoring.cases import WorkedCase, read_cases, run
from screener.authoring.watch.checked import Loaded, Read
from screener.ground.files import shown
from screener.ground.problems import Problem, ProblemsFound
from screener.rulefile.model import RuleFile
from screener.rulefile.yamltext import YamlText


class Tried(NamedTuple):
    """The worked cases, and of each that fails what came out otherwise, with its place.

    `problems` say why they can't be read; `text` is None where there are none.
    """

    text: str | None = None
    worked: tuple[WorkedCase, ...] = ()
    source: YamlText | None = None
    failed: Mapping[str, tuple[Problem, ...]] = {}
    problems: tuple[Problem, ...] = ()


def tried(now: Loaded, place: Path, read: Read, old: Loaded | None, before: Tried | None) -> Tried:
    """What the cases of this file come to. `before` is what they came to for the rule file `old`."""
    try:
        text = read(place)
    except ProblemsFound as found:
        missing = any(problem.code == "not-found" for problem in found.problems)
        return Tried(problems=() if missing else found.problems)
    kept = before if before is not None and before.text == text and not before.problems else None
    if kept is not None and old is not None and old.logic == now.logic:
        return kept
    try:
        if kept is not None and kept.source is not None and old is not None and old.words == now.words:
            return _run(now.rules, text, kept.worked, kept.source)
        return _run(now.rules, text, *read_cases(text, now.rules, shown(place)))
    except ProblemsFound as found:
        return Tried(text, problems=found.problems)


def _run(rules: RuleFile, text: str, worked: tuple[WorkedCase, ...], source: YamlText) -> Tried:
    failed: dict[str, tuple[Problem, ...]] = {}
    for one in worked:
        said = [f"case `{one.case.id}`: {failure}" for failure in run(rules, one)]
        if said:
            route, about = ("cases", one.case.id), one.case.about or ""
            failed[one.case.id] = tuple(source.problem("case-failed", line, route, about) for line in said)
    return Tried(text, worked, source, failed)
