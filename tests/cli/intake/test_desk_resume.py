"""`screener intake resume`: on from the very question, under the rules it was begun with, and never by itself."""

from pathlib import Path

import pytest
from commands import file
from intakes import ANSWERS, NOTE, RULES, desk, exported, intake, listed, logged, taken
from terminals import CTRL_C, DOWN, ENTER
from walking import DRAWN

#: The same questionnaire later: other words, one question gone, and one that nobody was asked.
CHANGED = (
    RULES.replace("version: 1.0.0", "version: 2.0.0")
    .replace("Does your skin itch?", "Does it itch now?")
    .replace("guidance:", "  - {id: pain, type: yes-no, ask: Does it hurt?}\nguidance:")
)
REST = "1\n1\n\n"


@pytest.fixture
def begun(new_store: Path) -> tuple[Path, str]:
    """A store with a record of which the first question is answered, and its id."""
    return new_store, taken(new_store, "R-7", typed=f"{NOTE}\n")


@pytest.mark.parametrize("width", [80, 40])
def test_without_an_id_all_are_named(width: int, begun: tuple[Path, str]) -> None:
    """With reference, time, rules and question, in lines that fit; nothing is gone on with."""
    store, id = begun
    other = taken(store, "R-8" * 20, typed=f"{NOTE}\n1\n")
    code, out, said = intake(store, "resume", COLUMNS=str(width))
    flat = " ".join(out.split())

    assert (code, said) == (0, "")
    assert max(map(len, out.splitlines())) <= width
    assert flat.index(id) < flat.index(other)
    assert f"{id} R-7 begun {listed(store)[0]['day']} " in flat
    assert flat.count("by mia, visit 1.0.0 next: ") == 2
    assert flat.index("next: Which creams do you use?") < flat.index("next: Does your skin itch?")
    assert NOTE not in out
    assert [one["status"] for one in listed(store)] == ["unfinished", "unfinished"]


def test_where_all_are_complete_it_says_so(one_record: tuple[Path, str]) -> None:
    """There is nothing to go on with."""
    code, out, said = intake(one_record[0], "resume")

    assert (code, out, said) == (0, "", "Every record is complete.\n")


def test_it_goes_on_at_the_question_under_the_rules_it_was_begun_with(begun: tuple[Path, str]) -> None:
    """Although the rule file has changed meanwhile: no new words, no new question; the answers before are not lost."""
    store, id = begun
    file(store.parent, CHANGED)
    terminal = desk(store, "resume", id[:4])
    terminal.until("Question 2 of 3")
    terminal.until(DRAWN)
    assert "What should we know?" not in "\n".join(terminal.everything())
    terminal.type(" " + ENTER)
    terminal.until("Does your skin itch?")
    terminal.until(DRAWN)
    terminal.type(ENTER)
    terminal.until("Please check your answers.")
    terminal.until(DRAWN)
    assert NOTE in terminal.shown()
    terminal.type(ENTER)

    assert terminal.end() == 0
    assert "Does it hurt?" not in terminal.raw
    found = exported(store, id)["summary"]
    assert (found["answers"], found["rules"]["version"]) == (ANSWERS, "1.0.0")


def test_who_leaves_at_once_is_told_what_is_kept(begun: tuple[Path, str]) -> None:
    """Nothing was answered this time, and what was answered before is still there."""
    store, id = begun
    terminal = desk(store, "resume", id)
    terminal.until("Question 2 of 3")
    terminal.until(DRAWN)
    terminal.type(CTRL_C)

    assert terminal.end() == 130
    assert f"Stopped. What was answered is kept: screener intake resume {id}" in terminal.shown()
    assert intake(store, "resume", id, typed=REST)[0] == 0


