"""The installed command in a real pseudo-terminal, seen through a terminal emulator."""

import json
import re
import signal
import sys
from pathlib import Path

import pytest
import striker
from faces import rules_with
from terminals import ANSWERS, CTRL_C, DOWN, ENTER, LEFT, PICO, UP, Terminal


def walk(terminal: Terminal, steps: list[tuple[str, str]]) -> None:
    """Answer question by question, each once its prompt with its keys is on the screen."""
    for number, (words, keys) in enumerate(steps, 1):
        terminal.until(f"question {number} of")
        terminal.until(words)
        terminal.until("why we ask")
        terminal.type(keys)


@pytest.mark.parametrize("columns", [80, 40])
def test_whole_interview(columns: int, tmp_path: Path) -> None:
    """The whole questionnaire by keys, at 80 and at 40 columns: the review, a change, the summary, the files."""
    saved, out = tmp_path / "answers.json", tmp_path / "summary.json"
    terminal = Terminal(
        *["start", "--save-answers", str(saved), "--output", str(out), "--format", "json"], columns=columns, rows=60
    )
    walk(terminal, PICO)
    terminal.until("Please check your answers.")
    terminal.type(DOWN * 3 + ENTER)
    terminal.until("Is any mark or mole new")
    terminal.until("why we ask")
    terminal.type(LEFT)
    terminal.until("Please check your answers.")
    terminal.type(UP * 3 + ENTER)

    assert terminal.end() == 0
    summary = json.loads(out.read_text("utf-8"))
    assert summary["answers"] == json.loads(saved.read_text("utf-8"))["answers"] == ANSWERS
    assert summary["disposition"]["id"] == "doctor-first"
    assert saved.stat().st_mode & 0o777 == 0o600


def test_back_and_why_in_a_real_terminal() -> None:
    """← asks the question before again with its answer; ? tells why and stays."""
    terminal = Terminal("start")
    walk(terminal, PICO[:2])
    terminal.until("question 3 of")
    terminal.until("Is any mark or mole new")
    terminal.type("?")
    terminal.until("It does not mean that something is wrong.")
    terminal.type(LEFT)
    terminal.until("● Melasma")
    terminal.type(LEFT)
    terminal.until("› Yes")
    terminal.type(LEFT)
    terminal.until("This is the first question.")
    terminal.type(CTRL_C * 2)

    assert terminal.end() == 130


@pytest.mark.parametrize("plain", [False, True])
def test_ctrl_c_leaves_cleanly(plain: bool, tmp_path: Path) -> None:
    """Ctrl-C stops at once, says that nothing was stored, and leaves no file and no trace of the code."""
    out = tmp_path / "summary.txt"
    terminal = Terminal("start", "--output", str(out), *(["--plain"] if plain else []))
    terminal.until("Are you 18 or older?")
    terminal.until("why we ask")
    terminal.type(CTRL_C)

    assert terminal.end() == 130
    assert "Stopped. Nothing was stored." in terminal.raw
    assert "Traceback" not in terminal.raw
    assert list(tmp_path.iterdir()) == []


def test_summary_on_the_screen_ends_with_the_referral() -> None:
    """At the end the summary stands on the screen, the referral last, and nothing was stored."""
    terminal = Terminal("start", columns=80, rows=60)
    terminal.until("why we ask")
    terminal.type(DOWN + ENTER)
    terminal.until("Please check your answers.")
    terminal.type(ENTER)

    assert terminal.end() == 0
    flat = " ".join(terminal.shown().split())
    assert re.search(r"NEXT STEP: See a doctor first.*see a doctor together.*Nothing was stored\.", flat)


def test_every_line_fits_forty_columns() -> None:
    """Nothing that is printed at 40 columns runs over the edge: the emulator never has to wrap a line."""
    terminal = Terminal("start", columns=40, rows=60)
    terminal.until("why we ask")
    terminal.type(DOWN + ENTER)
    terminal.until("Please check your answers.")
    terminal.type(ENTER)
    terminal.end()
    plain = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", terminal.raw)

    assert max(len(line) for line in re.split(r"[\r\n]+", plain)) <= 40


@pytest.mark.parametrize("environment", [{"ACCESSIBLE": "1"}, {"TERM": "dumb"}])
def test_plain_is_chosen_by_itself(environment: dict[str, str]) -> None:
    """With ACCESSIBLE or a dumb terminal, numbered lines are used and no cursor is ever moved."""
    terminal = Terminal("start", columns=80, rows=50, **environment)
    terminal.until("1. Yes")
    terminal.type("2\r")
    terminal.until("Press Enter to see your summary.")
    terminal.type("\r")

    assert terminal.end() == 0
    allowed = r"\x1b\[[0-9;]*m" if "TERM" not in environment else "(?!)"
    assert "\x1b" not in re.sub(allowed, "", terminal.raw)


