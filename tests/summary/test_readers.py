"""The page for the professional: the next step and the flagged answers first, and every question in one place."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from readers import WIDE, cases, letters, real, text_of
from strategies import asked_in_order, built, files_and_answers, raw_rule_files

from screener.engine.answers import RESERVED_WORDS, in_words
from screener.engine.assess import Summary, assess, shown
from screener.rulefile.conditions.tree import Answer
from screener.rulefile.model import RuleFile
from screener.summary import professional
from screener.summary import wording as w
from screener.summary.formats import READERS, renderer
from screener.summary.sheet import Part, Sheet, Told

JUDGING = ("you", "suitable", "unsuitable", "eligible", "recommend", "safe", "unsafe", "score", "risk level")


def laid_out(rules: RuleFile, answers: dict[str, Answer]) -> tuple[Summary, Sheet]:
    """The summary, and the sheet of the professional."""
    summary = assess(rules, answers)
    return summary, professional.sheet(rules, summary)


def part(sheet: Sheet, heading: str) -> Part:
    """The part under this heading, an empty one if there is none."""
    return next((part for part in sheet.parts if part.heading == heading), Part(heading, "items", ()))


def rows(sheet: Sheet, heading: str) -> list[tuple[str, str]]:
    """The questions and answers under this heading."""
    return [(row.ask, row.answer) for row in part(sheet, heading).rows if isinstance(row, Told)]


def answered(sheet: Sheet) -> list[tuple[str, str]]:
    """Every question with its answer, in the order of the page."""
    return [(row.ask, row.answer) for part in sheet.parts for row in part.rows if isinstance(row, Told)]


@pytest.mark.parametrize("name", real())
def test_the_page_begins_with_the_next_step_and_ends_with_the_referral(name: str, pico: RuleFile) -> None:
    """What is it, for whom, the next step, flagged, left open, the rest, to ask, not asked, made with, referral."""
    summary, sheet = laid_out(pico, real()[name])
    page = " ".join(text_of(pico, real()[name], "professional").split())
    order = [
        *[pico.title, w.FOR_PROFESSIONAL, f"NEXT STEP: {summary.disposition.title}", w.FLAGGED, w.LEFT_OPEN],
        *["Your skin and your hopes", "What to expect", w.WANTS_TO_ASK, w.NOT_ASKED, w.NOT_COVERED],
        *[f"Rule file {pico.id}, version {pico.version}, SHA-256 {pico.sha256}.", " ".join(pico.referral.says.split())],
    ]
    there = [page.index(one) for one in order if one in page]

    assert there == sorted(there)
    assert [one for one in (order[0], *order[2:3], *order[-2:]) if one not in page] == []
    assert page.endswith(f"{order[-1]} [{' · '.join(summary.referral.sources)}]")
    headings = [part.heading for part in sheet.parts]
    assert headings[0] in (w.FLAGGED, w.LEFT_OPEN)
    assert headings == [*dict.fromkeys(headings)]


def test_flagged_answers_come_first_in_the_persons_own_words(pico: RuleFile) -> None:
    """All that calls for more than the least stands first with the words that were chosen, the most urgent first."""
    _, sheet = laid_out(pico, real()["everything"])
    flagged = part(sheet, w.FLAGGED)

    assert sheet.parts[0] == flagged
    assert rows(sheet, w.FLAGGED) == [
        (pico.by_question[id].ask, in_words(pico.by_question[id], real()["everything"][id]))
        for id in ("changing-mark", "skin-now", "health", "medicines", "earlier", "distress", "aftercare")
    ]
    notes = [row.note for row in flagged.rows if isinstance(row, Told)]
    assert notes[0] == "See a doctor first: changing-mark [I01 · B12]"
    assert all(note.startswith("Bring this up before any treatment: ") for note in notes[1:])
    assert "pregnant [I03], breastfeeding [I04]" in notes[2]


def test_the_most_urgent_flag_stands_first_wherever_it_was_asked() -> None:
    """An answer that calls for the most urgent step stands before those that call for less."""
    rules = built(
        {
            "format": 1,
            "id": "x",
            "version": "1",
            "title": "X",
            "language": "en",
            "questions": [{"id": id, "type": "yes-no", "ask": f"Is it {id}?"} for id in ("none", "some", "more")],
            "guidance": [
                {"id": id, "topic": "T", "says": "S.", "when": {id: "yes"}, "disposition": step}
                for id, step in (("none", "least"), ("some", "soon"), ("more", "now"))
            ],
            "dispositions": [{"id": id, "title": id, "says": "Do it."} for id in ("least", "soon", "now")],
            "referral": {"says": "See someone certified."},
        }
    )
    _, sheet = laid_out(rules, {"none": "yes", "some": "yes", "more": "yes"})

    assert rows(sheet, w.FLAGGED) == [("Is it more?", "Yes"), ("Is it some?", "Yes")]
    assert rows(sheet, w.TOLD_ELSE) == [("Is it none?", "Yes")]


def test_unsure_and_declined_answers_stand_apart_and_nowhere_else(pico: RuleFile) -> None:
    """They have a part of their own, with what they may call for; no other part repeats them."""
    _, sheet = laid_out(pico, real()["much"])
    left_open = [(pico.by_question[id].ask, word) for id, word in real()["much"].items() if word in RESERVED_WORDS]

    assert rows(sheet, w.LEFT_OPEN) == [
        (pico.by_question[id].ask, RESERVED_WORDS[str(real()["much"][id])])
        for id in ("changing-mark", "extent", "skin-type", "health")
    ]
    assert len(left_open) == 4
    elsewhere = [row for other in sheet.parts if other.heading != w.LEFT_OPEN for row in rows(sheet, other.heading)]
    assert [answer for _, answer in elsewhere if answer in RESERVED_WORDS.values()] == []
    assert [row.note for row in part(sheet, w.LEFT_OPEN).rows if isinstance(row, Told)][:2] == [
        "See a doctor first: changing-mark [I01 · B12]",
        "",
    ]


def test_concerns_goals_and_expectations_follow(pico: RuleFile) -> None:
    """What the person hopes for and expects stands under the headings of the rule file."""
    _, sheet = laid_out(pico, real()["a-little"])

    assert ("What do you hope for?", "Clearer, more even skin") in rows(sheet, "Your skin and your hopes")
    assert ("How many sessions do you expect?", "A few sessions") in rows(sheet, "What to expect")
    headings = [part.heading for part in sheet.parts]
    assert headings.index("Your skin and your hopes") < headings.index("What to expect")
    assert headings.index("What to expect") < headings.index(w.WANTS_TO_ASK) < headings.index(w.NOT_COVERED)
    assert part(sheet, w.WANTS_TO_ASK).rows == laid_out(pico, real()["a-little"])[0].questions_to_ask


def test_what_was_not_asked_is_said(pico: RuleFile) -> None:
    """With one answer that ends the questions, every other question is listed as not asked."""
    _, sheet = laid_out(pico, real()["under-age"])

    assert answered(sheet) == [("Are you 18 or older?", "No")]
    assert part(sheet, w.NOT_ASKED).rows == tuple(question.ask for question in pico.questions[1:])
    assert part(sheet, w.NOT_ANSWERED).rows == ()


def test_what_is_still_open_is_no_answer_and_not_hidden(pico: RuleFile) -> None:
    """Questions that may still be asked are listed apart from those that the answers made needless."""
    summary, sheet = laid_out(pico, {"adult": "yes", "concerns": ("wrinkles",)})
    asks = {question.ask for question in pico.questions}

    assert not summary.complete
    assert set(part(sheet, w.NOT_ANSWERED).rows) >= {pico.by_question["health"].ask}
    listed = [*part(sheet, w.NOT_ANSWERED).rows, *part(sheet, w.NOT_ASKED).rows, *(ask for ask, _ in answered(sheet))]
    assert sorted(map(str, listed)) == sorted(asks)
    assert sheet.made_with.endswith(" Some questions are open.")


@pytest.mark.parametrize("name", real())
def test_nothing_that_we_add_judges_or_speaks_to_the_person(name: str, pico: RuleFile) -> None:
    """The words that are ours, and not the rule file's or the person's, tell nobody what is right for them."""
    _, sheet = laid_out(pico, real()[name])
    theirs = {part.heading for part in sheet.parts} & {question.section for question in pico.questions}
    ours = [sheet.about, sheet.made_with, *(part.heading for part in sheet.parts if part.heading not in theirs)]
    ours += [row.note for part in sheet.parts for row in part.rows if isinstance(row, Told)]
    said = " ".join(ours).replace(sheet.step, "").casefold()

    assert [word for word in JUDGING if re.search(rf"\b{word}\b", said)] == []


@pytest.mark.parametrize("name", cases())
def test_every_worked_case_stands_whole_on_the_page(name: str, pico: RuleFile) -> None:
    """Whoever answers, each answer stands once on the page in the person's own words, and nothing else does."""
    summary, sheet = laid_out(pico, cases()[name])
    given = [
        (pico.by_question[id].ask, in_words(pico.by_question[id], answer)) for id, answer in summary.answers.items()
    ]

    assert sorted(answered(sheet)) == sorted(given)
    assert len(part(sheet, w.NOT_ASKED).rows) + len(part(sheet, w.NOT_ANSWERED).rows) + len(given) == len(
        pico.questions
    )


