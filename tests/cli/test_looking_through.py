"""`screener start --review`: answers that are complete are looked through once more, and some are changed."""

import json
from pathlib import Path

from commands import file, start
from terminals import ENTER, Terminal

ITCH = """\
format: 1
id: small
version: 1.0.0
title: Small
language: en
questions:
  - {id: itch, type: yes-no, ask: Does your skin itch?}
  - {id: since, type: text, ask: Since when?, when: {itch: yes}}
guidance:
  - {id: rest, topic: Care, says: Keep the skin cool.}
dispositions:
  - {id: consult, title: Talk to a professional, says: They look at your skin.}
referral: {says: Please see a professional.}
"""


def test_a_complete_file_is_looked_through_and_changed(tmp_path: Path) -> None:
    """One answer is changed, what it brings up is asked, and the new answers go to a file; the old one stays."""
    rules = file(tmp_path, ITCH)
    answers = file(tmp_path, "itch: no\n", "answers.yaml")
    kept = tmp_path / "new.json"
    typed = "1\n1\nlast week\n\n"
    code, _, said = start(rules, "--answers", answers, "--review", "--save-answers", kept, typed=typed)

    assert code == 0
    assert "Please check your answers." in said
    assert json.loads(kept.read_text("utf-8"))["answers"] == {"itch": "yes", "since": "last week"}
    assert answers.read_text("utf-8") == "itch: no\n"


def test_without_it_a_complete_file_is_taken_as_it_is(tmp_path: Path) -> None:
    """Nothing is asked."""
    rules = file(tmp_path, ITCH)
    answers = file(tmp_path, "itch: no\n", "answers.yaml")
    code, out, said = start(rules, "--answers", answers)

    assert (code, said) == (0, "")
    assert "Talk to a professional" in out


def test_in_a_terminal_the_list_of_answers_comes_first(tmp_path: Path) -> None:
    """Enter on its first line goes on to the summary."""
    rules = file(tmp_path, ITCH)
    answers = file(tmp_path, "itch: no\n", "answers.yaml")
    terminal = Terminal("start", str(rules), "--answers", str(answers), "--review")
    terminal.until("Please check your answers.")
    terminal.type(ENTER)
    terminal.until("Talk to a professional")

    assert terminal.end() == 0
