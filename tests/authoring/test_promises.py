"""Promises in both readings: for certain answers, and for those that leave open whether the promise is meant."""

from typing import Any

import pytest
from proving import broken_keys, no_hurry, replays, silent
from strategies import built

from screener.authoring.checks import remarks
from screener.authoring.checks.logic import Proved, prove
from screener.authoring.checks.proved import render
from screener.authoring.checks.remark import Remark
from screener.authoring.show import render as show
from screener.engine.assess import assess
from screener.ground.marks import MARKS
from screener.ground.wrapping import Look
from screener.rulefile.loader import load
from screener.rulefile.model import RuleFile

ABOUT_PROMISES = ("broken-promise", "certain-only", "empty-promise", "less-urgent", "not-decided")
FILE = """
format: 1
id: planted
version: 1.0.0
title: Planted
language: en
questions:
  - {id: adult, type: yes-no, ask: Are you 18?}
  - {id: mole, type: yes-no, ask: Has a mole changed?, unsure: yes, decline: yes}
  - {id: pain, type: yes-no, ask: Does it hurt?, unsure: yes, when: {mole: [yes, unsure]}}
  - {id: meds, type: many, ask: What do you take?, unsure: yes, decline: yes,
     options: {iso: Isotretinoin, gold: Gold, pill: The pill, none: {label: None, exclusive: yes}}}
  - {id: size, type: number, ask: How large is it?, min: 0, max: 200, unsure: yes}
  - {id: since, type: date, ask: Since when?, decline: yes}
  - {id: skin, type: one, ask: How is your skin?, unsure: yes, options: {light: Light, medium: Medium, dark: Dark}}
guidance:
  - {id: care, topic: Care, says: Keep it cool.}
  - {id: mole, topic: Care, says: S., when: {mole: yes}, when_unsure: skip, disposition: doctor-first}
  - {id: iso, topic: Care, says: S., when: {meds: iso}, when_unsure: skip, disposition: doctor-first}
  - {id: gold, topic: Care, says: S., when: {meds: gold}, disposition: tell-first}
  - {id: large, topic: Care, says: S., when: {size: {above: 50}}, when_unsure: skip, disposition: tell-first}
  - {id: old, topic: Care, says: S., when: {since: {below: 2020-01-01}}, when_unsure: skip}
  - {id: dark, topic: Care, says: S., when: {skin: dark}, when_unsure: skip, disposition: tell-first}
  - {id: hurts, topic: Care, says: S., when: {pain: yes}}
dispositions:
  - {id: consult, title: Talk, says: S.}
  - {id: tell-first, title: Tell, says: S.}
  - {id: doctor-first, title: Doctor, says: S.}
referral:
  - {id: minor, when: {adult: no}, says: See someone with a parent.}
  - {id: kin, when: {mole: yes}, says: See a doctor first.}
  - {says: See a certified professional.}
"""
#: Each holds for certain answers only: the condition, and what is promised.
PLANTED = [
    ("{mole: yes}", "{disposition: doctor-first}"),
    ("{mole: yes}", "{disposition_at_least: tell-first}"),
    ("{mole: yes}", "{guidance: [mole]}"),
    ("{not: {mole: no}}", "{disposition: doctor-first}"),
    ("{not: {mole: no}}", "{guidance: [mole]}"),
    ("{any: [{mole: yes}, {meds: iso}]}", "{disposition_at_least: doctor-first}"),
    ("{mole: yes, meds: iso}", "{guidance: [iso]}"),
    ("{meds: iso}", "{disposition: doctor-first}"),
    ("{meds: {all: [iso, gold]}}", "{guidance: [iso]}"),
    ("{meds: {count: {at_least: 2}}}", "{answers: {meds: [iso, gold, pill]}}"),
    ("{mole: no, meds: none, size: {at_most: 50}, skin: light}", "{disposition: consult}"),
    ("{mole: no, meds: none, size: {at_most: 50}, skin: light}", "{disposition_at_most: consult}"),
    ("{meds: {none: [gold]}}", "{no_guidance: [gold]}"),
    ("{meds: none}", "{no_guidance: [gold]}"),
    ("{not: {meds: gold}}", "{no_guidance: [gold]}"),
    ("{size: {above: 50}}", "{guidance: [large]}"),
    ("{size: {above: 100}}", "{disposition_at_least: tell-first}"),
    ("{size: {above: 100}}", "{answers: {size: {at_least: 60}}}"),
    ("{size: {below: 50}}", "{answers: {size: {at_most: 60}}}"),
    ("{since: {below: 2019-01-01}}", "{guidance: [old]}"),
    ("{since: {below: 2019-01-01}}", "{answers: {since: {below: 2020-01-01}}}"),
    ("{skin: dark}", "{guidance: [dark]}"),
    ("{skin: [medium, dark]}", "{answers: {not: {skin: light}}}"),
    ("{mole: no}", "{not_asked: [pain]}"),
    ("{not: {mole: yes}}", "{not_asked: [pain]}"),
    ("{mole: yes, adult: yes}", "{referral: kin}"),
    ("{mole: yes, adult: yes}", "{referral_says: A Doctor}"),
    ("{any: [{size: {above: 100}}, {skin: dark}]}", "{disposition_at_least: tell-first}"),
    ("{skin: light, meds: gold}", "{answers: {meds: gold}}"),
    ("{all: [{not: {mole: no}}, {adult: no}]}", "{guidance: [mole]}"),
]
#: Each holds in both readings, some of them although their condition can be left open.
SOUND = [
    ("{meds: {all: [iso, gold]}}", "{guidance: [gold]}"),
    ("{meds: {none: [iso]}, mole: no}", "{disposition_at_most: tell-first}"),
    ("{mole: yes}", "{asked: [pain]}"),
    ("{mole: no, adult: yes}", "{referral: everyone}"),
    ("{mole: no, adult: yes}", "{referral_says: certified}"),
    ("{pain: yes}", "{guidance: [hurts]}"),
    ("{adult: no}", "{referral: minor, referral_says: parent}"),
    ("{mole: [unsure, declined]}", "{no_guidance: [mole]}"),
    ("{adult: [yes, no]}", "{referral_says: SEE}"),
]


