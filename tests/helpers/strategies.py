"""Small random rule files, and random answers to them, for the laws of the engine."""

import json
from datetime import timedelta
from typing import Any

from hypothesis import strategies as st

from screener.engine.assess import next_question
from screener.rulefile.conditions.tree import Answer
from screener.rulefile.loader import load
from screener.rulefile.model import Question, RuleFile

TYPES = ("one", "many", "yes-no", "number", "whole", "text")
#: With dates that are counted back from the interview.
DATED = ("one", "yes-no", "date", "date")
SPANS = ("20 days", "1 month", "1 year")
#: Days on, between and beside all of these before the day of the interview, and one after it.
AGO = (-1, 0, 1, 19, 20, 21, 30, 31, 32, 300, 364, 365, 366, 400)
#: The key of a question that offers each answer which is no value.
OFFERED = (("unsure", "unsure"), ("declined", "decline"), ("skipped", "optional"))
Draw = st.DrawFn
COIN: Any = st.booleans()
STEPS = ("disposition", "disposition_at_least", "disposition_at_most")


@st.composite
def raw_atoms(draw: Draw, question: dict[str, Any]) -> Any:
    """What a condition can say of this question, as it is written."""
    reserved = [word for word, key in OFFERED if question.get(key)]
    kinds = ["answered", *reserved]
    options = ["yes", "no"] if question["type"] == "yes-no" else list(question.get("options", ()))
    if options:
        kinds += ["any"] * 4
    if question["type"] == "many":
        kinds += ["all", "none", "count"]
    if question["type"] in ("number", "whole"):
        kinds += ["below", "above", "at_least", "at_most"] * 2
    kinds += ["within"] * (5 * (question["type"] == "date")) + ["at_most", "at_least"] * (2 * ("ordered" in question))
    kind = draw(st.sampled_from(kinds))
    if kind == "within":
        return {"within": draw(st.sampled_from(SPANS))}
    if kind == "any":
        return draw(st.lists(st.sampled_from(options + reserved), min_size=1, max_size=3, unique=True))
    if kind in ("all", "none"):
        return {kind: draw(st.lists(st.sampled_from(options), min_size=1, max_size=2, unique=True))}
    if kind == "count":
        return {"count": {draw(st.sampled_from(["at_least", "at_most"])): str(draw(st.integers(0, 3)))}}
    if kind in ("below", "above", "at_least", "at_most"):
        return {kind: draw(st.sampled_from(options)) if options else str(draw(st.integers(0, 5)))}
    return kind


@st.composite
def raw_conditions(draw: Draw, questions: list[dict[str, Any]], depth: int = 2) -> Any:
    """A condition about some of these questions, as it is written."""
    if depth == 0 or draw(COIN):
        about = draw(st.lists(st.sampled_from(questions), min_size=1, max_size=2, unique_by=lambda q: q["id"]))
        return {question["id"]: draw(raw_atoms(question)) for question in about}
    joint = draw(st.sampled_from(["all", "any", "not"]))
    inner = raw_conditions(questions, depth - 1)
    return {joint: draw(inner) if joint == "not" else draw(st.lists(inner, min_size=1, max_size=3))}


@st.composite
def raw_questions(
    draw: Draw, index: int, earlier: list[dict[str, Any]], types: tuple[str, ...] = TYPES
) -> dict[str, Any]:
    """One question, shown by an earlier one or always."""
    type_ = draw(st.sampled_from(types))
    question: dict[str, Any] = {"id": f"q{index}", "type": type_, "ask": f"Question {index}?"}
    if type_ in ("one", "many"):
        options = {id: id.upper() for id in "abc"[: draw(st.integers(2, 3))]}
        alone = {"none": {"label": "None", "exclusive": "yes"}} if draw(COIN) else {}
        question["options"] = {**options, **alone}
    if type_ == "one" and draw(COIN):
        question["ordered"] = "yes"
    if type_ == "date" and draw(COIN):
        question["max"] = "today"
    for word, often in (("unsure", 1), ("decline", 1), ("optional", 3)):
        if not draw(st.integers(0, often)):
            question[word] = "yes"
    if draw(COIN) and earlier:
        question["when"] = draw(raw_conditions(earlier, depth=1))
    return question


@st.composite
def raw_rule_files(draw: Draw, max_questions: int = 5, types: tuple[str, ...] = TYPES) -> dict[str, Any]:
    """A whole rule file as plain values."""
    questions: list[dict[str, Any]] = []
    for index in range(draw(st.integers(1, max_questions))):
        questions.append(draw(raw_questions(index, questions, types)))
    guidance = []
    for index in range(draw(st.integers(1, 5))):
        line = {"id": f"g{index}", "topic": "T", "says": f"Line {index}.", "when": draw(raw_conditions(questions))}
        if draw(COIN):
            line["disposition"] = draw(st.sampled_from(["d0", "d1", "d2"]))
        if draw(st.integers(0, 3)) == 0:
            line["when_unsure"] = "skip"
        guidance.append(line)
    return {
        "format": 1,
        "id": "generated",
        "version": "1",
        "title": "Generated",
        "language": "en",
        "questions": questions,
        "guidance": guidance,
        "dispositions": [{"id": f"d{rank}", "title": f"D{rank}", "says": "Do it."} for rank in range(3)],
        "referral": [*draw(raw_referrals(questions)), {"says": "See a professional."}],
    }


