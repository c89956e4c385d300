"""The README is true: its commands run as they are written, its example too, and its picture is of today."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import picture
import pytest
import segno
import written_tables
from paths import ROOT

from screener import RuleFile
from screener.page.code.letters import Sent, written
from screener.page.code.packing import packed
from screener.rulefile.find import rules_folder

README = (ROOT / "README.md").read_text("utf-8")
BIN = Path(sys.executable).parent
UNDER_AGE = "2\n\n"
DRY_SKIN = "1\n\n"  # in the questionnaire that `rules new` writes
PHOTO = "photo.png"


def blocks(language: str) -> list[str]:
    """The code blocks of this language."""
    return re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)


def commands() -> list[str]:
    """Every command line of the README, without comments."""
    lines = "".join(blocks("console")).splitlines()
    return [line.partition("  #")[0].strip() for line in lines]


def run(command: str, folder: Path, typed: str = "") -> subprocess.CompletedProcess[str]:
    """Run a shell command in a folder, the installed `screener` first on the path, with nothing of ours in the way."""
    keep = {key: value for key, value in os.environ.items() if not key.startswith(("COV", "VIRTUAL", "PYTHON"))}
    env = {**keep, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}", "SCREENER_STORE": str(folder / "store")}
    return subprocess.run(
        command, cwd=folder, env=env, input=typed, shell=True, capture_output=True, text=True, check=False, timeout=600
    )


def typed(command: str, code: str) -> str:
    """What is typed at this command: the answers of somebody under age, or their code."""
    if "receive --code" in command:
        return f"{code}\n"
    return DRY_SKIN if "my-clinic" in command else UNDER_AGE


def test_every_command_for_users_and_authors_works(scanner: None, pico: RuleFile, tmp_path: Path) -> None:
    """In the order of the README, in one folder, each command ends well."""
    code = written(Sent(False, packed(pico, {"adult": "no"})))
    written_tables.as_file({"record_id": ["A"], "adult": ["no"]}, tmp_path / "people.csv")
    segno.make_qr(code).save(str(tmp_path / PHOTO), scale=5)
    for command in commands():
        if command.startswith("screener"):
            done = run(command, tmp_path, typed(command, code))
            assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
        if command == "screener intake code-keys":
            shutil.copy(tmp_path / "store" / "code-key.public.pem", tmp_path)
        if command == "screener rules new my-clinic.yaml":  # the file before the edit that `diff` looks at
            (tmp_path / "before.yaml").write_bytes((tmp_path / "my-clinic.yaml").read_bytes())

    made = {path.name for path in tmp_path.iterdir()}
    assert made == {
        *("summary.txt", "summary.md", "summary.html", "summary.pdf", "answers.json", "bundle.json"),
        *("anna.pdf", "anna-professional.pdf", "anna"),
        *("my-clinic.yaml", "before.yaml", "picture.html", "questionnaire.json", "codebook.md", "codebook.csv"),
        "imported.yaml",
        "evidence",
        *("store", "copies", "records.ndjson"),
        *("page.html", "tablet.html", "part.html", "sealed.html", "my-page.html", "code-key.public.pem"),
        *("code.pdf", PHOTO),
        *("people.csv", "out.csv", "out.ndjson", "out.fhir.ndjson", "columns.yaml", "out.parquet", "report.html"),
    }
    assert "See a doctor first" in (tmp_path / "summary.txt").read_text("utf-8")


def test_the_document_command_works(tmp_path: Path) -> None:
    """The command in the text about the source document runs; a text of another kind misses every heading."""
    (tmp_path / "FILE").write_text("Another text.\n", "utf-8")
    command = re.search(r"`(screener rules check [^`]*--document FILE)`", README)
    assert command is not None
    done = run(command[1], tmp_path)

    assert done.returncode == 1
    assert done.stdout.count("error[section-missing]") == 8


def test_the_python_example_runs(tmp_path: Path) -> None:
    """The example for programmers prints the next question and the next step."""
    (tmp_path / "example.py").write_text(blocks("python")[0], "utf-8")
    done = run("python example.py", tmp_path)

    assert done.stdout.splitlines() == [
        "Is any mark or mole new, changing, itchy, bleeding or odd, or is there a sore that does not heal?",
        "Talk it over at a consultation",
    ]


def test_the_answers_example_is_read(tmp_path: Path) -> None:
    """The answers file of the README is valid; what it leaves out is listed."""
    (tmp_path / "a.yaml").write_text(blocks("yaml")[0], "utf-8")
    done = run("screener start --answers a.yaml", tmp_path)

    assert done.returncode == 1
    assert "unknown-answer" not in done.stderr
    assert "question `health` has no answer" in done.stderr


@pytest.mark.checkout
def test_ci_runs_the_test_command_word_for_word() -> None:
    """CI runs the very line that the README gives for testing, and nothing less."""
    ours = [command for command in commands() if "-m tests" in command]

    assert len(ours) == 1
    assert ours[0] in [line.strip() for line in (ROOT / ".ci" / "run").read_text("utf-8").splitlines()]
    assert ours[0] in (ROOT / ".github" / "CONTRIBUTING.md").read_text("utf-8")


@pytest.mark.slow
@pytest.mark.checkout
def test_the_install_command_works_word_for_word(tmp_path: Path) -> None:
    """In a fresh copy the first command installs and asks; what it installed works from anywhere, rules and all."""
    copy = tmp_path / "copy"
    skip = shutil.ignore_patterns(".git", ".venv", "__pycache__", ".*_cache", "*.egg-info", ".hypothesis")
    shutil.copytree(ROOT, copy, ignore=skip)
    command = next(command for command in commands() if command.endswith("screener start"))
    done = run(command, copy, UNDER_AGE)
    screener = copy / ".venv" / "bin" / "screener"
    elsewhere = run(f"{screener} rules check pico-laser && {screener} rules test", tmp_path)
    where = run(f"{copy}/.venv/bin/python -c 'import screener.rulefile.find as f; print(f.rules_folder())'", tmp_path)

    assert done.returncode == 0, done.stderr
    assert "See a doctor first" in done.stdout
    assert elsewhere.returncode == 0, elsewhere.stdout + elsewhere.stderr
    assert "site-packages" in where.stdout
    assert {path.name for path in Path(where.stdout.strip()).iterdir()} == {
        path.name for path in (ROOT / "rules").iterdir()
    }
    assert (Path(where.stdout.strip()).parent / "py.typed").exists()


def test_rules_are_found_beside_the_package_or_in_it() -> None:
    """In a checkout, an editable install and a wheel alike, the folder of the rule files is there."""
    assert (rules_folder() / "pico-laser.yaml").is_file()


@pytest.mark.checkout
def test_the_picture_is_of_today() -> None:
    """The README's picture shows what a real run shows now; `python tests/helpers/picture.py` takes it again."""
    assert picture.words(picture.PICTURE.read_text("utf-8")) == picture.words(picture.drawn(picture.session()))
