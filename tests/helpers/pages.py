"""Pages with hostile texts, and pictures of them."""

import json
import re
import subprocess
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree.ElementTree import Element

from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token
from readers import WIDE

from screener.engine.assess import assess
from screener.ground.safetext import one_line
from screener.rulefile.conditions.tree import Answer
from screener.rulefile.loader import load
from screener.rulefile.model import RuleFile
from screener.summary.formats import renderer

SNIPPETS = (
    *("<script>window.ran=1</script>", "<img src=x onerror=window.ran=1>", "</style><style>*{display:none}", "-->"),
    *("</title><h1>Heading</h1>", '" onmouseover="window.ran=1', "' autofocus onfocus='window.ran=1", "<!--", "]]>"),
    *("<svg/onload=window.ran=1>", "<iframe src=http://evil.test>", "</main></body>", "&lt;b&gt; &amp; &#60;", "\\"),
    *("[click](javascript:window.ran=1)", "![x](http://evil.test/x.png)", "<http://evil.test>", "https://evil.test"),
    *("[ref]: http://evil.test", "# heading", "## heading ##", "- item", "1. item", "7) item", "> quote", "* * *"),
    *("```", "~~~", "`code`", "    code", "| a | b |", "|---|---|", "=====", "-----", "**bold**", "__x__", "~~x~~"),
    *("javascript:window.ran=1", "data:text/html,<script>", "www.evil.test", "a@evil.test", "{{ 7*7 }}", "{% x %}"),
    *("#set page(width: 1pt)", '#import "/etc/passwd"', "$x^2$", "#{1+1}", "/* x */", "// x", "#panic()", "<label>"),
    *("=1+1", "+1", "-1", "@SUM(1)", "＝1＋1", '=HYPERLINK("http://evil.test")', '"', "''", ";=1+1", ",=1+1", "'=1"),
    *("{words} {0} %s", "$(rm) ${HOME}", "皮膚", "naïve – “quoted” …", "a\u200bb", "x\u00adx", "[bold red]x[/]"),
    *(
        ":smile:",
        "e\u0301",
        "\t=1",
        "line\nbreak",
        "\n\n# heading\n\n",
        "\n---\n",
        "\n    indented",
        "\n=cmd|'/C x'!A0",
    ),
)


#: What no rule file may hold, but a program may hand over as an answer.
UNSEEN = ("\x00", "\x1b[2J", "\r\n=1", "\u202egnp.exe", "\u2066x\u2069", "\x85", "\u2028", "\ufeff=1", "\x7f", "\ud800")


#: What GitHub makes a link of without any markup: a scheme that no letter comes before, www, an address.
LINKED = re.compile(r"(?i)(?<![a-z])(?:https?|ftp):|(?<![^\s*_~(])www\.|[a-z0-9]@[a-z0-9]")


FIELDS = 46


WHOLE = re.compile(r"harmless w(\d\d)")


Texts = Callable[[int], str]


class Case(NamedTuple):
    """A rule file whose every text is the same kind of text, and answers to it."""

    rules: RuleFile
    answers: dict[str, Answer]


def harmless(place: int) -> str:
    """A text that no format takes for anything but a text."""
    return f"harmless w{place:02}"


def mixed(texts: list[str]) -> Texts:
    """One of these texts for each place, made different from the others by its end."""
    return lambda place: f"{texts[place % len(texts)]} w{place:02}"


def hostile_texts(more: tuple[str, ...] = ()) -> st.SearchStrategy[list[str]]:
    """Texts made of snippets, and of any printable characters of a keyboard."""
    typed = st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=12)
    one = st.lists(st.sampled_from(SNIPPETS + more) | typed, min_size=1, max_size=4).map("".join)
    return st.lists(one, min_size=6, max_size=12)


