"""Rule files as texts: loaded, and with one thing changed."""

import json
from typing import Any

from hypothesis import strategies as st
from paths import CASES

from screener.ground.problems import Problem, ProblemsFound
from screener.rulefile.loader import load


def beside(name: str) -> tuple[str, str]:
    """The sources file of this name, from the good cases."""
    return (CASES / "good" / name).read_text(encoding="utf-8"), name


WORDS = st.sampled_from(["", "x", "itch", "yes", "unsure", "1", "-1", "2026-01-31", "is", "all", "rest", "consult"])


KEYS = st.sampled_from(
    ["id", "when", "all", "any", "not", "is", "count", "at_least", "below", "itch", "ask", "x", "then"]
)


VALUES: st.SearchStrategy[Any] = st.recursive(
    WORDS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3), max_leaves=6
)


def routes(value: Any, route: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The routes of everything inside a value."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [deeper for key, inner in items for deeper in [(*route, key), *routes(inner, (*route, key))]]


@st.composite
def mutations(draw: st.DrawFn, whole: dict[str, Any]) -> str:
    """A sound file in which some parts are replaced, removed, copied or added."""
    changed = json.loads(json.dumps(whole))
    for _ in range(draw(st.integers(1, 3))):
        *way, last = draw(st.sampled_from(routes(changed)))
        owner = changed
        for step in way:
            owner = owner[step]
        kind = draw(st.integers(0, 3))
        if kind == 0 and len(routes(changed)) > 1:
            del owner[last]
        elif kind == 1 and isinstance(owner, list):
            owner.insert(last, json.loads(json.dumps(owner[last])) if draw(st.booleans()) else draw(VALUES))
        elif kind == 2 and isinstance(owner, dict):
            owner[draw(KEYS)] = draw(VALUES)
        else:
            owner[last] = draw(VALUES)
        if not routes(changed):
            return json.dumps(changed)
    return json.dumps(changed, indent=1)


HEADER = {"format": "1", "id": "s", "version": "1", "title": "T", "language": "en", "sources": "s.yaml"}


RULES: dict[str, Any] = HEADER | {
    "conditions": {"itchy": {"itch": "yes"}},
    "questions": [
        {"id": "itch", "type": "yes-no", "ask": "?", "unsure": "yes"},
        {"id": "much", "type": "number", "ask": "?", "min": "1", "max": "9", "when": {"is": "itchy"}},
        {"id": "place", "type": "many", "ask": "?", "options": {"x": "X", "y": {"label": "Y", "exclusive": "yes"}}},
    ],
    "guidance": [
        {
            "id": "rest",
            "topic": "T",
            "says": "S",
            "when": {"any": [{"place": {"all": ["x"]}}, {"much": {"below": "3"}}]},
        },
        {"id": "see", "topic": "T", "says": "S", "disposition": "consult", "from": ["C1"], "excludes": ["rest"]},
    ],
    "dispositions": [{"id": "consult", "title": "T", "says": "S", "from": ["C1"]}],
    "referral": {"says": "S"},
    "invariants": [
        {"id": "i", "because": "B", "when": {"itch": "unsure"}, "then": {"guidance": ["see"], "asked": ["itch"]}}
    ],
}


def loaded(rules: str, library: str) -> tuple[Problem, ...]:
    """The problems of a rule file and its sources; anything but ProblemsFound passes through."""
    try:
        load(rules, "rules.yaml", lambda name: (library, name))
    except ProblemsFound as refused:
        return refused.problems or (Problem("none", "refused without a problem"),)
    return ()
