"""All that a clinic hands out from one command: several files, a folder, and for whom each page is."""

import json
import signal
import subprocess
import sys
from html import unescape
from pathlib import Path

import pytest
import striker
from commands import COMMAND, file, start, without
from terminals import ANSWERS, DOWN, ENTER, Terminal

from screener.summary.wording import FOR_PROFESSIONAL

STRIKER = str(Path(striker.__file__))
FOLDER = ["answers.json", "bundle.fhir.json", "professional.pdf", "summary.pdf"]


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    """An answers file with every answer."""
    return file(tmp_path, json.dumps(ANSWERS), "given.json")


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """An empty folder to work in."""
    (tmp_path / "place").mkdir()
    return tmp_path / "place"


def names(folder: Path) -> list[str]:
    """The names of all that is in a folder, hidden or not."""
    return sorted(path.name for path in folder.iterdir())


def alone(answers: Path, place: Path, *arguments: str) -> bytes:
    """What one command writes to one file."""
    out = place / "alone"
    assert start("--answers", answers, *arguments, "--output", out)[0] == 0
    data = out.read_bytes()
    out.unlink()
    return data


def for_professional(path: Path) -> bool:
    """Whether a page is the one for the professional."""
    return FOR_PROFESSIONAL in " ".join(unescape(path.read_text("utf-8")).split())


def test_one_command_writes_several_files_each_as_its_name_says(answers: Path, place: Path) -> None:
    """Each holds what a command of its own would write; only its owner can read it; and it is said where they are."""
    wanted = {
        "anna-person.txt": ("text", "person"),
        "anna-professional.md": ("markdown", "professional"),
        "anna.html": ("html", "person"),
        "anna-professional.pdf": ("pdf", "professional"),
        "anna.json": ("json", "person"),
        "anna.csv": ("csv", "person"),
    }
    outputs = [word for name in wanted for word in ("--output", name)]
    code, out, err = start("--answers", answers, *outputs, cwd=place)

    assert (code, out, names(place)) == (0, "", sorted(wanted))
    for name, (format, reader) in wanted.items():
        assert (place / name).read_bytes() == alone(answers, place, "--format", format, "--for", reader), name
        assert (place / name).stat().st_mode & 0o777 == 0o600
        assert f" in {name}.\n" in err
    assert err.count("The professional's page is in") == 2
    assert err.endswith("Only you can read these files.\n")


@pytest.mark.parametrize(
    ("name", "professional"),
    [
        ("professional.txt", True),
        ("for_the_PROFESSIONAL_2.txt", True),
        ("AnnaProfessional.txt", True),
        ("professional", True),
        ("person.txt", False),
        ("personal-professionals.txt", False),
        ("anna.txt", False),
    ],
)
def test_a_word_in_the_name_says_who_reads_it(name: str, professional: bool, answers: Path, place: Path) -> None:
    """A word of its own, however it is written; the name of the folder says nothing; else it is the person."""
    (place / "professional-person").mkdir()
    code, _, _ = start("--answers", answers, "--output", f"professional-person/{name}", cwd=place)

    assert code == 0
    assert for_professional(place / "professional-person" / name) is professional


def test_for_says_what_the_names_leave_open(answers: Path, place: Path) -> None:
    """`--for` holds for names that say nothing, or both; data may be in a file of any name."""
    outputs = ["-o", "a.txt", "-o", "person-or-professional.txt", "-o", "person.json"]
    code, _, _ = start("--answers", answers, "--for", "professional", *outputs, cwd=place)

    assert code == 0
    assert for_professional(place / "a.txt")
    assert for_professional(place / "person-or-professional.txt")


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        ("-o a.txt -o b.json --format json", "--format can only be used with one --output or --folder."),
        ("-o a.txt --folder f --format text", "--format can only be used with one --output or --folder."),
        ("-o a.txt -o b.docx", "No summary is written to a file that ends in .docx."),
        ("-o a.txt -o ./a.txt", "must name different files; a.txt is named twice."),
        ("-o a.txt -o link.txt", "must name different files; link.txt is named twice."),
        ("-o a.txt --save-answers a.txt", "must name different files; a.txt is named twice."),
        ("-o f/answers.json --folder f", "must name different files; f/answers.json is named twice."),
        ("--answers f/answers.json --folder f", "must name different files; f/answers.json is named twice."),
        ("-o - -o -", "Standard output can be written once only."),
        ("-o anna-person.txt --for professional", "anna-person.txt says person, and --for says professional."),
        ("-o professional.pdf -o a.txt --for person", "professional.pdf says professional, and --for says person."),
        ("-o person-professional.txt", "person-professional.txt says both person and professional."),
        ("--folder f --for person", "--for can't be used with --folder"),
        ("--folder f --format json", "--format can only be text, markdown, html or pdf."),
        ("-o a.pdf -o b.json --subject Patient/1", "--folder"),
    ],
)
def test_what_contradicts_itself_is_refused_before_the_first_question(arguments: str, why: str, place: Path) -> None:
    """Wrong use: nothing was asked, nothing is written."""
    (place / "link.txt").symlink_to("a.txt")
    code, out, err = start(*arguments.split(), cwd=place, typed="2\n\n")

    assert (code, out, names(place)) == (2, "", ["link.txt"])
    assert why in " ".join(err.split())
    assert "18 or older" not in err


