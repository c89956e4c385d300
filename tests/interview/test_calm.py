"""What stays on a real screen from one question to the next: nothing that is left over, and no gaps."""

import json
from pathlib import Path

import pytest
from faces import QUESTIONS, rules_with
from terminals import CTRL_C, DOWN, ENTER, LEFT, UP, Terminal
from walking import DRAWN, left, walked

from screener.interview.terminal.bar import DONE, TO_COME
from screener.interview.terminal.screen import ACCENT
from screener.rulefile.model import RuleFile

FIRST = "This is the first question. There is nothing to go back to."


def flat(terminal: Terminal) -> str:
    """The screen in one line."""
    return " ".join(terminal.shown().split())


@pytest.mark.parametrize(("columns", "rows"), [(80, 24), (40, 20)])
def test_back_leaves_nothing_behind(columns: int, rows: int) -> None:
    """The heading of a question goes with it; at the first question the same is said once, however often."""
    terminal = Terminal("start", columns=columns, rows=rows)
    terminal.until(DRAWN)
    terminal.type(ENTER)
    terminal.until("question 2 of")
    terminal.until(DRAWN)
    terminal.type(LEFT)
    terminal.until("› Yes No")
    assert "question 2 of" not in flat(terminal)
    terminal.type(LEFT)
    terminal.until(FIRST)
    terminal.until(DRAWN)
    before = terminal.shown()
    terminal.type(LEFT, LEFT, DOWN)
    terminal.until("Yes › No")
    assert flat(terminal).count(FIRST) == 1
    headings = " ".join(" ".join(terminal.everything()).split()).count("question 1 of")
    assert headings == 2  # of the answer that was given, and of the question
    assert terminal.shown().replace("› No", "  No").replace("  Yes", "› Yes") == before
    terminal.type(UP, ENTER)
    terminal.until("question 2 of")
    assert FIRST not in flat(terminal)
    terminal.type(CTRL_C)

    assert terminal.end() == 130


def test_enter_held_down_leaves_no_gaps(tmp_path: Path) -> None:
    """What is typed between two prompts is not shown: each question and its answer take the same few lines."""
    questions = {f"q{n}": {"id": f"q{n}", "type": "yes-no", "ask": f"Ask {n}?"} for n in range(40)}
    raw = rules_with("yes-no").model_dump(exclude_defaults=True, by_alias=True, mode="json")
    (tmp_path / "rules.yaml").write_text(json.dumps({**raw, "questions": list(questions.values())}), "utf-8")
    terminal = Terminal("start", str(tmp_path / "rules.yaml"), rows=24)
    terminal.until(DRAWN)
    for _ in questions:
        terminal.type(ENTER)
        terminal.read()  # the first that comes is that the prompt goes: the next key falls between two
    terminal.until("Please check your answers.")
    lines = terminal.everything()

    assert left(terminal) == 130
    start = lines.index(" Question 1 of 40")
    said = "\n\n".join(f" Question {n + 1} of 40\n Ask {n}?\n › Yes" for n in range(40))
    assert lines[start : start + 4 * 40 - 1] == said.splitlines()


@pytest.mark.parametrize("kind", [*QUESTIONS, "review"])
@pytest.mark.parametrize("columns", [80, 40])
def test_how_to_leave_stands_on_the_screen(kind: str, columns: int, tmp_path: Path) -> None:
    """Whatever is asked, the keys below it end with the one that leaves, and it does."""
    rules = rules_with("yes-no" if kind == "review" else kind)
    (tmp_path / "rules.yaml").write_text(rules.model_dump_json(exclude_defaults=True, by_alias=True), "utf-8")
    terminal = Terminal("start", str(tmp_path / "rules.yaml"), columns=columns, rows=20)
    terminal.until("ctrl-c leave")
    if kind == "review":
        terminal.type(ENTER)
        terminal.until("Please check your answers.")
        terminal.until("ctrl-c leave")
    terminal.type(CTRL_C)

    assert terminal.end() == 130


@pytest.mark.parametrize(("columns", "cells"), [(80, 2), (40, 1)])
@pytest.mark.parametrize("environment", [{}, {"NO_COLOR": "1"}, {"TERM": "linux"}])
def test_the_bar_stands_below_the_words(columns: int, cells: int, environment: dict[str, str], pico: RuleFile) -> None:
    """At every question the words say where the person is, and the bar below them the same; colour adds nothing.

    There is none where it is not wanted, nor where a terminal can't show the one that was chosen.
    """
    terminal = Terminal("start", columns=columns, rows=24, **environment)
    for number, _ in enumerate(walked(terminal, pico)):
        bar = next(line for line in terminal.shown().splitlines() if line.strip(f" {DONE}{TO_COME}") == "" != line)
        assert bar.count(DONE) == cells * number
        assert bar.count(DONE + TO_COME) <= 1
    terminal.until("Please check your answers.")
    terminal.until(DRAWN)
    colours = {cell.fg for line in terminal.screen.buffer.values() for cell in line.values()}

    assert left(terminal) == 130
    assert colours <= ({"default"} if environment else {"default", ACCENT.lstrip("#")})
    assert (len(colours) == 1) == bool(environment)
