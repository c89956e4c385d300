"""The day of an interview: from which dates are counted, where it is kept, and how it comes back."""

import json
import subprocess
from datetime import date
from pathlib import Path

import pytest
from commands import rules
from terminals import COMMAND

FILE = """
format: 1
id: days
version: 1.0.0
title: Days
language: en
questions:
  - {id: laser, type: date, ask: When was your last laser treatment?, max: today}
guidance:
  - {id: recent, topic: Care, says: Say when it was., when: {laser: {within: 6 months}}, disposition: wait}
  - {id: care, topic: Care, says: Keep the skin cool.}
dispositions:
  - {id: consult, title: Talk to a professional, says: They look at your skin.}
  - {id: wait, title: Wait a little, says: Before anything else.}
referral: {says: Please see a certified professional.}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the rule file, and answers that hang on the day."""
    (tmp_path / "days.yaml").write_text(FILE, encoding="utf-8")
    (tmp_path / "answers.yaml").write_text("laser: 2026-01-31\n", encoding="utf-8")
    return tmp_path


def start(folder: Path, *arguments: str, code: int = 0) -> str:
    """What `screener start` prints for the answers, or says where it refuses."""
    command = [COMMAND, "start", "days.yaml", *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == code, done.stderr
    return done.stdout if code == 0 else done.stderr


def step(folder: Path, *arguments: str) -> tuple[str, str]:
    """The day that a summary records, and its next step."""
    found = json.loads(start(folder, *arguments, "--format", "json"))
    return found["date"], found["disposition"]["id"]


def test_dates_are_counted_from_the_day_of_the_interview(folder: Path) -> None:
    """Six months later the line is said, a day after that it is not; a span ends with a month that is shorter."""
    asked = ("--answers", "answers.yaml", "--date")

    assert step(folder, *asked, "2026-07-31") == ("2026-07-31", "wait")
    assert step(folder, *asked, "2026-08-01") == ("2026-08-01", "consult")
    assert step(folder, *asked, "2026-01-31") == ("2026-01-31", "wait")


def test_a_day_after_the_interview_is_refused(folder: Path) -> None:
    """`max: today` is the day of the interview."""
    said = start(folder, "--answers", "answers.yaml", "--date", "2026-01-30", code=1)

    assert "the largest possible is 2026-01-30" in said


def test_saved_answers_keep_their_day(folder: Path) -> None:
    """They give the same bytes whenever they are read; --date counts from another day; a summary in JSON does too."""
    start(folder, "--answers", "answers.yaml", "--date", "2026-07-31", "--save-answers", "kept.json")
    summary = start(folder, "--answers", "kept.json", "--format", "json")
    (folder / "summary.json").write_text(summary, encoding="utf-8")

    assert json.loads((folder / "kept.json").read_text())["date"] == "2026-07-31"
    assert step(folder, "--answers", "kept.json") == ("2026-07-31", "wait")
    assert step(folder, "--answers", "kept.json", "--date", "2026-12-24") == ("2026-12-24", "consult")
    assert start(folder, "--answers", "summary.json", "--format", "json") == summary


def test_without_a_day_it_is_today(folder: Path) -> None:
    """And days can be written as they are counted."""
    (folder / "answers.yaml").write_text("laser: 6 months ago\n", encoding="utf-8")

    assert step(folder, "--answers", "answers.yaml") == (date.today().isoformat(), "wait")


@pytest.mark.parametrize("format", ["text", "markdown", "html", "csv"])
@pytest.mark.parametrize("reader", ["person", "professional"])
def test_every_summary_records_the_day(folder: Path, format: str, reader: str) -> None:
    """Whoever reads it later knows from when it counts."""
    made = start(folder, "--answers", "answers.yaml", "--date", "2026-07-31", "--format", format, "--for", reader)

    assert "2026-07-31" in made.replace("\\", "")


def test_a_rule_file_that_counts_nothing_records_no_day(folder: Path) -> None:
    """Its summary is the same on every day, and --date has only the professional's page to stand on."""
    (folder / "days.yaml").write_text(
        FILE.replace(", max: today", "").replace("{within: 6 months}", "{below: 2026-02-01}")
    )

    assert '"date"' not in start(folder, "--answers", "answers.yaml", "--format", "json")
    assert "--date can only be used with --for professional" in start(
        folder, "--answers", "answers.yaml", "--date", "2026-07-31", code=2
    )


def test_worked_cases_hold_on_any_day(folder: Path) -> None:
    """Those that are suggested notice every change and are counted from the interview; a fixed day is refused."""
    code, cases, _ = rules("cases", "days.yaml", "--suggest", "--strong", cwd=folder)
    (folder / "days.cases.yaml").write_text(cases, encoding="utf-8")

    assert code == 0
    assert " ago" in cases
    assert rules("test", "days.yaml", "--strong", cwd=folder)[0] == 0
    (folder / "days.cases.yaml").write_text(
        "format: 1\ncases:\n  - {id: one, answers: {laser: 2026-01-31}, expect: {disposition: wait}}\n",
        encoding="utf-8",
    )
    code, said, wrong = rules("test", "days.yaml", cwd=folder)
    assert (code, said) == (1, "")
    assert "the answer to `laser` is a fixed day, and what follows from it changes as time goes" in wrong


def test_what_fhir_has_no_word_for_is_listed(folder: Path) -> None:
    """A limit of today, and a condition that counts back; the question is then always shown."""
    more = "  - {id: more, type: text, ask: What was it?, when: {laser: {within: 6 months}}}\nguidance:"
    (folder / "days.yaml").write_text(FILE.replace("guidance:", more, 1), encoding="utf-8")
    code, form, lost = rules("export", "days.yaml", "--to", "fhir", cwd=folder)

    assert code == 0
    assert "FHIR R4 knows no `max: today`, so that limit is left out" in lost
    assert "question `more`: its condition counts back from the day of the interview" in " ".join(lost.split())
    assert "maxValue" not in form
    assert "enableWhen" not in form
