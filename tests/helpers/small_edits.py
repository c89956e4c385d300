"""A small rule file with an itch, what becomes of it with other values in a place, and somebody who came before."""

import json
from datetime import date
from functools import lru_cache
from typing import Any

from screener.records.impact.effect import OnDay, Visit
from screener.rulefile.loader import load

MAY = date(2026, 5, 4)
Raw = dict[str, Any]
ITCHES = {"itch": "yes"}
SMALL: Raw = {
    "format": 1,
    "id": "small",
    "version": "1.0.0",
    "title": "Small",
    "language": "en",
    "questions": [
        {"id": "itch", "type": "yes-no", "ask": "Does it itch?", "unsure": "yes"},
        {
            "id": "where",
            "type": "many",
            "ask": "Where?",
            "options": {"arm": "Arm", "leg": "Leg"},
            "when": {"itch": "yes"},
        },
    ],
    "guidance": [
        {"id": "itchy", "topic": "Care", "says": "Say since when.", "when": {"itch": "yes"}, "disposition": "tell"},
        {"id": "leg", "topic": "Care", "says": "Show your leg.", "when": {"where": "leg"}},
    ],
    "dispositions": [
        {"id": "talk", "title": "Talk", "says": "They look."},
        {"id": "tell", "title": "Tell first", "says": "Before anything."},
        {"id": "doctor", "title": "Doctor", "says": "First of all."},
    ],
    "referral": {"says": "See a professional."},
}
ITCHY = Visit("r1", "file 1", MAY, {"itch": "yes", "where": ["leg"]})


def edited(*route: str | int, **values: Any) -> Raw:
    """The small file with other values at a place; None takes something away."""
    raw: Raw = json.loads(json.dumps(SMALL))
    place: Any = raw
    for step in route:
        place = place[step]
    place.update({key.rstrip("_"): value for key, value in values.items() if value is not None})
    for key in [key for key, value in values.items() if value is None]:
        del place[key]
    return raw


def on_day(raw: Raw) -> OnDay:
    """Gives the rule file for each day."""
    return lru_cache(8)(lambda day: load(json.dumps(raw), today=day))
