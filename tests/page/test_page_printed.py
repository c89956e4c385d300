"""The summary of the page on paper: one sheet to take along, with the code, that says what `screener start` says."""

import json
import subprocess
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import scanning
import walked_page as w
from commands import file, start
from pypdf import PdfReader
from readers import letters
from terminals import ANSWERS

from screener import RuleFile
from screener.page.words import OWN

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PAPERS = ("A4", "Letter")


def printed(page: "Page", paper: str = "A4") -> list[str]:
    """The text on each sheet of paper."""
    return [sheet.extract_text() for sheet in PdfReader(BytesIO(page.pdf(format=paper))).pages]


@pytest.mark.usefixtures("scanner")
def test_a_summary_fits_one_sheet(chromium: "Browser", tmp_path: Path, artefacts: Path, pico: RuleFile) -> None:
    """With a code that is scanned from it, and with nothing that only a screen is for; at night as by day."""
    with w.opened(chromium, w.saved(tmp_path, pico), color_scheme="dark") as page:
        w.summarised(page, pico, ANSWERS)
        page.get_by_text(OWN["code_in_letters"]).click()
        code = page.locator(".code details p").inner_text()
        for paper in PAPERS:
            (text,) = printed(page, paper)
            assert not any(OWN[name] in text for name in ("back", "print", "start_over", "keep", "code_in_letters"))
            assert code not in text
        pdf = Path(artefacts / "page-printed.pdf")
        page.pdf(format="A4", path=pdf)
    picture = pdf.with_suffix("")
    subprocess.run(["pdftoppm", "-r", "150", "-png", "-singlefile", str(pdf), str(picture)], check=True)
    assert scanning.scanned(picture.with_suffix(".png")) == [code]


def test_paper_says_what_the_command_says(chromium: "Browser", tmp_path: Path, pico: RuleFile) -> None:
    """The same letters in the same order as the summary that `screener start` writes as a page, details and all."""
    written = tmp_path / "person.html"
    answers = file(tmp_path, json.dumps(ANSWERS), "answers.json")
    code, _, said = start("--answers", answers, "--code", "--output", written)
    assert code == 0, said
    with w.opened(chromium, written, ready="h1") as page:
        page.get_by_text("Details", exact=True).click()
        theirs = letters(" ".join(printed(page)))
    with w.opened(chromium, w.saved(tmp_path, pico)) as page:
        w.summarised(page, pico, ANSWERS)
        page.get_by_text("Details", exact=True).click()
        assert letters(" ".join(printed(page))) == theirs
