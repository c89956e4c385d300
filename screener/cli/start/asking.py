"""Asking a person: in the terminal, or in plain numbered lines."""

import sys
from contextlib import nullcontext
from typing import TYPE_CHECKING

from screener.cli import streams
from screener.ground.safetext import visible
from screener.ground.stopping import terminal_given_back
from screener.ground.wrapping import lines
from screener.interview.loop import interview
from screener.rulefile.conditions.tree import Answer
from screener.rulefile.model import RuleFile

if TYPE_CHECKING:
    from screener.interview.loop import Asker


def ask(rules: RuleFile, given: dict[str, Answer], plain: bool) -> None:
    """Ask what is left; the answers given grow in place, so that what fails on the way costs none of them.

    Raises EOFError if the input ends before.
    """
    drawn = not (plain or streams.wants_plain())
    asker = _terminal() if drawn else _plain()
    streams.talk(_welcome(rules))
    with terminal_given_back(sys.stdin.fileno(), sys.stderr.fileno()) if drawn else nullcontext():
        interview(rules, given, asker)


def _welcome(rules: RuleFile) -> str:
    text = f"{rules.title}\n\n{rules.intro}" if rules.intro else rules.title
    return "\n".join(["", *lines(visible(text), streams.width() - 1, " ")]) + "\n"


def _plain() -> "Asker":
    from screener.interview.plain import PlainAsker

    return PlainAsker(streams.read_line, streams.talk, min(streams.width(), 72))


def _terminal() -> "Asker":
    from screener.interview.terminal.asker import on_terminal

    return on_terminal(streams.talk, streams.wants_color(sys.stderr))
