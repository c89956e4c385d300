"""`screener intake new`: consent first, each answer kept before the next question, and the summary as ever."""

import json
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from commands import file, start
from fhir.resources.R4B.bundle import Bundle
from intakes import ANSWERS, NOTE, TYPED, aged, desk, exported, id_in, intake, listed
from terminals import CTRL_C, DOWN, ENTER, Terminal
from walking import DRAWN, left

from screener.cli.intake.opened import Opening
from screener.cli.intake.place import find_place
from screener.records.store.opening import close

NEW = ("new", "rules.yaml")


def agreed(store: Path, *arguments: str, columns: int = 80, rows: int = 24) -> Terminal:
    """An interview whose first question is on the screen, after the person has agreed."""
    terminal = desk(store, *NEW, "--ref", "R-1", *arguments, columns=columns, rows=rows)
    terminal.until("Yes, keep them")
    terminal.until(DRAWN)
    terminal.type(DOWN + ENTER)
    terminal.until("question 1 of".capitalize())
    terminal.until(DRAWN)
    return terminal


def answered(terminal: Terminal) -> None:
    """Answer all as ANSWERS has it; then the summary is asked for."""
    terminal.type(NOTE + ENTER)
    terminal.until("Question 2 of")
    terminal.until(DRAWN)
    terminal.type(" " + ENTER)
    terminal.until("Question 3 of")
    terminal.until(DRAWN)
    terminal.type(ENTER)
    terminal.until("Please check your answers.")
    terminal.until(DRAWN)
    terminal.type(ENTER)


@pytest.mark.parametrize(("columns", "rows"), [(80, 24), (40, 20)])
@pytest.mark.parametrize("keys", [ENTER, ENTER * 9])
def test_no_is_pointed_at_and_keeps_nothing(keys: str, columns: int, rows: int, new_store: Path) -> None:
    """Enter, also when it is held down, agrees to nothing: no record, and no question is asked."""
    terminal = desk(new_store, *NEW, "--ref", "R-1", columns=columns, rows=rows)
    terminal.until("› No, do not keep them")
    terminal.until(DRAWN)
    terminal.type(keys)

    assert terminal.end() == 0
    assert "Nothing was kept." in terminal.shown()
    assert "uestion 1 of" not in terminal.raw
    assert listed(new_store) == []


def test_in_numbered_lines_enter_keeps_nothing_either(new_store: Path) -> None:
    """The first way is the one that keeps nothing."""
    terminal = desk(new_store, *NEW, "--ref", "R-1", "--plain")
    terminal.until("1. No, do not keep them")
    terminal.type(ENTER)

    assert terminal.end() == 0
    assert "Nothing was kept." in terminal.shown()
    assert listed(new_store) == []


def test_the_text_of_the_clinic_is_agreed_to(new_store: Path) -> None:
    """It is shown as it is in the folder, and the record knows which one it was."""
    file(new_store, "We keep your answers for three years.\n", "consent.txt")
    terminal = agreed(new_store)
    assert "We keep your answers for three years." in " ".join(terminal.everything())
    answered(terminal)

    assert terminal.end() == 0
    own = exported(new_store, listed(new_store)[0]["id"])["record"]["consent"]["text_sha256"]
    (new_store / "consent.txt").unlink()
    intake(new_store, *NEW, "--ref", "R-2", "--consent", typed=TYPED)
    assert exported(new_store, listed(new_store)[0]["id"])["record"]["consent"]["text_sha256"] != own


def test_nobody_agrees_for_a_person_who_is_not_there(new_store: Path) -> None:
    """Without a terminal it must have been said beforehand."""
    code, out, said = intake(new_store, *NEW, "--ref", "R-1", typed=TYPED)

    assert (code, out) == (1, "")
    assert said.startswith("error[no-consent]")
    assert "add --consent once the person has agreed" in said
    assert listed(new_store) == []


