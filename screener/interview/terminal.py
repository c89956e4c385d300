"""The only door to questionary: a question → a prompt in a real terminal, with its keys.

Each prompt is drawn below what was said before and erased once answered; the question and the answer in
words stay. Keys beyond those of questionary: ← back, ? why we ask.
"""

from collections.abc import Callable
from typing import Any, Literal, NamedTuple

import questionary
from prompt_toolkit.filters import Condition, is_done
from prompt_toolkit.input import Input
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent, merge_key_bindings
from prompt_toolkit.layout import ConditionalContainer, FormattedTextControl, HSplit, Window
from prompt_toolkit.output import Output
from questionary.prompts.common import Choice, InquirerControl

from screener.engine.answers import Refused, in_words, offered, read_answer, stands_alone, together
from screener.ground.safetext import visible
from screener.ground.wrapping import lines
from screener.interview.loop import NO_REASON, Given, Move, Step
from screener.rulefile.conditions.tree import Answer
from screener.rulefile.model import Question

#: Pointers and marks are characters, so that nothing is said by colour alone.
POINTER = "›"
_STYLE = questionary.Style(
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
_BARE = questionary.Style(
    [(name, "noinherit") for name in ("question", "pointer", "highlighted", "selected", "answer")]
)
_DONE = "\0done"
_MOVE_AND_ASK = "← back · ? why we ask"


class _Again(NamedTuple):
    """Ask again: what for, what was chosen or typed so far, and the line the pointer stood on."""

    cause: Literal["why", "back", "resized"]
    so_far: list[str]
    pointed_at: str | None


class TerminalAsker:
    """Asks with arrow keys.

    `write` prints a text; `input` and `output` are the terminal's. What was chosen before going back is kept.
    """

    def __init__(
        self,
        write: Callable[[str], None],
        output: Output,
        input: Input | None = None,
        color: bool = True,
    ) -> None:
        self._write, self._output, self._input = write, output, input
        self._drafts: dict[str, list[str]] = {}
        self._style = _STYLE if color else _BARE

    def ask(self, step: Step) -> Answer | Move:
        """Ask one question until there is an answer, or the person goes back."""
        question, note = step.question, ""
        again = _Again("why", self._drafts.pop(step.question.id, _ids(step.current)), None)
        self._say(f"\n{step.heading}")
        while True:
            result = self._run(*self._prompt(question, again, note))
            if isinstance(result, _Again):
                again = result
                if again.cause == "back":
                    self._drafts[question.id] = again.so_far
                    return Move.BACK
                note = (question.why or NO_REASON) if again.cause == "why" else note
                continue
            try:
                answer = _answer(question, result)
            except Refused as refused:
                again, note = _Again("why", _ids(result), None), refused.sentence
                continue
            self._say(question.ask)
            self._say(in_words(question, answer), f" {POINTER} ")
            return answer

    def review(self, given: tuple[Given, ...]) -> str | None:
        """List every answer; the one to change, or None for the summary."""
        titles = [(_DONE, "All is right: show my summary")]
        titles += [(line.question.id, f"{line.question.ask}\n{line.words}") for line in given]
        message, help = self._message("Please check your answers."), self._help("Choose one to change it.")
        chosen: Any = None
        while not isinstance(chosen, str):  # ← and ? mean nothing here
            prompt = questionary.select(message, self._choices(titles, 0), **self._looks(help))
            chosen = self._run(prompt, "↑↓ choose · enter open")
        return None if chosen == _DONE else chosen

    def nothing_before(self) -> None:
        """Say that this is the first question."""
        self._say("This is the first question. There is nothing to go back to.")

    def _prompt(self, question: Question, again: _Again, note: str) -> tuple[questionary.Question, str]:
        """The prompt, and what its keys do."""
        so_far, pointed_at = again.so_far, again.pointed_at
        message, help = self._message(question.ask), self._help(question.help or "", note)
        if question.type == "many":
            prompt = self._checkbox(question, message, help, so_far, pointed_at)
            return prompt, f"↑↓ move · space choose · enter done · {_MOVE_AND_ASK}"
        if question.choices:
            prompt = self._select(question, message, help, pointed_at or next(iter(so_far), None))
            return prompt, f"↑↓ choose · enter answer · {_MOVE_AND_ASK}"
        return self._text(question, message, help, so_far), f"enter answer · at the start of the line: {_MOVE_AND_ASK}"

    def _select(self, question: Question, message: str, help: str, pointed_at: str | None) -> questionary.Question:
        choices = self._choices(offered(question), 0, _helps(question))
        return questionary.select(message, choices, default=pointed_at, **self._looks(help))

    def _checkbox(
        self, question: Question, message: str, help: str, so_far: list[str], pointed_at: str | None
    ) -> questionary.Question:
        choices = self._choices(offered(question), 2, _helps(question))
        for choice in choices:
            choice.checked = choice.value in so_far
        prompt = questionary.checkbox(
            message,
            choices,
            initial_choice=pointed_at or next(iter(so_far), None),
            validate=lambda ids: _verdict(question, ids),
            **self._looks(help),
        )
        return _with_keys(prompt, _exclusive_keys(question, prompt))

    def _text(self, question: Question, message: str, help: str, so_far: list[str]) -> questionary.Question:
        words = self._help(*(f"Or type “{word}”: {label}" for word, label in offered(question)))
        looks = {key: value for key, value in self._looks(help + words).items() if key != "pointer"}
        looks["instruction"] += f" {POINTER}"
        return questionary.text(message, default=" ".join(so_far), **looks)

    def _run(self, prompt: questionary.Question, keys: str) -> Any:
        prompt = _with_keys(prompt, _moving_keys(prompt))
        application = prompt.application
        application.erase_when_done = True
        for window in application.layout.find_all_windows():
            if isinstance(window.content, InquirerControl):
                window.wrap_lines = Condition(lambda: True)
        if isinstance(application.layout.container, HSplit):
            # Each key stays on one line with what it does.
            unbroken = keys.replace(" ", "\u00a0").replace("\u00a0·\u00a0", "\u00a0· ")
            text = "\n" + "\n".join(lines(unbroken, self._width, " ")).replace("\u00a0", " ")
            footer = Window(FormattedTextControl([("class:instruction", text)]), dont_extend_height=True)
            application.layout.container.children.append(ConditionalContainer(footer, ~is_done))
        width = self._width

        def follow(_application: object) -> None:
            """Wrapped lines don't follow the window, so a prompt whose window changed is drawn anew."""
            if self._width != width and not application.is_done:
                _leave(prompt, "resized")

        application.before_render += follow
        return prompt.unsafe_ask()

    def _message(self, ask: str) -> str:
        """The question in wrapped lines; questionary puts a blank before the first."""
        return "\n".join(lines(visible(ask), self._width, " "))[1:]

    def _help(self, *texts: str) -> str:
        """What stands below the question, in wrapped lines."""
        return "".join(f"\n{line}" for text in texts if text for line in lines(visible(text), self._width, " "))

    def _choices(self, titles: Any, indent: int, helps: dict[str, str | None] | None = None) -> list[Choice]:
        """Choices whose titles are wrapped by words, the lines after the first set in."""
        choices = []
        for id, label in titles:
            help = (helps or {}).get(id)
            text = visible(f"{label}\n{help}" if help else label)
            wrapped = lines(text, self._width - 3 - indent)
            choices.append(Choice(("\n" + " " * (3 + indent)).join(wrapped), id))
        return choices

    def _looks(self, help: str) -> dict[str, Any]:
        """What all prompts have in common; a line feed keeps a list apart from what stands above it."""
        looks = {"qmark": "", "pointer": POINTER, "style": self._style, "output": self._output}
        looks["instruction"] = f"{help}\n"
        return {**looks, "input": self._input} if self._input else looks

    def _say(self, text: str, first: str = " ") -> None:
        self._write("\n".join(lines(visible(text), self._width, first)) + "\n")

    @property
    def _width(self) -> int:
        return max(20, min(self._output.get_size().columns, 80) - 1)


def _helps(question: Question) -> dict[str, str | None]:
    return {id: option.help for id, option in question.choices.items()}


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
        return refused.sentence
    return True


def _lists(prompt: questionary.Question) -> list[InquirerControl]:
    contents = (window.content for window in prompt.application.layout.find_all_windows())
    return [content for content in contents if isinstance(content, InquirerControl)]


def _with_keys(prompt: questionary.Question, keys: KeyBindings) -> questionary.Question:
    known = prompt.application.key_bindings or KeyBindings()
    prompt.application.key_bindings = merge_key_bindings([known, keys])
    return prompt


def _moving_keys(prompt: questionary.Question) -> KeyBindings:
    """← and ?: anywhere in a list; in a line of text only where they could not be typed text. And interrupts."""
    keys, application = KeyBindings(), prompt.application
    control = next(iter(_lists(prompt)), None)
    at_start = Condition(lambda: control is not None or application.current_buffer.cursor_position == 0)
    empty = Condition(lambda: control is not None or not application.current_buffer.text)

    @keys.add("left", eager=True, filter=at_start)
    def _(_event: KeyPressEvent) -> None:
        _leave(prompt, "back")

    @keys.add("?", eager=True, filter=empty)
    def _(_event: KeyPressEvent) -> None:
        _leave(prompt, "why")

    @keys.add("<sigint>", eager=True)
    def _(event: KeyPressEvent) -> None:
        event.app.exit(exception=KeyboardInterrupt)

    return keys


def _leave(prompt: questionary.Question, cause: Literal["why", "back", "resized"]) -> None:
    """End the prompt with what was chosen or typed so far."""
    control = next(iter(_lists(prompt)), None)
    so_far = list(control.selected_options) if control else [prompt.application.current_buffer.text]
    pointed_at = control.get_pointed_at().value if control else None
    prompt.application.exit(result=_Again(cause, [text for text in so_far if text], pointed_at))


def _exclusive_keys(question: Question, prompt: questionary.Question) -> KeyBindings:
    """Choosing an option that stands alone clears the others, and the other way round; no choose-all keys."""
    keys, control = KeyBindings(), _lists(prompt)[0]

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


def on_terminal(write: Callable[[str], None], color: bool) -> TerminalAsker:
    """An asker on the terminal of this process, drawn on standard error so that output can be sent to a file."""
    import sys

    from prompt_toolkit.output import create_output
    from prompt_toolkit.output.vt100 import Vt100_Output

    output = create_output(stdout=sys.stderr)
    if isinstance(output, Vt100_Output):
        # Not every terminal answers where its cursor is, and waiting for that ends in a warning on the screen.
        output.enable_cpr = False
    return TerminalAsker(write, output, color=color)
