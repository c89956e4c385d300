"""The questionnaire as a picture: everything is in it, in words and in order, and hostile texts stay texts."""

import json
import re
import time
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest
import typer
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import built, raw_rule_files
from typer.testing import CliRunner

from screener import RuleFile
from screener.authoring.picture import mermaid, page, svg
from screener.authoring.picture.cards import CARD, CELL, card
from screener.authoring.picture.labels import Names, cut
from screener.authoring.picture.palette import BORDERS, DARK, LIGHT, LINES, next_steps
from screener.authoring.picture.picture import sheets
from screener.authoring.picture.steps import chart
from screener.cli.rules.graph import graph
from screener.ground.problems import ProblemsFound
from screener.ground.wrapping import cells
from screener.rulefile.loader import load

DRAWINGS = {"mermaid": mermaid, "svg": svg, "page": page}
SHAPES = {"svg", "title", "desc", "style", "g", "rect", "path", "text", "tspan"}
HTML = {"html", "head", "meta", "body", "main", "figure", "section", "h1", "h2", "h3", "p", "ol", "ul", "li"}
TAGS = SHAPES | HTML | {"strong", "code", "span", "em"}
ATTRIBUTES = {
    *["class", "x", "y", "dx", "rx", "width", "height", "d", "viewBox", "transform", "role", "id", "lang", "dir"],
    *["aria-labelledby", "textLength", "lengthAdjust", "xmlns", "charset", "name", "content", "http-equiv", "start"],
}
#: One label: letters, digits, a few signs, entity codes, and anything that is no ASCII.
LABEL = r'"(?:[A-Za-z0-9 ,?!-]|#\d+;|[^\x00-\x7f])+"'
NODE = r"[a-z]+\d*(?:_q\d+)?"
NODES = f"{NODE}(?: & {NODE})*"
FORMS = [
    "flowchart TD",
    " +(?:direction LR|end)",
    r" +accTitle: (?:[A-Za-z0-9 ,?!-]|[^\x00-\x7f])*",
    rf" +subgraph {NODE}\[{LABEL}\]",
    rf" +{NODE}(?:\[{LABEL}\]|\({LABEL}\)|\{{{LABEL}\}}|\{{\{{{LABEL}\}}\}})(?::::[a-z]+)?",
    rf" +{NODES} (?:-->|==>|-\.->|~~~)(?:\|{LABEL}\|)? {NODES}",
    " +classDef [a-z]+ [a-z0-9:#, .-]+",
]
MERMAID = re.compile("|".join(f"(?:{form})" for form in FORMS))
HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "[x](javascript:alert(1))",
    '`"] end; #quot; %% }}\n  click q1 call x()',
    "1. first",
    "- item",
    "# head",
    "www.example.com http://example.com",
    "ﬂ°°60¶ßscript",
    "**bold** _em_ $$x$$ fa:fa-car",
    "end",
    "style a:b; classDef c:d #e;",
    "</style></svg>]]>&amp;&lt;b&gt;",
    "مرحبا بالعالم",
    "👩‍👩‍👧‍👦 🩹",
    "皮膚" * 60,
    "word" * 200,
    "W" * 90,
]
#: What no rule file can hold is left out: the loader refuses it.
LETTERS = st.characters(exclude_categories=["Cs", "Cc", "Cf", "Co", "Cn", "Zl", "Zp"], exclude_characters="\ufeff")
SIGNS = st.sampled_from("<>&\"'`[](){}|;:#%@=~*_\\/$.-+^!?1a ")
texts = st.sampled_from(HOSTILE) | st.text(LETTERS | SIGNS, min_size=1, max_size=60).filter(str.strip)


