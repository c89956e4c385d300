"""`screener rules coverage`: every statement accounted for once, and which worked cases show what."""

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from screener.authoring.cases import read_cases
from screener.authoring.checks.accounting import accounting
from screener.authoring.coverage.account import Account, Citation, accounts, by_document, exercised, fates
from screener.authoring.coverage.listing import as_json, as_text
from screener.cli.rules import coverage
from screener.engine.assess import assess
from screener.ground.problems import ProblemsFound
from screener.ground.wrapping import Look
from screener.rulefile.find import find_rules, load_rules
from screener.rulefile.model import RuleFile

RULES = """
format: 1
id: care
version: 1.0.0
title: Care
language: en
sources: care.sources.yaml
questions:
  - {id: itch, type: yes-no, ask: Does it itch?, why: It matters., unsure: yes, from: [ASKED]}
  - {id: much, type: yes-no, ask: Much?, when: {itch: yes}}
guidance:
  - {id: plain, topic: T, says: S., from: [SAID, BOTH]}
  - {id: along, topic: T, when: {itch: yes}, says: S., ask: Why?, from: [ALONG, BOTH, BOTH]}
  - {id: never-tried, topic: T, when: {much: yes}, says: S., disposition: soon, from: [TWICE]}
dispositions: [{id: later, title: L, says: L., from: [STEP]}, {id: soon, title: S, says: S.}]
referral: {says: See someone., from: [LAST, BOTH]}
not_covered: {says: The price., from: [PRICE]}
"""
SOURCES = """
format: 1
documents:
  leaflet: {title: A leaflet, sections: {one: {heading: First part}, two: {heading: Second part}}}
  study: {title: A study}
  unused: {title: Never cited}
statements:
  - {id: STEP, document: leaflet, section: two, says: A step.}
  - {id: ASKED, document: leaflet, section: one, says: A question.}
  - {id: SAID, document: leaflet, says: A saying., standing: contested, balance: [TWICE]}
  - {id: BOTH, document: leaflet, section: two, says: Both.}
  - {id: ALONG, document: leaflet, section: one, says: To take along.}
  - {id: LAST, documents: [study], says: Last.}
  - {id: PRICE, documents: [study, leaflet], says: The price.}
  - {id: TWICE, document: leaflet, section: one, says: Said and left out., left_out: A mistake.}
  - {id: PRAISE, document: leaflet, section: one, says: Wonderful., left_out: Only praise.}
  - {id: LOST, document: leaflet, section: two, says: Nobody says this.}
  - {id: OURS, documents: [], says: No source.}
"""
CASES = """
format: 1
cases:
  - {id: calm, answers: {itch: no}, expect: {}}
  - {id: itchy, answers: {itch: yes, much: no}, expect: {}}
  - {id: puzzled, answers: {itch: unsure, much: no}, expect: {}}
"""


@pytest.fixture(autouse=True)
def eighty_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    """The width of the texts, whatever the terminal of whoever runs the tests."""
    monkeypatch.setenv("COLUMNS", "80")


