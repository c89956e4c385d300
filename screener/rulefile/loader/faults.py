"""What is wrong with the shape of a file, in words and at its place."""

from screener.ground.problems import Problem, did_you_mean
from screener.ground.shapes import Fault, Shape, choices, keys
from screener.rulefile.loader import slips
from screener.rulefile.promises import A_RISK
from screener.rulefile.spellings import A_SPAN, A_STATEMENT_ID, A_WORD_COUNT, AN_ID, MOST_OF_AN_ID
from screener.rulefile.yamltext import Plain, Route, YamlText

#: How much of a word is shown, in characters.
_SHOWN = 60


def as_problem(fault: Fault, plain: Plain, source: YamlText, shape: type[Shape]) -> Problem:
    """The problem that stands for a fault of this plain data, which was to become that shape."""
    route = fault.route
    name, owner = route[-1] if route else "", named(plain, route[:-1])
    if fault.kind == "missing":
        return source.problem("missing-key", f"{owner}: `{name}` is missing", route[:-1], f"add `{name}:`")
    if fault.kind == "unknown":
        known = sorted(keys(shape, route[:-1]))
        help = slips.key(str(name), _at(plain, route[:-1]), known) or f"known here: {', '.join(known)}"
        said = f"`{str(name)[:_SHOWN]}` is not a known key" if name else "a key is empty"
        return source.problem("unknown-key", f"{owner}: {said}", _key(route), help)
    code, message, help = _said(fault, shape)
    if code == "bad-id" and isinstance(fault.given, str) and len(fault.given) <= MOST_OF_AN_ID:
        help = slips.id_for(str(name), fault.given, help, _ids_for(str(name), plain))
    subject = f"{owner}: `{name}`" if isinstance(name, str) else named(plain, route)
    if code == "bad-id" and (fault.at_key or (name == "id" and len(route) > 1)):
        subject, message = (f"{owner}: `{name}`", "is no id") if fault.at_key else (f"{owner}:", "this is no `id`")
    place = _key(route) if fault.at_key else route
    problem = source.problem(code, f"{subject} {message}", place, help or _HELP.get(str(name), ""))
    return problem._replace(help=_CUT) if fault.given == "" and _is_cut(problem) else problem


_CUT = "the `#` before the text begins a comment; put the text in quotes"


def _is_cut(problem: Problem) -> bool:
    """Whether a comment stands where a text was wanted."""
    return problem.excerpt[problem.caret :].lstrip().startswith("#")


def _ids_for(name: str, plain: Plain) -> list[str]:
    """The ids of the file that this key can name."""
    key = "dispositions" if name.startswith("disposition") else ""
    items = plain.get(key) if isinstance(plain, dict) else None
    return [str(one.get("id")) for one in items if isinstance(one, dict)] if isinstance(items, list) else []


#: What to write where a value has a form of its own.
_HELP = {
    "version": "write a version such as 1.0.0",
    "language": "write a language such as en or en-GB",
    "sources": "name a file in the same folder, such as my-clinic.sources.yaml",
    "url": "write a web address that begins with https://",
    "sha256": "write the 64 characters that `screener rules check --document` gives",
}
_A_RISK = (
    "name a question, or one question with its order: `{age: smaller}`, `{born: later}` or `{skin: [light, dark]}`"
)
#: What a value must be, and how it is written; what the format calls a mapping is one of names with colons.
_NAMES = "names with colons"
_WANTED = {"list": "a list", "text": "a text"}
_WRITE = {
    "a list": "write its entries below, each after a hyphen",
    "a text": "write one text after the colon, in quotes if it holds a colon",
    _NAMES: "below it, set in, write a name, a colon, a blank and the value on each line",
}


def _said(fault: Fault, shape: type[Shape]) -> tuple[str, str, str]:
    """The code, what is said of the value, and help; each kind of fault has words of its own."""
    shown = _shown(fault.given)
    if fault.kind == "choice":
        words = choices(shape, fault.route)
        meant = slips.type_of(str(fault.given)) if fault.route[-1] == "type" else ""
        help = did_you_mean(str(fault.given), words) or meant or f"write {_or(words)}"
        return "wrong-value", f"can't be {shown}", help
    if fault.wanted == A_SPAN.name:
        return "wrong-value", f"can't be {shown}", slips.span(str(fault.route[-1]), str(fault.given))
    if fault.kind == "spelling":
        return _misspelt(fault, shown)
    if fault.kind == "blank":
        return "missing-key", "holds no text", "write the text after the colon"
    if fault.kind == "no-entries":
        return "missing-key", "needs at least one entry", ""
    if fault.wanted == "switch":
        return "wrong-value", f"can't be {shown}", "write yes or no"
    if fault.wanted == "answer":
        return "wrong-type", f"must be an option or a list of options, not {shown}", ""
    if fault.wanted == A_RISK:
        return "wrong-type", "names a question in a way that can't be read", _A_RISK
    wanted = _WANTED.get(fault.wanted, _NAMES)
    said = f"is empty, and must be {wanted}" if fault.given == "" else f"must be {wanted}, not {shown}"
    return "wrong-type", said, _meant(fault, wanted) or _WRITE[wanted]


def _meant(fault: Fault, wanted: str) -> str:
    """What to write in the place of a value of another kind, if it can be made of what stands there."""
    if wanted == "a list" and isinstance(fault.given, str):
        return slips.listed(str(fault.route[-1]), fault.given)
    return slips.options(fault.given) if fault.route[-1] == "options" and fault.given != "" else ""


def _misspelt(fault: Fault, shown: str) -> tuple[str, str, str]:
    if fault.wanted == A_WORD_COUNT.name:
        return "wrong-value", f"can't be {shown}", "write a whole number of words from 1 to 999"
    if fault.wanted not in (AN_ID.name, A_STATEMENT_ID.name):
        return "wrong-value", f"can't be {shown}", ""
    letters = "small letters" if fault.wanted == AN_ID.name else "letters"
    long = isinstance(fault.given, str) and len(fault.given) > MOST_OF_AN_ID
    help = f"use at most {MOST_OF_AN_ID} characters" if long else f"use {letters}, digits and hyphens"
    return "bad-id", f"can't be {shown}", help


def _shown(given: object) -> str:
    if isinstance(given, str):
        return f"`{given[:_SHOWN]}`"
    return "a list" if isinstance(given, list) else _NAMES


def _or(words: tuple[str, ...]) -> str:
    """Words to choose from: `a`, `b` or `c`."""
    *most, last = (f"`{word}`" for word in words)
    return f"{', '.join(most)} or {last}" if most else last


def _key(route: Route) -> Route:
    return (*route[:-1], f"key:{route[-1]}") if route and isinstance(route[-1], str) else route


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
    "referral": "referral",
    "statements": "statement",
    "cases": "case",
}


def _at(plain: Plain, route: Route) -> Plain:
    """What stands at this route."""
    for step in route:
        plain = _stepped(plain, step)
    return plain


def _stepped(value: Plain, step: str | int) -> Plain:
    if isinstance(value, dict):
        return value.get(step)
    if isinstance(value, list) and isinstance(step, int) and step < len(value):
        return value[step]
    return None
