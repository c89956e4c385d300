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
from screener.summary.sheet import Part, Said, Sheet, Told

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
    """What is it, for whom, where to sign, the next step, what is behind it, the rest, what it stands on, referral."""
    summary, sheet = laid_out(pico, real()[name])
    page = " ".join(text_of(pico, real()[name], "professional").split())
    order = [
        *[pico.title, w.FOR_PROFESSIONAL, "Reference: __", "Date: __", "Signature or label: __"],
        *[f"NEXT STEP: {sheet.step}", w.BEHIND_STEP, w.FLAGGED, w.LEFT_OPEN],
        *["Your skin and your hopes", w.SUGGESTED, w.NOT_ASKED, w.NOT_COVERED, f"{w.SOURCES} "],
        *[f"Rule file {pico.id}, version {pico.version}, SHA-256 {pico.sha256}."],
        *[" ".join(summary.referral.says.split())],
    ]
    there = [page.index(one) for one in order if one in page]

    assert there == sorted(there)
    assert [one for one in (*order[:6], *order[-3:]) if one not in page] == []
    assert page.endswith(f"{order[-1]} [{' · '.join(summary.referral.sources)}]")
    headings = [part.heading for part in sheet.parts]
    assert headings[0] in (w.BEHIND_STEP, w.FLAGGED)
    assert headings == [*dict.fromkeys(headings)]


def test_flagged_answers_come_first_in_the_persons_own_words(pico: RuleFile) -> None:
    """What is behind the next step stands first with the words that were chosen; then what calls for a lesser one."""
    _, sheet = laid_out(pico, real()["everything"])
    first, second = sheet.parts[:2]
    lesser = w.professionally(pico.dispositions[1]).removesuffix(".")

    assert (first.heading, second.heading) == (w.BEHIND_STEP, f"{w.FLAGGED}: {lesser}")
    given = [
        (pico.by_question[id].ask, in_words(pico.by_question[id], real()["everything"][id]))
        for id in ("changing-mark", "skin-now", "health", "medicines", "earlier", "distress", "aftercare")
    ]
    assert set(given) <= {*rows(sheet, first.heading), *rows(sheet, second.heading)}
    assert rows(sheet, first.heading)[0] == given[0]
    notes = [note for one in (first, second) for row in one.rows if isinstance(row, Told) for note in row.notes]
    by_id = {line.id: line for line in pico.guidance}
    mark, milk = by_id["changing-mark"], by_id["breastfeeding"]
    assert notes[0] == Said(w.professionally(mark), mark.sources)
    assert any(w.professionally(milk) in note.text and note.sources == milk.sources for note in notes)


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

    assert rows(sheet, w.BEHIND_STEP) == [("Is it more?", "Yes")]
    assert rows(sheet, f"{w.FLAGGED}: soon") == [("Is it some?", "Yes")]
    assert rows(sheet, w.TOLD_ELSE) == [("Is it none?", "Yes")]


def test_unsure_and_declined_answers_stand_apart_and_nowhere_else(pico: RuleFile) -> None:
    """They have a part of their own, with what they may call for, but for what is behind the next step."""
    _, sheet = laid_out(pico, real()["much"])
    words = RESERVED_WORDS.values()

    assert rows(sheet, w.BEHIND_STEP) == [(pico.by_question["changing-mark"].ask, RESERVED_WORDS["unsure"])]
    assert rows(sheet, w.LEFT_OPEN) == [
        (pico.by_question[id].ask, RESERVED_WORDS[str(real()["much"][id])]) for id in ("extent", "skin-type", "health")
    ]
    apart = (w.BEHIND_STEP, w.LEFT_OPEN)
    elsewhere = [row for other in sheet.parts if other.heading not in apart for row in rows(sheet, other.heading)]
    assert [answer for _, answer in elsewhere if answer in words] == []
    notes = [row.notes for row in part(sheet, w.LEFT_OPEN).rows if isinstance(row, Told)]
    lesser = w.professionally(pico.dispositions[1]).removesuffix(".")
    assert notes[0] == ()
    assert notes[2][0].text.startswith(f"{lesser}: ")


