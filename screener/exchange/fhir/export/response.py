"""Answers and summary as a FHIR R4 Bundle: a QuestionnaireResponse, and a DocumentReference that holds the summary.

It is the same for the same input: the clock is not looked at, and whose answers they are comes with the `Origin`.
"""

from base64 import b64encode
from collections.abc import Iterator
from typing import Literal, NamedTuple

from screener.engine.answers import as_plain
from screener.engine.assess import Summary
from screener.exchange.fhir import names as n
from screener.exchange.fhir.export.origin import (
    DOCUMENT,
    RESPONSE,
    Origin,
    full_url,
    identifier,
    identifier_of_summary,
    request,
)
from screener.exchange.fhir.export.questionnaire import questionnaire
from screener.exchange.fhir.names import Resource
from screener.rulefile.conditions.tree import Answer
from screener.rulefile.model import Answers, Question, RuleFile

#: A document of answers to a questionnaire, https://loinc.org/74465-6; and a note that comes from the patient, whoever
#: typed it, https://loinc.org/51855-5. R4 prefers http://hl7.org/fhir/ValueSet/c80-doc-typecodes for types, which has
#: both; the categories that it gives as examples have no note of a patient.
_TYPE = {"system": n.LOINC, "code": "74465-6", "display": "Questionnaire response Document"}
_CATEGORY = {"system": n.LOINC, "code": "51855-5", "display": "Patient Note"}

_VALUES = {
    "number": "valueDecimal",
    "whole": "valueInteger",
    "date": "valueDate",
    "text": "valueString",
    "yes-no": "valueBoolean",
}


class Attached(NamedTuple):
    """The summary in one format, for the record."""

    content_type: str
    data: bytes


BundleType = Literal["collection", "transaction"]


def bundle(
    rules: RuleFile,
    summary: Summary,
    attached: tuple[Attached, ...],
    origin: Origin,
    type: BundleType = "collection",
) -> Resource:
    """Only questions that were asked are in it. `attached` are the forms of the summary, at least one.

    A `transaction` can be sent to a FHIR server as it is; a `collection` is for keeping and for reading in.
    """
    response = response_of(rules, summary, origin)
    document = _document(rules, summary, attached, origin)
    entries = [_entry(resource, _identifier(resource), type) for resource in (response, document)]
    return {"resourceType": "Bundle", "language": rules.language, "type": type, "entry": entries}


def response_of(rules: RuleFile, summary: Summary, origin: Origin) -> Resource:
    """The answers as SDC has them, http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaireresponse."""
    url, system = n.url(rules, origin.base_url), n.codes_url(rules, origin.base_url)
    items = list(_answered(rules, system, summary.answers, questionnaire(rules).resource["item"]))
    return {
        "resourceType": RESPONSE,
        "meta": {"profile": [n.SDC_RESPONSE]},
        "language": rules.language,
        "identifier": identifier(origin),
        "questionnaire": f"{url}|{rules.version}",
        "status": "completed" if summary.complete else "in-progress",
        **({"subject": {"reference": origin.subject}} if origin.subject else {}),
        "authored": origin.moment,
        **({"author": {"reference": origin.author}} if origin.author else {}),
        **({"item": items} if items else {}),
    }


def _answered(rules: RuleFile, system: str, answers: Answers, items: list[Resource]) -> Iterator[Resource]:
    """The items of the questionnaire under which something was answered, in its order and nesting."""
    for item in items:
        made: Resource = {key: item[key] for key in ("linkId", "text") if key in item}
        if item["type"] == "group":
            if inner := list(_answered(rules, system, answers, item["item"])):
                yield {**made, "item": inner}
        elif item["type"] != "display" and (given := _given(rules, system, answers, item["linkId"])):
            yield {**made, "answer": given}


def _given(rules: RuleFile, system: str, answers: Answers, link_id: str) -> list[Resource]:
    """The answers to one item: a question, or the place of the reserved answers to one."""
    id, _, apart = link_id.partition(".")
    question = rules.by_question[id]
    answer = answers.get(id)
    if answer is None or bool(apart) != (n.open_apart(question) and answer in question.reserved):
        return []
    if n.has_options(question) or apart:
        chosen = answer if isinstance(answer, tuple) else (str(answer),)
        return [{"valueCoding": n.coding(system, question, one)} for one in chosen]
    return [{_VALUES[question.type]: _value(question, answer)}]


def _value(question: Question, answer: Answer) -> object:
    return answer == "yes" if question.type == "yes-no" else as_plain(answer)


def _document(rules: RuleFile, summary: Summary, attached: tuple[Attached, ...], origin: Origin) -> Resource:
    """The summary as a document about these answers, http://hl7.org/fhir/R4/documentreference.html."""
    answers = identifier(origin)
    return {
        "resourceType": DOCUMENT,
        "language": rules.language,
        "identifier": [identifier_of_summary(answers)],
        "status": "current",
        "type": {"coding": [_TYPE], "text": "Summary of a questionnaire"},
        "category": [{"coding": [_CATEGORY]}],
        **({"subject": {"reference": origin.subject}} if origin.subject else {}),
        "date": origin.moment,
        **({"author": [{"reference": origin.author}]} if origin.author else {}),
        "description": f"{rules.title}: {summary.disposition.title}",
        "content": [{"attachment": _attachment(rules, one)} for one in attached],
        "context": {"related": [{"reference": full_url(answers), "type": RESPONSE}]},
    }


def _attachment(rules: RuleFile, one: Attached) -> Resource:
    data = b64encode(one.data).decode()
    return {"contentType": one.content_type, "language": rules.language, "data": data, "title": rules.title}


def _identifier(resource: Resource) -> Resource:
    """The one identifier of a resource; a document may have several, and has one in a list."""
    found: Resource | list[Resource] = resource["identifier"]
    return found[0] if isinstance(found, list) else found


def _entry(resource: Resource, identified: Resource, type: BundleType) -> Resource:
    entry: Resource = {"fullUrl": full_url(identified), "resource": resource}
    return {**entry, "request": request(resource["resourceType"], identified)} if type == "transaction" else entry
