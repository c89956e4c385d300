"""Problems on a screen stand in whole words; a program that reads them has each sentence on its line."""

import re
from pathlib import Path

import pytest
from commands import file, rules, start
from hypothesis import given
from hypothesis import strategies as st
from terminals import Terminal

from screener.ground.listing import as_text
from screener.ground.problems import ExampleAnswers, Problem
from screener.ground.wrapping import cells

FILE = """\
format: 1
questions:
  - {id: itch, type: yes-no, ask: "Does your skin itch, burn, or hurt when you touch it?", when: {pain: yes}}
"""


@pytest.mark.parametrize("columns", [40, 80])
def test_problems_fit_the_screen(tmp_path: Path, columns: int) -> None:
    """On a terminal no word is torn and no line is longer than the window; the caret still points at its place."""
    file(tmp_path, FILE)
    terminal = Terminal("rules", "check", "rules.yaml", cwd=str(tmp_path), columns=columns, rows=50)
    assert terminal.end() == 1

    lines = [line.rstrip() for line in terminal.everything()]
    said = " ".join(" ".join(lines).split())
    assert "error[unknown-question] there is no question `pain`" in said
    assert "help: add `dispositions:`" in said
    (place,) = (number for number, line in enumerate(lines) if "when: {pain" in line)
    assert lines[place + 1].index("^") == lines[place].index("pain")


def test_a_program_reads_each_sentence_on_its_line(tmp_path: Path) -> None:
    """However narrow the window is, what is not written to it is not broken."""
    file(tmp_path, FILE)
    _, out, _ = rules("check", "rules.yaml", cwd=tmp_path)
    code, _, err = start("nosuch", cwd=tmp_path, COLUMNS="40")

    assert "rules.yaml:1:1: error[missing-key] the file: `dispositions` is missing\n" in out
    assert code == 1
    assert re.match(r"error\[not-found\] there is no rule file `nosuch`\n  help: [^\n]+\n$", err)


@given(st.integers(20, 100), *[st.text("abc   ", max_size=70)] * 3)
def test_a_width_breaks_lines_and_changes_no_word(width: int, message: str, help: str, excerpt: str) -> None:
    """Nothing is wider; where every word fits, what is said is the same as without a width."""
    message, help = (" ".join(["a", *text.split()]) for text in (message, help))
    other = Problem("other", message, file="rules.yaml", line=9, column=2)
    example = ExampleAnswers(message, (("question", "answer"),))
    problem = Problem("code", message, help, "rules.yaml", 7, 1, related=(other,), witness=(example,))
    broken, whole = as_text([problem], width), as_text([problem])

    assert max(map(cells, broken.splitlines())) <= width
    if max(map(len, whole.split())) <= width - 6:
        assert broken.split() == whole.split()
    lines = as_text([problem._replace(excerpt=excerpt, caret=len(excerpt))], width).splitlines()
    assert max(map(cells, lines)) <= width
