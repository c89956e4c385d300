"""The checks: accounts of the sources, words that judge, reading grade, and a changed source document."""

import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from paths import GOOD
from prose import HARD

from screener.authoring.checks import CHECKS, remarks
from screener.authoring.checks.document import document_changes, fingerprint, normalised, split
from screener.authoring.checks.remark import Remark
from screener.authoring.checks.wording import grade_of
from screener.authoring.manual.texts import texts
from screener.rulefile.loader import load
from screener.rulefile.model import RuleFile

SMALL = (GOOD / "small.yaml").read_text(encoding="utf-8").replace("language: en", "language: en\nsources: s.yaml")
DOCUMENT = """Dry skin: a made-up leaflet

What helps
Cream helps. Use it twice a day.

What does not help
Hot water dries the skin.
"""
SOURCES = """format: 1
documents:
  leaflet:
    title: A leaflet
    sha256: {whole}
    sections:
      helps: {{heading: What helps, sha256: {helps}}}
      hurts: {{heading: What does not help, sha256: {hurts}}}
statements:
  - {{id: C1, document: leaflet, section: helps, says: Cream helps.}}
  - {{id: C2, document: leaflet, section: hurts, says: Hot water dries., left_out: known}}
"""


def print_of(start: str, end: str = "") -> str:
    """The fingerprint of the part of the document between two texts."""
    rest = DOCUMENT[DOCUMENT.index(start) :]
    return fingerprint(rest[: rest.index(end)] if end else rest)


MARKED = SOURCES.format(
    whole=fingerprint(DOCUMENT),
    helps=print_of("What helps", "What does not"),
    hurts=print_of("What does not"),
)


def rules_with(text: str, sources: str = MARKED) -> RuleFile:
    """A rule file and its sources, loaded."""
    return load(text, "rules.yaml", lambda name: (sources, name))


def cited(*ids: str, sources: str = MARKED) -> RuleFile:
    """The small rule file, citing these statements."""
    return rules_with(
        SMALL.replace("says: Keep the skin cool.", f"says: Keep the skin cool.\n    from: [{', '.join(ids)}]"), sources
    )


def said(found: list[Remark]) -> list[tuple[str, tuple[str | int, ...], bool]]:
    """Code, route and file of each remark."""
    return [(remark.code, remark.route, remark.in_sources) for remark in found]


def test_a_sound_rule_file_has_no_remarks(pico: RuleFile) -> None:
    """Every statement is cited or left out, nothing judges: there is nothing to say."""
    assert remarks(cited("C1")) == []
    assert [remark for remark in remarks(pico) if remark.level == "error"] == []


def test_a_statement_that_nobody_says_is_found() -> None:
    """Neither cited nor left out, or left out and cited all the same: both stand in the sources file."""
    unsaid = ("unaccounted-statement", ("statements", "C1"), True)

    assert said(remarks(cited())) == [unsaid, ("uncited-line", ("guidance", "rest"), False)]
    assert said(remarks(cited("C1", "C2"))) == [("cited-and-left-out", ("statements", "C2"), True)]


@pytest.mark.parametrize(
    ("ids", "codes"),
    [(["C1", "C3"], ["missing-balance"]), (["C1", "C3", "B1"], []), (["C1", "B1"], ["unaccounted-statement"])],
)
def test_a_contested_statement_needs_its_balance(ids: list[str], codes: list[str]) -> None:
    """What is contested is only said together with one of its balance notes."""
    sources = MARKED + (
        "  - {id: C3, document: leaflet, says: It cures., standing: contested, balance: [B1]}\n"
        "  - {id: B1, says: No study shows it.}\n"
    )
    found = remarks(cited(*ids, sources=sources))

    assert [remark.code for remark in found if remark.route != ("statements", "B1")] == codes


def test_a_question_may_cite_without_balance() -> None:
    """A question asks and claims nothing."""
    sources = MARKED + "  - {id: C3, document: leaflet, says: It cures., standing: contested}\n"
    text = SMALL.replace("ask: Does", "from: [C1, C3]\n    ask: Does")

    assert [remark.code for remark in remarks(rules_with(text, sources))] == ["uncited-line"]


