"""Values as JSON text: the one way in which everything that programs read is written."""

import json

from screener.ground.safetext import visible


def as_json_text(value: object) -> str:
    """The value as indented JSON with a line feed at the end, the same bytes for the same input.

    Characters that could fake what is seen on a screen stand as their JSON escapes, so the meaning is unchanged.
    """
    return visible(json.dumps(value, ensure_ascii=False, indent=2)) + "\n"