@settings(max_examples=80, deadline=None)
@given(files_and_answers())
def test_each_question_stands_once_asked_or_not(case: tuple[RuleFile, dict[str, Answer]]) -> None:
    """For any rule file each asked question stands once among the answers, each hidden one once under not asked."""
    rules, wanted = case
    given = asked_in_order(rules, wanted)
    _, sheet = laid_out(rules, given)
    hidden = [question.ask for question in rules.questions if question.id not in given]

    assert sorted(ask for ask, _ in answered(sheet)) == sorted(rules.by_question[id].ask for id in given)
    assert list(part(sheet, w.NOT_ASKED).rows) == hidden
    assert part(sheet, w.NOT_ANSWERED).rows == ()


@settings(max_examples=80, deadline=None)
@given(files_and_answers())
def test_flagged_means_behind_a_more_urgent_next_step(case: tuple[RuleFile, dict[str, Answer]]) -> None:
    """For any rule file the flagged answers are those behind a line that asks for more than the least."""
    rules, wanted = case
    summary, sheet = laid_out(rules, asked_in_order(rules, wanted))
    behind = {
        reason.question
        for finding in summary.findings
        if finding.guidance.disposition in ("d1", "d2")
        for reason in finding.because
    } & {*summary.answers}
    left_open = {id for id, answer in summary.answers.items() if answer in rules.by_question[id].reserved}

    assert {ask for ask, _ in rows(sheet, w.FLAGGED)} == {rules.by_question[id].ask for id in behind - left_open}
    assert {ask for ask, _ in rows(sheet, w.LEFT_OPEN)} == {rules.by_question[id].ask for id in left_open}
    noted = {row.ask for part in sheet.parts for row in part.rows if isinstance(row, Told) and row.note}
    assert noted == {rules.by_question[id].ask for id in behind}


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_question_left_open_is_not_called_hidden(data: st.DataObject) -> None:
    """However few answers there are, no question is both asked and not asked, and none is lost."""
    rules = built(data.draw(raw_rule_files()))
    wanted = {question.id: "unsure" for question in rules.questions if question.unsure}
    given = {id: wanted[id] for id in data.draw(st.sets(st.sampled_from(sorted(wanted)))) if wanted} if wanted else {}
    summary, sheet = laid_out(rules, dict(given))
    possible = set(shown(rules, given)) - set(summary.answers)

    assert set(part(sheet, w.NOT_ANSWERED).rows) == {rules.by_question[id].ask for id in possible}
    assert len(answered(sheet)) + sum(len(part(sheet, one).rows) for one in (w.NOT_ASKED, w.NOT_ANSWERED)) == len(
        rules.questions
    )


@pytest.mark.parametrize("format", ["text", "markdown", "html"])
def test_readers_get_different_pages_of_the_same_answers(format: str, pico: RuleFile) -> None:
    """The person's page gives guidance with sources; the professional's gives none of it and the whole fingerprint."""
    summary = assess(pico, real()["much"])
    pages = {reader: str(renderer(format, reader)(pico, summary, WIDE)) for reader in READERS}

    assert pico.sha256 in pages["professional"]
    assert pico.sha256 not in pages["person"]
    assert letters(summary.findings[0].guidance.says) in letters(pages["person"])
    assert letters(summary.findings[0].guidance.says) not in letters(pages["professional"])


@pytest.mark.parametrize("format", ["json", "csv"])
def test_data_is_the_same_whoever_reads_it(format: str, pico: RuleFile) -> None:
    """JSON and CSV hold the same, byte for byte, for either reader."""
    summary = assess(pico, real()["much"])

    assert renderer(format, "person")(pico, summary, WIDE) == renderer(format, "professional")(pico, summary, WIDE)
