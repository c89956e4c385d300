"""The text of a FHIR file → a `Form`, or every problem in it, each named by linkId."""

import json
from collections import Counter
from decimal import Decimal
from typing import Any

from screener.exchange.fhir.import_.form import Form
from screener.exchange.fhir.import_.size import check_size
from screener.exchange.fhir.import_.source import FormText, clean
from screener.ground.problems import Problem, ProblemsFound
from screener.ground.safetext import UNSAFE, one_line
from screener.ground.shapes import Fault, choices, shaped


def read_form(text: str, source: FormText) -> tuple[Form, list[str]]:
    """The form that this text holds, and the linkIds of items in whose texts characters were left out.

    Raises ProblemsFound with everything that has the wrong shape.
    """
    changed: dict[str, None] = {}
    try:
        plain = _json(text, source)
        _check_kind(plain, source)
        check_size(plain, source)
        plain = _cleaned(plain, "", changed)
    except RecursionError:
        raise ProblemsFound([source.problem("too-deep", None, "it is nested too deep")]) from None
    form = shaped(Form, plain)
    if isinstance(form, tuple):
        raise ProblemsFound(_problem(fault, plain, source) for fault in form)
    return form, list(changed)


def _check_kind(plain: Any, source: FormText) -> None:
    kind = plain.get("resourceType") if isinstance(plain, dict) else None
    if kind != "Questionnaire":
        said = f"this is a FHIR {one_line(kind)[:60]}" if isinstance(kind, str) else "this is not a FHIR resource"
        help = "take the Questionnaire out of it into a file of its own" if kind == "Bundle" else _WANTED
        raise ProblemsFound([source.problem("not-a-questionnaire", None, f"{said}, not a Questionnaire", help)])


_WANTED = "a file with a FHIR Questionnaire in JSON is needed"


def _json(text: str, source: FormText) -> Any:
    doubled: list[str] = []

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        made = dict(pairs)
        if len(made) < len(pairs):
            names = Counter(key for key, _ in pairs)
            doubled.extend(
                f"{key}` of `{made.get('linkId', made.get('resourceType', '?'))}" for key in made if names[key] > 1
            )
        return made

    try:
        plain = json.loads(text, parse_float=Decimal, parse_constant=_refuse, object_pairs_hook=once)
    except json.JSONDecodeError as error:
        raise ProblemsFound([_not_json(error, text, source)]) from None
    except (ValueError, ArithmeticError):
        raise ProblemsFound([source.problem("not-json", None, "a number in it is none that JSON knows")]) from None
    if doubled:
        problems = [
            source.problem("duplicate-key", None, f"the key `{one_line(name)[:120]}` stands twice", "keep one")
            for name in doubled
        ]
        raise ProblemsFound(problems)
    return plain


def _not_json(error: json.JSONDecodeError, text: str, source: FormText) -> Problem:
    """Where the text stops being JSON, with what stands around that place."""
    start = max(0, error.colno - 61)
    return Problem(
        "not-json",
        f"this is not JSON: {one_line(error.msg).lower()}",
        "this looks like XML; save the form as JSON" if text.lstrip().startswith("<") else _WANTED,
        source.file,
        error.lineno,
        error.colno,
        text.split("\n")[error.lineno - 1][start : start + 120].rstrip(),
        caret=error.colno - 1 - start,
    )


def _cleaned(value: Any, owner: str, changed: dict[str, None]) -> Any:
    """The same with every text in it clean; the items in which that took something away are noted."""
    if isinstance(value, str):
        made = clean(value)
        if UNSAFE.search(value.replace("\r", "")):
            changed[owner] = None
        return made
    if isinstance(value, dict):
        link_id = value.get("linkId")
        owner = clean(link_id) if isinstance(link_id, str) else owner
        return {clean(key): _cleaned(inner, owner, changed) for key, inner in value.items()}
    return [_cleaned(inner, owner, changed) for inner in value] if isinstance(value, list) else value


def _refuse(name: str) -> Any:
    raise ValueError(name)


_KINDS = {
    "text": "a text",
    "switch": "true or false",
    "whole number": "a whole number",
    "number": "a number",
    "list": "a list",
    "mapping": "an object",
}


def _problem(fault: Fault, plain: Any, source: FormText) -> Problem:
    here, owner = plain, None
    for step in fault.route:
        here = _stepped(here, step)
        if isinstance(here, dict) and isinstance(here.get("linkId"), str):
            owner = here["linkId"]
    name = next((str(step) for step in reversed(fault.route) if isinstance(step, str)), "item")
    if fault.kind == "missing":
        return source.problem("missing-key", owner, f"`{name}` is missing")
    if fault.kind == "choice":
        said = f"`{name}` can't be `{one_line(str(fault.given))[:60]}`"
        help = " or ".join(f"`{word}`" for word in choices(Form, fault.route))
        return source.problem("wrong-value", owner, said, f"it can be {help}")
    if fault.kind == "blank":
        return source.problem("wrong-value", owner, f"`{name}` holds no text")
    if fault.kind == "value":
        return source.problem("wrong-value", owner, f"`{name}` is no number that can be kept")
    return source.problem("wrong-type", owner, f"`{name}` must be {_KINDS.get(fault.wanted, 'of another kind')}")


def _stepped(value: Any, step: int | str) -> Any:
    if isinstance(value, dict):
        return value.get(step)
    return value[step] if isinstance(value, list) and isinstance(step, int) and step < len(value) else None
