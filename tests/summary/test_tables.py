"""CSV and codebooks: rows and columns that other programs rely on, and no cell or line that becomes something else."""

import csv
import io
import json
import re
import subprocess
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from commands import rules
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pages import SNIPPETS, UNSEEN, case_of, harmless, hostile_texts, mixed, page_of, pair, same_markdown
from readers import WIDE, real
from strategies import asked_in_order, built, files_and_answers
from terminals import ANSWERS, COMMAND

from screener.engine.answers import RESERVED_WORDS, read_answers
from screener.engine.assess import assess
from screener.exchange.codebook import as_csv, as_markdown
from screener.ground.escapes import cell
from screener.ground.escapes import rows_of_csv as written
from screener.ground.safetext import one_line
from screener.rulefile.conditions.tree import Answer
from screener.rulefile.model import RuleFile
from screener.summary.formats import renderer

OURS = ("summary.complete", "summary.disposition", "summary.findings", "summary.possible_findings")
FORMULA = tuple("=+-@＝＋－＠")
FORMATS = ["text", "markdown", "html", "pdf", "json", "csv"]
PLAIN_NUMBER = re.compile("-?[0-9]+([.][0-9]+)?")
SMALL: dict[str, Any] = {
    "format": 1,
    "id": "x",
    "version": "1",
    "title": "X",
    "language": "en",
    "guidance": [{"id": "g", "topic": "T", "says": "Said."}],
    "dispositions": [{"id": "d", "title": "Talk", "says": "Talk."}],
    "referral": {"says": "See someone certified."},
}
COLUMNS = [
    *("number", "question", "section", "type", "ask", "help", "why", "shown_when", "min", "max", "unit"),
    *("code", "label", "code_help", "stands_alone", "sources", "carry_over"),
]


def table(text: str) -> list[list[str]]:
    """The rows of a CSV text, read as strictly as can be."""
    return [*csv.reader(io.StringIO(text), strict=True)]


def row_of(rule_file: RuleFile, answers: dict[str, Answer]) -> dict[str, str]:
    """The one row of values of a summary, by the names above it."""
    made = renderer("csv")(rule_file, assess(rule_file, answers), WIDE)
    assert isinstance(made, str)
    names, values = table(made)
    assert len(names) == len(values) == len(set(names))
    return dict(zip(names, values, strict=True))


def formulas(rows: list[list[str]]) -> list[str]:
    """The cells that a spreadsheet may take for a formula, also one that cuts off blanks and quotes."""
    cells = [one for row in rows for one in row if not PLAIN_NUMBER.fullmatch(one)]
    return [one for one in cells if one.lstrip(' \t\r\n\xa0"').startswith(FORMULA)]


def bare(text: str) -> str:
    """The text without apostrophes, which are what makes a formula harmless."""
    return text.replace("'", "")


def test_one_row_with_the_rule_file_what_came_out_and_every_answer(pico: RuleFile) -> None:
    """The columns are those that other programs rely on, then every question by its id in its order."""
    row = row_of(pico, real()["much"])

    assert list(row) == [
        *["rules.id", "rules.version", "rules.sha256", *OURS],
        *pico.by_question,
    ]
    assert (row["rules.id"], row["rules.version"], row["rules.sha256"]) == (pico.id, pico.version, pico.sha256)
    assert (row["summary.complete"], row["summary.disposition"]) == ("yes", "doctor-first")
    assert (row["concerns"], row["changing-mark"], row["health"]) == ("melasma; sunspots", "unsure", "declined")
    summary = assess(pico, real()["much"])
    for column, certainty in (("summary.findings", "certain"), ("summary.possible_findings", "possible")):
        named = [one.guidance.id for one in summary.findings if one.certainty == certainty]
        assert row[column] == "; ".join(named)


def test_a_question_that_was_not_asked_has_an_empty_cell(pico: RuleFile) -> None:
    """Whoever is under age has one answer, and empty cells for all the rest."""
    row = row_of(pico, real()["under-age"])

    assert [id for id in pico.by_question if row[id]] == ["adult"]
    assert row_of(pico, {"adult": "yes"})["summary.complete"] == "no"


