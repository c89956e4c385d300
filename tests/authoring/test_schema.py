"""What an author begins with: the JSON Schemas that editors check by, and the file that `rules new` writes."""

import json
import re
from pathlib import Path

import jsonschema
import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st
from loading import RULES, loaded, mutations
from paths import CASES

from screener.authoring.checks import remarks
from screener.authoring.schema import json_schema
from screener.authoring.template import rule_file
from screener.rulefile.find import rules_folder
from screener.rulefile.loader import load

GOOD = [path for path in sorted((CASES / "good").glob("*.yaml")) if path.stem != "plain-words"]
#: Faults of shape, which a schema can see without following references.
BAD = [
    "unknown-key-at-top",
    "misspelt-key-at-top",
    "missing-keys-at-top",
    "lists-without-entries",
    "list-at-top",
    "text-at-top",
    "unknown-keys-in-everything",
    "missing-keys-in-everything",
    "wrong-types-at-top",
    "wrong-types-in-everything",
    "wrong-values",
    "option-without-label",
    "bad-ids",
    "id-that-is-too-long",
    "nothing-after-the-colon",
    "never-less-urgent-that-is-a-text",
    "order-that-is-no-order",
    "answers-that-are-no-condition",
    "open-that-is-neither",
    "condition-that-is-a-text",
    "condition-that-is-a-list",
    "condition-without-entries",
    "form-that-does-not-exist",
    "all-without-a-list",
    "any-without-entries",
    "not-without-a-condition",
    "list-without-options",
    "list-in-a-list",
    "count-without-limits",
    "limit-that-is-a-list",
    "named-condition-that-is-a-mapping",
]


class Editor(yaml.CSafeLoader):
    """Reads YAML 1.2 as editors do: numbers, true, false and null; `yes`, `no` and dates stay texts."""


Editor.yaml_implicit_resolvers = {}
Editor.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(true|false)$"), ["t", "f"])
Editor.add_implicit_resolver("tag:yaml.org,2002:int", re.compile("^-?[0-9]+$"), list("-0123456789"))
Editor.add_implicit_resolver("tag:yaml.org,2002:float", re.compile(r"^-?[0-9]+\.[0-9]+$"), list("-0123456789"))
Editor.add_implicit_resolver("tag:yaml.org,2002:null", re.compile("^(null|~|)$"), ["n", "~", ""])


def faults(of: str, value: object) -> list[str]:
    """What an editor marks in a value."""
    validator = jsonschema.Draft202012Validator(json.loads(json_schema(of)))
    return [f"{error.json_path}: {error.message[:100]}" for error in validator.iter_errors(value)]


def as_editor(path: Path) -> object:
    """The value of a file as an editor sees it."""
    return yaml.load(path.read_text(encoding="utf-8-sig"), Loader=Editor)


@pytest.mark.parametrize("of", ["rules", "sources", "cases"])
def test_a_schema_is_a_schema(of: str) -> None:
    """Each is valid JSON Schema, and the same text every time."""
    jsonschema.Draft202012Validator.check_schema(json.loads(json_schema(of)))
    assert json_schema(of) == json_schema(of)


def test_the_stored_schemas_are_up_to_date() -> None:
    """The files that editors find beside the rule files are what the command prints today."""
    for name, of in (("rule-file", "rules"), ("sources", "sources"), ("cases", "cases")):
        stored = (rules_folder() / f"{name}.schema.json").read_text(encoding="utf-8")
        assert stored == json_schema(of)


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.stem)
def test_an_editor_finds_no_fault_in_a_good_file(path: Path) -> None:
    """What loads is not marked."""
    assert faults("sources" if path.stem.endswith(".sources") else "rules", as_editor(path)) == []


def test_an_editor_finds_no_fault_in_what_comes_with_the_tool() -> None:
    """Neither in the pico-laser files nor in the file that a new author begins with."""
    folder = rules_folder()

    assert faults("rules", as_editor(folder / "pico-laser.yaml")) == []
    assert faults("sources", as_editor(folder / "pico-laser.sources.yaml")) == []
    assert faults("cases", as_editor(folder / "pico-laser.cases.yaml")) == []
    assert faults("rules", yaml.load(rule_file("new"), Loader=Editor)) == []


@pytest.mark.parametrize("name", BAD)
def test_an_editor_marks_faults_of_shape(name: str) -> None:
    """What the loader refuses by its shape is marked while it is typed."""
    assert faults("rules", as_editor(CASES / "bad" / f"{name}.yaml"))


def test_editors_that_read_yes_as_true_find_no_fault() -> None:
    """`yes` and `no` in switches and conditions may arrive as true and false."""
    value = json.loads(json.dumps(RULES)) | {"format": 1}
    value["questions"][0]["unsure"] = True
    value["conditions"]["itchy"] = {"itch": True}
    value["guidance"][0]["when"] = {"itch": [False, "unsure"]}

    assert faults("rules", value) == []


def test_a_version_may_look_like_a_number() -> None:
    """`version: 1.0` is a text to the loader and a number to an editor; neither minds."""
    assert faults("rules", RULES | {"format": 1, "version": 1.0}) == []


@pytest.mark.parametrize("of", ["sources", "cases"])
def test_misspelt_keys_are_marked_in_every_file(of: str) -> None:
    """No file may hold unknown keys."""
    assert faults(of, {"format": 1, "documents": {}, "statements": [], "cases": [{"id": "a", "expect": {}}], "x": 1})


@settings(deadline=None, max_examples=150)
@given(mutations({**RULES, "format": 1}))
def test_what_loads_is_never_marked(text: str) -> None:
    """Whatever becomes of a sound file: if it still loads, an editor has nothing to say about it."""
    library = '{"format": 1, "documents": {}, "statements": [{"id": "C1", "says": "S"}]}'
    if not loaded(text, library):
        assert faults("rules", json.loads(text)) == []


@settings(deadline=None)
@given(st.text())
@example("x" * 100)
@example("--- {}\n")
def test_any_name_begins_a_sound_file(name: str) -> None:
    """Whatever the file is called, its first content loads, without remarks."""
    assert remarks(load(rule_file(name))) == []
