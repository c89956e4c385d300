"""`screener intake amend`: some answers are changed, with a reason; what was there before is kept too."""

import json
from pathlib import Path

from commands import file
from intakes import ANSWERS, desk, exported, id_in, intake, listed, logged
from terminals import CTRL_C, DOWN, ENTER, UP, Terminal
from walking import DRAWN

REASON = ("--reason", "the wrong cream")
#: In the list of answers: the third question, answered no; then all is right.
NO_ITCH = "3\n2\n\n"


def reviewed(terminal: Terminal) -> Terminal:
    """The same once the list of answers is on the screen."""
    terminal.until("Please check your answers.")
    terminal.until(DRAWN)
    return terminal


def other_cream(terminal: Terminal) -> Terminal:
    """The same once the second cream was chosen too, and the first line of the list is pointed at."""
    reviewed(terminal).type(DOWN * 2 + ENTER)
    terminal.until("Which creams do you use? › ●")
    terminal.until(DRAWN)
    terminal.type(DOWN + " " + ENTER)
    terminal.until("› Which creams do you use? – A mild cream; A strong cream")
    terminal.until(DRAWN)
    return terminal.type(UP * 2)


def test_one_answer_is_changed_and_both_revisions_are_kept(one_record: tuple[Path, str]) -> None:
    """With who, why and when; the summary of before is the same bytes as ever."""
    store, id = one_record
    before = intake(store, "show", id)[1]
    code, out, said = intake(store, "amend", id, *REASON, typed=NO_ITCH, SCREENER_STAFF="otto")

    assert code == 0
    assert "NEXT STEP: Talk to a professional" in out
    assert id_in(said) == id
    assert intake(store, "show", id)[1] == out
    assert intake(store, "show", id, "--revision", "1")[1] == before
    found = exported(store, id)
    assert found["summary"]["answers"] == {**ANSWERS, "itch": "no"}
    assert (found["record"]["reason"], found["record"]["revision"]) == ("the wrong cream", 2)
    assert ("amended", "otto") in logged(store, "--record", id)


def test_it_needs_a_reason(one_record: tuple[Path, str]) -> None:
    """Without one nothing changes; at a terminal it is asked for until it is given."""
    store, id = one_record
    for reason in ((), ("--reason", "  ")):
        code, out, said = intake(store, "amend", id, *reason, typed=NO_ITCH)
        assert (code, out) == (1, "")
        assert said.startswith("error[no-reason]")
    terminal = desk(store, "amend", id)
    terminal.until("Why is it amended?")
    terminal.type(ENTER)
    terminal.when(lambda: terminal.shown().count("Why is it amended?") == 2)
    terminal.type("a slip" + ENTER)
    other_cream(terminal).type(ENTER)

    assert terminal.end() == 0
    assert exported(store, id)["record"]["reason"] == "a slip"


def test_where_nothing_is_changed_the_record_stays_as_it_is(one_record: tuple[Path, str]) -> None:
    """Also if something was changed and changed back; nobody has to take it over afterwards."""
    store, id = one_record
    for typed in ("\n", "3\n2\n3\n1\n\n"):
        code, out, said = intake(store, "amend", id, *REASON, typed=typed)
        assert (code, out) == (0, "")
        assert said.endswith("Nothing was changed, so the record stays as it is.\n")
        assert [(one["status"], one["revision"]) for one in listed(store)] == [("complete", 1)]
    assert intake(store, "amend", id, *REASON, typed=NO_ITCH, SCREENER_STAFF="otto")[0] == 0


def test_answers_come_from_a_file(one_record: tuple[Path, str]) -> None:
    """They are looked through at a terminal; without one --yes says that they are right."""
    store, id = one_record
    file(store.parent, json.dumps({**ANSWERS, "creams": ["strong"]}), "new.json")
    terminal = reviewed(desk(store, "amend", id, *REASON, "--answers", "new.json"))
    assert "A strong cream" in terminal.shown()
    terminal.type(ENTER)
    assert terminal.end() == 0
    assert exported(store, id)["summary"]["answers"]["creams"] == ["strong"]
    file(store.parent, json.dumps({**ANSWERS, "itch": "no"}), "new.json")

    assert intake(store, "amend", id, *REASON, "--answers", "new.json", "--yes")[0] == 0
    assert exported(store, id)["summary"]["answers"] == {**ANSWERS, "itch": "no"}
    assert exported(store, id)["record"]["revision"] == 3


