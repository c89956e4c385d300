"""Which people an edit concerns: the same as when everybody is assessed twice, and with far less work."""

import json
from collections.abc import Iterable
from datetime import date, timedelta
from itertools import islice

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from paths import RULES
from people import at_random
from revising import repeating, revised
from small_edits import ITCHY, MAY, SMALL, Raw, edited, on_day
from strategies import DATED, TYPES, all_answers, asked_in_order, raw_rule_files
from twice import twice
from work import calls_made

from screener import RuleFile
from screener.engine.answers import as_plain
from screener.ground.problems import ProblemsFound
from screener.ground.shapes import changed
from screener.records.impact.compare import impact
from screener.records.impact.effect import Concerned, Effect, OnDay, Visit
from screener.rulefile.loader import load
from screener.rulefile.model import Question


@st.composite
def visits(draw: st.DrawFn, rules: RuleFile, number: int) -> Visit:
    """Somebody who answered what they were asked; some left before the end, or have an answer of another time."""
    wanted = draw(all_answers(rules))
    given = asked_in_order(rules, wanted) if draw(st.integers(0, 3)) else wanted
    if draw(st.integers(0, 3)) == 0:
        given = {id: answer for id, answer in given.items() if draw(st.booleans())}
    return Visit(f"v{number}", "", rules.today, {id: as_plain(answer) for id, answer in given.items()})


def effects(concerned: Iterable[Concerned]) -> dict[str, Effect]:
    """What changes for whom."""
    return {one.id: one.effect for one in concerned}


def plainly(old: OnDay, new: OnDay, people: Iterable[Visit]) -> dict[str, Effect]:
    """The same, each assessed twice in full."""
    found = {visit.id: twice(old(visit.day), new(visit.day))(visit) for visit in people}
    return {id: effect for id, effect in found.items() if effect is not None}


@pytest.mark.parametrize("types", [TYPES, DATED])
@given(st.data())
def test_it_is_as_if_everybody_were_assessed_twice(types: tuple[str, ...], data: st.DataObject) -> None:
    """Over generated files, edits and answers, with dates that are counted back from each interview as well."""
    raw = data.draw(raw_rule_files(types=types))
    raw = data.draw(st.sampled_from([raw, data.draw(repeating(raw))]))
    old, new = on_day(raw), on_day(data.draw(revised(raw)))
    days = [MAY, MAY + timedelta(1), date(2024, 2, 29)] if "date" in types else [MAY]
    try:
        files = [file(day) for day in days for file in (old, new)]
        people = [data.draw(visits(files[number % len(files)], number)) for number in range(8)]
        wanted = plainly(old, new, people)
    except ProblemsFound:
        assume(False)

    assert effects(impact(old, new, people).concerned) == wanted


# --- the real questionnaire ---

#: What is edited in the real questionnaire: the old words, and the new ones.
EDITS = {
    "line": ("when: {health: keloid}", "when: {health: [keloid, slow-healing]}"),
    "words": ("says: Tell your professional before treatment.", "says: Tell your professional soon."),
    "unsure": ("when: {skin-now: peel}\n    when_unsure: skip", "when: {skin-now: peel}"),
    "step": (
        "when: {health: seizures}\n    when_unsure: skip\n    disposition: tell-first",
        "when: {health: seizures}\n    when_unsure: skip\n    disposition: doctor-first",
    ),
    "calmer": ("when: {adult: no}\n    disposition: doctor-first", "when: {adult: no}\n    disposition: tell-first"),
    "title": ("title: See a doctor first", "title: See a doctor before anything else"),
    "option gone": ("      tattoo: A tattoo or permanent make-up in the area\n", ""),
    "option new": ("      diabetes: Diabetes\n", "      diabetes: Diabetes\n      asthma: Asthma\n"),
    "question": ("    when: {adult: yes, concerns: other}", "    when: {adult: yes, concerns: [other, none]}"),
    "first": (
        "  - id: adult\n    section: Before we start\n",
        "  - {id: here, type: yes-no, ask: Are you here?}\n"
        "  - id: adult\n    section: Before we start\n    when: {here: yes}\n",
    ),
}


def pico(edit: str = "") -> RuleFile:
    """The real questionnaire, or what an edit makes of it. A line about an option that is gone goes with it."""
    text, sources = ((RULES / f"pico-laser{end}.yaml").read_text("utf-8") for end in ("", ".sources"))
    old, new = EDITS.get(edit, ("", ""))
    assert text.count(old) == 1 or not edit
    text = text.replace(old, new) if edit else text
    if edit == "option gone":
        text = text.replace("when: {skin-now: tattoo}", "when: {skin-now: near-eyes}").replace(
            "near-eyes, tattoo,", "near-eyes,"
        )
    return load(text, "pico-laser.yaml", lambda name: (sources, name))


@pytest.mark.parametrize("edit", EDITS)
def test_the_real_questionnaire(edit: str) -> None:
    """For people who answer it at random the same comes out as when each is assessed twice."""
    old, new = pico(), pico(edit)
    people = list(islice(at_random(old), 150))
    found = impact(lambda _: old, lambda _: new, people)

    assert found.people == 150
    assert effects(found.concerned) == plainly(lambda _: old, lambda _: new, people)
    assert bool(found.concerned) == (edit != "option new")


