"""The manual of the checks and of the keys, on the screen; that of the checks as Markdown, too."""

from collections.abc import Sequence

from screener.authoring.checks.page import Example
from screener.authoring.format import THINGS
from screener.authoring.manual.keys import FILES, Placed, inside, keys, named, small, told
from screener.authoring.manual.texts import DESK, FORM, LOGIC, TABLES, TEXTS, Entry, entries
from screener.ground.marks import DECLINED, SKIPPED
from screener.ground.problems import Problem, ProblemsFound, did_you_mean
from screener.ground.safetext import one_line
from screener.ground.wrapping import lines
from screener.rulefile.idioms import said

_INTRO = """\
# What `screener rules check` looks at

Every problem has a code in square brackets. This is what each code means; `screener rules explain CODE` shows one.
An error must be mended; a warning is worth a look (`--strict` makes it count). This page is made with
`screener rules explain --all`.
"""
_KINDS = {
    LOGIC: "Decided over every possible set of answers, exactly: nothing is sampled. Where it is possible, a problem "
    "comes with answers that show it (`--witness DIR` writes them to files for `screener start --answers`), and with "
    "the smallest set of conditions at fault.",
    TEXTS: "What the file says, and where it says it from.",
    FORM: "What keeps a file from being read. These are reported alone, before anything else is looked at.",
    TABLES: "What `screener batch` says when something can't be done. Nothing is half written then.",
    DESK: "What `screener intake` says when something can't be done. Nothing that was kept is lost by any of it.",
}


#: Words that are no code and no key, and where what is meant by them stands.
_ELSEWHERE = {
    "answer": "no-repeat",
    "{answer": "no-repeat",
    "repeat": "no-repeat",
    DECLINED: "decline",
    SKIPPED: "optional",
}


def explained(words: Sequence[str], width: int) -> str:
    """What codes or keys mean, for the screen; all that have these names. Raises ProblemsFound for those nothing has.

    Several words may be one name in other words, such as `not sure`.
    """
    one = " ".join(words)
    found = {word: _pages(word, width) for word in ([one] if len(words) > 1 and said(one) else words)}
    unknown = [_unknown(word) for word, pages in found.items() if not pages]
    if unknown:
        raise ProblemsFound(unknown)
    return "\n".join(page for pages in found.values() for page in pages)


def _pages(word: str, width: int) -> list[str]:
    """The pages of a code, and of the keys with this name."""
    codes, wanted = entries(), word.strip(" `[]:")
    pages = [page(codes[wanted.lower()], width)] if wanted.lower() in codes else []
    pages += [key_page(one, width) for one in named(wanted)] if wanted else []
    meant = said(wanted) or wanted.lower()
    meant = _ELSEWHERE.get(meant, meant)
    return pages or (_pages(meant, width) if meant not in (wanted, "") else [])


def _unknown(word: str) -> Problem:
    wanted = word.strip(" `[]:")
    known = [*entries(), *(name for one in keys() for name in (one.key.name, one.path))]
    help = did_you_mean(wanted, dict.fromkeys(known)) or "`screener rules explain` lists all codes and keys"
    return Problem("not-found", f"there is no code or key `{one_line(wanted[:64])}`", help)


def page(entry: Entry, width: int) -> str:
    """One code for the screen."""
    parts = [f"{entry.level}[{entry.code}]", "", *lines(entry.text, width)]
    for title, example in (("With the fault:", entry.bad), ("Without:", entry.good)):
        if text := _example(example):
            parts += ["", title, "", *(f"  {line}" for line in text.splitlines())]
    return "\n".join(line.rstrip() for line in parts) + "\n"


def key_page(one: Placed, width: int) -> str:
    """One key for the screen, in one of the places where it may stand."""
    needed = " It has to be there." if one.needed else ""
    parts = [one.path, "", *lines(one.key.text, width), ""]
    parts += lines(f"It stands in {one.place}.{needed}", width)
    parts += lines(f"Values: {one.values}.", width)
    if within := inside(one):
        parts += lines(f"Its keys: {', '.join(inner.key.name for inner in within)}.", width)
    example = "\n".join(filter(None, (one.key.beside, one.key.example)))
    parts += ["", "For example:", "", *(f"  {line}" for line in example.splitlines())]
    return "\n".join(parts) + "\n"


def contents(width: int) -> str:
    """All codes, by kind, and all keys, by what has them."""
    pages = entries().values()
    parts = []
    for kind in _KINDS:
        parts += [kind, *(f"  {entry.code}" for entry in pages if entry.kind == kind), ""]
    for of, file in FILES.items():
        parts.append(f"Keys of {file}")
        for thing in (thing for thing in THINGS if thing.of == of):
            listed = ", ".join(one.key.name for one in told(thing))
            parts += lines(f"{small(thing.title)}: {listed}", width, "  ", "    ")
        parts.append("")
    said = "screener rules explain CODE says what a code means, screener rules explain KEY what a key does."
    return "\n".join([*parts, *lines(said, width)]) + "\n"


def manual() -> str:
    """The whole manual of the checks as Markdown."""
    parts = [_INTRO]
    for kind, about in _KINDS.items():
        parts.append(f"## {kind}\n\n{about}\n")
        parts += [_section(entry) for entry in entries().values() if entry.kind == kind]
    return "\n".join(parts)


def _section(entry: Entry) -> str:
    text = f"### {entry.code}\n\n{entry.level.capitalize()}. {entry.text}\n"
    for title, example in (("With the fault:", entry.bad), ("Without:", entry.good)):
        if found := _example(example):
            text += f"\n{title}\n\n```yaml\n{found}\n```\n"
    return text


def _example(example: Example) -> str:
    sources = f"\n\n# in the sources file\n{example.sources.strip()}" if example.sources else ""
    return (example.rules.strip() + sources).strip()
