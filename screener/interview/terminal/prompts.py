"""A question, or the review, as a prompt of questionary: its words, its choices, and the line that tells its keys."""

from collections.abc import Iterable
from typing import NamedTuple

import questionary
from questionary.prompts.common import Choice

from screener.engine.answers import Refused, offered, together
from screener.ground.safetext import visible
from screener.ground.wrapping import lines
from screener.interview.loop import Given
from screener.interview.terminal.keys import Again, add_keys, choosing_keys, editing_keys
from screener.interview.terminal.screen import POINTER, Screen
from screener.rulefile.model import Question

#: What the review gives when nothing is to be changed; no question can have this id.
DONE = "\0done"
_MOVE_AND_ASK = "← back · ? why we ask"


class Ready(NamedTuple):
    """A prompt that can be run, and what its keys do, in words."""

    prompt: questionary.Question
    keys: str


def question_prompt(screen: Screen, question: Question, again: Again, note: str) -> Ready:
    """The prompt for a question as it stood when it was left; `note` stands below its help."""
    help = screen.wrapped(question.help or "", note)
    if question.type == "many":
        prompt = _checkbox(screen, question, help, again)
        return Ready(prompt, f"↑↓ move · space choose · enter done · {_MOVE_AND_ASK}")
    if question.choices:
        prompt = _select(screen, question, help, again)
        return Ready(prompt, f"↑↓ choose · enter answer · {_MOVE_AND_ASK}")
    prompt = _text(screen, question, help, again)
    return Ready(prompt, f"enter answer · at the start of the line: {_MOVE_AND_ASK}")


def review_prompt(screen: Screen, given: tuple[Given, ...]) -> Ready:
    """The prompt with every answer, which gives the id of the question to change, or DONE."""
    titles = [(DONE, "All is right: show my summary")]
    titles += [(line.question.id, f"{line.question.ask}\n{line.words}") for line in given]
    prompt = questionary.select(
        _message(screen, "Please check your answers."),
        _choices(screen, titles, 0),
        pointer=POINTER,
        instruction=screen.wrapped("Choose one to change it.") + "\n",
        **screen.looks,
    )
    return Ready(prompt, "↑↓ choose · enter open")


def _select(screen: Screen, question: Question, help: str, again: Again) -> questionary.Question:
    return questionary.select(
        _message(screen, question.ask),
        _choices(screen, _titles(question), 0),
        default=again.pointed_at or next(iter(again.so_far), None),
        pointer=POINTER,
        instruction=help + "\n",  # a line feed keeps a list apart from what stands above it
        **screen.looks,
    )


def _checkbox(screen: Screen, question: Question, help: str, again: Again) -> questionary.Question:
    choices = _choices(screen, _titles(question), 2)
    for choice in choices:
        choice.checked = choice.value in again.so_far
    prompt = questionary.checkbox(
        _message(screen, question.ask),
        choices,
        initial_choice=again.pointed_at or next(iter(again.so_far), None),
        validate=lambda ids: _verdict(question, ids),
        pointer=POINTER,
        instruction=help + "\n",
        **screen.looks,
    )
    add_keys(prompt, choosing_keys(question, prompt))
    return prompt


def _text(screen: Screen, question: Question, help: str, again: Again) -> questionary.Question:
    words = screen.wrapped(*(f"Or type “{word}”: {label}" for word, label in offered(question)))
    prompt = questionary.text(
        _message(screen, question.ask),
        default=" ".join(again.so_far),
        instruction=f"{help}{words}\n {POINTER}",
        **screen.looks,
    )
    add_keys(prompt, editing_keys())
    return prompt


def _message(screen: Screen, ask: str) -> str:
    """The question in wrapped lines; questionary puts a blank before the first."""
    return screen.wrapped(ask)[2:]


def _titles(question: Question) -> list[tuple[str, str]]:
    """Everything that can be chosen: id, and label with its help below."""
    helps = {id: option.help for id, option in question.choices.items()}
    return [(id, f"{label}\n{helps[id]}" if helps.get(id) else label) for id, label in offered(question)]


def _choices(screen: Screen, titles: Iterable[tuple[str, str]], indent: int) -> list[Choice]:
    """Choices whose titles are wrapped by words, the lines after the first set in."""
    margin = "\n" + " " * (3 + indent)
    return [Choice(margin.join(lines(visible(title), screen.width - 3 - indent)), id) for id, title in titles]


def _verdict(question: Question, ids: list[str]) -> bool | str:
    if not ids:
        return "Please choose at least one, with the space bar."
    try:
        together(question, ids)
    except Refused as refused:
        return refused.sentence
    return True
