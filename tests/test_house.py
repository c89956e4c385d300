"""The house stands as CONTRIBUTING says: its laws hold, and its picture is of today. The floors are import-linter's."""

from collections.abc import Callable

import laws
import pytest
import rooms
from paths import ROOT

HOUSE = rooms.house()
SUITE = rooms.suite()

pytestmark = pytest.mark.checkout


def broken(law: Callable[[rooms.Source], list[str]], sources: list[rooms.Source], *but: str) -> list[str]:
    """The lines that break a law, apart from those of some files and folders."""
    return [line for source in sources if not source.path.startswith(but) for line in law(source)]


def of_the_package(law: Callable[[rooms.Source], list[str]], *but: str) -> list[str]:
    """The same for `screener/`."""
    return broken(law, list(HOUSE.values()), *but)


def test_only_the_command_line_exits() -> None:
    """`cli` and the program itself, and the checker that is handed out; the handler of signals is handed how to."""
    alone = "screener/authoring/evidence/check.py"
    assert of_the_package(laws.exits, "screener/cli/", "screener/__main__.py", alone) == []


def test_one_module_opens_files() -> None:
    """`ground/files` reads and writes for everyone but the checker that is handed out."""
    alone = "screener/authoring/evidence/check.py"
    assert of_the_package(laws.opens, "screener/ground/files/", alone) == []


def test_nothing_is_imported_by_a_string() -> None:
    """What a module needs is seen by readers, type checkers and import-linter."""
    assert of_the_package(laws.imports_by_string) == []


def test_no_test_replaces_what_is_ours() -> None:
    """Tests look at the real thing."""
    assert broken(laws.patches, SUITE) == []


def test_no_test_judges_by_the_clock() -> None:
    """How fast something is depends on the machine: benchmarks measure it, tests count what was done."""
    assert broken(laws.judges_by_the_clock, SUITE, "tests/bench/") == []


def test_each_test_says_what_holds() -> None:
    """Each has a docstring."""
    assert broken(laws.untold, SUITE) == []


def test_files_and_functions_are_short() -> None:
    """No file has more than 300 lines, and no function more than 30."""
    assert [file for file in rooms.files(HOUSE) if file.lines > 300] == []
    assert [function for function in rooms.functions(HOUSE) if function.lines > 30] == []


def test_no_two_classes_have_one_name() -> None:
    """A name means one thing, wherever it is read."""
    assert rooms.classes_twice(HOUSE) == []


def test_nothing_goes_round_in_circles() -> None:
    """No module imports what imports it, however long the way, not even for types."""
    assert rooms.circles(rooms.module_arrows(HOUSE)) == set()


def test_there_are_few_rooms() -> None:
    """At most sixteen names stand side by side in `screener/`, and at most 50 pairs of them know each other."""
    arrows = rooms.room_arrows(HOUSE)

    assert len(arrows) <= 16
    assert sum(map(len, arrows.values())) <= 50


def test_the_picture_of_the_house_is_of_today() -> None:
    """CONTRIBUTING draws the rooms and arrows of the code; `python tests/bench/house.py --picture` draws them anew."""
    page = (ROOT / ".github" / "CONTRIBUTING.md").read_text("utf-8")

    assert rooms.picture(HOUSE) in page
    assert rooms.with_picture(page, HOUSE) == page


@pytest.mark.parametrize(
    ("law", "text"),
    [
        (laws.exits, "import sys\nsys.exit(1)"),
        (laws.exits, "import os\nos._exit(1)"),
        (laws.exits, "raise SystemExit"),
        (laws.exits, "raise SystemExit(1)"),
        (laws.exits, "import typer\nraise typer.Exit(1)"),
        (laws.opens, "open('a')"),
        (laws.opens, "import os\nos.open('a', 0)"),
        (laws.opens, "Path('a').read_text()"),
        (laws.opens, "(folder / 'a').write_bytes(b'')"),
        (laws.opens, "import tempfile\nwith tempfile.TemporaryDirectory() as folder:\n    pass"),
        (laws.imports_by_string, "from importlib import import_module\nimport_module('a')"),
        (laws.imports_by_string, "__import__('a')"),
        (laws.patches, "monkeypatch.setattr('screener.engine.assess', None)"),
        (laws.patches, "from screener.engine import assess\nmonkeypatch.setattr(assess, 'now', None)"),
        (laws.patches, "from screener.engine import assess\nmock.patch.object(assess, 'now')"),
        (laws.patches, "@patch('screener.engine.assess.now')\ndef test(): ..."),
        (laws.patches, "import screener.engine.assess as it\nit._PATIENCE = 0"),
        (
            laws.judges_by_the_clock,
            "def test():\n    began = time.monotonic()\n    assert time.monotonic() - began < 1",
        ),
        (
            laws.judges_by_the_clock,
            "def test():\n    a = time.time()\n    took = time.time() - a\n    assert 2 <= took < 5",
        ),
        (laws.judges_by_the_clock, "def test():\n    assert perf_counter() - START < 1"),
        (laws.untold, "def test_it():\n    assert True"),
    ],
)
def test_a_breach_is_seen(law: Callable[[rooms.Source], list[str]], text: str) -> None:
    """Each law sees what it forbids."""
    assert law(rooms.source("screener/some.py", text)) != []


@pytest.mark.parametrize(
    ("law", "text"),
    [
        (laws.exits, "try:\n    go()\nexcept SystemExit:\n    raise"),
        (laws.opens, "from screener.ground.files import read_text\nread_text(path)"),
        (laws.opens, "import os\nos.dup2(os.open(os.devnull, os.O_WRONLY), 1)"),
        (laws.patches, "from screener.engine.assess import assess\nassert dict(assess(one, two)) == {}"),
        (laws.patches, "monkeypatch.setattr(sys, 'stdin', None)"),
        (
            laws.judges_by_the_clock,
            "def test():\n    end = time.monotonic() + 5\n    while time.monotonic() < end:\n        go()",
        ),
    ],
)
def test_what_is_allowed_is_no_breach(law: Callable[[rooms.Source], list[str]], text: str) -> None:
    """Each law leaves alone what only looks like a breach."""
    assert law(rooms.source("screener/some.py", text)) == []


def test_a_circle_through_a_string_is_seen() -> None:
    """A module that is imported by its name in a string is an arrow too."""
    there = rooms.source("screener/a.py", "from screener.b import Look")
    back = rooms.source(
        "screener/b.py", "from importlib import import_module\nimport_module(HOMES['a'])\nHOMES = {'a': 'screener.a'}"
    )
    house = {source.name: source for source in (there, back)}

    assert rooms.circles(rooms.module_arrows(house)) == {frozenset({"screener.a", "screener.b"})}
