"""JSON Schemas of the files that authors write, made from the models."""

import re
from typing import Any

from screener.authoring.cases import CasesFile
from screener.authoring.format import THINGS, Thing
from screener.authoring.format.frame import value
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
        "count": {"$ref": "#/$defs/Count"},
        "within": {"type": "string"},
        **{side: dict(_NUMBER) for side in ("below", "above", "at_least", "at_most")},
    },
}
_COUNT: dict[str, Any] = {
    "title": "Count",
    "type": "object",
    "minProperties": 1,
    "additionalProperties": False,
    "properties": {"at_least": {"type": "integer"}, "at_most": {"type": "integer"}},
}


def json_schema(of: str) -> str:
    """The JSON Schema of `rules`, `sources` or `cases` files, as indented JSON."""
    return as_json_text(schema_of(of))


def schema_of(of: str) -> dict[str, Any]:
    """The JSON Schema of a kind of file, with a description and an example for every key."""
    made = shapes.json_schema(_MODELS[of])
    if of == "rules":
        made["properties"]["version"]["type"] = ["string", "number"]
        made["$defs"] |= {"Condition": _CONDITION, "AboutAnswer": _ABOUT_ANSWER, "Count": _COUNT}
        for limit in ("min", "max"):
            made["$defs"]["Question"]["properties"][limit]["anyOf"].append({"type": "number"})
    schema: dict[str, Any] = _with_references(made)
    for thing in THINGS:
        if thing.of == of:
            _explain(shape(schema, thing), thing)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def shape(schema: dict[str, Any], thing: Thing) -> dict[str, Any]:
    """What the schema of a file says of a thing in it."""
    found: dict[str, Any] = schema if schema["title"] == thing.shape else schema["$defs"][thing.shape]
    return found


def _explain(found: dict[str, Any], thing: Thing) -> None:
    """Put what is said of the thing and its keys in its schema, where editors show it."""
    found["description"] = thing.about
    for key in thing.keys:
        said = {"description": key.text, "examples": [_as_editor(value(key))]}
        found["properties"][key.name] |= said


def _as_editor(plain: Any) -> Any:
    """A value as editors read it, which know numbers."""
    if isinstance(plain, dict):
        return {key: _as_editor(inner) for key, inner in plain.items()}
    if isinstance(plain, list):
        return [_as_editor(item) for item in plain]
    return int(plain) if re.fullmatch("-?[0-9]{1,9}", plain) else plain


def _with_references(schema: Any) -> Any:
    """The schema with a reference wherever a written condition belongs."""
    if isinstance(schema, list):
        return [_with_references(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    if "x-written" in schema:
        return {"$ref": f"#/$defs/{schema['x-written']}"}
    return {key: _with_references(value) for key, value in schema.items()}