def test_a_folder_gets_all_that_a_clinic_hands_out(answers: Path, place: Path) -> None:
    """Summary, professional's page, answers and FHIR bundle, each as a command of its own would write it."""
    code, out, err = start("--answers", answers, "--folder", "anna", "--id", "one", cwd=place)
    anna = place / "anna"

    assert (code, out, names(anna)) == (0, "", FOLDER)
    assert anna.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in anna.iterdir()} == {0o600}
    assert (anna / "summary.pdf").read_bytes() == alone(answers, place, "--format", "pdf")
    assert (anna / "professional.pdf").read_bytes() == alone(answers, place, "--format", "pdf", "--for", "professional")
    assert start("--answers", answers, "--save-answers", place / "saved.json")[0] == 0
    assert (anna / "answers.json").read_bytes() == (place / "saved.json").read_bytes()
    bundle = json.loads((anna / "bundle.fhir.json").read_text("utf-8"))
    assert [entry["resource"]["resourceType"] for entry in bundle["entry"]] == [
        "QuestionnaireResponse",
        "DocumentReference",
    ]
    assert bundle["entry"][0]["resource"]["identifier"]["value"] == "one"
    assert [line.rpartition(" ")[2] for line in err.splitlines() if line.endswith("n.") or ".pdf." in line]
    assert start("--answers", anna / "answers.json", "--format", "json")[0] == 0


def test_a_bundle_may_have_an_ending_of_its_own(answers: Path, place: Path) -> None:
    """`.fhir.json` is FHIR, and the word in the name says whose page is in it."""
    code, _, _ = start("--answers", answers, "-o", "a.fhir.json", "-o", "professional.FHIR.JSON", cwd=place)
    bundles = [json.loads((place / name).read_text("utf-8")) for name in ("a.fhir.json", "professional.FHIR.JSON")]
    pages = [bundle["entry"][1]["resource"]["content"][0]["attachment"]["data"] for bundle in bundles]

    assert code == 0
    assert pages[0] != pages[1]


@pytest.mark.parametrize(("format", "ending"), [("html", ".html"), ("text", ".txt"), ("markdown", ".md")])
def test_the_pages_of_a_folder_can_have_another_format(format: str, ending: str, answers: Path, place: Path) -> None:
    """`--format` says how the two pages are made."""
    code, _, _ = start("--answers", answers, "--folder", "f", "--format", format, cwd=place)

    assert code == 0
    assert names(place / "f") == ["answers.json", "bundle.fhir.json", f"professional{ending}", f"summary{ending}"]
    assert for_professional(place / "f" / f"professional{ending}")


def test_without_typst_a_folder_gets_web_pages(answers: Path, place: Path, tmp_path: Path) -> None:
    """Nothing has to be installed for it; who asks for PDF is told what to install before anything is asked."""
    gone = without("typst", tmp_path)
    code, _, err = start("--answers", answers, "--folder", "f", cwd=place, **gone)
    asked = start("--folder", "g", "--format", "pdf", cwd=place, typed="2\n\n", **gone)
    beside = start("-o", "a.txt", "-o", "b.pdf", cwd=place, typed="2\n\n", **gone)

    assert code == 0, err
    assert names(place / "f") == ["answers.json", "bundle.fhir.json", "professional.html", "summary.html"]
    assert [(code, out) for code, out, _ in (asked, beside)] == [(1, ""), (1, "")]
    assert all("error[no-pdf]" in err and "18 or older" not in err for _, _, err in (asked, beside))
    assert names(place) == ["f"]


def test_a_folder_that_is_there_keeps_what_is_in_it(answers: Path, place: Path) -> None:
    """A file of the same name is refused before anything is asked, each by its name, and replaced with --force."""
    for name in ("answers.json", "summary.pdf", "other.txt"):
        (place / name).write_text("mine")
    code, out, err = start("--folder", ".", cwd=place, typed="2\n\n")

    assert (code, out, names(place)) == (1, "", ["answers.json", "other.txt", "summary.pdf"])
    assert err.count("exists already") == 2
    assert "18 or older" not in err
    assert start("--answers", answers, "--folder", ".", "--force", cwd=place)[0] == 0
    assert names(place) == sorted([*FOLDER, "other.txt"])
    assert (place / "other.txt").read_text() == "mine"