def test_a_file_that_is_not_right_changes_nothing(one_record: tuple[Path, str]) -> None:
    """What is wrong, or missing, is said at its place."""
    store, id = one_record
    for text, words in (
        ("itch: perhaps\n", "new.yaml:1:7: error"),
        ("itch: no\n", "question `note` has no answer"),
        ("itch: [\n", "error"),
    ):
        file(store.parent, text, "new.yaml")
        code, out, said = intake(store, "amend", id, *REASON, "--answers", "new.yaml", "--yes")
        assert (code, out) == (1, "")
        assert words in said

    assert [(one["status"], one["revision"]) for one in listed(store)] == [("complete", 1)]


def test_an_amendment_that_was_left_is_gone_on_with(one_record: tuple[Path, str]) -> None:
    """What was changed is kept, the record is shown as it was, and the reason is not forgotten."""
    store, id = one_record
    before = intake(store, "show", id)[1]
    terminal = other_cream(desk(store, "amend", id, *REASON))
    terminal.type(CTRL_C)
    assert terminal.end() == 130
    assert f"Stopped. What was answered is kept: screener intake resume {id}" in terminal.shown()
    assert listed(store)[0]["status"] == "amending"
    assert intake(store, "show", id)[1] == before
    assert "all is answered, and to be looked through" in intake(store, "resume")[1]
    code, _, said = intake(store, "amend", id, *REASON, typed=NO_ITCH)
    assert code == 1
    assert f"go on with it: screener intake resume {id}" in said
    terminal = reviewed(desk(store, "resume", id))
    assert "A mild cream; A strong cream" in terminal.shown()
    terminal.type(ENTER)

    assert terminal.end() == 0
    found = exported(store, id)
    assert found["summary"]["answers"]["creams"] == ["mild", "strong"]
    assert (found["record"]["reason"], found["record"]["revision"]) == ("the wrong cream", 2)


def test_of_two_at_once_the_second_is_told_and_keeps_what_was_typed(one_record: tuple[Path, str]) -> None:
    """Nothing of the other is written over; what was typed goes to a file, and really is in it."""
    store, id = one_record
    first = reviewed(desk(store, "amend", id, *REASON, rows=60))
    code, _, said = intake(store, "amend", id, *REASON, typed=NO_ITCH, SCREENER_STAFF="otto")
    assert code == 1
    assert f"error[held] the record `{id}` is being worked on by mia at " in said
    assert intake(store, "amend", id, *REASON, "--take-over", typed=NO_ITCH, SCREENER_STAFF="otto")[0] == 0
    other_cream(first)
    assert "What you answer can't be written any more: otto changed the record" in " ".join(first.shown().split())
    first.type(ENTER)
    first.until("type a name for a new file")
    assert f"error[overtaken] otto changed the record `{id}` meanwhile (amended, " in " ".join(first.shown().split())
    first.type("kept.json" + ENTER)

    assert first.end() == 1
    kept = json.loads((store.parent / "kept.json").read_text("utf-8"))["answers"]
    assert kept == {**ANSWERS, "creams": ["mild", "strong"]}
    assert exported(store, id)["summary"]["answers"] == {**ANSWERS, "itch": "no"}
    assert intake(store, "amend", id, *REASON, "--answers", "kept.json", "--yes")[0] == 0
    assert exported(store, id)["record"]["revision"] == 3


def test_what_is_not_complete_can_t_be_amended(new_store: Path) -> None:
    """It is said how to go on with it."""
    _, _, said = intake(new_store, "new", "rules.yaml", "--ref", "R-1", "--consent", typed="x\n")
    code, out, said = intake(new_store, "amend", id_in(said), *REASON, typed=NO_ITCH)

    assert (code, out) == (1, "")
    assert "screener intake resume" in said
