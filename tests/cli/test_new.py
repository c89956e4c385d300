"""`screener rules new` as people run it: what belongs together is written together, or nothing is."""

from pathlib import Path

import pytest
from commands import file, rules, start

PROVED = "1 promise holds"


@pytest.mark.parametrize("name", ["my.yaml", "My Clinic.yaml", "Ärzte 2.yaml", "a.b", "x" * 80])
def test_files_that_belong_together_pass_everything(name: str, tmp_path: Path) -> None:
    """Whatever the file is called: no problem by the strictest check, and the cases notice every change."""
    code, out, err = rules("new", name, "--with-sources", "--with-cases", cwd=tmp_path)
    assert (code, out) == (0, "")
    assert err.startswith("Written: ")
    path = next(path for path in tmp_path.iterdir() if not path.stem.endswith((".sources", ".cases")))

    assert len(list(tmp_path.iterdir())) == 3
    code, out, err = rules("check", path, "--strict")
    assert (code, err) == (0, "")
    assert "no problems (2 questions, 3 guidance lines, 5 statements)" in out
    assert PROVED in out
    code, out, err = rules("test", path, "--strong")
    assert (code, out, err) == (0, "4 cases passed, 0 failed\n14 of 14 changes would be noticed\n", "")
    assert rules("coverage", path)[0] == 0


@pytest.mark.parametrize(
    ("options", "written"),
    [
        ([], {"my.yaml"}),
        (["--with-sources"], {"my.yaml", "my.sources.yaml"}),
        (["--with-cases"], {"my.yaml", "my.cases.yaml"}),
    ],
    ids=["alone", "sources", "cases"],
)
def test_what_is_asked_for_is_written(options: list[str], written: set[str], tmp_path: Path) -> None:
    """The rule file cites sources only where it has some, and is sound either way."""
    assert rules("new", "my", *options, cwd=tmp_path)[0] == 0

    assert {path.name for path in tmp_path.iterdir()} == written
    assert ("from:" in (tmp_path / "my.yaml").read_text("utf-8")) == ("my.sources.yaml" in written)
    assert rules("check", "my.yaml", "--strict", cwd=tmp_path)[0] == 0


@pytest.mark.parametrize("taken", ["my.yaml", "my.sources.yaml", "my.cases.yaml"])
def test_all_files_are_written_or_none(taken: str, tmp_path: Path) -> None:
    """Where one of them exists already, the others are not written."""
    file(tmp_path, "mine", taken)
    code, out, err = rules("new", "my.yaml", "--with-sources", "--with-cases", cwd=tmp_path)

    assert (code, out) == (1, "")
    assert f"error[not-writable] `{taken}` exists already" in err
    assert [path.read_text() for path in tmp_path.iterdir()] == ["mine"]


def test_a_table_becomes_a_questionnaire_that_can_be_asked(tmp_path: Path) -> None:
    """As Excel writes it, with a mark at the beginning and semicolons: checked without errors, and asked."""
    (tmp_path / "q.csv").write_bytes("﻿Frage;Question;Choices\r\n1;Schmerzt es?;Yes/No\r\n".encode())
    code, out, err = rules("new", "my.yaml", "--from", "q.csv", cwd=tmp_path)

    assert (code, out) == (0, "")
    assert err.splitlines() == [
        "q.csv:1:1: warning[not-in-rules] column `Frage` is left aside",
        "    Frage;Question;Choices",
        "    ^",
        "Written: my.yaml. What it says for which answers is still to be written, under `guidance:`.",
        "`screener rules check my.yaml` helps.",
    ]
    code, out, err = rules("check", "my.yaml", cwd=tmp_path)
    assert (code, err) == (0, "")
    assert "0 errors, 1 warning (1 question, 1 guidance line" in out
    assert "Schmerzt es?" in str(start("my.yaml", "--plain", cwd=tmp_path, typed="1\n\n"))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"ask,type\nPain?,txet\n", "q.csv:2:7: error[wrong-cell] row 2, column `type`: there is no type `txet`"),
        ("ask\nWie alt?\nÄlter?\n".encode("latin-1"), "q.csv:3:1: error[not-utf8] the file is not UTF-8 text"),
        ("ask\nPain?\n".encode("utf-16"), "q.csv:1:1: error[not-utf8] the file is not UTF-8 text"),
        (b"", "q.csv: error[empty] the file holds nothing"),
        (b"ask\n" + b"Pain?\n" * 900_000, "q.csv: error[too-large] the file is larger than 5 MiB"),
    ],
    ids=["type", "latin-1", "utf-16", "empty", "large"],
)
def test_a_table_that_can_not_be_read_leaves_nothing(content: bytes, said: str, tmp_path: Path) -> None:
    """One sentence with its place, exit code 1, and no file."""
    (tmp_path / "q.csv").write_bytes(content)
    code, out, err = rules("new", "my.yaml", "--from", "q.csv", cwd=tmp_path)

    assert (code, out) == (1, "")
    assert err.startswith(said + "\n")
    assert [path.name for path in tmp_path.iterdir()] == ["q.csv"]


def test_a_table_never_replaces_a_file(tmp_path: Path) -> None:
    """What exists already is refused before the table is read."""
    file(tmp_path, "mine", "my.yaml")
    code, out, err = rules("new", "my.yaml", "--from", "missing.csv", cwd=tmp_path)

    assert (code, out, (tmp_path / "my.yaml").read_text()) == (1, "", "mine")
    assert "exists already" in err


def test_a_table_and_the_small_example_are_two_things(tmp_path: Path) -> None:
    """Together they are refused as wrong use, and nothing is written."""
    file(tmp_path, "ask\nPain?\n", "q.csv")
    code, out, err = rules("new", "my.yaml", "--from", "q.csv", "--with-cases", cwd=tmp_path)

    assert (code, out) == (2, "")
    assert "--with-sources and --with-cases go with the small example, not with --from." in " ".join(err.split())
    assert not (tmp_path / "my.yaml").exists()


def test_a_codebook_goes_out_and_comes_back(tmp_path: Path) -> None:
    """`rules export --to csv`, then `rules new --from`, by the commands alone."""
    assert rules("export", "pico-laser", "--to", "csv", "--output", "codebook.csv", cwd=tmp_path)[0] == 0
    code, out, err = rules("new", "again.yaml", "--from", "codebook.csv", cwd=tmp_path)

    assert (code, out) == (0, "")
    assert "column `shown_when`: who is asked is told in words here, so the question is asked of everyone" in err
    assert "0 errors" in rules("check", "again.yaml", cwd=tmp_path)[1]
