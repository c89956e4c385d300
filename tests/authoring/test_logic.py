"""Every verdict over all answers is what trying all answers shows; every example can be replayed."""

from collections import Counter
from typing import Any

import pytest
from enumeration import everything, possible
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from proving import UNNAMED, Verdict, broken_keys, fired, no_hurry, pressed, replays, silent, verdict
from strategies import COIN, DATED, Draw, built, raw_conditions, raw_files_with_promises, raw_rule_files

from screener.authoring.checks.logic import prove
from screener.engine.answers import stands_alone
from screener.engine.assess import Summary, assess, view_of
from screener.ground.marks import MARKS
from screener.proof.prover import Owner
from screener.rulefile.conditions.atoms import Answered
from screener.rulefile.conditions.tree import All, Answer, AnyPart, Condition, Not
from screener.rulefile.model import Answers, Question, Referral, RuleFile
from screener.rulefile.promises import Invariant, Risk

#: Trying everything takes long enough without being watched; other tests reach the same lines.
pytestmark = pytest.mark.no_cover
FOUR: Any = st.integers(0, 3)


@pytest.mark.slow
@settings(deadline=None, max_examples=60)
@given(raw_files_with_promises(types=DATED))
def test_findings_about_dates_are_what_trying_everything_shows(raw: dict[str, Any]) -> None:
    """The same with dates that are counted back from the interview, tried on and beside each limit."""
    holds_against_everything(raw)


@settings(deadline=None, max_examples=60)
@given(raw_files_with_promises())
def test_every_finding_is_what_trying_everything_shows(raw: dict[str, Any]) -> None:
    """The same findings, no more and no fewer, as from all sets of answers, one by one, through the engine."""
    holds_against_everything(raw)


@pytest.mark.slow
@settings(deadline=None, max_examples=240)
@given(raw_files_with_promises())
def test_every_finding_of_many_files_is_what_trying_everything_shows(raw: dict[str, Any]) -> None:
    """The same for many more."""
    holds_against_everything(raw)


def holds_against_everything(raw: dict[str, Any]) -> None:
    """The findings of a file are those that all its sets of answers show."""
    rules = built(raw)
    people = everything(rules)
    assume(len(people) < 500)
    remarks = prove(rules, no_hurry, silent).remarks

    assert Counter(map(verdict, remarks)) == Counter(expected(rules, people))
    for remark in remarks:
        replays(rules, remark)


@st.composite
def raw_chains(draw: Draw) -> dict[str, Any]:
    """A small rule file in which most questions are shown by earlier ones, and every line calls for a next step."""
    raw = draw(raw_rule_files(max_questions=1))
    questions: list[dict[str, Any]] = []
    for index in range(3):
        question: dict[str, Any] = {"id": f"q{index}", "type": "yes-no", "ask": "Well?"}
        if draw(FOUR) == 0:
            question |= {"type": "many", "options": {"a": "A", "b": "B", "z": {"label": "Z", "exclusive": "yes"}}}
        if question["type"] == "many" and draw(FOUR) == 0:
            question["min"] = "2"
        if draw(COIN):
            question["unsure"] = "yes"
        if questions and draw(FOUR):
            question["when"] = draw(raw_conditions(questions, depth=1))
        questions.append(question)
    lines = [
        {"id": f"g{n}", "topic": "T", "says": "S.", "when": draw(raw_conditions(questions, 1)), "disposition": f"d{n}"}
        for n in range(1, 3)
    ]
    more = {"id": "more", "because": "It adds up.", "never_less_urgent": [question["id"] for question in questions]}
    same = {"questions": questions, "guidance": lines, "invariants": [more], "referral": {"says": "See someone."}}
    return raw | same


@settings(deadline=None, max_examples=300)
@given(raw_chains())
def test_more_risk_is_followed_through_hidden_questions(raw: dict[str, Any]) -> None:
    """One more risk may hide a question or show one: the verdict is that of comparing everyone with everyone."""
    rules = built(raw)
    people = everything(rules)
    assume(len(people) < 150)
    remarks = prove(rules, no_hurry, silent).remarks
    found = [remark for remark in remarks if remark.code in ("less-urgent", "empty-promise")]

    assert [verdict(remark) for remark in found] == expected_urgency(rules, [assess(rules, one) for one in people])
    for remark in found:
        replays(rules, remark)


