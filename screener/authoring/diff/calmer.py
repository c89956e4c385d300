"""Who ends with a calmer next step, decided over all answers to either file."""

from collections.abc import Iterator, Sequence

from screener.authoring.diff.changes import Change, Demand
from screener.authoring.diff.steps import Steps
from screener.authoring.diff.worlds import World
from screener.rulefile.model import Disposition


def calmer(forth: World, back: World, changes: Sequence[Change], steps: Steps) -> Iterator[Demand]:
    """Each next step in whose place somebody has one now that isn't surely as urgent, the most urgent one first.

    Only steps that come for other answers can be meant, so that nothing is asked of files that differ elsewhere.
    """
    moved = {change.id for change in changes if change.kind == "disposition" and change.shifts}
    before, now = (_moved(rules.dispositions, moved) for rules in (back.given.rules, forth.given.rules))
    for was in reversed(before):
        found = (_move(forth, back, was, one, steps) for one in now if not steps.as_urgent(was, one))
        yield from [demand for demand in found if demand is not None][:1]


def _moved(steps: Sequence[Disposition], moved: set[str]) -> list[str]:
    return [step.id for step in steps if step.id in moved]


def _move(forth: World, back: World, was: str, now: str, steps: Steps) -> Demand | None:
    """That somebody had one step and has the other now, with answers to the old file if these show it."""
    than = "the calmer " if steps.as_calm(was, now) else "not surely as urgent, "
    why = f"someone has {than}`{now}` for a next step now, and had `{was}`"
    answers = back.some(back.given.exactly(was), back.seen.exactly(now))
    if answers is not None:
        return Demand("major", "disposition", now, why, answers)
    answers = forth.some(forth.seen.exactly(was), forth.given.exactly(now))
    return None if answers is None else Demand("major", "disposition", now, why, answers, "new")
