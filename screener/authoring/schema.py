"""JSON Schemas of the files that authors write, made from the models."""

from typing import Any

from screener.authoring.cases import CasesFile
from screener.ground import shapes
from screener.ground.jsontext import as_json_text
from screener.rulefile.library import Sources
from screener.rulefile.model import RuleFile
from screener.rulefile.words import ALL, ANY, IS, NOT

_MODELS: dict[str, type[shapes.Shape]] = {"rules": RuleFile, "sources": Sources, "cases": CasesFile}
#: Editors that read YAML 1.1 take `yes` and `no` for true and false.
_WORD: dict[str, Any] = {"type": ["string", "boolean"]}
_WORDS: dict[str, Any] = {"anyOf": [_WORD, {"type": "array", "items": _WORD, "minItems": 1}]}
_NUMBER = {"type": ["string", "number"]}

#: Conditions are read by our own parser, so their schema is written here.
_CONDITION: dict[str, Any] = {
    "title": "Condition",
    "description": "When something is asked or said: question ids with answers, joined by all, any, not, is.",
    "type": "object",
    "minProperties": 1,
    "properties": {
        ALL: {"type": "array", "items": {"$ref": "#/$defs/Condition"}, "minItems": 1},
        ANY: {"type": "array", "items": {"$ref": "#/$defs/Condition"}, "minItems": 1},
        NOT: {"$ref": "#/$defs/Condition"},
        IS: {"type": "string"},
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
        "within": {"type": "string"},
        **dict.fromkeys(("below", "above", "at_least", "at_most"), _NUMBER),
    },
}


def json_schema(of: str) -> str:
    """The JSON Schema of `rules`, `sources` or `cases` files, as indented JSON."""
    made = shapes.json_schema(_MODELS[of])
    if of == "rules":
        made["properties"]["version"]["type"] = ["string", "number"]
        made["$defs"] |= {"Condition": _CONDITION, "AboutAnswer": _ABOUT_ANSWER}
        for limit in ("min", "max"):
            made["$defs"]["Question"]["properties"][limit]["anyOf"].append({"type": "number"})
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **_with_references(made)}
    return as_json_text(schema)


def _with_references(schema: Any) -> Any:
    """The schema with a reference wherever a written condition belongs."""
    if isinstance(schema, list):
        return [_with_references(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    if "x-written" in schema:
        return {"$ref": f"#/$defs/{schema['x-written']}"}
    return {key: _with_references(value) for key, value in schema.items()}
