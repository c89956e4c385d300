"""The laws of the engine, over generated rule files and answers."""

from datetime import date
from decimal import Decimal
from itertools import product
from typing import Any

import pytest
import reference
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from proving import fired
from strategies import DATED, all_answers, asked_in_order, built, files_and_answers, raw_rule_files

from screener.engine.assess import Reason, Summary, assess, next_question, shown, view_of
from screener.ground.marks import Mark
from screener.ground.wrapping import Look
from screener.rulefile.conditions.reasons import follows, reasons
from screener.rulefile.conditions.tree import Answer
from screener.rulefile.model import RuleFile
from screener.summary.as_json import render

law = settings(deadline=None, max_examples=120)
Pair = tuple[RuleFile, dict[str, Answer]]


def as_text(rules: RuleFile, summary: Summary) -> str:
    """The summary as the bytes that others get."""
    return render(rules, summary, Look())


@law
@given(st.data())
def test_truth_is_the_written_meaning(data: st.DataObject) -> None:
    """Every state and every fired line is what the written conditions say, read by other code."""
    raw = data.draw(raw_rule_files() | raw_rule_files(types=DATED))
    rules = built(raw)
    answers = data.draw(all_answers(rules))
    states = reference.states_of(raw, answers)

    view = view_of(rules, answers)

    assert {id for id, state in view.items() if state is Mark.HIDDEN} == {
        id for id, state in states.items() if state is reference.HIDDEN
    }
    assert fired(assess(rules, answers)) == expected(raw, states)


def expected(raw: dict[str, Any], states: dict[str, Any]) -> dict[str, str]:
    """The lines that must be said, straight from the raw rule file."""
    lines = {}
    for line in raw["guidance"]:
        truth = reference.truth(line["when"], states)
        if truth is True:
            lines[line["id"]] = "certain"
        elif truth is None and line.get("when_unsure") != "skip":
            lines[line["id"]] = "possible"
    return lines


@law
@given(files_and_answers())
def test_disposition_is_the_most_urgent_that_fired(pair: Pair) -> None:
    """No line that fired asks for a more urgent step than the one given, and one asks for just that."""
    rules, answers = pair
    summary = assess(rules, answers)
    wanted = [f.guidance.disposition for f in summary.findings if f.guidance.disposition]

    assert rules.urgency[summary.disposition.id] == max((rules.urgency[id] for id in wanted), default=0)
    assert set(summary.because) == {
        f.guidance.id for f in summary.findings if f.guidance.disposition == summary.disposition.id
    }


@law
@given(files_and_answers())
def test_reasons_are_sufficient_and_minimal(pair: Pair) -> None:
    """From the reasons alone the line follows; from all but any one of them it does not."""
    rules, answers = pair
    view = view_of(rules, answers)
    for finding in assess(rules, answers).findings:
        condition, lean = finding.guidance.when, finding.certainty == "possible"
        assert condition is not None
        pieces = reasons(condition, view, lean, rules.shown_by)

        assert {question for question, _ in pieces} == {reason.question for reason in finding.because}
        assert follows(condition, view, pieces, lean, rules.shown_by)
        assert not any(follows(condition, view, pieces - {piece}, lean, rules.shown_by) for piece in pieces)


@law
@given(files_and_answers(), st.data())
def test_everyone_with_the_same_reasons_gets_the_line(pair: Pair, data: st.DataObject) -> None:
    """Whoever gives the answers named as reasons gets the same line, whatever else they answer."""
    rules, answers = pair
    others = data.draw(all_answers(rules))
    certain = [finding for finding in assess(rules, answers).findings if finding.certainty == "certain"]
    assume(certain)
    finding = data.draw(st.sampled_from(certain))
    mixed = dict(others)
    for question, answer in finding.because:
        theirs = answers[question] if isinstance(answer, tuple) else answer
        mixed[question] = theirs
    view = view_of(rules, mixed)
    assume(all(view[question] is not Mark.HIDDEN for question, _ in finding.because))

    assert fired(assess(rules, mixed)).get(finding.guidance.id) == "certain"


