"""Words that judge: sentences of both kinds as cases, and what is said of a file in another language."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from paths import CASES, GOOD

from screener.authoring.checks import remarks
from screener.authoring.checks.proved import render
from screener.authoring.checks.verdicts.finding import verdicts
from screener.authoring.checks.verdicts.lists import KINDS
from screener.rulefile.loader import load

SMALL = (GOOD / "small.yaml").read_text(encoding="utf-8")
SAYS = "says: Keep the skin cool."
FLAGGED, FINE = (
    [tuple(line.split(": ", 1)) for line in (CASES / "verdicts" / name).read_text(encoding="utf-8").splitlines()]
    for name in ("flagged.txt", "fine.txt")
)
SOURCES = """format: 1
documents: {leaflet: {title: A leaflet}}
statements: [{id: C1, %s says: %s, left_out: known}]
"""


def kinds(text: str) -> list[str]:
    """The kinds of verdicts in a text, in its order."""
    return [found.kind.name for found in verdicts(text)]


def checked(text: str, sources: str = "") -> list[str]:
    """The messages about verdicts in a rule file."""
    rules = load(text, "rules.yaml", lambda name: (sources, name))
    return [remark.message for remark in remarks(rules) if remark.code == "verdict-word"]


def test_there_are_sentences_of_both_kinds() -> None:
    """At least 130 that judge and 130 that do not, some of every kind, and none twice."""
    for cases in (FLAGGED, FINE):
        assert len(set(cases)) == len(cases) >= 130
        assert {kind for kind, _ in cases} == {kind.name for kind in KINDS}


@pytest.mark.parametrize(("kind", "sentence"), FLAGGED)
def test_a_sentence_that_judges_is_found(kind: str, sentence: str) -> None:
    """With its kind, which decides what is said of it; also with other apostrophes, blanks and capital letters."""
    ways = (sentence, sentence.replace("'", "’"), sentence.replace(" ", "\u00a0 "), sentence.upper())

    assert [kinds(way)[:1] for way in ways] == [[kind]] * 4


@pytest.mark.parametrize(("kind", "sentence"), FINE)
def test_a_sentence_that_asks_denies_or_reports_passes(kind: str, sentence: str) -> None:
    """Though it is of the same matter, and may hold the same words."""
    assert kinds(sentence) == []


@pytest.mark.parametrize(("kind", "sentence"), FLAGGED)
def test_what_stands_beside_a_sentence_excuses_nothing(kind: str, sentence: str) -> None:
    """An `if`, a denial or a source in the sentences around it is about something else."""
    around = "Ask if it is safe. The leaflet says so; never mind. {} Is it so? Do not stop."

    assert kinds(around.format(sentence.rstrip(".?") + "."))[:1] == [kind]


@pytest.mark.parametrize(("kind", "sentence"), [case for case in FINE if case[1].endswith(".")])
def test_fine_sentences_together_are_fine(kind: str, sentence: str) -> None:
    """Nothing is found across the end of a sentence."""
    assert kinds(f"Ask first. {sentence} {sentence}") == []


def test_each_kind_says_what_is_wrong_and_what_to_write() -> None:
    """One lower-case sentence each; and what is proposed in its place is no verdict."""
    for kind in KINDS:
        for said in (kind.wrong, kind.instead):
            assert said == said.strip(" .")
            assert said[0].islower()
        assert [kinds(proposed) for proposed in re.findall("`(.*?)`", kind.instead)] != []
        assert not any(kinds(proposed) for proposed in re.findall("`(.*?)`", kind.instead))


def test_a_verdict_is_told_with_its_words_and_its_kind() -> None:
    """Each has a remark of its own, with the words as the author wrote them."""
    text = SMALL.replace(SAYS, "says: LASERS are safe. Stop your aspirin a week before, and you qualify.")

    assert checked(text) == [
        "`are safe` calls it safe or harmless, as if that were known for this person",
        "`Stop your aspirin` decides about a medicine",
        "`you qualify` judges whether someone can be treated",
    ]


@pytest.mark.parametrize(
    ("document", "says", "found"),
    [
        ("document: leaflet,", "It is a safe choice.", False),
        ("documents: [leaflet],", "It always works.", False),
        ("document: leaflet,", "You are suitable.", True),
        ("document: leaflet,", "Stop your aspirin.", True),
        ("", "It is a safe choice.", True),
    ],
)
def test_a_statement_is_what_its_source_says(document: str, says: str, found: bool) -> None:
    """What stands in a document may praise; it knows no reader, and a note of our own has no source to lean on."""
    text = SMALL.replace("language: en", "language: en\nsources: s.yaml")

    assert bool(checked(text, SOURCES % (document, says))) == found


@pytest.mark.parametrize(
    ("language", "looked"),
    [("en", True), ("EN", True), ("en-GB", True), ("eng", True), ("de", False), ("enm", False), ("de-en", False)],
)
def test_a_file_that_is_not_in_english_says_what_was_not_looked_for(language: str, looked: bool) -> None:
    """Once, in the last lines of the check, with the language as the author wrote it; and nothing is looked for."""
    text = SMALL.replace("language: en", f"language: {language}").replace(SAYS, "says: You are suitable.")
    said = render(load(text, "rules.yaml", lambda name: ("", name)), [], 0, 0)

    assert bool(checked(text)) == looked
    assert said.count(f"Not looked for in `{language}`, only in English: words that judge") == (0 if looked else 1)


@settings(deadline=None)
@given(
    st.lists(st.sampled_from([word for _, sentence in FLAGGED for word in sentence.split()])).map(" ".join) | st.text()
)
def test_any_text_can_be_looked_at(text: str) -> None:
    """The words that are quoted stand in the text, one after the other, with single blanks between them."""
    at, plain = 0, " ".join(text.split())
    for found in verdicts(text):
        assert found.words
        at = plain.index(found.words, at) + len(found.words)
