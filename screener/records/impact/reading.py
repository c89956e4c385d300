"""Answers as JSON has them → as both files read them, as far as they can; each is read once."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

from screener.engine.answers import Refused, read_answer
from screener.ground.marks import MARKS, Mark
from screener.records.impact.questions import Files
from screener.rulefile.conditions.tree import Answer
from screener.rulefile.model import RuleFile
from screener.rulefile.repeats import all_repeated

#: Both files as they are on a day.
FilesOn = Callable[[date], Files]
#: An answer as a file reads it. None without one, and where the file can't read it.
Reading = Answer | Mark | None
#: So many answers to a question are remembered as they came: some are in people's own words.
_MOST = 50_000
#: Stands for the words of anybody where no text repeats them, as no condition tells them apart.
_WORDS = "words"


class Both(NamedTuple):
    """An answer as the old file reads it and as the new one does; on a day, if limits are counted back from it."""

    day: date | None
    old: Reading
    new: Reading


class Readings:
    """All answers that people gave, each with a number by which it is looked up; what is read alike has the same one.

    `uneven` are the numbers of those that the two files don't read alike, for each question.
    """

    def __init__(self, files_on: FilesOn, day: date) -> None:
        files = files_on(day)
        self._files_on = files_on
        self._by_day = frozenset(id for rules in files for id in rules.counted_back)
        self._repeated = frozenset(id for rules in files for id in all_repeated(rules))
        self._as_given: dict[str, dict[object, int]] = defaultdict(dict)
        self._numbers: dict[str, dict[Both, int]] = defaultdict(dict)
        self._by_number: dict[str, list[Both]] = defaultdict(list)
        self.uneven: dict[str, set[int]] = defaultdict(set)

    def numbers(self, answers: Mapping[str, Any], questions: Iterable[str], day: date) -> dict[str, int]:
        """The number of the answer to each of these questions, of someone who came on this day."""
        found = {}
        for id in questions:
            given = _given(answers.get(id))
            place = (day, given) if id in self._by_day else given
            known = self._as_given[id]
            number = known.get(place)
            if number is None:
                if len(known) >= _MOST:
                    known.clear()
                number = known[place] = self._number(id, given, day)
            found[id] = number
        return found

    def both(self, id: str, number: int) -> Both:
        """The answer to a question that has this number."""
        return self._by_number[id][number]

    def _number(self, id: str, given: object, day: date) -> int:
        old, new = (self._read(rules, id, given) for rules in self._files_on(day))
        both, numbers = Both(day if id in self._by_day else None, old, new), self._numbers[id]
        if both not in numbers:
            numbers[both] = len(numbers)
            self._by_number[id].append(both)
            if old != new:
                self.uneven[id].add(numbers[both])
        return numbers[both]

    def _read(self, rules: RuleFile, id: str, given: object) -> Reading:
        question = rules.by_question.get(id)
        if question is None or given is None:
            return None
        try:
            answer = read_answer(question, given)
        except Refused:
            return None  # an option that is gone, a value beyond a limit
        if isinstance(answer, str) and answer in question.reserved:
            return MARKS[answer]
        return _WORDS if question.type == "text" and id not in self._repeated else answer


def _given(value: Any) -> str | tuple[str, ...] | None:
    """An answer as it is looked up and read."""
    if value is None or isinstance(value, str):
        return value
    return tuple(map(str, value)) if isinstance(value, list | tuple) else str(value)


def as_answers(readings: Mapping[str, Reading]) -> dict[str, Answer]:
    """What was read, as the engine takes it."""
    return {
        id: reading.value if isinstance(reading, Mark) else reading
        for id, reading in readings.items()
        if reading is not None
    }