@law
@given(files_and_answers(), st.randoms(use_true_random=False))
def test_order_of_answering_does_not_matter(pair: Pair, random: Any) -> None:
    """The same answers in another order give the same bytes."""
    rules, answers = pair
    items = list(answers.items())
    random.shuffle(items)

    assert as_text(rules, assess(rules, dict(items))) == as_text(rules, assess(rules, answers))


@law
@given(files_and_answers(), st.data())
def test_answers_to_hidden_questions_change_nothing(pair: Pair, data: st.DataObject) -> None:
    """Another answer, or none, to a question that is not asked leaves the summary as it was."""
    rules, answers = pair
    before = as_text(rules, assess(rules, answers))
    hidden = [id for id in rules.by_question if id not in shown(rules, answers)]
    assume(hidden)
    others = data.draw(all_answers(rules))

    assert as_text(rules, assess(rules, {**answers, **{id: others[id] for id in hidden}})) == before
    assert as_text(rules, assess(rules, {id: a for id, a in answers.items() if id not in hidden})) == before


@law
@given(files_and_answers(), st.data())
def test_what_is_decided_stays_decided(pair: Pair, data: st.DataObject) -> None:
    """What is said of partial answers is said of every completion; with nothing open, nothing more comes."""
    rules, answers = pair
    kept = data.draw(st.sets(st.sampled_from(list(answers))))
    early = assess(rules, {id: answer for id, answer in answers.items() if id in kept})
    late = assess(rules, answers)

    assert fired(early).items() <= fired(late).items()
    assert rules.urgency[early.disposition.id] <= rules.urgency[late.disposition.id]
    if not early.open:
        assert fired(early) == fired(late)


@law
@given(files_and_answers())
def test_one_walk_asks_the_same_questions(pair: Pair) -> None:
    """Carrying the settled states along asks exactly what asking afresh each time would."""
    rules, answers = pair
    given_: dict[str, Answer] = {}
    settled: dict[str, Any] = {}
    while True:
        question = next_question(rules, given_, settled)
        assert question == next_question(rules, given_)
        if question is None:
            break
        given_[question.id] = answers[question.id]

    assert given_ == asked_in_order(rules, answers)
    assert settled == view_of(rules, given_)
    assert assess(rules, given_).complete


def test_unsure_and_declined_are_told_apart() -> None:
    """A line about not being sure is not said to someone who declined, nor the other way round."""
    raw = {
        "format": 1,
        "id": "x",
        "version": "1",
        "title": "X",
        "language": "en",
        "questions": [{"id": "q", "type": "yes-no", "ask": "Q?", "unsure": "yes", "decline": "yes"}],
        "guidance": [
            {"id": "u", "topic": "T", "says": "U", "when": {"q": "unsure"}},
            {"id": "d", "topic": "T", "says": "D", "when": {"q": "declined"}},
            {"id": "a", "topic": "T", "says": "A", "when": {"q": "answered"}},
            {"id": "y", "topic": "T", "says": "Y", "when": {"q": "yes"}},
        ],
        "dispositions": [{"id": "d", "title": "D", "says": "D"}],
        "referral": {"says": "R"},
    }
    rules = built(raw)

    assert fired(assess(rules, {"q": "unsure"})) == {"u": "certain", "y": "possible"}
    assert fired(assess(rules, {"q": "declined"})) == {"d": "certain", "y": "possible"}
    assert fired(assess(rules, {"q": "yes"})) == {"a": "certain", "y": "certain"}


@pytest.mark.parametrize(("first", "second"), list(product([True, False, None], repeat=2)))
def test_kleene_tables(first: bool | None, second: bool | None) -> None:
    """`all` and `any` follow Kleene's tables for every pair of truths."""
    rules = built(
        {
            "format": 1,
            "id": "x",
            "version": "1",
            "title": "X",
            "language": "en",
            "questions": [{"id": id, "type": "yes-no", "ask": "Q?", "unsure": "yes"} for id in ("p", "q")],
            "guidance": [
                {"id": "all", "topic": "T", "says": "S", "when": {"p": "yes", "q": "yes"}},
                {"id": "any", "topic": "T", "says": "S", "when": {"any": [{"p": "yes"}, {"q": "yes"}]}},
            ],
            "dispositions": [{"id": "d", "title": "D", "says": "D"}],
            "referral": {"says": "R"},
        }
    )
    words = {True: "yes", False: "no", None: "unsure"}
    said = fired(assess(rules, {"p": words[first], "q": words[second]}))
    both, order = (first, second), {False: 0, None: 1, True: 2}
    name = {2: "certain", 1: "possible", 0: None}

    assert said.get("all") == name[min(order[truth] for truth in both)]
    assert said.get("any") == name[max(order[truth] for truth in both)]


