"""The terminal that prompts are drawn on, and how they look there."""

from typing import Any, NamedTuple

from prompt_toolkit.input import Input
from prompt_toolkit.output import ColorDepth, Output
from questionary import Style

from screener.ground.safetext import visible
from screener.ground.wrapping import lines

#: Pointers and marks are characters, so that nothing is said by colour alone.
POINTER = "›"
#: The one colour of the prompts, which can be read on white as well as on black. It says nothing by itself.
ACCENT = "#875fd7"
_BOLD = ("question", "pointer", "highlighted")
_ACCENTED = ("pointer", "mark", "done")
_IN_COLOURS_OF_ITS_OWN = (ColorDepth.DEPTH_8_BIT, ColorDepth.DEPTH_24_BIT)


def look(color: bool, depth: ColorDepth) -> Style:
    """Bold, italic and the accent; nothing of it where there is to be no colour.

    With sixteen colours a terminal shows what its owner has set for the nearest one, which may be hard to see.
    """
    if not color:
        return Style([(name, "noinherit") for name in (*_BOLD, *_ACCENTED, "answer")])
    accent = ACCENT if depth in _IN_COLOURS_OF_ITS_OWN else ""
    return Style(
        [
            *((name, "noinherit bold") for name in _BOLD),
            ("instruction", "italic"),
            ("answer", "noinherit"),
            *((name, accent) for name in _ACCENTED),
        ]
    )


class Screen(NamedTuple):
    """Where prompts are drawn and keys come from; `input` None is the terminal of this process."""

    output: Output
    input: Input | None
    style: Style

    @property
    def width(self) -> int:
        """The cells of a line that texts may fill, from 20 to 79."""
        return max(20, min(self.output.get_size().columns, 80) - 1)

    @property
    def height(self) -> int:
        """The rows that may be drawn on, at least one."""
        return max(1, self.output.get_size().rows)

    @property
    def looks(self) -> dict[str, Any]:
        """What every prompt of questionary is told about its terminal."""
        told = {"qmark": "", "style": self.style, "output": self.output}
        return {**told, "input": self.input} if self.input else told

    def lines(self, *texts: str) -> list[str]:
        """The texts below one another in wrapped lines, set in by one blank; none for an empty text."""
        return [line for text in texts if text for line in lines(visible(text), self.width, " ")]
