"""The manual: every code has a page in plain words, and the examples on it are told apart by the check itself."""

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from paths import ROOT
from prose import JARGON
from proving import no_hurry, silent

import screener
from screener.authoring.checks import PAGES, remarks
from screener.authoring.checks.cut import cut_off
from screener.authoring.checks.forms import FORMS
from screener.authoring.checks.logic import PAGES as LOGIC_PAGES
from screener.authoring.checks.logic import prove
from screener.authoring.checks.page import Example, Page, whole, whole_sources
from screener.authoring.checks.remark import Remark
from screener.authoring.format import THINGS
from screener.authoring.manual.keys import Placed, keys, named
from screener.authoring.manual.listing import key_page, page
from screener.authoring.manual.texts import entries, texts
from screener.ground.codes import CODES, DESK_CODES, TABLE_CODES
from screener.ground.problems import ProblemsFound
from screener.rulefile.loader import load
from screener.rulefile.yamltext import read

COMMAND = str(Path(sys.executable).parent / "screener")
ALL = (*PAGES, *LOGIC_PAGES)
SHOWN = [one for one in ALL if one.bad.rules]
#: Shown without an example: a document beside the file, or the time, is what matters there.
WITHOUT_EXAMPLE = {"document-changed", "no-fingerprint", "section-missing", "not-decided"}
#: What always comes along: a part of a condition that speaks of a question that is never asked.
CONSEQUENCES = {"never-asked": {"dead-part"}}


def found_in(example: Example) -> list[Remark]:
    """What every check says of an example, made whole."""
    rules = load(whole(example), "example.yaml", lambda name: (whole_sources(example), name))
    cut = cut_off(read(whole(example)), in_sources=False)
    return [*remarks(rules), *cut, *prove(rules, no_hurry, silent).remarks]


def explain(*arguments: str) -> tuple[int, str, str]:
    """Exit code, standard output and standard error of `screener rules explain`."""
    done = subprocess.run(
        [COMMAND, "rules", "explain", *arguments],
        capture_output=True,
        check=False,
        timeout=60,
        env={**os.environ, "COLUMNS": "80"},
    )
    out, err = done.stdout.decode(), done.stderr.decode()
    assert "\x1b" not in out + err
    assert "inside screener" not in err
    return done.returncode, out, err


def test_every_check_has_examples() -> None:
    """Nothing passes by looking at nothing: only pages that need more than a file to show go without examples."""
    assert {page.code for page in ALL} - {page.code for page in SHOWN} == WITHOUT_EXAMPLE
    assert [page.code for page in SHOWN if not page.good.rules] == []
    assert len({page.code for page in ALL}) == len(ALL)


@pytest.mark.parametrize("page", SHOWN, ids=lambda page: page.code)
def test_the_bad_example_has_the_fault(page: Page) -> None:
    """It loads, and the check finds its own code in it, at the level of the page, and no other fault."""
    found = found_in(page.bad)

    assert page.code in {remark.code for remark in found}
    assert {remark.code for remark in found} - {page.code} == CONSEQUENCES.get(page.code, set())
    assert {remark.level for remark in found if remark.code == page.code} == {page.level}


@pytest.mark.parametrize("page", SHOWN, ids=lambda page: page.code)
def test_the_good_example_has_no_problem_at_all(page: Page) -> None:
    """It loads, and no check has anything to say."""
    assert found_in(page.good) == []


