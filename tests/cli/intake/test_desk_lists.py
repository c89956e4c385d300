"""`screener intake list`, `export` and `audit`: records found again, given out, and what the log says of it."""

import csv
import io
import json
import shutil
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from fhir.resources.R4B.bundle import Bundle
from intakes import ANSWERS, NOTE, aged, exported, intake, listed, logged, made, taken


@pytest.fixture(scope="module")
def _several(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """A store with some records, made once, and their ids."""
    store = made(tmp_path_factory.mktemp("several")) / "store"
    found = {"open": taken(store, "R-4", typed=f"{NOTE}\n"), "erased": aged(store, 3, "R-3")}
    found |= {"calm": aged(store, 10, "R-2", {**ANSWERS, "itch": "no"}), "old": aged(store, 400, "R-1")}
    assert intake(store, "erase", found["erased"], "--yes")[0] == 0
    return store.parent, found


@pytest.fixture
def store(_several: tuple[Path, dict[str, str]], tmp_path: Path) -> Path:
    """A store with some records."""
    return Path(shutil.copytree(_several[0], tmp_path, dirs_exist_ok=True), "store")


@pytest.fixture
def several(_several: tuple[Path, dict[str, str]]) -> dict[str, str]:
    """Ids of these records by what is special about each; the oldest is the last."""
    return _several[1]


def names(several: dict[str, str], records: list[dict[str, Any]]) -> list[str]:
    """What is special about each of these records."""
    known = {id.replace("-", ""): name for name, id in several.items()}
    return [known[record["id"]] for record in records]


def ago(days: int) -> str:
    """A day."""
    return (date.today() - timedelta(days=days)).isoformat()


def test_records_are_found_again(several: dict[str, str], store: Path) -> None:
    """By day, by what came of them, by who took them and by reference; newest first, today's if nothing is said."""
    for arguments, expected in (
        ([], ["open"]),
        (["--date", "all"], ["open", "erased", "calm", "old"]),
        (["--date", "10 days ago"], ["calm"]),
        (["--since", ago(10)], ["open", "erased", "calm"]),
        (["--since", "2 years ago", "--until", ago(4)], ["calm", "old"]),
        (["--date", "all", "--status", "erased"], ["erased"]),
        (["--date", "all", "--status", "complete", "--step", "consult"], ["calm"]),
        (["--staff", "otto"], []),
        (["--ref", "r-1 "], ["old"]),
        (["--ref", "R-3"], []),
    ):
        assert names(several, listed(store, *arguments)) == expected, arguments


def test_a_long_list_comes_in_pages(several: dict[str, str], store: Path) -> None:
    """Each names the place where the next begins, in every format; the same days are meant on every page."""
    _, out, said = intake(store, "list", "--since", ago(10), "--limit", "2")
    assert out.splitlines()[1].startswith(several["open"])
    after = said.removeprefix("There are more: add ").split()
    whole = json.loads(intake(store, "list", "--since", ago(10), "--limit", "2", "--format", "json")[1])

    assert after == ["--after", whole["after"]]
    assert names(several, listed(store, "--since", ago(10), *after)) == ["calm"]
    assert names(several, listed(store, *after)) == []
    code, _, said = intake(store, "list", "--after", "12-?")
    assert (code, said.splitlines()[0]) == (1, "error[bad-place] `12-?` is no place in the list")


@pytest.mark.parametrize("width", [80, 40])
def test_a_list_fits_the_screen(width: int, several: dict[str, str], store: Path) -> None:
    """Ids as they are said, no answers, and of whoever was erased nothing but that."""
    code, out, said = intake(store, "list", "--date", "all", COLUMNS=str(width))

    assert (code, said) == (0, "")
    assert max(map(len, out.splitlines())) <= width
    assert all(id in out for id in several.values())
    assert NOTE not in out
    assert "R-3" not in out
    assert out.count("erased") == out.count("not complete") == 1


def test_days_without_records_are_named(store: Path) -> None:
    """Also days that are none, and words that are no day."""
    for arguments, code, words in (
        (["--date", ago(1)], 0, f"No records on {ago(1)}.\n"),
        (["--since", "2026-01-31", "--until", "2025-01-31"], 0, "No records from 2026-01-31 up to 2025-01-31.\n"),
        (["--date", "2026-02-30"], 2, "--date must be a day such as 2026-01-31"),
        (["--date", "today", "--until", "today"], 2, "--date can't be used with --since or --until."),
    ):
        done, out, said = intake(store, "list", *arguments)
        assert (done, out) == (code, "")
        assert words in said


def test_a_list_goes_to_a_file_too(several: dict[str, str], store: Path) -> None:
    """Rows for a spreadsheet, with a heading also where there are none; what is there already stays."""
    wanted = ("list", "--date", "all", "--format", "csv", "--output", "list.csv")
    assert intake(store, *wanted)[0] == 0
    rows = list(csv.DictReader(io.StringIO((store.parent / "list.csv").read_text("utf-8"))))

    assert [row["reference"] for row in rows] == ["R-4", "", "R-2", "R-1"]
    assert names(several, rows) == ["open", "erased", "calm", "old"]
    assert intake(store, *wanted)[0] == 1
    assert intake(store, *wanted, "--force")[0] == 0
    assert intake(store, "list", "--ref", "nobody", "--format", "csv")[1].startswith("id,")


def test_records_are_given_out_in_every_format(several: dict[str, str], store: Path) -> None:
    """Complete ones, oldest first, with all that was answered; each is noted in the log before."""
    code, out, said = intake(store, "export", "--date", "all")
    lines = intake(store, "export", "--date", "all", "--format", "ndjson")[1].splitlines()
    rows = list(csv.DictReader(io.StringIO(intake(store, "export", "--date", "all", "--format", "csv")[1])))
    whole = json.loads(out)["records"]

    assert (code, said) == (0, "")
    assert [json.loads(line) for line in lines] == whole
    assert names(several, [one["record"] for one in whole]) == ["old", "calm"]
    assert whole[0]["summary"]["answers"] == ANSWERS
    assert [(row["record.reference"], row["note"], row["itch"]) for row in rows] == [
        ("R-1", NOTE, "yes"),
        ("R-2", NOTE, "no"),
    ]
    assert logged(store)[-6:] == [("exported", "mia")] * 6


def test_a_bundle_is_valid_and_the_same_every_time(several: dict[str, str], store: Path) -> None:
    """A server that gets it twice stores it once."""
    wanted = ("export", "--date", "all", "--format", "fhir", "--base-url", "https://clinic.example/fhir")
    code, out, said = intake(store, *wanted)
    bundle = json.loads(out)
    Bundle.model_validate(bundle)
    kinds = [entry["resource"]["resourceType"] for entry in bundle["entry"]]

    assert (code, said) == (0, "")
    assert kinds.count("QuestionnaireResponse") == 2
    assert intake(store, *wanted)[1] == out
    assert intake(store, *wanted, "--output", "all.fhir.json")[0] == 0
    assert (store.parent / "all.fhir.json").read_text("utf-8") == out


def test_only_what_is_asked_for_is_given_out(several: dict[str, str], store: Path) -> None:
    """By id or as in a list; where there is none the answer is empty, and what can't be given is said."""
    assert exported(store, several["calm"][:5])["summary"]["answers"]["itch"] == "no"
    for arguments, size in ((["--ref", "R-1"], 1), (["--step", "consult", "--date", "all"], 1), ([], 0)):
        assert len(json.loads(intake(store, "export", *arguments)[1])["records"]) == size
    assert json.loads(intake(store, "export", "--format", "fhir")[1])["entry"] == []
    assert intake(store, "export", "--format", "ndjson") == (0, "", "")
    before = len(logged(store))
    for id, words in ((several["open"], "is not complete"), (several["erased"], "was erased"), ("x", "no record")):
        code, out, said = intake(store, "export", several["old"], id)
        assert (code, out) == (1, "")
        assert words in said
    assert len(logged(store)) == before


def test_the_closing_sheet_fits_paper_and_counts_what_was_done(several: dict[str, str], store: Path) -> None:
    """No answers and no references; its checkpoint, typed again later, shows that nothing before it was changed."""
    intake(store, "show", several["calm"])
    intake(store, "export", several["calm"], several["old"])
    code, sheet, said = intake(store, "audit", "--closing", COLUMNS="40")

    assert (code, said) == (0, "")
    assert max(map(len, sheet.splitlines())) <= 80
    for words in ("1  begun", "1  looked at", "2  exported", "1  erased", f"Not complete: {several['open']}"):
        assert words in sheet
    assert NOTE not in sheet
    assert "R-" not in sheet
    checkpoint = sheet.split("Checkpoint of the log:")[1].split()[0]
    intake(store, "show", several["calm"])
    size = checkpoint.partition("-")[0]
    for typed in (checkpoint, checkpoint.upper(), size + "-" + checkpoint.partition("-")[2].replace("-", "")):
        code, _, said = intake(store, "audit", "--since", typed)
        assert code == 0
        assert f"The first {size} entries are those of the checkpoint." in said
        assert "The log and the records hold together." in said


def test_a_checkpoint_that_is_wrong_is_noticed(several: dict[str, str], store: Path) -> None:
    """One sign that is another, one that is yet to come, and what is none at all."""
    said = intake(store, "audit")[2]
    size, _, root = said.split()[-1].partition("-")
    other = "1" if root[0] != "1" else "2"
    for typed, words in (
        (f"{size}-{other}{root[1:]}", f"error[log-broken] the first {size} entries of the log are not those of the"),
        (f"{int(size) + 5}-{root}", "its end was cut off"),
        (f"{size}-{root[:-1]}", "error[bad-checkpoint] this is no checkpoint"),
        ("", "error[bad-checkpoint] this is no checkpoint"),
    ):
        code, out, said = intake(store, "audit", "--since", typed)
        assert (code, out) == (1, "")
        assert words in said


def test_the_log_is_read_in_every_format(several: dict[str, str], store: Path) -> None:
    """Today's, those of other days, or what concerns one record, also one that was erased; no answers."""
    text = intake(store, "audit", COLUMNS="40")
    rows = list(csv.DictReader(io.StringIO(intake(store, "audit", "--date", "all", "--format", "csv")[1])))
    yesterday = intake(store, "audit", "--date", ago(1))

    assert text[0] == 0
    assert max(map(len, (text[1] + text[2]).splitlines())) <= 40
    assert [action for action, _ in logged(store, "--record", several["erased"])] == [
        "begun",
        "completed",
        "erased",
    ]
    assert [row["number"] for row in rows] == [str(number) for number in range(1, len(rows) + 1)]
    assert yesterday[1] == ""
    assert f"No entries on {ago(1)}." in yesterday[2]
    assert NOTE not in str((text, rows))
    assert intake(store, "audit", "--record", "zz")[0] == 1
