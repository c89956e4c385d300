"""A question, or the review, as a prompt of questionary: its choices, and what stands above and below them."""

from typing import NamedTuple

import questionary
from questionary.prompts.common import Choice

from screener.engine.answers import Refused, offered, together
from screener.ground.marks import SKIPPED
from screener.ground.safetext import visible
from screener.ground.wrapping import lines
from screener.interview.amounts import form
from screener.interview.loop import ALL_RIGHT, CHECK, Given, Step
from screener.interview.terminal.bar import bar
from screener.interview.terminal.keys import Again, add_keys, choosing_keys, editing_keys
from screener.interview.terminal.page import FIRST, FOURTH, NEVER, SECOND, THIRD, Block, block
from screener.interview.terminal.screen import POINTER, Screen
from screener.rulefile.measures import MEASURED
from screener.rulefile.model import Question

#: What the review gives when nothing is to be changed; no question can have this id.
DONE = "\0done"
#: An empty row between what is said and what can be chosen.
GAP = Block([[]], THIRD)
#: What sets an answer of the review apart from its question.
_ANSWER = "  – "
_MOVE_AND_ASK = "← back · ? why we ask · ctrl-c leave"


class Ready(NamedTuple):
    """A prompt that can be run, what stands above it, and what its keys do, in words."""

    prompt: questionary.Question
    above: list[Block]
    keys: str


def question_prompt(screen: Screen, step: Step, again: Again, note: str) -> Ready:
    """The prompt for a question as it stood when it was left; `note` stands below its help."""
    question, above = step.question, _above(screen, step, note)
    if question.type == "many":
        return Ready(
            _checkbox(screen, question, again), above, f"↑↓ move · space choose · enter done · {_MOVE_AND_ASK}"
        )
    if question.choices:
        return Ready(_select(screen, question, again), above, f"↑↓ choose · enter answer · {_MOVE_AND_ASK}")
    prompt = _text(screen, question, again)
    return Ready(prompt, above, f"enter answer · at the start of the line: {_MOVE_AND_ASK}")


def review_prompt(screen: Screen, given: tuple[Given, ...], pointed_at: str | None) -> Ready:
    """The prompt with every answer, which gives the id of the question to change, or DONE."""
    choices = [Choice(ALL_RIGHT, DONE), *(_given(screen, line) for line in given)]
    known = any(choice.value == pointed_at for choice in choices)
    prompt = questionary.select("", choices, default=pointed_at if known else None, pointer=POINTER, **screen.looks)
    told = block("class:question", screen.lines(CHECK))
    how = block("class:instruction", screen.lines("Choose one to change it; the first line shows your summary."))
    return Ready(prompt, [Block([[]], FIRST), told, how, GAP], "↑↓ choose · enter open · ctrl-c leave")


def _above(screen: Screen, step: Step, note: str) -> list[Block]:
    """Where the person is, the question with its help, and what was said about it."""
    question = step.question
    drawn = Block([[("", " "), *bar(step.sections, step.number - 1, screen.width - 1)]], SECOND)
    wanted = [form(question)] if question.type in MEASURED else []
    others = [] if question.choices else [_other(word, label) for word, label in offered(question)]
    return [
        Block([[]], FIRST),
        block("", screen.lines(step.heading)),
        drawn,
        block("class:question", screen.lines(question.ask)),
        block("class:instruction", screen.lines(question.help or ""), FOURTH if note else NEVER),
        block("class:instruction", screen.lines(*wanted, *others)),
        block("", screen.lines(note)),
        GAP,
    ]


def _other(word: str, label: str) -> str:
    """How one answers otherwise than with a value."""
    return "Or press enter to skip this question." if word == SKIPPED else f"Or type “{word}”: {label}"


def _select(screen: Screen, question: Question, again: Again) -> questionary.Question:
    default = again.pointed_at or next(iter(again.so_far), None)
    return questionary.select("", _choices(screen, question, 0), default=default, pointer=POINTER, **screen.looks)


def _checkbox(screen: Screen, question: Question, again: Again) -> questionary.Question:
    choices = _choices(screen, question, 2)
    for choice in choices:
        choice.checked = choice.value in again.so_far
    prompt = questionary.checkbox(
        "",
        choices,
        initial_choice=again.pointed_at or next(iter(again.so_far), None),
        validate=lambda ids: _verdict(question, ids),
        pointer=POINTER,
        **screen.looks,
    )
    add_keys(prompt, choosing_keys(question, prompt))
    return prompt


def _text(screen: Screen, question: Question, again: Again) -> questionary.Question:
    prompt = questionary.text(POINTER, default=" ".join(again.so_far), **screen.looks)
    add_keys(prompt, editing_keys())
    return prompt


def _choices(screen: Screen, question: Question, indent: int) -> list[Choice]:
    """Everything that can be chosen, with its help below and its lines set in by the pointer and `indent` more."""
    helps = {id: option.help for id, option in question.choices.items()}
    width = screen.width - 3 - indent
    titles = {id: f"{label}\n{helps[id]}" if helps.get(id) else label for id, label in offered(question)}
    return [Choice("\n".join(lines(visible(title), width)), id) for id, title in titles.items()]


def _given(screen: Screen, given: Given) -> Choice:
    """A question of the review, with the answer set apart from it."""
    width = screen.width - 3
    asked = "\n".join(lines(visible(given.question.ask), width))
    told = "\n".join(lines(visible(given.words), width, _ANSWER))
    return Choice([("", f"{asked}\n"), ("class:mark", _ANSWER), ("", told.removeprefix(_ANSWER))], given.question.id)


def _verdict(question: Question, ids: list[str]) -> bool | str:
    if not ids:
        return "Please choose at least one, with the space bar."
    try:
        together(question, ids)
    except Refused as refused:
        return refused.sentence
    return True
