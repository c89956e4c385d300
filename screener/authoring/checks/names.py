"""The names that conditions have under `conditions:`."""

from collections.abc import Iterator, Mapping

from screener.rulefile.conditions.tree import Condition, Not
from screener.rulefile.model import RuleFile


def unused_names(rules: RuleFile) -> Mapping[str, Condition]:
    """The conditions under `conditions:` that nothing uses, by their names."""
    if not rules.conditions:
        return {}
    used = {id(part) for written in rules.written_conditions for part in _parts(written)}
    used |= {id(part) for condition in rules.conditions.values() for part in _inner(condition)}
    return {name: condition for name, condition in rules.conditions.items() if id(condition) not in used}


def _parts(condition: Condition) -> Iterator[Condition]:
    yield condition
    yield from _inner(condition)


def _inner(condition: Condition) -> Iterator[Condition]:
    parts = (condition.part,) if isinstance(condition, Not) else getattr(condition, "parts", ())
    for part in parts:
        yield from _parts(part)