def with_promises(promises: list[tuple[str, str]], settled: str = "") -> RuleFile:
    """The file with these promises, p0 the first; `settled` is what `open` is."""
    key = f"open: {settled}, " if settled else ""
    written = [
        f"  - {{id: p{n}, because: B., {key}when: {when}, then: {then}}}" for n, (when, then) in enumerate(promises)
    ]
    return load("\n".join([FILE.strip(), "invariants:", *written]))


def found(rules: RuleFile) -> list[Remark]:
    """What is said of promises."""
    return [remark for remark in prove(rules, no_hurry, silent).remarks if remark.code in ABOUT_PROMISES]


def promised(rules: RuleFile, proved: Proved) -> str:
    """The part of the closing line that counts promises."""
    line = render(rules, proved.sound, 0, 0).splitlines()[-1]
    return "; ".join(fact for fact in line.rstrip(".").split("; ") if "promise" in fact)


def test_promises_that_hold_for_certain_answers_only_are_all_found() -> None:
    """Thirty are planted among some that hold: these thirty are named, with answers that leave them open."""
    rules = with_promises([*PLANTED, *SOUND])
    told = found(rules)

    assert [(remark.code, remark.level, remark.route) for remark in told] == [
        ("certain-only", "warning", ("invariants", f"p{n}", "when")) for n in range(len(PLANTED))
    ]
    for remark in told:
        replays(rules, remark)


