"""Checks over every possible set of answers: each is decided exactly, or said to be undecided."""

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from screener.authoring.checks.logic import (
    effect,
    left_open,
    lines,
    parts,
    promise_pages,
    promises,
    reach,
    repeating,
    urgency,
    way_out,
)
from screener.authoring.checks.logic.check import Check
from screener.authoring.checks.page import Example, Page
from screener.authoring.checks.remark import Remark
from screener.proof.gates import Tick, Undecided
from screener.proof.prover import Prover
from screener.rulefile.model import RuleFile

CHECKS: tuple[Check[Any], ...] = (
    *reach.CHECKS,
    *left_open.CHECKS,
    *way_out.CHECKS,
    *effect.CHECKS,
    *parts.CHECKS,
    *lines.CHECKS,
    *promises.CHECKS,
    *urgency.CHECKS,
    *repeating.CHECKS,
)
NOT_DECIDED = Page(
    "not-decided",
    "error",
    "The time given with `--limit` was over, or the file is too large, before this was decided. It may hold or not: "
    "nothing is known. Give more time, or make the file smaller.",
    bad=Example(""),
    good=Example(""),
)
_ALSO = (promise_pages.CERTAIN_ONLY, promise_pages.EMPTY_PROMISE, NOT_DECIDED)
PAGES: tuple[Page, ...] = (*(check.page for check in CHECKS), *_ALSO)
_MOST_NAMED = 5
#: Hears which check is at work, and how far it is: of so many things the so-manieth.
Tell = Callable[[str, int, int], None]


class Proved(NamedTuple):
    """What was found, and for each thing that checks prove, in words, of how many of their subjects it was proved."""

    remarks: tuple[Remark, ...]
    sound: tuple[tuple[str, int], ...]


def prove(rules: RuleFile, tick: Tick, tell: Tell) -> Proved:
    """Run every check over every possible set of answers.

    `tick` is called now and then and may raise Undecided, from when on nothing is decided any more; `tell` hears how
    far it is.
    """
    try:
        with Prover(rules, tick) as prover:
            tick()  # in a small file the time may be over before anything asked
            return _all(prover, tell)
    except Undecided as undecided:
        message = f"nothing was decided about any set of answers: {undecided}"
        return Proved((NOT_DECIDED.remark(message, (), "give more time, or make the file smaller"),), ())


def _all(prover: Prover, tell: Tell) -> Proved:
    remarks: list[Remark] = []
    sound: list[tuple[str, int]] = []
    for check in CHECKS:
        subjects = check.subjects(prover.rules)
        undecided: list[str] = []
        proved: Counter[str] = Counter()
        for number, subject in enumerate(subjects):
            tell(check.page.code, number, len(subjects))
            try:
                prover.tick()
                found = list(check.look(prover, subject))
                proved[check.proved(prover, subject, found)] += 1
            except Undecided:
                undecided.append(check.name(subject))
                continue
            remarks += found
        remarks += _undecided(check.page.code, undecided, len(subjects))
        sound += proved.items()
    return Proved(tuple(remarks), tuple(sound))


def _undecided(code: str, names: list[str], of: int) -> Iterator[Remark]:
    if not names:
        return
    more = f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
    listed = ", ".join(f"`{name}`" for name in names[:_MOST_NAMED])
    message = f"`{code}` was not decided in {len(names)} of {of} cases: {listed}{more}"
    yield NOT_DECIDED.remark(message, (), "give more time with --limit; nothing is known about these")