@settings(max_examples=40, deadline=None)
@given(files_and_answers())
def test_the_answers_come_back_from_the_row(case: tuple[RuleFile, dict[str, Answer]]) -> None:
    """For any rule file the cells, read as an answers file, are the answers that were given."""
    rule_file, wanted = case
    given_ones = asked_in_order(rule_file, wanted)
    row = row_of(rule_file, given_ones)
    many = {question.id for question in rule_file.questions if question.type == "many"}
    cells = {id: row[id].removeprefix("'") for id in rule_file.by_question if row[id]}
    plain = {id: text.split("; ") if id in many and text not in RESERVED_WORDS else text for id, text in cells.items()}

    assert dict(read_answers(json.dumps(plain), rule_file).answers) == given_ones


@settings(max_examples=40, deadline=None)
@given(hostile_texts(UNSEEN), st.sampled_from((*UNSEEN, *SNIPPETS)))
def test_hostile_answers_stay_in_their_cells(texts: list[str], answer: str) -> None:
    """Whatever was typed is one cell of two rows, comes back as it was, and is no formula."""
    typed = answer + "".join(texts)
    twin = case_of(harmless, "x")
    made = str(renderer("csv")(twin.rules, assess(twin.rules, {**twin.answers, "free": typed}), WIDE))
    rows = table(made)

    assert [len(row) for row in rows] == [7 + len(twin.rules.questions)] * 2
    assert made.count("\n") == 2
    assert formulas(rows) == []
    assert bare(rows[1][rows[0].index("free")]) == bare(one_line(typed))


@settings(max_examples=80, deadline=None)
@given(st.lists(st.lists(st.sampled_from([*UNSEEN, *SNIPPETS]) | st.text(max_size=6), min_size=1), min_size=1))
@example([["\t=1", " +1", "\xa0-1", "\u3000@1", "\r\n=1", "\n＝1", "'=1", '"=1', "\x00=1", "\ufeff=1"]])
@example([["a", 'b"', "c,", "d\ne", ""], ["", "", ""], ["\x85"]])
def test_any_cells_come_back_and_none_is_a_formula(rows: list[list[str]]) -> None:
    """Rows and columns are kept whatever is in them; what could be a formula begins with an apostrophe."""
    made = table(written(rows))

    assert [len(row) for row in made] == [len(row) for row in rows]
    cells = [one for row in made for one in row if not PLAIN_NUMBER.fullmatch(one)]
    assert [one for one in cells if one.startswith((*FORMULA, " ", "\t"))] == []
    for kept, wanted in zip((one for row in made for one in row), (one for row in rows for one in row), strict=True):
        assert bare(kept) == bare(one_line(wanted))


@pytest.mark.parametrize("start", FORMULA)
def test_each_beginning_of_a_formula_is_made_harmless(start: str) -> None:
    """=, +, - and @, also in full width and after blanks, are put behind an apostrophe."""
    for blank in ("", " ", "\t", "\n", "\r\n", "\xa0", "\u3000", "\u2003"):
        assert cell(f"{blank}{start}1+1") == f"'{start}1+1"


@pytest.mark.parametrize("number", ["-5.25", "-1", "30", "0.5"])
def test_a_number_stays_a_number(number: str) -> None:
    """A plain number, also one below zero, can do no harm, so that it can be reckoned with."""
    assert cell(number) == number


@pytest.mark.parametrize("text", ["-1;=1", "-1+1", "- 1", "-٣", "-1e5", "+1", "--1"])
def test_what_only_begins_like_a_number_is_made_harmless(text: str) -> None:
    """Anything else that begins with a sign is put behind an apostrophe."""
    assert cell(text).startswith("'")


def test_questions_may_be_called_like_columns() -> None:
    """A question with the name of one of our columns overwrites nothing, and nothing overwrites it."""
    ids = ["complete", "disposition", "findings"]
    questions = [{"id": id, "type": "text", "ask": f"{id}?"} for id in ids]
    rules = built({**SMALL, "questions": questions})
    answers: dict[str, Answer] = {"complete": "never", "disposition": "calm", "findings": "none"}
    row = row_of(rules, answers)

    assert {id: row[id] for id in ids} == answers
    assert (row["summary.complete"], row["summary.disposition"]) == ("yes", "d")


@pytest.mark.parametrize("answer", ["x;=1+1", "x; =1+1", "x\t=1+1", 'x";=1+1', "x;@a;\t-1;+1"])
def test_no_formula_where_a_semicolon_parts_cells(answer: str) -> None:
    """A spreadsheet that takes semicolons for the ends of cells, as in much of Europe, finds no formula either."""
    twin = case_of(harmless, "x")
    made = str(renderer("csv")(twin.rules, assess(twin.rules, {**twin.answers, "free": answer}), WIDE))

    for mark in ";\t":
        assert formulas([*csv.reader(io.StringIO(made), delimiter=mark)]) == []


