"""JSON Schemas of the files that authors write, made from the models."""

import json
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema

from screener.cases import CasesFile
from screener.model import RuleFile, Sources

_MODELS: dict[str, type[BaseModel]] = {"rules": RuleFile, "sources": Sources, "cases": CasesFile}
_WORDS: dict[str, Any] = {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}, "minItems": 1}]}
_NUMBER = {"type": ["string", "number"]}

#: Conditions are read by our own parser, so their schema is written here.
_CONDITION: dict[str, Any] = {
    "title": "Condition",
    "description": "When something is asked or said: question ids with answers, joined by all, any, not, is.",
    "type": "object",
    "minProperties": 1,
    "properties": {
        "all": {"type": "array", "items": {"$ref": "#/$defs/Condition"}, "minItems": 1},
        "any": {"type": "array", "items": {"$ref": "#/$defs/Condition"}, "minItems": 1},
        "not": {"$ref": "#/$defs/Condition"},
        "is": {"type": "string"},
    },
    "additionalProperties": {"anyOf": [*_WORDS["anyOf"], {"$ref": "#/$defs/AboutAnswer"}]},
}
_ABOUT_ANSWER: dict[str, Any] = {
    "title": "AboutAnswer",
    "type": "object",
    "minProperties": 1,
    "additionalProperties": False,
    "properties": {
        "all": _WORDS,
        "none": _WORDS,
        "count": {
            "type": "object",
            "minProperties": 1,
            "additionalProperties": False,
            "properties": {"at_least": {"type": "integer"}, "at_most": {"type": "integer"}},
        },
        **dict.fromkeys(("below", "above", "at_least", "at_most"), _NUMBER),
    },
}


class _WithConditions(GenerateJsonSchema):
    """Pydantic's schemas, with numbers allowed where the text of a limit or a version is wanted."""

    def generate(self, schema: Any, mode: Any = "validation") -> dict[str, Any]:
        """The schema with our own definitions added, stable in order."""
        made = super().generate(schema, mode)
        definitions = made.setdefault("$defs", {})
        if made.get("title") == "RuleFile":
            definitions |= {"Condition": _CONDITION, "AboutAnswer": _ABOUT_ANSWER}
            for limit in ("min", "max"):
                definitions["Question"]["properties"][limit]["anyOf"].append({"type": "number"})
        return {"$schema": "https://json-schema.org/draft/2020-12/schema", **made}


def json_schema(of: str) -> str:
    """The JSON Schema of `rules`, `sources` or `cases` files, as indented JSON."""
    schema = _MODELS[of].model_json_schema(schema_generator=_WithConditions, ref_template="#/$defs/{model}")
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
