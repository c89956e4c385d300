"""FHIR out and in: what is exported holds the same questions, shown for the same answers, and can be taken in again."""

import json
from datetime import date
from decimal import Decimal
from itertools import product
from typing import Any

import pytest
from flattening import Json, flat, response
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import all_answers, asked_in_order, built, raw_rule_files

from screener.exchange.fhir.export import questionnaire
from screener.exchange.fhir.import_ import take
from screener.rulefile.conditions.tree import Answer
from screener.rulefile.loader import load
from screener.rulefile.model import Question, RuleFile


def answered(items: list[Json]) -> dict[str, list[Any]]:
    """The answers of a QuestionnaireResponse by linkId; a code as its system and code."""
    found: dict[str, list[Any]] = {}
    for item in flat(items):
        for answer in item.get("answer", ()):
            ((_, value),) = answer.items()
            plain = (value["system"], value["code"]) if isinstance(value, dict) else value
            found.setdefault(item["linkId"], []).append(plain)
    return found


def holds(test: Json, given: dict[str, list[Any]]) -> bool:
    """One test of `enableWhen`, by the letter of R4; `!=` holds where nothing is answered."""
    key = next(key for key in test if key.startswith("answer"))
    value = test[key]
    value = (value["system"], value["code"]) if isinstance(value, dict) else value
    answers = given.get(test["question"], [])
    compare = {
        "exists": lambda: bool(answers) is value,
        "=": lambda: value in answers,
        "!=": lambda: value not in answers,
        "<": lambda: any(one < value for one in answers),
        ">": lambda: any(one > value for one in answers),
        "<=": lambda: any(one <= value for one in answers),
        ">=": lambda: any(one >= value for one in answers),
    }
    return bool(compare[test["operator"]]())


def enabled(items: list[Json], given: dict[str, list[Any]]) -> list[str]:
    """The linkIds of the questions that a reader of FHIR shows."""
    shown: list[str] = []
    for item in items:
        tests = [holds(test, given) for test in item.get("enableWhen", ())]
        if tests and not (any if item.get("enableBehavior") == "any" else all)(tests):
            continue
        if item["type"] == "group":
            shown += enabled(item["item"], given)
        elif item["type"] != "display":
            shown.append(item["linkId"])
    return shown


def asked(rules: RuleFile, wanted: dict[str, Answer]) -> list[str]:
    """The ids of the questions that an interview asks someone who would give these answers."""
    return list(asked_in_order(rules, wanted))


@st.composite
def cases(draw: st.DrawFn) -> tuple[RuleFile, list[dict[str, Answer]]]:
    """A rule file and several complete sets of answers."""
    rules = built(draw(raw_rule_files(6)))
    return rules, [draw(all_answers(rules)) for _ in range(6)]


@settings(max_examples=300, deadline=None)
@given(cases())
def test_a_questionnaire_shows_what_we_ask(case: tuple[RuleFile, list[dict[str, Answer]]]) -> None:
    """For every complete set of answers the enabled items, by the letter of R4, are the questions we ask."""
    rules, sets = case
    form = questionnaire(rules).resource
    for wanted in sets:
        answers = asked_in_order(rules, wanted)
        given = answered(response(rules, answers)["item"])
        shown = [id for id in enabled(form["item"], given) if "." not in id]
        assert shown == list(answers)


@settings(max_examples=300, deadline=None)
@given(cases())
def test_export_and_import_give_the_same_questions(case: tuple[RuleFile, list[dict[str, Answer]]]) -> None:
    """A rule file that went out and came in again asks the same, of everyone, with the same options."""
    rules, sets = case
    back = load(take(json.dumps(questionnaire(rules).resource)).text)
    assert [asked_of(question) for question in back.questions] == [asked_of(question) for question in rules.questions]
    for wanted in sets:
        assert asked(back, wanted) == asked(rules, wanted)


GATE = {"id": "gate", "type": "yes-no", "ask": "Go on?"}
OPEN = {"unsure": "yes", "decline": "yes", "when": {"gate": "yes"}}
OPTIONS = {"a": "A", "b": "B", "c": "C", "none": {"label": "None", "exclusive": "yes"}}
ABOUT: dict[str, tuple[Json, list[Any], list[Answer]]] = {
    "one": ({"options": OPTIONS}, ["a", ["a", "unsure"], ["a", "b", "none"]], ["a", "b", "c", "none"]),
    "many": (
        {"options": OPTIONS},
        [
            *["a", ["a", "b"], ["a", "unsure"], {"all": ["a", "b"]}, {"none": ["a"]}, {"none": ["a", "none"]}],
            *[{"count": {"at_least": n}} for n in (0, 1, 2, 3, 4)],
            *[{"count": {"at_most": n}} for n in (0, 1, 2, 3)],
            {"count": {"at_least": 2, "at_most": 2}},
        ],
        [("a",), ("b",), ("a", "b"), ("b", "c"), ("a", "b", "c"), ("none",)],
    ),
    "yes-no": ({}, ["yes", ["no", "declined"]], ["yes", "no"]),
    "number": (
        {},
        [{side: "3"} for side in ("below", "above", "at_least", "at_most")] + [{"at_least": "2", "at_most": "3"}],
        [Decimal(2), Decimal(3), Decimal(4)],
    ),
    "date": (
        {"min": "2020-01-01"},
        [{side: "2026-01-31"} for side in ("below", "above", "at_least", "at_most")],
        [date(2026, 1, 30), date(2026, 1, 31), date(2026, 2, 1)],
    ),
    "text": ({}, [], ["some text"]),
}
EVERY_TYPE = ("answered", "unsure", "declined", ["unsure", "declined"])
FORMS = [(type, form) for type, (_, forms, _) in ABOUT.items() for form in (*EVERY_TYPE, *forms)]


