"""`screener intake stats` and `impact`: how many came, and whom an edit of the rule file concerns."""

import csv
import io
import json
import shutil
from pathlib import Path

import pytest
from commands import file
from intakes import ANSWERS, NOTE, RULES, aged, intake, logged, made

CALM = {**ANSWERS, "itch": "no"}
#: Who uses a mild cream is to tell that first, too.
EDITED = RULES.replace("1.0.0", "1.1.0").replace(
    "dispositions:",
    "  - {id: mild, topic: Care, when: {creams: mild}, says: Tell them., disposition: tell-first}\ndispositions:",
)


@pytest.fixture(scope="module")
def _thirteen(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Seven people of today who itch, five calm ones of last week, and one of long ago."""
    store = made(tmp_path_factory.mktemp("thirteen")) / "store"
    for number in range(7):
        aged(store, 0, f"T-{number}")
    for number in range(5):
        aged(store, 7, f"W-{number}", CALM)
    aged(store, 300, "L-1", CALM)
    return store.parent


@pytest.fixture
def store(_thirteen: Path, tmp_path: Path) -> Path:
    """A store with thirteen records."""
    return Path(shutil.copytree(_thirteen, tmp_path, dirs_exist_ok=True), "store")


def test_people_of_the_last_month_are_counted(store: Path) -> None:
    """By next step and by an answer, in words of the rule file; the one of long ago is left out."""
    code, out, said = intake(store, "stats", "--rules", "visit", "--by", "step", "--by", "itch", "--format", "json")
    told = json.loads(out)

    assert (code, said) == (0, "")
    assert told["people"] == 12
    step, itch = told["tallies"]
    assert {one["label"]: one["people"] for one in step["groups"]} == {
        "Talk to a professional": 5,
        "Tell them first": 7,
    }
    assert {one["label"]: one["people"] for one in itch["groups"]} == {"Yes": 7, "No": 5}
    assert NOTE not in out


def test_small_groups_are_not_shown(store: Path) -> None:
    """With the one of long ago there are six calm people; alone that one is no number at all."""
    everyone = json.loads(
        intake(store, "stats", "--rules", "visit", "--date", "all", "--by", "step", "--format", "json")[1]
    )
    alone = intake(store, "stats", "--rules", "visit", "--until", "100 days ago", "--by", "step", "--format", "table")[
        1
    ]

    assert {one["people"] for one in everyone["tallies"][0]["groups"]} == {6, 7}
    assert "Fewer than 5 people, so nothing is shown." in alone


@pytest.mark.parametrize(("format", "begins"), [("plot", "People at"), ("table", "People at"), ("csv", "by,question")])
def test_each_form_is_made(format: str, begins: str, store: Path) -> None:
    """None of them names a person."""
    code, out, _ = intake(store, "stats", "--rules", "visit", "--format", format)

    assert code == 0
    assert out.startswith(begins)
    assert not any(name in out for name in ("T-1", "W-1", NOTE))


def test_the_page_goes_to_a_file(store: Path) -> None:
    """As the ending of its name says; another ending is refused."""
    code, _, said = intake(store, "stats", "--rules", "visit", "--output", "counts.html")
    assert (code, said) == (0, "Written: counts.html.\n")
    assert (store.parent / "counts.html").read_text("utf-8").startswith("<!DOCTYPE html>")
    assert intake(store, "stats", "--rules", "visit", "--output", "counts.doc")[0] == 2


def test_what_people_can_not_be_counted_by_is_said(store: Path) -> None:
    """A question that is not there, and one that is answered in words."""
    for name in ("nope", "note"):
        code, out, said = intake(store, "stats", "--rules", "visit", "--by", name)
        assert (code, out) == (1, "")
        assert said.startswith("error[not-counted]")


def test_whom_an_edit_concerns(store: Path) -> None:
    """The calm ones who use a mild cream get a more urgent step and come first; those who itch hear one line more."""
    file(store.parent, EDITED, "new.yaml")
    code, out, said = intake(store, "impact", "rules.yaml", "new.yaml")

    assert (code, said) == (0, "")
    assert out.startswith("visit 1.0.0 (")
    assert "The edit concerns 13 of 13 people." in " ".join(out.split())
    assert out.index("A more urgent next step: 6") < out.index("W-1") < out.index("T-1")
    assert "Talk to a professional → Tell them first" in out
    assert NOTE not in out
    assert logged(store)[-1][0] == "looked whom an edit concerns"


def test_whom_an_edit_concerns_for_programs(store: Path) -> None:
    """JSON and CSV name each of them once; only some days can be looked at."""
    file(store.parent, EDITED, "new.yaml")
    told = json.loads(
        intake(store, "impact", "rules.yaml", "new.yaml", "--since", "30 days ago", "--format", "json")[1]
    )
    rows = list(csv.DictReader(io.StringIO(intake(store, "impact", "rules.yaml", "new.yaml", "--format", "csv")[1])))

    assert (told["people"], told["concerned"]) == (12, 12)
    assert len({row["id"] for row in rows}) == len(rows) == 13


def test_an_edit_that_concerns_nobody(store: Path) -> None:
    """The same file, and one that has only another note."""
    file(store.parent, RULES.replace("1.0.0", "1.0.1"), "new.yaml")
    out = intake(store, "impact", "rules.yaml", "new.yaml")[1]

    assert "The edit concerns nobody" in out


def test_two_questionnaires_are_no_edit(store: Path) -> None:
    """One sentence, and what is wrong with a file that can't be read is said as ever."""
    code, _, said = intake(store, "impact", "rules.yaml", "pico-laser")
    assert (code, said.count("error[")) == (1, 1)
    assert said.startswith("error[other-rules]")
    assert intake(store, "impact", "rules.yaml", "none.yaml")[0] == 1
