"""Whole tables of answers: what follows from every row, beside the same columns written in Polars by hand.

python tests/bench/tables.py [--rows 1000000] [--rounds 5]
python tests/bench/tables.py --streamed 20000000    a file of so many rows, read piece by piece, and its memory
python tests/bench/tables.py --engines 5000000      DuckDB and Spark on two cores: the same counts, and their time
"""

import argparse
import functools
import gc
import operator
import statistics
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from random import Random

import polars as pl

sys.path.insert(0, str(Path(__file__).parent.parent / "helpers"))

import worded_files

from screener.ground.marks import ANSWERED, MARKS
from screener.rulefile.conditions.atoms import AllOf, Answered, AnyOf, Count, NoneOf
from screener.rulefile.conditions.tree import All, AnyPart, Atom, Condition, Not
from screener.rulefile.find import load_rules
from screener.rulefile.model import Guidance, Referral, RuleFile
from screener.tables import assessed, laid_out
from screener.tables.layout import results

#: Different people; the table has them again and again.
PEOPLE = 10_000
Four = tuple[pl.Expr, pl.Expr, pl.Expr, pl.Expr]


class ByHand:
    """The same columns as someone writes them who knows Polars and the rules.

    For each condition: it is true, also with what was kept back for it, with what is open for it, with both.
    """

    def __init__(self, rules: RuleFile) -> None:
        self.rules = rules

    def assessed(self, table: pl.DataFrame) -> pl.DataFrame:
        """A table with all that follows from each row."""
        for question in self.rules.questions:
            table = table.with_columns(self._shown(question.id))
            table = table.with_columns(self._open(question.id))
        said = table.with_columns(self._lines())
        return said.with_columns(self._steps(), self._referral(), self._complete(), *self._missing(said))

    def _shown(self, id: str) -> Iterable[pl.Expr]:
        when = self.rules.by_question[id].when
        _, kept, _, either = self._four(when) if when is not None else (pl.lit(True),) * 4
        yield either.alias(f"asked/{id}")
        yield kept.alias(f"counts/{id}")

    def _open(self, id: str) -> Iterable[pl.Expr]:
        given = any_of(pl.col(f"is/{id}/{word}") for word in (ANSWERED, *self.rules.by_question[id].reserved))
        yield (pl.col(f"asked/{id}") & ~given).alias(f"lacking/{id}")
        yield (pl.col(f"asked/{id}") & ~(given & pl.col(f"counts/{id}"))).alias(f"open/{id}")

    def _lines(self) -> Iterable[pl.Expr]:
        for line in self.rules.guidance:
            sure, kept, opened, _ = self._four(line.when) if line.when is not None else (pl.lit(True),) * 4
            possible = kept & ~opened if line.when_unsure == "say" else pl.lit(False)
            yield sure.alias(f"said/{line.id}")
            yield possible.alias(f"possible/{line.id}")

    def _steps(self) -> pl.Expr:
        step = pl.lit(self.rules.dispositions[0].id)
        for one in self.rules.dispositions[1:]:
            lines = [line.id for line in self.rules.guidance if line.disposition == one.id]
            calls = any_of(pl.col(f"{how}/{id}") for id in lines for how in ("said", "possible"))
            step = pl.when(calls).then(pl.lit(one.id)).otherwise(step)
        return step.alias("disposition")

    def _referral(self) -> pl.Expr:
        referral = pl.lit(self.rules.referral.id)
        for one in reversed(self.rules.referrals[:-1]):
            assert one.when is not None
            referral = pl.when(self._four(one.when)[0]).then(pl.lit(one.id)).otherwise(referral)
        return referral.alias("referral")

    def _complete(self) -> pl.Expr:
        return (~any_of(pl.col(f"lacking/{one.id}") for one in self.rules.questions)).alias("complete")

    def _missing(self, _table: pl.DataFrame) -> Iterable[pl.Expr]:
        matters: dict[str, list[pl.Expr]] = {question.id: [] for question in self.rules.questions}
        lines: tuple[Guidance | Referral, ...] = (*self.rules.guidance, *self.rules.referrals)
        for line in lines:
            if line.when is not None:
                sure, kept, opened, either = self._four(line.when)
                undecided = opened & ~sure
                if getattr(line, "when_unsure", "skip") == "say":
                    undecided |= either & ~kept
                for id in line.when.references():
                    matters[id].append(undecided)
        for question in reversed(self.rules.questions):
            for id in question.when.references() if question.when is not None else ():
                if matters[question.id]:
                    matters[id].append(pl.col(f"asked/{question.id}") & any_of(matters[question.id]))
        for id, found in matters.items():
            yield (pl.col(f"lacking/{id}") & (any_of(found) if found else pl.lit(False))).alias(f"missing/{id}")

    def _four(self, condition: Condition) -> Four:
        if isinstance(condition, Not):
            sure, kept, opened, either = self._four(condition.part)
            return ~either, ~opened, ~kept, ~sure
        if isinstance(condition, All | AnyPart):
            join = all_of if isinstance(condition, All) else any_of
            sure, kept, opened, either = (join(ways) for ways in zip(*map(self._four, condition.parts), strict=True))
            return sure, kept, opened, either
        assert isinstance(condition, Atom)
        id, counts = condition.question, pl.col(f"counts/{condition.question}")
        unknown = [pl.col(f"is/{id}/{word}") for word in self._reserved(id) if condition.marked(MARKS[word]) is None]
        sure = counts & self._matches(condition)
        kept = sure | (counts & any_of(unknown)) if unknown else sure
        return sure, kept, sure | pl.col(f"open/{id}"), kept | pl.col(f"open/{id}")

    def _matches(self, atom: Atom) -> pl.Expr:
        id = atom.question
        if isinstance(atom, AnyOf):
            return any_of(pl.col(f"is/{id}/{word}") for word in (*atom.options, *(m.value for m in atom.marks)))
        if isinstance(atom, AllOf):
            return all_of(pl.col(f"is/{id}/{word}") for word in atom.options)
        if isinstance(atom, NoneOf):
            return pl.col(f"is/{id}/answered") & ~any_of(pl.col(f"is/{id}/{word}") for word in atom.options)
        if isinstance(atom, Count):
            count = pl.sum_horizontal(pl.col(f"is/{id}/{option}") for option in self.rules.by_question[id].choices)
            enough = count >= atom.at_least
            return pl.col(f"is/{id}/answered") & (enough if atom.at_most is None else enough & (count <= atom.at_most))
        assert isinstance(atom, Answered), atom
        return pl.col(f"is/{id}/answered")

    def _reserved(self, id: str) -> tuple[str, ...]:
        return self.rules.by_question[id].reserved


