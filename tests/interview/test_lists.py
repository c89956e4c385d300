"""Lists and the review in a real pseudo-terminal, in windows that are lower than they are long."""

import re
from functools import partial

import pytest
from terminals import CTRL_C, DOWN, ENTER, UP, Terminal
from walking import DRAWN, first_of, left, reviewed, walked

from screener.engine.answers import in_words, offered
from screener.rulefile.model import Question, RuleFile

PASTE = "\x1b[200~melasma\r\x1b[201~"
PASTED = "Pasting does nothing here; choose with the arrow keys."
SIZES = [(80, 24), (40, 20), (40, 16)]


def flat(terminal: Terminal) -> str:
    """The screen in one line."""
    return " ".join(terminal.shown().split())


def counted(shown: str) -> int:
    """How many more there are, above and below."""
    return sum(int(count) for count in re.findall("[▲▼] ([0-9]+) more", shown))


def all_accounted(terminal: Terminal, options: list[str]) -> bool:
    """Whether each of these options is on the screen, or counted."""
    shown = flat(terminal)
    return sum(f"○ {option}" in shown for option in options) + counted(shown) == len(options)


def entries(terminal: Terminal) -> int:
    """How many entries the review has, seen or counted."""
    seen = sum(line.startswith("     – ") for line in terminal.shown().splitlines())
    return ("All is right" in terminal.shown()) + seen + counted(flat(terminal))


def titles(question: Question) -> list[str]:
    """All that can be chosen, as it stands on the screen."""
    helps = {id: option.help or "" for id, option in question.choices.items()}
    return [f"{label} {helps.get(id, '')}".rstrip() for id, label in offered(question)]


@pytest.mark.parametrize(("columns", "rows"), SIZES)
def test_enter_with_nothing_chosen_says_why(columns: int, rows: int, pico: RuleFile) -> None:
    """On every list of the questionnaire, also one that is taller than the window, and on a terminal that is silent.

    It is never asked where its cursor is, which is what the message once waited for.
    """
    terminal, lists = Terminal("start", columns=columns, rows=rows), []
    for question in walked(terminal, pico):
        if question.type == "many":
            terminal.type(ENTER)
            terminal.until("Please choose at least one, with the space bar.")
            terminal.until(DRAWN)
            lists.append(question.id)
    terminal.until("Please check your answers.")

    assert left(terminal) == 130
    assert lists == [question.id for question in pico.questions if question.type == "many"]
    assert "\x1b[6n" not in terminal.raw


def test_what_is_not_seen_is_counted(pico: RuleFile) -> None:
    """From the first option to the last and back to the first: each is whole on the screen, or counted."""
    terminal, counts = Terminal("start", columns=40, rows=20), set()
    for question in walked(terminal, pico):
        if question.type == "many":
            options = titles(question)
            for title in [*options, options[0]]:
                terminal.until(f"› ○ {title}")
                terminal.until(DRAWN)
                terminal.when(partial(all_accounted, terminal, options))
                counts.add(counted(flat(terminal)))
                terminal.type(DOWN)
            terminal.type(UP)
    terminal.until("Please check your answers.")

    assert left(terminal) == 130
    assert max(counts) > 0


@pytest.mark.parametrize(("columns", "rows"), SIZES[:2])
def test_the_review_shows_whole_entries(columns: int, rows: int, pico: RuleFile) -> None:
    """Each question that is pointed at stands there with all its words and its answer, set in below it by a mark."""
    terminal = Terminal("start", columns=columns, rows=rows)
    asked = reviewed(terminal, pico)
    for question in asked:
        terminal.type(DOWN)
        terminal.until(f"› {question.ask} – {in_words(question, first_of(question))}")
        terminal.until(DRAWN)
        terminal.when(lambda: entries(terminal) == 1 + len(asked))

    assert left(terminal) == 130


def test_the_review_keeps_its_place(pico: RuleFile) -> None:
    """After a change the pointer stands on what was changed, also when it is far down the list."""
    terminal = Terminal("start", columns=40, rows=20)
    asked = reviewed(terminal, pico)
    place, wanted = next((n, q) for n, q in enumerate(asked, 1) if n > 8 and q.type in ("one", "yes-no"))
    terminal.type(DOWN * place)
    terminal.until(f"› {wanted.ask}")
    terminal.type(ENTER)
    terminal.until(f"question {place} of")
    terminal.until(DRAWN)
    terminal.type(DOWN + ENTER)
    terminal.until("Please check your answers.")
    terminal.until(f"› {wanted.ask} – {offered(wanted)[1][1]}")

    assert left(terminal) == 130


def test_pasting_into_a_list_is_answered(pico: RuleFile) -> None:
    """It chooses nothing and ends nothing, and says so until the next key; the review does the same."""
    terminal = Terminal("start", columns=40, rows=20)
    terminal.until(DRAWN)
    terminal.type(PASTE)
    terminal.until(PASTED)
    terminal.type(DOWN)
    terminal.until("› No")
    terminal.when(lambda: "Pasting" not in terminal.shown())
    terminal.type(UP)
    reviewed(terminal, pico)
    terminal.type(PASTE)
    terminal.until(PASTED)
    assert "› All is right" in terminal.shown()

    assert left(terminal) == 130


def test_a_window_of_another_height_counts_anew(pico: RuleFile) -> None:
    """The list, and the review too, follow the window; the pointer stays where it is."""
    terminal = Terminal("start", columns=80, rows=40)
    question = next(question for question in walked(terminal, pico) if question.type == "many")
    options = titles(question)
    terminal.type(*[DOWN] * 3)
    terminal.until(f"› ○ {options[3]}")
    terminal.resize(80, 12)
    terminal.until("more")
    terminal.until(DRAWN)
    assert f"› ○ {options[3]}" in flat(terminal)
    terminal.when(lambda: all_accounted(terminal, options))
    terminal.resize(80, 40)
    terminal.until(f"○ {options[-1]}")
    terminal.until(DRAWN)
    terminal.when(lambda: all(f"○ {other}" in flat(terminal) for other in options))
    terminal.type(CTRL_C)

    assert terminal.end() == 130
