"""Whom in a table an edit concerns agrees with what `diff` decides: a change that is impossible concerns nobody."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import comparing
import pytest
import worded_files
import written_tables
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from screener.authoring.diff.changes import Comparison
from screener.authoring.diff.compare import compare
from screener.records.impact.compare import impact
from screener.records.impact.effect import Effect, Visit
from screener.rulefile.days import SOME_DAY
from screener.rulefile.loader import load
from screener.rulefile.model import RuleFile
from screener.tables.files.opening import open_table
from screener.tables.given.answers import people_in
from screener.tables.given.columns import looked_at


def visits(rules: RuleFile, file: Path) -> list[Visit]:
    """Everybody in a table of answers to this rule file."""
    table = open_table(file)
    found, _ = looked_at(rules, table.names, "t")
    people = [one for piece in table.pieces(found.used, 50) for one in people_in(rules, found, piece)]
    return [Visit(f"row {one.row}", one.kept, one.day, one.answers) for one in people if one.answers is not None]


def on(raw: dict[str, Any]) -> Callable[[date], RuleFile]:
    """Gives this rule file for a day."""
    return lambda day: load(json.dumps(raw), today=day)


def allowed(compared: Comparison, effect: Effect) -> bool:
    """Whether everything that changes for somebody is among the changes that are possible at all.

    Whose answer the new file does not take, or does not ask for, has other answers now, of which `diff` says nothing;
    but the question must be among what has changed.
    """
    if effect.gone:
        return bool({change.id for change in compared.changes if change.kind == "question"})
    lines = {change.id for change in compared.changes if change.kind == "guidance" and (change.shifts or change.edits)}
    lines |= {change.id for change in compared.changes if change.kind == "guidance" and change.state != "kept"}
    gone = {change.was for change in compared.changes if change.was}
    steps = {change.id for change in compared.changes if change.kind == "disposition"}
    said = {*effect.added, *effect.taken, *effect.surer, *effect.vaguer, *effect.reworded}
    return said <= lines | gone and (effect.way == "same" or bool({effect.before, effect.now} & steps))


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(comparing.raw_edits(), st.integers(0, 10**9))
def test_what_is_impossible_occurs_in_no_row(
    tmp_path_factory: pytest.TempPathFactory, raws: tuple[dict[str, Any], dict[str, Any]], seed: int
) -> None:
    """Random edits and tables: files that mean the same concern nobody, and nothing else than what changed is told.

    `diff` speaks of people who answered all that they were asked.
    """
    before, after, chance = on(raws[0])(SOME_DAY), on(raws[1])(SOME_DAY), Random(seed)
    compared = compare(before, after, lambda: None, lambda *_: None)
    people = [{one.id: worded_files.answer(one, chance) for one in before.questions} for _ in range(40)]
    file = tmp_path_factory.mktemp("t") / "t.csv"
    written_tables.as_file(written_tables.written(before, people, chance), file)
    found = impact(on(raws[0]), on(raws[1]), visits(before, file))

    assert found.people == len(people)
    assert not (compared.same and found.concerned)
    assert [one.effect for one in found.concerned if not allowed(compared, one.effect)] == []
