"""People are counted in the words of the rule file, and nobody can tell how many are in a group that is not shown."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import combinations_with_replacement
from typing import Any

import pytest
from strategies import built

from screener import RuleFile
from screener.ground.problems import ProblemsFound
from screener.records.statistics.count import counted
from screener.records.statistics.tally import CONCERN, DAY, STEP, CountedBy, Period, Person, Tally

MONDAY = date(2026, 3, 2)
MARKS = {"type": "many", "ask": "Which marks?", "unsure": "yes"}
AREA = {"type": "one", "ask": "How large?", "options": {"small": "Small", "large": "Large"}, "when": {"marks": "sun"}}
WHY = {"type": "text", "ask": "Why?"}


def rule_file(marks: dict[str, Any] | None = None, steps: Sequence[str] = ("Talk", "Doctor"), **more: Any) -> RuleFile:
    """A small rule file with a question of each kind."""
    options = {"sun": "Sunspots", "scars": "Scars", "none": {"label": "None of these", "exclusive": "yes"}}
    questions = [{"id": "marks", **MARKS, "options": options, **(marks or {})}, {"id": "area", **AREA}]
    return built(
        {
            "format": 1,
            "id": "small",
            "version": "1",
            "title": "Small",
            "language": "en",
            "questions": [*questions, {"id": "why", **WHY}],
            "guidance": [{"id": "care", "topic": "Care", "says": "Keep cool."}],
            "dispositions": [{"id": step.lower().replace(" ", "-"), "title": step, "says": "Do it."} for step in steps],
            "referral": {"says": "See a professional."},
            **more,
        }
    )


RULES = rule_file()
MARKS_OF, AREA_OF = CountedBy("question", "marks"), CountedBy("question", "area")


def person(step: str = "talk", day: int = 0, **answers: Any) -> Person:
    """Somebody who came so many days after a Monday in March."""
    return Person(MONDAY + timedelta(day), step, answers)


def tally(people: Iterable[Person], by: CountedBy, *editions: RuleFile, period: Period | None = None) -> Tally:
    """One tally of these people."""
    (found,) = counted(people, [by], editions or [RULES], period)
    return found


def shown(found: Tally) -> dict[str, int | None]:
    """The number beside each label."""
    return {group.label: group.people for group in found.groups}


# --- what is counted ---


def test_people_are_counted_by_next_step() -> None:
    """Each step is there with its title, in the order of the rule file, also one that nobody has."""
    people = [person()] * 7 + [person("doctor")] * 5

    assert shown(tally(people, STEP)) == {"Talk": 7, "Doctor": 5}
    assert shown(tally(people[:7], STEP)) == {"Talk": 7, "Doctor": 0}


def test_people_are_counted_by_day() -> None:
    """Each day of the period is there, the days between on which nobody came as well; other days are left out."""
    people = [person(day=0)] * 5 + [person(day=3)] * 9
    week = Period(MONDAY - timedelta(1), MONDAY + timedelta(2))

    assert shown(tally(people, DAY)) == {"2026-03-02": 5, "2026-03-03": 0, "2026-03-04": 0, "2026-03-05": 9}
    assert shown(tally(people, DAY, period=week)) == {
        "2026-03-01": 0,
        "2026-03-02": 5,
        "2026-03-03": 0,
        "2026-03-04": 0,
    }
    assert tally(people, STEP, period=week).people == 5


def test_an_answer_of_several_options_counts_in_each() -> None:
    """People who chose two options are in two groups, and the tally says so."""
    people = [person(marks=["sun", "scars"])] * 6 + [person(marks=["sun"])] * 5 + [person(marks=["none"])] * 5
    found = tally(people, MARKS_OF)

    assert (found.title, found.people, found.several) == ("Which marks?", 16, True)
    assert shown(found) == {"Sunspots": 11, "Scars": 6, "None of these": 5, "Not sure": 0}


def test_people_without_an_answer_are_groups_of_their_own() -> None:
    """Unsure, and not asked; an answer that no edition offers is not told, as it may be in the person's own words."""
    people = [person(marks="unsure")] * 6 + [person(marks=["none"])] * 7 + [person(marks=["my own words"])] * 8

    assert shown(tally(people, MARKS_OF)) == {
        "Sunspots": 0,
        "Scars": 0,
        "None of these": 7,
        "Not sure": 6,
        "An answer that is no longer offered": 8,
    }
    assert shown(tally(people, AREA_OF)) == {"Small": 0, "Large": 0, "Not asked": 21}


