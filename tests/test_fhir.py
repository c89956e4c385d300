"""FHIR out and in: what is exported holds the same questions, shown for the same answers, and can be taken in again."""

import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import all_answers, asked_in_order, built, raw_rule_files

from screener.conditions.tree import Answer
from screener.engine import assess
from screener.exchange.fhir import questionnaire
from screener.exchange.fhir.response import response_of
from screener.exchange.reading import take
from screener.loader import load
from screener.model import Question, RuleFile

Json = dict[str, Any]


def flat(items: list[Json]) -> list[Json]:
    """Every item, those of groups after them."""
    return [one for item in items for one in (item, *flat(item.get("item", [])))]


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
        given = answered(response_of(rules, assess(rules, answers))["item"])
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


def asked_of(question: Question) -> dict[str, Any]:
    """A question without its condition and sources; to stand alone means nothing where only one is chosen."""
    plain = question.model_dump(exclude={"when", "sources"})
    if question.type == "one":
        plain["options"] = {id: {**option, "exclusive": False} for id, option in plain["options"].items()}
    return plain
