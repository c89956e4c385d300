"""One engine, three faces: the same answers give the same bytes through terminal, plain lines and a file."""

import json
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest
from faces import face
from terminals import ANSWERS, COMMAND, PICO

from screener.engine.answers import offered, read_answers
from screener.engine.progress import Progress
from screener.interview.loop import interview
from screener.rulefile.model import RuleFile

CASES: list[Mapping[str, object]] = [
    ANSWERS,
    {"adult": "no"},
    {**ANSWERS, "concerns": ["none"], "health": ["keloid", "gold"][:1]},
]


def by_file(answers: Mapping[str, object], folder: Path) -> str:
    """The JSON summary for an answers file."""
    file = folder / "answers.yaml"
    file.write_text(json.dumps(answers), "utf-8")
    done = subprocess.run(
        [COMMAND, "start", "--answers", str(file), "--format", "json"], capture_output=True, text=True, check=True
    )
    return done.stdout


def typed_lines(rules: RuleFile, answers: Mapping[str, object]) -> str:
    """What someone types in the plain face to give these answers, and to go on when told the next step."""
    lines, told, progress = [], False, Progress(rules, {})
    for question in rules.questions:
        if question.id in answers and not (question.id == "extent" and answers.get("concerns") == ["none"]):
            numbers = {id: str(number) for number, (id, _) in enumerate(offered(question), 1)}
            given = answers[question.id]
            lines.append(",".join(numbers[id] for id in given) if isinstance(given, list) else numbers[str(given)])
            progress.answer(question.id, tuple(given) if isinstance(given, list) else str(given))
            if progress.certain and progress.next_question() and not told:
                lines.append("1")
                told = True
    return "\n".join([*lines, "", ""])


@pytest.mark.parametrize("answers", CASES)
def test_plain_and_file_agree(answers: Mapping[str, object], pico: RuleFile, tmp_path: Path) -> None:
    """Numbered lines and an answers file give the same bytes."""
    done = subprocess.run(
        [COMMAND, "start", "--format", "json"],
        input=typed_lines(pico, answers),
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout == by_file(answers, tmp_path)


def test_terminal_and_file_agree(pico: RuleFile, tmp_path: Path) -> None:
    """Arrow keys and an answers file give the same answers, so the same bytes."""
    with face("".join(keys for _, keys in PICO) + "\r") as (asker, _):
        final = interview(pico, {}, asker)

    assert dict(final) == dict(read_answers(json.dumps(ANSWERS), pico).answers)
    assert json.loads(by_file(ANSWERS, tmp_path))["answers"] == ANSWERS


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    """Two runs over the same file differ in nothing."""
    assert by_file(ANSWERS, tmp_path) == by_file(ANSWERS, tmp_path)
