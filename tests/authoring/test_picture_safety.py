"""The picture of a rule file, whatever it holds and however much: known forms only, and every text stays a text."""

import re
from typing import Any

import pytest
from drawings import DRAWINGS, HOSTILE, loaded, rule_file, tree, words
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import built, raw_rule_files
from work import calls_made

from screener import RuleFile
from screener.authoring.picture.flowchart import mermaid
from screener.authoring.picture.webpage import page

TAGS = {
    *["html", "head", "meta", "title", "style", "body", "header", "main", "nav", "section", "article", "details"],
    *["summary", "h1", "h2", "h3", "h4", "p", "ol", "ul", "li", "dl", "dt", "dd", "div"],
    *["a", "br", "code", "em", "q", "span", "strong"],
}
ATTRIBUTES = {
    *["class", "id", "lang", "dir", "role", "open", "href", "aria-label", "aria-labelledby"],
    *["charset", "name", "content", "http-equiv"],
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


#: What no rule file can hold is left out: the loader refuses it.
LETTERS = st.characters(exclude_categories=["Cs", "Cc", "Cf", "Co", "Cn", "Zl", "Zp"], exclude_characters="\ufeff")
SIGNS = st.sampled_from("<>&\"'`[](){}|;:#%@=~*_\\/$.-+^!?1a ")
texts = st.sampled_from(HOSTILE) | st.text(LETTERS | SIGNS, min_size=1, max_size=60).filter(str.strip)


def check_inert(text: str) -> None:
    """Only known elements and attributes, none that loads, runs or leads anywhere."""
    for element in tree(text).iter():
        assert element.tag in TAGS
        assert set(element.attrib) <= ATTRIBUTES
        assert element.tag != "meta" or element.get("content", "") in CONTENTS
        assert element.get("href", "#").startswith("#")
        assert element.tag != "style" or not re.search(r"@import|url\(|[<&]", element.text or "")


CONTENTS = {"", "default-src 'none'; style-src 'unsafe-inline'", "width=device-width, initial-scale=1", "light dark"}


def check_mermaid(text: str) -> None:
    """Every line is one of the few forms we write."""
    for line in text.splitlines():
        assert MERMAID.fullmatch(line), line
    assert "\ufb02" not in text  # begins Mermaid's own form of entity codes
    assert text.splitlines()[0] == "flowchart TD"
    assert text.count("  subgraph ") == len(re.findall("^  end$", text, re.MULTILINE))


def test_no_script_and_no_network(pico: RuleFile) -> None:
    """Nothing on the page runs or loads anything, and it has no address of anything else."""
    text = page(pico)
    check_inert(text)

    assert re.findall(r"https?:", text) == []


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
    check_inert(page(rules))
    check_mermaid(mermaid(rules))
    assert [draw(rules) for draw in DRAWINGS.values()] == [draw(loaded(raw)) for draw in DRAWINGS.values()]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_shown_as_it_is(text: str) -> None:
    """A text that looks like code is read on the page as it was written."""
    raw = rule_file(title=text, guidance=[rule_file()["guidance"][0] | {"says": text}])
    rules, whole = loaded(raw), " ".join(text.split())

    assert words(page(rules)).count(whole) >= 3


def test_signs_that_turn_or_hide_text_are_made_visible(pico: RuleFile) -> None:
    """What the loader refuses but a program could put in a rule file is shown by its code, in every drawing."""
    rules = pico.model_copy(update={"title": "Pico \u202egnp\x1b[2J\x00\ufffe"})

    assert "Pico \\u202egnp\\u001b[2J\\u0000\\ufffe" in words(page(rules))
    assert not any(sign in draw(rules) for draw in DRAWINGS.values() for sign in "\u202e\x1b\x00\ufffe")


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
@pytest.mark.parametrize("drawing", DRAWINGS)
def test_work_grows_with_the_file(drawing: str) -> None:
    """Four times the guidance takes hardly more than four times the calls."""
    draw, small, large = DRAWINGS[drawing], big(100), big(400)
    draw(small)  # what is loaded and remembered once does not count
    few, many = (calls_made(lambda rules=rules: draw(rules)) for rules in (small, large))  # type: ignore[misc]

    assert many < 5 * few
