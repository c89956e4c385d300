"""A rule file as expressions over columns, for whatever narwhals speaks to: Polars, DuckDB, Spark."""

from functools import partial
from typing import NamedTuple

import narwhals as nw
from narwhals.typing import IntoFrameT

from screener.rulefile.model import RuleFile
from screener.tables.layout import results
from screener.tables.plan import plan
from screener.tables.staging import staged
from screener.tables.writing import Day, picked, worked_out, written


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
    """
    planned = plan(rules)
    stages = staged(planned)
    write = partial(written, nodes=planned.nodes, column=stages.column, day=rules.today if day is None else day)
    work_out = partial(worked_out, nodes=planned.nodes, column=stages.column, day=write.keywords["day"])
    steps = [
        tuple(
            (work_out if stages.column.get(node) == name else write)(node).alias(name) for name, node in stage.items()
        )
        for stage in stages.stages
    ]
    picks = tuple(picked(choice, write).alias(name) for name, choice in planned.picked.items())
    return Expressions((*steps, picks), stages.helpers, results(rules))


def assessed(frame: IntoFrameT, rules: RuleFile, day: Day | None = None) -> IntoFrameT:
    """A table that is laid out as `layout` says, with what follows from each row; of the same kind as it came."""
    found = expressions(rules, day)
    table = nw.from_native(frame)
    for step in found.steps:
        table = table.with_columns(*step)
    return table.drop(*found.helpers).to_native()
