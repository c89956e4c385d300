"""What else the page asks its engine: what is shown, next and certain, answers in words, and answers to read."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import pytest
import second_engine
from hypothesis import example, given, settings
from hypothesis import strategies as st
from paths import GOOD
from second_engine import Realm, rules_on
from worded_files import answer, answers, rich_files

from screener.engine.addressed import asked_as
from screener.engine.answers import Refused, as_plain, in_words, read_answer
from screener.engine.assess import next_question, shown, view_of
from screener.engine.certain import Certain
from screener.engine.progress import Progress
from screener.ground.marks import Mark
from screener.interview.amounts import typed_amount
from screener.page.script import script
from screener.page.table import table
from screener.rulefile.conditions.tree import Answer
from screener.rulefile.loader import load
from screener.rulefile.measures import NUMBERS
from screener.rulefile.model import Question, RuleFile

FILES = [path for path in sorted(GOOD.glob("*.yaml")) if path.suffixes == [".yaml"]]
TODAY = date(2026, 3, 31)
READ = load(
    """
format: 1
id: skin
version: 1.0.0
title: Skin
language: en
questions:
  - {id: itch, type: yes-no, ask: A, unsure: yes}
  - {id: size, type: number, ask: A, unit: cm}
  - {id: weight, type: number, ask: A, unit: Units per hour}
  - {id: age, type: number, ask: A, min: 18, max: 99.50, decline: yes}
  - {id: years, type: whole, ask: A, min: 2.0, optional: yes}
  - {id: bare, type: whole, ask: A}
  - {id: since, type: date, ask: A, min: 2000-01-01, max: today}
  - {id: free, type: date, ask: A, unsure: yes}
  - {id: notes, type: text, ask: A}
  - {id: secret, type: text, ask: A, decline: yes}
  - {id: place, type: one, ask: A, options: {face: Face, arm: Arm, both: Left and right}, optional: yes}
  - id: marks
    type: many
    ask: A
    options: {dry: Dry, red: Red, dark: Rather dark, none: {label: None, exclusive: yes}}
    decline: yes
    max: 2
  - {id: signs, type: many, ask: A, options: {dry: Dry, red: Red, none: {label: None, exclusive: yes}}, min: 2}
