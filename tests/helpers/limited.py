"""Generated rule files with limits of every kind, and interviews in which everything is answered that may be."""

import json
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import strategies
from hypothesis import strategies as st

from screener.engine.answers import MAX_TEXT
from screener.ground.safetext import UNSAFE
from screener.interview.loop import counted
from screener.rulefile.conditions.tree import Answer
from screener.rulefile.loader import load
from screener.rulefile.model import Answers, Question, RuleFile

DAYS = st.dates(date(2000, 1, 1), date(2150, 1, 1))
#: Words as people type them, in several scripts; some long.
TEXTS = (
    st.text(st.characters(exclude_categories=("Cs", "Co", "Cn")), min_size=1, max_size=40)
    | st.text("etaoin shrdlu,.ETAOIN0123456789'äß’", min_size=1, max_size=300)
    | st.sampled_from(["unsure", "Мазь от сыпи", "面部有斑", "كريم", "🧴 cream", "a\nb", "e" * MAX_TEXT])
).filter(lambda text: text.strip() == text and not UNSAFE.search(text))


@st.composite
def rule_files(draw: st.DrawFn, day: date | None = None) -> RuleFile:
    """A rule file with limits, read for an interview on this day or on any."""
    types = draw(st.sampled_from([(*strategies.TYPES, "date"), strategies.DATED]))
    raw = draw(strategies.raw_rule_files(types=types))
    for question in raw["questions"]:
        question.update(draw(_limits(question)))
    return load(json.dumps(raw), today=day or draw(DAYS))


@st.composite
def _limits(draw: st.DrawFn, question: dict[str, Any]) -> dict[str, str]:
    type, has_low, has_high = question["type"], draw(st.booleans()), draw(st.booleans())
    if type == "many":
        return {"min": "1"} if has_low else {}
    if type == "date":
        return {"min": draw(st.sampled_from(["1000-01-01", "1900-02-28"]))} if has_low else {}
    if type not in ("number", "whole"):
        return {}
    places = draw(st.integers(0, 4)) if type == "number" else 0
    numbers = sorted(draw(st.tuples(*[st.integers(-(10**8), 10**8)] * 2)))
    low, high = (str(Decimal(number).scaleb(-places)) for number in numbers)
    return {**({"min": low} if has_low else {}), **({"max": high} if has_high else {})}


@st.composite
def answers_to(draw: st.DrawFn, question: Question) -> Answer:
    """Any answer that the question allows."""
    if question.reserved and not draw(st.integers(0, 3)):
        return draw(st.sampled_from(question.reserved))
    if question.type == "text":
        return draw(TEXTS)
    if question.type == "date":
        first, latest = (limit if isinstance(limit, date) else None for limit in question.limits)
        return draw(st.dates(first or date.min, latest or date.max) | st.just(latest or question.today - timedelta(1)))
    if question.type not in ("number", "whole"):
        return draw(strategies.answers_to(question))
    places = draw(st.integers(0, 4)) if question.type == "number" else 0
    low, high = (limit if isinstance(limit, Decimal) else None for limit in question.limits)
    most = 10 ** (11 + places if question.type == "number" else 9) - 1
    least = -most if low is None else int(low.scaleb(places).to_integral_value("ROUND_CEILING"))
    last = most if high is None else int(high.scaleb(places).to_integral_value("ROUND_FLOOR"))
    return low if least > last and low is not None else Decimal(draw(st.integers(least, last))).scaleb(-places)


@st.composite
def interviews(draw: st.DrawFn, day: date | None = None) -> tuple[RuleFile, Answers]:
    """A rule file and the answers that count of an interview, finished or not."""
    rules = draw(rule_files(day))
    given = {question.id: draw(answers_to(question)) for question in rules.questions}
    for id in draw(st.lists(st.sampled_from(list(given)), max_size=2, unique=True)) if draw(st.booleans()) else ():
        del given[id]
    return rules, counted(rules, given)
