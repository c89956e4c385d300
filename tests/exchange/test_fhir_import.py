"""Questionnaires of others: what becomes of their items, and what is refused."""

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from flattening import flat
from forms import asks, form, refused
from hypothesis import given, settings
from hypothesis import strategies as st
from paths import FHIR, WEB

from screener.engine.assess import next_question
from screener.exchange.fhir.import_ import take
from screener.ground.problems import ProblemsFound
from screener.rulefile.conditions.tree import Answer
from screener.rulefile.loader import load
from screener.rulefile.model import RuleFile

Json = dict[str, Any]
FORMS = sorted((FHIR / "forms").glob("*.json"))
BAD = sorted((FHIR / "bad").glob("*.json"))
EXAMPLES = WEB / "node_modules" / ".examples"
SPECIFICATION = ("3141", "bb", "f201", "gcs", "phq-9-questionnaire", "qs1", "zika-virus-exposure-assessment")
#: Which bad forms are taken all the same, with a report of what they lose.
TAKEN = ("control-characters", "r5-only")


def taken(path: Path) -> tuple[RuleFile, str]:
    """The rule file made of a form, through the real loader, and everything that was said about it."""
    made = take(path.read_text("utf-8"), path.name)
    return load(made.text), "\n".join(one.message for one in made.lost)


def texts(rules: RuleFile) -> str:
    """Everything that the questionnaire says to the person, on one line."""
    asked = [f"{q.section} {q.ask} {q.help} {q.why}" for q in rules.questions]
    said = [f"{line.topic} {line.says}" for line in rules.guidance]
    return " ".join(" ".join([*asked, *said, rules.referral.says]).split())


def kept(path: Path) -> Iterator[bool]:
    """For each item of a form with a text, whether that text is in the rule file."""
    rules, _ = taken(path)
    everything = texts(rules)
    for item in flat(json.loads(path.read_text("utf-8"))["item"]):
        if item.get("text"):
            yield " ".join(item["text"].split()) in everything


def test_nine_tenths_of_the_items_of_clinic_forms_are_taken() -> None:
    """Groups five deep, repeating groups, open choice, quantities: at least 90 % of the items find their place."""
    found = [one for path in FORMS for one in kept(path)]

    assert len(found) > 150
    assert sum(found) / len(found) >= 0.9


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_no_item_of_a_clinic_form_is_lost_in_silence(path: Path) -> None:
    """An item whose text is not in the rule file is named in the report."""
    rules, said = taken(path)
    everything = texts(rules)
    items = [item for item in flat(json.loads(path.read_text("utf-8"))["item"]) if item.get("text")]
    missing = [item["linkId"] for item in items if " ".join(item["text"].split()) not in everything]

    assert [id for id in missing if f"item `{id}`" not in said] == []


@pytest.mark.parametrize("name", SPECIFICATION)
def test_the_examples_of_the_specification_are_taken(name: str, web: None) -> None:
    """FHIR's own example questionnaires become rule files that pass the structural check, every answerable item in."""
    path = EXAMPLES / f"Questionnaire-{name}.json"
    rules, said = taken(path)
    items = flat(json.loads(path.read_text("utf-8"))["item"])
    answerable = [item for item in items if item["type"] not in ("group", "display")]
    left_out = re.findall("item `(.+?)`: .*left out", said)

    assert len(rules.questions) + len(left_out) >= len(answerable)
    assert {item["type"] for item in answerable if item.get("linkId") in left_out} <= {"reference", "attachment"}


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_a_bad_form_is_refused_or_taken_with_its_losses(path: Path) -> None:
    """Whatever is wrong with a file, it is said with a code and a place, or the form is taken and its losses told."""
    text = path.read_text("utf-8")
    if path.stem in TAKEN:
        assert taken(path)[1]
        return
    problems = refused(text)
    known = set(re.findall(r'"linkId":\s*"([^"]+)"', text))

    assert all(problem.code and problem.message for problem in problems)
    assert all("item `" in problem.message for problem in problems if len(known) > 1 and problem.line)


def test_every_faulty_item_is_named() -> None:
    """All faults come at once, each with the linkId and the line where it stands."""
    faulty = form(
        asks("a", enableWhen=[{"question": "b", "operator": "=", "answerBoolean": True}]),
        asks("b", enableWhen=[{"question": "a", "operator": "=", "answerBoolean": True}]),
        asks("c", enableWhen=[{"question": "gone", "operator": "exists", "answerBoolean": True}]),
        asks("d", enableWhen=[{"question": "a", "operator": "~", "answerBoolean": True}]),
        asks("d"),
        asks("e", type="colour"),
    )
    found = {(one.code, one.message.split("`")[1]) for one in refused(faulty)}

    assert found == {
        *[("circular-condition", "a"), ("unknown-question", "c"), ("wrong-value", "d"), ("duplicate-id", "d")],
        ("wrong-value", "e"),
    }


