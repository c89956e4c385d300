"""Answers to questions of every type, as people write them down in a table."""

from datetime import date
from decimal import Decimal
from typing import Any

import polars as pl

from screener.rulefile.model import Answers
from screener.tables import InFlags, InLists, InValues, InWords, WrittenAs

EVERY_TYPE = """
format: 1
id: every-type
version: 1.0.0
title: Every type
language: en
questions:
  - {id: skin, type: many, ask: What about it?, unsure: yes, options: {dry: Dry, spots: Spots}}
  - {id: tone, type: one, ask: Which?, decline: yes, options: {light: Light, dark: Dark}}
  - {id: pain, type: yes-no, ask: Does it hurt?}
  - {id: age, type: number, ask: How old?, optional: yes}
  - {id: since, type: date, ask: Since when?, unsure: yes}
  - {id: more, type: text, ask: Anything else?, optional: yes}
guidance:
  - {id: lately, topic: T, says: S., when: {since: {within: 6 months}}}
  - {id: told, topic: T, says: S., when: {more: answered}}
dispositions: [{id: d, title: D, says: D.}]
referral: {says: R.}
"""
PEOPLE: list[Answers] = [
    {},
    {"skin": ("dry", "spots"), "tone": "dark", "pain": "no", "age": Decimal("-0.5"), "more": "It itches."},
    {"skin": "unsure", "tone": "declined", "age": "skipped", "since": "unsure", "more": "skipped"},
    {"skin": ("spots",), "pain": "yes", "age": Decimal("99999999999.9999"), "since": date(2000, 2, 29)},
]


def columns(people: list[Answers]) -> pl.DataFrame:
    """The same answers as people write them down: a list, texts, numbers and dates, with empty cells."""

    def words(id: str) -> list[Any]:
        return [answers.get(id) for answers in people]

    def reserved(id: str) -> list[Any]:
        return [word if isinstance(word, str) else None for word in words(id)]

    def values(id: str) -> list[Any]:
        return [None if isinstance(word, str) else word for word in words(id)]

    return pl.DataFrame(
        {
            "skin": [[one] if isinstance(one, str) else one and list(one) for one in words("skin")],
            "skin___dry": [(isinstance(one, tuple) and "dry" in one) or None for one in words("skin")],
            "skin___spots": [int(isinstance(one, tuple) and "spots" in one) for one in words("skin")],
            "skin___unsure": [one == "unsure" for one in words("skin")],
            "tone": words("tone"),
            "pain": words("pain"),
            "age": pl.Series(values("age"), dtype=pl.Decimal(20, 4)),
            "age words": reserved("age"),
            "since": pl.Series(values("since"), dtype=pl.Date),
            "since words": reserved("since"),
            "more": words("more"),
        }
    )


SOURCES: dict[str, WrittenAs] = {
    "tone": InWords("tone"),
    "pain": InWords("pain"),
    "age": InValues("age", "age words"),
    "since": InValues("since", "since words"),
    "more": InWords("more"),
}
LISTED, FLAGGED = InLists("skin"), InFlags({word: f"skin___{word}" for word in ("dry", "spots", "unsure")})
