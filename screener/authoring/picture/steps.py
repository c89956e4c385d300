"""A rule file as steps: each question with the branches that leave it. Every drawing is made from these."""

from collections.abc import Iterator
from functools import cache
from itertools import takewhile
from typing import NamedTuple

from screener.authoring.picture.labels import Names, on_branch, sentence
from screener.rulefile.conditions.describe import asked
from screener.rulefile.conditions.tree import All, Condition
from screener.rulefile.model import Guidance, Question, RuleFile


class Line(NamedTuple):
    """A guidance line. `left_open` when an unsure or declined answer can leave unknown whether it is said."""

    guidance: Guidance
    left_open: bool

    @property
    def possible(self) -> bool:
        """Whether it is then said as something that may apply."""
        return self.left_open and self.guidance.when_unsure == "say"


class Branch(NamedTuple):
    """An answer in words, and the guidance lines it leads to."""

    label: str
    lines: tuple[Line, ...]


class Stage(NamedTuple):
    """A question; `asked` in words is its own condition, without what its run says already."""

    number: int
    question: Question
    asked: str | None
    branches: tuple[Branch, ...]


class Run(NamedTuple):
    """Steps that follow each other and share a condition, said once; `others` says what is asked of everyone else."""

    asked: str | None
    others: str
    steps: tuple[Stage, ...]


def chart(rules: RuleFile, names: Names) -> tuple[tuple[Run, ...], tuple[Line, ...]]:
    """What is asked, each guidance line beside the last question it depends on; and what everyone hears."""
    placed = _placed(rules)
    everyone = tuple(Line(line, False) for line in placed.pop("", []))
    return tuple(_run(names, placed, *shared) for shared in _shared(names)), everyone


def _placed(rules: RuleFile) -> dict[str, list[Guidance]]:
    """The guidance lines by the last question they depend on; under "" those that depend on none."""
    placed: dict[str, list[Guidance]] = {}
    for line in rules.guidance:
        about = line.when.references() if line.when else frozenset()
        placed.setdefault(max(about, key=rules.position.__getitem__, default=""), []).append(line)
    return placed


def _shared(names: Names) -> Iterator[tuple[Condition | None, list[Question]]]:
    """Runs of questions with the longest-lasting part of their condition in common; None where nothing is shared.

    A part that an answer can leave open is shared only by questions that have no other: of it is said that they are
    asked then too, and another part may forbid that.
    """
    questions, start = names.rules.questions, 0
    parts = [dict.fromkeys(_parts(question.when)) for question in questions]
    in_doubt = cache(names.doubt.about)
    while start < len(questions):
        reach = {part: _reach(part, parts, start, in_doubt(part)) for part in parts[start]}
        longest = max([1, *reach.values()])
        shared = next((part for part in reach if longest > 1 and reach[part] == longest), None)
        yield shared, list(questions[start : start + longest])
        start += longest


def _reach(part: Condition, parts: list[dict[Condition, None]], start: int, alone: bool) -> int:
    """How many conditions from this one on have the part; `alone` where they may have no other."""
    return sum(1 for _ in takewhile(lambda at: _shares(part, parts[at], alone), range(start, len(parts))))


def _shares(part: Condition, own: dict[Condition, None], alone: bool) -> bool:
    return part in own and (len(own) == 1 or not alone)


def _parts(when: Condition | None) -> tuple[Condition, ...]:
    """What must hold all at once."""
    if isinstance(when, All):
        return tuple(inner for part in when.parts for inner in _parts(part))
    return () if when is None else (when,)


def _run(names: Names, placed: dict[str, list[Guidance]], shared: Condition | None, members: list[Question]) -> Run:
    rules = names.rules
    steps = []
    for one in members:
        branches = _branches(one.id, placed.get(one.id, []), names)
        steps.append(Stage(rules.position[one.id] + 1, one, _who(names, shared, one), branches))
    if shared is None:
        return Run(None, "", tuple(steps))
    return Run(_asked(shared, names), _others(rules, steps[-1].number), tuple(steps))


def _who(names: Names, shared: Condition | None, question: Question) -> str | None:
    """Who is asked, as far as the run does not say it; all of it where an open answer is enough to be asked."""
    parts = _parts(question.when)
    own = tuple(part for part in parts if part != shared)
    if not own:
        return None
    return _asked(_all(parts if names.doubt.about(_all(own)) else own), names)


def _all(parts: tuple[Condition, ...]) -> Condition:
    return parts[0] if len(parts) == 1 else All(parts)


def _asked(when: Condition, names: Names) -> str:
    """Who is asked: also those whose open answers leave the condition unknown."""
    return asked(sentence(when, names), names.doubt.about(when))


def _others(rules: RuleFile, last: int) -> str:
    """What is asked next of those who are asked none of a run that ends with this number."""
    if last == len(rules.questions):
        return "Everyone else goes on to the end."
    if rules.questions[last].when is None:
        return f"Everyone else goes on to question {last + 1}."
    return f"Everyone else skips them; question {last + 1} has a condition of its own."


def _branches(question: str, guidance: list[Guidance], names: Names) -> tuple[Branch, ...]:
    """The lines beside a question, those with one and the same condition on one branch."""
    same: dict[Condition, list[Line]] = {}
    for line in guidance:
        if line.when is not None:
            same.setdefault(line.when, []).append(Line(line, names.doubt.about(line.when)))
    return tuple(Branch(on_branch(when, question, names), tuple(lines)) for when, lines in same.items())
