"""The terminal that prompts are drawn on, and how they look there."""

from typing import Any, NamedTuple

from prompt_toolkit.input import Input
from prompt_toolkit.output import Output
from questionary import Style

from screener.ground.safetext import visible
from screener.ground.wrapping import lines

#: Pointers and marks are characters, so that nothing is said by colour alone.
POINTER = "›"
#: Bold and italic, in the terminal's own colours and in questionary's.
COLORED = Style(
    [
        ("question", "bold"),
        ("pointer", "bold"),
        ("highlighted", "bold"),
        ("selected", "noreverse bold"),
        ("instruction", "italic"),
        ("answer", "bold noinherit"),
        ("validation-toolbar", "bold"),
    ]
)
#: The same without any colour.
BARE = Style([(name, "noinherit") for name in ("question", "pointer", "highlighted", "selected", "answer")])


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
    def looks(self) -> dict[str, Any]:
        """What every prompt of questionary is told about its terminal."""
        told = {"qmark": "", "style": self.style, "output": self.output}
        return {**told, "input": self.input} if self.input else told

    def wrapped(self, *texts: str) -> str:
        """The texts below one another in wrapped lines, each on a line of its own and set in by one blank."""
        return "".join(f"\n{line}" for text in texts if text for line in lines(visible(text), self.width, " "))
