"""Who is counted, by what, and what a count shows: nothing here tells the size of a group that is not shown."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Literal, NamedTuple


class Person(NamedTuple):
    """One person: the day at the desk, the id of the next step, and the answers as JSON has them, by question id."""

    day: date
    step: str
    answers: Mapping[str, Any]


class Period(NamedTuple):
    """The days from one to another, both included."""

    since: date
    until: date


class CountedBy(NamedTuple):
    """What people are counted by; `question` is the id of one, where they are counted by its answers."""

    kind: Literal["day", "step", "question"]
    question: str = ""


DAY, STEP = CountedBy("day"), CountedBy("step")
#: What people would like help with, as the questionnaire that comes with the tool asks it.
CONCERN = CountedBy("question", "concerns")


class Group(NamedTuple):
    """People who have something in common. `people` is None where their number is not shown.

    The id of an option, a step or a day is its own; others have a blank in it, which no id of a rule file has.
    """

    id: str
    label: str
    people: int | None


class Tally(NamedTuple):
    """How many people there are in each group, all of them between the first and the last day of the period.

    `people` are all together, None where they are too few to be shown; then no group is. The period is None where none
    was named and nobody came, or too few. In `several` groups one person may be counted.
    """

    by: CountedBy
    title: str
    period: Period | None
    people: int | None
    groups: tuple[Group, ...]
    several: bool = False

    @property
    def hides(self) -> bool:
        """Whether the number of some group is not shown."""
        return any(group.people is None for group in self.groups)
