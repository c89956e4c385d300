"""The only door to questionary: a question → a prompt in a real terminal, with its keys.

Each prompt is drawn below what was said before and erased once answered; the question and the answer in
words stay. Keys beyond those of questionary: ← back, ? why we ask.
"""

from collections.abc import Callable
from typing import Any

import questionary
from prompt_toolkit.application import Application
from prompt_toolkit.filters import Condition
from prompt_toolkit.input import Input
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent, merge_key_bindings
from prompt_toolkit.layout.controls import BufferControl
from prompt_toolkit.output import Output
from questionary.prompts.common import Choice, InquirerControl

from screener.answers import Refused, in_words, offered, read_answer, stands_alone, together
from screener.conditions.tree import Answer
from screener.interview import NO_REASON, Given, Move, Step
from screener.model import Question
from screener.safetext import one_line, visible
from screener.wrapping import lines

#: Pointers and marks are characters, so that nothing is said by colour alone.
POINTER = "›"
_STYLE = questionary.Style(
    [
        ("question", "bold"),
        ("pointer", "bold"),
        ("highlighted", "bold"),
        ("selected", "noreverse bold"),
        ("instruction", "italic"),
        ("validation-toolbar", "bold"),
    ]
)
_BARE = questionary.Style([(name, "noinherit") for name in ("question", "pointer", "highlighted", "selected")])
_WHY = object()
_DONE = "\0done"


class TerminalAsker:
    """Asks with arrow keys. `write` prints a text; `input` and `output` are the terminal's."""

    def __init__(
        self, write: Callable[[str], None], output: Output, input: Input | None = None, color: bool = True
    ) -> None:
        self._write, self._output, self._input = write, output, input
        self._style = _STYLE if color else _BARE

    def ask(self, step: Step) -> Answer | Move:
        """Ask one question until there is an answer, or the person goes back."""
        question, before, note = step.question, _ids(step.current), ""
        self._say(f"\n{step.heading}")
        while True:
            result = self._run(self._prompt(question, before, note))
            if result is Move.BACK:
                return Move.BACK
            if isinstance(result, tuple) and result[0] is _WHY:
                before, note = result[1], question.why or NO_REASON
                continue
            try:
                answer = _answer(question, result)
            except Refused as refused:
                before, note = _ids(result), f"{str(refused)[0].upper()}{str(refused)[1:]}. {refused.help}".strip()
                continue
            self._say(question.ask, " ")
            self._say(in_words(question, answer), f" {POINTER} ")
            return answer

    def review(self, given: tuple[Given, ...]) -> str | None:
        """List every answer; the one to change, or None for the summary."""
        titles = [(_DONE, "All is right: show my summary")]
        titles += [(line.question.id, f"{line.question.ask}\n{line.words}") for line in given]
        message = self._message("Please check your answers", "Choose one to change it.", "")
        chosen = self._run(
            questionary.select(message, self._choices(titles, 0), **self._looks("\n ↑↓ choose · enter open"))
        )
        return None if chosen in (_DONE, Move.BACK) else str(chosen)

    def nothing_before(self) -> None:
        """Say that this is the first question."""
        self._say("This is the first question. There is nothing to go back to.", " ")

    def _prompt(self, question: Question, before: list[str], note: str) -> questionary.Question:
        message = self._message(question.ask, question.help or "", note)
        if question.type == "many":
            return self._checkbox(question, message, before)
        if question.choices:
            choices = self._choices(offered(question), 0, {id: o.help for id, o in question.choices.items()})
            default = before[0] if before and before[0] in dict(offered(question)) else None
            return questionary.select(
                message, choices, default=default, **self._looks(_keys("↑↓ choose · enter answer"))
            )
        return self._text(question, message, before)

    def _checkbox(self, question: Question, message: str, before: list[str]) -> questionary.Question:
        helps = {id: option.help for id, option in question.choices.items()}
        choices = self._choices(offered(question), 2, helps)
        for choice in choices:
            choice.checked = choice.value in before
        prompt = questionary.checkbox(
            message,
            choices,
            initial_choice=next((choice for choice in choices if choice.checked), None),
            validate=lambda ids: _verdict(question, ids),
            **self._looks(_keys("↑↓ move · space choose · enter done")),
        )
        return _with_keys(prompt, _exclusive_keys(question, _list(prompt)))

    def _text(self, question: Question, message: str, before: list[str]) -> questionary.Question:
        words = "".join(f"\n {word}: {label}" for word, label in offered(question))
        looks = {key: value for key, value in self._looks("").items() if key not in ("pointer", "instruction")}
        keys = _keys("enter answer").replace("←", "← at the start:")
        return questionary.text(f"{message}{words}{keys}\n {POINTER}", default=" ".join(before), **looks)

    def _run(self, prompt: questionary.Question) -> Any:
        prompt = _with_keys(prompt, _moving_keys(prompt))
        prompt.application.erase_when_done = True
        for window in prompt.application.layout.find_all_windows():
            if isinstance(window.content, InquirerControl):
                window.wrap_lines = Condition(lambda: True)
        return prompt.unsafe_ask()

    def _message(self, ask: str, help: str, note: str) -> str:
        parts = [lines(visible(text), self._width, "" if i == 0 else " ", " ") for i, text in enumerate((ask, help, note)) if text]
        return "\n".join(line for part in parts for line in part)

    def _choices(
        self, titles: Any, indent: int, helps: dict[str, str | None] | None = None
    ) -> list[Choice]:
        """Choices whose titles are wrapped by words, the lines after the first set in."""
        choices = []
        for id, label in titles:
            help = (helps or {}).get(id)
            text = visible(f"{label}\n{help}" if help else label)
            wrapped = lines(text, self._width - 3 - indent)
            choices.append(Choice(("\n" + " " * (3 + indent)).join(wrapped), id))
        return choices

    def _looks(self, keys: str) -> dict[str, Any]:
        looks = {"qmark": "", "pointer": POINTER, "style": self._style, "instruction": keys + "\n"}
        return {**looks, "output": self._output, **({"input": self._input} if self._input else {})}

    def _say(self, text: str, first: str = " ") -> None:
        self._write("\n".join(lines(visible(text), self._width, first)) + "\n")

    @property
    def _width(self) -> int:
        return max(20, min(self._output.get_size().columns, 80) - 1)


