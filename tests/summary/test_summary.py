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
from strategies import built
from terminals import ANSWERS

from screener.engine.answers import read_answers
from screener.engine.assess import Summary, assess
from screener.ground.escapes import inert
from screener.ground.listing import as_json as problems_as_json
from screener.ground.listing import as_text
from screener.ground.problems import Problem
from screener.ground.safetext import one_line
from screener.ground.wrapping import Look, cells
from screener.rulefile.model import RuleFile
from screener.summary import wording as w
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


def page_of(format: str, rules: RuleFile, summary: Summary, look: Look, details: bool = False) -> str:
    """The summary for the person in a format that is text."""
    page = renderer(format, "person", details)(rules, summary, look)
    assert isinstance(page, str)
    return page


def positions(text: str, *parts: str) -> list[int]:
    """Where each part begins; -1 for one that is missing."""
    return [text.find(part) for part in parts]


def flat(page: str) -> str:
    """The page in one line, without the backslashes of Markdown."""
    return " ".join(page.split()).replace("\\", "")


@pytest.mark.parametrize("format", ["text", "markdown"])
def test_order_of_the_summary(format: str, pico: RuleFile, summary: Summary) -> None:
    """Next step, what to tell, what to ask, and the referral last; with details all that lies behind comes after it."""
    short = flat(page_of(format, pico, summary, Look(80)))
    whole = flat(page_of(format, pico, summary, Look(80), details=True))
    referral = one_line(summary.referral.says)
    first = [one_line(summary.disposition.title), w.TELL, w.TO_TAKE_ALONG]
    behind = ["Before all else", "Your concerns and hopes", w.NOT_COVERED, w.TOLD, w.SOURCES]

    assert short.strip("*").endswith(referral)
    assert [one for one in behind if one in short] == []
    places = [*positions(whole, *first), whole.rindex(referral), *positions(whole, *behind)]
    assert -1 not in places
    assert places == sorted(places)


@pytest.mark.parametrize("format", ["text", "markdown"])
def test_every_line_names_its_reason_and_sources(format: str, pico: RuleFile, summary: Summary) -> None:
    """In the details each finding carries the ids of its sources, and why it is said where that is not plain."""
    page = flat(page_of(format, pico, summary, Look(80), details=True))
    details = page[page.index("Before all else") :]

    for finding in summary.findings:
        line = finding.guidance
        said = " ".join((line.more or line.says).split())
        after = details[details.index(said) + len(said) :][:600]
        assert after.lstrip(" [").startswith(line.sources[0])
        assert [one for one in w.new_reasons(pico, summary, finding) if one not in details] == []
    assert "Because you were not sure about “Is any mark or mole" in details


def test_a_line_about_several_answers_names_them_all() -> None:
    """Though two concerns are enough for it, the line names each that was chosen."""
    rules = built(SEVERAL)
    page = flat(page_of("text", rules, assess(rules, {"adult": "yes", "q": ("a", "b", "c")}), Look(80), details=True))

    assert "Because you chose “Apples; Beans; Carrots”." in page


def test_what_is_plain_is_not_given_as_a_reason() -> None:
    """The answer behind everything is told once, and an option that the title names is not told again."""
    rules = built(SEVERAL)
    summary = assess(rules, {"adult": "yes", "q": ("a",)})
    page = flat(page_of("text", rules, summary, Look(80), details=True))

    assert page.count("“Are you 18?”") == 1
    assert "All of this is said because you answered “Yes” to “Are you 18?”" in page
    assert "Because you chose “Apples”" not in page
    assert [len(finding.because) for finding in summary.findings] == [1, 1]


SEVERAL: dict[str, Any] = {
    "format": 1,
    "id": "x",
    "version": "1",
    "title": "X",
    "language": "en",
    "questions": [
        {"id": "adult", "type": "yes-no", "ask": "Are you 18?"},
        {"id": "q", "type": "many", "ask": "Which?", "options": {"a": "Apples", "b": "Beans", "c": "Carrots"}}
        | {"when": {"adult": "yes"}},
    ],
    "guidance": [
        {"id": "apples", "topic": "T", "title": "Apples", "says": "Peel.", "when": {"q": "a"}},
        {"id": "grown", "topic": "T", "says": "For adults.", "when": {"adult": "yes"}},
        {"id": "several", "topic": "T", "says": "More than one.", "when": {"q": {"count": {"at_least": 2}}}},
    ],
    "dispositions": [{"id": "d", "title": "Talk", "says": "Talk."}],
    "referral": {"says": "See someone certified."},
}