def test_no_fewer_than_none_still_needs_an_answer() -> None:
    """A count of at least 0 holds for every answer that was given, and names one piece of it as its reason."""
    question = {"id": "q", "type": "many", "ask": "Q?", "options": {"a": "A", "b": "B"}}
    line = {"id": "g", "topic": "T", "says": "S.", "when": {"q": {"count": {"at_least": "0"}}}}
    raw = {"format": 1, "id": "x", "version": "1", "title": "X", "language": "en", "referral": {"says": "R."}}
    steps = [{"id": "d", "title": "D", "says": "D."}]
    rules = built({**raw, "questions": [question], "guidance": [line], "dispositions": steps})
    (finding,) = assess(rules, {"q": ("a", "b")}).findings

    assert [(reason.question, reason.answer) for reason in finding.because] == [("q", ("a",))]
    assert assess(rules, {}).findings == ()


@pytest.mark.parametrize(
    ("joint", "unsure", "completed"),
    [("any", "p", {"q": "yes"}), ("all", "p", {"q": "no"}), ("any", "q", {"p": "yes"}), ("all", "q", {"p": "no"})],
)
def test_nothing_is_possible_while_an_open_answer_could_make_it_sure(
    joint: str, unsure: str, completed: dict[str, str]
) -> None:
    """Unsure of one and not asked the other yet: the line is kept back, for the other answer may settle it."""
    question = {"type": "yes-no", "ask": "Q?", "unsure": "yes"}
    line = {"id": "g", "topic": "T", "says": "S.", "when": {joint: [{"p": "yes"}, {"q": "yes"}]}}
    raw = {"format": 1, "id": "x", "version": "1", "title": "X", "language": "en", "referral": {"says": "R."}}
    steps = [{"id": "d", "title": "D", "says": "D."}]
    questions = [{"id": id, **question} for id in ("p", "q")]
    rules = built({**raw, "questions": questions, "guidance": [line], "dispositions": steps})
    early = assess(rules, {unsure: "unsure"})

    assert fired(early) == {}
    assert early.open == tuple(completed)
    assert fired(assess(rules, {unsure: "unsure", **completed})) == ({"g": "certain"} if joint == "any" else {})
    assert fired(assess(rules, {"p": "unsure", "q": "unsure"})) == {"g": "possible"}


def with_lines(questions: list[dict[str, Any]], *lines: dict[str, Any]) -> RuleFile:
    """A rule file with these questions and lines."""
    raw = {"format": 1, "id": "x", "version": "1", "title": "X", "language": "en", "referral": {"says": "R."}}
    guidance = [{"id": f"g{index}", "topic": "T", "says": "S.", **line} for index, line in enumerate(lines)]
    steps = [{"id": "d", "title": "D", "says": "D."}]
    return built({**raw, "questions": questions, "guidance": guidance, "dispositions": steps})


def yes_no(*ids: str) -> list[dict[str, Any]]:
    """Questions with the answers yes, no and unsure."""
    return [{"id": id, "type": "yes-no", "ask": "Q?", "unsure": "yes"} for id in ids]


def test_a_line_without_condition_is_said_to_everyone() -> None:
    """Before any answer and after all, with no reasons: nothing brought it up."""
    rules = with_lines(yes_no("p"), {})
    for answers in ({}, {"p": "yes"}, {"p": "unsure"}):
        (finding,) = assess(rules, answers).findings
        assert (finding.guidance.id, finding.certainty, finding.because) == ("g0", "certain", ())


