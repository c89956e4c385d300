"""What was worked out for the rows of a table, as rows to be read: one for each person, or for each thing said."""

import polars as pl

from screener.ground.marks import ANSWERED
from screener.rulefile.model import Question, RuleFile
from screener.tables.files.piece import OF, ROW
from screener.tables.layout import ASKED, COMPLETE, DISPOSITION, MISSING, POSSIBLE, REFERRAL, SAID, flag

#: What a line is to a person, where it is said at all; and what the column of a line begins with.
SAYING, POSSIBLY, LINE = "said", "possible", "line"
#: Our columns that stand once in each row.
_OURS = (ROW, DISPOSITION, REFERRAL, COMPLETE)


def wide_rows(rules: RuleFile, worked_out: pl.DataFrame) -> pl.DataFrame:
    """A row for each person: the next step, the referral, whether all was answered; of each line whether it is said, or
    possible; of each question whether it was asked, and whether it was and has no answer.
    """
    lines = [_line(line.id).alias(f"{LINE}/{line.id}") for line in rules.guidance]
    asked = [f"{ASKED}/{question.id}" for question in rules.questions]
    missing = [_missing(question).alias(f"{MISSING}/{question.id}") for question in rules.questions]
    return worked_out.select(ROW, *_kept(worked_out), *_OURS[1:], *lines, *asked, *missing)


def long_rows(rules: RuleFile, worked_out: pl.DataFrame) -> pl.DataFrame:
    """A row for each thing that is so for a person: `what` it is, its `id`, and of a line `how` it is said."""
    kept = _kept(worked_out)
    ids = [ROW, *(expression.meta.output_name() for expression in kept)]
    base = worked_out.select(ROW, *kept, *(one for one in worked_out.columns if not one.startswith(OF) and one != ROW))
    nothing = pl.lit(None, pl.String)
    steps = [base.select(*ids, what=pl.lit(what), id=pl.col(what), how=nothing) for what in (DISPOSITION, REFERRAL)]
    lines = [
        base.select(*ids, what=pl.lit(LINE), id=pl.lit(line.id), how=_line(line.id)).drop_nulls("how")
        for line in rules.guidance
    ]
    missing = [
        base.filter(_missing(question)).select(*ids, what=pl.lit(MISSING), id=pl.lit(question.id), how=nothing)
        for question in rules.questions
    ]
    return pl.concat([*steps, *lines, *missing]).sort(ROW, maintain_order=True)


def _missing(question: Question) -> pl.Expr:
    """Whether a question was asked, or may be, and has no answer of any kind."""
    answered = [pl.col(flag(question.id, word)) for word in (ANSWERED, *question.reserved)]
    return pl.col(f"{ASKED}/{question.id}") & ~pl.any_horizontal(answered)


def _line(id: str) -> pl.Expr:
    """What a line is to a person; null where it is not said."""
    said = pl.when(pl.col(f"{SAID}/{id}")).then(pl.lit(SAYING))
    return said.when(pl.col(f"{POSSIBLE}/{id}")).then(pl.lit(POSSIBLY))


def _kept(frame: pl.DataFrame) -> list[pl.Expr]:
    """The columns that are kept, by their own names, unless these are ours."""
    names = {name: name.removeprefix(OF) for name in frame.columns if name.startswith(OF)}
    return [pl.col(name).alias(name if own in _OURS or "/" in own else own) for name, own in names.items()]
