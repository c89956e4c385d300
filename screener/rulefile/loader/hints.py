"""What is offered in the place of a condition that is not one: where it can be guessed, what to paste."""

import re
from collections.abc import Container
from typing import Any, NamedTuple

from screener.rulefile.conditions.atoms import AllOf, AnyOf, Compare, Count, NoneOf
from screener.rulefile.conditions.tree import Atom
from screener.rulefile.idioms import (
    DATE,
    MEASURE,
    braces_joined,
    compared,
    limited,
    measured,
    said,
    side_of_span,
    span_in,
)
from screener.rulefile.loader.choices import option, torn
from screener.rulefile.measures import FORMS as FORMS_OF
from screener.rulefile.model import Question

CONDITION = "write the id of a question, a colon, a blank and the answer, in braces: {itch: yes}"
FORMS = "write an option, a list of options, or one of all, none, count, below, above, at_least, at_most, within"
LISTED = "write each condition in braces, in a list: `{%s: [{itch: yes}, {age: {below: 18}}]}`"
_LONG = 60
_WORD = r"[a-z0-9][a-z0-9-]*"
_ANSWER = r"[\w.+-]+(?: [\w.+-]+){0,2}"


class Meant(NamedTuple):
    """What is wrong with something in the place of a condition, and how it is written."""

    message: str
    help: str


def condition(raw: Any, dates: Container[str] = ()) -> str:
    """How to write what stands in the place of a condition; `dates` are the questions that ask for one."""
    if isinstance(raw, list) and raw and all(isinstance(part, dict) for part in raw):
        return "write `all:` before the list if everything in it must be so, or `any:` if one is enough"
    if not isinstance(raw, str):
        return CONDITION
    if said(raw) in ("always", "yes"):
        return "leave out `when`: without it, it is for everyone"
    if joined := braces_joined(raw):
        return f"write `{joined}`"
    if meant := _one_word(raw, dates):
        return meant.help
    if found := re.fullmatch(rf"({_WORD}) (?:is |= |== )?({_ANSWER})", raw):
        return f"write it with a colon, in braces: `{{{found[1]}: {said(found[2]) or found[2]}}}`"
    if re.fullmatch(_WORD, raw):
        return f"write the answer too, in braces: `{{{raw}: yes}}`"
    return CONDITION


def entry(key: str, value: Any, dates: Container[str]) -> Meant | None:
    """What a key was meant to be that is no question of the file, if that can be guessed."""
    if (joint := said(key)) in ("any", "all", "none", "not"):
        return Meant(f"`{key}` is no word for joining conditions", _joined(joint, value))
    return _one_word(key, dates) if value == "" else None


def lost_brackets(raw: dict[str, Any], asked: Container[str]) -> tuple[str, str]:
    """The word that is torn off, and what is meant, where a list of answers has no brackets: `{pain: yes, unsure}`."""
    question, words = torn(raw)
    if len(words) < 2 or question not in asked or any(word in asked for word in words[1:]):
        return "", ""
    return words[1], f"write `{{{question}: [{', '.join(words)}]}}`"


def torn_form(question: str, forms: dict[str, Any]) -> tuple[str, str]:
    """The same within a form: `{medicines: {all: gold, isotretinoin}}`."""
    key, words = torn(forms)
    if len(words) < 2 or (said(key) or key) not in ("all", "none", "any"):
        return "", ""
    listed = f"[{', '.join(words)}]"
    return words[1], f"write `{{{question}: {listed if said(key) == 'any' else f'{{{key}: {listed}}}'}}}`"


def _one_word(text: str, dates: Container[str]) -> Meant | None:
    """`pain:yes` or `age >= 18`, which the reader takes for one word."""
    if found := re.fullmatch(rf"({_WORD}):({_ANSWER})", text):
        return Meant("a blank is missing after the colon", f"write `{{{found[1]}: {found[2]}}}`")
    found = re.match(rf"({_WORD})\s*(.+)", text)
    if found and found[1] in dates and (back := counted_back(found[1], found[2])):
        return Meant(f"`{text[:64]}` is not how dates are counted back", back)
    found = re.fullmatch(
        rf"({_WORD})\s*([^\w\s].*|(?:is |at |over |under |more |less |greater |younger |older ).*)", text
    )
    if found and (meant := measured(found[1], found[2].strip().removeprefix("is "))):
        return Meant(f"`{text[:64]}` is not how numbers and dates are compared", f"write `{meant}`")
    return None


def _joined(joint: str, value: Any) -> str:
    if joint == "not":
        return "write `not:` and one condition: `{not: {itch: yes}}`"
    if joint == "none":
        return "write `not:` and `any:`, as in `{not: {any: [{itch: yes}, {age: {below: 18}}]}}`"
    return f"write `{joint}:` in its place" if isinstance(value, list) and value else LISTED % joint