@pytest.mark.parametrize("answer", ["yes", "unsure", "declined"])
def test_a_changing_mark_stands_on_top_however_it_was_answered(answer: str, pico: RuleFile) -> None:
    """Before all else, whatever else there is to tell: certain, not sure, or kept for a talk."""
    _, sheet = laid_out(pico, {**real()["everything"], "changing-mark": answer})
    first = sheet.parts[0]

    assert first.heading == w.BEHIND_STEP
    assert isinstance(first.rows[0], Told)
    assert first.rows[0].ask == pico.by_question["changing-mark"].ask
    assert sheet.step == w.professionally(pico.dispositions[-1])


def test_concerns_goals_and_expectations_follow(pico: RuleFile) -> None:
    """What the person hopes for and expects stands under the headings of the rule file."""
    _, sheet = laid_out(pico, real()["a-little"])

    assert ("What do you hope for?", "Clearer, more even skin") in rows(sheet, "Your skin and your hopes")
    assert ("Are you worried about pain?", "Yes") in rows(sheet, "Planning")
    headings = [part.heading for part in sheet.parts]
    assert headings.index("Your skin and your hopes") < headings.index("Planning")
    assert headings.index("Planning") < headings.index(w.SUGGESTED) < headings.index(w.NOT_COVERED)
    assert sorted(map(str, part(sheet, w.SUGGESTED).rows)) == sorted(
        laid_out(pico, real()["a-little"])[0].questions_to_ask
    )


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
    assert sheet.note == w.INCOMPLETE
    assert w.INCOMPLETE in text_of(pico, {"adult": "yes", "concerns": ("wrinkles",)}, "professional")


@pytest.mark.parametrize("name", real())
def test_nothing_that_we_add_judges_or_speaks_to_the_person(name: str, pico: RuleFile) -> None:
    """The words that are ours, and not the rule file's or the person's, tell nobody what is right for them."""
    _, sheet = laid_out(pico, real()[name])
    theirs = {part.heading for part in sheet.parts} & {question.section for question in pico.questions}
    ours = [
        sheet.about,
        sheet.made_with,
        w.MAY_APPLY,
        w.WAS_TOLD,
        w.WAS_TOLD_THE_SAME,
        *(part.heading for part in sheet.parts if part.heading not in theirs),
    ]
    said = " ".join(ours).replace(sheet.step, "").casefold()

    assert [word for word in JUDGING if re.search(rf"\b{word}\b", said)] == []


@pytest.mark.parametrize("name", cases())
def test_every_worked_case_stands_whole_on_the_page(name: str, pico: RuleFile) -> None:
    """Whoever answers, each answer stands once on the page in the person's own words, and nothing else does."""
    summary, sheet = laid_out(pico, cases()[name])
    given = [
        (pico.by_question[id].ask, in_words(pico.by_question[id], answer)) for id, answer in summary.answers.items()
    ]

    assert sorted((ask, answer.strip("“”")) for ask, answer in answered(sheet)) == sorted(given)
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
    """For any rule file they are those behind a line that asks for more than the least, and each line is named once."""
    rules, wanted = case
    summary, sheet = laid_out(rules, asked_in_order(rules, wanted))
    flagged = [one for one in summary.findings if one.guidance.disposition in ("d1", "d2")]
    behind = {reason.question for finding in flagged for reason in finding.because} & {*summary.answers}
    left_open = {id for id, answer in summary.answers.items() if answer in rules.by_question[id].reserved}
    headings = [part.heading for part in sheet.parts if part.heading.startswith((w.BEHIND_STEP, w.FLAGGED))]
    asks = {ask for heading in headings for ask, _ in rows(sheet, heading)} & {one.ask for one in rules.questions}
    told = [row for part in sheet.parts for row in part.rows if isinstance(row, Told)]

    heading = w.LEFT_OPEN_OR_OUT if any(question.optional for question in rules.questions) else w.LEFT_OPEN
    apart = {ask for ask, _ in rows(sheet, heading)}
    assert {ask for ask, answer in answered(sheet) if answer in {*RESERVED_WORDS.values(), "Skipped"}} >= apart
    assert {rules.by_question[id].ask for id in behind - left_open} <= asks
    assert {rules.by_question[id].ask for id in behind | left_open} <= asks | apart
    assert asks & apart == set()
    named = [name for row in told for note in row.notes for name in re.findall(r"\bg\d+", note.text)]
    assert sorted(named) == sorted(finding.guidance.id for finding in flagged)


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