@pytest.mark.parametrize(
    ("edit", "less"), [("line", 25), ("words", 25), ("step", 25), ("option new", 25), ("title", 8)]
)
def test_most_people_cost_no_more_than_a_look(edit: str, less: int) -> None:
    """Counted in calls of functions, it is a small part of what it takes to assess somebody twice."""
    old, new = pico(), pico(edit)
    people = list(islice(at_random(old), 400))
    plain = twice(old, new)
    once = calls_made(lambda: impact(lambda _: old, lambda _: new, people[:200]))
    both = calls_made(lambda: impact(lambda _: old, lambda _: new, people))

    assert (both - once) * less < calls_made(lambda: [*map(plain, people[200:])])


def test_nobody_is_concerned_by_an_edit_that_changes_nothing() -> None:
    """What professionals and authors read, and what nobody answered, is no matter."""
    old = pico()
    new = changed(old, version="9.0.0", title="Another", questions=[*map(_asked_otherwise, old.questions)])
    people = list(islice(at_random(old), 50))

    assert impact(lambda _: old, lambda _: new, people) == (50, ())


def _asked_otherwise(question: Question) -> Question:
    return changed(question, ask="Otherwise?", why=None, section="S")


# --- the order, and the days ---


def test_those_that_matter_most_come_first() -> None:
    """A more urgent step, the most urgent first; a calmer one; lines more, lines less, other words; then the newest."""
    raw = edited(
        questions=[{"id": "q", "type": "one", "ask": "?", "options": {id: id.upper() for id in "abcdefg"}}],
        guidance=[
            {"id": id, "topic": "T", "says": "S.", "when": {"q": id}, **more}
            for id, more in {
                "a": {},
                "b": {},
                "c": {"disposition": "doctor"},
                "d": {"disposition": "tell"},
                "e": {},
                "f": {},
            }.items()
        ],
    )
    new = json.loads(json.dumps(raw))
    lines = {line["id"]: line for line in new["guidance"]}
    lines["a"]["disposition"], lines["b"]["disposition"] = "tell", "doctor"
    del lines["c"]["disposition"]
    lines["d"]["when"], lines["d"]["disposition"] = {"q": ["d", "g"]}, "talk"
    lines["e"]["says"] = "Other."
    new["guidance"] = [line for line in new["guidance"] if line["id"] != "f"]
    people = [Visit(f"{id}{day}", "", MAY + timedelta(day), {"q": id}) for day in (0, 1) for id in "gfedcba"]

    found = impact(on_day(raw), on_day(new), people)

    assert [one.id for one in found.concerned] == [
        "b1",
        "b0",
        "a1",
        "a0",
        "c1",
        "d1",
        "c0",
        "d0",
        "g1",
        "g0",
        "f1",
        "f0",
        "e1",
        "e0",
    ]


def test_files_are_loaded_once_if_nothing_is_counted_back() -> None:
    """However many days there are."""
    asked: list[date] = []

    def file(raw: Raw) -> OnDay:
        return lambda day: asked.append(day) or on_day(raw)(day)  # type: ignore[func-returns-value]

    people = [ITCHY._replace(day=MAY + timedelta(day)) for day in range(9)]
    found = impact(file(SMALL), file(edited("guidance", 1, says="Show it.")), people)

    assert len(found.concerned) == 9
    assert asked == [MAY, MAY]


DATED_RAW = edited("questions", 0, type="date", max="today", unsure="no", id="since")
DATED_RAW["questions"][1]["when"] = {"since": "answered"}
DATED_RAW["guidance"][0]["when"] = {"since": {"within": "6 months"}}


DAYS = [date(2025, 11, 1), date(2026, 3, 31), date(2026, 4, 2), date(2026, 11, 1)]


def test_dates_are_counted_back_from_each_interview() -> None:
    """The same date is within six months on one day and not on another, and within a year on both."""
    new = json.loads(json.dumps(DATED_RAW))
    new["guidance"][0]["when"] = {"since": {"within": "1 year"}}
    people = [Visit(day.isoformat(), "", day, {"since": "2025-10-01", "where": ["arm"]}) for day in DAYS]

    found = impact(on_day(DATED_RAW), on_day(new), people)

    assert [one.id for one in found.concerned] == ["2026-04-02"]
    assert effects(found.concerned) == plainly(on_day(DATED_RAW), on_day(new), people)


@pytest.mark.parametrize(("itching", "loaded"), [("no", DAYS[:1]), ("yes", DAYS)])
def test_files_are_loaded_for_other_days_only_where_that_matters(itching: str, loaded: list[date]) -> None:
    """A file counts back, which has nothing to do with the edit: it only matters to the step of who is concerned."""
    asked: list[date] = []
    old = json.loads(json.dumps(DATED_RAW))
    old["questions"].append({"id": "itching", "type": "yes-no", "ask": "?"})
    new = json.loads(json.dumps(old))
    new["guidance"].append({"id": "itches", "topic": "T", "says": "S.", "when": {"itching": "yes"}})

    def file(day: date) -> RuleFile:
        asked.append(day)
        return on_day(new)(day)

    answers = {"since": "2025-10-01", "where": ["arm"], "itching": itching}
    found = impact(on_day(old), file, [Visit(day.isoformat(), "", day, answers) for day in DAYS])

    assert asked == loaded
    assert [one.effect.now for one in found.concerned] == (["talk", "talk", "tell", "tell"] if itching == "yes" else [])


def test_nobody_came() -> None:
    """There is nothing to ask the files for."""

    def refused(day: date) -> RuleFile:
        raise AssertionError(day)

    assert impact(refused, refused, []) == (0, ())
