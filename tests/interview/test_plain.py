"""The interview as numbered lines: what is printed, and what typed lines mean."""

import json
import re
import subprocess
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from faces import rules_with, step_of
from terminals import COMMAND

from screener.interview.duration import duration
from screener.interview.loop import Given, Move
from screener.interview.plain import PlainAsker
from screener.rulefile.conditions.tree import Answer
from screener.rulefile.model import RuleFile


def conversation(lines: list[str], width: int = 72) -> tuple[PlainAsker, list[str]]:
    """A face that reads these lines, and what it prints."""
    said: list[str] = []
    rest = iter(lines)

    def read(prompt: str) -> str:
        said.append(prompt)
        try:
            return next(rest)
        except StopIteration:
            raise EOFError from None

    return PlainAsker(read, said.append, width), said


def answer(id: str, *lines: str, current: Answer | None = None) -> tuple[Answer | Move, str]:
    """What these lines answer to the question, and everything that was printed."""
    rules = rules_with(id)
    asker, said = conversation(list(lines))
    given = {} if current is None else {id: current}
    return asker.ask(step_of(rules, given, rules.questions[0])), "".join(said)


@pytest.mark.parametrize(
    ("id", "line", "expected"),
    [
        ("one", "2", "b"),
        ("one", " 3 ", "unsure"),
        ("one", "4", "declined"),
        ("yes-no", "1", "yes"),
        ("many", "2,1", ("a", "b")),
        ("many", "3 1", ("a", "c")),
        ("many", "1, 1", ("a",)),
        ("many", "4", ("none",)),
        ("many", "5", "unsure"),
        ("many", "second, FIRST", ("a", "b")),
        ("many", "2, third", ("b", "c")),
        ("many", "none", ("none",)),
        ("many", "not sure", "unsure"),
        ("one", "second", "b"),
        ("one", " SEC ", "b"),
        ("one", "a", "a"),
        ("one", "Not sure.", "unsure"),
        ("one", "decline", "declined"),
        ("one", "I would rather tell the professional in person", "declined"),
        ("yes-no", "y", "yes"),
        ("yes-no", "N", "no"),
        ("yes-no", "Yes", "yes"),
        ("yes-no", "i would rather", "declined"),
        ("number", "7.5", Decimal("7.5")),
        ("number", "7,5 Weeks", Decimal("7.5")),
        ("number", "not sure", "unsure"),
        ("number", "unsure", "unsure"),
        ("date", "31 January 2026", date(2026, 1, 31)),
        ("text", "not sure", "not sure"),
        ("number", "u", "unsure"),
        ("text", "Grüße 皮膚", "Grüße 皮膚"),
        ("one", "b", Move.BACK),
        ("text", "B", Move.BACK),
    ],
)
def test_typed_lines_answer(id: str, line: str, expected: Answer | Move) -> None:
    """A number, several numbers, a letter or a text is the answer it stands for."""
    assert answer(id, line)[0] == expected


@pytest.mark.parametrize(
    ("id", "line", "said"),
    [
        ("one", "9", "Please type a number from 1 to 4."),
        ("one", "", "Please type a number from 1 to 4."),
        ("one", "1 2", "One number is needed here."),
        ("one", "²", "Please type a number from 1 to 4, or the words of an answer."),
        ("one", "third", "Please type a number from 1 to 4, or the words of an answer."),
        ("many", ", ,", "Please type a number from 1 to 5."),
        ("many", "first, third, fourth", "Please type a number from 1 to 5, or the words of an answer."),
        ("yes-no", "ye, no", "Please type a number from 1 to 3, or the words of an answer."),
        ("many", "1 4", "“None” can't be chosen together with others."),
        ("many", "1 5", "“Not sure” can't be chosen together with others."),
        ("many", "1 2 3", "Please choose at most 2."),
        ("number", "10", "The largest possible is 9."),
        ("number", "many", "This is not a number."),
        ("date", "someday", "This is not a date. Write a date, such as 31 January 2026 or 2026-01-31."),
        (
            "date",
            "1/2/2026",
            "This could be 1 February 2026 or 2 January 2026. Please type 2026-02-01 or 2026-01-02.",
        ),
        ("number", "7 lb", "This is asked in weeks. Please give the number in weeks."),
        ("text", "a\x1b[2J", "The text holds characters that are not allowed."),
    ],
)
def test_refused_lines_are_explained_and_asked_again(id: str, line: str, said: str) -> None:
    """What can't be the answer gets a plain sentence, and the question waits for another line."""
    good = {"date": "2026-01-31", "text": "fine", "number": "5"}.get(id, "1")
    result, printed = answer(id, line, good)

    assert said in " ".join(printed.split())
    assert result != Move.BACK
    assert "\x1b" not in printed


def test_a_question_reads_well_aloud() -> None:
    """Place, question, numbered options, keys, and the answer repeated in words, in this order."""
    _, printed = answer("one", "?", "2")

    assert printed == (
        "\nQuestion 1 of 1\nThe one question?\n  1. First\n  2. Second\n  3. Not sure\n"
        "  4. I would rather tell the professional in person\nType a number, or the words. b: back. ?: why we ask.\n"
        "> Because.\n> Your answer: Second\n"
    )


