"""Whole tables of answers: what follows for every row at once, in Polars, DuckDB or Spark.

`layout` says which columns a table has when it is ready. What stands elsewhere can be had from here:

- `expressions(rules, day=None) -> Expressions` (`compiled`): the expressions of narwhals, for pipelines of one's own;
- `assessed(frame, rules, day=None) -> frame` (`compiled`): a ready table with what follows added, of the same kind as
  it came: a frame of Polars, eager or lazy, a relation of DuckDB, a frame of Spark;
- `wide(frame, rules, sources) -> frame` (`widening`): brings columns with words, lists, booleans, numbers and dates
  into the layout, once; `sources` says for each question how its answers are written: `InWords`, `InLists`, `InFlags`
  or `InValues`;
- `laid_out(rules, people) -> columns` (`people`): the layout as plain lists, from the answers of single people.

Needs the extra `batch`, and raises ProblemsFound without it. No other command imports this.
"""

from typing import TYPE_CHECKING

from screener.ground.problems import Problem, ProblemsFound

if TYPE_CHECKING:
    from screener.tables.compiled import Expressions, assessed, expressions
    from screener.tables.people import laid_out
    from screener.tables.widening import InFlags, InLists, InValues, InWords, WrittenAs, wide

__all__ = [
    "Expressions",
    "InFlags",
    "InLists",
    "InValues",
    "InWords",
    "WrittenAs",
    "assessed",
    "expressions",
    "laid_out",
    "wide",
]


def __getattr__(name: str) -> object:
    """Import a public name when it is first used: the layout can be read without the extra."""
    if name not in __all__:
        raise AttributeError(f"module `screener.tables` has no attribute `{name}`")
    try:
        from screener.tables import compiled, people, widening
    except ModuleNotFoundError as error:
        if error.name not in ("narwhals", "polars"):
            raise
        message, help = (
            "a table needs an extra package that is not installed",
            "install it with: pip install 'screener[batch]'",
        )
        raise ProblemsFound([Problem("no-batch", message, help)]) from None
    return next(getattr(room, name) for room in (compiled, people, widening) if hasattr(room, name))