def rule_file(**changed: Any) -> dict[str, Any]:
    """A small rule file as plain values."""
    small = {
        "format": 1,
        "id": "small",
        "version": "1",
        "title": "Small",
        "language": "en",
        "questions": [{"id": "q", "type": "yes-no", "ask": "Is it red?", "unsure": "yes"}],
        "guidance": [{"id": "g", "topic": "T", "says": "It is.", "when": {"q": ["yes", "unsure"]}, "disposition": "d"}],
        "dispositions": [{"id": "d", "title": "Talk", "says": "Talk."}],
        "referral": {"says": "See someone certified."},
    }
    return small | changed


def loaded(raw: dict[str, Any]) -> RuleFile:
    """The rule file through the real loader, with every sign as it is."""
    return load(json.dumps(raw, ensure_ascii=False))


def tree(text: str) -> Element:
    """The elements of a drawing, without the name space of SVG."""
    root = ElementTree.fromstring(text)
    for element in root.iter():
        element.tag = element.tag.removeprefix("{http://www.w3.org/2000/svg}")
    return root


def words(text: str) -> str:
    """What can be read in a drawing, blanks folded."""
    if text.startswith("flowchart"):
        return re.sub(r"#(\d+);", lambda match: chr(int(match[1])), text)
    return " ".join(" ".join(part for part in tree(text).itertext() if part.strip()).split())


def pictured(rules: RuleFile) -> str:
    """The words of the SVG that are drawn, not those that show when pointed at."""
    root = tree(svg(rules))
    return " ".join(" ".join(element.itertext()) for element in root.iter("text"))


@pytest.mark.parametrize("drawing", DRAWINGS)
def test_everything_is_in_it(drawing: str, pico: RuleFile) -> None:
    """Every question, guidance line and next step is in every drawing by its id, and each question as it is asked."""
    text = words(DRAWINGS[drawing](pico))
    found = set(re.findall(r"[a-z0-9-]+", text))
    ids = [*pico.by_question, *(line.id for line in pico.guidance), *pico.urgency]

    assert [id for id in ids if id not in found] == []
    assert all(section in text for section in {question.section for question in pico.questions if question.section})


def test_the_page_has_every_text_in_full(pico: RuleFile) -> None:
    """What the picture shortens, the words below it say in full: questions, options, guidance and next steps."""
    text = words(page(pico))
    said = [question.ask for question in pico.questions]
    said += [option.label for question in pico.questions for option in question.choices.values()]
    said += [line.says for line in pico.guidance] + [way.says for way in pico.dispositions] + [pico.referral.says]

    assert [one for one in said if " ".join(one.split()) not in text] == []


def branch(rules: RuleFile, guidance: str) -> str:
    """The label of the branch that leads to a guidance line."""
    steps = (step for run in chart(rules, Names(rules)).runs for step in run.steps)
    branches = (branch for step in steps for branch in step.branches)
    return next(branch.label for branch in branches if any(line.guidance.id == guidance for line in branch.lines))


def test_branches_are_labelled_in_words(pico: RuleFile) -> None:
    """A branch says the answer alone where it leaves its question, and names every question where there are several."""
    assert branch(pico, "changing-mark") == "“Yes” or not sure"
    assert branch(pico, "several-concerns") == "At least 2 options"
    assert branch(pico, "skin-types") == "In any way"
    assert branch(pico, "health-declined") == "Rather told in person"
    assert branch(pico, "creams-first").startswith("“2 concerns” is answered “Dark marks")
    assert "“6 skin-type” is answered" in branch(pico, "creams-first")


@pytest.mark.parametrize("drawing", DRAWINGS)
def test_labels_are_drawn(drawing: str, pico: RuleFile) -> None:
    """The words of the branches are in the drawings."""
    text = words(DRAWINGS[drawing](pico))

    assert all(label in text for label in ("“Yes” or not sure", "“Breastfeeding”", "Rather told in person"))


