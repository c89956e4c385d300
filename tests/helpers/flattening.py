"""FHIR items without their groups."""

from typing import Any

Json = dict[str, Any]


def flat(items: list[Json]) -> list[Json]:
    """Every item, those of groups after them."""
    return [one for item in items for one in (item, *flat(item.get("item", [])))]
