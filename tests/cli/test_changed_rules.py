"""Answers that were saved for another version of a rule file: taken, with a note that asks to look at them again."""

import json
import subprocess
from pathlib import Path

import pytest
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