def test_no_color_uses_none() -> None:
    """With NO_COLOR nothing sets a colour; bold and italic may stay."""
    terminal = Terminal("start", NO_COLOR="1")
    terminal.until("why we ask")
    terminal.type(DOWN + ENTER)
    terminal.until("Please check your answers.")
    terminal.type(ENTER)
    terminal.end()
    colours = re.compile(r"\x1b\[(?:[0-9]+;)*(?:3[0-79]|9[0-7]|4[0-79]|38|48)(?:;[0-9]+)*m")

    assert not [match[0] for match in colours.finditer(terminal.raw) if match[0] not in ("\x1b[39m", "\x1b[49m")]


@pytest.mark.parametrize("stop", [False, True])
def test_clear_wipes_screen_and_scrollback(stop: bool) -> None:
    """--clear wipes what is shown and what can be scrolled back to, also after Ctrl-C."""
    terminal = Terminal("start", "--clear", rows=20)
    terminal.until("why we ask")
    if stop:
        terminal.type(CTRL_C)  # on a shared computer, leaving does not wait for another key
    else:
        terminal.type(DOWN + ENTER)
        terminal.until("Please check your answers.")
        terminal.type(ENTER)
        terminal.until("Press Enter to wipe the screen.")
        terminal.type("\r")
    code = terminal.end()

    assert code == (130 if stop else 0)
    after = terminal.raw.rpartition("\x1b[3J")[2]
    assert "\x1b[2J" in terminal.raw
    assert "18" not in after
    assert "doctor" not in after


@pytest.mark.parametrize("stored", [False, True])
def test_ctrl_c_after_storing_does_not_say_that_nothing_was_stored(stored: bool, tmp_path: Path) -> None:
    """Stopped once the answers are in their file, the program says no more than that it stopped."""
    saved = tmp_path / "answers.json"
    terminal = Terminal("start", "--clear", *(["--save-answers", str(saved)] if stored else []))
    terminal.until("why we ask")
    terminal.type(DOWN + ENTER)
    terminal.until("Please check your answers.")
    terminal.type(ENTER)
    terminal.until("Press Enter to wipe the screen.")
    terminal.type(CTRL_C)

    assert terminal.end() == 130
    assert saved.exists() is stored
    last = terminal.raw.rpartition("Stopped.")[2]
    assert last.split() == ([] if stored else ["Nothing", "was", "stored."])


def test_a_complaint_goes_once_it_is_answered() -> None:
    """What is said about choosing nothing leaves the screen with the first choice."""
    terminal = Terminal("start")
    terminal.until("why we ask")
    terminal.type(ENTER)
    terminal.until("question 2 of")
    terminal.until("why we ask")
    terminal.type(ENTER)
    terminal.until("Please choose at least one")
    terminal.type(" ")
    chosen = terminal.until("● Dark marks")
    terminal.type(CTRL_C)

    assert terminal.end() == 130
    assert "Please choose" not in chosen


def test_answers_file_asks_only_what_is_missing(tmp_path: Path) -> None:
    """With a terminal, answers from a file are taken, what they make certain is said, and only the rest is asked."""
    answers = tmp_path / "answers.json"
    answers.write_text(json.dumps({k: v for k, v in ANSWERS.items() if k != "distress"}), "utf-8")
    terminal = Terminal("start", "--answers", str(answers))
    terminal.until("NEXT STEP: See a doctor first")
    terminal.until("enter go there")
    terminal.type(ENTER)
    terminal.until("question 14 of 14")
    terminal.until("weigh on you a lot?")
    terminal.until("why we ask")
    terminal.type(ENTER)
    terminal.until("Please check your answers.")
    terminal.type(ENTER)

    assert terminal.end() == 0
    assert "Are you 18 or older? \x1b" not in terminal.raw


def test_a_window_that_grows_and_shrinks_is_drawn_anew() -> None:
    """Resizing during a question wraps it again by words, and keeps what was chosen."""
    terminal = Terminal("start", columns=80, rows=40)
    terminal.until("why we ask")
    terminal.type(ENTER)
    terminal.until("question 2 of")
    terminal.until("why we ask")
    terminal.type(" ")
    terminal.until("● Dark marks")
    terminal.resize(40, 40)
    terminal.until("● Dark marks or uneven colour\n (hyperpigmentation)")
    terminal.resize(100, 40)
    terminal.until("● Dark marks or uneven colour (hyperpigmentation)")
    terminal.type(ENTER)
    terminal.until("question 3 of")
    terminal.type(CTRL_C * 2)

    assert terminal.end() == 130


def test_a_prompt_tells_what_can_be_typed(tmp_path: Path) -> None:
    """Unit, limits and form stand there before anything is typed; what was understood is repeated."""
    rules = tmp_path / "rules.yaml"
    rules.write_text(rules_with("number", "date").model_dump_json(exclude_defaults=True, by_alias=True))
    terminal = Terminal("start", str(rules))
    terminal.until("A number in weeks, from 1 to 9, such as 7.5")
    terminal.until("why we ask")
    terminal.type("7,5 weeks" + ENTER)
    terminal.until("A date, such as 31 January 2026 or 2026-01-31")
    terminal.until("why we ask")
    terminal.type("31/1/2026" + ENTER)
    terminal.until("› 31 January 2026")
    terminal.type(CTRL_C * 2)

    assert terminal.end() == 130


