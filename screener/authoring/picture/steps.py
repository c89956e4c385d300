"""A rule file as steps: each question with the branches that leave it. Every drawing is made from these."""

from collections.abc import Iterator
from itertools import takewhile
from typing import NamedTuple

from screener.authoring.picture.labels import Names, may_stay_open, on_branch, sentence
from screener.rulefile.conditions.tree import All, Condition
from screener.rulefile.model import Guidance, Question, RuleFile


class Line(NamedTuple):
    """A guidance line. `possible` when an open answer can bring it up as possible."""

    guidance: Guidance
    possible: bool


class Branch(NamedTuple):
    """An answer in words, and the guidance lines it leads to."""

    label: str
    lines: tuple[Line, ...]


class Step(NamedTuple):
    """A question; `only_when` in words is its own condition, without what its run says already."""

    number: int
    question: Question
    only_when: str | None
    branches: tuple[Branch, ...]


class Run(NamedTuple):
    """Steps that follow each other and share a condition, said once."""

    only_when: str | None
    steps: tuple[Step, ...]


class Chart(NamedTuple):
    """A whole questionnaire: what is asked, and what everyone hears whatever they answer."""

    runs: tuple[Run, ...]
    everyone: tuple[Line, ...]


def chart(rules: RuleFile, names: Names) -> Chart:
    """The questionnaire as steps, each guidance line beside the last question it depends on."""
    placed = _placed(rules)
    everyone = tuple(_line(line, names) for line in placed.pop("", []))
    runs = tuple(_run(rules, names, placed, shared, members) for shared, members in _shared(list(rules.questions)))
    return Chart(runs, everyone)


def _placed(rules: RuleFile) -> dict[str, list[Guidance]]:
    """The guidance lines by the last question they depend on; under "" those that depend on none."""
    placed: dict[str, list[Guidance]] = {}
    for line in rules.guidance:
        about = line.when.references() if line.when else frozenset()
        placed.setdefault(max(about, key=rules.position.__getitem__, default=""), []).append(line)
    return placed


def _shared(questions: list[Question]) -> Iterator[tuple[Condition | None, list[Question]]]:
    """Runs of questions with the longest-lasting part of their condition in common; None where nothing is shared."""
    parts = {question.id: _parts(question.when) for question in questions}
    while questions:
        reach = {part: _reach(part, questions, parts) for part in parts[questions[0].id]}
        longest = max(reach.values(), default=1)
        shared = next((part for part in reach if longest > 1 and reach[part] == longest), None)
        yield shared, questions[:longest]
        questions = questions[longest:]


def _reach(part: Condition, questions: list[Question], parts: dict[str, tuple[Condition, ...]]) -> int:
    return sum(1 for _ in takewhile(lambda question: part in parts[question.id], questions))


def _parts(when: Condition | None) -> tuple[Condition, ...]:
    """What must hold all at once."""
    if isinstance(when, All):
        return tuple(inner for part in when.parts for inner in _parts(part))
    return () if when is None else (when,)


def _run(
    rules: RuleFile, names: Names, placed: dict[str, list[Guidance]], shared: Condition | None, members: list[Question]
) -> Run:
    steps = tuple(
        Step(
            rules.position[question.id] + 1,
            question,
            _own(question, shared, names),
            _branches(question.id, placed.get(question.id, []), names),
        )
        for question in members
    )
    return Run(sentence(shared, names) if shared else None, steps)


def _own(question: Question, shared: Condition | None, names: Names) -> str | None:
    if shared is None:  # the condition as it is written, whatever its shape
        return sentence(question.when, names) if question.when else None
    own = tuple(part for part in _parts(question.when) if part != shared)
    return sentence(own[0] if len(own) == 1 else All(own), names) if own else None


def _branches(question: str, guidance: list[Guidance], names: Names) -> tuple[Branch, ...]:
    """The lines beside a question, those with one and the same condition on one branch."""
    same: dict[Condition, list[Guidance]] = {}
    for line in guidance:
        if line.when is not None:
            same.setdefault(line.when, []).append(line)
    return tuple(
        Branch(on_branch(when, question, names), tuple(_line(line, names) for line in members))
        for when, members in same.items()
    )


def _line(line: Guidance, names: Names) -> Line:
    open_ = line.when is not None and line.when_unsure == "say" and may_stay_open(line.when, names)
    return Line(line, open_)
