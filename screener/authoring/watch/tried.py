"""How the worked cases come out after a save."""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from screener.authoring.cases import WorkedCase, read_cases, run
from screener.authoring.watch.checked import Read
from screener.ground.files import shown
from screener.ground.problems import Problem, ProblemsFound
from screener.rulefile.model import RuleFile


class Tried(NamedTuple):
    """The worked cases, and of each that fails what came out otherwise, with its place.

    `problems` say why they can't be read; `text` is None where there are none.
    """

    text: str | None = None
    worked: tuple[WorkedCase, ...] = ()
    failed: Mapping[str, tuple[Problem, ...]] = {}
    problems: tuple[Problem, ...] = ()


def tried(rules: RuleFile, place: Path, read: Read, before: Tried | None) -> Tried:
    """What the cases of this file come to. `before` is the same for a rule file of the same logic, if there was one."""
    try:
        text = read(place)
    except ProblemsFound as found:
        missing = any(problem.code == "not-found" for problem in found.problems)
        return Tried(problems=() if missing else found.problems)
    if before is not None and before.text == text and not before.problems:
        return before
    try:
        worked, source = read_cases(text, rules, shown(place))
    except ProblemsFound as found:
        return Tried(text, problems=found.problems)
    failed: dict[str, tuple[Problem, ...]] = {}
    for one in worked:
        said = [f"case `{one.case.id}`: {failure}" for failure in run(rules, one)]
        if said:
            route, about = ("cases", one.case.id), one.case.about or ""
            failed[one.case.id] = tuple(source.problem("case-failed", line, route, about) for line in said)
    return Tried(text, worked, failed)
