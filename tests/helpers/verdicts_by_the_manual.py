"""What `rules check` is to find in a small rule file, by trying every set of answers; see by_the_manual.

A verdict is a tuple: the code, then what it is about. A broken promise is named with the key under `then`, and of a key
that takes a list with the entry; one that holds for certain answers only is named once.
"""

from collections.abc import Callable, Iterator
from itertools import combinations
from typing import Any

from by_the_manual import OPEN, UNSURE, Answers, Data, Outcome, Rules, Truth, Value, listed

Verdict = tuple[str, ...]
LISTS = ("guidance", "no_guidance", "asked", "not_asked")


def verdicts(rules: Rules) -> set[Verdict]:
    """Everything that is wrong, by the manual."""
    everyone = [(answers, rules.outcome(answers)) for answers in rules.complete()]
    found = {*never(rules, everyone), *said(rules, everyone), *left_open(rules, everyone)}
    for promise in rules.promises:
        if "then" in promise:
            found |= set(broken(rules, promise, everyone))
        else:
            found |= set(less_urgent(rules, promise))
    return found


def never(rules: Rules, everyone: list[tuple[Answers, Outcome]]) -> Iterator[Verdict]:
    """What nobody is asked, told, led to or sent to."""
    asked = {question for answers, _ in everyone for question in answers}
    heard = {line for _, outcome in everyone for line in outcome.said}
    reached, referred = {outcome.step for _, outcome in everyone}, {outcome.referral for _, outcome in everyone}
    yield from (("never-asked", question) for question in rules.questions if question not in asked)
    yield from (("never-said", line) for line in rules.lines if line not in heard)
    yield from (("never-reached", step) for step in rules.steps if step not in reached)
    names = [one.get("id", "everyone") for one in rules.referrals]
    yield from (("never-referred", name) for name in names if name not in referred)


def said(rules: Rules, everyone: list[tuple[Answers, Outcome]]) -> Iterator[Verdict]:
    """What everyone is told, what is told together, and whether someone is told nothing."""
    lines = rules.lines
    for name, line in lines.items():
        if "when" in line and all(name in outcome.said for _, outcome in everyone):
            yield ("always-said", name)
    for one, two in combinations(lines, 2):
        apart = two in lines[one].get("excludes", []) or one in lines[two].get("excludes", [])
        if apart and any({one, two} <= outcome.said for _, outcome in everyone):
            yield ("said-together", *sorted((one, two)))
    if any(not outcome.said for _, outcome in everyone):
        yield ("nothing-said",)


def left_open(rules: Rules, everyone: list[tuple[Answers, Outcome]]) -> Iterator[Verdict]:
    """What only comes up because of open answers that its condition does not name, and follow-ups without a way out."""
    sent = {one.get("id", "everyone"): one for one in rules.referrals if "when" in one}
    for name, thing in [*rules.questions.items(), *rules.lines.items(), *sent.items()]:
        counts = (True,) if name in sent or thing.get("when_unsure") == "skip" else (True, None)
        comes = [answers for answers, _ in everyone if rules.decide(thing.get("when"), answers) in counts]
        named = open_by_name(rules, thing.get("when"))
        real = (answers for answers in comes if named >= {one for one in answers.items() if one[1] in OPEN})
        if comes and not any(rules.decide(thing.get("when"), answers) for answers in real):
            yield ("only-if-open", name)
        way_out = name not in rules.questions or any(rules.allows(name, word) for word in OPEN)
        if not way_out and any(pressed(rules, thing["when"], answers) for answers in comes if "when" in thing):
            yield ("no-way-out", name)


def pressed(rules: Rules, when: Any, answers: Answers) -> bool:
    """Whether a condition is unknown for someone who kept back an answer, and for no other reason."""
    spoken = {key: word for key, word in answers.items() if speaks(rules, when, key)}
    only = UNSURE not in spoken.values()
    return only and rules.decide(when, answers) is None


def speaks(rules: Rules, what: Any, question: str) -> bool:
    """Whether a condition speaks of a question."""
    if isinstance(what, list):
        return any(speaks(rules, part, question) for part in what)
    parts = what.items() if isinstance(what, dict) else ()
    return any(
        key == question or speaks(rules, rules.data["conditions"][part] if key == "is" else part, question)
        for key, part in parts
    )


def open_by_name(rules: Rules, what: Any) -> set[tuple[str, Any]]:
    """The open answers that a condition asks for, it and those of the questions that it speaks of."""
    if isinstance(what, list):
        return {one for part in what for one in open_by_name(rules, part)}
    found: set[tuple[str, Any]] = set()
    for key, part in what.items() if isinstance(what, dict) else ():
        if key == "is":
            found |= open_by_name(rules, rules.data["conditions"][part])
        elif key in rules.questions:
            words = listed(part)
            found |= {(key, word) for word in OPEN if word in words or "answered" in words}
            found |= open_by_name(rules, rules.questions[key].get("when"))
        else:
            found |= open_by_name(rules, part)
    return found


def meant(rules: Rules, promise: Data, answers: Answers) -> Truth:
    """Whether a promise is for someone with these answers; open where that is unknown and nothing settles it."""
    guard = rules.decide(promise.get("when"), answers)
    return guard if guard is not None else {"included": True, "left-out": False}.get(promise.get("open", ""))


