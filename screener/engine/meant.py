"""What is offered in the place of an answer that can't be one: what it was meant to be, or what it could be."""

import re

from screener.ground.marks import OFFERED_BY
from screener.ground.problems import names
from screener.rulefile.days import TODAY
from screener.rulefile.idioms import DATE, said, span_in, without_quotes
from screener.rulefile.measures import FORMS
from screener.rulefile.model import Question

NO_SUCH_DAY = "there is no such day; look at the month and the day"


def not_offered(question: Question, word: str) -> str:
    """What to do about an answer that is no value, at a question that does not offer it."""
    offered = f"write {FORMS[question.type]}" if question.type in FORMS else it_has(question)
    return f"{offered}; with `{OFFERED_BY[word]}: yes` in the rule file it would be offered"


def option_meant(question: Question, word: str) -> str:
    """The option whose label this is, or the reserved answer that is meant by words such as `not sure`, if offered."""
    plain = without_quotes(word)
    same = [id for id, one in question.choices.items() if plain.casefold() in (id, one.label.casefold())]
    if len(same) == 1:
        return f"write `{same[0]}`"
    meant = said(plain)
    return f"write `{meant}`" if meant in question.reserved else ""


def it_has(question: Question) -> str:
    """What can be chosen, for help."""
    return f"it has: {names((*question.choices, *question.reserved))}"


def day_meant(raw: str) -> str:
    """How a day is written that people say in other words: `2 months ago` for `2 months`."""
    if re.fullmatch(DATE, raw.strip()):
        return NO_SUCH_DAY
    if raw.strip().casefold() == "now":
        return f"write `{TODAY}`"
    return f"write `{span} ago`" if (span := span_in(raw)) else ""