def form(question: str, key: str, value: Any, is_date: bool) -> str:
    """How a form of condition is written that goes by another name."""
    if is_date and isinstance(value, str) and (back := counted_back(question, f"{key} {value}")):
        return back
    side, many = said(key) or key, isinstance(value, list)
    shown = _shown(value)
    if side == "between":
        low, high = shown.strip("[]").split(", ") if many and len(value) == 2 else ("18", "65")
        found = measured(question, shown) or limited(question, at_least=low, at_most=high)
    elif side == "any" or (side == "equal" and not _is_measure(question, shown)):
        found = f"{{{question}: {shown}}}"
    elif side in ("all", "none"):
        found = f"{{{question}: {{{side}: {shown}}}}}"
    elif side == "not":
        found = f"{{not: {{{question}: {shown}}}}}"
    else:
        found = compared(question, side, shown)
    return f"write `{found}`" if found else FORMS


def counted_back(question: str, words: str, sure: bool = True) -> str:
    """How a date is compared with a span, or with `today`: the days since then, or those before; empty for others.

    Where the words could mean either, or are not `sure`, both are offered.
    """
    if " ".join(words.casefold().split()) in ("today", "now"):
        recent = _since(question, "1 day")
        return f"days are counted back, as in `{recent}`; `max: today` in a question keeps later ones out"
    if not (span := span_in(words)):
        return ""
    recent, older = _since(question, span), f"{{not: {_since(question, span)}}}"
    side = side_of_span(words) if sure else ""
    if side:
        return f"write `{recent if side == 'recent' else older}`"
    return f"write `{recent}` for the last {span}, or `{older}` for longer ago"


def _since(question: str, span: str) -> str:
    return f"{{{question}: {{within: {span}}}}}"


def _is_measure(question: str, shown: str) -> bool:
    return bool(measured(question, f"= {shown}"))


def _shown(value: Any) -> str:
    """What the author wrote, as far as it can be shown in a few words; else something to put it in place of."""
    words = value if isinstance(value, list) else [value]
    plain = bool(words) and all(isinstance(word, str) and re.fullmatch(_ANSWER, word) for word in words)
    listed = ", ".join(words[:6]) if plain else "…"
    return f"[{listed}]" if isinstance(value, list) else listed


def count(question: str, value: Any) -> str:
    """How options are counted."""
    limits = value if isinstance(value, dict) else {"at_least": value}
    known = {said(key) or key: number for key, number in limits.items()}
    whole = {side: n for side, n in known.items() if side in ("at_least", "at_most") and str(n).isdecimal()}
    meant = f"at_least: {whole['at_least']}" if "at_least" in whole else "at_least: 2"
    meant = ", ".join(f"{side}: {number}" for side, number in whole.items()) or meant
    return f"write `{{{question}: {{count: {{{meant}}}}}}}`"


def fitting(atom: Atom, question: Question) -> str:
    """How a condition is written that does not fit the type of its question, if that can be guessed."""
    words = sorted(atom.options) if isinstance(atom, AnyOf | AllOf | NoneOf) else []
    if isinstance(atom, AnyOf):
        return _compared(words, question)
    if isinstance(atom, Compare):
        return _counted(atom, question)
    listed = words[0] if len(words) == 1 else f"[{', '.join(words[:6])}]"
    if isinstance(atom, AllOf | NoneOf) and question.choices and set(words) <= set(question.choices):
        wanted = f"{{{question.id}: {listed}}}"
        return f"only one can be chosen: write `{wanted}`" if isinstance(atom, AllOf) else f"write `{{not: {wanted}}}`"
    return "only where several can be chosen are they counted" if isinstance(atom, Count) else ""


def _compared(words: list[str], question: Question) -> str:
    if len(words) == 1 and (meant := option(words[0], question)):
        return meant
    if question.type == "text":
        return f"what a text says decides nothing; `{{{question.id}: answered}}` is true for any"
    if question.type == "date" and (back := counted_back(question.id, words[0])):
        return back
    if question.type == "date" and not re.search(DATE, " ".join(words)):
        return f"days are counted back, as in `{_since(question.id, '6 months')}`"
    if meant := measured(question.id, "-".join(words)) or measured(question.id, words[0]):
        return f"write `{meant}`"
    limit = "2026-01-31" if question.type == "date" else "18"
    if not (found := re.match(MEASURE, words[0])):
        return f"it is compared, as in `{limited(question.id, at_least=limit)}`"
    return f"write `{limited(question.id, at_least=found[0])}`, or at_most, above or below in the place of at_least"


def _counted(atom: Compare, question: Question) -> str:
    if question.type == "many" and str(atom.limit).isdecimal():
        return f"write `{{{question.id}: {{count: {{{atom.side}: {atom.limit}}}}}}}`" if atom.side[:3] == "at_" else ""
    return f"write {FORMS_OF[question.type]}" if question.type in FORMS_OF else ""