@pytest.mark.parametrize("given_", [30, 30.0, "30", Decimal(30), Decimal("30.0")])
def test_programs_may_give_numbers_as_they_have_them(given_: Any) -> None:
    """A number or its text counts as the number it stands for."""
    rules = with_lines([{"id": "n", "type": "number", "ask": "Q?"}], {"when": {"n": {"at_least": "30"}}})
    (finding,) = assess(rules, {"n": given_}).findings

    assert finding.because == (Reason("n", Decimal(30)),)
    assert assess(rules, {"n": given_}).answers == {"n": Decimal(30)}


@pytest.mark.parametrize("given_", [date(2026, 1, 31), "2026-01-31"])
def test_programs_may_give_dates_as_they_have_them(given_: Any) -> None:
    """A date or its text counts as the day it stands for; another text is refused."""
    rules = with_lines([{"id": "d", "type": "date", "ask": "Q?"}], {"when": {"d": {"at_most": "2026-01-31"}}})
    (finding,) = assess(rules, {"d": given_}).findings

    assert finding.because == (Reason("d", date(2026, 1, 31)),)
    with pytest.raises(ValueError, match="yesterday"):
        assess(rules, {"d": "yesterday"})


def test_programs_may_give_lists_and_empty_ones() -> None:
    """A list counts as the options in it, and an empty one as no answer."""
    question = {"id": "m", "type": "many", "ask": "Q?", "options": {"a": "A", "b": "B"}}
    rules = with_lines([question], {"when": {"m": "b"}})
    given_: Any = ["a", "b"]
    (finding,) = assess(rules, {"m": given_}).findings

    assert finding.because == (Reason("m", ("b",)),)
    assert assess(rules, {"m": given_}).answers == {"m": ("a", "b")}
    assert assess(rules, {"m": ()}).open == ("m",)


@pytest.mark.parametrize(
    ("joint", "when_unsure", "open_"),
    [("all", "say", ("q",)), ("all", "skip", ()), ("any", "say", ("q",)), ("any", "skip", ("q",))],
)
def test_open_is_only_what_could_still_change_what_is_said(
    joint: str, when_unsure: str, open_: tuple[str, ...]
) -> None:
    """Who is unsure of one of two that both must hold is never told for certain: what is skipped then is decided."""
    line = {"when": {joint: [{"p": "yes"}, {"q": "yes"}]}, "when_unsure": when_unsure}
    rules = with_lines(yes_no("p", "q"), line)

    assert assess(rules, {"p": "unsure"}).open == open_
    assert assess(rules, {"p": "yes"}).open == (("q",) if joint == "all" else ())
    assert assess(rules, {"p": "no"}).open == (("q",) if joint == "any" else ())


def test_a_question_that_shows_another_is_open_with_it() -> None:
    """What hangs on an open question is open by that question first, through as many as there are between."""
    asked = yes_no("p", "q", "r", "idle")
    asked[1]["when"], asked[2]["when"] = {"p": "yes"}, {"q": "yes"}
    rules = with_lines(asked, {"when": {"r": "yes"}})

    assert assess(rules, {}).open == ("p", "q", "r")
    assert assess(rules, {"p": "yes"}).open == ("q", "r")
    assert assess(rules, {"p": "no"}).open == ()


P, Q = {"p": "yes"}, {"q": "yes"}


