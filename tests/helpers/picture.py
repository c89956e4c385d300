"""Take the README's picture: run the installed command in a real pseudo-terminal and draw what is on its screen.

python tests/helpers/picture.py    write .github/screener.svg
"""

import io
import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from paths import ROOT
from pyte.screens import Char
from rich.console import Console
from rich.style import Style
from rich.terminal_theme import SVG_EXPORT_THEME, TerminalTheme
from rich.text import Text
from terminals import ENTER, PICO, Terminal

PICTURE = ROOT / ".github" / "screener.svg"
COLUMNS, ROWS = 80, 44


def session() -> list[Text]:
    """A real run: the first question with its reason, a choice, and the top of the summary."""
    terminal = Terminal("start", columns=COLUMNS, rows=400)
    terminal.until("why we ask")
    terminal.type(ENTER)
    terminal.until("question 2 of")
    terminal.until("why we ask")
    terminal.type("\x1b[B\x1b[B ")
    terminal.until("● Melasma")
    asked = lines(terminal)
    terminal.type(ENTER)
    for number, (words, keys) in enumerate(PICO[2:], 3):
        terminal.until(f"question {number} of")
        terminal.until(words)
        terminal.until("why we ask")
        terminal.type(keys)
    terminal.until("Please check your answers.")
    terminal.type(ENTER)
    terminal.end()
    told = lines(terminal)
    start = next(index for index, line in enumerate(told) if line.plain.startswith("NEXT STEP"))
    gap = [Text(), Text("  …"), Text()]
    return [*asked, *gap, *told[start : start + 20], *gap[:2]]


def lines(terminal: Terminal) -> list[Text]:
    """The lines of the screen as they look, without the empty ones at the end."""
    rows = [row(terminal.screen.buffer[y], terminal.screen.columns) for y in range(terminal.screen.lines)]
    while rows and not rows[-1].plain.strip():
        rows.pop()
    return rows


def row(cells: dict[int, Char], columns: int) -> Text:
    """One line of the screen."""
    text = Text()
    for x in range(columns):
        char = cells[x]
        color = f"#{char.fg}" if re.fullmatch("[0-9a-f]{6}", char.fg) else None
        text.append(char.data, Style(bold=char.bold, italic=char.italics, color=color))
    text.rstrip()
    return text


def drawn(texts: list[Text], columns: int = COLUMNS, theme: TerminalTheme = SVG_EXPORT_THEME) -> str:
    """The lines as SVG that needs nothing from the network."""
    console = Console(
        record=True,
        width=columns,
        file=io.StringIO(),
        force_terminal=True,
        color_system="truecolor",
        legacy_windows=False,
    )
    for text in texts:
        console.print(text, soft_wrap=True)
    svg = console.export_svg(title="screener start", unique_id="screener", theme=theme)
    svg = re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)
    return svg.replace("Fira Code", "ui-monospace, Menlo, Consolas")


def words(svg: str) -> str:
    """What the picture says, for comparing two of them."""
    return " ".join(re.sub(r"<[^>]*>|&#160;", " ", svg.partition("</style>")[2]).split())


if __name__ == "__main__":
    PICTURE.write_text(drawn(session()), "utf-8")
    print(f"written: {PICTURE}")