def broken(rules: Rules, promise: Data, everyone: list[tuple[Answers, Outcome]]) -> Iterator[Verdict]:
    """How a promise with `then` is broken: for someone whom it is for, or only for someone for whom that is open."""
    if not any(rules.decide(promise.get("when"), answers) for answers, _ in everyone):
        yield ("empty-promise", promise["id"])
        return
    whom = [meant(rules, promise, answers) for answers, _ in everyone]
    certain, maybe = set[Verdict](), False
    claims = [(key, item) for key, what in promise["then"].items() for item in items(key, what)]
    for key, item in claims:
        kept = [keeps(rules, key, item, *one) for one in everyone]
        breaks = {guard for guard, good in zip(whom, kept, strict=True) if not good}
        named = (promise["id"], key, item) if key in LISTS else (promise["id"], key)
        certain |= {named} if True in breaks else set()
        maybe |= None in breaks
    yield from (("broken-promise", *named) for named in certain)
    if maybe and not certain:
        yield ("certain-only", promise["id"])


def items(key: str, what: Any) -> list[Any]:
    """What one key under `then` promises, one by one."""
    return listed(what) if key in LISTS else [what]


def keeps(rules: Rules, key: str, what: Any, answers: Answers, outcome: Outcome) -> bool:
    """Whether one thing that is promised is so."""
    urgency = rules.steps.index
    if key == "answers":
        return rules.decide(what, answers) is True
    if key == "referral_says":
        return " ".join(what.casefold().split()) in " ".join(outcome.referral_says.casefold().split())
    ways: dict[str, Callable[[], bool]] = {
        "disposition": lambda: outcome.step == what,
        "disposition_at_least": lambda: urgency(outcome.step) >= urgency(what),
        "disposition_at_most": lambda: urgency(outcome.step) <= urgency(what),
        "guidance": lambda: what in outcome.said,
        "no_guidance": lambda: what not in outcome.said,
        "asked": lambda: what in answers,
        "not_asked": lambda: what not in answers,
        "referral": lambda: outcome.referral == what,
    }
    return ways[key]()


def less_urgent(rules: Rules, promise: Data) -> Iterator[Verdict]:
    """Questions of `never_less_urgent` where more risk makes the next step calmer, or where there is no more risk."""
    for entry in promise["never_less_urgent"]:
        name, order = next(iter(entry.items())) if isinstance(entry, dict) else (entry, None)
        compared = list(pairs(rules, name, order))
        if not compared:
            yield ("empty-promise", promise["id"], name)
        if any(calmer(rules, *pair) for pair in compared):
            yield ("less-urgent", promise["id"], name)


def calmer(rules: Rules, less: Answers, more: Answers) -> bool:
    """Whether the second person ends with a less urgent next step than the first."""
    return rules.steps.index(rules.outcome(more).step) < rules.steps.index(rules.outcome(less).step)


def pairs(rules: Rules, name: str, order: Any) -> Iterator[tuple[Answers, Answers]]:
    """Any two people of whom the second answers one question with more risk, and all else that both are asked alike."""
    values = {question: list(rules.values(question)) for question in rules.questions}

    def onward(left: list[str], less: Answers, more: Answers) -> Iterator[tuple[Answers, Answers]]:
        if not left:
            if name in less and name in more:
                yield less, more
            return
        question, rest = left[0], left[1:]
        ways: list[tuple[Value | None, Value | None]]
        asked = rules.asked(question, less), rules.asked(question, more)
        if asked == (True, True) and question == name:
            ways = [(a, b) for a in values[name] for b in values[name] if riskier(rules, name, order, a, b)]
        elif asked == (True, True):
            ways = [(value, value) for value in values[question]]
        else:
            ways = [(a, b) for a in some(asked[0], values[question]) for b in some(asked[1], values[question])]
        for a, b in ways:
            yield from onward(rest, with_answer(less, question, a), with_answer(more, question, b))

    yield from onward(list(rules.questions), {}, {})


def some(asked: bool, values: list[Value]) -> list[Value] | list[None]:
    """The answers to a question, or none where it is not asked."""
    return values if asked else [None]


def with_answer(answers: Answers, question: str, value: Value | None) -> Answers:
    """One answer more, if there is one."""
    return answers if value is None else {**answers, question: value}


def riskier(rules: Rules, name: str, order: Any, less: Value, more: Value) -> bool:
    """Whether one answer is more risk than another."""
    question = rules.questions[name]
    if less in OPEN:
        return False
    if question["type"] == "many":
        alone = rules.alone(name)
        assert isinstance(less, frozenset)
        return bool(less & alone) if more in OPEN else less - alone < set(more) - alone  # type: ignore[arg-type]
    if question["type"] in ("number", "whole", "date"):
        up = order in ("larger", "later")
        if more in OPEN:
            values = [value for value in rules.values(name) if value not in OPEN]
            return bool(less == (min(values) if up else max(values)))
        return bool(less < more if up else more < less)  # type: ignore[operator]
    ranks = order or ["no", "yes"]
    if more in OPEN:
        return bool(less == ranks[0])
    return less in ranks and more in ranks and ranks.index(less) < ranks.index(more)
