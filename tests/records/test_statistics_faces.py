"""A tally as text, bars, web page, JSON and CSV: the same numbers in each, and what is not shown is in none."""

import csv
import io
import json
import re
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from measuring import contrasts, misplaced

from screener import RuleFile
from screener.ground.wrapping import Look, cells
from screener.records.statistics.as_csv import as_csv
from screener.records.statistics.as_json import as_json
from screener.records.statistics.count import counted
from screener.records.statistics.plot import as_plot
from screener.records.statistics.tally import CONCERN, DAY, STEP, CountedBy, Group, Period, Person, Tally
from screener.records.statistics.text import as_text
from screener.records.statistics.webpage import as_webpage

if TYPE_CHECKING:
    from playwright.sync_api import Browser

NEW_YEAR = date(2026, 1, 1)
HOSTILE = "<script>window.ran=1</script> =1+1 \x1b[2J"
WIDTHS = (20, 40, 80)


def tallies(pico: RuleFile) -> tuple[Tally, ...]:
    """People of seven weeks of the real questionnaire: by day, by step, by concern, by an answer that nobody gave."""
    people = []
    for number in range(200):
        day = NEW_YEAR + timedelta(number * 7 % 45)
        concerns = ["melasma", "sunspots", "other"][: 1 + number % 3] if number % 50 else ["wrinkles"]
        step = "doctor-first" if number % 20 == 0 else "tell-first" if number % 3 else "consult"
        people.append(Person(day, step, {"concerns": concerns if number % 9 else ["none"]}))
    people += [Person(NEW_YEAR + timedelta(2), "consult", {})] * 12
    return counted(people, [DAY, STEP, CONCERN, CountedBy("question", "pain")], [pico])


def made(*people: int | None, label: str = "Group", by: CountedBy = STEP) -> Tally:
    """A tally of groups with these numbers."""
    groups = [Group(f"g{place}", f"{label} {place}", number) for place, number in enumerate(people)]
    return Tally(by, "Title", Period(NEW_YEAR, NEW_YEAR), 99, tuple(groups))


def in_rows(tally: Tally) -> list[list[str]]:
    """The labels and numbers of the groups."""
    return [[group.label, "not shown" if group.people is None else str(group.people)] for group in tally.groups]


# --- text ---


@pytest.mark.parametrize("width", [40, 80])
def test_text_has_every_number_behind_its_label(width: int, pico: RuleFile) -> None:
    """In the order of the tally, each number under the one above it."""
    for tally in tallies(pico)[1:]:
        text = as_text([tally], Look(width))
        body = [line for line in text.splitlines() if line.startswith("  ")]
        ends = {len(line) for line in body if re.search(r" (\d+|not shown)$", line)}
        joined = " ".join(" ".join(body).split())

        assert joined == " ".join(f"{label} {number}" for label, number in in_rows(tally))
        assert len(ends) == 1


def test_days_without_a_number_stand_together() -> None:
    """Days that follow each other are one row where nothing is shown of them; the others have rows of their own."""
    numbers = [7, None, None, 6, 6, None]
    days = [
        Group(day, day, number) for number, day in zip(numbers, map("2026-01-0{}".format, range(1, 7)), strict=True)
    ]
    text = as_text([made(by=DAY)._replace(groups=tuple(days))], Look(80))

    assert re.findall(r"^  (\S.*?)  +(.+)$", text, re.MULTILINE) == [
        ("2026-01-01", "7"),
        ("2026-01-02 to 2026-01-03", "not shown"),
        ("2026-01-04", "6"),
        ("2026-01-05", "6"),
        ("2026-01-06", "not shown"),
    ]


def test_empty_days_stand_together() -> None:
    """Where nothing is hidden, days on which nobody came are one row as well."""
    people = [Person(NEW_YEAR + timedelta(day), "talk", {}) for day in (0, 3) for _ in range(5)]

    text = as_text(counted(people, [DAY], []), Look(80))

    assert re.findall(r"^  (\S.*?)  +(.+)$", text, re.MULTILINE) == [
        ("2026-01-01", "5"),
        ("2026-01-02 to 2026-01-03", "0"),
        ("2026-01-04", "5"),
    ]