@pytest.mark.parametrize(
    ("when", "answers", "because"),
    [
        ({"all": [P, Q]}, {"p": "yes", "q": "yes"}, {"p": "yes", "q": "yes"}),
        ({"any": [P, Q]}, {"p": "yes", "q": "yes"}, {"p": "yes"}),
        ({"any": [P, Q]}, {"p": "no", "q": "yes"}, {"q": "yes"}),
        ({"any": [{"all": [P, Q]}, Q]}, {"p": "yes", "q": "yes"}, {"q": "yes"}),
        ({"not": {"any": [P, Q]}}, {"p": "no", "q": "no"}, {"p": "no", "q": "no"}),
        ({"not": {"all": [P, Q]}}, {"p": "no", "q": "no"}, {"p": "no"}),
        ({"all": [P, {"any": [P, Q]}]}, {"p": "yes", "q": "no"}, {"p": "yes"}),
        ({"all": [{"any": [Q, P]}, P]}, {"p": "yes", "q": "yes"}, {"p": "yes"}),
        ({"z": "b"}, {"z": ("a", "b")}, {"z": ("b",)}),
        ({"z": {"none": "c"}}, {"z": ("a", "b")}, {"z": ("a", "b")}),
        ({"not": {"z": {"none": ["a", "b"]}}}, {"z": ("a", "b")}, {"z": ("a",)}),
        ({"all": [{"z": "a"}, {"z": "b"}]}, {"z": ("a", "b", "c")}, {"z": ("a", "b")}),
        ({"all": [{"z": "a"}, {"z": {"count": {"at_most": "2"}}}, P]}, {"z": ("a", "b"), "p": "yes"},
         {"p": "yes", "z": ("a", "b")}),
        ({"not": {"r": "yes"}}, {"q": "no"}, {"q": "no"}),
        ({"not": {"r": "yes"}}, {"q": "yes", "r": "no"}, {"r": "no"}),
    ],
)  # fmt: skip
def test_reasons_are_the_fewest_answers(
    when: dict[str, Any], answers: dict[str, Answer], because: dict[str, Answer]
) -> None:
    """Of several ways to the same line one of the shortest; of a choice the options that matter; in their order."""
    many = {"id": "z", "type": "many", "ask": "Q?", "options": {"a": "A", "b": "B", "c": "C"}}
    shown_by_q = {**yes_no("r")[0], "when": Q}
    (finding,) = assess(with_lines([*yes_no("p", "q"), shown_by_q, many], {"when": when}), answers).findings

    assert finding.certainty == "certain"
    assert list(dict(finding.because).items()) == list(because.items())


@pytest.mark.parametrize(
    ("when", "answers", "because"),
    [
        ({"any": [P, Q]}, {"p": "unsure", "q": "no"}, {"p": "unsure"}),
        ({"any": [P, Q]}, {"p": "unsure", "q": "unsure"}, {"p": "unsure"}),
        ({"all": [P, Q]}, {"p": "unsure", "q": "yes"}, {"p": "unsure", "q": "yes"}),
        ({"not": {"any": [P, Q]}}, {"p": "unsure", "q": "no"}, {"p": "unsure", "q": "no"}),
        ({"not": {"all": [P, Q]}}, {"p": "yes", "q": "unsure"}, {"q": "unsure"}),
        ({"all": [{"any": [Q, P]}, P]}, {"p": "unsure", "q": "unsure"}, {"p": "unsure"}),
    ],
)
def test_reasons_of_possible_lines_are_the_fewest_too(
    when: dict[str, Any], answers: dict[str, Answer], because: dict[str, Answer]
) -> None:
    """Being unsure counts as an answer that speaks for the line."""
    (finding,) = assess(with_lines(yes_no("p", "q"), {"when": when}), answers).findings

    assert finding.certainty == "possible"
    assert dict(finding.because) == because


def referred(*answers: str) -> list[str]:
    """The referral with each of these answers to whether the person is grown up."""
    raw: dict[str, Any] = {
        "format": 1,
        "id": "x",
        "version": "1",
        "title": "X",
        "language": "en",
        "questions": [{"id": "adult", "type": "yes-no", "ask": "18?", "unsure": "yes"}],
        "guidance": [{"id": "g", "topic": "T", "says": "G."}],
        "dispositions": [{"id": "d", "title": "D", "says": "D."}],
        "referral": [
            {"id": "child", "when": {"adult": "no"}, "says": "See a doctor with a parent."},
            {"id": "anyone", "when": {"adult": ["no", "unsure"]}, "says": "See a doctor."},
            {"says": "See someone certified."},
        ],
    }
    rules = built(raw)
    return [assess(rules, {"adult": answer} if answer else {}).referral.id for answer in answers]


def test_the_first_referral_that_certainly_holds_is_said() -> None:
    """In the order of the file; one that an answer leaves open is passed over, and the last is for everyone else."""
    assert referred("no", "unsure", "yes", "") == ["child", "anyone", "everyone", "everyone"]