@settings(deadline=None, max_examples=200)
@given(raw_rule_files(max_questions=4))
def test_the_parts_at_fault_are_enough(raw: dict[str, Any]) -> None:
    """Of a line that is never said, the parts that are named leave no room by themselves, all others left away."""
    rules = built(raw)
    for remark in prove(rules, no_hurry, silent).remarks:
        if remark.code != "never-said":
            continue
        line = next(line for line in rules.guidance if line.id == remark.route[1])
        parts = line.when.parts if isinstance(line.when, All) else (line.when,)
        named = [other.route[-1] for other in remark.related if other.route[:2] == remark.route[:2]]
        kept = [part for index, part in enumerate(parts) if f"part:{index}" in named or "when" in named]
        fewer = line.model_copy(update={"when": All(tuple(part for part in kept if part is not None))})
        others = tuple(fewer if other is line else other for other in rules.guidance)

        assert any(
            r[:3] == remark[:3] for r in prove(rules.model_copy(update={"guidance": others}), no_hurry, silent)[0]
        )


def test_the_fewest_parts_are_at_fault() -> None:
    """Of three parts two can't hold together; the third is not named, nor a question that does not matter."""
    itch = {"id": "itch", "type": "yes-no", "ask": "Itch?"}
    age = {"id": "age", "type": "number", "ask": "Age?", "min": "0", "max": "120"}
    parts = [{"itch": "yes"}, {"age": {"below": "16"}}, {"age": {"at_least": "61"}}]
    never = {"id": "never", "type": "yes-no", "ask": "Well?", "when": {"all": parts}}
    raw = {
        "format": 1, "id": "f", "version": "1", "title": "F", "language": "en", "questions": [itch, age, never],
        "guidance": [{"id": "x", "topic": "T", "says": "S.", "when": {"itch": "yes"}}],
        "dispositions": [{"id": "d", "title": "D", "says": "D."}], "referral": {"says": "R."},
    }  # fmt: skip
    (remark,) = [remark for remark in prove(built(raw), no_hurry, silent).remarks if remark.code == "never-asked"]
    *own, other = (related.route for related in remark.related)

    assert own == [(*remark.route, "part:1"), (*remark.route, "part:2")]
    assert other == ("questions", "age")


def expected(rules: RuleFile, people: list[Answers]) -> list[Verdict]:
    """Every finding, from all sets of answers."""
    summaries = [assess(rules, answers) for answers in people]
    views = [view_of(rules, answers) for answers in people]
    return [
        *expected_reach(rules, summaries),
        *expected_open(rules, people, views),
        *(("no-way-out", id) for id in pressed(rules, views)),
        *expected_lines(rules, summaries),
        *expected_promises(rules, summaries, views),
        *expected_urgency(rules, summaries),
        *expected_effect(rules, views),
        *expected_parts(rules, views),
    ]


def expected_reach(rules: RuleFile, summaries: list[Summary]) -> list[Verdict]:
    """Questions, lines and next steps that never come."""
    asked = {id for summary in summaries for id in summary.answers}
    said = {id for summary in summaries for id in fired(summary)}
    steps = {summary.disposition.id for summary in summaries}
    ends = {summary.referral.id for summary in summaries}
    return [
        *(("never-asked", q.id) for q in rules.questions if q.id not in asked),
        *(("never-said", line.id) for line in rules.guidance if line.id not in said),
        *(("never-reached", step.id) for step in rules.dispositions if step.id not in steps),
        *(("never-referred", one.id) for one in rules.referrals if len(rules.referrals) > 1 and one.id not in ends),
    ]


def expected_open(rules: RuleFile, people: list[Answers], views: list[dict[str, Any]]) -> list[Verdict]:
    """Conditions, and parts of them, that come up for someone, and that are certain for nobody who leaves nothing open
    but what is asked for by name.
    """
    found, names = [], {id(condition) for condition in rules.conditions.values()}
    owners = [(owner, owner.id) for owners in rules.conditional.values() for owner in owners if owner.when]
    for owner, name in owners:
        assert owner.when is not None
        if really(rules, owner.when, people, views):
            found += parts_only_if_open(rules, owner.when, name, people, views) if id(owner.when) not in names else []
            continue
        surely = isinstance(owner, Referral) or getattr(owner, "when_unsure", "say") == "skip"
        truths = [owner.when.holds(view) for view in views]
        if not isinstance(owner, Invariant) and (True in truths or (None in truths and not surely)):
            found.append(("only-if-open", name))
    return found