LABELS = st.text(st.sampled_from("ab é皮膚\u0301 -"), min_size=1, max_size=60)


@given(LABELS, st.lists(st.sampled_from([None, 0, 5, 12, 123456]), min_size=1, max_size=5), st.integers(20, 80))
def test_no_line_is_wider_than_the_screen(label: str, people: list[int | None], width: int) -> None:
    """Table and bars fit every width, in every script."""
    for write in (as_text, as_plot):
        text = write([made(*people, label=label)], Look(width))

        assert [line for line in text.splitlines() if cells(line) > width] == []


# --- bars ---


def test_bars_are_as_long_as_there_are_people() -> None:
    """The longest takes the room that there is, and one of half the people half of it."""
    drawn = re.findall(r"^  (█*▌?) ?(\d+|not shown)$", as_plot([made(20, 10, 5, 0, None)], Look(25)), re.MULTILINE)

    assert drawn == [("█" * 20, "20"), ("█" * 10, "10"), ("█" * 5, "5"), ("", "0"), ("", "not shown")]


@pytest.mark.parametrize("width", WIDTHS)
def test_days_are_as_high_as_there_are_people(width: int) -> None:
    """Each day stands in its place above the days of the month, nothing on days that are empty or not shown."""
    numbers = [10, 0, None, 5, *[0] * 27, 20]
    days = [(NEW_YEAR + timedelta(number)).isoformat() for number in range(32)]
    groups = tuple(Group(day, day, people) for day, people in zip(days, numbers, strict=True))
    text = as_plot([made(by=DAY)._replace(groups=groups)], Look(width))
    months = text.partition("  2026-01\n")[2].partition("  2026-02\n")

    assert _columns(months[0])[:4] == ["▄██", "", "", "▂█"]
    assert set(_columns(months[0])[4:]) <= {""}
    assert _columns(months[2]) == ["█████"]
    assert re.findall(r"^ +(1 +8.*)$", text, re.MULTILINE)


def _columns(month: str) -> list[str]:
    """What stands above each day, from top to bottom."""
    drawn = [line.partition("│")[2] for line in month.splitlines()[:5]]
    wide = max(map(len, drawn))
    return ["".join(column).strip() for column in zip(*(line.ljust(wide) for line in drawn), strict=True)]


def test_a_month_without_a_number_is_said_in_words() -> None:
    """There is nothing to draw."""
    text = as_plot([made(by=DAY)._replace(groups=(Group("2026-01-01", "2026-01-01", None),))], Look(80))

    assert "2026-01: no day that can be shown" in text
    assert "└" not in text


# --- web page ---


