"""The layout of a table that is ready: a row for each person, plain columns without nulls.

For each question there are these columns, named by the ids of the rule file:

- `is/<question>/<option>`, booleans, for each option of a question with choices (`yes` and `no` among them);
- `is/<question>/answered`, a boolean: it was answered with a value, whatever that is;
- `is/<question>/<word>`, booleans, for each of `unsure`, `declined` and `skipped` that the question offers;
- `value/<question>`, for a number (a double, which tells all numbers apart that an answer can be) or a date. Where the
  question was not answered with a value it holds `NO_NUMBER` or `NO_DAY`, which is never looked at.

A question without an answer has false in all its booleans; otherwise exactly one of `answered` and the words is true,
and options are true only where it was answered with them. Whether the question is asked at all does not matter here:
that is worked out, and an answer to a question that is not asked does not count. The words of a `text` decide nothing,
so they have no column here.

A table with conditions such as `within: 6 months` has the day of the interview as `day`, a date, in each row, if
it is not the same for all of them.

Ids have no slash, so none of these names can meet another, nor those of what is worked out (`results`).
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Literal, NamedTuple

from screener.ground.marks import ANSWERED
from screener.rulefile.conditions.atoms import Within
from screener.rulefile.measures import NUMBERS
from screener.rulefile.model import Guidance, Question, Referral, RuleFile

Kind = Literal["flag", "number", "date"]
#: What a column can hold in a row.
Cell = bool | float | date
NO_NUMBER, NO_DAY = 0.0, date(1970, 1, 1)
_EMPTY: Mapping[Kind, Cell] = {"flag": False, "number": NO_NUMBER, "date": NO_DAY}
#: The column with the day of the interview, where each row has its own.
DAY = "day"
#: What is worked out for all that has an id: the part of a column's name before the slash.
ASKED, MISSING, SAID, POSSIBLE = "asked", "missing", "said", "possible"
#: What is worked out once for a row.
DISPOSITION, REFERRAL, COMPLETE = "disposition", "referral", "complete"


class LaidOut(NamedTuple):
    """One column of the layout: its name, what it holds, and for a boolean the word that it stands for."""

    name: str
    kind: Kind
    question: str
    word: str | None = None

    @property
    def empty(self) -> Cell:
        """What it holds where there is no answer."""
        return _EMPTY[self.kind]


def flag(question: str, word: str) -> str:
    """The name of the column that says whether a question was answered with an option or a word."""
    return f"is/{question}/{word}"


def value(question: str) -> str:
    """The name of the column with the number or date that a question was answered with."""
    return f"value/{question}"


def columns_of(question: Question) -> Iterator[LaidOut]:
    """The columns of one question."""
    for word in (*question.choices, ANSWERED, *question.reserved):
        yield LaidOut(flag(question.id, word), "flag", question.id, word)
    if question.type in NUMBERS:
        yield LaidOut(value(question.id), "number", question.id)
    if question.type == "date":
        yield LaidOut(value(question.id), "date", question.id)


def layout(rules: RuleFile) -> tuple[LaidOut, ...]:
    """The columns of all questions, in the order of asking; without the day of the interview."""
    return tuple(column for question in rules.questions for column in columns_of(question))


def needs_day(rules: RuleFile) -> bool:
    """Whether anything that is worked out depends on the day of the interview."""
    owners: tuple[Question | Guidance | Referral, ...] = (*rules.questions, *rules.guidance, *rules.referrals)
    return any(isinstance(atom, Within) for owner in owners if owner.when is not None for atom in owner.when.atoms())


def results(rules: RuleFile) -> tuple[str, ...]:
    """The names of all that is worked out, in the order in which it is added.

    `asked/<question>`: it is or may still be asked. `missing/<question>`: it has no answer, and one could still change
    what is said. `said/<line>`: it is certainly said; `possible/<line>`: it is said as possible. `disposition` and
    `referral` are ids. `complete`: no question that is asked is without an answer.
    """
    asked = [f"{ASKED}/{question.id}" for question in rules.questions]
    said = [f"{how}/{line.id}" for line in rules.guidance for how in (SAID, POSSIBLE)]
    missing = [f"{MISSING}/{question.id}" for question in rules.questions]
    return (*asked, *said, DISPOSITION, REFERRAL, COMPLETE, *missing)
