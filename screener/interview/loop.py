"""The loop that asks: next question, back, change, review. It talks to an `Asker` and knows no terminal.

Answers to questions that an earlier change hides are kept aside; they count for nothing while hidden and
come back if their question is shown again.
"""

from enum import Enum
from typing import NamedTuple, Protocol

from screener.engine.answers import in_words
from screener.engine.assess import next_question, shown, view_of
from screener.rulefile.conditions.tree import Answer, State
from screener.rulefile.model import Answers, Question, RuleFile

NO_REASON = "The author of this questionnaire gave no reason."


class Move(Enum):
    """What a person can do instead of answering."""

    BACK = "back"


class Step(NamedTuple):
    """One question as it is asked now.

    `total` counts the questions that are or may still be asked; `exact` says that this can't change any
    more. `current` is the answer given before, offered again.
    """

    question: Question
    number: int
    total: int
    exact: bool
    current: Answer | None

    @property
    def heading(self) -> str:
        """Where the person is, such as `Your skin · question 4 of about 15`."""
        about = "" if self.exact else "about "
        counted = f"question {self.number} of {about}{self.total}"
        return f"{self.question.section} · {counted}" if self.question.section else counted.capitalize()


class Given(NamedTuple):
    """One line of the review: a question and the answer in words."""

    question: Question
    words: str


class Asker(Protocol):
    """A face of the interview: the terminal, or plain numbered lines."""

    def ask(self, step: Step) -> Answer | Move:
        """Ask until there is a valid answer, or BACK."""

    def review(self, given: tuple[Given, ...]) -> str | None:
        """Show every answer; the id of the question to change, or None when all is well."""

    def nothing_before(self) -> None:
        """Say that this is the first question."""


def interview(rules: RuleFile, answers: Answers, asker: Asker) -> Answers:
    """Ask what is missing, let everything be reviewed and changed, and give the answers that count."""
    given = dict(answers)
    settled: dict[str, State] = {}
    while True:
        question = next_question(rules, given, settled)
        if question is None:
            chosen = asker.review(review(rules, given))
            if chosen is None:
                return counted(rules, given)
            _change(rules, given, chosen, asker)
            settled = {}
        elif isinstance(answer := asker.ask(step(rules, given, question)), Move):
            _go_back(rules, given, question, asker)
            settled = {}
        else:
            given[question.id] = answer


def counted(rules: RuleFile, given: Answers) -> Answers:
    """The answers to questions that are shown, in the order of asking."""
    return {id: given[id] for id in shown(rules, given) if id in given}


def aside(rules: RuleFile, given: Answers) -> tuple[str, ...]:
    """The ids of answered questions that are not shown with these answers."""
    counts = counted(rules, given)
    return tuple(id for id in rules.by_question if id in given and id not in counts)


def missing(rules: RuleFile, given: Answers) -> tuple[Question, ...]:
    """The questions that are or may be asked and have no answer."""
    return tuple(rules.by_question[id] for id in shown(rules, given) if id not in given)


def review(rules: RuleFile, given: Answers) -> tuple[Given, ...]:
    """Every answer that counts, in words."""
    return tuple(
        Given(rules.by_question[id], in_words(rules.by_question[id], answer))
        for id, answer in counted(rules, given).items()
    )


def step(rules: RuleFile, given: Answers, question: Question) -> Step:
    """The question with its place among those that are or may be asked."""
    asked = shown(rules, given)
    return Step(
        question=question,
        number=asked.index(question.id) + 1,
        total=len(asked),
        exact=_exact(rules, given),
        current=given.get(question.id),
    )


def _exact(rules: RuleFile, given: Answers) -> bool:
    """Whether the answers so far settle which questions are asked."""
    view = view_of(rules, given)
    return not any(q.when is not None and q.when.holds(view) is None and q.id not in given for q in rules.questions)


def _change(rules: RuleFile, given: dict[str, Answer], id: str, asker: Asker) -> None:
    answer = asker.ask(step(rules, given, rules.by_question[id]))
    if not isinstance(answer, Move):
        given[id] = answer


def _go_back(rules: RuleFile, given: dict[str, Answer], question: Question, asker: Asker) -> None:
    """Ask the question before again, or the one before that, as long as the person goes back."""
    asked = shown(rules, given)
    index = asked.index(question.id)
    while index:
        index -= 1
        answer = asker.ask(step(rules, given, rules.by_question[asked[index]]))
        if not isinstance(answer, Move):
            given[asked[index]] = answer
            return
    asker.nothing_before()