def test_what_can_t_be_gone_on_with_is_said(one_record: tuple[Path, str]) -> None:
    """A complete record, one that was erased, and one that nobody knows; each in a sentence."""
    store, id = one_record
    gone = taken(store, "R-2", typed=f"{NOTE}\n")
    assert intake(store, "erase", gone, "--yes")[0] == 0
    for typed, words in (
        (id, f"error[complete-already] the record `{id}` is complete"),
        (gone, f"error[erased] the record `{gone}` was erased"),
        ("zzzz-zzzz", "error[unknown-record] there is no record `zzzz-zzzz`"),
        ("!", "error[unknown-record] there is no record `!`"),
        ("", "error[unknown-record] there is no record ``"),
    ):
        code, out, said = intake(store, "resume", typed)
        assert (code, out) == (1, "")
        assert said.splitlines()[0] == words


def test_a_record_that_another_desk_works_on_is_held(begun: tuple[Path, str]) -> None:
    """Who has it is said; who takes it over goes on, and the first is told with the next answer and keeps the rest."""
    store, id = begun
    first = desk(store, "resume", id, "--take-over", "--staff", "otto")
    first.until("Question 2 of 3")
    first.until(DRAWN)
    code, _, said = intake(store, "resume", id, typed=REST)
    assert code == 1
    assert f"error[held] the record `{id}` is being worked on by otto at " in said
    assert "--take-over" in said
    assert intake(store, "resume", id, "--take-over", typed=REST)[0] == 0
    first.type(" " + ENTER)
    first.until("What you answer can't be written any more: mia changed the record")
    first.until("Question 3 of 3")
    first.until(DRAWN)
    first.type(CTRL_C)

    assert first.end() == 130
    assert f"Stopped. All but the last answers are kept: screener intake resume {id}" in first.shown()
    assert exported(store, id)["summary"]["answers"] == ANSWERS
    assert ("taken over", "mia") in logged(store, "--record", id)


def test_what_is_typed_after_another_desk_took_over_goes_to_a_file(begun: tuple[Path, str]) -> None:
    """At the end it is offered, and the file holds it; nobody is asked to try again what can't work."""
    store, id = begun
    first = desk(store, "resume", id, "--take-over", "--staff", "otto", rows=60)
    first.until("Question 2 of 3")
    first.until(DRAWN)
    assert intake(store, "resume", id, "--take-over", typed=REST)[0] == 0
    first.type(DOWN + " " + ENTER)
    first.until("Question 3 of 3")
    first.until(DRAWN)
    first.type(ENTER)
    first.until("Please check your answers.")
    first.until(DRAWN)
    first.type(ENTER)
    first.until("type a name for a new file")
    first.type("kept.json" + ENTER)

    assert first.end() == 1
    assert "To try again" not in first.raw
    assert '"strong"' in (store.parent / "kept.json").read_text("utf-8")
    assert "Tell them that it itches." in first.raw
    assert exported(store, id)["summary"]["answers"] == ANSWERS


def test_it_comes_through_a_pipe_too(begun: tuple[Path, str]) -> None:
    """As `new` does; an input that ends leaves it as it is, and says how to go on."""
    store, id = begun
    code, _, said = intake(store, "resume", id, typed="")
    assert code == 1
    assert f"What was answered is kept: screener intake resume {id}" in " ".join(said.split())
    code, out, _ = intake(store, "resume", id, "--format", "json", typed=REST)

    assert code == 0
    assert f'"note": "{NOTE}"' in out


def test_a_whole_interview_is_in_the_log(new_store: Path) -> None:
    """Who began it and who went on with it, without a word of what was answered."""
    id = taken(new_store, "R-1", typed=f"{NOTE}\n")
    intake(new_store, "resume", id, "--take-over", typed=REST, SCREENER_STAFF="otto")
    done = logged(new_store, "--record", id)

    assert [action for action, _ in done] == ["begun", "taken over", "answered", "answered", "completed"]
    assert [staff for _, staff in done] == ["mia", "otto", "otto", "otto", "otto"]
    assert NOTE not in intake(new_store, "audit", "--format", "json")[1]
