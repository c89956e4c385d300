"""The manual: what every key of a file means, found by its name or by the keys that lead to it."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple

from screener.authoring.format import THINGS, Key, Thing
from screener.authoring.schema import schema_of, shape
from screener.rulefile.spellings import A_STATEMENT_ID, AN_ID

#: The names of the three kinds of files.
FILES = {"rules": "the rule file", "sources": "the sources file", "cases": "the cases file"}
_SPELT = {AN_ID.pattern: "an id", A_STATEMENT_ID.pattern: "the id of a statement"}
_KINDS = {"string": "a text", "integer": "a whole number", "number": "a number"}
_IDS = {"an id": "a list of ids", "the id of a statement": "a list of ids of statements"}


class Placed(NamedTuple):
    """A key where it may stand: its thing, what can be written there, and whether it has to be."""

    thing: Thing
    key: Key
    values: str
    needed: bool

    @property
    def path(self) -> str:
        """The keys that lead to it, such as `questions.min`."""
        return ".".join(part for part in (self.thing.at, self.key.name) if part)

    @property
    def place(self) -> str:
        """What has it: `a question, in the rule file`."""
        thing, file = small(self.thing.title), FILES[self.thing.of]
        return file if thing == file else f"{thing}, in {file}"


def told(thing: Thing) -> list[Placed]:
    """Every key of a thing."""
    schema = _schema(thing.of)
    found = shape(schema, thing)
    needed = found.get("required", ())
    values = ((key, key.values or _values(found["properties"][key.name])) for key in thing.keys)
    return [Placed(thing, key, said, key.name in needed) for key, said in values]


def keys() -> Iterator[Placed]:
    """Every key, wherever it may stand."""
    return (one for thing in THINGS for one in told(thing))


def named(word: str) -> list[Placed]:
    """The keys with this name, or whose path ends so: `min`, `questions.min`."""
    return [one for one in keys() if f".{one.path}".endswith(f".{word}")]


def inside(one: Placed) -> list[Placed]:
    """The keys that stand under a key."""
    things = (thing for thing in THINGS if thing.of == one.thing.of and thing.at == one.path)
    return [inner for thing in things for inner in told(thing)]


def small(title: str) -> str:
    """A title inside a sentence."""
    return title[:1].lower() + title[1:]


@cache
def _schema(of: str) -> dict[str, Any]:
    return schema_of(of)


def _values(part: Mapping[str, Any]) -> str:
    """What can be written, in words, as the schema has it."""
    if "$ref" in part:
        title = next(thing.title for thing in THINGS if thing.shape == part["$ref"].rpartition("/")[2])
        return small(title) if title.startswith(("A ", "An ")) else "keys of its own"
    if "anyOf" in part:
        return " or ".join(_values(one) for one in part["anyOf"] if one != {"type": "null"})
    if "const" in part:
        return f"`{part['const']}`"
    if "enum" in part:
        words = [word for word in part["enum"] if isinstance(word, str)]
        return "yes or no" if words == ["yes", "no"] else _or([f"`{word}`" for word in words])
    if "pattern" in part:
        return _SPELT.get(part["pattern"], "a text")
    if part["type"] == "array":
        entry = _values(part["items"])
        return _IDS.get(entry, f"a list, each entry {entry}")
    if part["type"] == "object":
        inner = [*part.get("patternProperties", {}).values(), part.get("additionalProperties")]
        return f"ids, each with {_values(inner[0])}"
    return _KINDS[part["type"]]


def _or(words: list[str]) -> str:
    *most, last = words
    return f"{', '.join(most)} or {last}" if most else last
