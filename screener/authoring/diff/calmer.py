"""Who ends with a calmer next step, decided over all answers to either file."""

from collections.abc import Iterator, Sequence

from screener.authoring.diff.changes import Change, Demand
from screener.authoring.diff.steps import Steps
from screener.authoring.diff.worlds import World


def calmer(forth: World, back: World, changes: Sequence[Change], steps: Steps) -> Iterator[Demand]:
    """Each next step in whose place somebody has one now that isn't surely as urgent, the most urgent one first.

    Whoever has another step than before shows that one of the two comes for other answers: where neither does, nothing
    is asked.
    """
    moved = {change.id for change in changes if change.kind == "disposition" and change.shifts}
    before, now = ([step.id for step in rules.dispositions] for rules in (back.given.rules, forth.given.rules))
    for was in reversed(before):
        likely = [one for one in now if moved & {was, one} and not steps.as_urgent(was, one)]
        found = (_move(forth, back, was, one, steps) for one in likely)
        yield from [demand for demand in found if demand is not None][:1]


def _move(forth: World, back: World, was: str, now: str, steps: Steps) -> Demand | None:
    """That somebody had one step and has the other now, with answers to the old file if these show it."""
    than = "the calmer " if steps.as_calm(was, now) else "not surely as urgent, "
    why = f"someone has {than}`{now}` for a next step now, and had `{was}`"
    answers = back.some(back.given.exactly(was), back.seen.exactly(now))
    if answers is not None:
        return Demand("major", "disposition", now, why, answers)
    answers = forth.some(forth.seen.exactly(was), forth.given.exactly(now))
    return None if answers is None else Demand("major", "disposition", now, why, answers, "new")