def test_the_codebook_has_a_row_for_everything_that_can_be_answered(pico: RuleFile) -> None:
    """Each question has a row for each option and reserved answer; one row where a value is written."""
    head, *rows = table(as_csv(pico))
    named = [dict(zip(head, row, strict=True)) for row in rows]

    assert head == COLUMNS
    assert [(row["question"], row["code"]) for row in named] == [
        (question.id, code) for question in pico.questions for code in (*question.choices, *question.reserved)
    ]
    assert [row["number"] for row in named] == [str([*pico.by_question].index(row["question"]) + 1) for row in named]
    for row in named:
        question = pico.by_question[row["question"]]
        assert (row["ask"], row["type"]) == (one_line(question.ask), question.type)
        if row["code"] in question.reserved:
            assert (row["label"], row["stands_alone"]) == (RESERVED_WORDS[row["code"]], "yes")
        else:
            option = question.choices[row["code"]]
            assert row["label"] == one_line(option.label)
            assert row["stands_alone"] == ("yes" if option.exclusive else "")
    assert any("Are you 18 or older?" in row["shown_when"] for row in named)


def test_the_codebook_tells_limits_and_units() -> None:
    """A number has one row with its smallest value and its unit, a text one row without any code."""
    case = case_of(harmless, "x")
    head, *rows = table(as_csv(case.rules))
    named = {row[1]: dict(zip(head, row, strict=True)) for row in rows}

    assert [row[1] for row in rows].count("number") == [row[1] for row in rows].count("free") == 1
    assert (named["number"]["min"], named["number"]["unit"], named["number"]["code"]) == ("1", harmless(16), "")
    assert (named["free"]["help"], named["free"]["why"], named["free"]["section"]) == tuple(map(harmless, (6, 7, 4)))
    assert named["one"]["sources"] == "S1"
    assert harmless(9) in named["hidden"]["shown_when"]


@settings(max_examples=40, deadline=None)
@given(hostile_texts())
def test_hostile_rule_files_stay_in_their_cells(texts: list[str]) -> None:
    """A codebook of any texts has the rows and columns it always has; the texts come back and are no formulas."""
    hostile, twin = case_of(mixed(texts), "x"), case_of(harmless, "x")
    rows, usual = table(as_csv(hostile.rules)), table(as_csv(twin.rules))

    assert [len(row) for row in rows] == [len(row) for row in usual]
    assert formulas(rows) == []
    for place in (4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18):
        wanted = one_line(mixed(texts)(place))
        at = [
            (line, column) for line, row in enumerate(usual) for column, one in enumerate(row) if one == harmless(place)
        ]
        assert at
        assert {bare(rows[line][column]) for line, column in at} == {bare(wanted)}


@settings(max_examples=40, deadline=None)
@given(hostile_texts())
def test_hostile_rule_files_change_no_codebook(texts: list[str]) -> None:
    """CommonMark with tables reads the codebook of any texts as it always does, and the texts come back."""
    hostile, twin, told = pair(texts, "x")

    same_markdown(as_markdown(hostile.rules), as_markdown(twin.rules), told)


def test_the_markdown_codebook_holds_everything(pico: RuleFile) -> None:
    """Every question with its codes, every line, every next step, what is not covered and the referral."""
    page = as_markdown(pico).replace("\\", "")

    for question in pico.questions:
        assert one_line(question.ask) in page
        assert f"- Code: `{question.id}`" in page
        for code in (*question.choices, *question.reserved):
            assert f"| `{code}` | " in page
    for line in pico.guidance:
        assert one_line(line.says) in page
        assert f": `{line.id}`" in page
    assert [page.index(one_line(step.says)) for step in pico.dispositions] == sorted(
        page.index(one_line(step.says)) for step in pico.dispositions
    )
    assert page.rstrip().endswith(one_line(pico.referral.says))


@pytest.mark.parametrize("format", ["html", "markdown", "csv"])
def test_long_words_are_kept_whole(format: str) -> None:
    """A word of 100 kB is neither lost nor broken."""
    twin = case_of(harmless, "w" * 100_000)

    assert "w" * 100_000 in page_of(format, twin, "person")


# --- files ---


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    """A file with all answers."""
    file = tmp_path / "answers.json"
    file.write_text(json.dumps(ANSWERS), "utf-8")
    return file


def start(*arguments: str | Path) -> tuple[int, bytes, str]:
    """Exit code, standard output and standard error of `screener start`."""
    command = [COMMAND, "start", *map(str, arguments)]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=False, timeout=60)
    assert b"Traceback" not in done.stderr
    return done.returncode, done.stdout, done.stderr.decode("utf-8")