def test_the_summary_is_the_one_that_start_gives(new_store: Path) -> None:
    """The same answers give the same text, in a terminal and through a pipe; with it the id of the record."""
    answers = file(new_store.parent, json.dumps(ANSWERS), "answers.json")
    expected = start(new_store.parent / "rules.yaml", "--answers", answers)[1]
    terminal = agreed(new_store)
    answered(terminal)
    code, out, said = intake(new_store, *NEW, "--ref", "R-2", "--consent", typed=TYPED)

    assert terminal.end() == 0
    shown = [line for line in terminal.everything() if line]
    first, *_, last = [line for line in expected.splitlines() if line]
    assert shown[shown.index(first) : shown.index(last) + 1] == [line for line in expected.splitlines() if line]
    assert (code, out) == (0, expected)
    assert f"The record is kept as {id_in(said)}." in said
    assert [one["status"] for one in listed(new_store)] == ["complete", "complete"]
    assert exported(new_store, id_in(said))["summary"]["answers"] == ANSWERS


@pytest.mark.parametrize(
    ("ref", "words"),
    [
        ("", "is empty"),
        ("   ", "is empty"),
        ("x" * 61, "is longer than 60 characters"),
        ("a\x1b[2Jb", "characters that can't be seen"),
        ("a\u202eb", "characters that can't be seen"),
        ("a\tb", "characters that can't be seen"),
        ("a\nb", "characters that can't be seen"),
        ("a\x07b", "characters that can't be seen"),
    ],
)
def test_what_can_be_no_reference_is_refused(ref: str, words: str, new_store: Path) -> None:
    """In one sentence, before anything is asked, without repeating what may do harm."""
    code, out, said = intake(new_store, *NEW, "--ref", ref, "--consent", typed=TYPED)

    assert (code, out) == (1, "")
    assert words in said.splitlines()[0]
    assert said.splitlines()[1:] == ["  help: use the clinic's own number, and no name"]


def test_a_reference_is_typed(new_store: Path) -> None:
    """What can be none is said, and asked again; sixty characters are not too many."""
    terminal = desk(new_store, *NEW, "--consent", columns=40, rows=20)
    terminal.until("Reference: the clinic's own number for the person, and no name.")
    for typed, words in ((" ", "the reference is empty."), ("x" * 61, "longer than 60 characters."), ("a\tb", "seen.")):
        terminal.type(typed + ENTER)
        terminal.until(words)
    terminal.type("  " + "é" * 60 + " " + ENTER)
    terminal.until("Question 1 of")
    terminal.until(DRAWN)
    terminal.type(NOTE + ENTER)
    terminal.until("Question 2 of")
    terminal.type(CTRL_C)

    assert terminal.end() == 130
    assert [one["reference"] for one in listed(new_store)] == ["é" * 60]


@pytest.mark.parametrize("key", [CTRL_C, "\x04"])
def test_who_leaves_before_the_first_answer_has_kept_nothing(key: str, new_store: Path) -> None:
    """At the reference, and where it is asked whether answers may be kept."""
    terminal = desk(new_store, *NEW)
    terminal.until("and no name.")
    terminal.type(key)
    assert terminal.end() == 130
    assert "Stopped. Nothing was stored." in terminal.shown()
    terminal = desk(new_store, *NEW, "--ref", "R-1")
    terminal.until(DRAWN)
    terminal.type(CTRL_C)
    assert terminal.end() == 130
    assert "Stopped. Nothing was stored." in terminal.shown()
    terminal.given_back()
    assert listed(new_store) == []


def test_each_answer_is_kept_before_the_next_question(new_store: Path) -> None:
    """Another program finds it while the question stands on the screen; what is left then is the truth."""
    terminal = agreed(new_store)
    assert listed(new_store) == []
    terminal.type(NOTE + ENTER)
    terminal.until("Question 2 of")
    _, first, _ = intake(new_store, "resume")
    id = id_in(first)
    assert "next: Which creams do you use?" in first
    terminal.type(" " + ENTER)
    terminal.until("Question 3 of")
    assert "next: Does your skin itch?" in intake(new_store, "resume")[1]
    assert left(terminal) == 130
    assert f"Stopped. What was answered is kept: screener intake resume {id}" in terminal.shown()
    code, out, _ = intake(new_store, "resume", id, typed="1\n\n")

    assert code == 0
    assert "Tell them that it itches." in out
    assert exported(new_store, id)["summary"]["answers"] == ANSWERS


