"""The questionnaire as Mermaid text, which code hosts draw.

Each step is a box of its own, in which the branches run from left to right; the boxes follow each other downwards.
Lines lead from box to box and never into one: only so Mermaid keeps the two directions apart.
"""

from collections.abc import Iterator
from itertools import pairwise

from screener.authoring.picture.labels import Names, sentence
from screener.authoring.picture.steps import Branch, Run, Stage, chart
from screener.authoring.picture.tones import TONES, NextStep, next_steps
from screener.engine.addressed import in_general
from screener.ground.safetext import one_line
from screener.ground.wrapping import lines as wrapped
from screener.rulefile.model import RuleFile

_LAST = "last"
#: A question up to so many cells is quoted on a branch; a longer one goes by its number and id.
_SHORT = 34
#: How long a label may be, in cells; the page has every text in full.
_LONGEST = 300
#: ASCII signs that mean nothing to Mermaid, Markdown or HTML. A point could make a list or an address of its word.
_SAFE = frozenset(" ,?!-")
_Ways = dict[str, NextStep]


def mermaid(rules: RuleFile) -> str:
    """The whole questionnaire as a flowchart."""
    rules = in_general(rules)
    names, ways = Names(rules, _SHORT), next_steps(rules)
    runs, everyone = chart(rules, names)
    numbers = {line.id: f"g{number}" for number, line in enumerate(rules.guidance, 1)}
    lines = ["flowchart TD", f"  accTitle: {_plain(rules.title)}", *_legend(ways)]
    for run in runs:
        for step in run.steps:
            lines += [*_forks(run, step), *_step(step, numbers, ways)]
    last = (Branch("Whatever is answered", everyone),) if everyone else ()
    lines += [*_end(names, last, numbers, ways), *_flow(runs, len(rules.questions))]
    return "\n".join([*lines, *_classes(ways)]) + "\n"


def _legend(ways: _Ways) -> Iterator[str]:
    yield '  subgraph steps["Next steps, from the least to the most urgent"]'
    yield "    direction LR"
    for way in ways.values():
        yield f'    d{way.rank}{{{{"{_label(f"{way.mark}, {way.id}: {way.title}")}"}}}}:::{way.tone}'
    for less, more in pairwise(ways.values()):
        yield f'    d{less.rank} -.->|"More urgent"| d{more.rank}'
    yield "  end"


def _forks(run: Run, step: Stage) -> Iterator[str]:
    """A fork before a run and before a question that have a condition."""
    if run.asked and step is run.steps[0]:
        yield f'  r{step.number}{{"Go on?"}}'
    if step.asked:
        yield f'  w{step.number}{{"Ask?"}}'


def _step(step: Stage, numbers: dict[str, str], ways: _Ways) -> Iterator[str]:
    title = f"{step.question.section} · {step.number}" if step.question.section else f"Question {step.number}"
    yield f'  subgraph s{step.number}["{_label(title)}"]'
    yield "    direction LR"
    yield f'    q{step.number}["{_label(f"Question {step.number}, {step.question.id} · {step.question.ask}")}"]'
    yield from _branches(f"q{step.number}", step.branches, numbers, ways)
    yield "  end"


def _end(names: Names, everyone: tuple[Branch, ...], numbers: dict[str, str], ways: _Ways) -> Iterator[str]:
    yield f'  subgraph {_LAST}["To everyone, last"]'
    yield "    direction LR"
    *some, other = names.rules.referrals
    yield f'    q0["{_label("To everyone, one of these" if some else f"To everyone · {other.says}")}"]'
    for number, one in enumerate([*some, other] if some else (), 1):
        who = "Everyone else" if one.when is None else f"Only when {sentence(one.when, names)}"
        yield f'    e{number}("{_label(one.says)}"):::note'
        yield f'    q0 -->|"{_label(who)}"| e{number}'
    yield from _branches("q0", everyone, numbers, ways)
    yield "  end"


def _branches(node: str, branches: tuple[Branch, ...], numbers: dict[str, str], ways: _Ways) -> Iterator[str]:
    """The guidance that leaves a node, and a copy of each next step it leads to, so that lines stay short."""
    leads: dict[str, list[str]] = {}
    for branch in branches:
        for line, note in [(line, numbers[line.guidance.id]) for line in branch.lines]:
            text = f"{line.guidance.id}{' ?' if line.possible else ''} · {line.guidance.topic}"
            yield f'    {note}("{_label(text)}"):::note'
            if line.guidance.disposition:
                leads.setdefault(line.guidance.disposition, []).append(note)
        members = " & ".join(numbers[line.guidance.id] for line in branch.lines)
        yield f'    {node} -->|"{_label(branch.label)}"| {members}'
    for way, notes in [(ways[id], notes) for id, notes in leads.items()]:
        copy = f"d{way.rank}_{node}"
        yield f'    {copy}{{{{"{_label(f"{way.mark}: {way.title}")}"}}}}:::{way.tone}'
        yield f"    {' & '.join(notes)} --> {copy}"


def _flow(runs: tuple[Run, ...], count: int) -> Iterator[str]:
    """From step to step, past those whose condition does not hold."""
    own = {step.number: f"{'w' if step.asked else 's'}{step.number}" for run in runs for step in run.steps}
    before = {run.steps[0].number: f"r{run.steps[0].number}" for run in runs if run.asked}
    entry = own | before | {count + 1: _LAST}
    yield f"  steps ~~~ {entry[1]}"
    for run in runs:
        first, last = run.steps[0].number, run.steps[-1].number
        if run.asked:
            yield from _fork(f"r{first}", run.asked, own[first], entry[last + 1])
        for step in run.steps:
            if step.asked:
                yield from _fork(own[step.number], step.asked, f"s{step.number}", entry[step.number + 1])
            yield f"  s{step.number} ==> {entry[step.number + 1]}"


def _fork(node: str, asked: str, ahead: str, past: str) -> Iterator[str]:
    yield f'  {node} ==>|"{_label(f"{asked[:1].upper()}{asked[1:]}")}"| {ahead}'
    yield f'  {node} -.->|"Otherwise"| {past}'


def _classes(ways: _Ways) -> Iterator[str]:
    """Colours with their own text colour, so that they can be read on a dark page too."""
    yield "  classDef note fill:#ffffff,color:#1b1f24,stroke:#4d5560"
    for name in dict.fromkeys(way.tone for way in ways.values()):
        (ink, ground), (width, dashes) = TONES[name].light, TONES[name].border
        dashed = f",stroke-dasharray:{dashes}" if dashes else ""
        yield f"  classDef {name} fill:{ground},color:{ink},stroke:{ink},stroke-width:{width}px{dashed}"


def _label(text: str) -> str:
    """The text as it may stand between the quotes of a label."""
    return "".join(letter if _harmless(letter) else f"#{ord(letter)};" for letter in _cut(text))


def _plain(text: str) -> str:
    """The text for places where entity codes are not read: with blanks for all that could mean something."""
    return " ".join("".join(letter if _harmless(letter) else " " for letter in _cut(text)).split())


def _harmless(letter: str) -> bool:
    # The last one begins Mermaid's own form of entity codes.
    return letter.isalnum() or letter in _SAFE if letter.isascii() else letter != "\ufb02"


def _cut(text: str) -> str:
    """The text up to its longest; what is left out shows as `…`."""
    first, *more = wrapped(one_line(text[: 4 * _LONGEST]), _LONGEST)
    return f"{wrapped(first, _LONGEST - 1)[0].rstrip()}…" if more else first
