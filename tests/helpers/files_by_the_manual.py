"""Small rule files at random, as the manual says that they are written: every form, every key of promises."""

from collections.abc import Mapping
from random import Random
from typing import Any

from by_the_manual import listed

DAYS = ("2020-02-27", "2020-02-28", "2020-02-29", "2020-03-01", "2020-06-30")
NUMBERS = ("-2", "0", "1", "2", "2.5", "17", "18")
LIMITED = {"number": NUMBERS, "whole": tuple(n for n in NUMBERS if "." not in n), "date": DAYS}
BACK = {"max": "today"}
OFFERED = (("unsure", "unsure"), ("declined", "decline"), ("skipped", "optional"))
REFERRALS = ("Please see a doctor.", "Please see a certified Professional.", "Please see\n  a skin specialist.")
Made = dict[str, Any]


def rule_file(seed: int) -> str:
    """The text of the rule file with this number."""
    dice = Random(seed)
    questions: list[Made] = []
    for _ in range(dice.choice((1, 2, 3, 3, 4, 4))):
        questions.append(a_question(dice, f"q{len(questions) + 1}", questions))
    steps = [f"step-{n + 1}" for n in range(dice.choice((1, 2, 3, 3)))]
    lines = [a_line(dice, n, questions, steps) for n in range(1, dice.choice((2, 3, 4, 5)))]
    whole: Made = {"format": "1", "id": f"made-{seed}", "version": "1.0.0", "title": "Made", "language": "en"}
    whole["conditions"] = {"named": a_condition(dice, questions[:1], 1)}
    whole["questions"] = questions
    whole["guidance"] = lines
    whole["dispositions"] = [{"id": step, "title": step, "says": "Do this."} for step in steps]
    whole["referral"] = referrals(dice, questions)
    whole["invariants"] = [a_promise(dice, n, whole) for n in range(1, dice.choice((2, 3, 4)))]
    return written(whole)


def a_question(dice: Random, name: str, earlier: list[Made]) -> Made:
    """A question of any type, often with a condition."""
    kind = dice.choice(("yes-no", "yes-no", "one", "many", "many", "number", "whole", "date", "text"))
    made: Made = {"id": name, "type": kind, "ask": "What is it?"}
    if kind in ("one", "many"):
        made["options"] = {option: f"Option {option}" for option in ("a", "b", "c")[: dice.choice((2, 3))]}
    if kind == "one" and dice.random() < 0.4:
        made["ordered"] = "yes"
    if kind == "many":
        if dice.random() < 0.6:
            made["options"]["none"] = {"label": "None of these", "exclusive": "yes"}
        made |= dice.choice(({}, {}, {"min": "2"}, {"max": "1"}, {"min": "1", "max": "2"}))
    if kind in ("number", "whole"):
        made |= dice.choice(({}, {"min": "0"}, {"max": "18"}, {"min": "0", "max": "18"}, {"min": "2", "max": "2"}))
    if kind == "date":
        made |= dice.choice((BACK, BACK, {}, {"min": DAYS[0]}, {"max": DAYS[3]}, {"min": DAYS[1], "max": DAYS[2]}))
    for key, share in (("unsure", 0.5), ("decline", 0.3), ("optional", 0.15)):
        if dice.random() < share:
            made[key] = "yes"
    if earlier and dice.random() < 0.55:
        made["when"] = a_condition(dice, earlier, 1)
    return made


def a_condition(dice: Random, questions: list[Made], deep: int, *, names: bool = False) -> Made:
    """A condition of any form on these questions."""
    form = dice.random()
    if deep and form < 0.15:
        return {"not": a_condition(dice, questions, deep - 1, names=names)}
    if deep and form < 0.4:
        key = dice.choice(("all", "any", "any"))
        return {key: [a_condition(dice, questions, deep - 1, names=names) for _ in range(dice.choice((1, 2, 2, 3)))]}
    if names and form < 0.46:
        return {"is": "named"}
    some = dice.sample(questions, min(len(questions), dice.choice((1, 1, 1, 2))))
    return {question["id"]: about(dice, question) for question in some}


def about(dice: Random, question: Made) -> Any:
    """What a condition can ask about the answer to one question."""
    states = [word for word, key in OFFERED if key in question]
    kind = question["type"]
    if kind == "text" or dice.random() < 0.15:
        words = ["answered", *states]
        return dice.choice([*words, words[1:] or "answered"])
    if made_to_count_back(question):
        return {"within": dice.choice(("10 days", "6 months", "1 year", "13 months"))}
    if question.get("ordered") and dice.random() < 0.5:
        return {dice.choice(("at_least", "at_most")): dice.choice(list(question["options"]))}
    if kind in LIMITED:
        return limits(dice, LIMITED[kind])
    options = list(question.get("options", ("yes", "no")))
    if kind == "many" and dice.random() < 0.5:
        forms: Made = {}
        for form in dice.sample(("all", "none", "count"), dice.choice((1, 1, 1, 2))):
            forms[form] = {dice.choice(("at_least", "at_most")): str(dice.randint(1, 3))} if form == "count" else None
            forms[form] = forms[form] or dice.sample(options, dice.randint(1, 2))
        return forms
    words = dice.sample([*options, *states], dice.choice((1, 1, 2)))
    return words[0] if len(words) == 1 and dice.random() < 0.7 else words