def written_codes() -> set[str]:
    """Every code that stands in the program as the first word of a problem, a remark or a page."""
    found = set()
    for path in Path(screener.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not node.args or not isinstance(node.args[0], ast.Constant):
                continue
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if name in ("Problem", "Remark", "Page", "problem"):
                found.add(str(node.args[0].value))
    return found


def test_every_code_has_a_page() -> None:
    """Whatever a problem or a remark can have as its code can be looked up, and no code has two pages."""
    codes = written_codes()

    assert {"never-said", "no-sources", "not-found", "not-decided"} <= codes, "the program is read"
    assert codes - set(texts()) == set()
    assert {page.code for page in ALL} <= codes
    assert {page.code for page in ALL} & {*CODES, *DESK_CODES, *TABLE_CODES} == set()
    assert len({*CODES, *DESK_CODES, *TABLE_CODES}) == len(CODES) + len(DESK_CODES) + len(TABLE_CODES)
    assert set(entries()) == {page.code for page in ALL} | {*CODES, *DESK_CODES, *TABLE_CODES}


@pytest.mark.parametrize("code", texts())
def test_every_page_is_plain(code: str) -> None:
    """Whole sentences without words of programmers, and an id that can be typed."""
    text = texts()[code]

    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", code)
    assert JARGON.findall(text) == []
    assert text.endswith(".")
    assert text == " ".join(text.split())
    assert text[0].isupper() or text[0] == "`"


def test_every_code_has_a_page_for_the_screen() -> None:
    """Level, text and both examples, within the width of the screen."""
    for entry in entries().values():
        out = page(entry, 80)
        assert out.startswith(f"{entry.level}[{entry.code}]\n\n")
        prose = out.partition("\n\nWith the fault:\n")[0]
        assert " ".join(prose.split()) == f"{entry.level}[{entry.code}] {entry.text}"
        assert all(len(line) <= 80 for line in prose.splitlines())
        assert ("With the fault:" in out) == ("Without:" in out) == bool(entry.bad.rules)


@pytest.mark.parametrize("code", ["never-said", "missing-balance", "tag", "[Never-Said]"])
def test_a_code_can_be_explained(code: str) -> None:
    """The installed command prints the page, whatever kind of code it is, also as it stands in a message."""
    assert explain(code) == (0, page(entries()[code.strip("[]").lower()], 80), "")


@pytest.mark.parametrize("one", list(keys()), ids=lambda one: f"{one.thing.of}-{one.path}")
def test_every_key_has_a_page_for_the_screen(one: Placed) -> None:
    """Its path, what it does, where it stands, its values and an example, within the width of the screen."""
    out = key_page(one, 80)
    prose = " ".join(out.partition("\n\nFor example:\n")[0].split())

    assert prose.startswith(f"{one.path} {one.key.text} It stands in {one.place}.")
    assert f"Values: {one.values}." in prose
    assert "none" not in one.values.lower()
    assert out.endswith(f"  {one.key.example}\n")
    assert all(len(line) <= 92 for line in out.splitlines())


@pytest.mark.parametrize(
    ("word", "paths"),
    [
        ("when_unsure", ["guidance.when_unsure"]),
        ("questions.min", ["questions.min"]),
        ("guidance.from", ["guidance.from"]),
        ("`min:`", ["questions.min"]),
        ("then.referral", ["invariants.then.referral"]),
        ("count.at_least", ["when.count.at_least"]),
        ("sha256", ["documents.sha256", "documents.sections.sha256"]),
        ("format", ["format", "format", "format"]),
        ("unit", ["questions.unit"]),
    ],
)
def test_a_key_can_be_explained(word: str, paths: list[str]) -> None:
    """By its name or by the keys that lead to it; where several things have it, all of them are shown."""
    code, out, err = explain(word)

    assert (code, err) == (0, "")
    assert [one.path for one in named(word.strip("`:"))] == paths
    assert out == "\n".join(key_page(one, 80) for one in named(word.strip("`:")))


def test_a_key_with_keys_of_its_own_names_them() -> None:
    """Whoever looks up a list is led to what its entries may have."""
    code, out, err = explain("invariants.then")

    assert (code, err) == (0, "")
    assert "\nIts keys: disposition, disposition_at_least, disposition_at_most, guidance," in out


@pytest.mark.parametrize("code", list(FORMS))
def test_the_examples_of_form_are_told_apart_by_the_loader(code: str) -> None:
    """The bad one is refused with just this code, the good one has no problem at all."""
    bad, good = FORMS[code]
    sources = whole_sources(bad) if bad.sources else None
    with pytest.raises(ProblemsFound) as found:
        load(whole(bad), "bad.yaml", (lambda name: (sources, name)) if sources else None)

    assert {problem.code for problem in found.value.problems} == {code}
    assert found_in(good) == []


def test_several_words_are_explained_one_after_the_other() -> None:
    """A page for each, in the order in which they were named; one that nothing has keeps none of them."""
    both = explain("no-way-out", "limits-cross")

    assert both == (0, f"{page(entries()['no-way-out'], 80)}\n{page(entries()['limits-cross'], 80)}", "")
    assert explain("no-way-out", "weather")[:2] == (1, "")


@pytest.mark.parametrize(
    ("words", "begins"),
    [
        (["not sure"], "questions.unsure"),
        (["not", "sure"], "questions.unsure"),
        (["declined"], "questions.decline"),
        (["skipped"], "questions.optional"),
        (["answer"], "error[no-repeat]"),
    ],
)
def test_other_words_lead_to_what_is_meant(words: list[str], begins: str) -> None:
    """Words of people lead to the key or the code in whose place they stand."""
    code, out, err = explain(*words)

    assert (code, out.splitlines()[0], err) == (0, begins, "")


def test_without_a_code_all_are_listed() -> None:
    """Every code, each on a line of its own, and every key beside those of the same thing."""
    code, out, err = explain()
    codes, _, keys = out.partition("\nKeys of the rule file\n")

    assert (code, err) == (0, "")
    assert {line.strip() for line in codes.splitlines() if line.startswith("  ")} == set(entries())
    assert {key.name for thing in THINGS for key in thing.keys} <= set(re.findall(r"\w+", keys))
    assert all(len(line) <= 80 for line in out.splitlines())


@pytest.mark.parametrize(
    ("word", "help"),
    [
        ("nevr-said", "did you mean `never-said`?"),
        ("unkown-option", "did you mean `unknown-option`?"),
        ("when_unsrue", "did you mean `when_unsure`?"),
        ("questions.mni", "did you mean `questions.min`?"),
        ("weather", "`screener rules explain` lists all codes and keys"),
        ("", "`screener rules explain` lists all codes and keys"),
        ("\x1b[31m\u202e\n" + "x" * 5_000, "`screener rules explain` lists all codes and keys"),
    ],
    ids=["never-said", "unknown-option", "when_unsure", "questions.min", "far", "nothing", "hostile"],
)
def test_an_unknown_code_or_key_is_a_problem(word: str, help: str) -> None:
    """Exit code 1, nothing on standard output, and the nearest code or key where one is near."""
    code, out, err = explain(word)

    assert (code, out) == (1, "")
    assert err.startswith("error[not-found] there is no code or key `")
    assert f"  help: {help}\n" in err
    assert len(err) < 400
    assert "\u202e" not in err


@pytest.mark.checkout
def test_the_manual_that_is_checked_in_is_the_one_that_is_made() -> None:
    """`screener rules explain --all` writes rules/CHECKS.md, byte for byte; every code is a heading of it."""
    code, out, err = explain("--all")
    path = ROOT / "rules" / "CHECKS.md"

    assert (code, err) == (0, "")
    assert set(re.findall(r"^### (.*)$", out, re.MULTILINE)) == set(entries())
    assert out == path.read_text(encoding="utf-8"), f"make it again: screener rules explain --all > {path.name}"
    assert explain("--page", "checks") == (0, out, "")
