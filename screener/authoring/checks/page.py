"""What the manual says of a code: what it means, and an example with the fault and one without."""

from typing import NamedTuple

from screener.authoring.checks.remark import Remark, Route
from screener.ground.problems import Level


class Example(NamedTuple):
    """A piece of a rule file; what it leaves out is filled in by `whole`. `sources` is a piece of a sources file."""

    rules: str
    sources: str = ""


class Page(NamedTuple):
    """One code of the checks: the text in plain words, and two examples that the check itself must tell apart."""

    code: str
    level: Level
    text: str
    bad: Example
    good: Example

    def remark(self, message: str, route: Route, help: str = "", in_sources: bool = False) -> Remark:
        """A finding with this page's code and level."""
        return Remark(self.code, message, route, help, self.level, in_sources)


_FRAME = {
    "format": "format: 1",
    "id": "id: example",
    "version": "version: 1.0.0",
    "title": "title: An example",
    "language": "language: en",
    "questions": "questions:\n  - {id: itch, type: yes-no, ask: Does your skin itch?}",
    "guidance": "guidance:\n  - {id: care, topic: Care, says: Keep the skin cool.}\n"
    "  - {id: itchy, topic: Care, when: {itch: yes}, says: Say since when it itches.}",
    "dispositions": "dispositions:\n  - {id: consult, title: Talk to a professional, says: They look at your skin.}",
    "referral": "referral: {says: Please see a certified professional.}",
}
_SOURCES_FRAME = {
    "format": "format: 1",
    "documents": "documents:\n  leaflet: {title: A leaflet}",
}


def whole(example: Example) -> str:
    """The example as a rule file that can be loaded."""
    return _filled(
        example.rules, {**_FRAME, **({"sources": "sources: example.sources.yaml"} if example.sources else {})}
    )


def whole_sources(example: Example) -> str:
    """The sources file that belongs to the example."""
    return _filled(example.sources, _SOURCES_FRAME)


def _filled(text: str, frame: dict[str, str]) -> str:
    written = {line.partition(":")[0] for line in text.splitlines()}
    return "\n".join([*(part for key, part in frame.items() if key not in written), text.strip()]) + "\n"
