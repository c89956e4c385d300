"""Plain strings → models: every missing, unknown or wrong key becomes a problem with its place."""

from collections.abc import Iterator
from datetime import date
from typing import Any, Generic, NamedTuple, TypeVar

from screener.ground.problems import MOST_LISTED, Problem, and_more
from screener.ground.shapes import Fault, Shape, shaped
from screener.rulefile.loader.conditions import Reader, named_conditions
from screener.rulefile.loader.faults import as_problem, named
from screener.rulefile.yamltext import Plain, Route, YamlText

Model = TypeVar("Model", bound=Shape)
#: The most options of a question: who is asked could not read more.
MOST_OPTIONS = 1_000
_NAMED = ("questions", "guidance", "dispositions", "referral")
_CONDITIONAL = ("questions", "guidance", "invariants", "referral")


class Parsed(NamedTuple):
    """The plain value with every `when` parsed, and what the conditions speak of."""

    plain: Plain
    reader: Reader
    #: The ids that the file means to have, good or bad, by the kind of thing they name.
    ids: dict[str, frozenset[str]]


class Sound(NamedTuple, Generic[Model]):
    """A model of what is sound in a file, and for each list the places of the items that were kept."""

    model: Model
    kept: dict[str, list[int]]


def parsed_conditions(source: YamlText, problems: list[Problem], today: date) -> Parsed:
    """Replace every written condition by its tree; one that can't be read is left out and reported."""
    reader = Reader(source, problems, today)
    if not isinstance(source.plain, dict):
        help = "`screener rules new` writes a small one to begin with"
        problems.append(source.problem("wrong-type", "a rule file begins with `format: 1`", (), help))
        return Parsed(None, reader, {})
    named = named_conditions(source.plain.get("conditions"), reader)
    plain = {**source.plain}
    if isinstance(plain.get("conditions"), dict):
        plain["conditions"] = {name: tree for name, tree in named.items() if tree is not None}
    if isinstance(alone := plain.get("referral"), dict):
        plain["referral"] = _with_tree(alone, reader, ("referral",))
    for key in _CONDITIONAL:
        if isinstance(items := plain.get(key), list):
            plain[key] = [_with_trees(item, reader, (key, index)) for index, item in enumerate(items)]
    return Parsed(plain, reader, {key: _ids(plain.get(key)) for key in _NAMED})


def _with_trees(item: Plain, reader: Reader, route: Route) -> Plain:
    item = _with_tree(item, reader, route)
    if isinstance(item, dict) and route[0] == "invariants" and isinstance(then := item.get("then"), dict):
        return {**item, "then": _with_tree(then, reader, (*route, "then"), "answers")}
    return item


def _with_tree(item: Plain, reader: Reader, route: Route, at: str = "when") -> Plain:
    if not isinstance(item, dict) or at not in item:
        return item
    tree = reader.condition(item[at], (*route, at))
    rest = {key: value for key, value in item.items() if key != at}
    return {**rest, at: tree} if tree is not None else rest


def _ids(items: Plain) -> frozenset[str]:
    listed = items if isinstance(items, list) else []
    return frozenset(str(item["id"]) for item in listed if isinstance(item, dict) and "id" in item)


def checked(
    model: type[Model], plain: Plain, source: YamlText, problems: list[Problem], context: Any = None
) -> Sound[Model] | None:
    """The model, or, with problems, as much of it as is sound, so that its references can still be looked at.

    What is missing at the top is then filled from a stand-in; with problems, no one gets to see the model.
    """
    if plain is None:
        return None
    if crowds := list(_crowds(plain, source)):
        problems += crowds
        return None
    found = shaped(model, plain, context)
    if not isinstance(found, tuple):
        return Sound(found, _kept(plain, set()))
    found = tuple(_as_written(fault, plain) for fault in found)
    problems += [as_problem(fault, plain, source, model) for fault in found[:MOST_LISTED]]
    problems += [and_more(len(found) - MOST_LISTED)] if len(found) > MOST_LISTED else []
    bad = {fault.route[:2] for fault in found}
    kept = _pruned(plain, bad)
    sound = shaped(model, {**_STAND_IN, **kept} if "questions" in kept else kept, context)
    return None if isinstance(sound, tuple) else Sound(sound, _kept(plain, bad))


def _as_written(fault: Fault, plain: Plain) -> Fault:
    """The fault with the route through the file: a single referral is written without a list around it, and a
    question of `never_less_urgent` as it is called.
    """
    if fault.route[:1] == ("invariants",) and fault.route[2:3] == ("never_less_urgent",):
        return fault._replace(route=fault.route[:4])
    if fault.route[:2] == ("referral", 0) and not isinstance(plain["referral"], list):
        return fault._replace(route=("referral", *fault.route[2:]))
    return fault


def _crowds(plain: Plain, source: YamlText) -> Iterator[Problem]:
    """Questions with more options than are looked at; each would make all that is said of it longer."""
    questions = plain.get("questions")
    for index, question in enumerate(questions if isinstance(questions, list) else ()):
        options = question.get("options") if isinstance(question, dict) else None
        if isinstance(options, dict) and len(options) > MOST_OPTIONS:
            message = f"{named(plain, ('questions', index))} has more than {MOST_OPTIONS:,} options"
            help = "ask for a number or a text instead, or ask in two steps"
            yield source.problem("too-many", message, ("questions", index, "options"), help)


def _kept(plain: Plain, bad: set[Route]) -> dict[str, list[int]]:
    """The places of the items of each list that `_pruned` keeps, so that a sound item knows where it stood."""
    lists = {key: items for key, items in plain.items() if isinstance(items, list)}
    return {key: [index for index in range(len(items)) if (key, index) not in bad] for key, items in lists.items()}


_STAND_IN: dict[str, Plain] = {
    "format": "1",
    "id": "none",
    "version": "0",
    "title": "none",
    "language": "en",
    "guidance": [{"id": "none", "topic": "none", "says": "none"}],
    "dispositions": [{"id": "none", "title": "none", "says": "none"}],
    "referral": {"says": "none"},
}


def _pruned(plain: Plain, bad: set[Route]) -> dict[str, Plain]:
    """The mapping without what is wrong in it: an item of a list goes alone, anything else with its whole key.

    With `bad` of `("questions", 3)` and `("referral", "says")`, the fourth question and the referral go.
    """
    sound = _kept(plain, bad)
    lists = {route[0] for route in bad if len(route) > 1 and route[0] in sound}
    spoilt = {route[0] for route in bad if route} - lists
    kept = {key: value for key, value in plain.items() if key not in spoilt}
    return kept | {str(key): [plain[key][index] for index in sound[str(key)]] for key in lists}
