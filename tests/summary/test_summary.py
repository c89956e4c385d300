"""Summaries as text, Markdown and JSON: the order of things, the reasons, and hostile texts made inert."""

import json
import re
import subprocess
import sys
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from readers import text_rules
from rich.text import Text
from terminals import ANSWERS

from screener.engine.answers import read_answers
from screener.engine.assess import Summary, assess
from screener.ground.escapes import inert
from screener.ground.listing import as_json as problems_as_json
from screener.ground.listing import as_text
from screener.ground.problems import Problem
from screener.ground.wrapping import Look, cells
from screener.rulefile.model import RuleFile
from screener.summary.formats import FORMATS, renderer

HOSTILE = [
    "\x1b]0;title\x07\x1b[2J",
    "\u202egnp.exe",
    "<script>alert(1)</script>",
    "[click](javascript:alert(1))",
    "![x](http://x/y.png)",
    "# heading\n* list\n1. one\n```\ncode",
    "[bold red]rich[/]",
    ":smile: $(rm) `ls`",
    "皮膚 " * 40,
    "word" * 500,
]


@pytest.fixture(scope="module")
def summary(pico: RuleFile) -> Summary:
    """The summary of a person with melasma, an unsure mark and declined health questions."""
    return assess(pico, read_answers(json.dumps(ANSWERS), pico).answers)


def page_of(format: str, rules: RuleFile, summary: Summary, look: Look, reader: str = "person") -> str:
    """The summary in a format that is text."""
    page = renderer(format, reader)(rules, summary, look)
    assert isinstance(page, str)
    return page


def positions(text: str, *parts: str) -> list[int]:
    """Where each part begins; -1 for one that is missing."""
    return [text.find(part) for part in parts]


@pytest.mark.parametrize("format", ["text", "markdown"])
def test_order_of_the_summary(format: str, pico: RuleFile, summary: Summary) -> None:
    """Next step, guidance, what is not covered, questions, what was told, sources, and the referral last."""
    page = page_of(format, pico, summary, Look(80))
    flat = " ".join(page.split()).replace("\\", "")
    found = positions(
        flat,
        *["See a doctor first", "Before all else", "Your concerns and hopes", "What this does not cover"],
        *["Questions to take along", "What you told us", "Sources", pico.referral.says.split(".")[0]],
    )

    assert -1 not in found
    assert found == sorted(found)
    assert re.sub(r"\W", "", flat).endswith("C35C51")


@pytest.mark.parametrize("format", ["text", "markdown"])
def test_every_line_names_its_reason_and_sources(format: str, pico: RuleFile, summary: Summary) -> None:
    """Each finding is followed by the answers behind it, and carries the ids of its sources."""
    flat = " ".join(page_of(format, pico, summary, Look(80)).split()).replace("\\", "")

    for finding in summary.findings:
        said = " ".join(finding.guidance.says.split())
        after = flat[flat.index(said) + len(said) :][:600]
        assert after.lstrip(" [").startswith(finding.guidance.sources[0])
        assert "Because you" in after or "Said to everyone" in after
    assert "Because you chose “Melasma (brown or grey-brown patches, often on the face)”." in flat
    assert "Because you were not sure about “Is any mark or mole" in flat


@pytest.mark.parametrize("width", [40, 60, 80])
def test_text_fits_its_width(width: int, pico: RuleFile, summary: Summary) -> None:
    """No line of the text is wider than asked for, and none ends in blanks."""
    lines = page_of("text", pico, summary, Look(width)).splitlines()

    assert max(cells(line) for line in lines) <= width
    assert [line for line in lines if line != line.rstrip()] == []


def test_colour_adds_nothing_but_colour(pico: RuleFile, summary: Summary) -> None:
    """With colour the same words stand in the same places."""
    bare, coloured = (page_of("text", pico, summary, Look(80, color)) for color in (False, True))

    assert "\x1b" not in bare
    assert "\x1b[1m" in coloured
    stripped = Text.from_ansi(coloured).plain
    assert [line.rstrip() for line in stripped.splitlines()] == bare.splitlines()


def test_a_possible_line_says_so(pico: RuleFile) -> None:
    """A line that an unsure or declined answer left open begins with `This may apply to you.`"""
    answers = read_answers(json.dumps({**ANSWERS, "changing-mark": "declined"}), pico).answers
    flat = " ".join(page_of("text", pico, assess(pico, answers), Look(80)).split())

    assert "This may apply to you. Please see a doctor or dermatologist about this mark" in flat
    assert "Because you would rather talk in person about “Is any mark" in flat


