"""What the desk leaves outside its store: no answers and no references, whatever happens."""

import json
import sys
from pathlib import Path

import pytest
import striker
from intakes import NOTE, desk, intake, listed
from terminals import DOWN, ENTER, Terminal
from walking import DRAWN

REF = "Unicorn-4711"
NEW = ("new", "rules.yaml", "--ref", REF, "--consent")
QUESTIONS = (("Question 1 of 3", NOTE), ("Question 2 of 3", " "), ("Question 3 of 3", ""))


def answered(terminal: Terminal, count: int = 3) -> Terminal:
    """The same once so many questions are answered."""
    for words, keys in QUESTIONS[:count]:
        terminal.until(words)
        terminal.until(DRAWN)
        terminal.type(keys + ENTER)
    return terminal


def struck(store: Path, number: int, place: str) -> Terminal:
    """The command, with a fault before this call."""
    return Terminal(
        str(Path(striker.__file__)),
        "fault",
        str(number),
        place,
        "intake",
        *NEW,
        program=sys.executable,
        columns=80,
        rows=50,
        cwd=str(store.parent),
        SCREENER_STORE=str(store),
        SCREENER_STAFF="mia",
    )


def holding(folder: Path, *words: str) -> list[str]:
    """The files that hold one of these."""
    return [
        path.name
        for path in folder.rglob("*")
        if path.is_file() and any(word.encode() in path.read_bytes() for word in words)
    ]


def test_nothing_is_left_outside_the_store_or_readable_in_it(new_store: Path) -> None:
    """In the home folder, among temporary files, in the title of the window, or in the clear in the store."""
    for name in ("home", "tmp"):
        (new_store.parent / name).mkdir()
    places = {name: str(new_store.parent / "home") for name in ("HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME")}
    places["TMPDIR"] = str(new_store.parent / "tmp")
    terminal = answered(desk(new_store, *NEW, columns=80, rows=24, **places))
    terminal.until("Please check your answers.")
    terminal.until(DRAWN)
    assert holding(new_store.parent, NOTE, REF) == []
    terminal.type(ENTER)
    assert terminal.end() == 0
    (record,) = listed(new_store)
    for command in (["show", record["id"]], ["export"], ["amend", record["id"], "--reason", "a slip"], ["audit"]):
        assert intake(new_store, *command, typed="3\n2\n\n", **places)[0] == 0

    assert "\x1b]" not in terminal.raw
    assert "\x1bk" not in terminal.raw
    assert holding(new_store.parent, NOTE, "Zanzibar", REF, "a slip") == []
    assert list((new_store.parent / "tmp").iterdir()) == []
    assert list((new_store.parent / "home").rglob("*")) == []


@pytest.mark.parametrize(
    ("number", "place", "command"),
    [
        (2, "interview/terminal/prompts.py:question_prompt", "resume"),
        (1, "intake/made.py:outcome", "resume"),
        (1, "start/giving.py:give", "show"),
    ],
)
def test_a_fault_is_nobody_s_and_tells_nothing(number: int, place: str, command: str, new_store: Path) -> None:
    """It is said calmly and where the answers are; the lines to be reported hold none of them."""
    terminal = struck(new_store, number, place)
    if number == 1:
        answered(terminal).until("Please check your answers.")
        terminal.until(DRAWN)
        terminal.type(ENTER)
    else:
        answered(terminal, 1)

    assert terminal.end() == 3
    (record,) = listed(new_store)
    id = f"{record['id'][:4]}-{record['id'][4:]}"
    said = " ".join(terminal.shown().split())
    assert f"It is nothing you did. What was answered is kept: screener intake {command} {id}" in said
    reported = said[said.index("Something failed inside screener that should not.") :]
    assert not any(word in reported for word in ("Zanzibar", REF, id))
    terminal.given_back()
    assert intake(new_store, command, id, typed="1\n1\n\n")[0] == 0


def test_answers_that_a_fault_kept_out_of_the_store_go_into_a_file(new_store: Path) -> None:
    """They are offered to whoever gave them; the record is as it was before."""
    terminal = answered(struck(new_store, 1, "records/writing.py:keep"), 2)
    terminal.until("type a name for a new file")
    terminal.type("kept.json" + ENTER)

    assert terminal.end() == 3
    kept = json.loads((new_store.parent / "kept.json").read_text("utf-8"))["answers"]
    assert kept == {"note": NOTE, "creams": ["mild"]}
    assert [one["status"] for one in listed(new_store)] == ["unfinished"]


def test_the_answers_of_one_do_not_come_up_for_another(new_store: Path) -> None:
    """Not as what was typed before, whatever key is pressed."""
    answered(desk(new_store, *NEW), 1).until("Question 2 of 3")
    terminal = desk(new_store, "new", "rules.yaml", "--ref", "R-2", "--consent")
    terminal.until("Question 1 of 3")
    terminal.until(DRAWN)
    terminal.type("\x1b[A" + DOWN + "\x10" + "\x12" + "Zan" + "\x1b[C")
    terminal.until("› Zan")

    assert NOTE not in "\n".join(terminal.everything())
