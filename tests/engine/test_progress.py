"""The walk through an interview step by step, against the plain definition that looks at the whole file each time."""

import json
from itertools import groupby, pairwise

from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import answers_to, files_and_answers

from screener.engine.assess import assess, next_question, shown, view_of
from screener.engine.progress import Progress
from screener.rulefile.conditions.tree import Answer
from screener.rulefile.loader import load
from screener.rulefile.model import RuleFile


def agrees(progress: Progress, rules: RuleFile, given_: dict[str, Answer]) -> None:
    """Assert that everything is what the plain definition says of these answers."""
    view, asked = view_of(rules, given_), shown(rules, given_)
    unknown = [q for q in rules.questions if q.when is not None and q.when.holds(view) is None and q.id not in given_]

    assert progress.given == given_
    assert progress.next_question() == next_question(rules, given_)
    assert progress.total == len(asked)
    assert progress.exact == (not unknown)
    assert progress.sections == [
        sum(question.id in asked for question in run) for _, run in groupby(rules.questions, lambda q: q.section)
    ]
    for number, id in enumerate(asked, 1):
        assert progress.number(id) == number
        before = progress.question_before(id)
        assert (None if before is None else before.id) == (asked[number - 2] if number > 1 else None)


@st.composite
def in_sections(draw: st.DrawFn, rules: RuleFile) -> RuleFile:
    """The same rule file with its questions in some sections or in none."""
    section = st.sampled_from(["A", "B", None])
    return rules.model_copy(
        update={"questions": tuple(q.model_copy(update={"section": draw(section)}) for q in rules.questions)}
    )


@settings(deadline=None, max_examples=150)
@given(files_and_answers(), st.data())
def test_progress_agrees_with_the_plain_definition(
    pair: tuple[RuleFile, dict[str, Answer]], data: st.DataObject
) -> None:
    """Answers given, changed and hidden in any order, from none or from some: each time all is the same."""
    rules, answers = pair
    rules = data.draw(in_sections(rules))
    known = data.draw(st.sets(st.sampled_from(sorted(answers)))) if answers else set()
    so_far = {id: answers[id] for id in known}
    progress = Progress(rules, dict(so_far))
    agrees(progress, rules, so_far)
    for id in data.draw(st.lists(st.sampled_from([question.id for question in rules.questions]), max_size=12)):
        question = rules.by_question[id]
        choices: list[Answer] = [answers[id]] if id in answers else []
        choices += [*question.reserved, *(() if question.type != "yes-no" else ("yes", "no"))]
        if choices:
            so_far[id] = data.draw(st.sampled_from(choices))
            progress.answer(id, so_far[id])
            agrees(progress, rules, so_far)


def brought_up(rules: RuleFile, answers: dict[str, Answer]) -> bool:
    """Whether one of the most urgent lines is said of these answers, by the plain definition."""
    ranks = [rules.urgency[line.disposition] for line in rules.guidance if line.disposition]
    said = [finding.guidance.disposition for finding in assess(rules, answers).findings]
    return any(id is not None and 0 < rules.urgency[id] == max(ranks) for id in said)


@settings(deadline=None, max_examples=200)
@given(files_and_answers(), st.data())
def test_the_most_urgent_step_is_certain_once_no_open_answer_can_lower_it(
    pair: tuple[RuleFile, dict[str, Answer]], data: st.DataObject
) -> None:
    """After each answer it is certain exactly where it is said now, and then it is the next step at the end too."""
    rules, answers = pair
    progress = Progress(rules, {})
    moments = [progress.certain is not None]
    while (question := progress.next_question()) is not None:
        progress.answer(question.id, answers[question.id])
        moments.append(progress.certain is not None)
        assert moments[-1] == brought_up(rules, progress.given)

    assert all(later for sooner, later in pairwise(moments) if sooner)
    if progress.certain:
        assert assess(rules, progress.given).disposition == progress.certain.step
    for id in data.draw(st.lists(st.sampled_from(sorted(answers)), max_size=6)):
        progress.answer(id, data.draw(answers_to(rules.by_question[id])))
        assert (progress.certain is not None) == brought_up(rules, progress.given)


def chain(length: int) -> RuleFile:
    """So many yes-no questions, every third hanging on the one before."""
    questions = [
        {"id": f"q{n}", "type": "yes-no", "ask": "?", **({"when": {f"q{n - 1}": ["yes", "no"]}} if n % 3 == 1 else {})}
        for n in range(length)
    ]
    steps = [{"id": id, "title": id, "says": "D."} for id in ("later", "now")]
    end = {"dispositions": steps, "referral": {"says": "See someone."}}
    begin = {"format": 1, "id": "x", "version": "1", "title": "X", "language": "en"}
    return load(json.dumps({**begin, "questions": questions, "guidance": guidance(length), **end}))


def guidance(length: int) -> list[dict[str, object]]:
    """A line for everyone, and for each question a most urgent one that no `yes` brings up."""
    urgent: dict[str, object] = {"topic": "T", "says": "S.", "disposition": "now"}
    lines: list[dict[str, object]] = [{"id": f"g{n}", "when": {f"q{n}": "no"}, **urgent} for n in range(length)]
    return [{"id": "g", "topic": "T", "says": "S."}, *lines]


def looks(length: int) -> int:
    """How often questions and urgent lines are weighed while a file of this length is answered to its end."""
    progress = Progress(chain(length), {})
    while (question := progress.next_question()) is not None:
        assert progress.number(question.id) <= progress.total
        progress.answer(question.id, "yes")
    return progress.looks


def test_the_work_grows_with_the_file_and_no_faster() -> None:
    """Twice as many questions and lines take twice as many looks at them, and each only a few."""
    assert looks(400) <= 2 * looks(200) + 2
    assert looks(400) < 6 * 400
