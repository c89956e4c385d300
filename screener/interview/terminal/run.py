"""Running a prompt until a key ends it, with the line that tells its keys below it."""

from asyncio import AbstractEventLoop, get_running_loop
from functools import partial
from typing import Any

from prompt_toolkit.application import Application
from prompt_toolkit.filters import Condition, is_done
from prompt_toolkit.formatted_text import StyleAndTextTuples, fragment_list_to_text, to_formatted_text
from prompt_toolkit.layout import ConditionalContainer, FormattedTextControl, HSplit, Window
from questionary import Question as Prompt
from questionary.prompts.common import InquirerControl

from screener.ground.wrapping import lines
from screener.interview.terminal.keys import add_keys, leave, lists, moving_keys
from screener.interview.terminal.prompts import Ready
from screener.interview.terminal.screen import Screen


def run(screen: Screen, ready: Ready) -> Any:
    """What the person chose or typed, or `Again`. Raises EOFError, and any fault as it is."""
    prompt = ready.prompt
    application = prompt.application
    add_keys(prompt, moving_keys(prompt))
    application.erase_when_done = True
    _wrap_lists(application)
    _tell_refusals(screen, prompt)
    _tell_keys(screen, application, ready.keys)
    _follow_window(screen, ready)
    # An interrupt from outside is not made a key: one that comes while a prompt is left would reach none.
    return application.run(lambda: _raise_faults(application), set_exception_handler=False, handle_sigint=False)


def _wrap_lists(application: Application[Any]) -> None:
    for window in application.layout.find_all_windows():
        if isinstance(window.content, InquirerControl):
            window.wrap_lines = Condition(lambda: True)


def _tell_refusals(screen: Screen, prompt: Prompt) -> None:
    """Write below a list why a choice was not taken.

    Questionary's own line would need the height of the terminal, which not every terminal tells.
    """
    container = prompt.application.layout.container
    for control in lists(prompt):
        if isinstance(container, HSplit):
            told = Window(FormattedTextControl(partial(_refusal, screen, control)), dont_extend_height=True)
            container.children[-1] = ConditionalContainer(told, Condition(partial(_is_refused, control)) & ~is_done)


def _is_refused(control: InquirerControl) -> bool:
    return control.error_message is not None


def _refusal(screen: Screen, control: InquirerControl) -> StyleAndTextTuples:
    return [("class:question", screen.wrapped(fragment_list_to_text(to_formatted_text(control.error_message))))]


def _tell_keys(screen: Screen, application: Application[Any], keys: str) -> None:
    """Write below the prompt what its keys do, each key on one line with what it does."""
    if isinstance(application.layout.container, HSplit):
        unbroken = keys.replace(" ", "\u00a0").replace("\u00a0·\u00a0", "\u00a0· ")
        text = "\n" + "\n".join(lines(unbroken, screen.width, " ")).replace("\u00a0", " ")
        footer = Window(FormattedTextControl([("class:instruction", text)]), dont_extend_height=True)
        application.layout.container.children.append(ConditionalContainer(footer, ~is_done))


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