@pytest.mark.parametrize(
    ("folder", "why"),
    [
        ("none/anna", "there is no such folder"),
        ("taken", "it is not a folder"),
        ("gone", "a folder, a link or a device"),
        ("x" * 300, "file name too long"),
    ],
)
def test_a_folder_that_can_not_be_made_is_refused_before_anything_is_asked(folder: str, why: str, place: Path) -> None:
    """One sentence says why; nothing is made, and nothing is there in a file that is named beside it."""
    (place / "taken").write_text("mine")
    (place / "gone").symlink_to("nowhere")
    code, out, err = start("--folder", folder, "--output", "a.txt", cwd=place, typed="2\n\n")

    assert (code, out, names(place)) == (1, "", ["gone", "taken"])
    assert why in err
    assert err.count("error[") == 1
    assert "18 or older" not in err


def test_every_file_that_can_not_be_written_is_named_at_once(place: Path) -> None:
    """Also the one for the answers; none of the others is written."""
    for name in ("a.txt", "b.json"):
        (place / name).write_text("mine")
    arguments = ["-o", "a.txt", "-o", "good.txt", "-o", "none/c.txt", "--save-answers", "b.json"]
    code, _, err = start(*arguments, cwd=place, typed="2\n\n")

    assert (code, names(place)) == (1, ["a.txt", "b.json"])
    assert err.count("error[not-writable]") == 3
    assert "18 or older" not in err


def test_a_folder_whose_name_was_taken_costs_nobody_the_answers(place: Path) -> None:
    """Then no file is written anywhere, the summary is on the screen, and the answers can be kept."""
    outputs = ["--output", str(place / "a.txt"), "--folder", str(place / "anna")]
    terminal = Terminal("start", *outputs, rows=60)
    terminal.until("why we ask")
    terminal.type(DOWN + ENTER)
    terminal.until("Please check your answers.")
    (place / "anna").write_text("mine")
    terminal.type(ENTER)
    terminal.until("To let them go, press Enter.")
    shown = " ".join(terminal.shown().split())
    terminal.type(str(place / "kept.json") + "\r")

    assert terminal.end() == 1
    assert "NEXT STEP: See a doctor first" in shown
    assert "For the professional" not in shown
    assert names(place) == ["anna", "kept.json"]
    assert (place / "anna").read_text() == "mine"
    assert json.loads((place / "kept.json").read_text("utf-8"))["answers"] == {"adult": "no"}


def struck(what: str, moment: int, answers: Path, place: Path) -> subprocess.CompletedProcess[str]:
    """The command, to which something happens while it fills a file."""
    words = ["start", "--answers", str(answers), "--folder", "anna", "--output", "a.txt"]
    return subprocess.run(
        [sys.executable, STRIKER, what, str(moment), "files/writing.py:_fill", *words],
        cwd=place,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


@pytest.mark.parametrize("moment", range(1, 6))
def test_a_fault_leaves_nothing_half_written(moment: int, answers: Path, place: Path) -> None:
    """Whichever of the five files fails, none is there, nor the folder that was made for them."""
    done = struck("fault", moment, answers, place)

    assert done.returncode == 3
    assert names(place) == []


@pytest.mark.parametrize("moment", [1, 5])
def test_being_stopped_waits_until_all_is_written(moment: int, answers: Path, place: Path) -> None:
    """A signal between two files is heeded after the last."""
    done = struck(str(int(signal.SIGTERM)), moment, answers, place)

    assert done.returncode == 128 + signal.SIGTERM
    assert names(place) == ["a.txt", "anna"]
    assert names(place / "anna") == FOLDER
    assert "Nothing was stored" not in done.stderr


def test_standard_output_can_be_one_of_several(answers: Path, place: Path) -> None:
    """`-` is standard output, as ever."""
    code, out, _ = start("--answers", answers, "-o", "-", "-o", "a.json", cwd=place)

    assert code == 0
    assert out == start("--answers", answers)[1]
    assert names(place) == ["a.json"]


def test_help_says_how_files_are_named() -> None:
    """What the words in a name mean stands in the help of the command."""
    done = subprocess.run([COMMAND, "start", "--help"], capture_output=True, text=True, check=True)
    said = " ".join(done.stdout.split())

    assert "the word person or professional in the name of a file" in said
    assert "A name that says the contrary is refused." in said
    assert "-o, --output <path>" in said
    assert "list[" not in said