@pytest.mark.parametrize("number", range(len(PLANTED)))
def test_what_is_left_open_is_named(number: int) -> None:
    """The message names an answer of the example that leaves the condition open, and each that it names is one."""
    (remark,) = found(with_promises([PLANTED[number]]))
    answers = dict(remark.witness[0].answers)
    named = remark.message.split(":")[1].split(",")[0].split("`")[1::2]

    assert named
    assert all(answers[id] == word and word in MARKS for id, word in zip(named[::2], named[1::2], strict=True))
    assert set(named[::2]) <= {atom for atom in answers if f"{atom}:" in PLANTED[number][0]}


def test_left_out_settles_every_one() -> None:
    """Where the author says that they are not meant, nothing is said of any of them."""
    assert found(with_promises([*PLANTED, *SOUND], "left-out")) == []


def test_included_breaks_every_one() -> None:
    """Where the author says that they are meant, each is broken, by answers that leave open whether it is meant."""
    rules = with_promises([*PLANTED, *SOUND], "included")
    told = found(rules)

    assert [(remark.code, remark.level, remark.route[1]) for remark in told] == [
        ("broken-promise", "error", f"p{n}") for n in range(len(PLANTED))
    ]
    for remark in told:
        replays(rules, remark)
        assert " where `" in remark.message
        assert "open: left-out" in remark.help


@pytest.mark.parametrize(
    ("settled", "counted"),
    [
        ("", "9 promises hold; 30 promises hold for certain answers only"),
        ("left-out", "9 promises hold; 30 promises hold for certain answers only"),
        ("included", "9 promises hold"),
    ],
)
def test_the_closing_line_counts_what_is_proved(settled: str, counted: str) -> None:
    """A promise that holds for certain answers only is counted as that, settled or not; a broken one not at all."""
    rules = with_promises([*PLANTED, *SOUND], settled)

    assert "; ".join(sorted(promised(rules, prove(rules, no_hurry, silent)).split("; "), reverse=True)) == counted


def test_a_promise_without_a_condition_is_for_everyone() -> None:
    """`open` has nothing to settle there, and is no fault."""
    rules = load(FILE + "invariants: [{id: p0, because: B., open: left-out, then: {referral_says: see}}]")

    assert found(rules) == []
    assert promised(rules, prove(rules, no_hurry, silent)) == "1 promise holds"


def test_a_promise_that_is_broken_for_certain_is_that_only() -> None:
    """Where certain answers break it, there is nothing proved for them, and nothing to settle."""
    (remark,) = found(with_promises([("{not: {mole: no}}", "{guidance: [mole], no_guidance: [care]}")]))

    assert (remark.code, remark.route[-1]) == ("broken-promise", "no_guidance")


def test_one_open_answer_is_enough_for_an_example() -> None:
    """Where one open answer breaks a promise, the example leaves no other one open that the condition speaks of."""
    when = "{mole: yes, meds: iso, size: {above: 50}, since: {below: 2020-01-01}, skin: dark}"
    (remark,) = found(with_promises([(when, "{answers: {mole: yes, meds: iso}}")]))
    answers = dict(remark.witness[0].answers)

    assert len([id for id in ("mole", "meds", "size", "since", "skin") if str(answers[id]) in MARKS]) == 1


#: What is promised of whom, a breach in words, and the places beside it.
TOLD = [
    ("{not_asked: [pain]}", "`pain` can be asked", ("questions", "pain", "when")),
    (
        "{answers: {skin: light}}",
        "the answers can be others than the promised ones",
        ("invariants", "p0", "then", "answers"),
    ),
    ("{referral: minor}", "the referral can be `kin`, not the promised `minor`", ("referral", "kin", "when")),
    (
        "{referral_says: certified}",
        "the referral can be `kin`, which does not hold the promised words",
        ("referral", "kin", "when"),
    ),
]


@pytest.mark.parametrize(("then", "came", "place"), TOLD)
def test_a_breach_says_what_came_instead(then: str, came: str, place: tuple[str, ...]) -> None:
    """In words that name the thing, and with the condition behind it."""
    (remark,) = found(with_promises([("{mole: yes, adult: yes}", then)]))

    assert remark.message == f"invariant `p0` is broken: {came}"
    assert place in [related.route for related in remark.related]