@pytest.mark.parametrize(
    ("type", "when", "label"),
    [
        ("one", ["a", "b", "c", "d"], "With any option"),
        ("one", ["a", "b", "c"], "With any option but “D”"),
        ("many", ["a", "b", "c"], "“A”, “B” or “C”"),
        ("one", ["a", "b", "c", "d", "unsure"], "In any way"),
        ("one", ["a", "b", "c", "unsure"], "“A”, “B”, “C” or not sure"),
        ("one", {"none": ["a"]}, "With none of “A”"),
    ],
)
def test_short_labels_mean_the_same(type: str, when: Any, label: str) -> None:
    """`Any option but` is said only where the one left out can't come together with one that counts."""
    options = {id: id.upper() for id in "abcd"}
    question = {"id": "q", "type": type, "ask": "Which?", "options": options, "unsure": "yes"}
    if isinstance(when, dict):
        question["type"] = "many"
    line = {"id": "g", "topic": "T", "says": "So.", "when": {"q": when}}

    assert branch(built(rule_file(questions=[question], guidance=[line])), "g") == label


def test_a_shared_condition_is_said_once(pico: RuleFile) -> None:
    """`adult: yes` is said once for its whole run in Mermaid, and once for each column in the picture."""
    runs = chart(pico, Names(pico)).runs
    said = "“Are you 18 or older?” is answered “Yes”"

    assert [(run.only_when, len(run.steps)) for run in runs] == [(None, 1), (said, 17)]
    assert [step.number for run in runs for step in run.steps] == list(range(1, 19))
    assert words(mermaid(pico)).count(said) == 1
    assert pictured(pico).count("is answered “Yes”") == 3  # two columns, and the label of one line
    assert runs[1].steps[2].only_when == "“2 concerns” is answered with any option but “None of these”"


def test_a_condition_of_one_question_stays_beside_it() -> None:
    """A condition that nothing shares is said at its question, and the way past it is drawn."""
    second = {"id": "r", "type": "text", "ask": "Where?", "when": {"q": "yes"}}
    rules = built(rule_file(questions=[*rule_file()["questions"], second]))

    assert "Only when “Is it red?” is answered “Yes”" in pictured(rules)
    assert '  w2 ==>|"Only when “Is it red?” is answered “Yes”"| s2' in mermaid(rules).splitlines()
    assert '  w2 -.->|"Otherwise"| last' in mermaid(rules).splitlines()
    assert "Asked only when “Is it red?” is answered “Yes”." in words(page(rules))


def test_conditions_are_kept_whole_when_split() -> None:
    """What a run says and what its question says are together the condition; a run ends where its part ends."""
    asked: list[dict[str, Any]] = [{"id": id, "type": "yes-no", "ask": f"{id}?"} for id in "abcdef"]
    whens = [None, None, {"a": "yes"}, {"a": "yes", "b": "no"}, {"b": "no"}, {"any": [{"a": "yes"}, {"b": "no"}]}]
    asked = [question | ({"when": when} if when else {}) for question, when in zip(asked, whens, strict=True)]
    line = {"id": "g", "topic": "T", "says": "So.", "when": {"a": "yes"}}
    rules = built(rule_file(questions=asked, guidance=[line]))
    a, b = "“a?” is answered “Yes”", "“b?” is answered “No”"
    found = [(run.only_when, [step.only_when for step in run.steps]) for run in chart(rules, Names(rules)).runs]

    assert found == [(None, [None]), (None, [None]), (a, [None, b]), (None, [b]), (None, [f"{a} or {b}"])]


def test_lines_stand_beside_the_last_question_they_depend_on(pico: RuleFile) -> None:
    """Each guidance line is drawn once, beside the last question of its condition."""
    steps = [step for run in chart(pico, Names(pico)).runs for step in run.steps]
    beside = {line.guidance.id: step.number - 1 for step in steps for b in step.branches for line in b.lines}
    last = {line.id: max(pico.position[id] for id in line.when.references()) for line in pico.guidance if line.when}

    assert beside == last


def test_what_everyone_hears_comes_last() -> None:
    """A line without a condition is beside the referral, for everyone."""
    raw = rule_file(guidance=[{"id": "g", "topic": "T", "says": "It is."}])

    assert "Whatever is answered" in pictured(built(raw))
    assert re.search(r"See someone certified.*Whatever is answered.* g\b", pictured(built(raw)))


