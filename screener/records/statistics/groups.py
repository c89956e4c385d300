"""Which groups there are, what they are called, and in which of them someone is."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from typing import NamedTuple

from screener.engine.addressed import in_general
from screener.engine.answers import RESERVED_WORDS
from screener.ground.hiding import Several
from screener.ground.marks import DECLINED, MARKS, SKIPPED, UNSURE, Mark
from screener.ground.problems import Problem, ProblemsFound, did_you_mean, names
from screener.records.statistics.tally import CountedBy, Period, Person
from screener.rulefile.model import Question, RuleFile

#: Those without an option or a step of their own. The ids have a blank, which no id of a rule file has.
NOT_ASKED, OTHER, NO_STEP = Mark.HIDDEN.value, "another answer", "no step"
_OURS = {
    UNSURE: RESERVED_WORDS[UNSURE],
    DECLINED: "Would rather tell the professional in person",
    SKIPPED: "Skipped",
    NOT_ASKED: "Not asked",
    OTHER: "An answer that is no longer offered",
    NO_STEP: "No next step yet",
}
#: The types of question that people can be counted by.
_CHOSEN = ("one", "many", "yes-no")


class Groups(NamedTuple):
    """What people are counted by: the labels of the groups that are known before anyone is counted, in their order.

    `of` gives the ids of the groups in which someone is. Who is in one of the `shared` groups may be in several, and is
    in so many as `choices` says.
    """

    title: str
    labels: Mapping[str, str]
    of: Callable[[Person], tuple[str, ...]]
    shared: frozenset[str] = frozenset()
    choices: Several = Several()

    def label(self, id: str) -> str:
        """What a group is called, also one that nobody knew of."""
        return self.labels.get(id) or _OURS.get(id, id)


def groups(by: CountedBy, editions: Sequence[RuleFile]) -> Groups:
    """The groups that there are in these editions of a rule file, the newest first, in its words.

    Raises ProblemsFound where there is no such question, or nothing is chosen at it.
    """
    if by.kind == "day":
        return Groups("People by day", {}, lambda person: (person.day.isoformat(),))
    spoken = [in_general(one) for one in editions]
    if by.kind == "step":
        titles = _newest((step.id, step.title) for one in spoken for step in one.dispositions)
        return Groups("People by next step", titles, lambda person: (person.step or NO_STEP,))
    return _of_question(by.question, spoken)


def days(period: Period) -> Iterator[str]:
    """The ids of all days of a period."""
    since, until = period
    return ((since + timedelta(number)).isoformat() for number in range((until - since).days + 1))


def _of_question(id: str, editions: Sequence[RuleFile]) -> Groups:
    asked = [question for one in editions if (question := one.by_question.get(id)) and question.type in _CHOSEN]
    if not asked:
        raise ProblemsFound([_not_counted(id, editions)])
    options = _newest((key, option.label) for one in asked for key, option in one.choices.items())
    without = [word for word in MARKS if any(word in one.reserved for one in asked)]
    if len(asked) < len(editions) or any(one.when for one in asked):
        without.append(NOT_ASKED)
    labels = options | {word: _OURS[word] for word in without}
    shared = frozenset(key for one in asked for key in _together(one))
    return Groups(asked[0].ask, labels, _chosen_by(id, options), shared, _choices(asked[0], len(shared)))


def _newest(labels: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Each label by its id; of several the first."""
    found: dict[str, str] = {}
    for id, label in labels:
        found.setdefault(id, label)
    return found


def _choices(question: Question, shared: int) -> Several:
    """How many of so many options may be chosen together."""
    if question.type != "many":
        return Several()
    return Several(int(str(question.limits.low or 1)), int(str(question.limits.high or max(1, shared))))


def _together(question: Question) -> Iterator[str]:
    """The ids of what can be chosen together with others."""
    if question.type == "many":
        yield from (id for id, option in question.options.items() if not option.exclusive)
        yield OTHER


def _chosen_by(question: str, options: Mapping[str, str]) -> Callable[[Person], tuple[str, ...]]:
    """What someone chose. An answer that is none of these options is not told: it may be in the person's own words."""

    def of(person: Person) -> tuple[str, ...]:
        answer = person.answers.get(question)
        if answer is None or answer == []:
            return (NOT_ASKED,)
        chosen = answer if isinstance(answer, list | tuple) else (answer,)
        return tuple(dict.fromkeys(one if one in options or one in MARKS else OTHER for one in map(str, chosen)))

    return of


def _not_counted(id: str, editions: Sequence[RuleFile]) -> Problem:
    """Why people can't be counted by this question."""
    countable = [one.id for edition in editions[:1] for one in edition.questions if one.type in _CHOSEN]
    if any(id in edition.by_question for edition in editions):
        message, near = f"people can't be counted by `{id[:64]}`, as no option is chosen there", ""
    else:
        message, near = f"there is no question `{id[:64]}`", did_you_mean(id, countable)
    return Problem("not-counted", message, near or f"people are counted by one of: {names(countable)}")
