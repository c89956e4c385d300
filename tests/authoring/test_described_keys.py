"""Every key that an author can write is described, and its example loads."""

import json
import re
from collections.abc import Iterator
from typing import Any

import jsonschema
import pytest
from prose import JARGON

from screener.authoring.cases import read_cases
from screener.authoring.format import THINGS, File, Key, Thing
from screener.authoring.format.frame import whole
from screener.authoring.schema import json_schema
from screener.ground.problems import ProblemsFound
from screener.rulefile.loader import load
from screener.rulefile.yamltext import read

FILES: tuple[File, ...] = ("rules", "sources", "cases")
KEYS = [(thing, key) for thing in THINGS for key in thing.keys]


def name(value: object) -> str:
    """How a case is called."""
    return value.name if isinstance(value, Key) else value.shape if isinstance(value, Thing) else str(value)


def described(of: File) -> Iterator[tuple[str, str, dict[str, Any], dict[str, Any]]]:
    """The shape, the name and the schema of each key in the schema of a file, and that schema."""
    schema = json.loads(json_schema(of))
    pending = [(schema["title"], schema), *schema["$defs"].items()]
    while pending:
        shape, part = pending.pop()
        for key, value in part.get("properties", {}).items() if isinstance(part, dict) else ():
            yield shape, key, value, schema
        inner = part.values() if isinstance(part, dict) else part if isinstance(part, list) else ()
        pending += [(f"inside {shape}", one) for one in inner if part is not schema and isinstance(one, dict | list)]


def load_all(files: dict[str, str]) -> None:
    """Load the rule file with its sources, and the cases. Raises ProblemsFound."""
    rules = load(files["rules"], "rules.yaml", lambda name: (files["sources"], name))
    read_cases(files["cases"], rules)


def test_every_key_is_described_and_every_description_is_of_a_key() -> None:
    """What the schemas have as keys, at any depth, is what the descriptions are of; none is described twice."""
    known = sorted((of, shape, key) for of in FILES for shape, key, _, _ in described(of))

    assert known == sorted((thing.of, thing.shape, key.name) for thing, key in KEYS)
    assert len(known) > 100


@pytest.mark.parametrize("of", FILES)
def test_editors_show_the_description_and_an_example(of: File) -> None:
    """The schema has both for each key, and the example is one that the schema itself takes."""
    texts = {(thing.shape, key.name): key.text for thing, key in KEYS if thing.of == of}
    for shape, key, value, schema in described(of):
        assert value["description"] == texts[shape, key]
        assert len(value["examples"]) == 1
        validator = jsonschema.Draft202012Validator({**value, "$defs": schema["$defs"]})
        assert [error.message for error in validator.iter_errors(value["examples"][0])] == [], (shape, key)


@pytest.mark.parametrize(("thing", "key"), KEYS, ids=name)
def test_an_example_loads(thing: Thing, key: Key) -> None:
    """Laid into a small questionnaire, with its sources and cases, it is taken as it is written."""
    load_all(whole(thing, key))


@pytest.mark.parametrize(("thing", "key"), KEYS, ids=name)
def test_an_example_stands_in_its_file(thing: Thing, key: Key) -> None:
    """With its key misspelt it is refused, so it is really looked at."""
    broken = key._replace(example=key.example.replace(f"{key.name}: ", f"{key.name}-: ", 1))

    with pytest.raises(ProblemsFound):
        load_all(whole(thing, broken))


@pytest.mark.parametrize(("thing", "key"), KEYS, ids=name)
def test_a_description_is_plain(thing: Thing, key: Key) -> None:
    """One to three whole sentences without words of programmers, and an example on one line that has the key."""
    assert JARGON.findall(key.text) == []
    assert re.fullmatch(r"[A-Z].*\.", key.text)
    assert len(key.text) <= 240
    assert key.name in str(read(key.example).plain)
    assert "\n" not in key.example
    assert len(key.example) <= 90
    assert "|" not in key.example


def test_what_has_keys_is_described_plainly_too() -> None:
    """Each part of a file is told in whole sentences, and the least of it can be read."""
    for thing in THINGS:
        assert JARGON.findall(thing.about) == []
        assert re.fullmatch(r"[A-Z].*[.:]", thing.about)
        assert not thing.least or isinstance(read(thing.least).plain, dict)
