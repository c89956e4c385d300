"""The whole format on one page, as Markdown: the keys, put into the text that is written by hand."""

import re
from pathlib import Path

from screener.authoring.format import THINGS, Thing
from screener.authoring.manual.keys import Placed, told
from screener.authoring.template import rule_file
from screener.ground.files import read_text

_TEXT = Path(__file__).with_name("format.md")
_HEAD = "| key | what it does | values | example |\n|---|---|---|---|\n"


def format_page() -> str:
    """What `rules/FORMAT.md` holds."""
    text = read_text(_TEXT)
    for thing in THINGS:
        text = text.replace(f"<!-- keys: {thing.shape} -->", _keys(thing))
    text = text.replace("<!-- example -->", rule_file("my-clinic").strip())
    return text.replace("<!-- contents -->", _contents(text))


def _keys(thing: Thing) -> str:
    return f"{thing.about}\n\n{_HEAD}" + "\n".join(map(_row, told(thing)))


def _row(one: Placed) -> str:
    name = f"**`{one.key.name}`**" if one.needed else f"`{one.key.name}`"
    return f"| {name} | {one.key.text} | {one.values} | `{one.key.example}` |"


def _contents(text: str) -> str:
    """A list of the headings, each a link; smaller ones are set in."""
    outside = re.sub(r"^```.*?^```", "", text, flags=re.DOTALL | re.MULTILINE)
    headings = re.findall(r"^##(#?) (.+)$", outside, re.MULTILINE)
    return "\n".join(f"{'  ' if deep else ''}- [{title}](#{_anchor(title)})" for deep, title in headings)


def _anchor(title: str) -> str:
    """The address that GitHub gives a heading."""
    return re.sub("[^a-z0-9 -]", "", title.lower()).replace(" ", "-")