def _keys(keys: str) -> str:
    return f"\n {keys} · ← back · ? why we ask"


def _ids(answer: Any) -> list[str]:
    if answer is None:
        return []
    return list(answer) if isinstance(answer, tuple | list) else [str(answer)]


def _answer(question: Question, result: Any) -> Answer:
    if isinstance(result, list) and len(result) == 1 and result[0] in question.reserved:
        return read_answer(question, result[0])
    return read_answer(question, result)


def _verdict(question: Question, ids: list[str]) -> bool | str:
    if not ids:
        return "Please choose at least one, with the space bar."
    try:
        together(question, ids)
    except Refused as refused:
        return f"{str(refused)[0].upper()}{str(refused)[1:]}."
    return True


def _list(prompt: questionary.Question) -> InquirerControl | None:
    contents = (window.content for window in prompt.application.layout.find_all_windows())
    return next((content for content in contents if isinstance(content, InquirerControl)), None)


def _with_keys(prompt: questionary.Question, keys: KeyBindings) -> questionary.Question:
    application: Application[Any] = prompt.application
    application.key_bindings = merge_key_bindings([application.key_bindings or KeyBindings(), keys])
    return prompt


def _moving_keys(prompt: questionary.Question) -> KeyBindings:
    """← and ?: anywhere in a list; in a line of text only where they could not be typed text."""
    keys, control = KeyBindings(), _list(prompt)
    typing = isinstance(prompt.application.layout.current_control, BufferControl) and control is None
    at_start = Condition(lambda: not typing or prompt.application.current_buffer.cursor_position == 0)
    empty = Condition(lambda: not typing or not prompt.application.current_buffer.text)

    @keys.add("left", eager=True, filter=at_start)
    def _(event: KeyPressEvent) -> None:
        event.app.exit(result=Move.BACK)

    @keys.add("?", eager=True, filter=empty)
    def _(event: KeyPressEvent) -> None:
        if control is None:
            so_far = [event.app.current_buffer.text]
        else:
            so_far = control.selected_options or [control.get_pointed_at().value]
        event.app.exit(result=(_WHY, so_far))

    return keys


def _exclusive_keys(question: Question, control: InquirerControl | None) -> KeyBindings:
    """Choosing an option that stands alone clears the others, and the other way round; no choose-all keys."""
    keys = KeyBindings()
    assert control is not None

    @keys.add(" ", eager=True)
    def _(_event: KeyPressEvent) -> None:
        id = control.get_pointed_at().value
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


_ = one_line


def on_terminal(write: Callable[[str], None], color: bool) -> TerminalAsker:
    """An asker on the terminal of this process, drawn on standard error so that output can be sent to a file."""
    import sys

    from prompt_toolkit.output import create_output

    return TerminalAsker(write, create_output(stdout=sys.stderr), color=color)
