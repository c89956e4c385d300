"""One item → the question it becomes, or none; and what it loses on the way."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any, NamedTuple

from screener.engine.answers import MAX_TEXT
from screener.exchange.fhir import names as n
from screener.exchange.fhir.import_.form import Extension, Item, full_date
from screener.exchange.fhir.import_.options import OTHER, Choices
from screener.exchange.fhir.import_.outline import Node
from screener.exchange.fhir.import_.report import Report, listed
from screener.ground.marks import DECLINED, SKIPPED, UNSURE
from screener.rulefile.measures import MEASURED, NUMBERS, Limits, limit, number, whole

Question = dict[str, Any]

_TYPES = {
    "boolean": "yes-no",
    "decimal": "number",
    "integer": "whole",
    "quantity": "number",
    "date": "date",
    "dateTime": "date",
    "string": "text",
    "text": "text",
    "url": "text",
    "time": "text",
}
#: Types of items that are lists of answers, also where a form forgets to list them.
_LISTS = ("choice", "open-choice", "coding")
_CHANGED = {
    "dateTime": "the time of day (only the date is asked)",
    "time": "that it is a time (it is asked as a text)",
    "url": "that it is a web address (it is asked as a text)",
}
_COMPUTED = "calculatedExpression"
#: Extensions that are read for each kind of question, and for every item; how an item looks on a screen is not kept.
_READ = {
    "many": {n.MIN_OCCURS, n.MAX_OCCURS},
    "number": {n.MIN_VALUE, n.MAX_VALUE, n.UNIT, n.UNIT_OPTION},
    "whole": {n.MIN_VALUE, n.MAX_VALUE, n.UNIT, n.UNIT_OPTION},
    "date": {n.MIN_VALUE, n.MAX_VALUE},
}
_READ_ALWAYS = {n.ROLE, n.HIDDEN, n.ITEM_CONTROL, n.OPTION_EXCLUSIVE}
_OUR_DECIMAL_PLACES = 4


class Made(NamedTuple):
    """A question as it is written, its codes and reserved answers, and whether the form lets it be left out."""

    question: Question
    choices: Choices | None
    reserved: tuple[str, ...]
    optional: bool


def is_choice(item: Item) -> bool:
    """Whether it is answered by choosing among answers that the form lists, whatever its type."""
    return bool(item.answer_option or item.answer_value_set)


def cannot_be_asked(node: Node) -> str:
    """Why no question can be made of an item; empty for one that can be asked."""
    item = node.item
    if item.type not in _TYPES and item.type not in _LISTS:
        return f"there is no question of type {item.type}, so it is left out"
    if node.hidden:
        return "it is hidden from the person, and is left out"
    if any(one.url.endswith(_COMPUTED) for one in item.extension):
        return "it is computed from other answers, and is left out"
    return "it is filled in by a system, and is left out" if item.read_only else ""


def made(node: Node, id: str, choices: Choices | None, apart: tuple[str, ...], report: Report) -> Made:
    """The question for an item that can be asked. `apart` are reserved answers that an item of their own holds."""
    item = node.item
    question: Question = {"id": id, **({"section": node.section} if node.section else {})}
    question |= {"type": _type(item, choices), "ask": _text(node, report)}
    if choices and choices.options:
        question["options"] = dict(choices.options)
        if _is_open(item):
            report.lose(node.id, f"an answer of one's own is asked in a question after it, behind “{OTHER}”")
    if choices is None and item.type in _LISTS and not item.answer_value_set:
        report.lose(node.id, "it lists no answers, so it is asked as a text")
    own = choices.reserved if choices else apart
    optional = not item.required and not apart and DECLINED not in own and SKIPPED not in own
    reserved = (*own, SKIPPED) if optional else own
    question |= {UNSURE: "yes"} if UNSURE in reserved else {}
    question |= {"decline": "yes"} if DECLINED in reserved else {}
    question |= {"optional": "yes"} if SKIPPED in reserved else {}
    question |= _limits(node, question, report)
    lose_rest(node, str(question["type"]), report)
    return Made(question, choices, reserved, optional)


def _is_open(item: Item) -> bool:
    return item.type == "open-choice" or item.answer_constraint == "optionsOrString"


def asks_for_other(item: Item, choices: Choices | None) -> bool:
    """Whether an answer beside those that are listed can be given."""
    return _is_open(item) and choices is not None and bool(choices.options)


def _text(node: Node, report: Report) -> str:
    item = node.item
    if item.text:
        return item.text
    display = next((one.display for one in item.code if one.display), None)
    report.lose(node.id, "it has no text" + (", so that of its code is asked" if display else "; please write one"))
    return display or f"{node.section or 'Question'} ({node.id})"


def _type(item: Item, choices: Choices | None) -> str:
    if choices is not None:
        return "yes-no" if choices.yes_no else "many" if item.repeats else "one"
    return _TYPES.get(item.type, "text")


def _limits(node: Node, question: Question, report: Report) -> dict[str, str]:
    """`min`, `max` and `unit`, as far as they fit."""
    item, kind = node.item, question["type"]
    urls = (n.MIN_OCCURS, n.MAX_OCCURS) if kind == "many" else (n.MIN_VALUE, n.MAX_VALUE)
    limits: dict[str, str] = {}
    for key, url in zip(("min", "max"), urls, strict=True):
        found = item.extended(url) if kind in _READ else None
        text = _limit(found, kind, question) if found else None
        if text is not None:
            limits[key] = text
        elif found is not None and not _none_needed(found):
            report.lose(node.id, f"its `{url.rpartition('/')[2]}` is no limit that can be kept")
    if len(limits) == 2 and Limits(limit(kind, limits["min"]), limit(kind, limits["max"])).crossed:
        report.lose(node.id, "its smallest value allowed is larger than its largest, so both are left out")
        limits = {}
    unit = _unit(item, node.id, report) if kind in NUMBERS else ""
    return {**limits, "unit": unit} if unit else limits


def _none_needed(found: Extension) -> bool:
    """A least number of answers of 0 or 1 is none."""
    return found.url == n.MIN_OCCURS and found.integer in (0, 1)


def _limit(found: Extension, kind: str, question: Question) -> str | None:
    if kind == "many" and found.integer is not None:
        together = sum(isinstance(one, str) for one in question["options"].values())
        return str(found.integer) if 0 < found.integer <= together else None
    if kind == "date" and found.day and full_date(found.day):
        return found.day
    value = found.number if found.number is not None else found.integer
    if kind in NUMBERS and value is not None:
        try:
            return str((whole if kind == "whole" else number)(format(Decimal(value), "f")))
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


def lose_rest(node: Node, kind: str, report: Report) -> None:
    """What else an item says that has no place in a rule file: one problem that names it all."""
    item = node.item
    lost = [_CHANGED[item.type]] if item.type in _CHANGED and kind in (*MEASURED, "text") else []
    if item.type == "quantity" and not any(one.url in (n.UNIT, n.UNIT_OPTION) for one in item.extension):
        lost.append("the unit of the answer (a number is asked)")
    if item.repeats and kind in (*MEASURED, "text", "yes-no"):
        lost.append("that it can be answered several times (it is asked once)")
    if item.max_length is not None and item.max_length != MAX_TEXT:
        lost.append(f"at most {item.max_length} characters")
    if item.initial:
        lost.append("the answer given beforehand (nobody has given it yet)")
    if item.answer_constraint == "optionsOrType":
        lost.append("an answer beside those that are listed")
    lost += listed(_unread(item, kind))
    if lost:
        report.lose(node.id, f"not kept: {'; '.join(lost)}")


def _unread(item: Item, kind: str) -> Iterator[str]:
    """The names of the extensions and keys of an item, its options and its conditions that nothing reads."""
    if item.code:
        yield "code"
    yield from (key for key in item.model_extra or () if key != "id")
    for one in item.extension:
        if one.url not in _READ_ALWAYS | _READ.get(kind, set()) and not _is_default(one, kind):
            yield one.url.rpartition("/")[2]
    for part in (*item.answer_option, *item.enable_when):
        yield from (key for key in part.model_extra or () if key != "id")
        yield from (one.url.rpartition("/")[2] for one in part.extension if one.url != n.OPTION_EXCLUSIVE)


def _is_default(one: Extension, kind: str) -> bool:
    """Whether an extension says what holds anyway."""
    places = one.url == n.MAX_DECIMAL_PLACES and one.integer == _OUR_DECIMAL_PLACES and kind == "number"
    return places or _none_needed(one) or (one.url == n.MAX_OCCURS and one.integer == 1)
