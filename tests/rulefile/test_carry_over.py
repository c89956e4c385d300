"""How long an answer may be taken over at a repeat visit: read as a span, and said wherever a question is told."""

import pytest

from screener.authoring.diff.compare import compare
from screener.authoring.diff.listing import as_text
from screener.authoring.show import render
from screener.exchange.codebook import as_csv, as_markdown
from screener.exchange.fhir.export import questionnaire
from screener.ground.wrapping import Look
from screener.rulefile.days import Span
from screener.rulefile.loader import load
from screener.rulefile.model import RuleFile

FILE = """
format: 1
id: small
version: 1.0.0
title: Small
language: en
questions:
  - {{id: itch, type: yes-no, ask: Does it itch?{}}}
  - {{id: pain, type: yes-no, ask: Does it hurt?}}
guidance: [{{id: care, topic: Care, says: Keep it cool.}}]
dispositions: [{{id: consult, title: Talk, says: They look.}}]
referral: {{says: Please see a professional.}}
"""


def small(carry_over: str = "") -> RuleFile:
    """A rule file whose first answer stays good for so long."""
    return load(FILE.format(f", carry_over: {carry_over}" if carry_over else ""))


@pytest.mark.parametrize(
    ("written", "span"),
    [
        ("90 days", Span("90 days", 90, in_months=False)),
        ("90 day", Span("90 days", 90, in_months=False)),
        ("1 days", Span("1 day", 1, in_months=False)),
        ("2 weeks", Span("2 weeks", 14, in_months=False)),
        ("6 months", Span("6 months", 6, in_months=True)),
        ("200 years", Span("200 years", 2400, in_months=True)),
    ],
)
def test_a_span_is_read_as_in_conditions(written: str, span: Span) -> None:
    """It is kept in the words that all have for it, so that `1 days` and `1 day` are one."""
    question = small(written).by_question["itch"]

    assert (question.carry_over, question.stays_good) == (span.words, span)
    assert small("1 days").questions == small("1 day").questions


def test_without_it_an_answer_is_asked_anew() -> None:
    """Nothing is taken over that the author has not named."""
    assert [one.stays_good for one in small("90 days").questions] == [Span("90 days", 90, in_months=False), None]
    assert [one.stays_good for one in small().questions] == [None, None]


def test_it_is_said_wherever_a_question_is_told() -> None:
    """In plain language and in both codebooks, of that question alone; FHIR has no place for it, which is listed."""
    rules = small("90 days")
    said = "an answer that is at most 90 days old may be taken over"
    losses = [loss.message for loss in questionnaire(rules).lost if "taken over" in loss.message]

    assert render(rules, Look(200)).count(f"    At a repeat visit, {said}.\n") == 1
    assert as_markdown(rules).count(f"- At a repeat visit: {said}\n") == 1
    assert as_csv(rules).count("90 days") == 2  # yes and no have a row each
    assert losses == ["question `itch`: FHIR R4 can't say that an answer may be taken over for 90 days"]
    assert "repeat visit" not in render(small(), Look(200)) + as_markdown(small())
    assert not [loss for loss in questionnaire(small()).lost if "taken over" in loss.message]


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("", "90 days", "carry_over added: “90 days”"),
        ("90 days", "", "carry_over removed: “90 days”"),
        ("90 days", "6 weeks", "carry_over: “90 days” → “6 weeks”"),
    ],
)
def test_a_change_of_it_is_listed(before: str, after: str, said: str) -> None:
    """It changes no line and refuses no answer that was kept, but what is asked again: that is a minor version."""
    found = compare(small(before), small(after), lambda: None, lambda *_: None)
    text = as_text(found, Look(200))

    assert (found.demands, found.next_version) == ("minor", "1.1.0")
    assert said in text
    assert "itch: changed" in text


def test_another_way_to_write_it_is_no_change() -> None:
    """`90 day` is `90 days`."""
    assert compare(small("90 day"), small("90 days"), lambda: None, lambda *_: None).same
