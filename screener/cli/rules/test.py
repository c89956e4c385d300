"""`screener rules test`: whether the worked cases of a rule file come out as they should."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from screener.cli import streams
from screener.cli.options import Cases, Limit, ManyRules
from screener.cli.worked import place_of_cases, read_worked

if TYPE_CHECKING:
    from collections.abc import Sequence

    from screener.authoring.cases import WorkedCase
    from screener.authoring.changes.noticed import Judged
    from screener.ground.problems import Problem
    from screener.rulefile.model import RuleFile

Strong = Annotated[
    bool,
    typer.Option("--strong", help="Say which small changes of a condition or next step no case would notice."),
]


def test(rules: ManyRules = None, cases: Cases = None, strong: Strong = False, limit: Limit = 60) -> int:
    """Run the worked cases of rule files: what must come out, what must not, and why."""
    from screener.cli.reading import rule_files
    from screener.ground.problems import ProblemsFound

    names = rule_files(rules)
    if cases is not None and len(names) > 1:
        raise typer.BadParameter("--cases belongs to one rule file. Name one only.")
    codes, problems = list[int](), list["Problem"]()
    for name in names:
        try:
            codes.append(_tested(name, cases, strong, limit))
        except ProblemsFound as found:
            problems += found.problems
    if problems:
        raise ProblemsFound(problems)
    return max(codes)


def _tested(name: str, cases: Path | None, strong: bool, limit: float) -> int:
    """Run the worked cases of one rule file; the exit code."""
    from screener.authoring.cases import as_problem, explained, failures
    from screener.authoring.checks.proved import counted
    from screener.cli.reading import kept
    from screener.ground.files import shown
    from screener.ground.listing import as_text
    from screener.rulefile import yamltext
    from screener.rulefile.find import find_rules, load_rules

    read = kept({})
    loaded = load_rules(name, read)
    worked, source = read_worked(loaded, place_of_cases(name, cases))
    failed = [(one.case, failure) for one in worked for failure in failures(loaded, one)]
    text = yamltext.read(read(find_rules(name)), shown(find_rules(name))) if failed else source
    told = (explained(as_problem(f, case, source), f, text) for case, f in failed)
    streams.out(as_text(told, streams.line_width(sys.stdout)))
    bad = len({case.id for case, _ in failed})
    streams.out(f"{counted(len(worked) - bad, 'case')} passed, {bad} failed\n")
    if strong and bad:
        streams.out("Which changes they would notice is looked at once they all pass.\n")
    if bad or not strong:
        return 1 if bad else 0
    return _strong(name, loaded, worked, limit)


def _strong(name: str, rules: "RuleFile", worked: "Sequence[WorkedCase]", limit: float) -> int:
    """Say how many changes the cases notice, and list the others with their places."""
    from screener.authoring.changes.noticed import remarks, share
    from screener.authoring.checks.placing import placed
    from screener.cli.reading import read
    from screener.ground.files import shown
    from screener.ground.listing import as_text
    from screener.ground.problems import shortened
    from screener.rulefile import yamltext
    from screener.rulefile.find import find_rules

    found, path = _judged(rules, worked, limit), find_rules(name)
    if found.unnoticed or found.undecided:
        text = yamltext.read(read(path), shown(path))
        help = "`screener rules cases RULES --suggest --strong` prints cases that notice them all"
        told = shortened(placed(remarks(found), lambda _: text), help)
        streams.out(as_text(told, streams.line_width(sys.stdout)))
    streams.out(f"{share(found.noticed, found.in_all)}\n")
    return 1 if found.unnoticed or found.undecided else 0


def _judged(rules: "RuleFile", worked: "Sequence[WorkedCase]", limit: float) -> "Judged":
    """What the cases notice. Raises ProblemsFound for a file that is too large."""
    from screener.authoring.changes.noticed import judged
    from screener.cli.clock import Clock
    from screener.ground.problems import Problem, ProblemsFound
    from screener.proof.gates import Undecided

    clock = Clock(limit)
    try:
        return judged(rules, worked, clock.tick, clock.tell)
    except Undecided as undecided:
        help = "look at a part of the rule file by itself"
        raise ProblemsFound([Problem("not-decided", f"no change was looked at: {undecided}", help)]) from None
    finally:
        clock.done()
