"""What comes of all matters put together: what an edit changes for someone, if anything."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from screener.authoring.diff.steps import Steps
from screener.records.impact.classes import Classes
from screener.records.impact.decide import Came, Comes, Partial
from screener.records.impact.effect import Effect, OnDay, Visit, Way
from screener.records.impact.matters import Matter, matters
from screener.records.impact.questions import Files
from screener.records.impact.reading import Readings

#: For so many days the files are kept, where they are others on each day.
_DAYS = 8


class _Calling(NamedTuple):
    """A line that calls for a next step as before; `ranks` are the places of the step in both files."""

    ranks: tuple[int, int]
    line: Classes


class Effects:
    """What an edit changes, for one person after the other. Most cost no more than a few look-ups.

    `old` and `new` give the rule files for a day; all is planned with those of the `day` of the first person.
    """

    def __init__(self, old: OnDay, new: OnDay, day: date) -> None:
        files_on = lru_cache(_DAYS)(lambda day: Files(old(day), new(day)))
        self._files = files_on(day)
        self._plan = plan = matters(self._files)
        self._readings = Readings(files_on, day)
        self._differing: dict[frozenset[str], list[Classes]] = {}
        shared: dict[Partial, Partial] = {}
        for matter in plan.differing:
            classes = Classes(matter, files_on, day, self._readings, shared)
            self._differing.setdefault(matter.taking, []).append(classes)
        self._calling = [
            _Calling(_ranks(self._files, one), Classes(one, files_on, day, self._readings, shared))
            for one in plan.calling
        ]
        self._calling.sort(key=lambda one: one.ranks, reverse=True)
        self._told, self._all = _questions(plan.differing), _questions((*plan.differing, *plan.calling))
        was = [plan.steps.get(step.id, step.id) for step in self._files.old.dispositions]
        self._order = Steps(was, [step.id for step in self._files.new.dispositions])
        self._known: dict[tuple[tuple[int, int], tuple[int, ...]], Effect | None] = {}

    def of(self, visit: Visit) -> Effect | None:
        """What changes for someone; None if nothing does."""
        day, numbers = visit.day, self._readings.numbers(visit.answers, self._told, visit.day)
        if not self._plan.steps_differ and not self._counts(numbers, day):
            return None
        partials = [one.of(numbers, day) for some in self._differing.values() for one in some]
        ranks = self._called_for(partials, visit)
        key = ranks, tuple(map(id, partials))  # these live as long as this does, and equal ones are the same
        if key not in self._known:
            self._known[key] = self._together(partials, ranks)
        return self._known[key]

    def place(self, effect: Effect) -> int:
        """How urgent the next step is that someone has now."""
        return self._files.new.urgency[effect.now]

    def _counts(self, numbers: dict[str, int], day: date) -> bool:
        """Whether something comes of a matter. Where both files read the answers alike, some need no look."""
        uneven = self._readings.uneven
        return any(
            one.of(numbers, day).counts
            for taking, some in self._differing.items()
            if not taking or any(numbers[id] in uneven[id] for id in taking)
            for one in some
        )

    def _called_for(self, partials: Sequence[Partial], visit: Visit) -> tuple[int, int]:
        """The places of the next steps in both files; lines that call for no more urgent one are not looked at."""
        old, new = (max((one.ranks[side] for one in partials), default=0) for side in (0, 1))
        numbers = self._readings.numbers(visit.answers, self._all, visit.day)
        for (was, now), line in self._calling:
            if was > old or now > new:
                called = line.of(numbers, visit.day).ranks
                old, new = max(old, called[0]), max(new, called[1])
        return old, new

    def _together(self, partials: Sequence[Partial], ranks: tuple[int, int]) -> Effect | None:
        old, new = self._files
        before, now = old.dispositions[ranks[0]].id, new.dispositions[ranks[1]].id
        way = self._way(self._plan.steps.get(before, before), now)
        came = {one for partial in partials for one in partial.comes}
        lines, were = [line.id for line in new.guidance], [line.id for line in old.guidance]
        effect = Effect(
            before,
            now,
            way,
            added=_in_order(came, "added", lines),
            taken=_in_order(came, "taken", were),
            surer=_in_order(came, "surer", lines),
            vaguer=_in_order(came, "vaguer", lines),
            reworded=_in_order(came, "reworded", lines),
            step_reworded=way == "same" and ("step", now) in came,
            referral_reworded=any(comes == "referral" for comes, _ in came),
            gone=_in_order(came, "gone", old.by_question),
            asks=_in_order(came, "asks", new.by_question),
            may_ask=_in_order(came, "may_ask", new.by_question),
        )
        return effect if effect.weight else None

    def _way(self, before: str, now: str) -> Way:
        if before == now:
            return "same"
        if self._order.as_urgent(before, now):
            return "more"
        return "less" if self._order.as_calm(before, now) else "other"


def _ranks(files: Files, line: Matter) -> tuple[int, int]:
    """The places of the next step that a line calls for."""
    old, new = (
        next(rules.urgency[one.disposition] for one in rules.guidance if one.id == id and one.disposition)
        for rules, id in zip(files, (line.old, line.new), strict=True)
    )
    return old, new


def _questions(some: Iterable[Matter]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(id for matter in some for id in matter.questions))


def _in_order(came: Collection[Came], comes: Comes, order: Iterable[str]) -> tuple[str, ...]:
    """The ids of all of which this comes, in the order in which the file has them."""
    return tuple(id for id in order if (comes, id) in came)