@pytest.mark.parametrize(
    "text",
    ["You are suitable.", "It is NOT unsuitable!", "We guarantee it.", "You are a good candidate.", "Stop taking it.",
     "It is safe for you.", "You should have it.", "Your risk score is 3.", "It is right for you."],
)  # fmt: skip
@pytest.mark.parametrize("place", ["says: Keep the skin cool.", "ask: Does your skin itch?", "title: Small"])
def test_words_that_judge_are_errors_wherever_they_stand(text: str, place: str) -> None:
    """Verdicts and promises are found in questions, guidance and titles alike."""
    found = remarks(rules_with(SMALL.replace(place, f"{place.partition(':')[0]}: {text}")))

    assert "verdict-word" in [remark.code for remark in found if remark.level == "error"]


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("type: yes-no", "type: yes-no\n    help: You are suitable.", "help"),
        ("type: yes-no", "type: yes-no\n    why: You may be suitable.", "why"),
        ("topic: Care", "topic: Care\n    ask: I am suitable.", "ask"),
        ("title: Talk to a professional", "title: You are suitable", "title"),
    ],
)
def test_a_word_that_judges_is_shown_where_it_stands(old: str, new: str, key: str) -> None:
    """The place is the text with the word in it, not the text beside it."""
    (remark,) = [r for r in remarks(rules_with(SMALL.replace(old, new))) if r.code == "verdict-word"]

    assert remark.route[-1] == key


def test_other_languages_are_not_measured_by_english_rules() -> None:
    """A rule file in German may hold what would be an English verdict word."""
    text = SMALL.replace("says: Keep the skin cool.", "says: Das ist suitable.").replace("language: en", "language: de")

    assert [remark.code for remark in remarks(rules_with(text))] == ["unaccounted-statement", "uncited-line"]


def test_hard_texts_are_warned_of_and_a_glossary_helps() -> None:
    """Long words and sentences are above grade 8, plain ones are not; a word of the glossary counts as plain."""
    (remark,) = [r for r in remarks(rules_with(SMALL.replace("Keep the skin cool.", HARD))) if r.code == "hard-to-read"]

    assert (remark.level, remark.route) == ("warning", ("guidance", "rest", "says"))
    assert grade_of(HARD) > 12
    assert grade_of("Keep the skin cool and dry. Wash it with warm water. Use a mild cream at night.") < 5
    assert grade_of(HARD, HARD.rstrip(".").split()) < grade_of(HARD) - 5


@pytest.mark.parametrize(("limits", "words", "found"), [("", 30, 0), ("", 31, 1), ("5", 5, 0), ("5", 6, 1)])
def test_a_line_of_as_many_words_as_the_limit_is_not_too_long(limits: str, words: int, found: int) -> None:
    """Thirty words, or as many as the file says, are fine; one more is a warning at its place."""
    own = f"limits: {{says: {limits}}}\n" if limits else ""
    text = own + SMALL.replace("Keep the skin cool.", " ".join(["so"] * words))
    warned = [remark for remark in remarks(rules_with(text)) if remark.code == "too-long"]

    assert [(one.level, one.route) for one in warned] == [("warning", ("guidance", "rest", "says"))] * found


def test_grade_eight_is_the_limit() -> None:
    """Of two sentences with almost the same grade the one above 8.0 is warned of, the one below is not."""
    later = "since it can become dry and sore later."
    above = f"Discuss the treatment with a doctor before you use the cream again {later}"
    below = f"Plan the treatment with a doctor before you use the creams another time {later}"
    warned = {
        text: [r.code for r in remarks(rules_with(SMALL.replace("Keep the skin cool.", text)))]
        for text in (above, below)
    }

    assert 7.98 < grade_of(below) < 8 < grade_of(above) < 8.02
    assert "hard-to-read" in warned[above]
    assert "hard-to-read" not in warned[below]


@pytest.mark.parametrize("text", ["", "Melasma", "One two three four five six seven eight nine ten eleven."])
def test_short_texts_have_no_grade(text: str) -> None:
    """The formulas need sentences: fewer than twelve words are not measured."""
    assert grade_of(text) == 0


@settings(deadline=None)
@given(st.text(), st.lists(st.text(min_size=1), max_size=3))
def test_any_text_has_a_grade(text: str, glossary: list[str]) -> None:
    """No text and no glossary can break the measure."""
    assert isinstance(grade_of(text, glossary), float)


def test_an_unchanged_document_has_no_remarks() -> None:
    """Also with other line ends, more blanks and compatible characters."""
    rules = cited("C1")

    assert list(document_changes(rules, DOCUMENT)) == []
    assert list(document_changes(rules, "\r\n " + DOCUMENT.replace("\n", "\r\n").replace(" ", "\u00a0 "))) == []