@pytest.mark.parametrize(
    ("id", "said"),
    [
        ("number", "A number in weeks, from 1 to 9, such as 7.5, or u: Not sure. b: back."),
        ("date", "A date, such as 31 January 2026 or 2026-01-31. b: back."),
    ],
)
def test_unit_limits_and_form_are_told(id: str, said: str) -> None:
    """Before anything is typed."""
    assert said in " ".join(answer(id, "b")[1].split())


def test_a_date_is_repeated_with_the_name_of_its_month() -> None:
    """So that nobody wonders which number was the month."""
    assert "Your answer: 1 February 2026\n" in answer("date", "1.2.2026")[1]


def test_enter_keeps_the_earlier_answer() -> None:
    """The answer so far is named, and an empty line keeps it."""
    result, printed = answer("many", "", current=("b", "c"))

    assert result == ("b", "c")
    assert "Your answer so far: Second; Third. Press Enter to keep it." in printed


def test_review_lists_and_takes_a_number() -> None:
    """The review numbers every answer; a wrong number is asked again, Enter ends it."""
    rules = rules_with("one", "yes-no")
    given = tuple(Given(question, "Words") for question in rules.questions)
    asker, said = conversation(["7", "2"])

    assert asker.review(given) == "yes-no"
    assert "  2. The yes-no question?\n     Your answer: Words\n" in "".join(said)
    assert conversation([""])[0].review(given) is None


def test_lines_fit_a_narrow_screen(pico: RuleFile) -> None:
    """At 40 columns no line of any question is wider than the screen."""
    for question in pico.questions:
        asker, said = conversation(["?", "1"], width=40)
        asker.ask(step_of(pico, {"adult": "yes", "concerns": ("melasma",)}, question))

        assert max(len(line) for line in "".join(said).replace("> ", "> \n").splitlines()) <= 40


def run(typed: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The installed command with this on standard input."""
    return subprocess.run(
        [COMMAND, "start", *arguments], input=typed, capture_output=True, text=True, timeout=60, check=False
    )


def test_piped_lines_give_the_summary_on_standard_output() -> None:
    """Without a terminal the plain face is used by itself; data and talk go different ways."""
    done = run("2\n\n", "--format", "json")

    assert done.returncode == 0
    assert json.loads(done.stdout)["disposition"]["id"] == "doctor-first"
    assert "Are you 18 or older?" in done.stderr
    assert "\x1b" not in done.stderr + done.stdout


def test_the_welcome_says_how_long_it_takes(pico: RuleFile) -> None:
    """Before the first question: how many there are, and the minutes, counted from the words of the file."""
    said = " ".join(run("").stderr.split())

    assert re.search(r"About [0-9]+ questions; [0-9]+ to [0-9]+ minutes, reading included\. .* question 1 of", said)
    assert str(duration(pico, {})) in said


URGENT = "1\n3\n3\n"  # an adult with melasma who is not sure about a mark
STEP = "NEXT STEP: See a doctor first"


@pytest.mark.parametrize(("line", "finished"), [("2", True), ("1", False), ("", False), ("7\nx\n2", True)])
def test_the_next_step_is_said_as_soon_as_it_is_certain(line: str, finished: bool) -> None:
    """In the words of the file, once, with what can be done now; who finishes gets an incomplete summary."""
    done = run(f"{URGENT}{line}\n", "--format", "json")
    said = " ".join(done.stderr.split())

    assert "A mark or sore to show a doctor. See a doctor or dermatologist about it soon" in said, "and why"
    assert said.index(STEP) < said.index("1. Go on with the questions 2. Finish here, with a summary")
    assert done.returncode == (0 if finished else 1)
    if finished:
        summary = json.loads(done.stdout)
        assert (summary["complete"], summary["disposition"]["id"]) == (False, "doctor-first")
        assert said.count(STEP) == 1
        assert "question 4" not in said
    else:
        assert "question 4 of" in said


def test_a_summary_of_what_is_known_says_that_questions_are_open() -> None:
    """Whoever reads it sees that not everything was asked."""
    assert "Not every question was answered" in " ".join(run(f"{URGENT}2\n").stdout.split())


def test_a_changed_answer_takes_the_next_step_back() -> None:
    """Back, and another answer: it is said that the step does not follow any more, and the end does not repeat it."""
    said = " ".join(run(f"{URGENT}1\nb\n2\n").stderr.split())

    assert "You changed an answer, so the next step that was named before does not follow any more." in said
    assert said.count(STEP) == 1


def test_input_that_ends_after_an_urgent_answer_says_the_next_step_again() -> None:
    """Just before it says that nothing was stored."""
    said = " ".join(run(f"{URGENT}1\n").stderr.split())
    last = said.rpartition(STEP)[2]

    assert said.count(STEP) == 2
    assert last.startswith(" See a doctor")
    assert last.endswith("The input ended before the questions did. Nothing was stored.")


def test_input_that_ends_early_stores_nothing(tmp_path: Path) -> None:
    """When the lines run out before the questions do, that is said, and no file appears."""
    done = run("1\n1\n", "--output", str(tmp_path / "out.txt"))

    assert done.returncode == 1
    assert "The input ended before the questions did. Nothing was stored." in done.stderr
    assert list(tmp_path.iterdir()) == []
