"""Edits of generated rule files: what an author might change, one thing or a few."""

import json
from typing import Any

from hypothesis import strategies as st
from strategies import OFFERED, raw_conditions

Raw = dict[str, Any]


@st.composite
def repeating(draw: st.DrawFn, raw: Raw) -> Raw:
    """The file with answers repeated in some of its texts."""
    new: Raw = json.loads(json.dumps(raw))
    for one in (*new["guidance"], *new["dispositions"], *new["referral"]):
        if draw(st.integers(0, 2)) == 0:
            one["says"] += f" {{answer: {draw(st.sampled_from(new['questions']))['id']}}}"
    return new


@st.composite
def revised(draw: st.DrawFn, raw: Raw) -> Raw:
    """The file after one to three edits; some leave it a file that the loader refuses."""
    new: Raw = json.loads(json.dumps(raw))
    for _ in range(draw(st.integers(1, 3))):
        draw(st.sampled_from([_line, _line, _lines, _question, _question, _questions, _steps, _referral]))(draw, new)
    return new


def _line(draw: st.DrawFn, new: Raw) -> None:
    """One line: when it is said, how, or which step it calls for."""
    line = draw(st.sampled_from(new["guidance"]))
    key = draw(
        st.sampled_from(["when", "surely", "when_unsure", "disposition", "says", "title", "id", "short", "repeat"])
    )
    if key == "when":
        line["when"] = draw(raw_conditions(new["questions"]))
    elif key == "surely":
        offering = [(one["id"], word) for one in new["questions"] for word, key in OFFERED if one.get(key) == "yes"]
        line["when"] = {"any": [line["when"], *([dict([draw(st.sampled_from(offering))])] if offering else [])]}
    elif key == "when_unsure":
        line[key] = "say" if line.get(key) == "skip" else "skip"
    elif key == "disposition":
        step = draw(st.sampled_from([None, *(step["id"] for step in new["dispositions"])]))
        line.pop(key, None)
        line.update({key: step} if step else {})
    elif key == "repeat":
        line["says"] += f" {{answer: {draw(st.sampled_from(new['questions']))['id']}}}"
    else:
        line[key] = f"{line.get(key, 'x')}x"


def _lines(draw: st.DrawFn, new: Raw) -> None:
    """A line more or less."""
    lines = new["guidance"]
    if draw(st.booleans()) and len(lines) > 1:
        lines.pop(draw(st.integers(0, len(lines) - 1)))
    else:
        lines.insert(0, {"id": "new", "topic": "T", "says": "New.", "when": draw(raw_conditions(new["questions"]))})


def _question(draw: st.DrawFn, new: Raw) -> None:
    """One question: who is asked, and which answers it takes."""
    place = draw(st.integers(0, len(new["questions"]) - 1))
    question = new["questions"][place]
    options = question.get("options", {})
    key = draw(st.sampled_from(["when", "offered", "label", "option", "less", "limit", "ask", "exclusive"]))
    if key == "when" and place:
        question["when"] = draw(raw_conditions(new["questions"][:place], depth=1))
    elif key == "when":
        question.pop("when", None)
    elif key == "offered":
        offered = draw(st.sampled_from([key for _, key in OFFERED]))
        question[offered] = "no" if question.get(offered) == "yes" else "yes"
    elif key == "limit":
        limit = {"number": "3", "whole": "3", "many": "1", "date": "today"}.get(question["type"])
        question.update({"max": limit} if limit else {})
    elif options and key == "option":
        options["d"] = "D"
    elif len(options) > 2 and key == "less":
        options.pop(draw(st.sampled_from(list(options))))
    elif options and key == "label":
        options["a"] = "Another A"
    elif options and key == "exclusive" and question["type"] == "many":
        options["b"] = {"label": "B", "exclusive": draw(st.sampled_from(["yes", "no"]))}
    else:
        question["ask"] += "?"


def _questions(draw: st.DrawFn, new: Raw) -> None:
    """A question more, which others may hang on, or one less."""
    questions = new["questions"]
    place = draw(st.integers(0, len(questions) - 1))
    kind = draw(st.sampled_from(["less", "rename", "before", "after"]))
    if kind == "less" and len(questions) > 1:
        questions.pop(place)
    elif kind == "rename":
        questions[place]["id"] += "x"
    elif kind == "before":
        questions.insert(0, {"id": "first", "type": "yes-no", "ask": "First?"})
        questions[place + 1]["when"] = {"first": "yes"}
    else:
        when = draw(raw_conditions(questions, depth=1))
        questions.append({"id": "last", "type": "yes-no", "ask": "Last?", "when": when})


def _steps(draw: st.DrawFn, new: Raw) -> None:
    """The next steps: in another order, with other words, one more or one less."""
    steps = new["dispositions"]
    key = draw(st.sampled_from(["order", "says", "id", "more", "less", "repeat"]))
    place = draw(st.integers(0, len(steps) - 1))
    if key == "order":
        new["dispositions"] = draw(st.permutations(steps))
    elif key == "more":
        steps.insert(place, {"id": "dn", "title": "DN", "says": "Do it."})
        draw(st.sampled_from(new["guidance"]))["disposition"] = "dn"
    elif key == "less" and len(steps) > 1:
        gone = steps.pop(place)["id"]
        for line in new["guidance"]:
            if line.get("disposition") == gone:
                del line["disposition"]
    elif key == "repeat":
        steps[place]["says"] += f" {{answer: {draw(st.sampled_from(new['questions']))['id']}}}"
    elif key == "id":
        was = steps[place]["id"]
        steps[place]["id"] = f"{was}x"
        for line in new["guidance"]:
            if line.get("disposition") == was:
                line["disposition"] = f"{was}x"
    else:
        steps[place]["says"] += "x"


def _referral(draw: st.DrawFn, new: Raw) -> None:
    """The referrals: another one, or other words."""
    if draw(st.booleans()):
        draw(st.sampled_from(new["referral"]))["says"] += "x"
    else:
        when = draw(raw_conditions(new["questions"], depth=1))
        new["referral"].insert(0, {"id": "rn", "when": when, "says": "Another."})
