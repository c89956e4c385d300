"""FHIR at the command line: every run is told from every other, and options are checked before anything is asked."""

import json
from datetime import datetime
from pathlib import Path
from uuid import UUID

import pytest
from commands import SMALL, file, rules, start
from flattening import Json

BASE = "https://clinic.example/fhir"
FHIR_ONLY = ("--bundle", "--id", "--subject", "--author", "--base-url")


def bundle(folder: Path, *arguments: str) -> Json:
    """What `screener start --format fhir` gives for one and the same answers."""
    small, answers = file(folder, SMALL), file(folder, "itch: yes\n", "answers.yaml")
    code, out, err = start(small, "--answers", answers, "--format", "fhir", *arguments)

    assert (code, err) == (0, "")
    made: Json = json.loads(out)
    return made


def test_each_run_is_told_from_every_other(tmp_path: Path) -> None:
    """The same answers twice are two responses, each with a UUID of its own and the moment it was made."""
    one, other = (bundle(tmp_path)["entry"][0] for _ in range(2))
    identifier = one["resource"]["identifier"]["value"]

    assert one["fullUrl"] != other["fullUrl"]
    assert identifier != other["resource"]["identifier"]["value"]
    assert UUID(identifier).version == 4
    assert datetime.fromisoformat(one["resource"]["authored"]).tzinfo is not None


def test_what_a_clinic_says_of_its_answers_is_in_the_bundle(tmp_path: Path) -> None:
    """Id, person, author, server and kind of bundle come from the options; a slash at the end of an address is none."""
    said = ["--id", "case-17", "--subject", "Patient/123", "--author", "Practitioner/7", "--base-url", f"{BASE}/"]
    made = bundle(tmp_path, *said, "--bundle", "transaction")
    response = made["entry"][0]["resource"]

    assert made["type"] == "transaction"
    assert response["identifier"] == {"system": f"{BASE}/QuestionnaireResponse", "value": "case-17"}
    assert (response["subject"], response["author"]) == ({"reference": "Patient/123"}, {"reference": "Practitioner/7"})
    assert response["questionnaire"] == f"{BASE}/Questionnaire/small|1.0.0"


@pytest.mark.parametrize(("option", "value"), [*((option, "a b") for option in FHIR_ONLY), ("--subject", "")])
def test_what_fhir_does_not_allow_is_said_before_anything_is_asked(option: str, value: str) -> None:
    """A value of another form, or none where a script had nothing to put, is refused with the option's name."""
    code, out, err = start("pico-laser", "--format", "fhir", option, value)

    assert (code, out) == (2, "")
    assert option in err


def test_options_for_fhir_are_refused_elsewhere() -> None:
    """Nobody believes that a text or a page says whose answers these are, because an option was given."""
    values = ("collection", "case-17", "Patient/1", "Practitioner/7", BASE)
    given = [word for pair in zip(FHIR_ONLY, values, strict=True) for word in pair]
    code, out, err = start("pico-laser", "--format", "json", *given)

    assert (code, out) == (2, "")
    assert f"{' and '.join(FHIR_ONLY)} can only be used with --format fhir, a file that ends" in " ".join(err.split())


def test_a_questionnaire_is_exported_for_its_server(tmp_path: Path) -> None:
    """Questionnaire and codes have addresses under that of the server; other formats have none."""
    small = file(tmp_path, SMALL)
    for to, type in (("fhir", "Questionnaire"), ("fhir-codes", "CodeSystem")):
        code, out, _ = rules("export", small, "--to", to, "--base-url", BASE)
        assert (code, json.loads(out)["url"]) == (0, f"{BASE}/{type}/small")

    for wrong in (("--to", "csv", "--base-url", BASE), ("--to", "fhir", "--base-url", "clinic")):
        code, out, err = rules("export", small, *wrong)
        assert (code, out) == (2, "")
        assert "--base-url" in err


def test_of_very_many_losses_the_first_are_told_and_the_rest_counted(tmp_path: Path) -> None:
    """Nobody reads ten thousand lines: 200 are shown, and how many more there are, with nothing to be put right."""
    question = {"linkId": "a", "text": "A?", "type": "boolean", "required": True}
    form = {"resourceType": "Questionnaire", "status": "active", "version": "1", "language": "en"}
    text = json.dumps({**form, "item": [question, *[{"type": "display"}] * 1_000]})
    code, _, err = rules("import", file(tmp_path, text, "form.json"))

    assert code == 0
    assert err.count("warning[not-in-rules]") == 200
    assert err.splitlines()[-1].endswith("and 1,800 more")
