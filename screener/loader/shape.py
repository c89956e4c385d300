"""Plain strings → models: every missing, unknown or wrong key becomes a problem with its place."""

from collections.abc import Iterator
from typing import Any as Anything
from typing import NamedTuple, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from screener.loader.conditions import Reader, named_conditions
from screener.problems import Problem, did_you_mean
from screener.yamltext import Plain, Route, YamlText

Model = TypeVar("Model", bound=BaseModel)
_CONDITIONAL = ("questions", "guidance", "invariants")


class Parsed(NamedTuple):
    """The plain value with every `when` parsed, and the ids that the file means to have, good or bad."""

    plain: Plain
    ids: dict[str, frozenset[str]]


def parsed_conditions(source: YamlText, problems: list[Problem]) -> Parsed:
    """Replace every written condition by its tree; one that can't be read is left out and reported."""
    if not isinstance(source.plain, dict):
        problems.append(source.problem("wrong-type", "a rule file is a mapping that begins with `format: 1`", ()))
        return Parsed(None, {})
    reader = Reader(source, problems)
    named = named_conditions(source.plain.get("conditions"), reader)
    plain = {**source.plain}
    if isinstance(plain.get("conditions"), dict):
        plain["conditions"] = {name: tree for name, tree in named.items() if tree is not None}
    for key in _CONDITIONAL:
        if isinstance(items := plain.get(key), list):
            plain[key] = [_with_tree(item, reader, (key, index)) for index, item in enumerate(items)]
    return Parsed(plain, {key: _ids(plain.get(key)) for key in ("questions", "guidance", "dispositions")})


def _with_tree(item: Plain, reader: Reader, route: Route) -> Plain:
    if not isinstance(item, dict) or "when" not in item:
        return item
    tree = reader.condition(item["when"], (*route, "when"))
    rest = {key: value for key, value in item.items() if key != "when"}
    return {**rest, "when": tree} if tree is not None else rest


def _ids(items: Plain) -> frozenset[str]:
    listed = items if isinstance(items, list) else []
    return frozenset(str(item["id"]) for item in listed if isinstance(item, dict) and "id" in item)


def checked(
    model: type[Model], plain: Plain, source: YamlText, problems: list[Problem], context: Anything = None
) -> Model | None:
    """The model, or, with problems, as much of it as is sound, so that its references can still be looked at.

    What is missing at the top is then filled from a stand-in; with problems, no one gets to see the model.
    """
    if plain is None:
        return None
    try:
        return model.model_validate(plain, context=context)
    except ValidationError as error:
        details = error.errors(include_url=False)
    problems += [_problem(detail, plain, source, model) for detail in details]
    sound = _pruned(plain, {tuple(detail["loc"][:2]) for detail in details})
    try:
        return model.model_validate({**_STAND_IN, **sound} if "questions" in sound else sound, context=context)
    except ValidationError:
        return None


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


def _pruned(plain: Plain, bad: set[tuple[int | str, ...]]) -> dict[str, Plain]:
    """The mapping without the list items and keys that have problems."""
    kept = dict(plain)
    for top in {route[0] for route in bad}:
        indexes = {route[1] for route in bad if route[0] == top and len(route) > 1}
        if isinstance(kept.get(top), list) and indexes:
            kept[top] = [item for index, item in enumerate(kept[top]) if index not in indexes]
        else:
            kept.pop(top, None)
    return kept


def _problem(detail: ErrorDetails, plain: Plain, source: YamlText, model: type[BaseModel]) -> Problem:
    route = tuple(step for step in detail["loc"] if step != "[key]")
    name, owner = route[-1] if route else "", named(plain, route[:-1])
    kind, given = detail["type"], detail["input"]
    if kind == "missing":
        return source.problem("missing-key", f"{owner}: `{name}` is missing", route[:-1], f"add `{name}:`")
    if kind == "extra_forbidden":
        known = sorted(_keys(model, route[:-1]))
        help = did_you_mean(str(name), known) or f"known here: {', '.join(known)}"
        return source.problem("unknown-key", f"{owner}: `{name}` is not a known key", _key(route), help)
    code, message, help = _said(kind, detail, given)
    place = _key(route) if detail["loc"][-1:] == ("[key]",) else route
    return source.problem(code, f"{owner}: `{name}` {message}", place, help)


def _said(kind: str, detail: ErrorDetails, given: object) -> tuple[str, str, str]:
    context = detail.get("ctx", {})
    shown = f"`{str(given)[:60]}`" if isinstance(given, str) else "a list or mapping"
    if kind == "literal_error":
        expected = str(context.get("expected", "")).replace("'", "`")
        words = [word for word in expected.replace(" or ", ", ").replace("`", "").split(", ") if word]
        return "wrong-value", f"can't be {shown}", did_you_mean(str(given), words) or f"write {expected}"
    if kind == "string_pattern_mismatch" and "a-z0-9-" in str(context.get("pattern")):
        return "bad-id", f"can't be {shown}", "use small letters, digits and hyphens"
    if kind == "string_pattern_mismatch":
        return "wrong-value", f"can't be {shown}", "see the format in the schema"
    if kind == "string_too_short":
        return "missing-key", "holds no text", "write the text after the colon"
    if kind in ("bool_parsing", "bool_type"):
        return "wrong-value", f"can't be {shown}", "write yes or no"
    if kind == "too_short":
        return "missing-key", "needs at least one entry", ""
    wanted = {"tuple_type": "a list", "dict_type": "a mapping", "string_type": "a text"}.get(kind, "a mapping")
    return "wrong-type", f"must be {wanted}, not {shown}", ""


def _key(route: Route) -> Route:
    return (*route[:-1], f"key:{route[-1]}") if route and isinstance(route[-1], str) else route


def _keys(model: type[BaseModel], route: Route) -> Iterator[str]:
    """The keys that the model at this route knows; routes are short, so the walk is."""
    shape = model
    for step in route:
        if isinstance(step, str) and step in (fields := _by_key(shape)):
            shape = _inner(fields[step]) or shape
    yield from _by_key(shape)


def _by_key(model: type[BaseModel]) -> dict[str, Anything]:
    return {field.alias or name: field.annotation for name, field in model.model_fields.items()}


def _inner(annotation: Anything) -> type[BaseModel] | None:
    """The model inside `tuple[Model, ...]`, `dict[str, Model]` or `Model | None`."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for argument in getattr(annotation, "__args__", ()):
        if (found := _inner(argument)) is not None:
            return found
    return None


def named(plain: Plain, route: Route) -> str:
    """How a person calls the thing at this route: by its id where it has one, never by a number."""
    names: list[str] = []
    here = plain
    for step in route:
        here = _stepped(here, step)
        if isinstance(here, dict) and isinstance(here.get("id"), str):
            names = [f"{_KINDS.get(str(route[0]), str(route[0]))} `{here['id'][:64]}`"]
        elif isinstance(step, str) and not isinstance(here, list):
            names.append(step)
    if not names and route:
        return f"an entry of `{route[0]}`"
    return " ".join(names) or "the file"


_KINDS = {"questions": "question", "dispositions": "disposition", "invariants": "invariant", "statements": "statement"}


def _stepped(value: Plain, step: str | int) -> Plain:
    if isinstance(value, dict):
        return value.get(step)
    if isinstance(value, list) and isinstance(step, int) and step < len(value):
        return value[step]
    return None