def test_a_very_small_window_gets_plain_lines() -> None:
    """Where a prompt with its help would not fit, numbered lines are used: they can be scrolled back to."""
    terminal = Terminal("start", columns=40, rows=10)
    terminal.until("1. Yes")
    terminal.type("2\r")
    terminal.until("Press Enter to see your summary.")
    terminal.type("\r")

    assert terminal.end() == 0


SIGNALS = [signal.SIGINT, signal.SIGTERM, signal.SIGHUP]


@pytest.mark.parametrize("number", SIGNALS)
def test_a_signal_gives_the_terminal_back(number: signal.Signals) -> None:
    """Ended from outside, the program stops at once and leaves a terminal that can be typed in."""
    terminal = Terminal("start")
    before = terminal.settings()
    terminal.until("why we ask")
    terminal.type(ENTER)
    terminal.until("question 2 of")
    terminal.until("why we ask")
    assert terminal.settings() != before
    terminal.send(number)

    assert terminal.end() == 128 + number
    assert terminal.settings_at_end == before
    assert "Stopped. Nothing was stored." in terminal.raw
    terminal.given_back()
    assert "Traceback" not in terminal.raw


STRIKER = str(Path(striker.__file__))


@pytest.mark.parametrize("room", ["prompt_toolkit/renderer.py", "output/vt100.py", "output/flush_stdout.py"])
@pytest.mark.parametrize("moment", [1, 8, 20, 41])
def test_a_signal_while_drawing_gives_the_terminal_back(room: str, moment: int) -> None:
    """Struck at the n-th call that draws, the cursor is shown, lines wrap, and letters are plain again."""
    number = SIGNALS[1 + moment % 2]
    terminal = Terminal(STRIKER, str(int(number)), str(moment), room, "start", program=sys.executable)
    terminal.type(DOWN, UP, ENTER, DOWN, UP)

    assert terminal.end() == 128 + number
    terminal.given_back()
    assert "Traceback" not in terminal.raw


@pytest.mark.parametrize("number", SIGNALS)
def test_a_signal_is_not_lost_between_two_prompts(number: signal.Signals) -> None:
    """Struck when one prompt is being left for the next, the program ends all the same."""
    terminal = Terminal(STRIKER, str(int(number)), "1", "terminal/keys.py:leave", "start", program=sys.executable)
    terminal.until("why we ask")
    terminal.type("?")

    assert terminal.end() == 128 + number
    terminal.given_back()


@pytest.mark.parametrize("stop", [CTRL_C, signal.SIGINT])
def test_a_long_text_in_a_window_of_one_column_can_be_stopped(stop: str | signal.Signals, tmp_path: Path) -> None:
    """However much there is to draw anew."""
    rules = tmp_path / "rules.yaml"
    rules.write_text(rules_with("text").model_dump_json(exclude_defaults=True, by_alias=True))
    terminal = Terminal("start", str(rules), rows=24)
    terminal.until("why we ask")
    terminal.type("x" * 3_000)
    terminal.until("x" * 50)
    terminal.resize(1, 24)
    if isinstance(stop, signal.Signals):
        terminal.send(stop)
    else:
        terminal.type(stop)

    assert terminal.end() == 130
    terminal.given_back()


@pytest.mark.slow
def test_a_signal_at_any_moment_gives_the_terminal_back() -> None:
    """Many moments of starting, drawing and reading keys: no trace of the code, and a terminal that can be used."""
    for moment in range(300, 12_000, 450):
        number = SIGNALS[moment % 3]
        terminal = Terminal(STRIKER, str(int(number)), str(moment), ".py", "start", program=sys.executable)
        terminal.type(*[DOWN, UP] * 20, CTRL_C)

        assert terminal.end() in (128 + number, 130)
        terminal.given_back()
        assert "Traceback" not in terminal.raw


@pytest.mark.parametrize("columns", [80, 40])
def test_what_lies_behind_is_one_key_away(columns: int) -> None:
    """After the short summary a person may read on: evidence and sources, without answering anything again."""
    terminal = Terminal("start", columns=columns, rows=120)
    terminal.reads_on = True
    walk(terminal, PICO)
    terminal.until("Please check your answers.")
    terminal.type(ENTER)
    terminal.until("Nothing was stored.")
    terminal.until("type d and Enter. To end, press Enter.")
    assert "What you told us" not in terminal.shown()
    terminal.type("d", ENTER)

    assert terminal.end() == 0
    assert "What you told us" in terminal.raw
    assert "Because you were not sure about" in " ".join(terminal.raw.split())
