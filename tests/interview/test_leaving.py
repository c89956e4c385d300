"""Leaving an interview in a real terminal: what is asked before, and what is said once more."""

import signal
from pathlib import Path

import pytest
from terminals import CTRL_C, DOWN, ENTER, Terminal

STEP = "NEXT STEP: See a doctor first"
FACES = pytest.mark.parametrize("plain", [True, False])


def answered(*arguments: str, plain: bool, unsure: bool) -> Terminal:
    """An interview after three answers; with `unsure` about a mark the next step is certain, and the person goes on."""
    terminal = Terminal("start", *arguments, *["--plain"] * plain)
    keys = ["1\r", "3\r", "3\r" if unsure else "2\r"]
    drawn = [ENTER, DOWN * 2 + " " + ENTER, DOWN * (2 if unsure else 1) + ENTER]
    for number, key in enumerate(keys if plain else drawn, 1):
        terminal.until(f"question {number} of")
        terminal.until("why we ask")
        terminal.type(key)
    if unsure:
        terminal.until("Finish here, with a summary of what is known")
        terminal.until("Press Enter for the first." if plain else "enter go there")
        terminal.type(ENTER)
    terminal.until("question 4 of")
    terminal.until("why we ask.\n>" if plain else "why we ask")
    return terminal


def said(terminal: Terminal) -> str:
    """Everything that was printed, as words."""
    return " ".join(terminal.raw.split())


@FACES
def test_ctrl_c_after_several_answers_asks_once(plain: bool) -> None:
    """The first Ctrl-C asks, Enter goes on with the same question, and two more leave with the code as ever."""
    terminal = answered(plain=plain, unsure=False)
    terminal.type(CTRL_C)
    terminal.until("Press Ctrl-C again to leave, or Enter to go on.")
    terminal.type(ENTER)
    terminal.until("\n>\n" if plain else "why we ask")
    terminal.type("1\r" if plain else ENTER)
    terminal.until("question 5 of")
    terminal.until("why we ask")
    terminal.type(CTRL_C)
    terminal.until("Press Ctrl-C again to leave, or Enter to go on.")
    terminal.type(CTRL_C)

    assert terminal.end() == 130
    assert said(terminal).endswith("Stopped. Nothing was stored.")
    assert "Please" not in said(terminal)  # an empty line was no answer
    assert not plain or said(terminal).count("Press Ctrl-C again to leave") == 2
    terminal.given_back()


def test_who_answers_instead_goes_on_too() -> None:
    """A line that is typed after the question is an answer, and the next Ctrl-C asks anew."""
    terminal = answered(plain=True, unsure=False)
    terminal.type(CTRL_C)
    terminal.until("Press Ctrl-C again to leave, or Enter to go on.")
    terminal.type("1\r")
    terminal.until("question 5 of")
    terminal.until("why we ask.\n>")
    terminal.type(CTRL_C)
    terminal.until("why we ask.\n> ^C\nPress Ctrl-C again to leave, or Enter to go on.")
    terminal.type(CTRL_C)

    assert terminal.end() == 130
    assert said(terminal).count("Press Ctrl-C again to leave") == 2


@FACES
def test_who_holds_ctrl_c_leaves(plain: bool) -> None:
    """However often it is pressed, and also where an answer is half typed."""
    terminal = answered(plain=plain, unsure=False)
    terminal.type("x", *[CTRL_C] * 2)
    terminal.until("Press Ctrl-C again") if plain else None
    terminal.type(*[CTRL_C] * 9)

    assert terminal.end() == 130
    terminal.given_back()


@FACES
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_being_ended_asks_nothing_and_says_the_next_step_again(plain: bool, number: signal.Signals) -> None:
    """The line that was certain comes just before the sentence that nothing was stored."""
    terminal = answered(plain=plain, unsure=True)
    terminal.send(number)

    assert terminal.end() == 128 + number
    last = said(terminal).rpartition(STEP)[2]
    assert last.startswith(" See a doctor")
    assert last.endswith("Stopped. Nothing was stored.")
    assert said(terminal).count(STEP) == 2


@FACES
@pytest.mark.parametrize("unsure", [True, False])
def test_ctrl_c_says_the_next_step_again_where_it_is_certain(plain: bool, unsure: bool) -> None:
    """And says nothing of it where it still depends on answers."""
    terminal = answered(plain=plain, unsure=unsure)
    terminal.type(CTRL_C)
    terminal.until("Press Ctrl-C again")
    terminal.type(CTRL_C)

    assert terminal.end() == 130
    assert said(terminal).count(STEP) == (2 if unsure else 0)


def test_a_screen_that_is_wiped_shows_no_next_step() -> None:
    """On a shared computer the next person must not read it."""
    terminal = answered("--clear", plain=True, unsure=True)
    terminal.send(signal.SIGTERM)
    terminal.end()

    assert said(terminal).count(STEP) == 1
    assert terminal.raw.rpartition("\x1b[3J")[2].split() == ["Stopped.", "Nothing", "was", "stored."]


def test_a_failed_save_says_the_next_step_before_nothing_was_stored(tmp_path: Path) -> None:
    """A folder that went away: the summary, what failed, the urgent line again, and the offer to keep the answers."""
    (tmp_path / "gone").mkdir()
    terminal = answered("--save-answers", str(tmp_path / "gone" / "a.json"), plain=True, unsure=True)
    terminal.type("b\r")
    terminal.until("Press Enter to keep it.")
    (tmp_path / "gone").rmdir()
    terminal.type("2\r")  # taken back
    terminal.until("does not follow any more")
    terminal.type("b\r", "1\r")  # and certain again
    terminal.until("2. Finish here, with a summary of what is known\nType a number. Press Enter for the first.\n>")
    terminal.type("2\r")
    terminal.until("To let them go, press Enter.")
    terminal.type("\r")

    assert terminal.end() == 1
    failed = said(terminal).rpartition("there is no such folder")[2]
    assert failed.index(STEP) < failed.index("Your answers were not stored.")


@pytest.mark.parametrize("name", ["summary.pdf", "summary.json"])
def test_the_next_step_is_on_the_screen_where_the_summary_is_in_a_file(name: str, tmp_path: Path) -> None:
    """With whom to see, after the place of the file."""
    terminal = Terminal("start", "--output", str(tmp_path / name))
    terminal.until("why we ask")
    terminal.type(DOWN + ENTER)
    terminal.until("Please check your answers.")
    terminal.type(ENTER)

    assert terminal.end() == 0
    last = said(terminal).rpartition("Your summary is in")[2]
    assert last.index(STEP) < last.index("see a doctor together")
