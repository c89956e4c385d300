"""`screener rules export --to page`: what `rules check` calls an error makes no page, as pages go to patients."""

from pathlib import Path

import pytest
from commands import FAULTY, file, rules


def test_what_check_finds_makes_no_page(tmp_path: Path) -> None:
    """A promise that is broken for some answers, though the file can be read: all is said, and nothing is written."""
    faulty = file(tmp_path, FAULTY)
    code, out, said = rules("export", faulty, "--to", "page", "--output", tmp_path / "page.html")

    assert (code, out) == (1, "")
    assert "error[broken-promise]" in said
    assert not (tmp_path / "page.html").exists()
    assert rules("export", faulty, "--to", "markdown")[0] == 0


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--to", "csv", "--kiosk"), "--kiosk can only be used with --to page"),
        (("--to", "page", "--idle", "60"), "--idle can only be used with --kiosk"),
        (("--to", "page", "--base-url", "https://a.example"), "--base-url can only be used"),
    ],
)
def test_options_of_a_page_go_with_a_page(arguments: tuple[str, ...], words: str) -> None:
    """What would do nothing is refused."""
    code, out, said = rules("export", *arguments)

    assert (code, out) == (2, "")
    assert words in " ".join(said.split())
