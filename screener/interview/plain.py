"""The interview as numbered lines: for screen readers, pipes and dumb terminals.

No cursor movement, no meaning by colour alone; every answer is repeated in words.
"""

from collections.abc import Callable

from screener.engine.answers import RESERVED_WORDS, Refused, offered
from screener.engine.certain import Certain
from screener.ground.marks import SKIPPED
from screener.ground.safetext import visible
from screener.ground.wrapping import lines
from screener.interview.amounts import form
from screener.interview.loop import (
    CERTAIN,
    CHECK,
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
from screener.interview.typed import repeated, typed_choice, typed_value
from screener.rulefile.conditions.tree import Answer
from screener.rulefile.model import Question

BACK, WHY = "b", "?"


class PlainAsker:
    """Asks line by line. `read` gives the next line without its end and raises EOFError when there is none."""

    def __init__(self, read: Callable[[str], str], write: Callable[[str], None], width: int) -> None:
        self._read, self._write, self._width = read, write, width

    def ask(self, step: Step) -> Answer | Move:
        """Ask one question until there is an answer, which is repeated in words, or the person goes back."""
        question = step.question
        self._show(step)
        while True:
            typed = self._read("> ").strip()
            if typed.lower() == BACK:
                return Move.BACK
            if typed == WHY:
                self._say(question.why or NO_REASON)
                continue
            if not typed and step.current is not None:
                return step.current
            try:
                answer = _answer(question, typed)
            except Refused as refused:
                self._say(refused.sentence)
                continue
            self._say(f"Your answer: {repeated(question, answer)}")
            return answer

    def review(self, given: tuple[Given, ...]) -> str | None:
        """List every answer with a number; the id of the question to change, or None for the summary."""
        self._say(f"\n{CHECK}")
        for number, line in enumerate(given, 1):
            self._say(line.question.ask, f"  {number}. ")
            self._say(f"Your answer: {line.words}", "     ")
        while True:
            self._say("Type a number to change that answer. Press Enter to see your summary.")
            typed = self._read("> ").strip()
            if not typed:
                return None
            if typed.isascii() and typed.isdigit() and 0 < int(typed[:6]) <= len(given):
                return given[int(typed[:6]) - 1].question.id
            self._say(f"Please type a number from 1 to {len(given)}, or press Enter.")

    def nothing_before(self) -> None:
        """Say that this is the first question."""
        self._say(FIRST_QUESTION)

    def goes_on(self, certain: Certain) -> bool:
        """Say that this next step is certain now; whether the person goes on with the questions that are left."""
        self._say("\n" + NEXT_STEP.format(certain.step.title))
        for text in (*certain.says, CERTAIN):
            self._say(text)
        return self.way(WHAT_NOW, GO_ON, FINISH) == 0

    def way(self, ask: str, *ways: str) -> int:
        """The number, from 0, of the way that was chosen; Enter chooses the first."""
        self._say(ask)
        for number, way in enumerate(ways, 1):
            self._say(way, f"  {number}. ")
        while True:
            self._say("Type a number. Press Enter for the first.")
            typed = self._read("> ").strip() or "1"
            if typed in map(str, range(1, len(ways) + 1)):
                return int(typed) - 1
            self._say(f"Please type a number from 1 to {len(ways)}, or press Enter.")

    def taken_back(self) -> None:
        """Say that with a changed answer the next step that was certain no longer is."""
        self._say(TAKEN_BACK)

    def _show(self, step: Step) -> None:
        question = step.question
        self._say("\n" + step.heading)
        self._say(question.ask)
        if question.help:
            self._say(question.help)
        for number, (id, label) in enumerate(offered(question), 1):
            option = question.choices.get(id)
            self._say(f"{label} ({option.help})" if option and option.help else label, f"  {number}. ")
        if step.current is not None:
            self._say(f"Your answer so far: {repeated(question, step.current)}. Press Enter to keep it.")
        self._say(f"{_how(question)} {BACK}: back. {WHY}: why we ask.")

    def _say(self, text: str, first: str = "") -> None:
        for line in lines(visible(text), self._width, first):
            self._write(line + "\n")


def _how(question: Question) -> str:
    skip = " Press Enter to skip." if SKIPPED in question.reserved else ""
    return f"{_ways(question)}{skip}"


def _ways(question: Question) -> str:
    if question.type == "many":
        return "Type one or more numbers, or the words, with commas between."
    if question.choices:
        return "Type a number, or the words."
    wanted = "Type your answer" if question.type == "text" else form(question)
    letters = "".join(f", or {word[0]}: {RESERVED_WORDS[word]}" for word in question.reserved if word != SKIPPED)
    return f"{wanted}{letters}."


def _answer(question: Question, typed: str) -> Answer:
    """The answer that the typed line stands for. Raises Refused."""
    if question.choices and (typed or SKIPPED not in question.reserved):
        return typed_choice(question, typed)
    letters = {word[0]: word for word in question.reserved}
    return typed_value(question, letters.get(typed.lower(), typed))
