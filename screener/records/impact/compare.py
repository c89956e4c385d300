"""Which people an edit of a rule file concerns, those whose next step becomes more urgent first."""

from collections.abc import Callable, Iterable

from screener.records.impact.effect import WEIGHTS, Concerned, Impact, OnDay, Visit
from screener.records.impact.whole import Effects


def impact(old: OnDay, new: OnDay, visits: Iterable[Visit]) -> Impact:
    """Which of these people an edit concerns. `old` and `new` give the rule files for interviews on a day.

    People are gone through once. The files are asked for again only where a limit that is counted back from the
    interview has to do with the edit; then it goes faster if people of one day follow each other. What the two raise
    leaves here.
    """
    people, found, effects = 0, list[Concerned](), None
    for visit in visits:
        people += 1
        effects = effects or Effects(old, new, visit.day)
        if (effect := effects.of(visit)) is not None:
            found.append(Concerned(visit.id, visit.reference, visit.day, effect))
    return Impact(people, tuple(sorted(found, key=_order(effects)) if effects else ()))


def _order(effects: Effects) -> Callable[[Concerned], tuple[int, int, int, int, str]]:
    """What matters more comes first: of steps that are not calmer the more urgent one; then the newest, then by id."""

    def key(one: Concerned) -> tuple[int, int, int, int, str]:
        weight = one.effect.weight
        assert weight is not None  # noqa: S101 – an effect without one is no effect
        urgent = effects.place(one.effect) if weight in ("more-urgent", "other-step") else 0
        return WEIGHTS.index(weight), -urgent, -one.day.toordinal(), len(one.id), one.id

    return key
