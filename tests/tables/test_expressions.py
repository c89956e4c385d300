"""What is worked out for tables: in steps that work nothing out twice, for every kind of frame, and on any day."""

import doctest
import subprocess
import sys
from datetime import date
from pathlib import Path

import duckdb
import narwhals as nw
import polars as pl
import pytest
import tabled

from screener.rulefile.loader import load
from screener.rulefile.model import Answers, RuleFile
from screener.tables import assessed, compiled, expressions, laid_out
from screener.tables.layout import DAY, layout, results


def test_the_example_holds() -> None:
    """What the documentation of `expressions` shows is what comes out."""
    failed, tried = doctest.testmod(compiled)[:2]

    assert (failed, tried > 5) == (0, True)


@pytest.mark.parametrize("text", [tabled.COUNTED_BACK, tabled.IN_DAYS], ids=["months", "days"])
@pytest.mark.parametrize("judge", [tabled.in_polars, tabled.streamed, tabled.in_duckdb], ids=lambda one: one.__name__)
def test_each_row_may_have_a_day_of_its_own(text: str, judge: tabled.Judge) -> None:
    """Spans are counted back from the day in the row, also from the last day of a month that others lack."""
    rules, rows = load(text), tabled.days_near_limits(text)
    table = tabled.on_their_days(text)
    expected = [tabled.told(load(text, today=day), [answers]) for day, answers in rows]
    found = judge(table, rules, DAY)

    for name in results(rules):
        assert found[name].to_list() == [one[name][0] for one in expected], name


def test_one_day_holds_for_all_rows() -> None:
    """A day that is given counts in the place of the one that the rules were read with."""
    then = date(2024, 3, 31)
    rules = load(tabled.COUNTED_BACK, today=date(2010, 1, 1))
    people: list[Answers] = [{"since": date(2024, 2, 29)}, {"since": date(2024, 2, 28)}]
    found = assessed(tabled.table_of(rules, people), rules, then)

    assert found["said/a-month"].to_list() == [True, False]
    assert assessed(tabled.table_of(rules, people), rules)["said/a-month"].to_list() == [False, False]


def test_a_table_comes_back_as_it_came(pico: RuleFile) -> None:
    """Eager or lazy, of Polars or DuckDB, with the columns it had, and nothing that was only there for others."""
    table = tabled.table_of(pico, [{}, {"adult": "no"}]).with_columns(number=pl.Series(["A-1", "A-2"]))
    eager, lazy = assessed(table, pico), assessed(table.lazy(), pico)
    relation = assessed(duckdb.from_arrow(table.to_arrow()), pico)

    assert eager.columns == lazy.collect_schema().names() == relation.columns
    assert set(eager.columns) == {"number", *(column.name for column in layout(pico)), *results(pico)}
    assert isinstance(eager, pl.DataFrame)
    assert isinstance(lazy, pl.LazyFrame)
    assert isinstance(relation, duckdb.DuckDBPyRelation)
    assert eager["number"].to_list() == ["A-1", "A-2"]


def test_no_cell_is_null(pico: RuleFile) -> None:
    """Every boolean is true or false, also where nothing was answered at all."""
    found = assessed(tabled.table_of(pico, [{}]), pico).select(results(pico))

    assert found.null_count().sum_horizontal().item() == 0
    assert {dtype for name, dtype in found.schema.items() if "/" in name} == {pl.Boolean()}


def test_each_step_needs_only_those_before(pico: RuleFile) -> None:
    """Columns of one step can be added at once, and the first step has what needs nothing but the layout."""
    found = expressions(pico)
    there = pl.DataFrame(laid_out(pico, [{}]))
    for step in found.steps:
        added = nw.from_native(there).select(*step).to_native()
        assert not set(added.columns) & set(there.columns)
        there = there.hstack(added)

    assert {*results(pico), *found.helpers} <= set(there.columns)


def chain(size: int) -> RuleFile:
    """Each question hangs on the one before it, and each line on a question and the first one."""
    asked = [f"  - {{id: q{n}, type: yes-no, ask: A?, unsure: yes, when: {{q{n - 1}: yes}}}}" for n in range(1, size)]
    lines = [f"  - {{id: g{n}, topic: T, says: S., when: {{q{n}: yes, q0: yes}}}}" for n in range(1, size)]
    head = ["format: 1", "id: chain", "version: 1.0.0", "title: C", "language: en"]
    first = "  - {id: q0, type: yes-no, ask: A?, unsure: yes}"
    ends = ["dispositions: [{id: d, title: D, says: D.}]", "referral: {says: R.}"]
    return load("\n".join([*head, "questions:", first, *asked, "guidance:", *lines, *ends]))


def test_what_is_worked_out_grows_with_the_rule_file() -> None:
    """Questions that hang on each other are not worked out anew in each that comes later."""
    sizes = []
    for size in (40, 80):
        written = "".join(str(expression) for step in expressions(chain(size)).steps for expression in step)
        sizes.append(len(written))

    assert sizes[1] < 2.5 * sizes[0]


@pytest.mark.parametrize(("judge", "size"), [(tabled.in_polars, 60), (tabled.in_duckdb, 15)], ids=["polars", "duckdb"])
def test_a_long_chain_comes_out_the_same(judge: tabled.Judge, size: int) -> None:
    """Many questions, one behind the other, answered up to some place."""
    rules = chain(size)
    people: list[Answers] = [
        {f"q{n}": "yes" if n < end else last for n in range(end + 1)}
        for end in (0, 1, size // 2, size - 1)
        for last in ("no", "unsure")
    ]
    people += [{f"q{n}": "yes" for n in range(size) if n != missing} for missing in (0, size // 2, size - 1)]

    assert tabled.differing(judge, rules, people, tabled.told(rules, people)) == []


def test_nothing_else_imports_it() -> None:
    """The layout needs no library, and the commands bring in none of those for tables."""
    heavy = "{'narwhals', 'polars', 'duckdb', 'pyarrow', 'pyspark'} & set(sys.modules)"
    for code in ("import screener.tables.layout", "import screener.cli, screener.cli.start.run"):
        done = subprocess.run(
            [sys.executable, "-c", f"import sys; {code}; print({heavy})"], capture_output=True, text=True, check=True
        )
        assert done.stdout.strip() == "set()", done.stderr


def test_what_is_missing_is_named() -> None:
    """Without the extra there is a sentence with the command that installs it."""
    code = "import sys; sys.modules['narwhals'] = None\nimport screener.tables\ntry: screener.tables.assessed\n"
    code += "except Exception as error: print(error.problems[0].code, error.problems[0].help)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=Path.home())

    assert done.stdout.strip() == "no-batch install it with: pip install 'screener[batch]'"