RISKS: list[tuple[Any, dict[str, Any] | None]] = [
    ({"since": "earlier"}, None),
    ({"since": "later"}, {"since": {"below": "2020-01-01"}}),
    ({"since": "earlier"}, {"since": {"at_least": "2020-01-01"}}),
    ({"since": "later"}, {"since": {"at_least": "2020-01-01"}}),
    ({"since": "later"}, {"since": {"at_least": "2019-01-01", "below": "2021-01-01"}}),
    ({"size": "larger"}, {"size": {"at_least": "18"}}),
    ({"size": "smaller"}, {"size": {"at_least": "18"}}),
    ({"size": "smaller"}, {"size": {"below": "18"}}),
    ({"itch": ["yes", "no"]}, {"itch": "no"}),
    ({"itch": ["yes", "no"]}, {"itch": "yes"}),
    ({"skin": ["light", "dark"]}, {"skin": "dark"}),
    ({"skin": ["dark", "light"]}, {"skin": "dark"}),
    ({"skin": ["light", "medium", "dark"]}, {"skin": "medium"}),
    ({"skin": ["light", "dark"]}, {"skin": "medium"}),
]
"""An order of risk, and when the most urgent line is said; without a condition nothing hangs on the answer."""

ABOUT: dict[str, Any] = {
    "since": {"id": "since", "type": "date", "ask": "A?", "decline": "yes"},
    "size": {"id": "size", "type": "number", "ask": "A?", "min": "0", "max": "200", "unsure": "yes"},
    "itch": {"id": "itch", "type": "yes-no", "ask": "A?", "unsure": "yes"},
    "skin": {"id": "skin", "type": "one", "ask": "A?", "unsure": "yes", "decline": "yes",
             "options": {"light": "L", "medium": "M", "dark": "D"}},
}  # fmt: skip


@pytest.mark.parametrize(("risk", "when"), RISKS)
def test_more_risk_along_an_order_is_never_less_urgent(risk: dict[str, Any], when: dict[str, Any] | None) -> None:
    """The verdict is that of comparing answer by answer, through the engine, in the order that the author gave."""
    ((id, order),) = risk.items()
    always = {"id": "g", "topic": "T", "says": "S."}
    line_said = always if when is None else always | {"disposition": "urgent", "when": when}
    raw = {
        "format": 1, "id": "f", "version": "1", "title": "F", "language": "en", "questions": [ABOUT[id]],
        "guidance": [line_said],
        "dispositions": [{"id": step, "title": "D", "says": "D."} for step in ("calm", "urgent")],
        "referral": {"says": "R."}, "invariants": [{"id": "p0", "because": "B.", "never_less_urgent": [risk]}],
    }  # fmt: skip
    rules = built(raw)
    line: list[Any] = ["2018-05-05", "2019-01-01", "2020-01-01", "2020-06-01", "2021-01-01", "2022-01-01"]
    line = order if isinstance(order, list) else ["0", "17", "18", "19", "200"] if id == "size" else line
    line = line[::-1] if order in ("smaller", "earlier") else line
    pairs = [(one, other) for index, one in enumerate(line) for other in line[index + 1 :]]
    pairs += [(line[0], word) for word in rules.by_question[id].reserved]
    ranks = {answer: rules.urgency[assess(rules, {id: answer}).disposition.id] for pair in pairs for answer in pair}
    broken = any(ranks[after] < ranks[before] for before, after in pairs)

    assert [remark.code for remark in found(rules)] == ["less-urgent"] * broken
    for remark in found(rules):
        replays(rules, remark)


