"""Answers and summary as a FHIR R4 Bundle: a QuestionnaireResponse, and a DocumentReference that holds the summary.

It is the same for the same input: nobody's name, and no clock, so a record system adds who and when.
"""

import json
from base64 import b64encode
from collections.abc import Iterator
from typing import NamedTuple
from uuid import NAMESPACE_URL, uuid5

from screener.engine.answers import as_plain
from screener.engine.assess import Summary
from screener.exchange.fhir import names as n
from screener.exchange.fhir.export.questionnaire import questionnaire
from screener.exchange.fhir.names import Resource
from screener.rulefile.conditions.tree import Answer
from screener.rulefile.model import Answers, Question, RuleFile

_VALUES = {"number": "valueDecimal", "date": "valueDate", "text": "valueString", "yes-no": "valueBoolean"}


class Attached(NamedTuple):
    """The summary in one format, for the record."""

    content_type: str
    data: bytes


def bundle(rules: RuleFile, summary: Summary, attached: tuple[Attached, ...]) -> Resource:
    """Only questions that were asked are in it. `attached` are the forms of the summary, at least one."""
    response = _entry(response_of(rules, summary))
    document = _entry(_document(rules, summary, attached, response["fullUrl"]))
    return {"resourceType": "Bundle", "language": rules.language, "type": "collection", "entry": [response, document]}


def response_of(rules: RuleFile, summary: Summary) -> Resource:
    """The answers as a QuestionnaireResponse, http://hl7.org/fhir/R4/questionnaireresponse.html."""
    items = list(_answered(rules, summary.answers, questionnaire(rules).resource["item"]))
    return {
        "resourceType": "QuestionnaireResponse",
        "language": rules.language,
        "identifier": {"system": f"{n.OURS}sha256", "value": rules.sha256},
        "questionnaire": f"{n.url(rules)}|{rules.version}",
        "status": "completed" if summary.complete else "in-progress",
        **({"item": items} if items else {}),
    }


def _answered(rules: RuleFile, answers: Answers, items: list[Resource]) -> Iterator[Resource]:
    """The items of the questionnaire under which something was answered, in its order and nesting."""
    for item in items:
        made: Resource = {key: item[key] for key in ("linkId", "text") if key in item}
        if item["type"] == "group":
            if inner := list(_answered(rules, answers, item["item"])):
                yield {**made, "item": inner}
        elif item["type"] != "display" and (given := _given(rules, answers, item["linkId"])):
            yield {**made, "answer": given}


def _given(rules: RuleFile, answers: Answers, link_id: str) -> list[Resource]:
    """The answers to one item: a question, or the place of the reserved answers to one."""
    id, _, apart = link_id.partition(".")
    question = rules.by_question[id]
    answer = answers.get(id)
    if answer is None or bool(apart) != (n.open_apart(question) and answer in question.reserved):
        return []
    if n.has_options(question) or apart:
        chosen = answer if isinstance(answer, tuple) else (str(answer),)
        return [{"valueCoding": n.coding(rules, question, one)} for one in chosen]
    return [{_VALUES[question.type]: _value(question, answer)}]


def _value(question: Question, answer: Answer) -> object:
    return answer == "yes" if question.type == "yes-no" else as_plain(answer)


def _document(rules: RuleFile, summary: Summary, attached: tuple[Attached, ...], about: str) -> Resource:
    title = f"{rules.title}: {summary.disposition.title}"
    content = [
        {
            "attachment": {
                "contentType": one.content_type,
                "language": rules.language,
                "data": b64encode(one.data).decode(),
                "title": rules.title,
            }
        }
        for one in attached
    ]
    return {
        "resourceType": "DocumentReference",
        "language": rules.language,
        "status": "current",
        "type": {"text": "Summary of a questionnaire"},
        "description": title,
        "content": content,
        "context": {"related": [{"reference": about, "type": "QuestionnaireResponse"}]},
    }


def _entry(resource: Resource) -> Resource:
    """A resource under an address made from what it holds, so that equal ones have equal addresses."""
    held = json.dumps(resource, sort_keys=True, ensure_ascii=True)
    return {"fullUrl": f"urn:uuid:{uuid5(NAMESPACE_URL, held)}", "resource": resource}