@pytest.mark.parametrize("hidden", [True, False], ids=["may be hidden", "always asked"])
@pytest.mark.parametrize(("type", "form"), FORMS, ids=str)
def test_every_form_of_condition_goes_out_and_comes_back(type: str, form: Any, hidden: bool) -> None:
    """For each form, as it is, denied and together with another: every answer shows the same to all three."""
    more, _, values = ABOUT[type]
    about = {"id": "q", "type": type, "ask": "Which?", **OPEN, **more}
    if not hidden:
        del about["when"]
    atom = {"q": form}
    whens = [
        atom,
        {"not": atom},
        {"any": [{"not": atom}, {"gate": "no"}]},
        {"all": [{"not": atom}, {"not": {"q": "unsure"}}]},
    ]
    shown: list[Json] = [
        {"id": f"then-{n}", "type": "yes-no", "ask": "And?", "when": when} for n, when in enumerate(whens)
    ]
    rules = built({**bare(), "questions": [GATE, about, *shown]})
    resource = questionnaire(rules).resource
    back = load(take(json.dumps(resource)).text)
    for gate, value in product(("yes", "no"), (*values, "unsure", "declined")):
        wanted: dict[str, Answer] = {"gate": gate, "q": value, **{one["id"]: "yes" for one in shown}}
        answers = asked_in_order(rules, wanted)
        given = answered(response(rules, answers)["item"])
        assert [id for id in enabled(resource["item"], given) if "." not in id] == list(answers)
        assert asked(back, wanted) == list(answers)


def test_a_question_with_nothing_but_an_exclusive_option_counts_one() -> None:
    """An option that stands alone is one answer too, where counts are compared."""
    alone = {"id": "q", "type": "many", "ask": "Which?", "options": {"a": {"label": "A", "exclusive": "yes"}}}
    then = {"id": "then", "type": "yes-no", "ask": "And?", "when": {"q": {"count": {"at_least": 1}}}}
    rules = built({**bare(), "questions": [alone, then]})
    given = answered(response(rules, {"q": ("a",)})["item"])

    assert enabled(questionnaire(rules).resource["item"], given) == ["q", "then"]


def bare() -> Json:
    """A rule file without questions."""
    return {
        "format": 1,
        "id": "x",
        "version": "1",
        "title": "X",
        "language": "en",
        "guidance": [{"id": "g", "topic": "T", "says": "Care."}],
        "dispositions": [{"id": "d", "title": "D", "says": "Do."}],
        "referral": {"says": "See someone."},
    }


def asked_of(question: Question) -> dict[str, Any]:
    """A question without condition, sources and order; to stand alone means nothing where only one is chosen."""
    plain = question.model_dump(exclude={"when", "sources", "ordered"})
    if question.type == "one":
        plain["options"] = {id: {**option, "exclusive": False} for id, option in plain["options"].items()}
    return plain


@pytest.mark.parametrize(("choices", "nested"), [(16, 16), (17, 0)])
def test_groups_are_nested_sixteen_deep_at_most(choices: int, nested: int) -> None:
    """So many choices among two options each need as many groups, one in the other; with more the question is open.

    What is open is said to be, so that nobody takes the form for the whole.
    """
    questions: list[Any] = [{"id": f"q{n}", "type": "yes-no", "ask": "Q?"} for n in range(2 * choices)]
    pairs = [{"any": [{f"q{2 * n}": "yes"}, {f"q{2 * n + 1}": "yes"}]} for n in range(choices)]
    last = {"id": "last", "type": "yes-no", "ask": "Q?", "when": {"all": pairs}}
    raw = {"format": 1, "id": "x", "version": "1", "title": "X", "language": "en", "questions": [*questions, last]}
    lines = [{"id": "g", "topic": "T", "says": "S."}]
    steps = [{"id": "d", "title": "D", "says": "D."}]
    made = questionnaire(built({**raw, "guidance": lines, "dispositions": steps, "referral": {"says": "R."}}))
    conditional = [item for item in flat(made.resource["item"]) if "enableWhen" in item]

    assert len(conditional) == nested
    assert ["too large" in loss.message for loss in made.lost].count(True) == (nested == 0)