@pytest.mark.parametrize("format", FORMATS)
def test_no_format_overwrites_a_file(format: str, answers: Path, tmp_path: Path) -> None:
    """A file that is there stays as it is, unless --force is given; then all of it is the new one."""
    out = tmp_path / "out"
    out.write_bytes(b"mine")
    code, said, error = start("--answers", answers, "--format", format, "--output", out)
    assert (code, said, out.read_bytes()) == (1, b"", b"mine")
    assert "exists already" in error

    code, said, _ = start("--answers", answers, "--format", format, "--output", out, "--force")
    assert (code, said) == (0, b"")
    assert out.read_bytes() == start("--answers", answers, "--format", format, "--output", "-")[1] != b""
    assert sorted(one.name for one in tmp_path.iterdir()) == ["answers.json", "out"]


@pytest.mark.parametrize("format", ["html", "pdf", "csv"])
def test_no_format_makes_folders_or_half_files(format: str, answers: Path, tmp_path: Path) -> None:
    """Where the folder is not there, or a folder has the name, nothing is written and the exit code is 1."""
    for out, why in ((tmp_path / "none" / "out", "no such folder"), (tmp_path, "folder")):
        code, said, error = start("--answers", answers, "--format", format, "--output", out, "--force")
        assert (code, said) == (1, b"")
        assert why in error
    assert [one.name for one in tmp_path.iterdir()] == ["answers.json"]


@pytest.mark.parametrize("to", ["csv", "markdown"])
def test_an_export_overwrites_no_file(to: str, tmp_path: Path) -> None:
    """A codebook goes to standard output or to a file, never over one without --force, never to a missing folder."""
    out = tmp_path / "codebook"
    code, said, error = rules("export", "--to", to)
    assert (code, error) == (0, "")
    assert said.startswith("number,question," if to == "csv" else "# Pico laser")

    assert rules("export", "--to", to, "--output", out) == (0, "", f"Written: {out}.\n")
    assert out.read_text("utf-8") == said
    out.write_text("mine", "utf-8")
    assert rules("export", "--to", to, "--output", out)[0] == 1
    assert out.read_text("utf-8") == "mine"
    assert rules("export", "--to", to, "--output", out, "--force")[0] == 0
    assert out.read_text("utf-8") == said
    assert rules("export", "--to", to, "--output", tmp_path / "none" / "out", "--force")[0] == 1
    assert [one.name for one in tmp_path.iterdir()] == ["codebook"]


def test_numbers_are_written_as_in_an_answers_file() -> None:
    """A number has no needless zeros, and no unit."""
    twin = case_of(harmless, "x")

    assert row_of(twin.rules, {**twin.answers, "number": Decimal("3.0")})["number"] == "3"
    assert row_of(twin.rules, {**twin.answers, "number": Decimal("3.25")})["number"] == "3.25"


@pytest.mark.parametrize(
    ("name", "format"), [("a.PDF", "pdf"), ("a.html", "html"), ("a.csv", "csv"), ("a.txt", "text")]
)
def test_the_name_of_the_file_decides_where_no_format_is_named(
    name: str, format: str, answers: Path, tmp_path: Path
) -> None:
    """A file gets what its ending promises; `--format` says otherwise where it is given."""
    code, _, _ = start("--answers", answers, "--output", tmp_path / name)
    assert code == 0
    assert (tmp_path / name).read_bytes() == start("--answers", answers, "--format", format, "--output", "-")[1]

    start("--answers", answers, "--format", "json", "--output", tmp_path / name, "--force")
    assert (tmp_path / name).read_bytes().startswith(b'{\n  "schema"')


def test_what_is_read_is_not_overwritten(tmp_path: Path) -> None:
    """Neither export nor import writes over the file it reads, not even with --force."""
    rules, form = tmp_path / "own.yaml", tmp_path / "form.json"
    rules.write_bytes(b"not looked at")
    form.write_text('{"resourceType": "Questionnaire", "item": [{"linkId": "a", "text": "A?", "type": "boolean"}]}')
    for command, source in ((["export", "--to", "csv"], rules), (["import"], form)):
        before = source.read_bytes()
        asked = [str(COMMAND), "rules", *command, str(source), "--output", str(source), "--force"]
        done = subprocess.run(asked, capture_output=True, check=False, timeout=60)
        assert (done.returncode, source.read_bytes()) == (2, before)
