"""Examples as whole files that can be loaded: each is laid into a small questionnaire."""

from collections.abc import Callable, Mapping
from typing import Any

from screener.authoring.format.key import Key, Thing
from screener.ground.jsontext import as_json_text
from screener.rulefile.yamltext import read

Plain = dict[str, Any]
_RULES = """
format: 1
id: example
version: 1.0.0
title: An example
language: en
sources: example.sources.yaml
conditions: {itching: {itch: yes}}
questions:
  - {id: concerns, type: many, ask: What bothers you?, options: {dry: Dry skin, spots: Spots, none: None}, unsure: yes}
  - {id: itch, type: yes-no, ask: Does your skin itch?, unsure: yes, decline: yes}
  - {id: skin, type: one, ask: How does your skin look?, options: {light: Light, medium: Medium, dark: Dark}}
  - {id: age, type: number, ask: How old are you?}
  - {id: since, type: date, ask: Since when does it itch?, when: {is: itching}}
guidance:
  - {id: calm, topic: Care, when: {itch: no}, says: Keep the skin cool.}
  - {id: itchy, topic: Care, when: {is: itching}, says: Say since when it itches.}
dispositions:
  - {id: consult, title: Talk to a professional, says: They look at your skin.}
  - {id: doctor-first, title: See a doctor first, says: Before anything else.}
referral: [{says: Please see a certified professional.}]
"""
_SOURCES = """
format: 1
documents:
  leaflet: {title: A leaflet, sections: {care: {heading: Care}}}
  study: {title: A study}
statements:
  - {id: C1, document: leaflet, says: Cool skin itches less.}
  - {id: B1, document: study, says: One study found no effect.}
"""
_CASES = """
format: 1
base: {concerns: [dry], itch: no, skin: light, age: 40}
cases: [{id: calm, expect: {says: [calm]}}]
"""
_LINE: Plain = {"id": "more", "topic": "Care", "says": "Bring your creams along."}
_FRAMES = {"rules": _RULES, "sources": _SOURCES, "cases": _CASES}
#: A thing of this shape as part of a file.
_PARTS: Mapping[str, Callable[[Plain], Plain]] = {
    "WordLimits": lambda it: {"limits": it},
    "Question": lambda it: {"questions": [it]},
    "Option": lambda it: {"questions": [{"id": "more", "type": "many", "ask": "What else?", "options": {"one": it}}]},
    **dict.fromkeys(("Condition", "AboutAnswer", "Count"), lambda it: {"guidance": [_LINE | {"when": it}]}),
    "Guidance": lambda it: {"guidance": [it]},
    "Disposition": lambda it: {"dispositions": [it]},
    "Referral": lambda it: {"referral": [it]},
    "Passage": lambda it: {"not_covered": it},
    "Invariant": lambda it: {"invariants": [it]},
    "Promise": lambda it: {"invariants": [{"id": "promised", "because": "It matters.", "then": it}]},
    "Document": lambda it: {"documents": {"more": it}},
    "Section": lambda it: {"documents": {"more": {"title": "More", "sections": {"one": it}}}},
    "Statement": lambda it: {"statements": [it]},
    "Case": lambda it: {"cases": [it]},
    "Expected": lambda it: {"cases": [{"id": "more", "expect": it}]},
}


def whole(thing: Thing, key: Key) -> dict[str, str]:
    """The rule file, sources file and cases file that the example is part of, each by its kind."""
    files: dict[str, Plain] = {of: read(text).plain for of, text in _FRAMES.items()}
    example = _plain(thing.least) | _plain(key.beside) | _plain(key.example)
    part = _PARTS[thing.shape](example) if thing.shape in _PARTS else example
    files[thing.of] = _laid(files[thing.of], part)
    return {of: as_json_text(plain) for of, plain in files.items()}


def value(key: Key) -> Any:
    """What stands behind the key in its example."""
    return next(_found(_plain(key.example), key.name))


def _found(plain: Any, name: str) -> Any:
    items = plain.items() if isinstance(plain, dict) else ()
    for key, inner in items:
        if key == name:
            yield inner
        yield from _found(inner, name)


def _plain(text: str) -> Plain:
    found: Plain = read(text).plain if text else {}
    return found


def _laid(under: Plain, over: Plain) -> Plain:
    """One value over another: lists begin with the new entries, mappings get them, anything else is replaced."""
    both = dict(under)
    for key, new in over.items():
        old = both.get(key)
        if isinstance(old, dict) and isinstance(new, dict):
            both[key] = _laid(old, new)
        elif isinstance(old, list) and isinstance(new, list):
            both[key] = [*old, *new] if key != "referral" else [*new, *old]
        else:
            both[key] = new
    return both