def test_an_example_of_more_risk_goes_the_smallest_step() -> None:
    """Of all steps along the order that make it calmer, the example shows one between neighbours."""
    cells = {"any": [{"size": {"below": "10"}}, {"size": {"at_least": "20", "below": "30"}}, {"size": {"above": "40"}}]}
    raw = {
        "format": 1, "id": "f", "version": "1", "title": "F", "language": "en", "questions": [ABOUT["size"]],
        "guidance": [{"id": "g", "topic": "T", "says": "S.", "disposition": "urgent", "when": cells}],
        "dispositions": [{"id": step, "title": "D", "says": "D."} for step in ("calm", "urgent")],
        "referral": {"says": "R."},
        "invariants": [{"id": "p", "because": "B.", "never_less_urgent": [{"size": "larger"}]}],
    }  # fmt: skip
    (remark,) = found(built(raw))
    before, after = (int(str(dict(example.answers)["size"])) for example in remark.witness)

    assert (before < 10 <= after < 20) or (20 <= before < 30 <= after <= 40)


def test_a_limit_that_only_a_promise_names_is_looked_at() -> None:
    """Values on both sides of it are told apart, though no line and no question speaks of it."""
    (remark,) = found(with_promises([("{size: {above: 50}}", "{answers: {size: {at_most: 123}}}")]))

    assert remark.code == "broken-promise"
    assert dict(remark.witness[0].answers)["size"] == 124


def test_a_named_condition_that_only_a_promise_uses_is_used() -> None:
    """It stands in what is promised, so it is not one that nothing uses."""
    text = FILE.replace("questions:", "conditions: {tall: {size: {above: 3}}}\nquestions:", 1)
    rules = load(text + "invariants: [{id: p0, because: B., when: {mole: yes}, then: {answers: {is: tall}}}]")

    assert "unused-condition" not in [remark.code for remark in remarks(rules)]


@pytest.mark.parametrize(
    ("question", "risk", "help"),
    [
        ("{id: x, type: number, ask: A}", "x", "say which answers are more risk, as in `{x: larger}`"),
        ("{id: x, type: date, ask: A}", "x", "say which answers are more risk, as in `{x: later}`"),
        ("{id: x, type: one, ask: A, options: {a: A, b: B}}", "x", "as in `{x: [mild, bad]}`"),
        ("{id: x, type: number, ask: A, min: 3, max: 3}", "{x: larger}", "larger"),
        ("{id: x, type: text, ask: A}", "x", "name a yes-no question"),
    ],
)
def test_a_question_without_an_order_promises_nothing(question: str, risk: str, help: str) -> None:
    """Where no answer is more risk than another, the promise is about nobody, and the help shows how to say it."""
    text = FILE.replace("questions:", f"questions:\n  - {question}")
    (remark,) = found(load(f"{text}invariants: [{{id: p0, because: B., never_less_urgent: [{risk}]}}]"))

    assert remark.code == "empty-promise"
    assert help in remark.help


def test_an_order_that_no_condition_looks_at_is_kept() -> None:
    """A number that nothing hangs on can't make anything calmer."""
    text = FILE.replace("questions:", "questions:\n  - {id: x, type: number, ask: A}")
    rules = load(f"{text}invariants: [{{id: p0, because: B., never_less_urgent: [{{x: larger}}]}}]")

    assert found(rules) == []
    assert ("question{s} where more risk never makes the next step less urgent", 1) in prove(
        rules, no_hurry, silent
    ).sound


def test_the_examples_of_this_file_break_what_they_should() -> None:
    """The helper that judges the examples says of an answer sheet what is broken, and of a sound one nothing."""
    rules = with_promises(PLANTED[:1])
    then = rules.invariants[0].then
    assert then is not None

    assert broken_keys(rules, then, assess(rules, {"mole": "no"})) == {"disposition"}
    assert broken_keys(rules, then, assess(rules, {"mole": "yes"})) == set()


def shown(rules: RuleFile) -> str:
    """What `rules show` says of the promises, on one long line each."""
    return show(rules, Look(400)).split("PROMISES OF THE AUTHOR")[1]


MOLE = "“Has a mole changed?” is answered"