def case_of(texts: Texts, answer: str) -> Case:
    """A rule file that has these texts wherever one can stand, and answers that bring most of them up."""
    raw = {
        "format": 1,
        "id": "hostile",
        "version": "1",
        "title": texts(0),
        "language": "en",
        "intro": texts(1),
        "sources": "x.sources.yaml",
        "glossary": {texts(2): texts(3)},
        "questions": [
            {"id": "free", "type": "text", "section": texts(4), "ask": texts(5), "help": texts(6), "why": texts(7)},
            {"id": "one", "type": "one", "section": texts(8), "ask": texts(9), "from": ["S1"]}
            | {"options": {"a": {"label": texts(10), "help": texts(11)}, "b": "B"}, "unsure": True},
            {"id": "many", "type": "many", "ask": texts(12), "options": {"a": texts(13), "b": texts(14)}},
            {"id": "number", "type": "number", "ask": texts(15), "unit": texts(16), "min": "1"},
            {"id": "hidden", "type": "yes-no", "ask": texts(17), "when": {"one": "b"}},
            {"id": "open", "type": "yes-no", "ask": texts(18), "unsure": True, "decline": True},
        ],
        "guidance": [
            {"id": "g0", "topic": texts(19), "says": f"{texts(20)} {texts(2)}", "ask": texts(21), "from": ["S1"]}
            | {"when": {"free": "answered"}, "disposition": "urgent"}
            | {"title": texts(38), "more": texts(39), "short": texts(40)},
            {"id": "g1", "topic": texts(22), "says": texts(23), "ask": texts(24), "disposition": "urgent"}
            | {"when": {"one": "a", "many": {"all": ["a", "b"]}}},
            {"id": "g2", "topic": texts(25), "says": texts(26), "when": {"open": "yes"}, "disposition": "urgent"}
            | {"title": texts(41), "short": texts(42)},
        ],
        "dispositions": [
            {"id": "least", "title": texts(27), "says": texts(28)},
            {"id": "urgent", "title": texts(29), "says": texts(30), "short": texts(43), "from": ["S1"]},
        ],
        "not_covered": {"says": texts(31)},
        "referral": [{"id": "some", "when": {"one": "a"}, "says": texts(44)}, {"says": texts(32)}],
        "former": {"gone": texts(45)},
    }
    sources = {
        "format": 1,
        "documents": {
            "d": {"title": texts(33), "short": texts(34), "sections": {"s": {"heading": texts(35), "short": texts(36)}}}
        },
        "statements": [{"id": "S1", "document": "d", "section": "s", "says": texts(37)}],
    }
    rules = load(json.dumps(raw), "x.yaml", lambda name: (json.dumps(sources), name))
    given: dict[str, Answer] = {"free": answer, "one": "a", "many": ("a", "b"), "number": Decimal(3), "open": "unsure"}
    return Case(rules, given)


def pair(texts: list[str], answer: str) -> tuple[Case, Case, Texts]:
    """The hostile case, its harmless twin, and what stands in the one where the other has `harmless w07`."""
    answer = f"{answer} w{FIELDS:02}".strip()  # as it is read
    hostile = mixed(texts)
    return (
        case_of(hostile, answer),
        case_of(harmless, harmless(FIELDS)),
        lambda place: answer if place == FIELDS else hostile(place),
    )


def translated(text: str, told: Texts) -> str:
    """The text of the harmless twin with the hostile texts in their places, blanks folded."""
    return folded(WHOLE.sub(lambda match: one_line(told(int(match[1]))), text))


def folded(text: str) -> str:
    """The text with runs of blanks as single ones."""
    return " ".join(text.split())


def page_of(format: str, case: Case, reader: str) -> str:
    """The summary in a format that is text; the fingerprint of the rule file is taken out."""
    page = renderer(format, reader, details=True)(case.rules, assess(case.rules, case.answers), WIDE)
    assert isinstance(page, str)
    return page.replace(case.rules.sha256, "SHA").replace(case.rules.sha256[:12], "SHA")


def text(element: Element) -> str:
    """All text of an element, blanks folded."""
    return folded(" ".join(element.itertext()))


def html(rules: RuleFile, answers: dict[str, Answer], reader: str, details: bool = True) -> str:
    """The summary as a web page, its details open or folded."""
    page = renderer("html", reader, details)(rules, assess(rules, answers), WIDE)
    assert isinstance(page, str)
    return page


def block(token: Token) -> Any:
    """What a token is, without its text."""
    inside = [
        (one.type, one.tag, one.attrs) for one in token.children or () if one.type not in ("text", "text_special")
    ]
    return token.type, token.tag, token.level, token.attrs, inside


def same_markdown(hostile: str, twin: str, told: Texts) -> None:
    """Hold that two pages are built alike, and that the one has its texts where the other has harmless ones."""
    reader = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    trees = [reader.parse(page) for page in (hostile, twin)]
    assert [block(token) for token in trees[0]] == [block(token) for token in trees[1]]
    kinds = {one[0] for token in trees[0] for one in block(token)[-1]}
    assert kinds <= {"strong_open", "strong_close", "em_open", "em_close", "hardbreak", "softbreak", "code_inline"}
    lines = [
        [
            "".join(" " if one.type.endswith("break") else one.content for one in token.children or ())
            for token in tree
            if token.type == "inline"
        ]
        for tree in trees
    ]
    assert [folded(line) for line in lines[0]] == [translated(line, told) for line in lines[1]]
    assert LINKED.findall(hostile) == []


def raster(pdf: bytes, name: Path) -> float:
    """Draw the first page of a PDF as a PNG of this name; how bright it is, 0 to 255."""
    file = name.with_suffix(".pdf")
    file.write_bytes(pdf)
    once = ["pdftoppm", "-r", "100", "-f", "1", "-l", "1", "-singlefile"]
    subprocess.run([*once, "-png", str(file), str(name)], check=True, capture_output=True)
    grey = subprocess.run([*once, "-gray", str(file)], check=True, capture_output=True).stdout
    header = re.match(rb"P5\s+(\d+)\s+(\d+)\s+255\s", grey)
    assert header
    points = grey[header.end() :]
    assert len(points) == int(header[1]) * int(header[2])
    assert len(set(points)) > 50
    return sum(points) / len(points)
