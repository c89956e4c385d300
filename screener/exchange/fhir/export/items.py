"""A question as an item of a FHIR Questionnaire, with what belongs to it."""

from decimal import Decimal
from typing import Any

from screener.engine.answers import MAX_TEXT, as_plain, stands_alone
from screener.exchange.fhir import names as n
from screener.exchange.fhir.names import Resource
from screener.rulefile.days import TODAY
from screener.rulefile.measures import MEASURED, NUMBERS, limit
from screener.rulefile.model import Question

_TYPES = {
    "one": "choice",
    "many": "choice",
    "yes-no": "boolean",
    "text": "text",
    "number": "decimal",
    "whole": "integer",
    "date": "date",
}
_LIMITS = {"number": "valueDecimal", "whole": "valueInteger", "date": "valueDate"}
_DECIMAL_PLACES = 4


def items(system: str, question: Question) -> list[Resource]:
    """The item of a question, and one for its reserved answers where they can't stand among its own.

    `system` is the address of the codes of its options.
    """
    item: Resource = {"linkId": question.id, "text": question.ask}
    item["type"] = "choice" if n.has_options(question) else _TYPES[question.type]
    item["required"] = not n.open_apart(question)
    if n.has_options(question):
        item["repeats"] = question.type == "many"
        item["answerOption"] = [_option(system, question, id) for id in (*question.choices, *question.reserved)]
    if question.type == "text":
        item["maxLength"] = MAX_TEXT
    if extensions := _extensions(question):
        item["extension"] = extensions
    if displays := [_display(question, role, text) for role, text in _notes(question) if text]:
        item["item"] = displays
    return [item, _instead(system, question)] if n.open_apart(question) else [item]


def _option(system: str, question: Question, id: str) -> Resource:
    made: Resource = {"valueCoding": n.coding(system, question, id)}
    if question.type == "many" and stands_alone(question, id):
        made["extension"] = [{"url": n.OPTION_EXCLUSIVE, "valueBoolean": True}]
    return made


def _instead(system: str, question: Question) -> Resource:
    """The choice among the reserved answers, beside a number, date, text or plain yes and no."""
    return {
        "linkId": n.part(question.id, n.INSTEAD),
        "text": n.INSTEAD_TEXT,
        "type": "choice",
        "required": False,
        "repeats": False,
        "answerOption": [{"valueCoding": n.coding(system, question, word)} for word in question.reserved],
        "extension": [n.role(n.INSTEAD), _control("radio-button")],
    }


def _extensions(question: Question) -> list[Resource]:
    found: list[Resource] = []
    if question.type == "many":
        occurs = zip((n.MIN_OCCURS, n.MAX_OCCURS), question.limits, strict=True)
        found += [{"url": url, "valueInteger": int(value)} for url, value in occurs if isinstance(value, Decimal)]
    elif question.type in MEASURED:
        found += [_limit(question, url, text) for url, text in _bounds(question) if text not in (None, TODAY)]
    if question.type == "number":
        found.append({"url": n.MAX_DECIMAL_PLACES, "valueInteger": _DECIMAL_PLACES})
    if question.unit and question.type in NUMBERS:
        found.append({"url": n.UNIT, "valueCoding": {"display": question.unit}})
    if n.has_options(question):
        found.append(_control("check-box" if question.type == "many" else "radio-button"))
    return found


def _bounds(question: Question) -> tuple[tuple[str, str | None], ...]:
    return (n.MIN_VALUE, question.min), (n.MAX_VALUE, question.max)


def _limit(question: Question, url: str, text: str | None) -> Resource:
    value: Any = limit(question.type, text)
    return {"url": url, _LIMITS[question.type]: as_plain(value)}


def _control(code: str) -> Resource:
    coding = {"system": n.CONTROLS, "code": code}
    return {"url": n.ITEM_CONTROL, "valueCodeableConcept": {"coding": [coding]}}


def _notes(question: Question) -> tuple[tuple[str, str | None], ...]:
    return (n.HELP, question.help), (n.WHY, question.why)


def _display(question: Question, role: str, text: str | None) -> Resource:
    return {
        "linkId": n.part(question.id, role),
        "text": text,
        "type": "display",
        "extension": [n.role(role), _control("help" if role == n.HELP else "flyover")],
    }
