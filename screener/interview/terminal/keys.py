"""What each key does. Every key that is not named here does nothing.

prompt_toolkit brings hundreds of key bindings of its own: search, macros, counts, several ways to accept a line. On a
list they act on a line of text that nobody sees, and end the prompt with it. So none of them is ever reached: an
eager binding for any key comes first.
"""

from typing import Any, Literal, NamedTuple

from prompt_toolkit.application import Application
from prompt_toolkit.filters import Condition
from prompt_toolkit.key_binding import KeyBindings, KeyPress, KeyPressEvent, merge_key_bindings
from prompt_toolkit.key_binding.bindings.named_commands import get_by_name
from prompt_toolkit.keys import Keys
from questionary import Question as Prompt
from questionary.prompts.common import InquirerControl

from screener.engine.answers import stands_alone
from screener.rulefile.model import Question

#: How a line of text is edited, by the names that GNU Readline gave to the commands.
_EDITING = {
    "left": "backward-char",
    "right": "forward-char",
    "c-b": "backward-char",
    "c-f": "forward-char",
    "c-left": "backward-word",
    "c-right": "forward-word",
    "home": "beginning-of-line",
    "end": "end-of-line",
    "c-a": "beginning-of-line",
    "c-e": "end-of-line",
    "backspace": "backward-delete-char",
    "delete": "delete-char",
    "c-d": "delete-char",
    "c-k": "kill-line",
    "c-u": "unix-line-discard",
    "c-w": "unix-word-rubout",
    "c-y": "yank",
    "c-m": "accept-line",
}

#: What is said of pasting into a list.
PASTED = "Pasting does nothing here; choose with the arrow keys."
Cause = Literal["why", "back", "resized", "stop"]


class Again(NamedTuple):
    """Ask again: what for, what was chosen or typed so far, and the line the pointer stood on."""

    cause: Cause
    so_far: list[str]
    pointed_at: str | None


def lists(prompt: Prompt) -> list[InquirerControl]:
    """The list to choose from, if the prompt has one."""
    contents = (window.content for window in prompt.application.layout.find_all_windows())
    return [content for content in contents if isinstance(content, InquirerControl)]


def add_keys(prompt: Prompt, keys: KeyBindings) -> None:
    """Give the prompt more keys; they win over those it has."""
    known = prompt.application.key_bindings or KeyBindings()
    prompt.application.key_bindings = merge_key_bindings([other_keys(), known, keys])


def leave(prompt: Prompt, cause: Cause) -> None:
    """End the prompt with what was chosen or typed so far."""
    control = next(iter(lists(prompt)), None)
    so_far = list(control.selected_options) if control else [prompt.application.current_buffer.text]
    pointed_at = control.get_pointed_at().value if control else None
    prompt.application.exit(result=Again(cause, [text for text in so_far if text], pointed_at))


def moving_keys(prompt: Prompt) -> KeyBindings:
    """← and ?: anywhere in a list; in a line of text only where they could not be typed text. And Ctrl-C."""
    keys, application = KeyBindings(), prompt.application
    line = None if lists(prompt) else application.current_buffer
    at_start = Condition(lambda: line is None or line.cursor_position == 0)
    empty = Condition(lambda: line is None or not line.text)

    @keys.add("left", eager=True, filter=at_start)
    def _(_event: KeyPressEvent) -> None:
        leave(prompt, "back")

    @keys.add("?", eager=True, filter=empty)
    def _(_event: KeyPressEvent) -> None:
        leave(prompt, "why")

    @keys.add("c-c", eager=True)
    def _(_event: KeyPressEvent) -> None:
        leave(prompt, "stop")

    for control in lists(prompt):
        _answer_pasting(control, application, keys)
    return keys


def _answer_pasting(control: InquirerControl, application: Application[Any], keys: KeyBindings) -> None:
    """Say that a list takes nothing from the clipboard, until the next key."""

    @keys.add(Keys.BracketedPaste, eager=True)
    def _(_event: KeyPressEvent) -> None:
        control.error_message = PASTED  # type: ignore[assignment]  # it is None only at first

    def go_on(_processor: object) -> None:
        if control.error_message == PASTED:
            control.error_message = None

    application.key_processor.before_key_press += go_on


def other_keys() -> KeyBindings:
    """Nothing, for every key that no other eager binding names; and what terminals send for Enter and to draw anew."""
    keys = KeyBindings()

    @keys.add(Keys.Any, eager=True)
    def _(_event: KeyPressEvent) -> None:
        """Not passed on to prompt_toolkit."""

    @keys.add("c-j", eager=True)
    def _(event: KeyPressEvent) -> None:
        event.key_processor.feed(KeyPress(Keys.ControlM, "\r"), first=True)

    keys.add("c-l", eager=True)(get_by_name("clear-screen"))
    return keys


def editing_keys() -> KeyBindings:
    """Typing and pasting into a line of text, moving in it and deleting from it."""
    keys = KeyBindings()

    @keys.add(Keys.Any, eager=True)
    def _(event: KeyPressEvent) -> None:
        if not isinstance(event.key_sequence[0].key, Keys):
            event.current_buffer.insert_text(event.data)

    @keys.add(Keys.BracketedPaste, eager=True)
    def _(event: KeyPressEvent) -> None:
        event.current_buffer.insert_text(event.data.replace("\r\n", "\n").replace("\r", "\n"))

    for key, command in _EDITING.items():
        keys.add(key, eager=True)(get_by_name(command))
    return keys


def choosing_keys(question: Question, prompt: Prompt) -> KeyBindings:
    """Choosing an option that stands alone clears the others, and the other way round; no choose-all keys."""
    keys, control = KeyBindings(), lists(prompt)[0]

    @keys.add(" ", eager=True)
    def _(_event: KeyPressEvent) -> None:
        id = str(control.get_pointed_at().value)
        if id in control.selected_options:
            control.selected_options.remove(id)
        elif stands_alone(question, id):
            control.selected_options = [id]
        else:
            others = [other for other in control.selected_options if not stands_alone(question, other)]
            control.selected_options = [*others, id]
        control.error_message = None

    @keys.add("a", eager=True)
    @keys.add("i", eager=True)
    def _(_event: KeyPressEvent) -> None:
        """Choosing everything at once has no use here."""

    return keys