@pytest.fixture
def care(tmp_path: Path) -> Path:
    """A rule file with a statement of each fate, and three cases that leave something out."""
    for name, text in (("care.yaml", RULES), ("care.sources.yaml", SOURCES), ("care.cases.yaml", CASES)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path / "care.yaml"


def printed(path: Path | str, capfd: pytest.CaptureFixture[str], **options: Any) -> str:
    """What the command writes to standard output."""
    coverage.coverage(str(path), **options)
    return capfd.readouterr().out


def words(text: str) -> str:
    """The text without its line breaks."""
    return " ".join(text.split())


def test_all_51_statements_of_the_leaflet_are_accounted_for(pico: RuleFile, capfd: pytest.CaptureFixture[str]) -> None:
    """Each statement of pico-laser's leaflet is said, handed over, or left out with a reason; the text says so."""
    leaflet = by_document(accounts(pico), pico)["pico"]

    assert [account.statement.id for account in leaflet] == [f"C{number:02}" for number in range(1, 52)]
    assert fates(leaflet) == {
        "said": 17,
        "said and handed over": 32,
        "handed over": 0,
        "left out": 2,
        "unaccounted": 0,
    }
    assert all(account.statement.left_out for account in leaflet if account.fate == "left out")
    assert "51 of 51 statements accounted for: 17 said, 32 said and handed over, 2 left out." in words(
        printed("pico-laser", capfd)
    )


def test_each_statement_has_its_fate_and_its_places(care: Path) -> None:
    """Where it is said, where it is handed over, or neither; cited twice in one place is one place."""
    found = {account.statement.id: account for account in accounts(load_rules(care))}
    along, plain, referral = Citation("guidance", "along"), Citation("guidance", "plain"), Citation("referral")

    assert {id: account.fate for id, account in found.items()} == {
        "STEP": "handed over",
        "ASKED": "said",
        "SAID": "said",
        "BOTH": "said and handed over",
        "ALONG": "said and handed over",
        "LAST": "handed over",
        "PRICE": "said",
        "TWICE": "said",
        "PRAISE": "left out",
        "LOST": "unaccounted",
        "OURS": "unaccounted",
    }
    assert found["BOTH"][1:] == ((plain, along), (along, referral))
    assert found["STEP"][1:] == ((), (Citation("disposition", "later"),))
    assert found["ASKED"].said == (Citation("question", "itch"),)
    assert found["PRICE"].said == (Citation("not_covered"),)


@pytest.mark.parametrize("name", ["pico-laser", "care"])
def test_what_is_unaccounted_is_what_the_check_finds(name: str, care: Path) -> None:
    """The account and `rules check` agree on which statements got lost."""
    rules = load_rules(care if name == "care" else name)
    lost = {account.statement.id for account in accounts(rules) if account.fate == "unaccounted"}
    remarks = {remark.route[1] for remark in accounting(rules) if remark.code == "unaccounted-statement"}

    assert lost == remarks


def test_a_statement_of_two_documents_counts_in_both(care: Path) -> None:
    """Documents come in the order of the sources file, those without statements not at all, and none last."""
    rules = load_rules(care)
    grouped = by_document(accounts(rules), rules)

    assert list(grouped) == ["leaflet", "study", None]
    assert {document: len(group) for document, group in grouped.items()} == {"leaflet": 9, "study": 2, None: 1}
    assert "PRICE" in _ids(grouped["leaflet"])
    assert "PRICE" in _ids(grouped["study"])


def _ids(found: list[Account]) -> list[str]:
    return [account.statement.id for account in found]


def test_the_text_tells_every_statement_by_document_and_section(care: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """The whole account, as an author reads it."""
    out = printed(care, capfd)

    assert (
        out
        == """\
Care (care 1.0.0)

STATEMENTS

9 of 11 statements accounted for: 4 said, 2 said and handed over, 2 handed over,
1 left out.
A statement is said where a line or a question stands on it. It is handed over
to the professional where a question to take along, a next step or the referral
stands on it. Otherwise it is left out, with the reason.

A leaflet (leaflet)
  8 of 9 statements accounted for: 4 said, 2 said and handed over, 1 handed
  over, 1 left out.
  SAID A saying. [contested; balance TWICE]
      Said in: plain
  PRICE The price.
      Said in: what is not covered

  First part
  ASKED A question.
      Said in: question itch
  ALONG To take along.
      Said in: along
      Handed over in: along
  TWICE Said and left out.
      Said in: never-tried
      Left out: A mistake.
  PRAISE Wonderful.
      Left out: Only praise.

  Second part
  STEP A step.
      Handed over in: next step later
  BOTH Both.
      Said in: plain, along
      Handed over in: along, the referral
  LOST Nobody says this.
      NOT ACCOUNTED FOR: nothing stands on it, and no reason is given.

A study (study)
  2 of 2 statements accounted for: 1 said, 1 handed over.
  LAST Last.
      Handed over in: the referral
  Told above: PRICE

No document (our own question; no source that we could check)
  0 of 1 statement accounted for.
  OURS No source.
      NOT ACCOUNTED FOR: nothing stands on it, and no reason is given.

WORKED CASES

3 cases: 2 of 2 questions, 2 of 3 guidance lines, 1 of 2 next steps shown.

Shown by no case:
  guidance line never-tried
  next step soon

Questions, and the cases that show them
  itch: 3 cases (calm, itchy, puzzled)
  much: 2 cases (itchy, puzzled)

Guidance, and the cases that show them
  plain: 3 cases (calm, itchy, puzzled)
  along: 2 cases, 1 of them as one that may apply (itchy, puzzled)

Next steps, and the cases that show them
  later: 3 cases (calm, itchy, puzzled)
"""
    )


@pytest.mark.parametrize("width", [20, 40, 80])
def test_every_statement_is_told_once_and_fits(width: int, pico: RuleFile) -> None:
    """At any width: no line is too long, and each statement has one entry of its own."""
    text = as_text(pico, accounts(pico), None, 0, Look(width))
    known = {statement.id for statement in pico.library.statements} if pico.library else set()
    entries = Counter(found for found in re.findall(r"^  ([A-Z]\d+) ", text, re.MULTILINE) if found in known)

    assert max(map(len, text.splitlines())) <= width
    assert entries == Counter(known)


def test_cases_show_what_the_engine_says(pico: RuleFile) -> None:
    """For every case of pico-laser: the lines it says, the questions it asks and its next step, and nothing else."""
    path = find_rules("pico-laser")
    worked, _ = read_cases(path.with_name("pico-laser.cases.yaml").read_text(encoding="utf-8"), pico)
    shown = exercised(pico, worked)

    assert len(shown) == len(pico.questions) + len(pico.guidance) + len(pico.dispositions)
    for one in worked:
        summary = assess(pico, one.answers)
        certain = {(e.kind, e.id) for e in shown if one.case.id in e.certain}
        possible = {e.id for e in shown if one.case.id in e.possible}
        assert certain == {
            *(("question", id) for id in summary.answers),
            *(("guidance", f.guidance.id) for f in summary.findings if f.certainty == "certain"),
            ("disposition", summary.disposition.id),
        }
        assert possible == {f.guidance.id for f in summary.findings if f.certainty == "possible"}


def test_a_question_that_a_case_leaves_open_is_not_shown(care: Path) -> None:
    """An answer to a question that is not asked does not count, nor does a question without an answer."""
    rules = load_rules(care)
    text = "format: 1\ncases:\n  - {id: a, answers: {itch: no, much: yes}, expect: {}}\n  - {id: b, expect: {}}\n"
    by_id = {one.id: one.cases for one in exercised(rules, read_cases(text, rules)[0]) if one.kind == "question"}

    assert by_id == {"itch": ("a",), "much": ()}


def test_json_holds_the_same(care: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """A schema, the numbers in all and by document, each statement with its places, and what each case shows."""
    out = printed(care, capfd, format="json")
    found = json.loads(out)
    both = next(account for account in found["accounts"] if account["id"] == "BOTH")

    assert printed(care, capfd, format="json") == out
    assert (found["schema"], found["rules"]["id"]) == ("screener/coverage/1", "care")
    assert found["statements"] == {
        "count": 11,
        "accounted": 9,
        "said": 4,
        "said_and_handed_over": 2,
        "handed_over": 2,
        "left_out": 1,
        "unaccounted": 2,
    }
    assert [(d["id"], d["count"], d["accounted"]) for d in found["documents"]] == [
        ("leaflet", 9, 8),
        ("study", 2, 2),
        (None, 1, 0),
    ]
    assert both == {
        "id": "BOTH",
        "documents": ["leaflet"],
        "section": "two",
        "says": "Both.",
        "standing": None,
        "fate": "said_and_handed_over",
        "said": [{"kind": "guidance", "id": "plain"}, {"kind": "guidance", "id": "along"}],
        "handed_over": [{"kind": "guidance", "id": "along"}, {"kind": "referral", "id": None}],
        "left_out": None,
    }
    assert found["cases"]["count"] == 3
    assert {"kind": "guidance", "id": "along", "certain": ["itchy"], "possible": ["puzzled"]} in found["cases"]["shown"]


def test_many_cases_are_counted_but_not_named(capfd: pytest.CaptureFixture[str]) -> None:
    """What nearly every case shows would fill the screen; the JSON names them all."""
    out = printed("pico-laser", capfd)

    assert re.search(r"^  adult: \d+ cases$", out, re.MULTILINE)
    assert "  under-18: 2 cases (under-age, under-age-who-had-answered-before)\n" in out


def test_without_sources_and_cases_it_says_so(care: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """A young rule file has neither yet: both are said in a sentence, and JSON has no numbers of cases."""
    care.with_name("care.cases.yaml").unlink()
    care.write_text(re.sub(r", from: \[.*?\]|sources: .*\n", "", RULES), encoding="utf-8")
    out = words(printed(care, capfd))
    found = json.loads(printed(care, capfd, format="json"))

    assert "The rule file names no sources file" in out
    assert "There are no worked cases. `screener rules cases --suggest` writes some to begin with." in out
    assert (found["statements"]["count"], found["documents"], found["cases"]) == (0, [], None)


def test_cases_may_be_elsewhere_but_must_be_there(care: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """`--cases` names the file; one that is named and missing is a problem, as is one with faults."""
    elsewhere = care.with_name("others.yaml")
    elsewhere.write_text("format: 1\ncases: [{id: mine, answers: {itch: no}, expect: {}}]\n", encoding="utf-8")

    assert "  itch: 1 case (mine)\n" in printed(care, capfd, cases=elsewhere)
    elsewhere.unlink()
    with pytest.raises(ProblemsFound):
        coverage.coverage(str(care), cases=elsewhere)
    care.with_name("care.cases.yaml").write_text("cases: []\n", encoding="utf-8")
    with pytest.raises(ProblemsFound):
        coverage.coverage(str(care))


def test_hostile_text_stays_text(care: Path) -> None:
    """Marks that turn the direction of text, put into a model by a program, are written out in both formats."""
    rules = load_rules(care)
    first, *rest = accounts(rules)
    hostile = first._replace(statement=first.statement.model_copy(update={"says": "a\u202eb\x1bc"}))

    for text in (as_text(rules, [hostile, *rest], None, 0, Look(80)), as_json(rules, [hostile, *rest], None, 0)):
        assert not set("\u202e\x1b") & set(text)
        assert "a\\u202eb\\u001bc" in text
