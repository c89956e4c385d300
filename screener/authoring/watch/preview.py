"""Whose summary is shown after a save: that of the answers file, or of a worked case."""

from pathlib import Path
from typing import NamedTuple

from screener.authoring.watch.checked import Read
from screener.authoring.watch.tried import Tried
from screener.engine.answers import read_answers
from screener.engine.assess import Summary, assess
from screener.ground.files import shown
from screener.ground.problems import Problem, ProblemsFound
from screener.rulefile.model import RuleFile


class Preview(NamedTuple):
    """A summary, and in words whose answers it is for; or why there is none.

    `case` is the worked case that failed last, which stays in sight once it is mended.
    """

    whose: str
    summary: Summary | None = None
    problems: tuple[Problem, ...] = ()
    case: str | None = None


def preview(rules: RuleFile, answers: Path | None, read: Read, tried: Tried, before: Preview | None) -> Preview:
    """What the person with these answers reads; without an answers file, the person of a worked case."""
    return _of_file(rules, answers, read) if answers is not None else _of_case(rules, tried, before)


def _of_file(rules: RuleFile, path: Path, read: Read) -> Preview:
    name = shown(path)
    try:
        return Preview(f"for the answers in {name}", assess(rules, read_answers(read(path), rules, name).answers))
    except ProblemsFound as found:
        if any(problem.code == "not-found" and not problem.file for problem in found.problems):
            return Preview(f"comes back with {name}, which is gone")
        return Preview(f"for the answers in {name}, once they can be read", problems=found.problems)


def _of_case(rules: RuleFile, tried: Tried, before: Preview | None) -> Preview:
    """The last case that fails; else the one that failed last; else the first one."""
    by_id = {one.case.id: one for one in tried.worked}
    failing, failed = next(reversed([*tried.failed]), None), before.case if before else None
    chosen = failing or (failed if failed in by_id else None) or next(iter(by_id), None)
    if chosen is None:
        return Preview("needs answers: name a file with --answers, or write a worked case", case=failed)
    words = "which fails" if failing else "which failed last" if chosen == failed else "the first one"
    whose = f"for the answers of the case `{chosen}`, {words}"
    return Preview(whose, assess(rules, by_id[chosen].answers), case=failing or failed)
