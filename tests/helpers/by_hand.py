"""What follows from a table of answers, as someone writes it in Polars who knows the rules and not our compiler."""

import functools
import operator
from collections.abc import Iterable
from typing import TypeVar

import polars as pl

from screener.ground.marks import ANSWERED, MARKS
from screener.rulefile.conditions.atoms import AllOf, Answered, AnyOf, Count, NoneOf
from screener.rulefile.conditions.tree import All, AnyPart, Atom, Condition, Not
from screener.rulefile.model import Guidance, Referral, RuleFile

Four = tuple[pl.Expr, pl.Expr, pl.Expr, pl.Expr]
Frame = TypeVar("Frame", pl.DataFrame, pl.LazyFrame)


class ByHand:
    """The same columns as someone writes them who knows Polars and the rules.

    For each condition: it is true, also with what was kept back for it, with what is open for it, with both.
    """

    def __init__(self, rules: RuleFile) -> None:
        self.rules = rules

    def assessed(self, table: Frame) -> Frame:
        """A table with all that follows from each row."""
        for question in self.rules.questions:
            table = table.with_columns(self._shown(question.id))
            table = table.with_columns(self._open(question.id))
        said = table.with_columns(self._lines())
        return said.with_columns(self._steps(), self._referral(), self._complete(), *self._missing())

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

    def _missing(self) -> Iterable[pl.Expr]:
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
    """One of these is true."""
    return functools.reduce(operator.or_, parts)


def all_of(parts: Iterable[pl.Expr]) -> pl.Expr:
    """All of these are true."""
    return functools.reduce(operator.and_, parts)
