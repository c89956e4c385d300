"""The names that FHIR has for things, and the names that we give in FHIR. A name with a dot is no question's id."""

from typing import Any

from screener.engine.answers import RESERVED_WORDS
from screener.ground.marks import DECLINED, SKIPPED, UNSURE
from screener.rulefile.model import Question, RuleFile

Resource = dict[str, Any]

_EXTENSION = "http://hl7.org/fhir/StructureDefinition/"
OPTION_EXCLUSIVE = f"{_EXTENSION}questionnaire-optionExclusive"
ITEM_CONTROL = f"{_EXTENSION}questionnaire-itemControl"
UNIT = f"{_EXTENSION}questionnaire-unit"
MIN_OCCURS, MAX_OCCURS = f"{_EXTENSION}questionnaire-minOccurs", f"{_EXTENSION}questionnaire-maxOccurs"
MIN_VALUE, MAX_VALUE = f"{_EXTENSION}minValue", f"{_EXTENSION}maxValue"
MAX_DECIMAL_PLACES = f"{_EXTENSION}maxDecimalPlaces"
HIDDEN = f"{_EXTENSION}questionnaire-hidden"
UNIT_OPTION = f"{_EXTENSION}questionnaire-unitOption"

#: Profiles of Structured Data Capture, https://hl7.org/fhir/uv/sdc. Its forms say how their versions are compared.
_SDC = "http://hl7.org/fhir/uv/sdc/StructureDefinition/"
SDC_QUESTIONNAIRE, SDC_RESPONSE = f"{_SDC}sdc-questionnaire", f"{_SDC}sdc-questionnaireresponse"
VERSION_ALGORITHM = f"{_EXTENSION}artifact-versionAlgorithm"
VERSION_ALGORITHMS = "http://hl7.org/fhir/version-algorithm"

LOINC = "http://loinc.org"
CONTROLS = "http://hl7.org/fhir/questionnaire-item-control"
#: Codes for yes and no, and for answers that were left open.
YES_NO_CODES = "http://terminology.hl7.org/CodeSystem/v2-0136"
ABSENT_CODES = "http://terminology.hl7.org/CodeSystem/data-absent-reason"
YES_NO = {"yes": "Y", "no": "N"}
ABSENT = {UNSURE: "asked-unknown", DECLINED: "asked-declined", SKIPPED: "unknown"}

#: Begins the address of everything of ours.
OURS = "urn:screener:"
#: The system of an identifier that is the fingerprint of a rule file.
FINGERPRINT = f"{OURS}sha256"
#: The extension that says what an item of ours is for, where it is no question itself.
ROLE = f"{OURS}item-role"
HELP, WHY, INSTEAD, REFERRAL, SHOWN_WHEN, SECTION = "help", "why", "instead", "referral", "when", "section"
INSTEAD_TEXT = "Or, in place of an answer:"


def url(rules: RuleFile, base_url: str = "") -> str:
    """The canonical address of the questionnaire: under `base_url`, where it is published, or a name of ours."""
    return f"{base_url}/Questionnaire/{rules.id}" if base_url else f"{OURS}{rules.id}"


def codes_url(rules: RuleFile, base_url: str = "") -> str:
    """The canonical address of its answers' codes, which is the system of each."""
    return codes_of(url(rules, base_url))


def codes_of(questionnaire: str) -> str:
    """The address of the codes of a questionnaire that has this address."""
    base, published, id = questionnaire.rpartition("/Questionnaire/")
    return f"{base}/CodeSystem/{id}" if published else questionnaire


def part(of: str, role: str, number: int | None = None) -> str:
    """The linkId of an item that belongs to another one."""
    return f"{of}.{role}" if number is None else f"{of}.{role}-{number}"


def role(name: str) -> Resource:
    """What an item is for, as an extension: a text that is only displayed may not have a code."""
    return {"url": ROLE, "valueCode": name}


def coding(system: str, question: Question, answer: str) -> Resource:
    """An option or a reserved answer as FHIR has it; options are codes of `system`."""
    if answer in question.reserved:
        return {"system": ABSENT_CODES, "code": ABSENT[answer], "display": RESERVED_WORDS[answer]}
    label = question.choices[answer].label
    if question.type == "yes-no":
        return {"system": YES_NO_CODES, "code": YES_NO[answer], "display": label}
    return {"system": system, "code": f"{question.id}.{answer}", "display": label}


def has_options(question: Question) -> bool:
    """Whether it is answered by choosing among codes; a reserved answer makes a code of a yes or no too."""
    return question.type in ("one", "many") or bool(question.type == "yes-no" and question.reserved)


def open_apart(question: Question) -> bool:
    """Whether its reserved answers need an item of their own, as FHIR can't put codes among numbers and texts."""
    return bool(question.reserved) and not has_options(question)