@pytest.mark.parametrize(
    ("word", "key", "label"),
    [
        ("unsure", "unsure", "Not sure"),
        ("declined", "decline", "Would rather tell the professional in person"),
        ("skipped", "optional", "Skipped"),
    ],
)
def test_reserved_answers_have_plain_labels(word: str, key: str, label: str) -> None:
    """An answer that is no value is called so that everybody understands it."""
    offering = rule_file({key: "yes"})

    assert shown(tally([person(marks=word)] * 5, MARKS_OF, offering))[label] == 5


def test_words_are_those_of_the_newest_edition() -> None:
    """What only an older edition has is there all the same, after the others and in its own words."""
    newer = rule_file({"options": {"sun": "Spots", "new": "New"}, "ask": "Which?"}, ["Talk it over"])
    people = [person(marks=["sun"])] * 5 + [person("doctor", marks=["scars"])] * 6

    found = tally(people, MARKS_OF, newer, RULES)

    assert found.title == "Which?"
    assert shown(found) == {"Spots": 5, "New": 0, "Scars": 6, "None of these": 0, "Not sure": 0}
    assert list(shown(tally(people, STEP, newer, RULES))) == ["Talk it over", "Talk", "Doctor"]


def test_a_question_that_is_newer_than_an_edition_was_not_asked() -> None:
    """Where an edition does not have the question, its people are counted as not asked."""
    older = rule_file(questions=[{"id": "why", **WHY}])

    assert shown(tally([person()] * 5, MARKS_OF, RULES, older))["Not asked"] == 5


def test_concerns_are_those_of_the_questionnaire_that_comes_with_the_tool(pico: RuleFile) -> None:
    """The concern is a question of it, at which several options can be chosen."""
    found = tally([person(concerns=["melasma", "other"])] * 5, CONCERN, pico)

    assert shown(found)["Something else"] == 5
    assert found.several


@pytest.mark.parametrize(
    ("question", "said", "help"),
    [
        ("mark", "there is no question `mark`", "did you mean `marks`?"),
        ("zzzzzz", "there is no question `zzzzzz`", "people are counted by one of: marks, area"),
        ("why", "people can't be counted by `why`, as no option is chosen there", "one of: marks, area"),
    ],
)
def test_what_people_can_not_be_counted_by_is_said(question: str, said: str, help: str) -> None:
    """A question that is not there, or at which nothing is chosen, with what there is instead."""
    with pytest.raises(ProblemsFound) as refused:
        tally([], CountedBy("question", question))
    (problem,) = refused.value.problems

    assert problem.message == said
    assert help in problem.help


def test_people_are_gone_through_once() -> None:
    """Several tallies are made of people who come only once, such as rows of a store."""
    found = counted(iter([person(marks=["sun"])] * 5), [DAY, STEP, MARKS_OF], [RULES])

    assert [one.people for one in found] == [5, 5, 5]
    assert [sum(group.people or 0 for group in one.groups) for one in found] == [5, 5, 5]


# --- what is not shown ---


@pytest.mark.parametrize("people", range(5))
def test_fewer_than_five_people_are_not_counted(people: int) -> None:
    """Nobody, or four people: nothing tells which."""
    week = Period(MONDAY, MONDAY + timedelta(6))
    for period in (week, None):
        found = counted([person(marks=["sun"])] * people, [DAY, STEP, MARKS_OF], [RULES], period)

        assert {(one.people, one.groups, one.period) for one in found} == {(None, (), period)}


@pytest.mark.parametrize(
    ("sizes", "seen"),
    [
        ([9, 8, 7], [9, 8, 7]),
        ([9, 8, 0], [9, 8, 0]),
        ([9, 8, 3], [9, None, None]),
        ([9, 8, 3, 0], [9, None, None, None]),
        ([9, 8, 3, 2], [9, 8, None, None]),
        ([9, 8, 1, 1], [9, None, None, None]),
        ([9, 8, 4, 4], [9, None, None, None]),
        ([9, 8, 1, 1, 1], [9, None, None, None, None]),
        ([9, 8, 1, 2], [9, 8, None, None]),
        ([9, 5, 5, 3], [9, None, None, None]),
        ([9, 3], [None, None]),
    ],
)
def test_a_group_that_could_be_worked_out_takes_another_one_along(sizes: list[int], seen: list[int | None]) -> None:
    """One hidden group is what is missing from all; two of 1 or of 4 are told by what is missing together."""
    rules = rule_file(steps=[f"S{number}" for number in range(len(sizes))])
    people = [person(f"s{number}") for number, size in enumerate(sizes) for _ in range(size)]

    found = tally(people, STEP, rules)

    assert [group.people for group in found.groups] == seen
    assert found.people == sum(sizes)
    assert found.hides == (None in seen)


