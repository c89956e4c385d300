"""The interview on a terminal, with arrow keys."""

from collections.abc import Callable
from typing import Any

from prompt_toolkit.input import Input
from prompt_toolkit.output import Output

from screener.engine.answers import Refused, read_answer
from screener.engine.certain import Certain
from screener.ground.safetext import visible
from screener.ground.wrapping import lines
from screener.interview.loop import (
    CERTAIN,
    FINISH,
    FIRST_QUESTION,
    GO_ON,
    NEXT_STEP,
    NO_REASON,
    TAKEN_BACK,
    WHAT_NOW,
    Given,
    Move,
    Step,
)
from screener.interview.terminal.keys import Again
from screener.interview.terminal.prompts import DONE, Ready, question_prompt, review_prompt
from screener.interview.terminal.run import run
from screener.interview.terminal.screen import POINTER, Screen, look
from screener.interview.terminal.ways import ways_prompt
from screener.interview.typed import repeated, typed_value
from screener.rulefile.conditions.tree import Answer
from screener.rulefile.model import Question

LEAVE = "Do you want to leave? Press Ctrl-C again to leave, or Enter to go on."
STAY, GO = "No, go on", "Yes, leave"


class TerminalAsker:
    """Asks with arrow keys.

    `write` prints a text; `input` and `output` are the terminal's. What was chosen before going back is kept.
    Ctrl-C raises KeyboardInterrupt, but where `asks_first` says so only once the person has confirmed it.
    """

    def __init__(
        self,
        write: Callable[[str], None],
        output: Output,
        input: Input | None = None,
        color: bool = True,
        asks_first: Callable[[], bool] = lambda: False,
    ) -> None:
        self._write, self._asks_first = write, asks_first
        self._screen = Screen(output, input, look(color, output.get_default_color_depth()))
        self._drafts: dict[str, list[str]] = {}
        self._note = ""
        self._changed: str | None = None

    def ask(self, step: Step) -> Answer | Move:
        """Ask one question until there is an answer, or the person goes back."""
        question, note, self._note = step.question, self._note, ""
        again = Again("why", self._drafts.pop(question.id, _ids(step.current)), None)
        while True:
            result = self._run(question_prompt(self._screen, step, again, note))
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
            self._say(f"\n{step.heading}\n{question.ask}")
            self._say(repeated(question, answer), f" {POINTER} ")
            return answer

    def review(self, given: tuple[Given, ...]) -> str | None:
        """List every answer; the one to change, or None for the summary. The pointer is where it was before."""
        pointed_at, chosen = self._changed, None
        while not isinstance(chosen, str):  # ← and ? mean nothing here
            chosen = self._run(review_prompt(self._screen, given, pointed_at))
            pointed_at = chosen.pointed_at if isinstance(chosen, Again) else None
        self._changed = chosen
        return None if chosen == DONE else chosen

    def nothing_before(self) -> None:
        """Say that this is the first question, below it."""
        self._note = FIRST_QUESTION

    def goes_on(self, certain: Certain) -> bool:
        """Say that this next step is certain now; whether the person goes on with the questions that are left."""
        for text in (NEXT_STEP.format(certain.step.title), *certain.says, CERTAIN):
            self._say(f"\n{text}")
        return self.way(WHAT_NOW, GO_ON, FINISH) == 0

    def taken_back(self) -> None:
        """Say that with a changed answer the next step that was certain no longer is."""
        self._say(f"\n{TAKEN_BACK}")

    def way(self, ask: str, *ways: str) -> int:
        """The number, from 0, of the way that was chosen."""
        chosen: Any = None
        while not isinstance(chosen, int):  # ← and ? mean nothing here
            chosen = self._run(ways_prompt(self._screen, ask, ways))
        return chosen

    def _run(self, ready: Ready) -> Any:
        """What the person chose or typed, or why the prompt is to be shown again. Raises KeyboardInterrupt."""
        result = run(self._screen, ready)
        if isinstance(result, Again) and result.cause == "stop":
            self._confirm()
        return result

    def _confirm(self) -> None:
        """Ask whether the person wants to leave, if that is to be asked. Raises KeyboardInterrupt if so."""
        stay: Any = None
        while self._asks_first() and not isinstance(stay, int):
            stay = run(self._screen, ways_prompt(self._screen, LEAVE, (STAY, GO)))
            if isinstance(stay, Again) and stay.cause == "stop":
                break
        if stay != 0:
            raise KeyboardInterrupt

    def _say(self, text: str, first: str = " ") -> None:
        self._write("\n".join(lines(visible(text), self._screen.width, first)) + "\n")


def _ids(answer: Any) -> list[str]:
    if answer is None:
        return []
    return list(answer) if isinstance(answer, tuple | list) else [str(answer)]


def _answer(question: Question, result: Any) -> Answer:
    if not question.choices:
        return typed_value(question, result)
    if isinstance(result, list) and len(result) == 1 and result[0] in question.reserved:
        return read_answer(question, result[0])
    return read_answer(question, result)


def on_terminal(write: Callable[[str], None], color: bool, asks_first: Callable[[], bool]) -> TerminalAsker:
    """An asker on the terminal of this process, drawn on standard error so that output can be sent to a file."""
    import sys

    from prompt_toolkit.output import create_output
    from prompt_toolkit.output.vt100 import Vt100_Output

    output = create_output(stdout=sys.stderr)
    if isinstance(output, Vt100_Output):
        # Not every terminal answers where its cursor is, and waiting for that ends in a warning on the screen.
        output.enable_cpr = False
    return TerminalAsker(write, output, color=color, asks_first=asks_first)
