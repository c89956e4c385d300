"""Asking a person: in the terminal, or in plain numbered lines."""

import sys
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from typing import TYPE_CHECKING

from screener.cli import streams
from screener.cli.start.saying import next_step, say
from screener.engine.certain import Certain
from screener.ground import stopping
from screener.interview.duration import duration
from screener.interview.loop import interview
from screener.rulefile.conditions.tree import Answer
from screener.rulefile.model import Answers, RuleFile

if TYPE_CHECKING:
    from screener.interview.loop import Face


#: After so many answers leaving by mistake would cost a person something.
SEVERAL = 2
LEAVE = "\nPress Ctrl-C again to leave, or Enter to go on.\n"


def nowhere() -> None:
    """What a person answers is kept nowhere until the end."""


def ask(rules: RuleFile, given: dict[str, Answer], plain: bool, keep: Callable[[], object] = nowhere) -> None:
    """Ask what is left; the answers given grow in place, so that what fails on the way costs none of them.

    `keep` is called before each question, and once all is answered. Raises EOFError if the input ends before.
    """
    drawn, known = not (plain or streams.wants_plain()), len(given)

    def several() -> bool:
        return len(given) - known >= SEVERAL

    def heard(certain: Certain | None) -> None:
        keep()
        stopping.say_before(next_step(certain.step, *certain.says) if certain else "")
        if not drawn and several() and streams.person_at_keys() and streams.is_terminal(sys.stderr):
            stopping.ask_first(LEAVE)

    asker = face(plain, several)
    say("\n" + "\n\n".join(_welcome(rules, given)))
    given_back = stopping.terminal_given_back(sys.stdin.fileno(), sys.stderr.fileno()) if drawn else nullcontext()
    try:
        with given_back:
            interview(rules, given, asker, heard)
    finally:
        stopping.ask_first("")


def face(plain: bool, several: Callable[[], bool] = lambda: False) -> "Face":
    """What asks here: with arrow keys, or in plain numbered lines."""
    return _plain() if plain or streams.wants_plain() else _terminal(several)


def _welcome(rules: RuleFile, given: Answers) -> Iterator[str]:
    """What this is, and how long it takes; not for questions that few people get, which can't be told beforehand."""
    yield rules.title
    if rules.intro:
        yield rules.intro
    if (takes := duration(rules, given)).questions:
        yield str(takes)


def _plain() -> "Face":
    from screener.interview.plain import PlainAsker

    return PlainAsker(streams.read_line, streams.talk, min(streams.width(), 72))


def _terminal(asks_first: Callable[[], bool]) -> "Face":
    from screener.interview.terminal.asker import on_terminal

    return on_terminal(streams.talk, streams.wants_color(sys.stderr), asks_first)