def test_a_closed_day_looks_like_a_day_with_few_people() -> None:
    """Days without anybody are not shown either where a day with few people is hidden, and hide nothing: everybody may
    know when the desk is closed.
    """
    people = [person(day=0)] * 9 + [person(day=1)] * 6 + [person(day=4)] * 3

    assert list(shown(tally(people, DAY)).values()) == [9, None, None, None, None]


def can_be_told(worlds: Iterable[Sequence[Person]], by: CountedBy, rules: RuleFile) -> list[tuple[Tally, str]]:
    """Each group that is not shown, although there is only one size of it for which all that is shown would be so.

    All these worlds are tried out, and nothing is asked of how it is decided what to hide. Of a group without anybody
    it may be told that it is empty.
    """
    seen: dict[Tally, dict[str, set[int]]] = {}
    for people in worlds:
        found = tally(people, by, rules)
        sizes = Counter(id for member in people for id in _chosen(member, by))
        of = seen.setdefault(found, {})
        for group in found.groups:
            of.setdefault(group.id, set()).add(sizes[group.id])
    away = ((found, group.id) for found in seen for group in found.groups if group.people is None)
    return [(found, id) for found, id in away if len(seen[found][id]) == 1 and seen[found][id] != {0}]


def _chosen(member: Person, by: CountedBy) -> list[str]:
    if by.kind == "question":
        answer = member.answers[by.question]
        return answer if isinstance(answer, list) else [answer]
    return [member.step if by.kind == "step" else member.day.isoformat()]


def every_world(kinds: Sequence[Person], most: int) -> Iterable[Sequence[Person]]:
    """Every number of people up to so many, of these kinds."""
    return (people for count in range(most + 1) for people in combinations_with_replacement(kinds, count))


@pytest.mark.parametrize(("steps", "most"), [(2, 30), (3, 22), (4, 16), (5, 12)])
def test_no_step_that_is_hidden_can_be_worked_out(steps: int, most: int) -> None:
    """For everything that can be shown of people in a few groups, each hidden group may be of several sizes."""
    rules = rule_file(steps=[f"S{number}" for number in range(steps)])
    kinds = [person(f"s{number}") for number in range(steps)]

    assert can_be_told(every_world(kinds, most), STEP, rules) == []


@pytest.mark.parametrize("period", [None, Period(MONDAY, MONDAY + timedelta(3))])
def test_no_day_that_is_hidden_can_be_worked_out(period: Period | None) -> None:
    """Also where the first and the last day are those on which somebody came."""
    kinds = [person(day=day) for day in range(4)]
    worlds = every_world(kinds, 14)

    assert can_be_told(worlds, DAY, RULES) == []
    assert any(tally(people, DAY, period=period).hides for people in every_world(kinds, 6))


@pytest.mark.parametrize("limits", [{}, {"max": "1"}, {"min": "2"}, {"options": {"sun": "Sun", "scars": "Scars"}}])
def test_no_answer_that_is_hidden_can_be_worked_out(limits: dict[str, Any]) -> None:
    """Where one person may be in several groups, as many as the rule file allows."""
    rules = rule_file(limits)
    chosen: list[Any] = [["sun"], ["scars"], ["sun", "scars"], ["none"], "unsure"]
    kinds = [
        person(marks=one)
        for one in chosen
        if isinstance(one, str) or one == ["none"] or int(limits.get("min", 1)) <= len(one) <= int(limits.get("max", 2))
    ]
    if "options" in limits:
        kinds.remove(person(marks=["none"]))

    assert can_be_told(every_world(kinds, 12), MARKS_OF, rules) == []


def test_sizes_that_fit_no_limits_are_hidden_too() -> None:
    """Answers to an older edition may break the limits of the newest one: then as many are chosen as were chosen."""
    rules = rule_file({"max": "1"})
    people = [person(marks=["sun", "scars"])] * 8 + [person(marks=["sun"])] * 3 + [person(marks=["none"])] * 2

    found = tally(people, MARKS_OF, rules)

    assert found.several
    assert shown(found)["None of these"] is None
