"""One item → the question it becomes, or none; and what it loses on the way."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any, NamedTuple

from screener.answers import MAX_TEXT
from screener.exchange.fhir import names as n
from screener.exchange.reading.form import Extension, Item, full_date
from screener.exchange.reading.options import OTHER, Choices
from screener.exchange.reading.outline import Node
from screener.exchange.reading.report import Report
from screener.model import DECLINED, UNSURE, number

Question = dict[str, Any]

_TYPES = {
    "boolean": "yes-no",
    "decimal": "number",
    "integer": "number",
    "quantity": "number",
    "date": "date",
    "dateTime": "date",
    "string": "text",
    "text": "text",
    "url": "text",
    "time": "text",
}
_CHOICES = ("choice", "open-choice", "coding", "string")
_CHANGED = {
    "integer": "whole numbers only: any number can be given",
    "dateTime": "the time of day: only the date is asked",
    "time": "that it is a time: it is asked as a text",
    "url": "that it is a web address: it is asked as a text",
}
_COMPUTED = "calculatedExpression"
#: Extensions that are read, or only say how an item looks on a screen.
_KNOWN = {n.OPTION_EXCLUSIVE, n.UNIT, n.UNIT_OPTION, n.MIN_OCCURS, n.MAX_OCCURS, n.MIN_VALUE, n.MAX_VALUE}
_KNOWN |= {n.HIDDEN, n.ITEM_CONTROL, n.MAX_DECIMAL_PLACES, n.ROLE}
#: Keys that are read elsewhere, or mean nothing to the person who answers.
_SILENT = {"id", "definition", "linkId", "designNote"}


class Made(NamedTuple):
    """A question as it is written, the codes of its options, and whether the form lets it be left out."""

    question: Question
    choices: Choices | None
    optional: bool


def is_choice(item: Item) -> bool:
    """Whether it is answered by choosing among answers that the form lists."""
    return item.type in _CHOICES and bool(item.answer_option or item.answer_value_set)


def cannot_be_asked(item: Item) -> str:
    """Why no question can be made of an item; empty for one that can be asked."""
    if item.type == "choice" or item.type in _TYPES or is_choice(item) or item.type in ("open-choice", "coding"):
        hidden = item.extended(n.HIDDEN)
        if hidden is not None and hidden.boolean:
            return "it is hidden from the person, and is left out"
        if any(one.url.endswith(_COMPUTED) for one in item.extension):
            return "it is computed from other answers, and is left out"
        return "it is filled in by a system, and is left out" if item.read_only else ""
    return f"there is no question of type {item.type}, so it is left out"


def made(node: Node, id: str, choices: Choices | None, apart: tuple[str, ...], report: Report) -> Made:
    """The question for an item that can be asked. `apart` are reserved answers that an item of their own holds."""
    item = node.item
    text = _text(node, report)
    question: Question = {"id": id, **({"section": node.section} if node.section else {})}
    question |= {"type": _type(item, choices), "ask": text}
    reserved = choices.reserved if choices else apart
    if choices and choices.options:
        question["options"] = dict(choices.options)
        if _is_open(item):
            report.lose(node.id, f"an answer of one's own is asked in a question after it, behind “{OTHER}”")
    if choices is None and item.type in _CHOICES[:3] and not item.answer_value_set:
        report.lose(node.id, "it lists no answers, so it is asked as a text")
    optional = not item.required and not reserved
    question |= {UNSURE: "yes"} if UNSURE in reserved else {}
    question |= {"decline": "yes"} if DECLINED in reserved or optional else {}
    question |= dict(_limits(node, question, report))
    _lost(node, report)
    return Made(question, choices, optional)


def _is_open(item: Item) -> bool:
    return item.type == "open-choice" or item.answer_constraint == "optionsOrString"


def asks_for_other(item: Item, choices: Choices | None) -> bool:
    """Whether an answer beside those that are listed can be given."""
    return _is_open(item) and choices is not None and bool(choices.options)


def _text(node: Node, report: Report) -> str:
    item = node.item
    if item.text and item.text.strip():
        return item.text
    display = next((one.display for one in item.code if one.display), None)
    report.lose(node.id, "it has no text" + (", so that of its code is asked" if display else "; please write one"))
    return display or f"{node.section or 'Question'} ({node.id})"


def _type(item: Item, choices: Choices | None) -> str:
    if choices is not None:
        return "yes-no" if choices.yes_no else "many" if item.repeats else "one"
    return _TYPES.get(item.type, "text")


def _limits(node: Node, question: Question, report: Report) -> Iterator[tuple[str, str]]:
    """`min`, `max` and `unit`, as far as they fit."""
    item, kind = node.item, question["type"]
    urls = (n.MIN_OCCURS, n.MAX_OCCURS) if kind == "many" else (n.MIN_VALUE, n.MAX_VALUE)
    for key, url in zip(("min", "max"), urls, strict=True):
        found = item.extended(url)
        text = _limit(found, kind, question) if found else None
        if text is not None:
            yield key, text
        elif found is not None and not (key == "min" and _none_needed(found)):
            report.lose(node.id, f"its `{url.rpartition('/')[2]}` is no limit that can be kept")
    if kind == "number" and (unit := _unit(item, node.id, report)):
        yield "unit", unit


def _none_needed(found: Extension) -> bool:
    """A least number of answers of 0 or 1 is none."""
    return found.integer in (0, 1)


def _limit(found: Extension, kind: str, question: Question) -> str | None:
    if kind == "many" and found.integer is not None:
        together = sum(isinstance(one, str) for one in question["options"].values())
        return str(found.integer) if 0 < found.integer <= together else None
    if kind == "date" and found.day and full_date(found.day):
        return found.day
    value = found.number if found.number is not None else found.integer
    if kind == "number" and value is not None:
        try:
            return str(number(format(Decimal(value), "f")))
        except ValueError:
            return None
    return None


def _unit(item: Item, link_id: str, report: Report) -> str:
    one = item.extended(n.UNIT)
    offered = [ext for ext in item.extension if ext.url == n.UNIT_OPTION]
    if one is None and len(offered) > 1:
        names = ", ".join(str(ext.coding.display or ext.coding.code) for ext in offered if ext.coding)
        report.lose(link_id, f"it can be given in several units ({names}); none is named")
    found = one or (offered[0] if len(offered) == 1 else None)
    return (found.coding.display or found.coding.code or "") if found and found.coding else ""


def _lost(node: Node, report: Report) -> None:
    """What else the item says that a question can't: one problem that names it all."""
    item = node.item
    lost = [_CHANGED[item.type]] if item.type in _CHANGED else []
    if item.type == "integer" and any(one.url == n.MAX_DECIMAL_PLACES for one in item.extension):
        lost = []
    if item.repeats and not is_choice(item):
        lost.append("that it can be answered several times: it is asked once")
    if item.max_length is not None and item.max_length != MAX_TEXT:
        lost.append(f"at most {item.max_length} characters")
    if item.initial:
        lost.append("the answer given beforehand: nobody has given it yet")
    if item.answer_constraint == "optionsOrType":
        lost.append("an answer beside those that are listed")
    urls = dict.fromkeys(one.url for one in item.extension if one.url not in _KNOWN)
    lost += [f"`{url.rpartition('/')[2][:60]}`" for url in urls]
    lost += [f"`{key[:60]}`" for key in item.model_extra or {} if key not in _SILENT]
    if lost:
        report.lose(node.id, f"not kept: {'; '.join(lost)}")
