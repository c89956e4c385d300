"""How many questions a typical person gets, and how long that takes with reading: counted, not guessed.

People read English silently at about 238 words a minute, most of them at 175 to 300 (Brysbaert 2019, "How many words do
we read per minute? A review and meta-analysis of reading rate", Journal of Memory and Language 109, 104047); slower
where they weigh what they read. What is read are the introduction, the questions with what can be chosen, and the short
summary; what is done besides is to choose an answer.
"""

from collections.abc import Iterator, Mapping
from math import ceil, floor
from typing import NamedTuple

from screener.engine.answers import offered
from screener.engine.assess import state_of
from screener.ground.marks import Mark
from screener.rulefile.conditions.atoms import AllOf, AnyOf, NoneOf
from screener.rulefile.conditions.tree import All, Answer, AnyPart, Condition, Not, State
from screener.rulefile.model import Answers, Question, RuleFile

SLOW, FAST = 150, 240
#: How long it takes to choose an answer that was read.
LEAST_SECONDS, MOST_SECONDS = 3, 6
SUMMARY_WORDS = 300


class Duration(NamedTuple):
    """About how many questions are asked, and in how many minutes, reading included."""

    questions: int
    least: int
    most: int

    def __str__(self) -> str:
        asked = "1 question" if self.questions == 1 else f"About {self.questions} questions"
        return f"{asked}; {self.least} to {self.most} minutes, reading included."


def duration(rules: RuleFile, given: Answers) -> Duration:
    """What a typical person is asked who has given these answers before.

    Such a person chooses, in each question, the first answer that no line with a more urgent next step speaks of, or
    speaks of with the least urgent one. Counted are the questions that are shown then, or may be: a condition on a
    number, a date or a text stays open.
    """
    urgent = _urgent(rules)
    view: dict[str, State] = {}
    asked, words = 0, _count(rules.title, rules.intro) + SUMMARY_WORDS
    for question in rules.questions:
        known = given if question.id in given else _calm(question, urgent)
        view[question.id] = state_of(question, known, view)
        if question.id not in given and view[question.id] is not Mark.HIDDEN:
            asked, words = asked + 1, words + _words(question)
    least = floor(words / FAST + asked * LEAST_SECONDS / 60)
    return Duration(asked, max(1, least), max(2, ceil(words / SLOW + asked * MOST_SECONDS / 60)))


def _calm(question: Question, urgent: Mapping[tuple[str, str], int]) -> dict[str, Answer]:
    """The calmest answer to this question, the first of them; none where there is nothing to choose from."""
    if not question.choices:
        return {}
    option = min(question.choices, key=lambda option: urgent.get((question.id, option), 0))
    return {question.id: (option,) if question.type == "many" else option}


def _urgent(rules: RuleFile) -> dict[tuple[str, str], int]:
    """Question and option → the most urgent next step that choosing it helps to bring up."""
    urgent: dict[tuple[str, str], int] = {}
    for line in rules.guidance:
        if line.when is not None and line.disposition is not None and (rank := rules.urgency[line.disposition]):
            for choice in _favours(line.when, True):
                urgent[choice] = max(rank, urgent.get(choice, 0))
    return urgent


def _favours(when: Condition, want: bool) -> Iterator[tuple[str, str]]:
    """Question and option, wherever choosing it speaks for the condition, or against it."""
    if isinstance(when, Not):
        yield from _favours(when.part, not want)
    elif isinstance(when, All | AnyPart):
        for part in when.parts:
            yield from _favours(part, want)
    elif isinstance(when, AnyOf | AllOf | NoneOf):
        options = when.options
        if isinstance(when, NoneOf) is want:  # of yes and no, not the one is the other
            options = frozenset({"yes", "no"}) - options if not options.isdisjoint({"yes", "no"}) else frozenset()
        yield from ((when.question, option) for option in options)


def _words(question: Question) -> int:
    labels = (label for _, label in offered(question))
    helps = (option.help for option in question.choices.values())
    return _count(question.section, question.ask, question.help, *labels, *helps)


def _count(*texts: str | None) -> int:
    return sum(len(text.split()) for text in texts if text)