class TableOfPage(HTMLParser):
    """The rows of all tables of a page, cell by cell, and the elements that it has."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.elements: list[str] = []
        self._inside = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.elements.append(tag)
        if tag == "tr":
            self.rows.append([])
        self._inside = tag in ("th", "td")
        if self._inside:
            self.rows[-1].append("")

    def handle_endtag(self, tag: str) -> None:
        self._inside = self._inside and tag not in ("th", "td")

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.rows[-1][-1] += data


def test_page_has_every_number_beside_its_label(pico: RuleFile) -> None:
    """A table for each tally, with a head for each row."""
    found = tallies(pico)[1:]
    page = as_webpage(found)
    rows = [row[:2] for row in TableOfPage(page).rows if "People" not in row]

    assert rows == [row for tally in found for row in in_rows(tally)]
    assert page.count('<th scope="row"') == len(rows)
    assert page.count("<table") == page.count("<h2") == 3


def test_page_needs_nothing_and_does_nothing(pico: RuleFile) -> None:
    """One file without a script, which may fetch nothing; texts of a rule file stay texts."""
    page = as_webpage([made(9, None, 7, label=HOSTILE)])

    assert "script" not in TableOfPage(page).elements
    assert "default-src 'none'" in page
    assert re.findall(r"(?:src|href)=|url\(|@import|//", page) == []
    assert TableOfPage(page).elements == TableOfPage(as_webpage([made(9, None, 7)])).elements
    assert "\x1b" not in page


def test_page_bars_are_as_long_as_there_are_people() -> None:
    """In hundredths of the longest one, which no reader of a screen has to hear."""
    page = as_webpage([made(20, 10, 0, None)])

    drawn = r'<td class="drawn" aria-hidden="true">(?:<span style="inline-size: (.*?)%"></span>)?</td>'

    assert re.findall(drawn, page) == ["100.0", "50.0", "", ""]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_page_can_be_read_on_every_screen(scheme: Any, width: int, pico: RuleFile, chromium: "Browser") -> None:
    """On a phone and on a desk nothing overlaps or leaves the page, and every text stands out from its ground."""
    context = chromium.new_context(viewport={"width": width, "height": 900}, offline=True, color_scheme=scheme)
    page = context.new_page()
    page.set_content(as_webpage(tallies(pico)))
    found, contrast = misplaced(page), contrasts(page)
    context.close()

    assert found == []
    assert min(contrast.values()) >= 4.5


# --- data ---


def test_json_has_what_is_shown(pico: RuleFile) -> None:
    """Null stands for a number that is not shown; all ids and labels are there."""
    found = tallies(pico)
    plain = json.loads(as_json(found))

    assert plain["schema"] == "screener/stats/1"
    assert (plain["since"], plain["until"], plain["people"]) == ("2026-01-01", "2026-02-14", 212)
    assert [(one["by"], one["question"]) for one in plain["tallies"]] == [
        ("day", None),
        ("step", None),
        ("question", "concerns"),
        ("question", "pain"),
    ]
    groups = [tuple(group.values()) for one in plain["tallies"] for group in one["groups"]]
    assert groups == [tuple(group) for one in found for group in one.groups]


def test_csv_has_what_is_shown(pico: RuleFile) -> None:
    """A row for everyone and one for each group; a number that is not shown is an empty cell, and said beside it."""
    found = tallies(pico)
    rows = list(csv.DictReader(io.StringIO(as_csv(found))))

    assert rows[0]["label"] == "Everyone"
    assert rows[0]["people"] == "212"
    wanted = [(group.id, group.people) for tally in found for group in tally.groups]
    assert [(row["group"], int(row["people"]) if row["people"] else None) for row in rows[1:]] == wanted
    assert {row["note"][:10] for row in rows if not row["people"]} == {"Not shown."}
    assert {row["since"] for row in rows} == {"2026-01-01"}


def test_csv_holds_no_formula() -> None:
    """No spreadsheet takes a label for something to compute."""
    (row,) = list(csv.DictReader(io.StringIO(as_csv([made(7, label="=1+1")]))))[1:]

    assert row["label"] == "'=1+1 0"


# --- all of them ---

FACES: dict[str, Callable[[Sequence[Tally]], str]] = {
    "text": lambda found: as_text(found, Look(80)),
    "plot": lambda found: as_plot(found, Look(80)),
    "page": as_webpage,
    "json": as_json,
    "csv": as_csv,
}


@pytest.mark.parametrize("face", FACES)
def test_each_says_when_and_that_small_groups_are_not_shown(face: str, pico: RuleFile) -> None:
    """Whoever is handed one of them alone knows what it is about."""
    said = " ".join(FACES[face](tallies(pico)).split())

    assert "2026-01-01" in said
    assert "2026-02-14" in said
    assert "Groups of fewer than 5 people are not shown." in said
    assert face == "json" or "One person may be counted in several of these groups." in said


@pytest.mark.parametrize("face", FACES)
def test_nothing_is_said_of_fewer_than_five_people(face: str, pico: RuleFile) -> None:
    """Each face is there, and the same for nobody and for four people."""
    week = Period(NEW_YEAR, NEW_YEAR + timedelta(6))
    four = [Person(NEW_YEAR, "consult", {"concerns": ["melasma"]})] * 4
    some, nobody = (FACES[face](counted(people, [DAY, STEP, CONCERN], [pico], week)) for people in (four, []))

    assert some == nobody
    assert "2026-01-07" in some
    assert face in ("json", "csv") or "fewer than 5 people, so nothing is shown" in some
