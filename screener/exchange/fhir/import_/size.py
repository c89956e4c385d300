"""How large a form may be. Whoever takes a form in must be done in seconds, whatever stands in it."""

from typing import Any

from screener.exchange.fhir.import_.source import FormText
from screener.ground.problems import ProblemsFound

#: Items nested deeper than this are no form that a person fills in.
MAX_DEPTH = 32
#: A form of a few hundred items is a long one.
MOST_ITEMS = 10_000
#: Entries of all lists together: items, options, conditions, codes, and whatever else.
MOST_ENTRIES = 100_000


def check_size(plain: Any, source: FormText) -> None:
    """Raise ProblemsFound for a form that is nested too deep or has more in it than can be taken in."""
    if _depth(plain) > MAX_DEPTH:
        raise ProblemsFound([source.problem("too-deep", None, f"items are nested deeper than {MAX_DEPTH} levels")])
    items, entries = _counted(plain)
    if items > MOST_ITEMS:
        raise too_many(source, f"the form has more than {MOST_ITEMS} items")
    if entries > MOST_ENTRIES:
        raise too_many(source, f"the lists of the form have more than {MOST_ENTRIES} entries in all")


def too_many(source: FormText, message: str) -> ProblemsFound:
    """What is wrong with a form that has too much of something."""
    return ProblemsFound([source.problem("too-many-items", None, message, "split it into several forms")])


def _depth(plain: Any) -> int:
    """How deep items are nested, counted without recursion."""
    deepest, waiting = 0, [(plain, 0)]
    while waiting:
        here, depth = waiting.pop()
        deepest = max(deepest, depth)
        inner = here.get("item") if isinstance(here, dict) else None
        if isinstance(inner, list):
            waiting += [(one, depth + 1) for one in inner if isinstance(one, dict)]
    return deepest


def _counted(plain: Any) -> tuple[int, int]:
    """How many items there are, and how many entries of lists; no more is counted once either is too many."""
    items = entries = 0
    waiting = [plain]
    while waiting and items <= MOST_ITEMS and entries <= MOST_ENTRIES:
        here = waiting.pop()
        if isinstance(here, dict):
            inner = here.get("item")
            items += len(inner) if isinstance(inner, list) else 0
            waiting += [one for one in here.values() if isinstance(one, dict | list)]
        else:
            entries += len(here)
            waiting += [one for one in here if isinstance(one, dict | list)]
    return items, entries
