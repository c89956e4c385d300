"""The manual of the checks, as one page on the screen or as Markdown."""

from screener.authoring.checks.page import Example
from screener.authoring.manual.texts import FORM, LOGIC, TEXTS, Entry, entries
from screener.ground.wrapping import lines

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
}


def page(entry: Entry, width: int) -> str:
    """One code for the screen."""
    parts = [f"{entry.level}[{entry.code}]", "", *lines(entry.text, width)]
    for title, example in (("With the fault:", entry.bad), ("Without:", entry.good)):
        if text := _example(example):
            parts += ["", title, "", *(f"  {line}" for line in text.splitlines())]
    return "\n".join(line.rstrip() for line in parts) + "\n"


def contents() -> str:
    """All codes, by kind."""
    pages = entries().values()
    parts = []
    for kind in _KINDS:
        parts += [kind, *(f"  {entry.code}" for entry in pages if entry.kind == kind), ""]
    return "\n".join([*parts, "screener rules explain CODE says what one means."]) + "\n"


def manual() -> str:
    """The whole manual as Markdown."""
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