def made_to_count_back(question: Made) -> bool:
    """Whether its limits are counted back from the interview; fixed days may then not stand beside them."""
    return bool(question.get("max") == "today")


def limits(dice: Random, among: tuple[str, ...]) -> Made:
    """One limit, or two."""
    low, high = sorted(dice.choices(range(len(among)), k=2))
    under = {dice.choice(("below", "at_most")): among[high]}
    over = {dice.choice(("above", "at_least")): among[low]}
    return dice.choice((under, over, over | under))


def a_line(dice: Random, number: int, questions: list[Made], steps: list[str]) -> Made:
    """A line of guidance, mostly with a condition."""
    made: Made = {"id": f"line-{number}", "topic": "Care", "says": "Keep the skin cool."}
    if dice.random() < 0.85:
        made["when"] = a_condition(dice, questions, 2, names=True)
    if dice.random() < 0.3:
        made["when_unsure"] = dice.choice(("skip", "skip", "say"))
    if dice.random() < 0.7:
        made["disposition"] = dice.choice(steps)
    if number > 1 and dice.random() < 0.5:
        made["excludes"] = [f"line-{dice.randint(1, number - 1)}"]
    return made


def referrals(dice: Random, questions: list[Made]) -> Any:
    """One referral, or a list whose last is for everyone."""
    more = dice.choice((0, 0, 1, 2))
    some = [
        {"id": f"ref-{n}", "when": a_condition(dice, questions, 1, names=True), "says": dice.choice(REFERRALS)}
        for n in range(1, more + 1)
    ]
    last = {"says": dice.choice(REFERRALS)} | ({"id": "all"} if dice.random() < 0.3 else {})
    return [*some, last] if more else last


def a_promise(dice: Random, number: int, whole: Made) -> Made:
    """A promise with any key; those that never_less_urgent takes too."""
    made: Made = {"id": f"promise-{number}", "because": "It matters."}
    questions, lines = whole["questions"], [line["id"] for line in whole["guidance"]]
    ordered = [entry for question in questions if (entry := in_order(dice, question))]
    if ordered and dice.random() < 0.4:
        return made | {"never_less_urgent": dice.sample(ordered, dice.randint(1, len(ordered)))}
    if dice.random() < 0.85:
        made["when"] = a_condition(dice, questions, 1, names=True)
    if "when" in made and dice.random() < 0.45:
        made["open"] = dice.choice(("included", "left-out"))
    asked, names = [question["id"] for question in questions], [step["id"] for step in whole["dispositions"]]
    sent = [one.get("id", "everyone") for one in listed(whole["referral"])]
    then: Mapping[str, Any] = {
        **{key: dice.choice(names) for key in ("disposition", "disposition_at_least", "disposition_at_most")},
        **{key: dice.sample(lines, dice.randint(1, min(2, len(lines)))) for key in ("guidance", "no_guidance")},
        **{key: dice.sample(asked, dice.randint(1, min(2, len(asked)))) for key in ("asked", "not_asked")},
        "answers": a_condition(dice, questions, 1, names=True),
        "referral": dice.choice(sent),
        "referral_says": dice.choice(("doctor", "professional", "a SKIN specialist", "see a")),
    }
    if dice.random() < 0.4:  # as an author would: who gets this line is promised it, and its next step
        line = dice.choice(whole["guidance"])
        made |= {"when": line["when"]} if "when" in line else {}
        then = {"guidance": [line["id"]], "disposition_at_least": line.get("disposition", names[0])}
    return made | {
        "then": {key: then[key] for key in dice.sample(sorted(then), min(len(then), dice.choice((1, 1, 2, 3))))}
    }


def in_order(dice: Random, question: Made) -> Any:
    """A question as `never_less_urgent` names it, with an order where it needs one."""
    name, kind = question["id"], question["type"]
    options = list(question.get("options", ("yes", "no")))
    return {
        "many": name,
        "yes-no": dice.choice((name, name, {name: dice.sample(options, 2)})),
        "one": {name: dice.sample(options, dice.randint(2, len(options)))},
        **{key: {name: dice.choice(("larger", "smaller"))} for key in ("number", "whole")},
        "date": {name: dice.choice(("later", "earlier"))},
    }.get(kind)


def written(whole: Made) -> str:
    """As YAML, each thing on a line of its own, so that the line of a problem says what it is about."""
    text = ""
    for key, value in whole.items():
        if key in ("questions", "guidance", "dispositions") or (key == "referral" and isinstance(value, list)):
            text += f"{key}:\n" + "".join(f"  - {flow(entry)}\n" for entry in value)
        elif key == "invariants":
            text += f"{key}:\n" + "".join(promise_written(entry) for entry in value)
        else:
            text += f"{key}: {flow(value)}\n"
    return text


def promise_written(promise: Made) -> str:
    """A promise with each key of `then` on its own line."""
    text = ""
    for key, value in promise.items():
        text += f"  {'  ' if text else '- '}{key}:"
        text += "".join(f"\n      {a}: {flow(b)}" for a, b in value.items()) if key == "then" else f" {flow(value)}"
        text += "\n"
    return text


def flow(value: Any) -> str:
    """A value in YAML's short form; sentences in quotes, words without."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {flow(part)}" for key, part in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(flow, value)) + "]"
    return '"' + value.replace("\n", "\\n") + '"' if " " in value else str(value)