@st.composite
def raw_referrals(draw: Draw, questions: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Referrals with a condition; most files have none."""
    count = max(0, draw(st.integers(-3, 2)))
    whens = [draw(raw_conditions(questions, depth=1)) for _ in range(count)]
    return [{"id": f"r{index}", "when": when, "says": f"Referral {index}."} for index, when in enumerate(whens)]


@st.composite
def raw_files_with_promises(draw: Draw, types: tuple[str, ...] = TYPES) -> dict[str, Any]:
    """A small rule file with lines that exclude each other and with promises that may be broken."""
    raw = draw(raw_rule_files(max_questions=3, types=types))
    lines, questions = [line["id"] for line in raw["guidance"]], raw["questions"]
    for line in raw["guidance"]:
        others = [id for id in lines if id != line["id"]]
        if others and draw(COIN):
            line["excludes"] = [draw(st.sampled_from(others))]
    ends = [one.get("id", "everyone") for one in raw["referral"]]
    promises: dict[str, Any] = {
        **{key: st.sampled_from(["d0", "d1", "d2"]) for key in STEPS},
        **{key: st.sampled_from(lines).map(lambda line: [line]) for key in ("guidance", "no_guidance")},
        **{key: st.sampled_from(questions).map(lambda one: [one["id"]]) for key in ("asked", "not_asked")},
        "answers": raw_conditions(questions, depth=1),
        "referral": st.sampled_from(ends),
        "referral_says": st.sampled_from(["see a", "REFERRAL", "referral 0", "al"]),
    }
    raw["invariants"] = []
    for n in range(draw(st.integers(1, 3))):
        keys = draw(st.lists(st.sampled_from(list(promises)), min_size=1, max_size=2, unique=True))
        invariant = {"id": f"i{n}", "because": "It matters.", "then": {key: draw(promises[key]) for key in keys}}
        invariant["when"] = draw(raw_conditions(questions, depth=1))
        if (settled := draw(st.sampled_from([None, None, "included", "left-out"]))) is not None:
            invariant["open"] = settled
        raw["invariants"].append(invariant)
    risky = [draw(raw_risks(question)) for question in questions if draw(COIN)]
    if risky:
        raw["invariants"].append({"id": "more", "because": "It adds up.", "never_less_urgent": risky})
    return raw


@st.composite
def raw_risks(draw: Draw, question: dict[str, Any]) -> Any:
    """A question of `never_less_urgent`, where it can have an order often with one."""
    options = ["no", "yes"] if question["type"] == "yes-no" else list(question.get("options", ()))
    if question["type"] in ("one", "yes-no") and draw(st.integers(0, 3)):
        return {question["id"]: draw(st.permutations(options))[: draw(st.integers(2, len(options)))]}
    if question["type"] in ("number", "whole") and draw(st.integers(0, 3)):
        return {question["id"]: draw(st.sampled_from(["larger", "smaller"]))}
    if question["type"] == "date" and draw(st.integers(0, 3)):
        return {question["id"]: draw(st.sampled_from(["later", "earlier"]))}
    return question["id"]


def built(raw: dict[str, Any]) -> RuleFile:
    """The rule file, through the real loader; JSON is YAML."""
    return load(json.dumps(raw))


@st.composite
def answers_to(draw: Draw, question: Question) -> Answer:
    """One valid answer."""
    from decimal import Decimal

    reserved = list(question.reserved)
    if reserved and draw(st.integers(0, 3)) == 0:
        return draw(st.sampled_from(reserved))
    if question.type == "many":
        alone = [id for id, option in question.options.items() if option.exclusive]
        together = [id for id in question.options if id not in alone]
        if draw(COIN) and alone:
            return (alone[0],)
        chosen = draw(st.lists(st.sampled_from(together), min_size=1, unique=True))
        return tuple(id for id in question.options if id in chosen)
    if question.choices:
        return draw(st.sampled_from(list(question.choices)))
    if question.type == "date":
        latest = question.limits.high or question.today + timedelta(1)
        return min(question.today - timedelta(draw(st.sampled_from(AGO))), latest)
    return Decimal(draw(st.integers(-1, 6))) if question.type in ("number", "whole") else "some text"


@st.composite
def all_answers(draw: Draw, rules: RuleFile) -> dict[str, Answer]:
    """A valid answer to every question, asked or not."""
    return {question.id: draw(answers_to(question)) for question in rules.questions}


@st.composite
def files_and_answers(draw: Draw) -> tuple[RuleFile, dict[str, Answer]]:
    """A rule file and an answer to every question."""
    rules = built(draw(raw_rule_files()))
    return rules, draw(all_answers(rules))


def asked_in_order(rules: RuleFile, wanted: dict[str, Answer]) -> dict[str, Answer]:
    """The answers that an interview would collect from someone who would give these."""
    given: dict[str, Answer] = {}
    while (question := next_question(rules, given)) is not None:
        given[question.id] = wanted[question.id]
    return given