def test_circles_through_groups_are_found() -> None:
    """An item may not hang on itself, on one that hangs on it, or, as a group, on what stands in it."""
    text = (FHIR / "bad" / "circular-enable-when.json").read_text("utf-8")

    assert [(one.code, one.message.split("`")[1]) for one in refused(text)] == [
        ("circular-condition", id) for id in ("A", "C", "D")
    ]


def test_groups_become_sections_and_pass_on_their_conditions() -> None:
    """A question in nested groups stands under their titles, and is asked when all of them are shown."""
    inner = {"linkId": "g2", "type": "group", "text": "Inner", "item": [asks("b")]}
    outer = {"linkId": "g1", "type": "group", "text": "Outer", "item": [inner]}
    outer["enableWhen"] = [{"question": "a", "operator": "=", "answerBoolean": True}]
    inner["enableWhen"] = [{"question": "c", "operator": "!=", "answerBoolean": True}]
    rules = load(take(form(asks("a"), asks("c"), outer)).text)

    assert rules.questions[2].section == "Outer – Inner"
    view = [{"a": "yes", "c": "no"}, {"a": "yes", "c": "yes"}, {"a": "no", "c": "no"}]
    when = rules.questions[2].when
    assert when is not None
    assert [when.holds(answers) for answers in view] == [True, False, False]


def test_a_text_shown_for_some_answers_is_shown_for_those_only() -> None:
    """A conditional text becomes guidance under its condition, also when the condition is that of its group."""
    call = {"linkId": "call", "type": "display", "text": "Call us today."}
    group = {"linkId": "g", "type": "group", "item": [call]}
    group["enableWhen"] = [{"question": "a", "operator": "=", "answerBoolean": True}]
    rules = load(take(form(asks("a"), group, asks("b"))).text)

    (line,) = rules.guidance
    assert line.says == "Call us today."
    assert line.when is not None
    assert (line.when.holds({"a": "yes"}), line.when.holds({"a": "no"})) == (True, False)
    assert rules.questions[1].help is None


def test_open_choice_asks_for_what_is_not_listed() -> None:
    """An answer of one's own is asked after the list, behind an option for it."""
    options = [{"valueString": "Tea"}, {"valueString": "Coffee"}]
    rules = load(take(form(asks("drink", type="open-choice", answerOption=options))).text)
    first, second = rules.questions

    assert [option.label for option in first.options.values()] == ["Tea", "Coffee", "Something else"]
    assert (second.type, second.reserved) == ("text", ("skipped",))
    assert second.when is not None
    assert (second.when.holds({"drink": "other"}), second.when.holds({"drink": "tea"})) == (True, False)


def test_what_could_be_left_out_can_still_be_left_open() -> None:
    """An item that is not required can be skipped; one that is must be answered."""
    rules = load(take(form(asks("a"), {**asks("b"), "required": False})).text)

    assert [question.reserved for question in rules.questions] == [(), ("skipped",)]


def asked_with(text: str, given: dict[str, Answer]) -> list[str]:
    """The questions of the rule file made of a form that someone with these answers is asked."""
    rules = load(take(text).text)
    answers: dict[str, Answer] = {}
    while (question := next_question(rules, answers)) is not None:
        answers[question.id] = given.get(question.id, question.reserved[-1] if question.reserved else "yes")
    return list(answers)


def test_what_hangs_on_an_item_left_open_is_not_asked() -> None:
    """FHIR shows nothing for an answer that is not there; a question that was skipped is such a one."""
    hangs = [{"question": "weeks", "operator": ">", "answerInteger": 1}]
    text = form({**asks("weeks", type="integer"), "required": False}, asks("then", enableWhen=hangs))

    assert asked_with(text, {}) == ["weeks"]
    assert asked_with(text, {"weeks": Decimal(2), "then": "yes"}) == ["weeks", "then"]


def test_an_open_choice_left_open_asks_for_nothing_else() -> None:
    """Only who chooses “Something else” is asked what it is."""
    choice = {**asks("drink", type="open-choice", answerOption=[{"valueString": "Tea"}]), "required": False}

    assert asked_with(form(choice), {}) == ["drink"]
    assert asked_with(form(choice), {"drink": "other"}) == ["drink", "drink-other"]


def test_a_text_for_everyone_is_not_hidden_with_a_question() -> None:
    """A text before a question that not everyone is asked does not become its help."""
    text = {"linkId": "t", "type": "display", "text": "Wear sun cream."}
    hangs = [{"question": "a", "operator": "=", "answerBoolean": True}]
    rules = load(take(form(asks("a"), text, asks("b", enableWhen=hangs))).text)

    assert [(line.says, line.when) for line in rules.guidance] == [("Wear sun cream.", None)]