def any_of(parts: Iterable[pl.Expr]) -> pl.Expr:
    return functools.reduce(operator.or_, parts)


def all_of(parts: Iterable[pl.Expr]) -> pl.Expr:
    return functools.reduce(operator.and_, parts)


def table_of(rules: RuleFile, rows: int) -> pl.DataFrame:
    """So many rows with answers to some or all questions, laid out."""
    chance = Random(1)
    people = [worded_files.answers(rules, chance) for _ in range(min(rows, PEOPLE))]
    table = pl.DataFrame(laid_out(rules, people))
    return pl.concat([table] * (rows // table.height)).rechunk()


def seconds(rounds: int, *works: Callable[[], object]) -> list[float]:
    """The median time of each, taken in turns, so that what else the machine does meets them all."""
    times: list[list[float]] = [[] for _ in works]
    for _ in range(rounds + 1):
        for work, taken in zip(works, times, strict=True):
            gc.collect()
            start = time.perf_counter()
            result = work()
            taken.append(time.perf_counter() - start)
            del result
    return [statistics.median(taken[1:]) for taken in times]


def beside_by_hand(rules: RuleFile, table: pl.DataFrame, rounds: int) -> None:
    """Ours and the same by hand, which must be equal in every cell."""
    hand = ByHand(rules)
    names = list(results(rules))
    assert assessed(table, rules).select(names).equals(hand.assessed(table).select(names))
    ours, theirs = seconds(rounds, lambda: assessed(table, rules), lambda: hand.assessed(table))
    print(f"{table.height:,} rows from memory, {len(names)} columns worked out, median of {rounds}")
    print(f"ours: {ours:.3f} s, {table.height / ours / 1e6:.1f} million rows a second (target: at least 2)")
    print(f"by hand in Polars: {theirs:.3f} s; ratio {ours / theirs:.2f} (target: at most 1.2)")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=5)
    asked = parser.parse_args()
    rules = load_rules("pico-laser")
    table = table_of(rules, asked.rows)
    beside_by_hand(rules, table, asked.rounds)


if __name__ == "__main__":
    main()
