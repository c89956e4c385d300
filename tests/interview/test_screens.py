"""The interview as it looks, in windows of three sizes, as pictures for people to look at."""

from base64 import b64encode
from pathlib import Path
from typing import TYPE_CHECKING

import picture
import pytest
from rich.terminal_theme import DEFAULT_TERMINAL_THEME, SVG_EXPORT_THEME
from rich.text import Text
from terminals import CTRL_C, DOWN, ENTER, UP, Terminal
from walking import DRAWN, walked

from screener.engine.answers import offered
from screener.rulefile.model import RuleFile

if TYPE_CHECKING:
    from playwright.sync_api import Browser

THEMES = {"dark": SVG_EXPORT_THEME, "light": DEFAULT_TERMINAL_THEME}


def screens(terminal: Terminal, rules: RuleFile) -> dict[str, list[Text]]:
    """What an interview shows from the first question to the summary: the screens that differ most."""
    kept: dict[str, list[Text]] = {}
    asked: list[str] = []

    def keep(name: str) -> None:
        kept[name] = [picture.row(terminal.screen.buffer[y], terminal.screen.columns) for y in range(rows)]

    rows = terminal.screen.lines
    longest = max((q for q in rules.questions if q.type == "many"), key=lambda q: len(offered(q)))
    for number, question in enumerate(walked(terminal, rules, lambda: keep("4-certain")), 1):
        asked.append(question.ask)
        if number <= 2:
            keep(f"{number}-question")
        if number == 3:
            terminal.type("?")
            terminal.until(question.why or "")
            terminal.until(DRAWN)
            keep("3-why")
        if question is longest:
            keep("5-list")
            terminal.type(*[DOWN] * 6, ENTER)
            terminal.until("Please choose at least one, with the space bar.")
            terminal.until(DRAWN)
            keep("6-refused")
            terminal.type(*[UP] * 6)
    terminal.until("Please check your answers.")
    terminal.until(DRAWN)
    keep("7-review")
    terminal.type(*[DOWN] * 9)
    terminal.until(f"› {asked[8]}")
    terminal.until(DRAWN)
    keep("8-review-below")
    terminal.type(CTRL_C)
    terminal.until("Press Ctrl-C again to leave")
    terminal.until(DRAWN)
    keep("9-leave")
    return kept


@pytest.mark.slow
@pytest.mark.parametrize(("columns", "rows"), [(80, 24), (40, 20), (120, 40)])
def test_pictures(columns: int, rows: int, pico: RuleFile, chromium: "Browser", artefacts: Path) -> None:
    """A question, its reason, a next step that is certain, a long list, a refusal, the review and the way out."""
    terminal = Terminal("start", columns=columns, rows=rows)
    kept = screens(terminal, pico)
    terminal.type(CTRL_C)

    assert terminal.end() == 130
    assert len(kept) == 9
    assert all(DRAWN in " ".join(" ".join(line.plain for line in lines).split()) for lines in kept.values())
    page = chromium.new_page(viewport={"width": 3 * (13 * columns + 20), "height": 800})
    for scheme, theme in THEMES.items():
        page.set_content(sheet([picture.drawn(lines, columns, theme) for lines in kept.values()], scheme))
        made = artefacts / f"terminal-{columns}x{rows}-{scheme}.png"
        page.screenshot(path=made, full_page=True)
        assert made.stat().st_size > 50_000
    page.close()


def sheet(drawings: list[str], scheme: str) -> str:
    """A page with the drawings beside each other, each by itself so that no style of one reaches another."""
    sources = [b64encode(svg.encode()).decode() for svg in drawings]
    images = "".join(f"<img src='data:image/svg+xml;base64,{source}' style='width: 32%'>" for source in sources)
    colour = {"dark": "#444", "light": "#ddd"}[scheme]
    return f"<body style='margin: 0; background: {colour}; display: flex; flex-wrap: wrap; gap: 1%'>{images}</body>"
