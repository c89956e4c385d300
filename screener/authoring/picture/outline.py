"""The same in words: what the picture shows as nested lists, for those who listen or want every text in full."""

from xml.etree.ElementTree import Element

from screener.authoring.picture.elements import element
from screener.authoring.picture.labels import spelled_out
from screener.authoring.picture.palette import NextStep, next_steps
from screener.authoring.picture.steps import Branch, Line, Run, Step, chart
from screener.engine.answers import RESERVED_WORDS
from screener.rulefile.model import Question, RuleFile

_CHOICE = {"one": "Choose one", "many": "Choose any", "yes-no": "Choose one"}


def outline(into: Element, rules: RuleFile) -> None:
    """Questions with their answers, the guidance these bring up, and the next steps."""
    ways, whole = next_steps(rules), chart(rules, spelled_out(rules))
    element(into, "h2", "Next steps, from the least to the most urgent")
    for way in ways.values():
        _next_step(into, way)
    element(into, "h2", "Questions, one after the other")
    section: str | None = None
    for run in whole.runs:
        section = _run(into, run, section, ways)
    element(into, "h2", "To everyone, last")
    _text(into, "p", rules.referral.says)
    _lines(into, whole.everyone, ways)


def _next_step(into: Element, way: NextStep) -> None:
    held = element(into, "p", class_=f"way {way.tone}")
    element(held, "strong", f"{way.mark}: {way.title}", dir="auto").tail = " "
    element(held, "code", way.id).tail = " "
    element(held, "span", way.says, dir="auto")


def _run(into: Element, run: Run, section: str | None, ways: dict[str, NextStep]) -> str | None:
    """One list for each section; gives the section that it ended in."""
    if run.only_when and len(run.steps) > 1:
        first, last = run.steps[0].number, run.steps[-1].number
        _text(into, "p", f"Questions {first} to {last} are asked only when {run.only_when}.", "lane")
    held: Element | None = None
    for step in run.steps:
        if step.question.section != section and step.question.section:
            _text(into, "h3", step.question.section)
            held = None
        if held is None:
            held = element(into, "ol", start=step.number)
        section = step.question.section
        _step(held, step, ways)
    return section


def _step(into: Element, step: Step, ways: dict[str, NextStep]) -> None:
    item = element(into, "li")
    element(item, "strong", step.question.ask, dir="auto").tail = " "
    element(item, "code", step.question.id)
    if step.only_when:
        _text(item, "p", f"Asked only when {step.only_when}.")
    _text(item, "p", _answers(step.question))
    if step.branches:
        held = element(item, "ul")
        for branch in step.branches:
            _branch(held, branch, ways)


def _answers(question: Question) -> str:
    words = [option.label for option in question.choices.values()]
    words += [RESERVED_WORDS[word] for word in question.reserved]
    kind = _CHOICE.get(question.type, f"Answer with a {question.type}")
    unit = f" ({question.unit})" if question.unit else ""
    return f"{kind}{unit}{': ' if words else ''}{'; '.join(words)}."


def _branch(into: Element, branch: Branch, ways: dict[str, NextStep]) -> None:
    item = element(into, "li")
    _text(item, "span", f"{branch.label}:")
    _lines(item, branch.lines, ways)


def _lines(into: Element, lines: tuple[Line, ...], ways: dict[str, NextStep]) -> None:
    if not lines:
        return
    held = element(into, "ul")
    for line in lines:
        _line(element(held, "li"), line, ways)


def _line(item: Element, line: Line, ways: dict[str, NextStep]) -> None:
    element(item, "code", line.guidance.id).tail = " "
    element(item, "span", f"{line.guidance.topic}: {line.guidance.says}", dir="auto").tail = " "
    if line.possible:
        element(item, "em", "Also said, as something that may apply, when the answer is left open.").tail = " "
    if line.guidance.disposition:
        way = ways[line.guidance.disposition]
        element(item, "span", f"Next step {way.mark}: {way.title}", class_=f"way {way.tone}", dir="auto")


def _text(into: Element, tag: str, text: str, kind: str = "") -> None:
    element(into, tag, text, **({"class_": kind} if kind else {}), dir="auto")
