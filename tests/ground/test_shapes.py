"""Plain data becomes a value of a shape, or every fault in it is told with its place and kind."""

from typing import Annotated, Any, Literal

import pytest

from screener.ground.shapes import BeforeValidator, Fault, Field, Shape, Spelling, Text, choices, keys, shaped, unfit


def _even(value: Any) -> Any:
    if value != "2":
        raise unfit("even number")
    return value


class Leaf(Shape):
    """A shape inside another."""

    colour: Literal["red", "green"]
    code: Annotated[str, Spelling("small code", "^[a-z]+$")] = "a"
    even: Annotated[str, BeforeValidator(_even)] = "2"
    open: bool = False


class Tree(Shape):
    """A shape with everything that can be wrong."""

    title: Text
    leaves: tuple[Leaf, ...] = Field(min_length=1, alias="has")
    by_code: dict[Annotated[str, Spelling("small code", "^[a-z]+$")], Leaf] = Field(default_factory=dict)


def faults(plain: Any) -> list[Fault]:
    """What is wrong with the data of a tree."""
    found = shaped(Tree, plain)
    assert isinstance(found, tuple)
    return list(found)


def test_sound_data_becomes_a_value() -> None:
    """Keys are read by the names they have in files."""
    tree = shaped(Tree, {"title": " T ", "has": [{"colour": "red", "open": "yes"}]})

    assert isinstance(tree, Tree)
    assert (tree.title, tree.leaves[0].colour, tree.leaves[0].open) == ("T", "red", True)


@pytest.mark.parametrize(
    ("leaf", "expected"),
    [
        ({}, Fault("missing", ("has", 0, "colour"), {})),
        ({"colour": "blue"}, Fault("choice", ("has", 0, "colour"), "blue")),
        ({"colour": "red", "code": "A"}, Fault("spelling", ("has", 0, "code"), "A", wanted="small code")),
        ({"colour": "red", "code": ["a"]}, Fault("kind", ("has", 0, "code"), ["a"], wanted="text")),
        ({"colour": "red", "even": "3"}, Fault("kind", ("has", 0, "even"), "3", wanted="even number")),
        ({"colour": "red", "open": "maybe"}, Fault("kind", ("has", 0, "open"), "maybe", wanted="switch")),
        ({"colour": "red", "size": "1"}, Fault("unknown", ("has", 0, "size"), "1")),
        ("red", Fault("kind", ("has", 0), "red", wanted="mapping")),
    ],
)
def test_each_fault_is_told_by_kind(leaf: Any, expected: Fault) -> None:
    """What is wrong is a word of ours, never the prose of a library."""
    assert faults({"title": "T", "has": [leaf]}) == [expected]


def test_all_faults_are_told_at_once() -> None:
    """Texts and lists that hold nothing, lists that are none, and keys that are spelt wrong."""
    found = faults({"title": " ", "has": [], "by_code": {"A": {"colour": "red"}}})

    assert found == [
        Fault("blank", ("title",), " "),
        Fault("no-entries", ("has",), []),
        Fault("spelling", ("by_code", "A"), "A", at_key=True, wanted="small code"),
    ]
    assert faults({"title": "T", "has": "x"}) == [Fault("kind", ("has",), "x", wanted="list")]


def test_what_could_be_written_instead_is_known() -> None:
    """The keys of a mapping and the words of a value, wherever they stand in a shape."""
    assert keys(Tree, ()) == ("title", "has", "by_code")
    assert keys(Tree, ("has", 3)) == keys(Tree, ("by_code", "x")) == ("colour", "code", "even", "open")
    assert choices(Tree, ("has", 3, "colour")) == ("red", "green")
    assert choices(Tree, ("title",)) == ()
