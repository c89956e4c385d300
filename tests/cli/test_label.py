"""What staff want on the professional's page: a reference and a date, given with the command and never asked for."""

import json
import shutil
import subprocess
from base64 import b64decode
from datetime import date
from pathlib import Path

import pytest
from commands import file, start
from terminals import ANSWERS

FOR = ["--for", "professional"]


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    """An answers file with every answer."""
    return file(tmp_path, json.dumps(ANSWERS), "given.json")


def label(page: str) -> list[str]:
    """The lines of the label on a page of text."""
    names = ("Reference: ", "Date: ", "Signature or label: ")
    return [line.strip() for line in page.splitlines() if line.strip().startswith(names)]


def test_what_is_given_stands_on_the_page_and_the_rest_can_be_written_by_hand(answers: Path) -> None:
    """Reference and date as they are given; where one is missing, and for the signature, there is a line."""
    line = "_" * 30
    both = start("--answers", answers, *FOR, "--ref", "F-17", "--date", "2026-01-31")[1]
    none, empty = (start("--answers", answers, *FOR, *given)[1] for given in ((), ("--ref", "", "--date", "")))

    assert label(both) == ["Reference: F-17", "Date: 2026-01-31", f"Signature or label: {line}"]
    assert label(none) == label(empty) == [f"Reference: {line}", f"Date: {line}", f"Signature or label: {line}"]


def test_the_day_can_be_today(answers: Path) -> None:
    """The word stands for the day on which the command is run."""
    before = date.today()
    (said,) = [line for line in label(start("--answers", answers, *FOR, "--date", "today")[1]) if "Date" in line]

    assert said in (f"Date: {day.isoformat()}" for day in (before, date.today()))


def test_the_person_is_never_asked_for_it() -> None:
    """Neither question nor answer: only the page has it, and standard error does not name it."""
    code, out, err = start(*FOR, "--ref", "F-17", "--date", "2026-01-31", typed="2\n\n")

    assert code == 0
    assert "F-17" in out
    assert "F-17" not in err
    assert "Reference" not in err


@pytest.mark.parametrize(
    ("ref", "shown"),
    [
        ("x" * 61, "x" * 59 + "…"),
        ("x" * 60, "x" * 60),
        ("w" * 100_000, "w" * 59 + "…"),
        ("a\x1b[2Jb", "a\\u001b[2Jb"),
        ("\x1b" * 20, "\\u001b" * 9 + "\\u001…"),
        ("one\ntwo\tthree\r\n four", "one two three four"),
        ("\u202egnp.exe", "\\u202egnp.exe"),
        ("=1+1", "=1+1"),
        ("*[b]* <i>", "*[b]* <i>"),
    ],
)
def test_a_hostile_reference_is_cleaned_and_cut(ref: str, shown: str, answers: Path) -> None:
    """It stays on its line, shows what could do harm, and pushes nothing off the page."""
    out = start("--answers", answers, *FOR, "--ref", ref)[1]

    assert f"Reference: {shown}" in " ".join(out.split())
    assert "\x1b" not in out


@pytest.mark.parametrize("day", ["31.1.2026", "2026-02-30", "tomorrow", "2026-1-3", "20260131", "2026-01-31T00:00"])
def test_what_is_no_date_is_refused_before_the_first_question(day: str) -> None:
    """A sentence says how a date is written."""
    code, out, err = start(*FOR, "--date", day, typed="2\n\n")

    assert (code, out) == (2, "")
    assert "--date must be a date such as 2026-01-31, or the word today." in " ".join(err.split())
    assert "18 or older" not in err


@pytest.mark.parametrize(
    "arguments", ["--ref F-17", "--date today -o anna.txt", "--ref F-17 --for professional --format json"]
)
def test_without_a_page_for_the_professional_it_is_refused(arguments: str, tmp_path: Path) -> None:
    """It would stand nowhere: whoever gives it is told what it is for, and nothing is asked."""
    code, out, err = start(*arguments.split(), cwd=tmp_path, typed="2\n\n")

    assert (code, out, sorted(path.name for path in tmp_path.iterdir())) == (2, "", [])
    assert "can only be used with --for professional, a file that has the word professional" in " ".join(err.split())
    assert "18 or older" not in err


def test_only_the_professionals_page_has_it(answers: Path, tmp_path: Path) -> None:
    """Data and the person's summary are the same with and without it, so that no reference gets where nobody looks."""
    outputs = [
        word for name in ("professional.html", "professional.md", "a.txt", "a.json", "a.csv") for word in ("-o", name)
    ]
    for folder, given in (("with", ["--ref", "F17", "--date", "2026-01-31"]), ("without", [])):
        (tmp_path / folder).mkdir()
        assert start("--answers", answers, *given, *outputs, cwd=tmp_path / folder)[0] == 0
        assert start("--answers", answers, *given, "--folder", "f", "--format", "text", cwd=tmp_path / folder)[0] == 0
    having = sorted(
        str(path.relative_to(tmp_path / "with"))
        for path in (tmp_path / "with").rglob("*")
        if path.is_file() and "F17" in path.read_text("utf-8")
    )

    assert having == ["f/professional.txt", "professional.html", "professional.md"]
    for name in ("a.txt", "a.json", "a.csv", "f/summary.txt", "f/answers.json"):
        assert (tmp_path / "with" / name).read_bytes() == (tmp_path / "without" / name).read_bytes()


def test_the_page_in_a_bundle_has_it_too(answers: Path, tmp_path: Path) -> None:
    """A FHIR bundle with the professional's page holds the label on that page, and nowhere else."""
    assert start("--answers", answers, "-o", "professional.fhir.json", "--ref", "F-17", cwd=tmp_path)[0] == 0
    bundle = (tmp_path / "professional.fhir.json").read_text("utf-8")
    contents = json.loads(bundle)["entry"][1]["resource"]["content"]
    page, data = (b64decode(one["attachment"]["data"]).decode("utf-8") for one in contents)

    assert ("F-17" in page, "F-17" in data, "F-17" in bundle) == (True, False, False)


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext (poppler-utils) is missing")
def test_each_page_of_a_pdf_says_which_one_it_is(answers: Path, tmp_path: Path) -> None:
    """Printed pages may get apart: below each stand the reference and the number of pages, if there are several."""
    out = tmp_path / "professional.pdf"
    start("--answers", answers, "-o", out, "--ref", "F-17", "--date", "2026-01-31")
    done = subprocess.run(["pdftotext", "-layout", out, "-"], capture_output=True, text=True, check=True)
    pages = done.stdout.strip("\f\n").split("\f")

    assert "2026-01-31" in pages[0]
    assert "Signature or label" in pages[0]
    assert [page.strip().splitlines()[-1].strip() for page in pages] == [
        f"F-17 · Page {number} of {len(pages)}" for number in range(1, len(pages) + 1) if len(pages) > 1
    ]
