"""Plain strings → models: every missing, unknown or wrong key becomes a problem with its place."""

from collections.abc import Iterator
from typing import Any as Anything
from typing import Generic, NamedTuple, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from screener.ground.problems import Problem, did_you_mean
from screener.rulefile.loader.conditions import Reader, named_conditions
from screener.rulefile.yamltext import Plain, Route, YamlText

Model = TypeVar("Model", bound=BaseModel)
#: A file with more problems than this is of another kind; nobody reads on.
MOST_PROBLEMS = 500
_CONDITIONAL = ("questions", "guidance", "invariants")


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


def parsed_conditions(source: YamlText, problems: list[Problem]) -> Parsed:
    """Replace every written condition by its tree; one that can't be read is left out and reported."""
    reader = Reader(source, problems)
    if not isinstance(source.plain, dict):
        problems.append(source.problem("wrong-type", "a rule file is a mapping that begins with `format: 1`", ()))
        return Parsed(None, reader, {})
    named = named_conditions(source.plain.get("conditions"), reader)
    plain = {**source.plain}
    if isinstance(plain.get("conditions"), dict):
        plain["conditions"] = {name: tree for name, tree in named.items() if tree is not None}
    for key in _CONDITIONAL:
        if isinstance(items := plain.get(key), list):
            plain[key] = [_with_tree(item, reader, (key, index)) for index, item in enumerate(items)]
    return Parsed(plain, reader, {key: _ids(plain.get(key)) for key in ("questions", "guidance", "dispositions")})


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
) -> Sound[Model] | None:
    """The model, or, with problems, as much of it as is sound, so that its references can still be looked at.

    What is missing at the top is then filled from a stand-in; with problems, no one gets to see the model.
    """
    if plain is None:
        return None
    try:
        return Sound(model.model_validate(plain, context=context), _kept(plain, set()))
    except ValidationError as error:
        details = _own(error.errors(include_url=False))
    problems += [_problem(detail, plain, source, model) for detail in details[:MOST_PROBLEMS]]
    bad = {tuple(detail["loc"][:2]) for detail in details}
    sound, kept = _pruned(plain, bad), _kept(plain, bad)
    try:
        filled = {**_STAND_IN, **sound} if "questions" in sound else sound
        return Sound(model.model_validate(filled, context=context), kept)
    except ValidationError:
        return None


def _own(details: list[ErrorDetails]) -> list[ErrorDetails]:
    """Without `too short` where the only reason is that the entries of the list are wrong themselves."""
    deeper = {detail["loc"][:1] for detail in details if len(detail["loc"]) > 1}
    return [detail for detail in details if detail["type"] != "too_short" or detail["loc"] not in deeper]


def _kept(plain: Plain, bad: set[tuple[int | str, ...]]) -> dict[str, list[int]]:
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
        said = f"`{str(name)[:60]}` is not a known key" if name else "a key is empty"
        return source.problem("unknown-key", f"{owner}: {said}", _key(route), help)
    code, message, help = _said(detail, given)
    place = _key(route) if detail["loc"][-1:] == ("[key]",) else route
    subject = f"{owner}: `{name}`" if isinstance(name, str) else named(plain, route)
    return source.problem(code, f"{subject} {message}", place, help or _FORMS.get(str(name), ""))


#: What to write where a value has a form of its own.
_FORMS = {
    "version": "write a version such as 1.0.0",
    "language": "write a language such as en or en-GB",
    "sources": "name a file in the same folder, such as my-clinic.sources.yaml",
    "url": "write a web address that begins with https://",
    "sha256": "write the 64 characters that `screener rules check --document` gives",
}
_WANTED = {"tuple_type": "a list", "dict_type": "a mapping", "string_type": "a text"}
_EMPTY = {"a list": "write its entries below, each after a hyphen", "a mapping": "write its keys below, set in"}


def _said(detail: ErrorDetails, given: object) -> tuple[str, str, str]:
    kind, context = detail["type"], detail.get("ctx", {})
    shown = f"`{given[:60]}`" if isinstance(given, str) else "a list" if isinstance(given, list) else "a mapping"
    if kind == "literal_error":
        expected = str(context.get("expected", "")).replace("'", "`")
        words = [word for word in expected.replace(" or ", ", ").replace("`", "").split(", ") if word]
        return "wrong-value", f"can't be {shown}", did_you_mean(str(given), words) or f"write {expected}"
    if kind == "string_pattern_mismatch" and "{0,63}" in str(context.get("pattern")):
        long = isinstance(given, str) and len(given) > 64
        help = "use at most 64 characters" if long else "use small letters, digits and hyphens"
        if "A-Z" in str(context.get("pattern")):
            help = help.replace("small letters", "letters")
        return "bad-id", f"can't be {shown}", help
    if kind == "string_pattern_mismatch":
        return "wrong-value", f"can't be {shown}", ""
    if kind == "string_too_short":
        return "missing-key", "holds no text", "write the text after the colon"
    if kind == "raw_answer":
        return "wrong-type", f"must be an option or a list of options, not {shown}", ""
    if kind in ("bool_parsing", "bool_type"):
        return "wrong-value", f"can't be {shown}", "write yes or no"
    if kind == "too_short":
        return "missing-key", "needs at least one entry", ""
    wanted = _WANTED.get(kind, "a mapping")
    if given == "":
        return "wrong-type", f"is empty; {wanted} is needed", _EMPTY.get(wanted, "")
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
            names = [f"{KINDS.get(str(route[0]), str(route[0]))} `{here['id'][:64]}`"]
        elif isinstance(step, str) and not isinstance(here, list):
            names.append(step)
    if not names and route:
        return f"an entry of `{route[0]}`"
    return " ".join(names) or "the file"


#: How one entry of a list is called.
KINDS = {
    "questions": "question",
    "guidance": "guidance",
    "dispositions": "disposition",
    "invariants": "invariant",
    "statements": "statement",
    "cases": "case",
}


def _stepped(value: Plain, step: str | int) -> Plain:
    if isinstance(value, dict):
        return value.get(step)
    if isinstance(value, list) and isinstance(step, int) and step < len(value):
        return value[step]
    return None