def test_a_text_whose_condition_is_lost_is_not_said_to_everyone() -> None:
    """A warning for some must not become one for all; one that hangs on a later answer is kept."""
    test = {"operator": "=", "answerBoolean": True}
    never = {"linkId": "x", "type": "display", "text": "Stop.", "enableWhen": [{"question": "photo", **test}]}
    later = {"linkId": "y", "type": "display", "text": "Call us.", "enableWhen": [{"question": "b", **test}]}
    made = take(form(asks("a"), asks("photo", type="attachment"), never, later, asks("b")))
    (line,) = load(made.text).guidance

    assert line.says == "Call us."
    assert line.when is not None
    assert "item `x`: it is a text whose condition can't be kept, and is left out" in [one.message for one in made.lost]


HIDDEN = {"url": "http://hl7.org/fhir/StructureDefinition/questionnaire-hidden", "valueBoolean": True}
RULE = {"url": "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-enableWhenExpression"}


def test_what_the_form_hides_is_not_shown() -> None:
    """Items of a hidden group, and texts shown by an expression, are left out, and that is said."""
    staff = {"linkId": "staff", "type": "group", "text": "Staff", "extension": [HIDDEN], "item": [asks("score")]}
    stop = {"linkId": "stop", "type": "display", "text": "Stop.", "extension": [RULE]}
    made = take(form(asks("a"), staff, stop, asks("b")))
    rules, said = load(made.text), "\n".join(one.message for one in made.lost)

    assert [question.id for question in rules.questions] == ["a", "b"]
    assert "Stop." not in texts(rules)
    assert {"score", "stop"} <= set(re.findall("item `(.+?)`: .*left out", said))


def test_yes_and_no_keep_the_words_of_the_form() -> None:
    """Codes of yes and no that are called otherwise stay options with their own words."""
    codes = "http://terminology.hl7.org/CodeSystem/v2-0136"
    words = (("Y", "I agree"), ("N", "I refuse"))
    options = [{"valueCoding": {"system": codes, "code": code, "display": word}} for code, word in words]
    (question,) = load(take(form(asks("a", type="choice", answerOption=options))).text).questions

    assert [option.label for option in question.options.values()] == ["I agree", "I refuse"]


@pytest.mark.parametrize(
    "text",
    [
        '{"resourceType": "Questionnaire", "item": [{"linkId": "\\x"}]}',
        form(asks("a", type="decimal", extension=[{"url": "x", "valueDecimal": 0}])).replace(": 0", ": 1e999999999999"),
        form({"linkId": "a", "type": "group", "item": []}),
        '{"resourceType": "Questionnaire", "item": ' + '[{"item": ' * 900 + "1" + "}]" * 900 + "}",
        '{"resourceType": "Questionnaire", "item": [NaN]}',
        "\ud800",
        "",
    ],
    ids=["escape", "exponent", "nothing to ask", "nesting", "NaN", "half a character", "empty"],
)
def test_what_is_no_form_is_refused(text: str) -> None:
    """Each ends in a problem with a code, and none in a traceback."""
    assert all(one.code for one in refused(text))


VALUES: tuple[Any, ...] = (None, 0, -1, 1.5, "", " ", "x", "\ud800\u202e", True, [], {}, [None], {"url": "x"}, ["x"])


def parts(plain: Any) -> Iterator[tuple[Any, Any]]:
    """Every container of a JSON value with each of its keys or places."""
    for key in plain if isinstance(plain, dict) else range(len(plain)) if isinstance(plain, list) else ():
        yield plain, key
        yield from parts(plain[key])


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(FORMS), st.data())
def test_a_spoilt_form_is_taken_or_refused(path: Path, data: st.DataObject) -> None:
    """Whatever is changed in a form, it becomes a rule file that loads, or is refused with what is wrong."""
    plain, again = (json.loads(path.read_text("utf-8")) for _ in range(2))
    places = list(parts(plain))
    for _ in range(data.draw(st.integers(1, 4))):
        container, key = places[data.draw(st.integers(0, len(places) - 1))]
        _, other = places[data.draw(st.integers(0, len(places) - 1))]
        if isinstance(container, dict) and key in container:
            container[key] = data.draw(st.sampled_from([*VALUES, str(other), again["item"]]))
        elif isinstance(container, list) and len(container) > key:
            container[key] = data.draw(st.sampled_from(VALUES))
    try:
        made = take(json.dumps(plain))
    except ProblemsFound:
        return
    assert load(made.text).questions