def test_an_input_that_ends_keeps_what_was_answered(new_store: Path) -> None:
    """It is said how to go on, and the code is 1; with no answer there is no record."""
    code, out, said = intake(new_store, *NEW, "--ref", "R-1", "--consent", typed=f"{NOTE}\n")
    assert (code, out) == (1, "")
    (record,) = listed(new_store)
    assert (record["status"], record["next_step"]) == ("unfinished", "")
    assert f"What was answered is kept: screener intake resume {id_in(said)}" in " ".join(said.split())
    code, _, said = intake(new_store, *NEW, "--ref", "R-2", "--consent")

    assert code == 1
    assert "The input ended before the questions did. Nothing was kept." in " ".join(said.split())
    assert len(listed(new_store)) == 1


def test_everything_that_start_writes_is_written(new_store: Path) -> None:
    """The folder for the clinic, and the professional's page, on which the reference and the day stand."""
    code, _, said = intake(
        new_store, *NEW, "--ref", "R-17", "--consent", "--folder", "out", "--format", "text", typed=TYPED
    )
    (record,) = listed(new_store)
    page = (new_store.parent / "out" / "professional.txt").read_text("utf-8")

    assert code == 0
    assert {path.name for path in (new_store.parent / "out").iterdir()} == {
        "summary.txt",
        "professional.txt",
        "answers.json",
        "bundle.fhir.json",
    }
    Bundle.model_validate_json((new_store.parent / "out" / "bundle.fhir.json").read_text("utf-8"))
    assert "R-17" in page
    assert record["day"] in page
    assert "R-17" not in (new_store.parent / "out" / "summary.txt").read_text("utf-8")
    assert f"The record is kept as {id_in(said)}." in said


@pytest.mark.parametrize("format", ["json", "csv", "markdown"])
def test_other_formats_come_on_standard_output(format: str, new_store: Path) -> None:
    """The same bytes as from `start`; talk stays apart."""
    answers = file(new_store.parent, json.dumps(ANSWERS), "answers.json")
    expected = start(new_store.parent / "rules.yaml", "--answers", answers, "--format", format)[1]
    code, out, _ = intake(new_store, *NEW, "--ref", "R-1", "--consent", "--format", format, typed=TYPED)

    assert (code, out) == (0, expected)


def test_the_professional_s_page_has_reference_and_day(new_store: Path) -> None:
    """Whoever files it knows where it belongs."""
    code, out, _ = intake(new_store, *NEW, "--ref", "R-17", "--consent", "--for", "professional", typed=TYPED)

    assert code == 0
    assert "R-17" in out
    assert listed(new_store)[0]["day"] in out


def test_a_file_that_can_t_be_written_is_said_before_anything_is_asked(new_store: Path) -> None:
    """Nobody answers in vain."""
    code, _, said = intake(new_store, *NEW, "--ref", "R-1", "--consent", "--output", "no/such.txt", typed=TYPED)

    assert code == 1
    assert "there is no such folder" in said
    assert "Question" not in said
    assert listed(new_store) == []


@pytest.mark.parametrize("consent", [(), ("--consent",)])
@pytest.mark.parametrize("wrong", ["nowhere", "no key", "no card"])
def test_a_store_that_is_not_there_is_said_before_anything_is_asked(
    wrong: str, consent: tuple[str, ...], new_store: Path
) -> None:
    """In a sentence with what to do, whether the person has agreed already or is to be asked."""
    if wrong == "no key":
        (new_store / "store-key").unlink()
    if wrong == "no card":
        (new_store / "store.json").unlink()
    place = str(new_store.parent / "elsewhere") if wrong == "nowhere" else str(new_store)
    terminal = desk(new_store, *NEW, "--ref", "R-1", *consent, SCREENER_STORE=place)

    assert terminal.end() == 1
    said = " ".join(terminal.shown().split())
    assert ("there is no store in" in said) == (wrong != "no key")
    assert ("there is no file" in said) == (wrong == "no key")
    assert "May your answers be kept?" not in terminal.shown()
    assert "Question 1" not in terminal.shown()