def test_json_is_exactly_as_designed(pico: RuleFile, summary: Summary) -> None:
    """The keys, their order and their shapes are those that other programs rely on."""
    made: dict[str, Any] = json.loads(page_of("json", pico, summary, Look()))

    assert list(made) == [
        *["schema", "rules", "language", "complete", "answers", "disposition", "findings"],
        *["questions_to_ask", "referral", "sources", "open"],
    ]
    assert made["schema"] == "screener/summary/1"
    assert made["rules"] == {"id": "pico-laser", "version": pico.version, "sha256": pico.sha256}
    assert (made["language"], made["complete"], made["open"]) == ("en", True, [])
    assert made["answers"] == ANSWERS
    assert list(made["disposition"]) == ["id", "title", "says", "short", "from", "because"]
    assert made["disposition"]["because"] == [{"guidance": "changing-mark"}]
    assert made["referral"] == {"id": "everyone", "says": pico.referral.says, "from": ["C35", "C51"]}
    for finding in made["findings"]:
        assert list(finding) == [
            *["id", "topic", "title", "says", "more", "short", "certainty", "because", "from", "ask"]
        ]
        assert [list(reason) for reason in finding["because"]] == [["question", "answer"]] * len(finding["because"])
    for source in made["sources"]:
        assert list(source) == ["id", "source", "section", "says"]


def test_json_lists_every_cited_source_once(pico: RuleFile, summary: Summary) -> None:
    """The sources are those of what is said, each once, with our wording of the statement."""
    made: dict[str, Any] = json.loads(page_of("json", pico, summary, Look()))
    cited = [id for part in (made["disposition"], *made["findings"], made["referral"]) for id in part["from"]]

    assert [source["id"] for source in made["sources"]] == list(dict.fromkeys(cited))
    assert all(source["source"] and source["says"] for source in made["sources"])


def test_incomplete_answers_are_told(pico: RuleFile) -> None:
    """With questions open the summary says what is decided, and lists what could still change it."""
    made: dict[str, Any] = json.loads(page_of("json", pico, assess(pico, {"adult": "yes"}), Look()))

    assert made["complete"] is False
    assert "health" in made["open"]
    assert "Some questions are open." in page_of("text", pico, assess(pico, {"adult": "yes"}), Look())


@pytest.mark.parametrize("format", [format for format in FORMATS if format != "pdf"])
@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_answers_stay_text(format: str, hostile: str) -> None:
    """Whatever was typed reaches no terminal as a control, and no reader as markup."""
    rules = text_rules()
    page = page_of(format, rules, assess(rules, {"q": hostile}), Look(40))

    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", page)
    if format == "text":
        assert max(cells(line) for line in page.splitlines()) <= 40
    if format == "markdown":
        assert not re.search(r"(?<!\\)[<\[`!]", page.replace("\\\\", ""))


def test_rich_markup_in_texts_is_shown_as_it_is() -> None:
    """Square brackets in titles and answers are text, not styles."""
    rules = text_rules()
    page = page_of("text", rules, assess(rules, {"q": "[bold red]x[/] :smile:"}), Look(80))

    assert "X [b]y[/b]" in page
    assert "[bold red]x[/] :smile:" in page


@settings(deadline=None, max_examples=200)
@given(st.text(max_size=80))
def test_markdown_gives_back_the_text(text: str) -> None:
    """Escaping hides nothing: without the backslashes the visible text is there."""
    from screener.ground.safetext import one_line

    plain = re.sub(r"\\([^a-zA-Z0-9\s])", r"\1", inert(text))

    assert plain == one_line(text)


def test_problems_point_at_their_place() -> None:
    """A problem is its place, level, code and sentence, the line with a caret, and the help."""
    problem = Problem(
        "unknown-key", "`titel` is not a known key", "did you mean `title`?", "a.yaml", 4, 3, "  titel: X", caret=2
    )

    assert as_text([problem]) == (
        "a.yaml:4:3: error[unknown-key] `titel` is not a known key\n      titel: X\n      ^\n"
        "  help: did you mean `title`?\n"
    )
    assert json.loads(problems_as_json([problem]))["problems"][0]["line"] == 4


def test_the_caret_stands_under_wide_characters() -> None:
    """Characters that take two cells move the caret by two."""
    problem = Problem("x", "m", "", "f", 1, 3, "皮膚x", caret=2)

    assert as_text([problem]).splitlines()[1:3] == ["    皮膚x", "        ^"]


def test_import_costs() -> None:
    """Neither the version nor the checks import questionary, and the version imports no model either."""
    script = (
        "import sys; sys.argv = ['screener', *{arguments!r}];"
        "from screener.cli import run; code = run();"
        "print([name for name in {names!r} if name in sys.modules], code)"
    )
    heavy = ["questionary", "prompt_toolkit"]
    for arguments, names in ((["--version"], [*heavy, "screener.rulefile.model"]), (["rules", "check"], heavy)):
        code = script.format(arguments=arguments, names=names)
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

        assert done.stdout.splitlines()[-1] == "[] 0"
