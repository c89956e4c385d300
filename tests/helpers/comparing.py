"""Two rule files, the second an edit of the first, and what trying every answer on both shows."""

import copy
from collections.abc import Iterator
from typing import Any

from enumeration import possible
from hypothesis import strategies as st
from proving import UNNAMED
from strategies import COIN, Draw, raw_conditions, raw_questions, raw_rule_files

from screener.engine.assess import state_of
from screener.ground.marks import Mark
from screener.rulefile.conditions.tree import Answer, State
from screener.rulefile.model import Answers, Question, RuleFile


@st.composite
def raw_edits(draw: Draw) -> tuple[dict[str, Any], dict[str, Any]]:
    """A small rule file, and the same after an edit or two."""
    old = draw(raw_rule_files(max_questions=2))
    for question in old["questions"]:
        if draw(COIN) and question["type"] in ("many", "number", "whole"):
            question[draw(st.sampled_from(["min", "max"]))] = "2"
    new = copy.deepcopy(old)
    for _ in range(draw(st.sampled_from([1, 1, 2]))):
        edited(draw, new)
    return old, new


def edited(draw: Draw, raw: dict[str, Any]) -> None:
    """Change one thing of a raw rule file, in a way that keeps it sound."""
    questions, line = raw["questions"], draw(st.sampled_from(raw["guidance"]))
    kinds = [
        "when",
        "when",
        "disposition",
        "unsure",
        "gone",
        "option",
        "question",
        "visibility",
        "type",
        "limits",
        "alone",
    ]
    kind = draw(st.sampled_from(kinds))
    if kind == "disposition":
        line["disposition"] = draw(st.sampled_from(["d0", "d1", "d2"]))
    elif kind == "unsure":
        line["when_unsure"] = draw(st.sampled_from(["say", "skip"]))
    elif kind == "gone" and len(raw["guidance"]) > 1:
        raw["guidance"].remove(line)
    else:
        edited_question(draw, kind, questions)
        line["when"] = draw(raw_conditions(questions, depth=1))


def edited_question(draw: Draw, kind: str, questions: list[dict[str, Any]]) -> None:
    """Add a question, or change one: its options, when it is shown, its type, its limits."""
    last = questions[-1]
    if kind == "question":
        questions.append(draw(raw_questions(len(questions), questions)))
    elif kind == "option" and "options" in last:
        last["options"]["new"] = "NEW"
    elif kind == "visibility" and len(questions) > 1:
        last["when"] = draw(raw_conditions(questions[:-1], depth=1))
    elif kind == "type" and last["type"] == "one" and "ordered" not in last:
        last["type"] = "many"
    elif kind == "alone" and last["type"] == "many":
        last["options"]["a"] = {"label": "A", "exclusive": "yes"}
        for limit in ("min", "max") if together(last) < 2 else ():
            last.pop(limit, None)
    elif kind == "limits" and (last["type"] in ("number", "whole") or together(last) >= 2):
        last[draw(st.sampled_from(["min", "max"]))] = "2"


def together(question: dict[str, Any]) -> int:
    """How many options a question takes at once; a file that asks for more than these is not sound."""
    if question["type"] != "many":
        return 0
    return sum(not isinstance(option, dict) for option in question["options"].values())


def comes(rules: RuleFile, answers: Answers) -> set[tuple[str, str, bool]]:
    """What comes for these answers, and (a second time, with True) what comes for certain."""
    view: dict[str, State] = {}
    for question in rules.questions:
        view[question.id] = state_of(question, answers, view)
    return outcome(rules, view)


def outcome(rules: RuleFile, view: dict[str, State]) -> set[tuple[str, str, bool]]:
    """The same, of a view."""
    found = {("question", id, sure) for id, state in view.items() if state is not Mark.HIDDEN for sure in (False, True)}
    rank = 0
    for line in rules.guidance:
        truth = True if line.when is None else line.when.holds(view)
        if truth is True or (truth is None and line.when_unsure == "say"):
            found |= {("guidance", line.id, False)} | ({("guidance", line.id, True)} if truth else set())
            rank = max(rank, rules.urgency[line.disposition] if line.disposition else 0)
    referral = next(one.id for one in rules.referrals if one.when is None or one.when.holds(view))
    ends = (("disposition", rules.dispositions[rank].id), ("referral", referral))
    return found | {(kind, id, sure) for kind, id in ends for sure in (False, True)}


def only_here(here: RuleFile, there: RuleFile, people: list[Answers]) -> set[tuple[str, str, bool]]:
    """What comes here for someone for whom it does not come there; with True, comes less surely there."""
    found = set()
    for answers in people:
        mine = comes(here, answers)
        for view in seen(there, answers):
            theirs = outcome(there, view)
            found |= {(kind, id, False) for kind, id, _ in mine if (kind, id, False) not in theirs}
            found |= {(k, i, True) for k, i, sure in mine - theirs if sure and (k, i, False) in theirs}
    return found


def seen(rules: RuleFile, answers: Answers) -> Iterator[dict[str, State]]:
    """How a file sees answers given to another one: what it asks besides may be answered in any way."""
    yield from _seen(rules, answers, {})


def _seen(rules: RuleFile, answers: Answers, view: dict[str, State]) -> Iterator[dict[str, State]]:
    if len(view) == len(rules.questions):
        yield view
        return
    question = rules.questions[len(view)]
    if question.when is not None and question.when.holds(view) is False:
        yield from _seen(rules, answers, {**view, question.id: Mark.HIDDEN})
        return
    options = [known(question, answers[question.id])] if question.id in answers else list(possible(question))
    for option in options:
        always = question.model_copy(update={"when": None})
        state = option if option == UNNAMED else state_of(always, {question.id: option}, {})
        yield from _seen(rules, answers, {**view, question.id: state})


def known(question: Question, answer: Answer) -> Answer:
    """The answer with what the question does not know, or would not take, as something that no condition names."""
    if isinstance(answer, str) and answer in question.reserved:
        return answer
    if not question.choices:
        return answer if within(question, answer) else UNNAMED
    chosen = answer if isinstance(answer, tuple) else (str(answer),)
    kept = tuple(option for option in chosen if option in question.choices)
    whole = kept + (UNNAMED,) * (len(kept) < len(chosen))
    if not takes(question, whole):
        kept = ()
    if question.type == "many":
        return kept or (UNNAMED,)
    return kept[0] if kept else UNNAMED


def within(question: Question, answer: Answer) -> bool:
    """Whether a number is between the limits; any text is, and a word that only the other file knows is not."""
    low, high = question.limits
    if question.type in ("number", "whole") and isinstance(answer, str):
        return False
    if question.type == "whole" and answer != int(answer):  # type: ignore[arg-type]
        return False
    return question.type == "text" or ((low is None or low <= answer) and (high is None or answer <= high))  # type: ignore[operator]


def takes(question: Question, chosen: tuple[str, ...]) -> bool:
    """Whether so many options may be chosen together."""
    if question.type != "many":
        return len(chosen) == 1
    low, high = question.limits
    alone = any(option in question.options and question.options[option].exclusive for option in chosen)
    enough = alone or low is None or len(chosen) >= low  # type: ignore[operator]
    return enough and not (alone and len(chosen) > 1) and (high is None or len(chosen) <= high)  # type: ignore[operator]
