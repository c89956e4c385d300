"""A few ways to go on from here, as a prompt."""

import questionary
from questionary.prompts.common import Choice

from screener.ground.wrapping import lines
from screener.interview.terminal.page import FIRST, Block, block
from screener.interview.terminal.prompts import GAP, Ready
from screener.interview.terminal.screen import POINTER, Screen


def ways_prompt(screen: Screen, ask: str, ways: tuple[str, ...]) -> Ready:
    """The prompt to choose one of these ways, which gives its number from 0; the first is pointed at."""
    choices = [Choice("\n".join(lines(way, screen.width - 3)), number) for number, way in enumerate(ways)]
    prompt = questionary.select("", choices, pointer=POINTER, **screen.looks)
    above = [Block([[]], FIRST), block("class:question", screen.lines(ask)), GAP]
    return Ready(prompt, above, "↑↓ choose · enter go there · ctrl-c leave")
