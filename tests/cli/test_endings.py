"""What the name of an output file ends in: it decides what is written, or is refused before anything is asked."""

from pathlib import Path

import pytest
from commands import SMALL, file, rules, start

ENDINGS = ".txt, .md, .html, .htm, .pdf, .json, .csv or .fhir.json"


@pytest.mark.parametrize("name", ["summary.docx", "summary.DOC", "a.b.odt", "summary.yaml", "summary.x\x1b[2J"])
def test_an_ending_that_nothing_is_written_for_is_refused_before_the_first_question(name: str, tmp_path: Path) -> None:
    """Wrong use, with the endings that there are; no question was shown, no file is there."""
    code, out, err = start("--output", name, cwd=tmp_path, typed="2\n\n")

    assert (code, out) == (2, "")
    assert f"Let its name end in {ENDINGS}, or say how with --format." in err
    assert "18" not in err
    assert "\x1b" not in err
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", ["summary", "summary.txt", ".summary", "summary.TXT", "ends-in-a-dot."])
def test_plain_text_needs_no_ending(name: str, tmp_path: Path) -> None:
    """A name without an ending, and one in .txt, hold the text that standard output would get."""
    said = start("--output", "-", cwd=tmp_path, typed="2\n\n")[1]
    code, out, _ = start("--output", name, cwd=tmp_path, typed="2\n\n")

    assert (code, out) == (0, "")
    assert (tmp_path / name).read_text("utf-8") == said
    assert "See a doctor first" in said


def test_with_a_format_any_name_goes(tmp_path: Path) -> None:
    """Whoever says how the summary is written may call the file anything."""
    code, _, _ = start("--output", "summary.data", "--format", "json", cwd=tmp_path, typed="2\n\n")

    assert code == 0
    assert (tmp_path / "summary.data").read_bytes().startswith(b'{\n  "schema"')


@pytest.mark.parametrize(
    ("name", "begins"),
    [("g.mmd", "flowchart"), ("g", "flowchart"), ("g.HTM", "<!doctype html>"), ("g.html", "<!doctype html>")],
)
def test_a_picture_is_what_its_name_ends_in(name: str, begins: str, tmp_path: Path) -> None:
    """Mermaid or a page, and Mermaid where the name has no ending."""
    source = file(tmp_path, SMALL)
    code, _, _ = rules("graph", source, "-o", tmp_path / name)

    assert code == 0
    assert begins in (tmp_path / name).read_text("utf-8")[:200].replace("DOCTYPE", "doctype")


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["-o", "g.png"], "Let its name end in .mmd, .html or .htm, or say how with --format."),
        (["-o", "g.svg"], "Let its name end in .mmd, .html or .htm, or say how with --format."),
        (["-o", "g.mmd", "--format", "html"], "--format html makes no file that ends in .mmd."),
        (["-o", "g.html", "--format", "mermaid"], "--format mermaid makes no file that ends in .html."),
    ],
)
def test_no_picture_is_something_else_than_its_name_says(arguments: list[str], why: str, tmp_path: Path) -> None:
    """Another ending, or a format that contradicts the ending, is wrong use; nothing is written."""
    code, out, err = rules("graph", *arguments, cwd=tmp_path)

    assert (code, out) == (2, "")
    assert why in err
    assert not list(tmp_path.iterdir())


def test_a_picture_with_a_format_may_have_another_ending(tmp_path: Path) -> None:
    """An ending that stands for nothing else contradicts no format."""
    assert rules("graph", "--format", "html", "-o", "g.xml", cwd=tmp_path)[0] == 0
    assert "<html" in (tmp_path / "g.xml").read_text("utf-8")
