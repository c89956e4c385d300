"""The help of `screener intake`, which names every command and each of its options once."""

from collections import Counter
from pathlib import Path

import pytest
from intakes import exported, intake, logged
from typer.main import get_command

from screener.cli import app
from screener.cli.intake.commands import COMMANDS


@pytest.mark.parametrize("name", COMMANDS)
def test_no_command_has_an_option_twice(name: str) -> None:
    """Of two with one name only one would be heeded."""
    group = get_command(app).commands["intake"]  # type: ignore[attr-defined]  # it is a group
    command = group.get_command(None, name)
    options = Counter(option for one in command.params for option in one.opts)

    assert command.help
    assert [option for option, times in options.items() if times > 1] == []


def test_who_exports_is_not_who_took_the_records(one_record: tuple[Path, str]) -> None:
    """The one is noted in the log, by the other records are sought."""
    store, id = one_record
    otto = {"SCREENER_STAFF": "otto"}

    assert intake(store, "export", "--format", "ndjson", "--taken-by", "otto", "--staff", "otto") == (0, "", "")
    assert intake(store, "export", "--format", "ndjson", "--taken-by", "mia", **otto)[1].count("\n") == 1
    assert logged(store)[-1] == ("exported", "otto")
    assert exported(store, id)["record"]["staff"] == "mia"


def test_every_command_is_named(tmp_path: Path) -> None:
    """With a few words on what it does."""
    code, out, _ = intake(tmp_path / "store", "--help")

    assert code == 0
    assert all(f"\n  {name} " in out for name in COMMANDS)
