"""Programs that are killed, and terminals that are closed, in mid-interview: what was acknowledged is kept.

Each run goes on where the one before was ended, from the very question.
"""

import random
import time
from functools import partial
from pathlib import Path
from typing import NamedTuple

import desks
import pytest
from interviews import Person, acknowledged, first
from terminals import ANSWERS, DOWN, ENTER, PICO, Terminal
from walking import DRAWN

from screener import RuleFile
from screener.interview.loop import FINISH
from screener.records.ids import spoken


class Progress(NamedTuple):
    """How many records are complete, and how far the next one is: its id, empty before its first answer is kept."""

    complete: int
    id: str
    answers: int


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A new store."""
    return desks.made(tmp_path / "store")


def progress(store: Path) -> Progress:
    """How far all came, after every record was looked at."""
    with desks.desk(store) as here:
        there = desks.remains(here)
    *complete, last = [*there, None] if not there or there[-1].record.status == "complete" else there
    assert all(one and one.record.status == "complete" and one.answers == {1: ANSWERS} for one in complete)
    if last is None:
        return Progress(len(complete), "", 0)
    count = len(last.answers[0])
    assert last.answers == {0: first(count)}
    return Progress(len(complete), spoken(last.record.id), count)


def window(store: Path, before: Progress, *options: str) -> Terminal:
    """A terminal in which the record is gone on with, or the next one is begun."""
    command = ["resume", before.id] if before.id else ["new", "--ref", "F-1", "--consent"]
    return Terminal("intake", *command, *options, SCREENER_STORE=str(store), SCREENER_STAFF="ana")


@pytest.mark.parametrize("times", [4, pytest.param(50, marks=pytest.mark.slow)])
def test_nothing_that_was_acknowledged_is_lost_to_a_kill(store: Path, pico: RuleFile, times: int) -> None:
    """Whenever the program is killed, the next one goes on at the question after the last that was acknowledged."""
    chance, before = random.Random(times), progress(store)
    for _ in range(times):
        terminal = window(store, before, "--plain")
        person = Person(terminal, pico, before.answers).answer(chance.randint(0, 5))
        time.sleep(chance.uniform(0, 0.05))
        terminal.kill()

        seen, now = acknowledged(terminal.everything()), progress(store)
        assert seen <= now.answers + (now.complete - before.complete) * (len(ANSWERS) + 1) <= person.known
        before = now


def drawn(terminal: Terminal, known: int, most: int) -> tuple[int, int]:
    """Answer with arrow keys; how many answers the screen acknowledged before the last key, and how many there are."""
    seen = known
    for _ in range(most):
        seen = known
        terminal.when(partial(asks, terminal, known + 1))
        if FINISH in terminal.shown():
            terminal.type(ENTER)
            terminal.when(lambda: FINISH not in terminal.shown())
        else:
            terminal.type(PICO[known][1].replace(ENTER, "") + ENTER)
            known += 1
    return seen, known


def asks(terminal: Terminal, number: int) -> bool:
    """Whether this question is on the screen, or what to do now that the next step is certain."""
    shown = terminal.shown().lower()
    return DRAWN in shown and (f"question {number} of" in shown or FINISH.lower() in shown)


def at_a_desk(store: Path, before: Progress) -> Terminal:
    """A desk in a terminal, up to the first question of the next person; what is not complete is gone on with."""
    if before.id:
        return window(store, before)
    terminal = Terminal("intake", "desk", SCREENER_STORE=str(store), SCREENER_STAFF="ana")
    for words, keys in (("Press Enter to begin", ENTER), ("Reference", "F-2" + ENTER), ("kept?", DOWN + ENTER)):
        terminal.until(words)
        terminal.type(keys)
    return terminal


@pytest.mark.parametrize("times", [3, pytest.param(20, marks=pytest.mark.slow)])
def test_a_terminal_that_is_closed_takes_nothing_with_it(store: Path, times: int) -> None:
    """What was answered is kept, no process is left, and the next one goes on at the question; from a desk, too."""
    chance, before = random.Random(times), progress(store)
    for _ in range(times):
        terminal = chance.choice([window, at_a_desk])(store, before)
        seen, known = drawn(terminal, before.answers, min(chance.randint(0, 6), len(PICO) - before.answers))
        time.sleep(chance.uniform(0, 0.05))
        terminal.hang_up()

        now = progress(store)
        assert seen <= now.answers <= known
        before = now
