"""The questionnaire as Mermaid text, which code hosts draw.

Each step is a box of its own, in which the branches run from left to right; the boxes follow each other downwards.
Lines lead from box to box and never into one: only so Mermaid keeps the two directions apart.
"""

from collections.abc import Iterator
from itertools import pairwise

from screener.authoring.picture.escapes import label, plain
from screener.authoring.picture.labels import Names
from screener.authoring.picture.palette import BORDERS, LIGHT, NextStep, next_steps
from screener.authoring.picture.steps import Branch, Run, Step, chart
from screener.rulefile.model import RuleFile

_LAST = "last"
_Ways = dict[str, NextStep]


def mermaid(rules: RuleFile) -> str:
    """The whole questionnaire as a flowchart."""
    whole, ways = chart(rules, Names(rules)), next_steps(rules)
    numbers = {line.id: f"g{number}" for number, line in enumerate(rules.guidance, 1)}
    lines = ["flowchart TD", f"  accTitle: {plain(rules.title)}", *_legend(ways)]
    for run in whole.runs:
        for step in run.steps:
            lines += [*_forks(run, step), *_step(step, numbers, ways)]
    everyone = (Branch("Whatever is answered", whole.everyone),) if whole.everyone else ()
    lines += [*_end(rules.referral.says, everyone, numbers, ways), *_flow(whole.runs, len(rules.questions))]
    return "\n".join([*lines, *_classes(ways)]) + "\n"


def _legend(ways: _Ways) -> Iterator[str]:
    yield '  subgraph steps["Next steps, from the least to the most urgent"]'
    yield "    direction LR"
    for way in ways.values():
        yield f'    {_node(way)}{{{{"{label(f"{way.mark}, {way.id}: {way.title}")}"}}}}:::{way.tone}'
    for less, more in pairwise(ways.values()):
        yield f'    {_node(less)} -.->|"More urgent"| {_node(more)}'
    yield "  end"


def _node(way: NextStep) -> str:
    return f"d{way.place.split(maxsplit=1)[0]}"


def _forks(run: Run, step: Step) -> Iterator[str]:
    """A fork before a run and before a question that have a condition."""
    if run.only_when and step is run.steps[0]:
        yield f'  r{step.number}{{"Go on?"}}'
    if step.only_when:
        yield f'  w{step.number}{{"Ask?"}}'


def _step(step: Step, numbers: dict[str, str], ways: _Ways) -> Iterator[str]:
    title = f"{step.question.section} · {step.number}" if step.question.section else f"Question {step.number}"
    yield f'  subgraph s{step.number}["{label(title)}"]'
    yield "    direction LR"
    yield f'    q{step.number}["{label(f"Question {step.number}, {step.question.id} · {step.question.ask}")}"]'
    yield from _branches(f"q{step.number}", step.branches, numbers, ways)
    yield "  end"


def _end(referral: str, everyone: tuple[Branch, ...], numbers: dict[str, str], ways: _Ways) -> Iterator[str]:
    yield f'  subgraph {_LAST}["To everyone, last"]'
    yield "    direction LR"
    yield f'    q0["{label(f"To everyone · {referral}")}"]'
    yield from _branches("q0", everyone, numbers, ways)
    yield "  end"


def _branches(node: str, branches: tuple[Branch, ...], numbers: dict[str, str], ways: _Ways) -> Iterator[str]:
    """The guidance that leaves a node, and a copy of each next step it leads to, so that lines stay short."""
    leads: dict[str, list[str]] = {}
    for branch in branches:
        yield from _notes(branch, numbers)
        members = " & ".join(numbers[line.guidance.id] for line in branch.lines)
        yield f'    {node} -->|"{label(branch.label)}"| {members}'
        for line in branch.lines:
            if line.guidance.disposition:
                leads.setdefault(line.guidance.disposition, []).append(numbers[line.guidance.id])
    for id, notes in leads.items():
        copy = f"{_node(ways[id])}_{node}"
        yield f'    {copy}{{{{"{label(f"{ways[id].mark}: {ways[id].title}")}"}}}}:::{ways[id].tone}'
        yield f"    {' & '.join(notes)} --> {copy}"


def _notes(branch: Branch, numbers: dict[str, str]) -> Iterator[str]:
    for line in branch.lines:
        text = f"{line.guidance.id}{' ?' if line.possible else ''} · {line.guidance.topic}"
        yield f'    {numbers[line.guidance.id]}("{label(text)}"):::note'


def _flow(runs: tuple[Run, ...], count: int) -> Iterator[str]:
    """From step to step, past those whose condition does not hold."""
    entry = {step.number: _entry(run, step) for run in runs for step in run.steps} | {count + 1: _LAST}
    yield f"  steps ~~~ {entry[1]}"
    for run in runs:
        first, last = run.steps[0], run.steps[-1]
        if run.only_when:
            yield from _fork(f"r{first.number}", run.only_when, _own_entry(first), entry[last.number + 1])
        for step in run.steps:
            if step.only_when:
                yield from _fork(f"w{step.number}", step.only_when, f"s{step.number}", entry[step.number + 1])
            yield f"  s{step.number} ==> {entry[step.number + 1]}"


def _entry(run: Run, step: Step) -> str:
    """The node that leads to a step from the one before it."""
    return f"r{step.number}" if run.only_when and step is run.steps[0] else _own_entry(step)


def _own_entry(step: Step) -> str:
    return f"w{step.number}" if step.only_when else f"s{step.number}"


def _fork(node: str, only_when: str, ahead: str, past: str) -> Iterator[str]:
    yield f'  {node} ==>|"{label(f"Only when {only_when}")}"| {ahead}'
    yield f'  {node} -.->|"Otherwise"| {past}'


def _classes(ways: _Ways) -> Iterator[str]:
    """Colours with their own text colour, so that they can be read on a dark page too."""
    ink, ground = LIGHT["note"]
    yield f"  classDef note fill:{ground},color:{ink},stroke:{LIGHT['topic'][0]}"
    for tone in dict.fromkeys(way.tone for way in ways.values()):
        (ink, ground), (width, *dashes) = LIGHT[tone], BORDERS[tone].split()
        dashed = f",stroke-dasharray:{' '.join(dashes)}" if dashes else ""
        yield f"  classDef {tone} fill:{ground},color:{ink},stroke:{ink},stroke-width:{width}px{dashed}"
