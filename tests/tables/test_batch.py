"""`screener batch`: from a table to what follows for everybody in it, whole or not at all, and no row lost."""

import json
import os
import signal
import subprocess
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from random import Random

import polars as pl
import pytest
import written_tables
from commands import COMMAND
from readers import cases

from screener.rulefile.model import RuleFile

ROWS = "record_id,adult,changing_mark,medicines\nA1,Ja,no,none\nA2,no,,\nA3,maybe,no,none;gold\n"


def batch(folder: Path, *arguments: str | Path, **environment: str) -> tuple[int, str, str]:
    """Exit code, standard output and standard error of `screener batch` in this folder."""
    done = subprocess.run(
        [COMMAND, "batch", *map(str, arguments)],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        env={**os.environ, "COLUMNS": "80", **environment},
    )
    assert "inside screener" not in done.stderr, done.stderr
    assert "Traceback" not in done.stderr
    return done.returncode, done.stdout, " ".join(done.stderr.split())  # wherever its lines are broken


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a small table."""
    (tmp_path / "t.csv").write_text(ROWS, "utf-8")
    return tmp_path


def test_a_small_table_from_end_to_end(folder: Path) -> None:
    """What follows for each row that can be read, each cell that can't, counts, and exit code 1 for those."""
    code, out, said = batch(folder, "t.csv", "--output", "out.csv")

    assert (code, out) == (1, "")
    rows = pl.read_csv(folder / "out.csv")
    steps = rows.select("row", "record_id", "disposition", "complete").rows()
    assert steps == [(2, "A1", "consult", False), (3, "A2", "doctor-first", True)]
    assert rows["line/under-18"].to_list() == [None, "said"]
    assert rows["missing/health"].to_list() == [True, False]
    missing = rows.select(pl.any_horizontal(pl.col("^missing/.*$")))
    assert missing.to_series().to_list() == [not one for one in rows["complete"]]
    assert (folder / "out.problems.csv").read_text("utf-8").splitlines() == [
        "row,column,problem",
        '4,adult,"there is no option `maybe`; it has: yes, no"',
        "4,medicines,“None of these” can't be chosen together with others",
    ]
    assert "adult: `adult`" in said
    assert "without a column, so not answered: concerns, " in said
    assert "Rows: 3; worked out: 2, of which 1 lack answers; could not be read: 1." in said
    assert oct((folder / "out.csv").stat().st_mode & 0o777) == "0o600"