def parts_only_if_open(
    rules: RuleFile, condition: Condition, name: str, people: list[Answers], views: list[dict[str, Any]]
) -> list[Verdict]:
    """The same of entries of an `any` and of what stands under a `not`, from the outside in."""
    found: list[Verdict] = []
    parts = (condition.part,) if isinstance(condition, Not) else getattr(condition, "parts", ())
    for index, part in enumerate(parts):
        inner = f"{name}.part:{index}"
        if isinstance(condition, All) or really(rules, part, people, views):
            found += parts_only_if_open(rules, part, inner, people, views)
        elif any(part.holds(view) is not False for view in views):
            found.append(("part-only-if-open", inner))
    return found


def really(rules: RuleFile, condition: Condition, people: list[Answers], views: list[dict[str, Any]]) -> bool:
    """Whether it is certain for someone who leaves nothing open, but what it or what it hangs on asks for by name."""
    spoken, waiting = set[str](), [condition]
    named: set[tuple[str, str]] = set()
    while waiting:
        for atom in waiting.pop().atoms():
            marks = {mark.value for mark in getattr(atom, "marks", ())}
            named |= {(atom.question, word) for word in marks or (list(MARKS) * isinstance(atom, Answered))}
            if atom.question not in spoken and (when := rules.by_question[atom.question].when) is not None:
                waiting.append(when)
            spoken.add(atom.question)
    return any(
        condition.holds(view) is True
        and all((id, answer) in named for id, answer in answers.items() if answer in rules.by_question[id].reserved)
        for answers, view in zip(people, views, strict=True)
    )


def expected_lines(rules: RuleFile, summaries: list[Summary]) -> list[Verdict]:
    """Lines that always come, come exactly as others do, or come together; and people for whom none comes."""
    came = {line.id: [fired(summary).get(line.id) for summary in summaries] for line in rules.guidance}
    found = [("always-said", line.id) for line in rules.guidance if None not in came[line.id]]
    for index, line in enumerate(rules.guidance):
        sometimes = None in came[line.id] and set(came[line.id]) != {None}
        if sometimes and any(came[other.id] == came[line.id] for other in rules.guidance[:index]):
            found.append(("same-condition", line.id))
        for id in line.excludes:
            if any(other.id == id and line.id in other.excludes for other in rules.guidance[:index]):
                continue  # said of the other already
            both = zip(came[line.id], came[id], strict=True)
            found += [("said-together", f"{line.id} {id}")] * any(None not in pair for pair in both)
    return found + [("nothing-said", "")] * any(not summary.findings for summary in summaries)


def expected_promises(rules: RuleFile, summaries: list[Summary], views: list[dict[str, Any]]) -> list[Verdict]:
    """Promises that someone breaks, those that only open answers break, and promises about nobody."""
    found = []
    for invariant in rules.invariants:
        if invariant.then is None or invariant.when is None:
            continue
        meant = [invariant.when.holds(view) for view in views]
        if True not in meant:
            found.append(("empty-promise", invariant.id))
            continue
        broken, if_open = set(), set()
        for summary, is_meant in zip(summaries, meant, strict=True):
            if is_meant is True or (is_meant is None and invariant.open == "included"):
                broken |= broken_keys(rules, invariant.then, summary)
            elif is_meant is None and invariant.open is None:
                if_open |= broken_keys(rules, invariant.then, summary)
        found += [("broken-promise", f"{invariant.id}.then.{key}") for key in broken]
        found += [("certain-only", invariant.id)] * bool(if_open and not broken)
    return found


def expected_urgency(rules: RuleFile, summaries: list[Summary]) -> list[Verdict]:
    """Questions where more risk, all else equal, leads to a less urgent next step for someone."""
    found = []
    for risk in (risk for invariant in rules.invariants for risk in invariant.never_less_urgent):
        id = risk.question
        steps = [
            rules.urgency[b.disposition.id] < rules.urgency[a.disposition.id]
            for a in summaries
            for b in summaries
            if id in a.answers
            and id in b.answers
            and more_risk(rules.by_question[id], risk, a.answers[id], b.answers[id])
            if all(a.answers[other] == b.answers[other] for other in a.answers if other != id and other in b.answers)
        ]
        found += [("less-urgent", id)] * any(steps) + [("empty-promise", id)] * (not steps)
    return found


