"""The counts of a batch as a page: how often each next step and each line came. Small groups are not shown."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from screener.engine.addressed import in_general
from screener.ground.files import read_text
from screener.ground.hiding import LEAST, Size, hidden
from screener.ground.pages import page, picture
from screener.rulefile.model import Guidance, RuleFile
from screener.tables.out.counts import Counts
from screener.tables.out.plots import bars

_TEMPLATE, _STYLE = Path(__file__).with_name("report.html"), Path(__file__).with_name("report.css")
_HIDDEN = (
    f"Groups of fewer than {LEAST} people are not shown (–). Where the size of one could be told from the others, "
    "these are not shown either."
)
_NOT_SHOWN = "–"
_WORDS = 8


class ReportRow(NamedTuple):
    """What is counted, and its numbers."""

    label: str
    cells: tuple[str, ...]


class ReportPart(NamedTuple):
    """A table with its heading, and a plot of it."""

    heading: str
    what: str
    columns: tuple[str, ...]
    rows: tuple[ReportRow, ...]
    plot: str


def report(rules: RuleFile, found: Counts) -> str:
    """The whole page; it needs nothing beside it, and makes no request."""
    general = in_general(rules)
    return page(
        read_text(_TEMPLATE),
        read_text(_STYLE),
        language="en",
        title=general.title,
        people=_people(found),
        rules=f"Counted for {rules.id} {rules.version} ({rules.sha256[:12]}).",
        hidden=_HIDDEN,
        parts=[_steps(general, found), *_topics(general, found)],
    )


def _people(found: Counts) -> str:
    shown = _sizes((found.incomplete, found.people - found.incomplete), found.people)
    return f"{found.people:,} people; {_text(shown[0])} of them lack answers."


def _sizes(sizes: Sequence[int], people: int) -> list[int | None]:
    """The sizes of groups into which everybody falls, None for those that must not be shown."""
    out_of_sight = hidden([Size(size) for size in sizes], people)
    return [None if place in out_of_sight else size for place, size in enumerate(sizes)]


def _text(size: int | None) -> str:
    return _NOT_SHOWN if size is None else f"{size:,}"


def _share(size: int | None, people: int) -> str:
    return _NOT_SHOWN if size is None or not people else f"{100 * size / people:.0f} %"


def _steps(rules: RuleFile, found: Counts) -> ReportPart:
    titles = [step.title for step in rules.dispositions]
    sizes = _sizes([found.steps[step.id] for step in rules.dispositions], found.people)
    rows = [
        ReportRow(title, (_text(size), _share(size, found.people))) for title, size in zip(titles, sizes, strict=True)
    ]
    drawn = picture(bars(titles, {"people": sizes}))
    return ReportPart("Next steps", "Next step", ("people", "share"), tuple(rows), drawn)


def _topics(rules: RuleFile, found: Counts) -> Iterator[ReportPart]:
    for topic in dict.fromkeys(line.topic for line in rules.guidance):
        lines = [line for line in rules.guidance if line.topic == topic]
        sizes = [_of_a_line(found, line) for line in lines]
        labels = [_label(line) for line in lines]
        rows = [
            ReportRow(label, (_text(said), _text(possible), _share(said, found.people)))
            for label, (said, possible) in zip(labels, sizes, strict=True)
        ]
        values = {"said": [said for said, _ in sizes], "possible": [possible for _, possible in sizes]}
        drawn = picture(bars(labels, values))
        yield ReportPart(topic, "What is said", ("said", "possible", "share said"), tuple(rows), drawn)


def _of_a_line(found: Counts, line: Guidance) -> tuple[int | None, int | None]:
    said, possible = found.lines[line.id]
    shown = _sizes((said, possible, found.people - said - possible), found.people)
    return shown[0], shown[1]


def _label(line: Guidance) -> str:
    """The title of a line, or its first words."""
    words = line.says.split()
    return line.title or " ".join(words[:_WORDS]) + (" …" if len(words) > _WORDS else "")