def test_what_is_said_fits_a_narrow_window(folder: Path) -> None:
    """Whole words, in lines of 40 columns."""
    (folder / "w.csv").write_text("adult\nno\n", "utf-8")
    done = subprocess.run(
        [COMMAND, "batch", "w.csv", "--output", "o.csv"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        env={**os.environ, "COLUMNS": "40"},
    )
    assert done.returncode == 0
    assert max(map(len, done.stderr.splitlines())) <= 40
    assert "  without a column, so not answered:\n" in done.stderr


def test_the_same_by_every_engine_and_in_every_form(folder: Path, pico: RuleFile) -> None:
    """Polars and DuckDB; CSV, Parquet and lines of JSON hold the same rows."""
    columns = written_tables.written(pico, list(cases().values()), Random(1))
    written_tables.as_file(columns, folder / "people.csv")
    for engine in ("polars", "duckdb"):
        for ending in ("csv", "parquet", "ndjson"):
            code, _, said = batch(folder, "people.csv", "--output", f"{engine}.{ending}", "--engine", engine)
            assert code == 0, said
    whole = partial(pl.read_ndjson, infer_schema_length=None)
    read: Mapping[str, Callable[[Path], pl.DataFrame]] = {
        ".csv": pl.read_csv,
        ".parquet": pl.read_parquet,
        ".ndjson": whole,
    }
    frames = [read[path.suffix](path) for path in sorted([*folder.glob("polars.*"), *folder.glob("duckdb.*")])]
    assert len(frames) == 6
    assert all(frame.select(frames[0].columns).rows() == frames[0].rows() for frame in frames[1:])
    assert frames[0].height == len(cases())
    assert frames[0]["complete"].all()
    assert not frames[0].select(pl.any_horizontal(pl.col("^missing/.*$"))).to_series().any()


def test_a_row_for_each_thing_that_is_said(folder: Path) -> None:
    """With --long: next step, referral, each line with how it is said, each answer that is missing."""
    assert batch(folder, "t.csv", "--output", "out.ndjson", "--long")[0] == 1
    rows = [json.loads(line) for line in (folder / "out.ndjson").read_text("utf-8").splitlines()]
    second = [(one["what"], one["id"], one["how"]) for one in rows if one["row"] == 3]

    assert second[:2] == [("disposition", "doctor-first", None), ("referral", "under-18", None)]
    assert ("line", "under-18", "said") in second
    assert {one["id"] for one in rows if one["what"] == "missing"} >= {"health", "concerns"}


def test_a_bundle_for_each_person(folder: Path) -> None:
    """FHIR: a line for each row that can be read, with ids that stay the same."""
    for name in ("a.fhir.ndjson", "b.fhir.ndjson"):
        assert batch(folder, "t.csv", "--output", name, "--date", "2026-01-31")[0] == 1
    lines = (folder / "a.fhir.ndjson").read_text("utf-8").splitlines()
    bundles = [json.loads(line) for line in lines]

    assert (folder / "b.fhir.ndjson").read_text("utf-8").splitlines() == lines
    assert [one["entry"][0]["resource"]["resourceType"] for one in bundles] == ["QuestionnaireResponse"] * 2
    assert len({one["entry"][0]["fullUrl"] for one in bundles}) == 2


def test_one_row_is_explained(folder: Path) -> None:
    """The whole summary with all reasons, as `screener start` gives it; a row that can't be had is said."""
    code, out, _ = batch(folder, "t.csv", "--explain", "3")
    assert code == 0
    assert out.startswith("Row 3\n\nPico laser")
    assert "You are under 18" in out
    code, _, said = batch(folder, "t.csv", "--explain", "9", "--explain", "8")
    assert (code, said.count("error[no-row]")) == (1, 2)
    assert "error[wrong-answer] row 4: there is no option `maybe`" in batch(folder, "t.csv", "--explain", "4")[2]


def test_what_was_found_is_written_down_and_can_be_changed(folder: Path) -> None:
    """--propose writes a file for --columns; a word of one's own makes a row readable."""
    code, out, _ = batch(folder, "t.csv", "--propose")
    assert code == 0
    changed = out.replace("  adult: adult\n", "  adult: {in_column: adult, cells_mean: {maybe: no}}\n")
    (folder / "m.yaml").write_text(changed.replace("  medicines: medicines\n", "  medicines: no column\n"), "utf-8")
    code, _, said = batch(folder, "t.csv", "--columns", "m.yaml", "--output", "out.csv")
    assert (code, "Rows: 3; worked out: 3" in said) == (0, True)
    (folder / "m.yaml").write_text(out.replace("  adult: adult\n", ""), "utf-8")
    code, _, said = batch(folder, "t.csv", "--columns", "m.yaml", "--output", "other.csv")
    assert (code, said.count("error[left-out-question]")) == (1, 1)
    assert not (folder / "other.csv").exists()


def test_a_word_may_stand_for_no_answer(folder: Path) -> None:
    """999 in a column of numbers, and a remark in a free text, where a mapping file says so."""
    (folder / "r.yaml").write_text(
        "format: 1\nid: w\nversion: 1.0.0\ntitle: W\nlanguage: en\nquestions:\n"
        "  - {id: age, type: number, ask: Age?, max: 2000}\n  - {id: note, type: text, ask: Note?}\n"
        "guidance:\n  - {id: g, topic: T, says: S., when: {age: {above: 100}}}\n"
        "dispositions: [{id: c, title: C, says: S.}]\nreferral: {says: See a certified professional.}\n",
        "utf-8",
    )
    pl.DataFrame({"age": [999.0, 30.0], "note": ["not recorded", "x"]}).write_parquet(folder / "w.parquet")
    (folder / "m.yaml").write_text(
        "questions:\n  age: {in_column: age, cells_mean: {999: no answer}}\n"
        "  note: {in_column: note, cells_mean: {not recorded: no answer}}\n",
        "utf-8",
    )
    run = ("w.parquet", "--rules", "r.yaml", "--columns", "m.yaml", "--output", "o.csv")
    assert batch(folder, *run)[0] == 0
    rows = pl.read_csv(folder / "o.csv")
    assert rows["missing/age"].to_list() == rows["missing/note"].to_list() == [True, False]


def test_parts_go_on_where_they_stopped(folder: Path) -> None:
    """Parts of so many rows; what is there is not made again, what is missing is; another table is refused."""
    many = "record_id,adult\n" + "".join(f"P{n},{'no' if n % 2 else 'what'}\n" for n in range(2500))
    (folder / "many.csv").write_text(many, "utf-8")
    run = ("many.csv", "--output", "parts", "--chunk", "1000")
    assert batch(folder, *run)[0] == 1
    names = sorted(path.name for path in (folder / "parts").iterdir())
    assert names == sorted(
        ["batch.json", *(f"part-0000{n}.{end}" for n in (1, 2, 3) for end in ("json", "parquet", "problems.csv"))]
    )
    first = (folder / "parts/part-00001.parquet").stat()
    for end in ("json", "parquet"):
        (folder / f"parts/part-00002.{end}").unlink()
    said = batch(folder, *run)[2]
    assert "Rows: 2,500; worked out: 1,250, of which 0 lack answers; could not be read: 1,250." in said
    assert sum(pl.read_parquet(path).height for path in (folder / "parts").glob("*.parquet")) == 1250
    assert (folder / "parts/part-00001.parquet").stat().st_mtime_ns == first.st_mtime_ns
    (folder / "many.csv").write_text(many + "P,no\n", "utf-8")
    assert "error[other-batch]" in batch(folder, *run)[2]
    assert "error[other-batch]" in batch(folder, "t.csv", "--output", ".", "--chunk", "1000")[2]


def test_a_report_shows_no_small_group(folder: Path) -> None:
    """Counts of steps and lines as a page; fewer than five people are not shown, nor what would tell them."""
    rows = "adult\n" + "no\n" * 3 + "yes\n" * 40
    (folder / "many.csv").write_text(rows, "utf-8")
    assert batch(folder, "many.csv", "--output", "out.parquet")[0] == 0
    assert batch(folder, "report", "out.parquet", "--output", "report.html")[0] == 0
    for ending in ("csv", "ndjson"):
        assert batch(folder, "many.csv", "--output", f"out.{ending}")[0] == 0
        assert batch(folder, "report", f"out.{ending}", "--output", f"{ending}.html")[0] == 0
        assert (folder / f"{ending}.html").read_text("utf-8") == (folder / "report.html").read_text("utf-8")
    page = (folder / "report.html").read_text("utf-8")
    assert "43 people" in page
    assert '<th scope="row">You are under 18</th><td class="number">–</td>' in page
    assert "<script" not in page
    assert "error[unreadable-result]" in batch(folder, "report", "t.csv", "--output", "r.html")[2]
    assert not (folder / "r.html").exists()


def test_whom_an_edit_concerns(folder: Path, pico: RuleFile) -> None:
    """`rules diff --table`: those with a more urgent next step first; nobody whom the edit can't concern."""
    rules = Path(str(pico.sources)).name
    source = Path(__file__).parents[2] / "rules"
    for name in ("pico-laser.yaml", rules):
        (folder / name).write_text((source / name).read_text("utf-8"), "utf-8")
    old = (folder / "pico-laser.yaml").read_text("utf-8")
    (folder / "new.yaml").write_text(old.replace("disposition: tell-first", "disposition: doctor-first", 1), "utf-8")
    written_tables.as_file(written_tables.written(pico, list(cases().values()), Random(1)), folder / "people.csv")
    done = subprocess.run(
        [COMMAND, "rules", "diff", "pico-laser.yaml", "new.yaml", "--table", "people.csv"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    concerned = done.stdout.partition("The edit concerns ")[2]
    tanned = sum("tan" in str(given.get("skin-now")) for given in cases().values())

    assert done.returncode == 0, done.stderr
    assert 0 < int(concerned.split()[0]) <= tanned
    assert "A more urgent next step: " in concerned
    assert "(row " in concerned


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["t.csv"], "Say with --output where to write"),
        (["t.csv", "--output", "o.txt"], "end in .csv, .parquet, .ndjson, .jsonl or .fhir.ndjson."),
        (["t.csv", "--output", "o"], "end in .csv, .parquet"),
        (["t.csv", "--output", "o.fhir.ndjson", "--long"], "--long can't be used for FHIR"),
        (["t.csv", "--output", "o.csv", "--base-url", "https://a.example"], "--base-url can only be used"),
        (["t.csv", "u.csv", "--output", "o.csv"], "Name one table."),
        (["t.csv", "--propose", "--explain", "2"], "can't be used together"),
        (["t.csv", "--output", "o.csv", "--date", "soon"], "--date takes a day"),
        (["t.csv", "--output", "t.csv"], "another file than the one that is read"),
        (["report", "t.csv"], "Say with --output where to write the page"),
        (["t.csv", "--output", "o.csv", "--chunk", "5"], "1000"),
    ],
    ids=range(11),
)
def test_options_that_do_not_fit_are_refused(folder: Path, arguments: list[str], words: str) -> None:
    """With exit code 2 and a sentence, before anything is read or written."""
    code, _, said = batch(folder, *arguments)
    assert code == 2
    assert words in " ".join(said.split())
    assert sorted(path.name for path in folder.iterdir()) == ["t.csv"]


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("e.csv", b"", "the table is empty"),
        ("d.csv", b"a,b,a\n1,2,3\n", "column `a` is there 2 times"),
        ("m.csv", b"x,adult\n1,yes\n2,n\xf6\n", "line 3 is not UTF-8 text"),
        ("u.csv", "adult\nyes\n".encode("utf-16"), "this is UTF-16 text"),
        ("t.csv", b"adult,Adult\nyes,no\n", "question `adult` has two columns"),
        ("o.csv", b"medicines/gold,medicines___gold\n1,0\n", "option `gold` of `medicines` has two columns"),
        ("w.csv", b",".join(b"c%d" % n for n in range(20_001)) + b"\n", "there are 20,001 columns"),
        ("p.parquet", b"PAR1 no", "this can't be read as Parquet"),
        ("x.xlsx", b"PK\x03\x04", "this can't be read as an Excel sheet"),
        ("a.arrow", b"ARROW1", "this can't be read as Arrow"),
        ("n.ndjson", b"nothing\n", "there is no line with an object of JSON"),
        ("n.txt", b"a", "its name does not say what kind of table it is"),
    ],
    ids=lambda value: value if isinstance(value, str) and "." in value else "",
)
def test_a_table_that_is_none_is_refused(folder: Path, name: str, data: bytes, said: str) -> None:
    """One sentence, and nothing is written."""
    (folder / name).write_bytes(data)
    code, out, told = batch(folder, name, "--output", "out.csv")

    assert (code, out) == (1, "")
    assert said in told
    assert not (folder / "out.csv").exists()


