"""`screener intake receive`: answers that were given elsewhere become a record, once staff have looked at them."""

import json
from pathlib import Path

import pytest
from commands import file, start
from intakes import ANSWERS, NOTE, desk, exported, id_in, intake, listed, logged
from terminals import DOWN, ENTER
from walking import DRAWN

RECEIVE = ("receive", "answers.json", "--rules", "rules.yaml", "--ref", "R-5")


@pytest.fixture
def store(new_store: Path) -> Path:
    """A store; beside it lies a file of answers."""
    file(new_store.parent, json.dumps(ANSWERS), "answers.json")
    return new_store


def test_a_file_becomes_a_record(store: Path) -> None:
    """What it holds is shown with the next step; the summary is the one of these answers."""
    code, out, said = intake(store, *RECEIVE, "--consent", "--yes", COLUMNS="40")
    expected = start(store.parent / "rules.yaml", "--answers", store.parent / "answers.json", COLUMNS="40")[1]

    assert (code, out) == (0, expected)
    assert max(map(len, said.splitlines())) <= 40
    assert f"What should we know?\n   {NOTE}\n" in said
    assert "NEXT STEP: Tell them first" in said
    assert exported(store, id_in(said))["summary"]["answers"] == ANSWERS
    assert [action for action, _ in logged(store)] == ["begun", "received", "exported"]


def test_it_comes_through_a_pipe(store: Path) -> None:
    """From a program that has asked for consent itself; a page for the professional has the reference."""
    text = json.dumps(ANSWERS)
    arguments = ("receive", "-", *RECEIVE[2:], "--consent", "--yes", "--for", "professional")
    code, out, _ = intake(store, *arguments, typed=text)

    assert code == 0
    assert "R-5" in out
    assert intake(store, "receive", "-", *RECEIVE[2:], "--consent", typed=text)[0] == 1
    assert intake(store, "receive", "-", *RECEIVE[2:], "--yes", typed=text)[0] == 1
    assert intake(store, "receive", "-", "--rules", "rules.yaml", "--consent", "--yes", typed=text)[0] == 1
    assert len(listed(store)) == 1


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('{"note": "x"}', "question `creams` has no answer"),
        ('{"note": "x", "creams": ["soap"], "itch": "yes"}', "answers.json:1:26: error"),
        ('{"note": "x", "creams": ["mild", "none"], "itch": "yes"}', "error"),
        ('{"note": "a\\u001b[2Jb\\u202e", "creams": ["mild"], "itch": "perhaps"}', "error"),
        ('{"note": ', "error"),
        ("", "error"),
        ("[" * 100, "error"),
        ('{"rules": {"id": "other"}, "answers": {}}', "error"),
        ("\ud800\udcff", "the file is not UTF-8 text"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(text: str, words: str, store: Path) -> None:
    """Each fault at its place, whatever the file holds; nothing harmful reaches the terminal."""
    (store.parent / "answers.json").write_bytes(
        text.encode("utf-8", "surrogateescape" if "\ud800" not in text else "surrogatepass")
    )
    code, out, said = intake(store, *RECEIVE, "--consent", "--yes")

    assert (code, out) == (1, "")
    assert words in said
    assert "\u202e" not in said
    assert listed(store) == []


def test_harmful_signs_are_kept_and_never_shown_as_they_are(store: Path) -> None:
    """What a person wrote is what is exported; on a screen it can do nothing."""
    note = "a\x1b[2J\x07\u202eb"
    file(store.parent, json.dumps({**ANSWERS, "note": note}), "answers.json")
    code, out, said = intake(store, *RECEIVE, "--consent", "--yes")

    if code == 0:
        assert exported(store, id_in(said))["summary"]["answers"]["note"] == note
    assert not {"\x1b", "\x07", "\u202e"} & set(out + said)


@pytest.mark.parametrize(("typed", "kept"), [("no", 0), ("", 0), ("yeah", 0), ("YES", 1), ("y", 1)])
def test_staff_confirm(typed: str, kept: int, store: Path) -> None:
    """Consent first, then the reference is read once more; only yes keeps them."""
    terminal = desk(store, *RECEIVE, "--consent", columns=40, rows=20)
    terminal.until("Keep these answers for R-5?")
    terminal.until("Type yes or no:")
    assert NOTE in "\n".join(terminal.everything())
    terminal.type(typed + ENTER)

    assert terminal.end() == 0
    assert ("Nothing was done." in terminal.shown()) == (not kept)
    assert len(listed(store)) == kept


def test_a_person_who_does_not_agree_is_asked_nothing_more(store: Path) -> None:
    """Enter keeps nothing; the reference can be typed."""
    terminal = desk(store, *RECEIVE[:-2])
    terminal.until("and no name.")
    terminal.type("R-6" + ENTER)
    terminal.until("› No, do not keep them")
    terminal.until(DRAWN)
    terminal.type(ENTER)
    assert terminal.end() == 0
    assert "Nothing was kept." in terminal.shown()
    terminal = desk(store, *RECEIVE)
    terminal.until("› No, do not keep them")
    terminal.until(DRAWN)
    terminal.type(DOWN + ENTER)
    terminal.until("Keep these answers for R-5?")
    terminal.type("yes" + ENTER)

    assert terminal.end() == 0
    assert [one["reference"] for one in listed(store)] == ["R-5"]
