"""Nobody answers in vain: what is said, shown, kept and wiped when something fails after the first answer."""

import json
import signal
import sys
from pathlib import Path

import pytest
import striker
from terminals import DOWN, ENTER, Terminal

WIPED = "\x1b[H\x1b[2J\x1b[3J"
STRIKER = str(Path(striker.__file__))


def under_age(terminal: Terminal) -> Terminal:
    """The shortest way through the questionnaire: too young, and all is right."""
    terminal.until("why we ask")
    terminal.type(DOWN + ENTER)
    terminal.until("Please check your answers.")
    return terminal


def failing(*arguments: str) -> Terminal:
    """The command, with a fault in the second question that is asked."""
    return Terminal(
        STRIKER,
        "fault",
        "2",
        "interview/terminal/prompts.py:question_prompt",
        "start",
        *arguments,
        program=sys.executable,
    )


def at_the_fault(*arguments: str) -> Terminal:
    """The same once the first question was answered."""
    terminal = failing(*arguments)
    terminal.until("why we ask")
    terminal.type(ENTER)
    terminal.until("To let them go, press Enter.")
    return terminal


def test_a_fault_offers_to_keep_the_answers(tmp_path: Path) -> None:
    """It says so calmly, shows the next step so far, keeps the answers in a new file of one's own, and ends with 3."""
    terminal = at_the_fault()
    assert "It is nothing you did" in " ".join(terminal.shown().split())
    assert "NEXT STEP so far" in terminal.shown()
    assert list(tmp_path.iterdir()) == []
    terminal.type(str(tmp_path) + "\r")
    terminal.until("it is a folder")
    terminal.type(str(tmp_path / "answers.json") + "\r")

    assert terminal.end() == 3
    assert json.loads((tmp_path / "answers.json").read_text("utf-8"))["answers"] == {"adult": "yes"}
    assert (tmp_path / "answers.json").stat().st_mode & 0o777 == 0o600
    assert "Only you can read the file." in terminal.raw
    assert "they hold no answers" in terminal.raw
    terminal.given_back()


def test_answers_can_be_let_go_after_a_fault(tmp_path: Path) -> None:
    """Enter alone stores nothing."""
    terminal = at_the_fault()
    terminal.type("\r")

    assert terminal.end() == 3
    assert "Your answers were not stored." in terminal.raw


def test_a_fault_before_any_answer_offers_nothing() -> None:
    """There is nothing to keep yet."""
    terminal = Terminal(
        STRIKER, "fault", "1", "interview/terminal/prompts.py:question_prompt", "start", program=sys.executable
    )

    assert terminal.end() == 3
    assert "answers are" not in terminal.raw


@pytest.mark.parametrize("option", ["--output", "--save-answers"])
def test_a_folder_that_vanished_costs_nobody_the_answers(option: str, tmp_path: Path) -> None:
    """The summary is shown on the screen, what failed is said, the answers can be kept, and the code is 1."""
    (tmp_path / "gone").mkdir()
    terminal = under_age(Terminal("start", option, str(tmp_path / "gone" / "out.json"), rows=60))
    (tmp_path / "gone").rmdir()
    terminal.type(ENTER)
    terminal.until("To let them go, press Enter.")
    shown = " ".join(terminal.shown().split())
    terminal.type(str(tmp_path / "answers.json") + "\r")

    assert terminal.end() == 1
    assert "NEXT STEP: See a doctor first" in shown
    assert "there is no such folder" in shown
    assert json.loads((tmp_path / "answers.json").read_text("utf-8"))["answers"] == {"adult": "no"}


def test_an_output_that_fails_does_not_ask_again_for_answers_that_are_stored(tmp_path: Path) -> None:
    """With --save-answers they are in their file already."""
    (tmp_path / "gone").mkdir()
    saved = tmp_path / "answers.json"
    terminal = under_age(
        Terminal("start", "--save-answers", str(saved), "--output", str(tmp_path / "gone" / "out.txt"), rows=60)
    )
    (tmp_path / "gone").rmdir()
    terminal.type(ENTER)

    assert terminal.end() == 1
    assert "To let them go" not in terminal.raw
    assert saved.exists()


def wiped(terminal: Terminal) -> str:
    """What is printed after the screen was wiped."""
    assert terminal.raw.count(WIPED) == 1
    return terminal.raw.partition(WIPED)[2]


def test_clear_wipes_after_a_fault() -> None:
    """After the offer and one more Enter; only what is to be reported stands there then."""
    terminal = at_the_fault("--clear")
    terminal.type("\r")
    terminal.until("Press Enter to wipe the screen.")
    terminal.type("\r")

    assert terminal.end() == 3
    assert "18" not in wiped(terminal).replace(":18", "")
    assert "NEXT STEP" not in wiped(terminal)


def test_clear_wipes_after_an_output_that_failed(tmp_path: Path) -> None:
    """The summary was shown instead, and is wiped."""
    (tmp_path / "gone").mkdir()
    terminal = under_age(Terminal("start", "--clear", "--output", str(tmp_path / "gone" / "out.txt")))
    (tmp_path / "gone").rmdir()
    terminal.type(ENTER)
    terminal.until("To let them go, press Enter.")
    terminal.type("\r")
    terminal.until("Press Enter to wipe the screen.")
    terminal.type("\r")

    assert terminal.end() == 1
    assert wiped(terminal) == ""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
@pytest.mark.parametrize("plain", [True, False])
def test_clear_wipes_when_stopped(number: signal.Signals, plain: bool) -> None:
    """By a signal, in either face, without waiting for a key."""
    terminal = Terminal("start", "--clear", *["--plain"] * plain)
    terminal.until("why we ask")
    terminal.send(number)

    assert terminal.end() == 128 + number
    assert wiped(terminal).split() == ["Stopped.", "Nothing", "was", "stored."]


def test_clear_wipes_what_an_answers_file_lacks(tmp_path: Path) -> None:
    """What is wrong with an answers file holds answers; it can be read, and is wiped."""
    (tmp_path / "answers.json").write_text('{"adult": "perhaps"}')
    terminal = Terminal("start", "--clear", "--answers", str(tmp_path / "answers.json"))
    terminal.until("Press Enter to wipe the screen.")
    assert "perhaps" in terminal.shown()
    terminal.type("\r")

    assert terminal.end() == 1
    assert "perhaps" not in wiped(terminal)
