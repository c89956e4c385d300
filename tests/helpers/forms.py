"""Forms of others as texts, small ones and large ones, and how much work they make."""

import json
from typing import Any

import pytest
from flattening import Json

from screener.exchange.fhir.import_ import take
from screener.ground.problems import Problem, ProblemsFound


def refused(text: str) -> tuple[Problem, ...]:
    """The problems for which this text is not taken."""
    with pytest.raises(ProblemsFound) as found:
        take(text, "form.json")
    return found.value.problems


def form(*items: Json, **more: Any) -> str:
    """A small form."""
    return json.dumps({"resourceType": "Questionnaire", "status": "active", **more, "item": list(items)})


def asks(link_id: str, type: str = "boolean", **more: Any) -> Json:
    """A required question of a form."""
    return {"linkId": link_id, "text": f"Ask {link_id}?", "type": type, "required": True, **more}
