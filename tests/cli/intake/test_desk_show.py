"""`screener intake show`: the summary as it was, byte for byte, whatever has changed since."""

import json
from pathlib import Path

import pytest
from commands import file, start
from intakes import ANSWERS, NOTE, RULES, TYPED, desk, id_in, intake, listed, logged
from terminals import ENTER
from walking import DRAWN

#: The same questionnaire later, in which nothing is said as before.
CHANGED = (
    RULES.replace("version: 1.0.0", "version: 2.0.0")
    .replace("Keep the skin cool.", "Warm it.")
    .replace("Tell them that it itches.", "Say so.")
    .replace("Tell them first", "Wait a little")
    .replace("Before your visit", "Later")
)


def test_it_is_what_the_person_got(new_store: Path) -> None:
    """Also once the rule file has changed, and for any width of the terminal; who looked is in the log."""
    code, out, said = intake(new_store, "new", "rules.yaml", "--ref", "R-1", "--consent", typed=TYPED)
    id = id_in(said)
    file(new_store.parent, CHANGED)

    assert code == 0
    for typed, width in ((id, "80"), (id.replace("-", "").upper(), "40"), (id[:6], "200")):
        assert intake(new_store, "show", typed, COLUMNS=width) == (0, out, "")
    (new_store.parent / "rules.yaml").unlink()
    assert intake(new_store, "show", id, SCREENER_STAFF="otto") == (0, out, "")
    assert logged(new_store, "--record", id)[-4:] == [("shown", "mia")] * 3 + [("shown", "otto")]


def test_a_narrow_terminal_changes_nothing_of_what_is_kept(new_store: Path) -> None:
    """Whoever answered there read it in narrow lines; kept is what everybody else gets."""
    terminal = desk(new_store, "new", "rules.yaml", "--ref", "R-1", "--consent", columns=40, rows=20)
    for words, keys in (
        ("Question 1 of", NOTE + ENTER),
        ("Question 2 of", " " + ENTER),
        ("Question 3 of", ENTER),
        ("Please check your answers.", ENTER),
    ):
        terminal.until(words)
        terminal.until(DRAWN)
        terminal.type(keys)
    assert terminal.end() == 0
    answers = file(new_store.parent, json.dumps(ANSWERS), "answers.json")

    assert intake(new_store, "show", listed(new_store)[0]["id"]) == (
        0,
        start(new_store.parent / "rules.yaml", "--answers", answers)[1],
        "",
    )


@pytest.mark.parametrize("format", ["json", "csv", "html", "markdown", "text"])
@pytest.mark.parametrize("reader", ["person", "professional"])
def test_other_forms_follow_from_the_rules_of_then(format: str, reader: str, one_record: tuple[Path, str]) -> None:
    """The rules are kept word for word with the record; the professional's page has its reference and its day."""
    store, id = one_record
    answers = file(store.parent, json.dumps(ANSWERS), "answers.json")
    day = listed(store)[0]["day"]
    labelled = ("--ref", "R-1", "--date", day) if reader == "professional" and format not in ("json", "csv") else ()
    asked = ("--format", format, "--for", reader)
    expected = start(store.parent / "rules.yaml", "--answers", answers, *asked, *labelled)[1]
    file(store.parent, CHANGED)

    assert intake(store, "show", id, *asked) == (0, expected, "")


def test_all_for_the_clinic_comes_in_a_folder(one_record: tuple[Path, str]) -> None:
    """That is a handing over, and is noted as one."""
    store, id = one_record
    code, out, said = intake(store, "show", id, "--folder", "out", "--format", "text")

    assert (code, out) == (0, "")
    assert "Only you can read these files." in said
    assert "R-1" in (store.parent / "out" / "professional.txt").read_text("utf-8")
    assert (store.parent / "out" / "summary.txt").read_text("utf-8") == intake(store, "show", id)[1]
    assert json.loads((store.parent / "out" / "answers.json").read_text("utf-8"))["answers"] == ANSWERS
    assert [action for action, _ in logged(store, "--record", id)][-2:] == ["handed over", "shown"]


def test_nothing_is_noted_where_nothing_was_shown(one_record: tuple[Path, str]) -> None:
    """A revision that is not there, a record that nobody knows, a file that can't be written."""
    store, id = one_record
    before = logged(store)
    for arguments, words in (
        ((id, "--revision", "2"), "has no revision 2"),
        (("zzzz-zzzz",), "there is no record `zzzz-zzzz`"),
        ((id, "--output", "no/such.txt"), "there is no such folder"),
    ):
        code, out, said = intake(store, "show", *arguments)
        assert (code, out) == (1, "")
        assert words in said

    assert logged(store) == before


def test_a_record_that_is_not_complete_is_not_shown(new_store: Path) -> None:
    """It is said how to go on with it."""
    _, _, said = intake(new_store, "new", "rules.yaml", "--ref", "R-1", "--consent", typed=f"{NOTE}\n")
    id = id_in(said)
    code, out, said = intake(new_store, "show", id)

    assert (code, out) == (1, "")
    assert f"the record `{id}` is not complete" in said
    assert f"screener intake resume {id}" in said
