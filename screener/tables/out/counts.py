"""How often each next step and each line came, counted from what a batch wrote."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import polars as pl

from screener.ground.files import shown
from screener.ground.problems import Problem, ProblemsFound
from screener.rulefile.model import RuleFile
from screener.tables.layout import COMPLETE, DISPOSITION
from screener.tables.out.rows import LINE, POSSIBLY, SAYING


class Counts(NamedTuple):
    """How many people there are, and how many lack answers; how often each next step came; and to how many each line is
    said, and to how many it is possible.
    """

    people: int
    incomplete: int
    steps: Mapping[str, int]
    lines: Mapping[str, tuple[int, int]]


def counts(rules: RuleFile, path: Path) -> Counts:
    """The counts of a table with a row for each person, or of a folder of its parts. Raises ProblemsFound."""
    try:
        frame = _scanned(rules, path)
        names = set(frame.collect_schema().names())
        _check(rules, path, names)
        found = frame.select(*_sums(rules)).collect(engine="streaming").row(0, named=True)
    except (pl.exceptions.PolarsError, OSError) as error:
        raise _unreadable(path, "this can't be read as what a batch wrote") from error
    steps = {step.id: found[f"{DISPOSITION}/{step.id}"] for step in rules.dispositions}
    lines = {line.id: (found[f"{SAYING}/{line.id}"], found[f"{POSSIBLY}/{line.id}"]) for line in rules.guidance}
    return Counts(found["people"], found["incomplete"], steps, lines)


def _scanned(rules: RuleFile, path: Path) -> pl.LazyFrame:
    """The table; a line that is said to few is known for a column of texts all the same."""
    if path.is_dir():
        return pl.scan_parquet(path / "part-*.parquet")
    texts = {f"{LINE}/{line.id}": pl.String for line in rules.guidance}
    suffix = path.suffix.lower()
    if suffix == ".parquet":
        return pl.scan_parquet(path)
    if suffix == ".csv":
        return pl.scan_csv(path, schema_overrides=texts)
    if suffix in (".ndjson", ".jsonl"):
        there = pl.scan_ndjson(path).collect_schema().names()
        return pl.scan_ndjson(path, schema_overrides={name: texts[name] for name in there if name in texts})
    raise _unreadable(path, "its name does not say what kind of table it is")


def _sums(rules: RuleFile) -> Iterator[pl.Expr]:
    yield pl.len().alias("people")
    yield (~pl.col(COMPLETE)).sum().alias("incomplete")
    for step in rules.dispositions:
        yield (pl.col(DISPOSITION) == step.id).sum().alias(f"{DISPOSITION}/{step.id}")
    for line in rules.guidance:
        for how in (SAYING, POSSIBLY):
            yield (pl.col(f"{LINE}/{line.id}") == how).sum().alias(f"{how}/{line.id}")


def _check(rules: RuleFile, path: Path, names: set[str]) -> None:
    """Raise ProblemsFound for what was not written of this rule file, with a row for each person."""
    wanted = {COMPLETE, DISPOSITION, *(f"{LINE}/{line.id}" for line in rules.guidance)}
    others = {name for name in names if name.startswith(f"{LINE}/")} - wanted
    if {"what", "how"} <= names:
        raise _unreadable(path, "it has a row for each thing that is said", "count what was written without --long")
    if missing := sorted(wanted - names) or sorted(others):
        message = f"it was not written for {rules.id} {rules.version}: column `{missing[0]}`"
        raise _unreadable(path, message, "name the rule file of that run with --rules")


def _unreadable(path: Path, message: str, help: str = "name what `screener batch` wrote") -> ProblemsFound:
    return ProblemsFound([Problem("unreadable-result", message, help, shown(path))])