def test_possible_lines_are_marked(pico: RuleFile) -> None:
    """“?” marks a line that an open answer brings up as possible, and no other."""
    steps = [step for run in chart(pico, Names(pico)).runs for step in run.steps]
    marked = {line.guidance.id for step in steps for b in step.branches for line in b.lines if line.possible}

    assert marked == {"changing-mark", "creams-first"}
    assert re.findall(r"\S+ (?=\?)", pictured(pico)) == ["changing-mark ", "creams-first "]


@pytest.mark.parametrize("count", [1, 2, 3, 5, 9])
def test_next_steps_differ_by_more_than_colour(count: int) -> None:
    """Each next step has its own label; up to five have their own sign and border, the last the most urgent tone."""
    dispositions = [{"id": f"d{rank}", "title": f"D{rank}", "says": "Do."} for rank in range(count)]
    rules = built(rule_file(dispositions=dispositions, guidance=[rule_file()["guidance"][0] | {"disposition": "d0"}]))
    ways = list(next_steps(rules).values())

    assert [way.place for way in ways] == [f"{rank} of {count}" for rank in range(1, count + 1)]
    assert len({way.mark for way in ways}) == count
    assert len({way.mark[0] for way in ways}) == len({BORDERS[way.tone] for way in ways}) == min(count, 5)
    assert count == 1 or ways[-1].tone == "top"
    assert all(way.mark in words(DRAWINGS[drawing](rules)) for way in ways for drawing in DRAWINGS)


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2 defines it."""
    parts = [int(colour[index : index + 2], 16) / 255 for index in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio as WCAG 2 defines it."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(("colours", "lines"), [(LIGHT, LINES[0]), (DARK, LINES[1])], ids=["light", "dark"])
def test_contrast(colours: dict[str, tuple[str, str]], lines: str) -> None:
    """Every text has at least 4.5 to 1 against its ground, and lines 3 to 1 against page and card."""
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert {name: contrast(*pair) for name, pair in colours.items() if contrast(*pair) < 4.5} == {}
    assert min(contrast(lines, colours[ground][1]) for ground in ("page", "card", "note")) >= 3


def test_texts_stand_on_the_ground_they_were_measured_on(pico: RuleFile) -> None:
    """The kinds of texts and boxes in the picture are those of the palette."""
    drawn = [element for element in tree(svg(pico)).iter() if element.tag in ("text", "tspan", "rect")]
    kinds = {kind for element in drawn for kind in element.get("class", "").split()}

    assert kinds <= {*LIGHT, "h", "b", "t", "s", "i", "x", "m"}


def check_inert(text: str) -> None:
    """Only known elements and attributes, none that loads, runs or leads anywhere."""
    for element in tree(text).iter():
        assert element.tag in TAGS
        assert set(element.attrib) <= ATTRIBUTES
        assert element.tag != "meta" or element.get("content", "") in CONTENTS
        assert element.tag != "style" or not re.search(r"[<>&@]import|url\(|[<>&]", element.text or "")


CONTENTS = {"", "default-src 'none'; style-src 'unsafe-inline'", "width=device-width, initial-scale=1", "light dark"}


def check_mermaid(text: str) -> None:
    """Every line is one of the few forms we write."""
    for line in text.splitlines():
        assert MERMAID.fullmatch(line), line
    assert "\ufb02" not in text  # begins Mermaid's own form of entity codes
    assert text.splitlines()[0] == "flowchart TD"
    assert text.count("  subgraph ") == len(re.findall("^  end$", text, re.MULTILINE))


@pytest.mark.parametrize("drawing", [svg, page])
def test_no_script_and_no_network(drawing: Any, pico: RuleFile) -> None:
    """Nothing in the picture or the page runs or loads anything; the only address is the name of the SVG format."""
    text = drawing(pico)
    check_inert(text)

    assert set(re.findall(r"https?:[^\"' ]+", text)) == {"http://www.w3.org/2000/svg"}


def test_mermaid_has_a_small_grammar(pico: RuleFile) -> None:
    """Every line of the Mermaid text is one of the few forms we write, and the grammar of this test is no sieve."""
    check_mermaid(mermaid(pico))

    for bad in ['  q1["a"b"]', "  click q1 call x()", '  q1["<b>"]', '  q1["a"] end', '  q1["`x`"]', "%% x"]:
        assert not MERMAID.fullmatch(bad)


@st.composite
def hostile_rule_files(draw: st.DrawFn) -> dict[str, Any]:
    """Random rule files with hostile texts wherever a text may stand."""
    raw = draw(raw_rule_files())
    for question in raw["questions"]:
        question |= {"ask": draw(texts), "section": draw(texts), "unit": draw(texts), "why": draw(texts)}
        question["options"] = {id: draw(texts) for id in question.get("options", {})}
        if not question["options"]:
            del question["options"]
    for line in raw["guidance"]:
        line |= {"topic": draw(texts), "says": draw(texts)}
    for way in raw["dispositions"]:
        way |= {"title": draw(texts), "says": draw(texts)}
    return raw | {"title": draw(texts), "referral": {"says": draw(texts)}}


@pytest.mark.no_cover
@settings(max_examples=150, deadline=None)
@given(hostile_rule_files())
def test_hostile_texts_stay_texts(raw: dict[str, Any]) -> None:
    """Whatever texts a rule file holds, the drawings stay well-formed, inert, and the same twice."""
    rules = loaded(raw)
    check_inert(svg(rules))
    check_inert(page(rules))
    check_mermaid(mermaid(rules))
    assert [draw(rules) for draw in DRAWINGS.values()] == [draw(loaded(raw)) for draw in DRAWINGS.values()]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_shown_as_it_is(text: str) -> None:
    """A text that looks like code is read on the page as it was written."""
    raw = rule_file(title=text, guidance=[rule_file()["guidance"][0] | {"says": text}])
    rules, whole = loaded(raw), " ".join(text.split())

    assert f"{whole}: the same in words" in words(page(rules))
    assert whole in words(svg(rules))


def test_signs_that_turn_or_hide_text_are_made_visible(pico: RuleFile) -> None:
    """What the loader refuses but a program could put in a rule file is shown by its code, in every drawing."""
    rules = pico.model_copy(update={"title": "Pico \u202egnp\x1b[2J\x00\ufffe"})

    assert "Pico \\u202egnp\\u001b[2J\\u0000\\ufffe" in words(page(rules))
    assert not any(sign in draw(rules) for draw in DRAWINGS.values() for sign in "\u202e\x1b\x00\ufffe")


def test_pointing_at_guidance_shows_it_in_full(pico: RuleFile) -> None:
    """The picture alone still has the words of every guidance line."""
    shown = [element.text or "" for element in tree(svg(pico)).iter("title")]
    wanted = [f"{line.id} ({line.topic}): {' '.join(line.says.split())}" for line in pico.guidance]

    assert [one for one in wanted if one not in shown] == []


def test_next_steps_have_room_for_their_words() -> None:
    """The words of a next step lie within a box of its tone, also where one short line leads to it."""
    root = tree(svg(built(rule_file())))
    boxes = [[float(r.get(side, "0")) for side in SIDES] for r in root.iter("rect") if r.get("class") == "calm"]
    lines = [text for text in root.iter("text") if "calm" in text.get("class", "").split()]
    places = [(float(text.get("x", "0")), float(text.get("y", "0"))) for text in lines]

    assert len(boxes) == 2
    assert len(places) == 4
    assert all(any(x <= u <= x + w and y + 8 <= v <= y + h - 2 for x, y, w, h in boxes) for u, v in places)


def test_wide_letters_are_squeezed() -> None:
    """A line of wide letters is held to its room, ordinary words are left alone."""
    wide, ordinary = (svg(built(rule_file(title=title))) for title in ("W" * 40, "Some ordinary words of a title"))

    assert 'textLength="' in wide
    assert "textLength" not in ordinary


@pytest.mark.parametrize("length", range(40, 90))
def test_an_id_has_room_beside_its_question(length: int) -> None:
    """The id stands on the last line of the question only where it fits beside it."""
    question = {"id": "an-id-of-some-length", "type": "text", "ask": "n" * length}
    line = {"id": "g", "topic": "T", "says": "So.", "when": {"an-id-of-some-length": "answered"}}
    rules = built(rule_file(questions=[question], guidance=[line]))
    step = chart(rules, Names(rules)).runs[0].steps[0]
    made = card(step, next_steps(rules))

    assert "".join(made.heading).replace(" ", "") == f"1.{'n' * length}"
    assert (cells(made.heading[-1]) + cells(made.id)) * CELL <= CARD


@settings(max_examples=60, deadline=None)
@given(hostile_rule_files())
def test_nothing_leaves_the_picture_or_its_box(raw: dict[str, Any]) -> None:
    """Every box lies within the picture, boxes of guidance and next steps never overlap, lines of text neither."""
    root = tree(svg(loaded(raw)))
    _, _, width, height = map(float, root.get("viewBox", "").split())
    boxes: list[tuple[Any, ...]] = [
        (r.get("class", ""), *(float(r.get(k, "0")) for k in SIDES)) for r in root.iter("rect")
    ]
    assert all(x >= 0 and x + w <= width + 1 and h > 0 and y + h <= height + 1 for _, x, y, w, h in boxes)
    small = [box for box in boxes if box[0] not in ("page", "card", "lane")]
    assert not any(overlap(one, other) for at, one in enumerate(small) for other in small[at + 1 :])
    places = [(text.get("x"), text.get("y")) for text in root.iter("text")]
    assert len(places) == len(set(places))


SIDES = ("x", "y", "width", "height")


def overlap(one: tuple[Any, ...], other: tuple[Any, ...]) -> bool:
    """Whether two boxes have more than an edge in common."""
    (_, x, y, w, h), (_, u, v, p, q) = one, other
    return bool(x < u + p and u < x + w and y + 0.2 < v + q and v + 0.2 < y + h)


@given(st.text(max_size=80), st.integers(4, 40), st.integers(1, 4))
def test_cut_texts_fit(text: str, width: int, most: int) -> None:
    """A cut text has at most so many lines of so many cells, and shows that something is missing."""
    made = cut(text, width, most)

    assert len(made) <= most
    assert all(cells(line) <= width for line in made)


def test_pico_is_one_page(pico: RuleFile) -> None:
    """The picture of pico-laser is one sheet that fits A4 and Letter with letters of 6 points or more."""
    (sheet,) = sheets(pico)
    points = min(194 / sheet.width, 261 / sheet.height) * 72 / 25.4  # A4 is narrower, Letter shorter

    assert len(sheet.columns) == 2
    assert 12 * points >= 6


def test_the_page_can_be_heard_and_seen(pico: RuleFile) -> None:
    """Language and titles are set; the picture has a name and a description; dark screens and paper are thought of."""
    text = page(pico)
    root = tree(text)
    (picture,) = root.iter("svg")
    named = {element.get("id"): element.text for element in picture if element.get("id")}

    assert text.startswith("<!DOCTYPE html>\n")
    assert root.get("lang") == pico.language
    assert pico.title in (root.findtext("head/title") or "")
    assert picture.get("role") == "img"
    assert all(named[id] for id in picture.get("aria-labelledby", "").split())
    assert "@media screen and (prefers-color-scheme: dark)" in text
    assert "@media print" in text
    assert not re.search(
        r"<(p|li|ul|ol|span|section|figure|title|text|style)( [^>]*)?/>", text
    )  # HTML has no such thing


def big(count: int) -> RuleFile:
    """A rule file with this many guidance lines."""
    questions = [{"id": f"q{i}", "type": "yes-no", "ask": f"Is it so, number {i}?"} for i in range(count // 8)]
    lines = [
        {
            "id": f"g{i}",
            "topic": f"T{i % 5}",
            "says": "Words that take some room. " * 5,
            "when": {f"q{i % len(questions)}": "yes" if i % 2 else "no"},
            "disposition": "d",
        }
        for i in range(count)
    ]
    return built(rule_file(questions=questions, guidance=lines))


@pytest.mark.no_cover
def test_large_files_take_little_time() -> None:
    """2,000 guidance lines are drawn in under two seconds a drawing, on many sheets of about one page."""
    rules = big(2_000)
    for draw in DRAWINGS.values():
        start = time.perf_counter()
        draw(rules)
        assert time.perf_counter() - start < 2

    assert len(sheets(rules)) > 10
    assert max(sheet.height / sheet.width for sheet in sheets(rules)) < 1.6
    assert svg(rules).count(">g1999<") == 1


def test_a_question_longer_than_a_page_is_drawn() -> None:
    """One question with hundreds of lines simply gets long."""
    lines = [{"id": f"g{i}", "topic": "T", "says": "So.", "when": {"q": "yes"}} for i in range(300)]
    rules = built(rule_file(guidance=lines))

    assert len(sheets(rules)) == 1
    assert svg(rules).count(">g299 ?<") == 1


@pytest.mark.parametrize(
    ("question", "when", "label"),
    [
        ({"type": "number", "ask": "How old?", "unit": "years"}, {"q": {"at_least": 18}}, "At least 18"),
        ({"type": "date", "ask": "Since when?"}, {"q": {"below": "2020-01-31"}}, "Below 2020-01-31"),
        ({"type": "text", "ask": "What else?"}, {"q": "answered"}, "With anything"),
    ],
)
def test_other_kinds_of_questions(question: dict[str, Any], when: Any, label: str) -> None:
    """Numbers, dates and texts have branches in words, and the page says what kind of answer is wanted."""
    line = {"id": "g", "topic": "T", "says": "So.", "when": when}
    rules = built(rule_file(questions=[{"id": "q", **question}], guidance=[line]))

    assert label in pictured(rules)
    assert label in mermaid(rules)
    assert f"Answer with a {question['type']}" in words(page(rules))


def test_long_ids_stay_whole() -> None:
    """The longest id a rule file may have is in every drawing."""
    id = "a" * 64
    raw = rule_file(
        questions=[{"id": id, "type": "yes-no", "ask": "Why " * 90}],
        guidance=[{"id": id, "topic": "T", "says": "So.", "when": {id: "yes"}, "disposition": id}],
        dispositions=[{"id": id, "title": "Talk", "says": "Talk."}],
    )

    assert {name: words(draw(built(raw))).count(id) >= 3 for name, draw in DRAWINGS.items()} == dict.fromkeys(
        DRAWINGS, True
    )


app = typer.Typer()
app.command()(graph)


def test_command_writes_to_standard_output(capfdbinary: pytest.CaptureFixture[bytes], pico: RuleFile) -> None:
    """Without a file the drawing goes to standard output, Mermaid unless another is asked for."""
    graph()
    graph(format="svg", output=Path("-"))

    assert capfdbinary.readouterr().out == (mermaid(pico) + svg(pico)).encode()


def test_command_writes_a_file_once(tmp_path: Path, pico: RuleFile) -> None:
    """A file is written whole, and replaced only with --force."""
    path = tmp_path / "pico.html"
    arguments = ["pico-laser", "--format", "html", "--output", str(path)]
    first, second = (CliRunner().invoke(app, arguments) for _ in range(2))

    assert (first.exit_code, path.read_text("utf-8")) == (0, page(pico))
    assert isinstance(second.exception, ProblemsFound)
    path.write_text("mine")
    assert CliRunner().invoke(app, [*arguments, "--force"]).exit_code == 0
    assert path.read_text("utf-8") == page(pico)