def more_risk(question: Question, risk: Risk, before: Answer, after: Answer) -> bool:
    """The second answer carries more risk than the first, or leaves open what was said to be the least."""
    if before in question.reserved:
        return False
    if question.type == "many":
        assert isinstance(before, tuple)
        calm = stands_alone(question, before[0])
        if not isinstance(after, tuple):
            return calm
        return not stands_alone(question, after[0]) and set(() if calm else before) < set(after)
    in_order = ["no", "yes"] if question.type == "yes-no" else list(question.options) * question.ordered
    order: list[Any] = list(risk.order or in_order)
    if risk.more is not None:
        values: Any = (value for value in possible(question) if value not in question.reserved)
        order = sorted(values, reverse=risk.more in ("smaller", "earlier"))
    if before not in order:
        return False
    if after in question.reserved:
        return bool(before == order[0])
    return after in order and order.index(after) > order.index(before)


def expected_effect(rules: RuleFile, views: list[dict[str, Any]]) -> list[Verdict]:
    """Options that might as well be unknown, and questions whose answers nothing hangs on."""
    found = []
    for question in rules.questions:
        everyone: list[Owner] = [*rules.questions, *rules.guidance, *rules.referrals]
        owners = [owner for owner in everyone if owner.when and question.id in owner.when.references()]
        met = [view for view in views if not_hidden(view, question.id)]
        answers = {view[question.id] for view in views if not_hidden(view, question.id)}
        if not met:
            continue
        if not any(outcome(owners, view) != outcome(owners, {**view, question.id: a}) for view in met for a in answers):
            found.append(("unused-question", question.id))
        if question.type == "yes-no" or question.ordered or not owners:
            continue
        idle = [
            id for id, option in question.options.items() if not option.exclusive and idles(owners, question, id, met)
        ]
        if question.type != "one" or len(idle) != 1:
            found += [("idle-option", f"{question.id}.options.key:{id}") for id in idle]
    return found


def not_hidden(view: dict[str, Any], question: str) -> bool:
    """Whether the question was asked."""
    return getattr(view[question], "name", "") != "HIDDEN"


def idles(owners: list[Owner], question: Question, option: str, views: list[dict[str, Any]]) -> bool:
    """Whether nothing changes for anyone who chose this option once it is one that nobody names."""
    for view in views:
        state = view[question.id]
        chosen = state if isinstance(state, tuple) else (state,)
        if option not in chosen:
            continue
        other = tuple(UNNAMED if id == option else id for id in chosen) if isinstance(state, tuple) else UNNAMED
        if outcome(owners, view) != outcome(owners, {**view, question.id: other}):
            return False
    return True


def outcome(owners: list[Owner], view: dict[str, Any]) -> list[Any]:
    """What is shown, and what is said how surely."""
    found: list[Any] = []
    for owner in owners:
        assert owner.when is not None
        truth = owner.when.holds(view)
        if isinstance(owner, Question):
            found.append(truth is not False)
        else:
            surely_or_not = isinstance(owner, Referral) or owner.when_unsure == "skip"
            found.append(truth is True if surely_or_not else truth)
    return found


def expected_parts(rules: RuleFile, views: list[dict[str, Any]]) -> list[Verdict]:
    """Entries of an `any` that are true for nobody, where the whole is true for someone."""
    owners = [owner for owners in rules.conditional.values() for owner in owners]
    return [
        ("dead-part", ".".join([owner.id, *(f"part:{index}" for index in path)]))
        for owner in owners
        if owner.when is not None and any(owner.when.holds(view) is not False for view in views)
        for path, part in entries(owner.when)
        if all(part.holds(view) is False for view in views)
    ]


def entries(condition: Condition) -> list[tuple[tuple[int, ...], Condition]]:
    """Every entry of every `any`, with its path."""
    if isinstance(condition, Not):
        return [((0, *path), part) for path, part in entries(condition.part)]
    found: list[tuple[tuple[int, ...], Condition]] = []
    for index, part in enumerate(condition.parts if isinstance(condition, All | AnyPart) else ()):
        found += [((index,), part)] if isinstance(condition, AnyPart) else []
        found += [((index, *path), inner) for path, inner in entries(part)]
    return found