def test_broken_rows_are_kept_apart(folder: Path) -> None:
    """Too few cells, a line that is no JSON: the others come out, and the number is that of the file."""
    (folder / "b.csv").write_text("adult,pain\nno,yes\nno\nno,yes,1\nno,\n", "utf-8")
    (folder / "b.ndjson").write_text('{"adult": "no"}\n{"adult":\n["no"]\n{"adult": "no"}\n', "utf-8")
    for name, rows, bad in (("b.csv", [2, 5], [3, 4]), ("b.ndjson", [1, 4], [2, 3])):
        assert batch(folder, name, "--output", "o.csv", "--force")[0] == 1
        assert pl.read_csv(folder / "o.csv")["row"].to_list() == rows
        assert pl.read_csv(folder / "o.problems.csv")["row"].to_list() == bad


def test_formulas_stay_text(folder: Path) -> None:
    """A cell that is kept can't become a formula in what is written."""
    (folder / "f.csv").write_text('record_id,adult\n=1+1,no\n"@x",=2\n', "utf-8")
    assert batch(folder, "f.csv", "--output", "o.csv")[0] == 1
    assert "'=1+1" in (folder / "o.csv").read_text("utf-8")


def test_a_full_disk_leaves_nothing_behind(folder: Path) -> None:
    """What is begun is taken back, with one sentence."""
    (folder / "many.csv").write_text("adult\n" + "no\n" * 20_000, "utf-8")
    done = subprocess.run(
        ["bash", "-c", f"ulimit -f 4; trap '' XFSZ; {COMMAND} batch many.csv --output o.csv"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 1, done.stderr
    assert "error[" in done.stderr
    assert sorted(path.name for path in folder.iterdir()) == ["many.csv", "t.csv"]


def test_who_stops_it_keeps_nothing(folder: Path) -> None:
    """Ctrl-C in the middle ends it at once; what is said is true, and no file is left, whole or in part."""
    (folder / "many.csv").write_text("adult,pain\n" + "no,yes\n" * 400_000, "utf-8")
    running = subprocess.Popen(
        [COMMAND, "batch", "many.csv", "--output", "o.csv"], cwd=folder, stderr=subprocess.PIPE, text=True
    )
    assert running.stderr is not None
    said = running.stderr.readline()  # it has begun
    running.send_signal(signal.SIGINT)
    said += running.communicate(timeout=120)[1]

    assert running.returncode == 130, said
    assert said.endswith("\nStopped. Nothing was stored.\n")
    assert sorted(path.name for path in folder.iterdir()) == ["many.csv", "t.csv"]
