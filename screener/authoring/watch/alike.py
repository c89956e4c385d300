"""What of a rule file its logic hangs on, and what its texts do: as long as that is alike, so is what is found.

Whatever is not named here as words counts as logic: a new key is looked at anew rather than taken for granted.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any

from screener.ground.shapes import Shape
from screener.rulefile.conditions.tree import All, AnyPart, Condition, Not
from screener.rulefile.model import Disposition, Guidance, Option, Question, Referral, RuleFile
from screener.rulefile.promises import Invariant

#: What can be compared with `==`, and is equal exactly if all that it was made of is.
Alike = Any
#: What no proof and no worked case looks at. Topics are no mere words: two lines of one topic may be said together; nor
#: are the words of a referral, which can be promised.
WORDS: Mapping[type[Shape], frozenset[str]] = {
    RuleFile: frozenset(
        ["version", "title", "language", "status", "sources", "intro", "glossary", "limits", "not_covered"]
    ),
    Question: frozenset(["section", "ask", "help", "why", "unit", "sources"]),
    Option: frozenset(["label", "help"]),
    Guidance: frozenset(["title", "says", "more", "short", "ask", "sources"]),
    Disposition: frozenset(["title", "says", "short", "sources"]),
    Referral: frozenset(["sources"]),
    Invariant: frozenset(["because"]),
}
#: The name of each condition that has one, by its identity: a named condition is looked at where it is named.
_Named = Mapping[int, str]


def logic_of(rules: RuleFile) -> Alike:
    """Everything that proofs and worked cases can look at, in the order of writing."""
    named = {id(condition): name for name, condition in rules.conditions.items()}
    return (_logic(rules, named), *(_logic(one, _others(named, one)) for one in rules.conditions.values()))


def _others(named: _Named, condition: Condition) -> _Named:
    return {key: name for key, name in named.items() if key != id(condition)}


def _logic(value: Any, named: _Named) -> Alike:
    if isinstance(value, Shape):
        return tuple(_logic(getattr(value, key), named) for key in _keys_of_logic(type(value)))
    if isinstance(value, dict):
        return tuple((key, _logic(inner, named)) for key, inner in value.items())
    if isinstance(value, list | tuple):
        return tuple(_logic(inner, named) for inner in value)
    if id(value) in named:
        return Condition, named[id(value)]
    if isinstance(value, All | AnyPart):
        return type(value), tuple(_logic(part, named) for part in value.parts)
    return (Not, _logic(value.part, named)) if isinstance(value, Not) else value


def texts_of(rules: RuleFile) -> Alike:
    """Everything but the conditions, with the sources."""
    return _texts(rules), rules.library


def _texts(value: Any) -> Alike:
    if isinstance(value, Shape):
        return tuple(_texts(getattr(value, key)) for key in _keys(type(value)))
    if isinstance(value, dict):
        return tuple((key, _texts(inner)) for key, inner in value.items())
    if isinstance(value, list | tuple):
        return tuple(_texts(inner) for inner in value)
    return None if isinstance(value, Condition) else value


@cache
def _keys(shape: type[Shape]) -> tuple[str, ...]:
    return tuple(shape.model_fields)


@cache
def _keys_of_logic(shape: type[Shape]) -> tuple[str, ...]:
    return tuple(key for key in _keys(shape) if key not in WORDS.get(shape, ()))