def to_tell(answers: dict[str, Any]) -> str:
    """The short form for someone with a skin that is many things."""
    options = {f"o{number}": f"Thing {number}" for number in range(9)}
    lines = [
        {"id": id, "topic": "T", "title": label, "says": f"Say since when ({id}).", "when": {"skin": id}}
        | {"disposition": "tell", "when_unsure": "skip", "ask": f"What of {id}?"}
        for id, label in options.items()
    ]
    left = [
        {"id": f"skin-{word}", "topic": "T", "title": "Your skin", "says": "Go through it.", "when": {"skin": word}}
        | {"disposition": "tell"}
        for word in ("unsure", "declined")
    ]
    doctor = {"id": "mole", "topic": "T", "title": "A mole", "says": "Show it.", "when": {"mole": ["yes", "unsure"]}}
    rules = built(
        SEVERAL
        | {
            "questions": [
                {
                    "id": "skin",
                    "type": "many",
                    "ask": "Your skin?",
                    "options": options,
                    "unsure": True,
                    "decline": True,
                },
                {"id": "mole", "type": "yes-no", "ask": "A mole?", "unsure": True, "decline": True},
            ],
            "guidance": [*lines, *left, doctor | {"disposition": "doctor", "ask": "What is it?"}],
            "dispositions": [{"id": id, "title": id, "says": f"Do {id}."} for id in ("talk", "tell", "doctor")],
        }
    )
    return flat(page_of("text", rules, assess(rules, answers), Look(80)))


def test_only_the_first_points_are_told_in_full() -> None:
    """The most urgent first, then as many as a person can use; the others are named, and so none is lost."""
    page = to_tell({"skin": tuple(f"o{number}" for number in range(9)), "mole": "yes"})

    assert page.index("A mole. Show it.") < page.index("Thing 0. Say since when (o0).")
    assert "Thing 4. Say since when (o4)." in page
    assert "Say since when (o5)." not in page
    assert "Also tell: Thing 5; Thing 6; Thing 7; Thing 8." in page
    assert re.findall(r"\d\. (What[^?]*)", page) == ["What is it", *(f"What of o{number}" for number in range(4))]


def test_what_was_left_open_is_named_once() -> None:
    """An unsure or declined answer is one short row; only the most urgent is told in full, and why it may apply."""
    assert "You were not sure, so go through it together: Your skin." in to_tell({"skin": "unsure", "mole": "no"})
    assert "You would rather talk in person about: Your skin." in to_tell({"skin": "declined", "mole": "no"})
    assert "This may apply to you. A mole. Show it. Because you would rather talk" in to_tell(
        {"skin": "unsure", "mole": "declined"}
    )


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
    page = flat(page_of("text", pico, assess(pico, answers), Look(80)))

    assert "This may apply to you. A mark or sore to show a doctor. See a doctor" in page
    assert "Because you would rather talk in person about “Is any mark" in page


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
    assert made["referral"] == {"id": "everyone", "says": pico.referral.says, "from": ["C35", "C51", "B9"]}
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
    assert w.INCOMPLETE in flat(page_of("text", pico, assess(pico, {"adult": "yes"}), Look()))
    certain = assess(pico, {"adult": "yes", "changing-mark": "yes"})
    assert w.MORE_COULD_COME in flat(page_of("text", pico, certain, Look()))


@pytest.mark.parametrize("format", [format for format in FORMATS if format != "pdf"])
@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_answers_stay_text(format: str, hostile: str) -> None:
    """Whatever was typed reaches no terminal as a control, and no reader as markup."""
    rules = text_rules()
    page = page_of(format, rules, assess(rules, {"q": hostile}), Look(40), details=True)

    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", page)
    if format == "text":
        assert max(cells(line) for line in page.splitlines()) <= 40
    if format == "markdown":
        assert not re.search(r"(?<!\\)[<\[`!]", page.replace("\\\\", ""))


def test_rich_markup_in_texts_is_shown_as_it_is() -> None:
    """Square brackets in titles and answers are text, not styles."""
    rules = text_rules()
    page = page_of("text", rules, assess(rules, {"q": "[bold red]x[/] :smile:"}), Look(80), details=True)

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
