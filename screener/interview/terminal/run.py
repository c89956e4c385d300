"""Running a prompt until a key ends it, with the line that tells its keys below it."""

import sys
from asyncio import AbstractEventLoop, get_running_loop
from contextlib import suppress
from functools import partial
from typing import Any, cast

from prompt_toolkit.application import Application
from prompt_toolkit.formatted_text import (
    AnyFormattedText,
    StyleAndTextTuples,
    fragment_list_to_text,
    split_lines,
    to_formatted_text,
)
from prompt_toolkit.layout import AnyContainer, FormattedTextControl, HSplit, Layout, Window
from questionary.constants import INDICATOR_SELECTED, INDICATOR_UNSELECTED
from questionary.prompts.common import Choice, InquirerControl

from screener.ground.wrapping import lines
from screener.interview.terminal.keys import add_keys, leave, lists, moving_keys
from screener.interview.terminal.page import Block, Entries, LongList, Row, block, fitted
from screener.interview.terminal.prompts import GAP, Ready
from screener.interview.terminal.screen import POINTER, Screen


def run(screen: Screen, ready: Ready) -> Any:
    """What the person chose or typed, or `Again`. Raises EOFError, and any fault as it is."""
    prompt = ready.prompt
    application = prompt.application
    add_keys(prompt, moving_keys(prompt))
    application.erase_when_done = True
    _lay_out(screen, ready)
    _follow_window(screen, ready)
    if screen.input is None:
        _hide_typing()
    # An interrupt from outside is not made a key: one that comes while a prompt is left would reach none.
    return application.run(lambda: _raise_faults(application), set_exception_handler=False, handle_sigint=False)


def _lay_out(screen: Screen, ready: Ready) -> None:
    """Put the question above what the prompt is made of, and its keys below."""
    application = ready.prompt.application
    control = next(iter(lists(ready.prompt)), None)
    foot = _keys(screen, ready.keys)
    if control is None:
        head = partial(_above_a_line, screen, ready.above, len(foot.rows) + 1)
        parts: list[AnyContainer] = [
            _window(head),
            application.layout.container,
            _window(partial(_text, [[], *foot.rows])),
        ]
        application.layout = Layout(HSplit(parts), application.layout.current_window)
    else:
        entries = Entries([_height(choice) for choice in control.choices], partial(_entry, control))
        control.text = partial(_list, screen, ready.above, control, foot, LongList(entries))
        application.layout = Layout(HSplit([Window(control, dont_extend_height=True, always_hide_cursor=True)]))


def _window(text: Any) -> Window:
    return Window(FormattedTextControl(text), dont_extend_height=True)


def _above_a_line(screen: Screen, above: list[Block], below: int) -> StyleAndTextTuples:
    return _text(fitted(above, below, 1, screen.height))


def _list(
    screen: Screen, above: list[Block], control: InquirerControl, foot: Block, shown: LongList
) -> StyleAndTextTuples:
    """Everything that stands in the window of a list, as it is now."""
    below = [*_refusal(screen, control), GAP, foot]
    return _text(shown.rows(above, control.pointed_at, below, screen.height))


def _refusal(screen: Screen, control: InquirerControl) -> list[Block]:
    """Why a key did nothing, below a gap.

    Questionary's own line would need the height of the terminal, which not every terminal tells.
    """
    said = fragment_list_to_text(to_formatted_text(control.error_message))
    return [GAP, block("class:question", screen.lines(said))] if said else []


def _height(choice: Choice) -> int:
    return fragment_list_to_text(_title(choice)).count("\n") + 1


def _title(choice: Choice, style: str = "") -> StyleAndTextTuples:
    return to_formatted_text(cast("AnyFormattedText", choice.title), style)


def _entry(control: InquirerControl, index: int) -> list[Row]:
    """One that can be chosen in its rows, with the pointer and with the mark of what is chosen."""
    choice, pointed = control.choices[index], index == control.pointed_at
    chosen = INDICATOR_SELECTED if choice.value in control.selected_options else INDICATOR_UNSELECTED
    mark = f"{chosen} " if control.use_indicator else ""
    title = [list(row) for row in split_lines(_title(choice, "class:highlighted" if pointed else ""))]
    first: Row = [("class:pointer", f" {POINTER} " if pointed else "   "), ("class:mark", mark), *title[0]]
    return [first, *([("", " " * (3 + len(mark))), *row] for row in title[1:])]


def _keys(screen: Screen, keys: str) -> Block:
    """What the keys do, each key on one line with what it does."""
    unbroken = keys.replace(" ", "\u00a0").replace("\u00a0·\u00a0", "\u00a0· ")
    told = [line.replace("\u00a0", " ") for line in lines(unbroken, screen.width, " ")]
    return block("class:instruction", told)


def _text(rows: list[Row]) -> StyleAndTextTuples:
    """Rows below one another, without a line feed after the last."""
    return [fragment for row in rows for fragment in (*row, ("", "\n"))][:-1]


def _hide_typing() -> None:
    """What is typed between two prompts is kept for the next one and not shown: a key held down would leave a gap.

    Whoever runs the interview gives the terminal back as it was.
    """
    with suppress(ImportError, OSError, ValueError):  # Windows shows nothing that is typed ahead
        import termios

        with suppress(termios.error):
            settings = termios.tcgetattr(sys.stdin.fileno())
            settings[3] &= ~termios.ECHO
            termios.tcsetattr(sys.stdin.fileno(), termios.TCSANOW, settings)


def _follow_window(screen: Screen, ready: Ready) -> None:
    """Wrapped lines don't follow the window, so a prompt whose window changed is left, to be drawn anew."""
    width, application = screen.width, ready.prompt.application

    def follow(_application: object) -> None:
        if screen.width != width and not application.is_done:
            leave(ready.prompt, "resized")

    application.before_render += follow


def _raise_faults(application: Application[Any]) -> None:
    """Let a fault in a key or a drawing end the prompt; prompt_toolkit would print it and wait for Enter."""

    def fail(_loop: AbstractEventLoop, context: dict[str, Any]) -> None:
        if not application.is_done:
            application.exit(exception=context.get("exception") or RuntimeError("a prompt failed"))

    get_running_loop().set_exception_handler(fail)
