"""A rule file as expressions over columns, for whatever narwhals speaks to: Polars, DuckDB, Spark."""

from typing import Any, NamedTuple

import narwhals as nw
from narwhals.typing import IntoFrameT

from screener.rulefile.model import RuleFile
from screener.tables.layout import results
from screener.tables.plan import plan
from screener.tables.staging import staged
from screener.tables.writing import Day, Writer


class Expressions(NamedTuple):
    """What is worked out for a table that is laid out as `layout` says.

    Each of the `steps` is to be added by a `with_columns` of its own; then the `helpers` can be dropped. `results` are
    the columns that stay.
    """

    steps: tuple[tuple[nw.Expr, ...], ...]
    helpers: tuple[str, ...]
    results: tuple[str, ...]


def expressions(rules: RuleFile, day: Day | None = None) -> Expressions:
    """What follows from a row, as booleans that are never null, and the ids of the next step and the referral.

    `day` is that of the interview, or the name of the column with it; without it, it is `rules.today`.

    In a pipeline of one's own, here with two people of whom the second is pregnant:

    >>> import narwhals as nw, polars as pl
    >>> from screener import load_rules
    >>> from screener.tables import expressions, laid_out
    >>> rules = load_rules("pico-laser")
    >>> people = [{"adult": "no"}, {"adult": "yes", "concerns": ("melasma",), "health": ("pregnant",)}]
    >>> table = nw.from_native(pl.LazyFrame(laid_out(rules, people)))
    >>> found = expressions(rules)
    >>> for step in found.steps:
    ...     table = table.with_columns(*step)
    >>> wanted = table.select("disposition", "complete", "said/pregnant", "missing/medicines")
    >>> wanted.collect().rows()
    [('doctor-first', True, False, False), ('tell-first', False, True, True)]
    """
    planned = plan(rules)
    stages = staged(planned)
    write = Writer(planned.nodes, stages.kept, rules.today if day is None else day)
    steps = [write.columns(formulas, stage) for stage, formulas in enumerate(stages.stages)]
    last = len(steps)
    picks = tuple(write.picked(choice, last).alias(name) for name, choice in planned.picked.items())
    return Expressions((*steps, picks), stages.helpers, results(rules))


def assessed(frame: IntoFrameT, rules: RuleFile, day: Day | None = None) -> IntoFrameT:
    """A table that is laid out as `layout` says, with what follows from each row; of the same kind as it came."""
    found = expressions(rules, day)
    table: nw.LazyFrame[Any] | nw.DataFrame[Any] = nw.from_native(frame)
    for step in found.steps:
        table = table.with_columns(*step)
    whole: IntoFrameT = table.drop(*found.helpers).to_native()
    return whole
