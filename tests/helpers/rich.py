"""Small random rule files with every text that a summary can hold, and random answers that may be unfinished."""

import json
from datetime import timedelta
from decimal import Decimal
from random import Random
from typing import Any

from hypothesis import strategies as st
from strategies import AGO, DATED, TYPES, raw_rule_files

from screener.engine.answers import Refused, read_answer
from screener.rulefile.conditions.tree import Answer
from screener.rulefile.loader import load
from screener.rulefile.model import Question, RuleFile

SOURCES = """\
format: 1
documents:
  leaflet: {title: "A leaflet, \\"the\\" first", short: Leaflet, sections: {care: {heading: Care – at home, short: Care}}}
  study: {title: A study}
  constructor: {title: A document with the name of a function}
statements:
  - {id: C1, document: leaflet, section: care, says: Cream helps.}
  - {id: C2, document: leaflet, says: Cream may help.}
  - {id: B1, documents: [study, leaflet], says: "A study says\\ttwo: \\u00a0nothing \\\\ and \\"something\\"."}
  - {id: I1, says: We say so.}
  - {id: "1", document: constructor, says: A number is a name.}
"""
CITED = ["C1", "C2", "B1", "I1", "1"]
TEXTS = ["It itches.", "Ask “why”.", 'A "quote" \\ and </script>.', "Two\nlines.", "皮膚 🧑🏽‍⚕️ e\u0301", "{ answer: } {{}}", "$& $1 `"]
#: What people write, and what tries to be more than a text.
WORDS = [
    *("some text", "It burns.\n\tAnd more.", 'x" \\ \u00a0', "{answer: q0}", "$& $' $1", "</script><!--", "\u200d🧴"),
    *("7", "null", "constructor", "__proto__"),
]
NUMBERS = [Decimal(n) / 2 for n in range(-3, 14)] + [Decimal("0.0001"), Decimal("99999999999.1234"), Decimal("-0.0")]
NUMBERS += [Decimal("1.9999"), Decimal("2.0001"), Decimal("-99999999999.9999"), Decimal("12345678901.5")]


@st.composite
def rich_files(draw: st.DrawFn) -> RuleFile:
    """A rule file, through the real loader; half of them with sources."""
    raw = draw(raw_rule_files(types=TYPES) | raw_rule_files(types=DATED))
    return enriched(raw, draw(st.randoms(use_true_random=False)))


def enriched(raw: dict[str, Any], chance: Random) -> RuleFile:
    """The same with all kinds of texts, some of which repeat answers, with sources, units and limits."""
    asked = [question["id"] for question in raw["questions"]]
    cites = chance.random() < 0.5

    def text() -> str:
        return chance.choice(TEXTS) + (f" {{answer: {chance.choice(asked)}}}!" if chance.random() < 0.3 else "")

    for one in (*raw["guidance"], *raw["dispositions"], *raw["referral"]):
        one["says"] = text()
        one |= {"from": chance.sample(CITED, chance.randint(0, 3))} if cites else {}
    for line in raw["guidance"]:
        line |= {key: text() for key in ("title", "more", "ask") if chance.random() < 0.4}
        line |= {"short": "Short."} if chance.random() < 0.4 else {}
    for step in raw["dispositions"]:
        step |= {"title": text(), **({"short": "Short."} if chance.random() < 0.4 else {})}
    for place, question in enumerate(raw["questions"]):
        question |= {"unit": chance.choice(["kg", "cm²"])} if chance.random() < 0.4 else {}
        question |= {"ask": f"And {{answer: {chance.choice(asked[:place])}}}?"} if place and chance.random() < 0.3 else {}
        question |= {"max": "2"} if question["type"] == "many" and chance.random() < 0.3 else {}
    if chance.random() < 0.2:
        raw["guidance"].append({"id": "all", "topic": "T", "says": "S.", "disposition": chance.choice(["d0", "d2"])})
    raw |= {"sources": "s.yaml"} if cites else {}
    return load(json.dumps(raw, ensure_ascii=False), "", lambda _name: (SOURCES, "s.yaml"))


def answers(rules: RuleFile, chance: Random) -> dict[str, Answer]:
    """Answers to some or all questions, also to those that are not asked, in any order."""
    asked = list(rules.questions)
    chance.shuffle(asked)
    often = chance.choice([1.0, 1.0, 0.8, 0.5, 0.2])
    return {question.id: answer(question, chance) for question in asked if chance.random() < often}


def answer(question: Question, chance: Random) -> Answer:
    """One valid answer."""
    if question.reserved and chance.random() < 0.3:
        return chance.choice(question.reserved)
    limits = [str(limit) for limit in question.limits if limit is not None]
    while True:
        try:
            return read_answer(question, _raw(question, chance))
        except Refused:
            if limits and question.type != "many":
                return read_answer(question, chance.choice(limits))


def _raw(question: Question, chance: Random) -> object:
    if question.type == "many":
        return chance.sample(list(question.options), chance.randint(1, len(question.options)))
    if question.choices:
        return chance.choice(list(question.choices))
    if question.type == "date":
        return (question.today - timedelta(chance.choice(AGO))).isoformat()
    return chance.choice(WORDS) if question.type == "text" else str(chance.choice(NUMBERS))
