"""`screener intake again`: a repeat visit asks what may have changed, and says what has."""

from pathlib import Path

import pytest
from commands import file
from intakes import ANSWERS, NOTE, RULES, aged, desk, exported, id_in, intake, listed
from terminals import DOWN, ENTER, UP
from walking import DRAWN

AGAIN = ("again", "R-1", "rules.yaml", "--consent")
#: Nobody is asked whether to finish early: what was taken over makes the most urgent step certain at once.
GO_ON = "1\n"


def answers_of(store: Path, said: str) -> object:
    """All answers of the record whose id stands in what was said."""
    return exported(store, id_in(said))["summary"]["answers"]


def test_what_stays_good_is_taken_over_and_what_changed_is_said(one_record: tuple[Path, str]) -> None:
    """The rest is asked; it is a record of its own, and the one before stays."""
    store, id = one_record
    code, out, said = intake(store, *AGAIN, typed=f"{GO_ON}All is well\n2\n2\n\n")
    flat = " ".join(said.split())

    assert code == 0
    assert "Tell them that it itches." in out
    assert "2 answers are taken over; look at them at the end." in flat
    assert "2 answers have changed since the last visit, on " in flat
    assert f"What should we know? before: {NOTE} now: All is well" in flat
    assert "Which creams do you use? before: A mild cream now: A strong cream" in flat
    assert len(listed(store, "--ref", "R-1")) == 2
    assert exported(store, id)["summary"]["answers"] == ANSWERS
    assert answers_of(store, flat[: flat.index("2 answers have changed")]) == {
        **ANSWERS,
        "note": "All is well",
        "creams": ["strong"],
    }


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (("mild: A mild", "soft: A soft"), "One answer is taken over; look at it at the end."),
        (("    carry_over: 90 days\n", ""), "One answer is taken over; look at it at the end."),
        (("version: 1.0.0", "version: 1.4.2"), "2 answers are taken over"),
        (("version: 1.0.0", "version: 2.0.0"), "All is asked anew."),
        (("90 days", "40 days"), "All is asked anew."),
    ],
)
def test_only_what_is_sure_to_mean_the_same_is_taken_over(change: tuple[str, str], words: str, new_store: Path) -> None:
    """An option that is gone, a span that is over, another first number of the version: asked anew."""
    aged(new_store, 50)
    file(new_store.parent, RULES.replace(*change))
    code, _, said = intake(new_store, *AGAIN)

    assert code == 1  # nobody answered the rest
    assert words in " ".join(said.split())


def test_nobody_who_was_not_here_comes_again(one_record: tuple[Path, str]) -> None:
    """A reference that is not known, and another questionnaire than last time."""
    store, _ = one_record
    for arguments, words in (
        (("again", "R-2", "rules.yaml"), "there is no complete record of `R-2`"),
        (("again", "R-1"), "the last visit was answered with `visit`, not with `pico-laser`"),
        (("again", "R\t1"), "the reference holds characters that can't be seen"),
    ):
        code, out, said = intake(store, *arguments)
        assert (code, out) == (1, "")
        assert words in said.splitlines()[0]

    assert len(listed(store)) == 1


def test_the_last_complete_visit_counts(new_store: Path) -> None:
    """Not one that was left, and not an older one; capitals don't matter."""
    aged(new_store, 80, "r-1", {**ANSWERS, "creams": ["none"]})
    aged(new_store, 20, "R-1", {**ANSWERS, "creams": ["strong"], "itch": "no"})
    intake(new_store, "new", "rules.yaml", "--ref", "R-1", "--consent", typed="x\n1\n")
    _, _, said = intake(new_store, "again", "r-1", "rules.yaml", "--consent", typed="All is well\n\n")

    assert "1 answer has changed since the last visit" in " ".join(said.split())
    assert "A strong cream" in said


def test_the_person_agrees_again(one_record: tuple[Path, str]) -> None:
    """Every time; Enter keeps nothing, and nothing of the last visit is shown to whoever does not agree."""
    store, _ = one_record
    terminal = desk(store, *AGAIN[:-1])
    terminal.until("› No, do not keep them")
    terminal.until(DRAWN)
    assert NOTE not in "\n".join(terminal.everything())
    terminal.type(ENTER)

    assert terminal.end() == 0
    assert "Nothing was kept." in terminal.shown()
    assert len(listed(store)) == 1


def test_at_a_terminal_the_answers_that_were_taken_over_are_looked_at(new_store: Path) -> None:
    """In the list at the end, where they can be changed."""
    aged(new_store, 1, "R-1", {**ANSWERS, "itch": "no"})
    terminal = desk(new_store, *AGAIN, rows=60)
    terminal.until("Question 1 of 3")
    terminal.until(DRAWN)
    terminal.type(NOTE + ENTER)
    terminal.until("Please check your answers.")
    terminal.until(DRAWN)
    assert "A mild cream" in terminal.shown()
    terminal.type(DOWN * 3 + ENTER)
    terminal.until("Does your skin itch? Yes › No")
    terminal.until(DRAWN)
    terminal.type(UP + ENTER)
    terminal.until("› Does your skin itch? – Yes")
    terminal.until(DRAWN)
    terminal.type(UP * 3 + ENTER)

    assert terminal.end() == 0
    assert "Does your skin itch? before: No now: Yes" in " ".join(terminal.shown().split())
