"""Each matter decided once for all people of whose answers its conditions say the same."""

from collections.abc import Hashable, Mapping
from datetime import date

from screener.records.impact.decide import Partial, decide, narrowed
from screener.records.impact.matters import Matter
from screener.records.impact.reading import FilesOn, Readings, as_answers
from screener.records.impact.saying import sayings


class Classes:
    """What comes of one matter, by what its conditions say of the answers to its questions.

    Answers are named by the numbers that `readings` gives them. `shared` has what came of any matter: what is equal is
    the same.
    """

    def __init__(
        self, matter: Matter, files_on: FilesOn, day: date, readings: Readings, shared: dict[Partial, Partial]
    ) -> None:
        self._matter, self._files_on, self._readings, self._shared = matter, files_on, readings, shared
        self._by_day = any(rules.counted_back & set(matter.questions) for rules in files_on(day))
        self._take(day)
        self._classes = [(id, dict[int, int]()) for id in matter.questions]
        self._numbers: dict[Hashable, int] = {}
        self._known: dict[tuple[int | None, ...], Partial] = {}

    def of(self, numbers: Mapping[str, int], day: date) -> Partial:
        """What comes out for someone whose answers have these numbers, and who came on this day."""
        found = self._known.get(tuple([classes.get(numbers[id]) for id, classes in self._classes]))
        return self._decided(numbers, day) if found is None else found

    def _decided(self, numbers: Mapping[str, int], day: date) -> Partial:
        if self._by_day and day != self._day:
            self._take(day)
        for id, classes in self._classes:
            if numbers[id] not in classes:
                classes[numbers[id]] = self._class(id, numbers[id])
        key = tuple(classes[numbers[id]] for id, classes in self._classes)
        if key not in self._known:
            both = {id: self._readings.both(id, numbers[id]) for id in self._matter.questions}
            old, new = {id: one.old for id, one in both.items()}, {id: one.new for id, one in both.items()}
            found = decide(self._matter, self._files, (as_answers(old), as_answers(new)))
            self._known[key] = self._shared.setdefault(found, found)
        return self._known[key]

    def _class(self, id: str, number: int) -> int:
        """A number for what both files say of an answer."""
        both = self._readings.both(id, number)
        old, new = (saying[id] for saying in self._sayings)
        return self._numbers.setdefault((old.of(both.old), new.of(both.new)), len(self._numbers))

    def _take(self, day: date) -> None:
        """Take the files as they are on a day."""
        self._day, self._files = day, narrowed(self._files_on(day), self._matter)
        steps = (self._matter.old, self._matter.new) if self._matter.kind == "step" else (None, None)
        self._sayings = [sayings(rules, self._matter, step) for rules, step in zip(self._files, steps, strict=True)]