def test_a_changed_section_names_its_statements() -> None:
    """The fingerprint that no longer holds is pointed at, and the statements to look at again are named."""
    (remark,) = document_changes(cited("C1"), DOCUMENT.replace("twice", "once"))

    assert said([remark]) == [("document-changed", ("documents", "leaflet", "sections", "helps", "sha256"), True)]
    assert "C1" in remark.message
    assert "C2" not in remark.message
    assert print_of("What helps", "What does not") not in remark.help
    assert "sha256: " in remark.help


def test_a_heading_that_is_gone_is_found() -> None:
    """Its statements are named; the section above it has swallowed its text, so it has changed too."""
    found = list(document_changes(cited("C1"), DOCUMENT.replace("What does not help\n", "")))

    assert [remark.code for remark in found] == ["document-changed", "section-missing"]
    assert "C2" in found[1].help


@pytest.mark.parametrize(
    "changed",
    [
        DOCUMENT.replace("made-up", "real"),
        "Before\n" + DOCUMENT,
        "What does not".join(reversed(DOCUMENT.split("What helps"))),
    ],
)
def test_a_change_outside_every_section_is_found(changed: str) -> None:
    """A new title, or sections in another order, are changes of the document as a whole."""
    assert "document-changed" in [remark.code for remark in document_changes(cited("C1"), changed)]


def test_another_document_is_not_missed() -> None:
    """With two documents in the sources file, the text of one says nothing of the other."""
    other = "  other:\n    title: Another\n    sections: {tea: {heading: On tea, sha256: " + "0" * 64 + "}}\n"
    sources = MARKED.replace("statements:", other + "statements:")

    assert list(document_changes(cited("C1", sources=sources), DOCUMENT)) == []


def test_a_section_without_fingerprint_is_a_warning_that_gives_it() -> None:
    """The help is the very line to add; with it the section is unchanged."""
    bare = MARKED.replace(f", sha256: {print_of('What helps', 'What does not')}", "").replace(
        f"    sha256: {fingerprint(DOCUMENT)}\n", ""
    )
    (remark,) = document_changes(cited("C1", sources=bare), DOCUMENT)

    assert (remark.code, remark.level) == ("no-fingerprint", "warning")
    assert print_of("What helps", "What does not") in remark.help


def test_a_document_is_split_at_its_headings() -> None:
    """Text before the first heading belongs to no section; a heading counts once."""
    rules = cited("C1")
    assert rules.library is not None
    parts = split(DOCUMENT + "\nWhat helps\nAgain.", rules.library.documents["leaflet"])

    assert list(parts) == ["helps", "hurts"]
    assert parts["helps"].startswith("What helps\nCream")
    assert "made-up" not in parts["helps"]
    assert parts["hurts"].endswith("Again.")


@settings(deadline=None)
@given(st.text())
def test_fingerprints_see_words_not_blanks(text: str) -> None:
    """Blanks and line ends do not count, any other change does."""
    blanks = normalised(text).replace(" ", "\r\n\t ")

    assert fingerprint(text) == fingerprint(blanks) == fingerprint(normalised(text))
    assert fingerprint(text) != fingerprint(text + "x")


@given(st.text() | st.text("ﬁé①½Ａ가ſｶﾞ \u0301\u1100\u1161"))
@example("ﬁne skin, ½ a day, ｶﾞ é")
def test_fingerprints_do_not_see_how_characters_are_written(text: str) -> None:
    """Letters in one piece or with their accents apart, ligatures and wide letters count as the plain ones."""
    for form in ("NFC", "NFD", "NFKC", "NFKD"):
        assert fingerprint(unicodedata.normalize(form, text)) == fingerprint(text)


def test_a_document_in_other_characters_is_unchanged() -> None:
    """Copied out of a PDF, with ligatures and wide letters in text and headings, it is still the same document."""
    copied = DOCUMENT.replace("What helps", "Ｗhat helps").replace("skin", "ſkin")

    assert copied != DOCUMENT
    assert list(document_changes(cited("C1"), copied)) == []


def test_every_check_is_known_and_its_codes_too() -> None:
    """What the checks say has a page in the manual."""
    found = (
        remarks(cited("C2"))
        + list(document_changes(cited("C1"), ""))
        + remarks(rules_with(SMALL.replace("cool", HARD)))
    )

    assert set(CHECKS) >= {"accounting", "wording"}
    assert {remark.code for remark in found} <= set(texts())
