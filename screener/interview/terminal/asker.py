"""The interview on a terminal, with arrow keys."""

from collections.abc import Callable
from typing import Any

from prompt_toolkit.input import Input
from prompt_toolkit.output import Output

from screener.engine.answers import Refused, in_words, read_answer
from screener.ground.safetext import visible
from screener.ground.wrapping import lines
from screener.interview.loop import NO_REASON, Given, Move, Step
from screener.interview.terminal.keys import Again
from screener.interview.terminal.prompts import DONE, question_prompt, review_prompt
from screener.interview.terminal.run import run
from screener.interview.terminal.screen import BARE, COLORED, POINTER, Screen
from screener.rulefile.conditions.tree import Answer
from screener.rulefile.model import Question


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
        self._write = write
        self._screen = Screen(output, input, COLORED if color else BARE)
        self._drafts: dict[str, list[str]] = {}

    def ask(self, step: Step) -> Answer | Move:
        """Ask one question until there is an answer, or the person goes back."""
        question, note = step.question, ""
        again = Again("why", self._drafts.pop(question.id, _ids(step.current)), None)
        self._say(f"\n{step.heading}")
        while True:
            result = run(self._screen, question_prompt(self._screen, question, again, note))
            if isinstance(result, Again):
                again = result
                if again.cause == "back":
                    self._drafts[question.id] = again.so_far
                    return Move.BACK
                note = (question.why or NO_REASON) if again.cause == "why" else note
                continue
            try:
                answer = _answer(question, result)
            except Refused as refused:
                again, note = Again("why", _ids(result), None), refused.sentence
                continue
            self._say(question.ask)
            self._say(in_words(question, answer), f" {POINTER} ")
            return answer

    def review(self, given: tuple[Given, ...]) -> str | None:
        """List every answer; the one to change, or None for the summary."""
        chosen: Any = None
        while not isinstance(chosen, str):  # ← and ? mean nothing here
            chosen = run(self._screen, review_prompt(self._screen, given))
        return None if chosen == DONE else chosen

    def nothing_before(self) -> None:
        """Say that this is the first question."""
        self._say("This is the first question. There is nothing to go back to.")

    def _say(self, text: str, first: str = " ") -> None:
        self._write("\n".join(lines(visible(text), self._screen.width, first)) + "\n")


def _ids(answer: Any) -> list[str]:
    if answer is None:
        return []
    return list(answer) if isinstance(answer, tuple | list) else [str(answer)]


def _answer(question: Question, result: Any) -> Answer:
    if isinstance(result, list) and len(result) == 1 and result[0] in question.reserved:
        return read_answer(question, result[0])
    return read_answer(question, result)


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