def test_a_wrong_key_is_said_before_the_questions(new_store: Path) -> None:
    """Once the person has agreed, and before the first question; who agreed on paper answers one at most."""
    (new_store / "store-key").write_text("ab" * 32)
    terminal = desk(new_store, *NEW, "--ref", "R-1")
    terminal.until("Yes, keep them")
    terminal.until(DRAWN)
    terminal.type(DOWN + ENTER)
    assert terminal.end() == 1
    assert "Question 1" not in terminal.raw
    assert "the records don't open with this key" in " ".join(terminal.shown().split())
    terminal.given_back()
    code, out, said = intake(new_store, *NEW, "--ref", "R-1", "--consent", typed=TYPED)

    assert (code, out) == (1, "")
    assert "the records don't open with this key" in said
    assert "Question 2" not in said


def test_clear_wipes_the_screen(new_store: Path) -> None:
    """After the summary and one more Enter, the screen and what can be scrolled back to show nothing of it."""
    terminal = agreed(new_store, "--clear")
    answered(terminal)
    terminal.until("Press Enter to wipe the screen.")
    assert "Tell them that it itches." in "\n".join(terminal.everything())
    terminal.type(ENTER)

    assert terminal.end() == 0
    assert terminal.raw.endswith("\x1b[H\x1b[2J\x1b[3J")
    assert [one["status"] for one in listed(new_store)] == ["complete"]


def test_in_numbered_lines_nothing_is_drawn(new_store: Path) -> None:
    """Screen readers get lines that come one after the other, from consent to summary."""
    terminal = desk(new_store, *NEW, "--ref", "R-1", "--plain", NO_COLOR="1")
    for words, typed in (
        ("1. No, do not keep them", "2"),
        ("Question 1 of 3", NOTE),
        ("Question 2 of 3", "1"),
        ("Question 3 of 3", "1"),
        ("Please check your answers.", ""),
    ):
        terminal.until(words)
        terminal.type(typed + ENTER)

    assert terminal.end() == 0
    assert "\x1b" not in terminal.raw
    assert "Tell them that it itches." in terminal.raw


def test_a_clock_that_is_behind_is_said_once(new_store: Path) -> None:
    """However many answers are kept; the interview is none the worse for it."""
    aged(new_store, -1, "R-2")
    code, _, said = intake(new_store, *NEW, "--ref", "R-1", "--consent", typed=TYPED)

    assert code == 0
    assert said.count("the clock of this computer is behind;") == 1
    assert max(map(len, said.splitlines())) <= 80
    assert exported(new_store, id_in(said))["summary"]["answers"] == ANSWERS


def test_others_that_are_not_complete_are_named_to_staff_at_the_end(new_store: Path) -> None:
    """By id and time only, and not while the person answers; the new interview begins with its first question."""
    _, _, said = intake(new_store, *NEW, "--ref", "R-secret", "--consent", typed="A secret\n")
    terminal = agreed(new_store)
    assert "Not complete" not in "\n".join(terminal.everything())
    answered(terminal)

    assert terminal.end() == 0
    flat = " ".join(" ".join(terminal.everything()).split())
    assert flat.index("The record is kept as ") < flat.index(f"Not complete: {id_in(said)} (")
    assert "secret" not in flat


def test_a_timer_and_a_person_open_the_store_once(new_store: Path) -> None:
    """Whoever agrees at the very moment at which the store is opened anyway is not told of a fault."""
    place, before = find_place(new_store), sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(4) as pool:
            for _ in range(100):
                opening, together = Opening("staff", place), Barrier(4)
                for begun in [pool.submit(_begun_together, opening, together) for _ in range(4)]:
                    begun.result()
                close(opening.desk().store)
    finally:
        sys.setswitchinterval(before)


def _begun_together(opening: Opening, together: Barrier) -> None:
    together.wait()
    opening.begin()
