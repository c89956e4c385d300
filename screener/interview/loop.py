"""The loop that asks: next question, back, change, review. It talks to an `Asker` and knows no terminal.

Answers to questions that an earlier change hides are kept aside; they count for nothing while hidden and
come back if their question is shown again.
"""

from collections.abc import Callable
from enum import Enum
from typing import NamedTuple, Protocol

from screener.engine.addressed import asked_as
from screener.engine.answers import in_words
from screener.engine.assess import shown
from screener.engine.certain import Certain
from screener.engine.progress import Progress
from screener.rulefile.conditions.tree import Answer
from screener.rulefile.model import Answers, Question, RuleFile

NO_REASON = "The author of this questionnaire gave no reason."
#: What is said when the most urgent next step is certain before everything is asked, and what a person can do then.
NEXT_STEP = "NEXT STEP: {}"
CERTAIN = "This follows from what you have answered so far, whatever else you answer."
WHAT_NOW = "What would you like to do now?"
GO_ON, FINISH = "Go on with the questions", "Finish here, with a summary of what is known"
#: Where a person is among the questions that are or may still be asked; at most so many where that can change.
COUNTED, AT_MOST = "question {} of {}", "question {} of at most {}"
IN_SECTION = "{} · {}"
CHECK, ALL_RIGHT = "Please check your answers.", "All is right: show my summary"
FIRST_QUESTION = "This is the first question. There is nothing to go back to."
TAKEN_BACK = "You changed an answer, so the next step that was named before does not follow any more."


class Move(Enum):
    """What a person can do instead of answering."""

    BACK = "back"


class Step(NamedTuple):
    """One question as it is asked now.

    `total` counts the questions that are or may still be asked; `exact` says that this can't change any
    more. `current` is the answer given before, offered again. `sections` counts the questions of each section
    that are or may still be asked, in their order.
    """

    question: Question
    number: int
    total: int
    exact: bool
    current: Answer | None
    sections: tuple[int, ...]

    @property
    def heading(self) -> str:
        """Where the person is, such as `Your skin · question 4 of at most 18`."""
        place = (COUNTED if self.exact else AT_MOST).format(self.number, self.total)
        return IN_SECTION.format(self.question.section, place) if self.question.section else place.capitalize()


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

    def goes_on(self, certain: Certain) -> bool:
        """Say that this next step is certain now; whether the person goes on with the questions that are left."""

    def taken_back(self) -> None:
        """Say that with a changed answer the next step that was certain no longer is."""


class Face(Asker, Protocol):
    """An asker that other things than questions can be asked through."""

    def way(self, ask: str, *ways: str) -> int:
        """Let one of several ways to go on be chosen; its number, from 0."""


def unheard(_step: Certain | None) -> None:
    """Nobody else is to know which next step is certain."""


def interview(
    rules: RuleFile,
    given: dict[str, Answer],
    asker: Asker,
    heard: Callable[[Certain | None], object] = unheard,
) -> Answers:
    """Ask what is missing, let everything be reviewed and changed, and give the answers that count.

    As soon as the most urgent next step is certain the person is told, and may finish there: then answers are
    missing. `given` grows in place, so that whatever fails in an asker, what was answered is not lost. `heard` is told
    after each answer which next step is certain, before the person is.
    """
    progress, told = Progress(rules, given), False
    while True:
        question, certain = progress.next_question(), progress.certain
        heard(certain)
        if told and certain is None:
            asker.taken_back()
            told = False
        if question is not None and certain is not None and not told:
            told = True
            if not asker.goes_on(certain):
                return counted(rules, given)
        if question is None:
            chosen = asker.review(review(rules, given))
            if chosen is None:
                return counted(rules, given)
            _ask(progress, rules.by_question[chosen], asker)
        elif not _ask(progress, question, asker):
            _go_back(progress, question, asker)


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
        Given(asked_as(rules, rules.by_question[id], given), in_words(rules.by_question[id], answer))
        for id, answer in counted(rules, given).items()
    )


def step(progress: Progress, question: Question) -> Step:
    """The question with its place among those that are or may be asked."""
    return Step(
        question=asked_as(progress.rules, question, progress.given),
        number=progress.number(question.id),
        total=progress.total,
        exact=progress.exact,
        current=progress.given.get(question.id),
        sections=tuple(progress.sections),
    )


def _ask(progress: Progress, question: Question, asker: Asker) -> bool:
    """Whether the question was answered; otherwise the person wants to go back."""
    answer = asker.ask(step(progress, question))
    if isinstance(answer, Move):
        return False
    progress.answer(question.id, answer)
    return True


def _go_back(progress: Progress, question: Question, asker: Asker) -> None:
    """Ask the question before again, or the one before that, as long as the person goes back; the first is the end."""
    while True:
        before = progress.question_before(question.id)
        if before is None:
            asker.nothing_before()
        question = before or question
        if _ask(progress, question, asker):
            return
