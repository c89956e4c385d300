"""Answers that were saved for another version of a rule file: taken, with a note that asks to look at them again."""

import json
import subprocess
from pathlib import Path

import pytest
from commands import file, rules, start
from terminals import COMMAND

from screener.rulefile.model import RuleFile

NOTE = "has changed since these answers were saved"


def said(saved: dict[str, str], folder: Path) -> str:
    """What is said beside the summary about answers with this header."""
    file = folder / "answers.json"
    file.write_text(json.dumps({"rules": saved, "answers": {"adult": "no"}}), encoding="utf-8")
    command = [COMMAND, "start", "--answers", str(file)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stderr


@pytest.mark.parametrize(
    ("version", "sha256", "noted"),
    [
        ("same", "same", False),
        ("same", None, False),
        (None, "same", False),
        (None, None, False),
        ("same", "other", True),
        (None, "other", True),
        ("other", "same", True),
        ("other", None, True),
        ("other", "other", True),
    ],
)
def test_a_change_is_noted(
    version: str | None, sha256: str | None, noted: bool, pico: RuleFile, tmp_path: Path
) -> None:
    """Another version, or the same version with another text, is enough; what a file does not say is no change."""
    now = {"version": pico.version, "sha256": pico.sha256}
    then = {"version": version, "sha256": sha256}
    saved = {key: now[key] if word == "same" else "0.0.0-old" for key, word in then.items() if word}
    heard = said({"id": pico.id, **saved}, tmp_path)

    assert (NOTE in heard) is noted
    assert ("0.0.0-old then" in heard) is (version == "other")


FORMER = """\
format: 1
id: x
version: 1.0.0
title: X
language: en
questions:
  - {id: itch, type: yes-no, ask: Does it itch?}
guidance:
  - {id: g, topic: T, says: S.}
dispositions:
  - {id: d, title: D, says: D.}
referral: {says: See someone.}
former: {earlier: "You are asked about it\\nunder `itch` now."}
"""


@pytest.mark.parametrize("wrapped", [True, False])
def test_a_question_that_went_costs_nobody_the_other_answers(wrapped: bool, tmp_path: Path) -> None:
    """Its answer is left out, whatever it is, and the note of the author says why; all else is taken."""
    answers: dict[str, object] = {"earlier": ["anything", 7], "itch": "yes"}
    given = file(tmp_path, json.dumps({"answers": answers} if wrapped else answers), "answers.json")
    code, out, err = start(file(tmp_path, FORMER), "--answers", given, "--format", "json")

    assert code == 0
    assert json.loads(out)["answers"] == {"itch": "yes"}
    assert err == "Note: `earlier` is no longer asked. You are asked about it under `itch` now.\n"


def test_other_faults_are_told_without_the_note(tmp_path: Path) -> None:
    """A question that never was is a problem still, and so is one that went where a worked case answers it."""
    given = file(tmp_path, json.dumps({"earlier": "yes", "earlyer": "yes"}), "answers.json")
    code, _, err = start(file(tmp_path, FORMER), "--answers", given)
    cases = file(
        tmp_path, "format: 1\ncases: [{id: a, answers: {earlier: yes}, expect: {disposition: d}}]\n", "a.cases.yaml"
    )

    assert code == 1
    assert "there is no question `earlyer`" in err
    assert "Note:" not in err
    assert "there is no question `earlier`" in rules("test", tmp_path / "rules.yaml", "--cases", cases)[2]