@pytest.mark.parametrize(
    ("settled", "when", "said"),
    [
        (
            "",
            "{mole: yes}",
            f"Whenever {MOLE} “Yes”.\n"
            "    Also where that is left open, unless `rules check` says that it holds for certain answers only.",
        ),
        ("included", "{mole: yes}", f"Whenever {MOLE} “Yes”.\n    Also where that is left open."),
        (
            "left-out",
            "{mole: yes}",
            f"Whenever it is certain that {MOLE} “Yes”.\n    Not promised where that is left open.",
        ),
        ("left-out", "{adult: yes}", "Whenever “Are you 18?” is answered “Yes”."),
        ("", "{mole: [unsure, declined]}", f"Whenever {MOLE} rather told in person or not sure."),
    ],
)
def test_show_says_for_whom_a_promise_is(settled: str, when: str, said: str) -> None:
    """The same as is proved: for certain answers, or also where it is left open; only where it can be left open."""
    text = shown(with_promises([(when, "{guidance: [care]}")], settled))

    assert text.rstrip().endswith(f"    Promised: said: care.\n    {said}")


def test_show_says_everything_that_is_promised() -> None:
    """Each key in words, a promise to everyone as one, and of more risk which answers are more."""
    then = (
        "{disposition: tell-first, disposition_at_least: consult, disposition_at_most: doctor-first, guidance: [care], "
        "no_guidance: [old], asked: [mole], not_asked: [pain], answers: {size: {above: 3}}, referral: kin, "
        "referral_says: a doctor}"
    )
    risks = "[mole, meds, {size: smaller}, {since: earlier}, {skin: [dark, light]}, {adult: [yes, no]}, skin]"
    text = shown(
        load(
            f"{FILE}invariants:\n  - {{id: p0, because: B., then: {then}}}\n"
            f"  - {{id: p1, because: B., never_less_urgent: {risks}}}"
        )
    )

    assert (
        "Always: the next step is tell-first; the next step is at least consult; the next step is at most "
        "doctor-first; said: care; never said: old; asked: mole; not asked: pain; it is certain that “How large is "
        "it?” is answered above 3; the referral is kin; the referral says “a doctor”."
    ) in text
    for said in (
        "[mole] Has a mole changed? From the least to the most: “No”, “Yes”; left open instead of “No”.",
        "[meds] What do you take? Further options; left open instead of one that stands alone.",
        "[size] How large is it? A smaller number; left open instead of the largest.",
        "[since] Since when? An earlier date; left open instead of the latest.",
        "[skin] How is your skin? From the least to the most: “Dark”, “Light”; left open instead of “Dark”.",
        "[adult] Are you 18? From the least to the most: “Yes”, “No”.",
        "[skin] How is your skin? No answer is more risk than another.",
    ):
        assert said in text


def test_a_condition_beside_more_risk_means_nothing() -> None:
    """What is promised of more risk is for everyone, so a `when` beside it would say what is not proved."""
    rules = load(FILE + "invariants: [{id: p0, because: B., when: {adult: yes}, never_less_urgent: [mole]}]")
    (remark,) = [remark for remark in remarks(rules) if remark.code == "without-meaning"]

    assert (remark.level, remark.route) == ("warning", ("invariants", "p0", "key:when"))
    assert "Whenever" not in shown(rules)


def test_an_example_begins_with_what_matters() -> None:
    """The answers that the promise and its line hang on come first, then the rest, each part in the order of asking."""
    (remark,) = found(with_promises([("{skin: dark, meds: none}", "{guidance: [large]}")]))

    assert [id for id, _ in remark.witness[0].answers][:3] == ["meds", "size", "skin"]


def test_examples_of_more_risk_begin_with_the_question() -> None:
    """And with what the next step hangs on that is lost by it."""
    text = FILE.replace("when: {skin: dark}", "when: {skin: dark, size: {below: 9}}")
    rules = load(f"{text}invariants: [{{id: p0, because: B., never_less_urgent: [{{size: larger}}]}}]")
    (remark,) = [remark for remark in found(rules) if remark.code == "less-urgent"]

    for example in remark.witness:
        assert {id for id, _ in example.answers[:2]} == {"size", "skin"}