guidance: [{id: rest, topic: T, says: S, when: {free: {within: 1 day}}}]
dispositions: [{id: consult, title: T, says: S}]
referral: {says: S}
""",
    today=TODAY,
)
#: What the page says is wrong, in a word, and how Python says it.
SAID = {
    "not-offered": "this question does not offer `{}`",
    "one-only": "one answer is needed here, not several",
    "unknown": "there is no option `{}`",
    "list": "a list of options is needed here",
    "none-chosen": "at least one option is needed",
    "not-in-a-list": "`{}` stands alone, not in a list",
    "twice": "`{}` stands twice",
    "alone": "“{}” can't be chosen together with others",
    "too-few": "please choose at least {}",
    "too-many": "please choose at most {}",
    "empty": "the text is empty",
    "too-long": "the text is longer than {} characters",
    "unsafe": "the text holds characters that are not allowed",
    "no-number": "this is not a number",
    "number-alone": "please type the number alone",
    "other-unit": "this is asked in {}",
    "two-readings": "this could be {} or {}",
    "no-whole": "{} is no whole number",
    "no-date": "this is not a date",
    "too-small": "the smallest possible is {}",
    "too-large": "the largest possible is {}",
}
BLANKS = " \t\n\x0b\x1c\x1f\x85\u00a0\u2009\u2028\u202f\u3000\ufeff\u200b"
TYPED = [
    *("", " ", "yes", "No", "TRUE", "false", "unsure", "Unsure", "declined", "skipped", "answered", "constructor"),
    *("7", "-7", "+7", " 7.5 ", "7,5", "7.", ".5", "007", "-0", "-0.0", "0.0001", "0.00001", "17.9999", "18.0", "99.5"),
    *("99.5001", "99999999999.1234", "100000000000", "12345678901,2345", "1e3", "-2.50E-1", "1e-5", "1e30", "1.5e1"),
    *(
        "1e999999999",
        "10000000000000000000e-19",
        "10000000000000000000.00000000000000000001e-19",
        "0e-7",
        "1.0000000000000000000e0",
        "0e0",
        "000.5e1",
        "123e-2",
        "1e11",
        "1e10",
    ),
    *("10000000000000000001e-19", "1,234", "1.234", "1,234,567", "1.234.567", "1.234,5", "1,234.5", "1 234", "1'234"),
    *("1’234,5", "1\u202f234", "−5", "--1", "1_0", "٣", "5 cm", "5cm.", "5 CMS", "5 kg", "5  units  PER hours", "5 s"),
    *("1,234 cm", "few", "1,2,3", "12,34.5", "1.2.3", "1 23", "2.5", "1000000000", "999999999", "2,000", "1.000"),
    *("2026-03-31", "2026-04-01", " 2000-01-01 ", "1999-12-31", "2026-02-30", "2024-02-29", "2023-02-29", "0000-01-01"),
    *(
        "0001-01-01",
        "9999-12-31",
        "20260131",
        "2026-W05-6",
        "2026-1-31",
        "31.01.2026",
        "2026-01-31T10:00",
        "２０２６-01-01",
    ),
    *("today", "TOMORROW", "yesterday", "1 month ago", "13  months  ago", "in 2 weeks", "in 1 days", "200 years ago"),
    *("201 years ago", "0 days ago", "3 days", "in 3 days ago", "1 month\u00a0ago", "10429 weeks ago", "in 99999 days"),
    *(
        "red\n\tand dry",
        "a\x1b[2J",
        "a\u202eb",
        "a\uffffb",
        "\ufeff",
        "\ufeffa",
        "\x1c",
        "\u2028",
        "\ud800",
        "🧴" * 2000,
    ),
    *("x" * 2000, "x" * 2001, "🧴" * 2001, f" {'x' * 2000} ", "face", "Face", "leg", "arm ", "dry", "x" * 70),
]
LISTS: list[Any] = [
    *([], ["dry"], ["dark", "dry"], ["none"], ["dry", "none"], ["none", "dry"], ["dry", "red", "dark"], ["dry", "dry"]),
    *(["declined"], ["dry", "declined"], ["dry", "wet"], ["wet"], ["unsure"], ["red", "dry"], ["constructor"], ["yes"]),
]


@pytest.mark.parametrize("path", [None, *FILES], ids=lambda path: path.stem if path else "pico-laser")
def test_the_interview_is_the_same(path: Path | None, page: Realm) -> None:
    """States, what is shown and next, what is certain, and every question and answer in words."""
    chance = Random(2)
    rules = rules_on(path or "pico-laser", TODAY)
    same_interview(page, rules, [answers(rules, chance) for _ in range(30)])


@settings(deadline=None, max_examples=40)
@given(rules=rich_files(), seed=st.integers(0, 10**9))
def test_generated_interviews_are_the_same(page: Realm, rules: RuleFile, seed: int) -> None:
    """The same in random files, whose texts repeat answers."""
    chance = Random(seed)
    same_interview(page, rules, [answers(rules, chance) for _ in range(15)])


def same_interview(page: Realm, rules: RuleFile, sets: list[dict[str, Answer]]) -> None:
    """The two engines agree on everything that the page shows while it asks."""
    second_engine.of(page, rules, rules.today)
    plain = [[second_engine.plain(one)] for one in sets]
    following = [question.id if (question := next_question(rules, one)) else None for one in sets]

    assert page("views", each=plain) == [_states(rules, one) for one in sets]
    assert page("call", name="shown", each=plain) == [list(shown(rules, one)) for one in sets]
    assert page("call", name="next", each=plain) == following
    assert page("call", name="certain", each=plain) == [certain(Progress(rules, dict(one)).certain) for one in sets]
    for question in rules.questions:
        asks = [asked_as(rules, question, one).ask for one in sets]
        assert page("call", name="asked", each=[[question.id, *one] for one in plain]) == asks
        told = [one[question.id] for one in sets if question.id in one]
        words = [in_words(question, answer) for answer in told]
        assert page("call", name="inWords", each=[[question.id, as_plain(answer)] for answer in told]) == words


def _states(rules: RuleFile, one: dict[str, Answer]) -> list[list[Any]]:
    states = view_of(rules, one).items()
    return [
        [id, {"mark": state.value} if isinstance(state, Mark) else as_plain(state)]  # type: ignore[arg-type]
        for id, state in states
    ]


def certain(found: Certain | None) -> dict[str, Any] | None:
    """The most urgent step as the page has it."""
    if found is None:
        return None
    lines = [{"id": line.id, "title": line.title, "says": line.says} for line in found.lines]
    step = {key: getattr(found.step, key) for key in ("id", "title", "says")}
    return {"step": step, "lines": lines, "says": list(found.says)}


def python_reads(question: Question, raw: Any) -> Any:
    """The answer as JSON has it, or the code and the sentence; numbers as a person may type them."""
    try:
        return as_plain(_read(question, raw))
    except Refused as refused:
        return refused.code, str(refused)


def _read(question: Question, raw: Any) -> Answer:
    try:
        return read_answer(question, raw)
    except Refused:
        typed = question.type in NUMBERS and isinstance(raw, str) and raw not in ("unsure", "declined", "skipped")
        if not typed:
            raise
        return typed_amount(question, raw)


def page_reads(said: dict[str, Any]) -> Any:
    """The same of what the page says."""
    if "answer" in said:
        return said["answer"]
    about = said["about"] if isinstance(said["about"], list) else [said["about"]]
    return said["code"], SAID[said["why"]].format(*about)


@pytest.mark.parametrize("id", list(READ.by_question))
def test_answers_are_read_the_same(id: str, page: Realm) -> None:
    """What a person may type or choose becomes the same answer, or is refused with the same code and reason."""
    second_engine.of(page, READ, TODAY)
    raws = [*TYPED, *LISTS]
    theirs = page("call", name="readAnswer", each=[[id, raw] for raw in raws])
    question = READ.by_question[id]

    differing = [
        (raw, python_reads(question, raw), said)
        for raw, said in zip(raws, theirs, strict=True)
        if page_reads(said) != python_reads(question, raw)
    ]
    assert differing == []


AMOUNTS = st.text(st.sampled_from("0123456789012345678901234567890,.' -eE+cm" + BLANKS), max_size=14)


@settings(deadline=None, max_examples=60)
@given(raws=st.lists(AMOUNTS, min_size=50, max_size=50))
@example(
    raws=[f"{blank}7{blank}{unit}" for blank in BLANKS for unit in ("", "cm", f"cm{blank}", f"c{blank}m", ".cm.s")]
)
def test_amounts_are_read_the_same(page: Realm, raws: list[str]) -> None:
    """Digits, points, commas and blanks in any order."""
    second_engine.of(page, READ, TODAY)
    for id in ("size", "years", "since", "notes"):
        theirs = page("call", name="readAnswer", each=[[id, raw] for raw in raws])
        for raw, said in zip(raws, theirs, strict=True):
            assert page_reads(said) == python_reads(READ.by_question[id], raw), (id, raw)


@settings(deadline=None, max_examples=20)
@given(rules=rich_files(), seed=st.integers(0, 10**9))
def test_what_was_read_is_read_again(page: Realm, rules: RuleFile, seed: int) -> None:
    """Every answer that Python takes the page takes as the same."""
    second_engine.of(page, rules, rules.today)
    chance = Random(seed)
    given_ = [[one.id, answer(one, chance)] for one in rules.questions for _ in range(5)]
    raw = [[id, _as_typed(answer)] for id, answer in given_]

    assert page("call", name="readAnswer", each=raw) == [{"answer": as_plain(answer)} for _, answer in given_]


def _as_typed(answer: Answer) -> Any:
    return f"{answer:f}" if isinstance(answer, Decimal) else as_plain(answer)


def test_neighbouring_numbers_are_told_apart(page: Realm) -> None:
    """Of 11 digits before the point and 4 after it, at every limit."""
    limits = [Decimal("99999999999.9998"), Decimal("-99999999999.9998"), Decimal("0.0001"), Decimal("12345678901.5432")]
    raw: dict[str, Any] = json.loads(json.dumps(_ONE_NUMBER))
    sides = ("below", "above", "at_least", "at_most")
    raw["guidance"] = [
        {"id": f"g{place}-{side.replace('_', '-')}", "topic": "T", "says": "S.", "when": {"n": {side: str(limit)}}}
        for place, limit in enumerate(limits)
        for side in sides
    ]
    rules = load(json.dumps(raw))
    second_engine.of(page, rules)
    values = [limit + Decimal(step) / 10_000 for limit in limits for step in (-1, 0, 1)]
    said = page("call", name="assess", each=[[{"n": as_plain(value)}] for value in values])
    meant = {"below": Decimal.__lt__, "above": Decimal.__gt__, "at_least": Decimal.__ge__, "at_most": Decimal.__le__}

    for value, summary in zip(values, said, strict=True):
        assert [line["id"] for line in summary["findings"]] == [
            f"g{place}-{side.replace('_', '-')}"
            for place, limit in enumerate(limits)
            for side in sides
            if meant[side](value, limit)
        ]


_ONE_NUMBER: dict[str, Any] = {
    "format": 1, "id": "x", "version": "1", "title": "X", "language": "en",
    "questions": [{"id": "n", "type": "number", "ask": "How many?"}],
    "dispositions": [{"id": "d", "title": "D", "says": "D."}],
    "referral": {"says": "See someone."},
}  # fmt: skip


def test_ids_may_be_called_like_anything(page: Realm) -> None:
    """Names of functions and numbers are names like others, and answers stay in the order of asking."""
    raw = json.loads(json.dumps(_ONE_NUMBER))
    ids = ["constructor", "7", "x", "1"]
    raw["questions"] = [{"id": id, "type": "one", "ask": "?", "options": {"b": "B", "9": "9", "2": "2"}} for id in ids]
    raw["guidance"] = [{"id": id, "topic": "T", "says": "S.", "when": {id: "2"}} for id in ids]
    rules = load(json.dumps(raw))
    second_engine.of(page, rules)
    (text,) = page("texts", each=[{"1": "9", "x": "2", "7": "2"}])
    summary = json.loads(text)

    assert list(summary["answers"]) == ["7", "x", "1"]
    assert [line["id"] for line in summary["findings"]] == ["7", "x"]
    assert summary["open"] == ["constructor"]
    assert page("call", name="shown", each=[[{}]]) == [ids]


def test_the_script_leaves_nothing_behind(page: Realm) -> None:
    """It makes no global names and no code of texts, which the realm of the tests does not allow; nobody changes it."""
    assert page("globals") == ""
    assert page("frozen") is True
    assert "eval" not in script()


def test_the_table_is_the_same_on_every_day(page: Realm) -> None:
    """The day of the interview is the page's to add; a file in which nothing counts back needs none."""
    for path in FILES:
        tables = [table(rules_on(path, day)) for day in (TODAY, date(2001, 1, 1))]
        assert tables[0] == tables[1]
        assert json.loads(json.dumps(tables[0])) == tables[0]
    assert table(READ)["counted"] is True
    assert "counted" not in table(rules_on("pico-laser"))
    assert page is not None


def test_the_table_holds_what_the_page_needs_and_no_more() -> None:
    """No promises, no notes on former questions, no statements that nothing cites."""
    whole = table(rules_on(GOOD / "every-feature.yaml"))
    text = json.dumps(whole)

    assert set(whole["library"]["statements"]) == {"C1", "C2", "B1"}
    assert "itching-goes-to-a-doctor" not in text
    assert "smoking" not in text
    assert "confidence" not in text
