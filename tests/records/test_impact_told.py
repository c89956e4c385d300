"""What is told of somebody whom an edit concerns, and how it is listed."""

import csv
import io
import json
import re
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_edits import ITCHY, MAY, SMALL, Raw, edited, on_day

from screener.ground.wrapping import Look, cells
from screener.records.impact.compare import impact
from screener.records.impact.effect import WEIGHTS, Concerned, Effect, Impact, Visit
from screener.records.impact.listing import as_csv, as_json, as_text


def effect_of(new: Raw, answers: Mapping[str, Any] = ITCHY.answers, old: Raw = SMALL) -> dict[str, Any]:
    """All that changes for someone with these answers, apart from the steps if these stay."""
    concerned = impact(on_day(old), on_day(new), [ITCHY._replace(answers=answers)]).concerned
    plain = concerned[0].effect._asdict() if concerned else {}
    steps = (plain.pop("before", ""), plain.pop("now", ""))
    return {key: value for key, value in plain.items() if value and value != "same"} | (
        {"steps": steps} if steps[0] != steps[1] else {}
    )


def test_a_next_step_may_become_more_urgent_or_calmer() -> None:
    """Told with the steps; the line that calls for them is the same in what it says."""
    more, less = (edited("guidance", 0, disposition=step) for step in ("doctor", "talk"))

    assert effect_of(more) == {"way": "more", "steps": ("tell", "doctor")}
    assert effect_of(less) == {"way": "less", "steps": ("tell", "talk")}
    assert effect_of(more, {"itch": "no"}) == {}


def test_a_step_that_another_line_calls_for_as_well_stays() -> None:
    """What decides is the most urgent of all."""
    raw = edited(guidance=[*SMALL["guidance"], {**SMALL["guidance"][1], "id": "also", "disposition": "doctor"}])
    new = json.loads(json.dumps(raw))
    new["guidance"][0]["disposition"] = "talk"

    assert effect_of(new, old=raw) == {}
    assert effect_of(new, {"itch": "yes", "where": ["arm"]}, raw) == {"way": "less", "steps": ("tell", "talk")}


def test_lines_come_and_go() -> None:
    """A line is told by its id, also one that is said now to someone else."""
    for_arms = edited("guidance", 1, when={"where": "arm"})

    assert effect_of(for_arms) == {"taken": ("leg",)}
    assert effect_of(for_arms, {"itch": "yes", "where": ["arm"]}) == {"added": ("leg",)}
    assert effect_of(edited(guidance=SMALL["guidance"][:1])) == {"taken": ("leg",)}


def test_a_line_with_another_id_is_the_same_line() -> None:
    """People are told the same as before."""
    assert effect_of(edited("guidance", 1, id="legs")) == {}
    assert effect_of(edited("dispositions", 0, id="speak"), {"itch": "no"}) == {}


def test_lines_are_said_more_and_less_surely() -> None:
    """A condition that was left open may be certain now."""
    surely = edited("guidance", 0, when={"itch": ["yes", "unsure"]})

    assert effect_of(surely, {"itch": "unsure"}) == {"surer": ("itchy",)}
    assert effect_of(SMALL, {"itch": "unsure"}, surely) == {"vaguer": ("itchy",)}


def test_other_words_are_told_of_what_people_read() -> None:
    """Of lines, of the next step that they have, and of the referral; not what professionals read."""
    assert effect_of(edited("guidance", 1, says="Show it.")) == {"reworded": ("leg",)}
    assert effect_of(edited("guidance", 1, short="Leg.")) == {}
    assert effect_of(edited("dispositions", 1, says="Now.")) == {"step_reworded": True}
    assert effect_of(edited("dispositions", 2, says="Now.")) == {}
    assert effect_of(edited("referral", says="See someone.")) == {"referral_reworded": True}


@pytest.mark.parametrize(
    ("route", "comes"),
    [
        (("guidance", 0), {"reworded": ("itchy",)}),
        (("dispositions", 1), {"step_reworded": True}),
        (("referral",), {"referral_reworded": True}),
    ],
)
def test_an_answer_that_is_repeated_in_other_words_rewords_a_text(
    route: tuple[str | int, ...], comes: dict[str, Any]
) -> None:
    """The label of an option stands in it; who chose another option hears the same as before."""
    old = edited(*route, says="You said: {answer: where}.")
    new = json.loads(json.dumps(old))
    new["questions"][1]["options"]["leg"] = "Lower leg"
    legs, arms = ITCHY, ITCHY._replace(id="r2", answers={"itch": "yes", "where": ["arm"]})

    assert effect_of(new, old=old) == comes
    for people in ([legs, arms], [arms, legs]):
        assert [one.id for one in impact(on_day(old), on_day(new), people).concerned] == ["r1"]


def test_words_of_people_are_repeated_as_they_are() -> None:
    """Who wrote something else hears something else, also where both are asked anew."""
    old = edited("questions", 1, type="text", options=None, id="own")
    old["guidance"][1] |= {"when": {"own": "answered"}, "says": "You wrote: {answer: own}."}
    new = json.loads(json.dumps(old))
    new["guidance"][1]["says"] = "You wrote: leg."
    people = [Visit(words, "", MAY, {"itch": "yes", "own": words}) for words in ("leg", "arm", "Leg")]

    assert [one.id for one in impact(on_day(old), on_day(new), people).concerned] == ["Leg", "arm"]


def test_a_step_that_is_gone_is_another_step() -> None:
    """Also where the line that called for it calls for none now."""
    new = edited("guidance", 0, disposition=None)
    del new["dispositions"][1]

    assert effect_of(new) == {"way": "less", "steps": ("tell", "talk")}


def test_an_option_that_is_gone_is_an_answer_that_counts_no_longer() -> None:
    """The question has to be asked again, and what hung on the answer is not said."""
    raw = edited("questions", 1, options={"arm": "Arm"})
    raw["guidance"][1]["when"] = {"where": "arm"}

    assert effect_of(raw) == {"taken": ("leg",), "gone": ("where",), "asks": ("where",)}


def test_a_question_that_is_not_asked_any_more_is_told() -> None:
    """Its answer counts no longer, and the line that hung on it is not said."""
    assert effect_of(edited("questions", 1, when={"itch": "no"})) == {"taken": ("leg",), "gone": ("where",)}


def test_questions_that_were_never_asked_are_told() -> None:
    """Those that are asked in any case, and those that hang on such answers."""
    since = {"id": "since", "type": "yes-no", "ask": "For long?"}
    long = {"id": "long", "type": "yes-no", "ask": "Years?", "when": {"since": "yes"}}

    assert effect_of(edited(questions=[*SMALL["questions"], since, long])) == {"asks": ("since",), "may_ask": ("long",)}


def test_a_step_between_others_is_neither_more_urgent_nor_calmer_than_one_in_its_place() -> None:
    """Nothing says which of two steps is the more urgent where each file has one of them."""
    raw = edited("dispositions", 1, id="other", title="Other")
    raw["guidance"][0]["disposition"] = "other"

    assert effect_of(raw)["way"] == "other"


def test_numbers_are_read_as_json_has_them() -> None:
    """5 and "5" are one answer; what can't be read by either file is nothing."""
    old = edited("questions", 0, type="number", unsure="no")
    old["questions"].pop()
    old["guidance"] = [{**SMALL["guidance"][0], "when": {"itch": {"at_least": "5"}}}]
    new = json.loads(json.dumps(old))
    new["guidance"][0]["when"] = {"itch": {"at_least": "6"}}

    for five in (5, "5", 5.0):
        assert effect_of(new, {"itch": five}, old) == {"taken": ("itchy",), "way": "less", "steps": ("tell", "talk")}
    assert effect_of(new, {"itch": 6}, old) == effect_of(new, {"itch": "much"}, old) == {}


# --- how it is listed ---

OLD, NEW = on_day(SMALL)(MAY), on_day(edited(version="1.1.0"))(MAY)
SOME = Effect("talk", "doctor", "more", ("leg", "arm"), ("itchy",), gone=("where",), asks=("q",), may_ask=("r",))
SAME = Effect("talk", "talk", "same")
STAYS = SOME._replace(before="doctor", way="same", gone=(), asks=())


def found(*effects: Effect, people: int = 9) -> Impact:
    """People whom an edit concerns in these ways."""
    return Impact(people, tuple(Concerned(f"r{at}", f"file {at}", MAY, one) for at, one in enumerate(effects)))


def test_text_says_who_and_when_and_from_which_step_to_which() -> None:
    """With the numbers of lines, questions and answers, under a heading for what matters most."""
    text = as_text(OLD, NEW, found(SOME, STAYS), Look(80), 9)

    assert (
        text
        == f"""\
small 1.0.0 ({OLD.sha256[:12]}) → small 1.1.0 ({NEW.sha256[:12]})
The edit concerns 2 of 9 people.
Where there are more questions to ask, the new next step and lines are those
that are known before the answers.

A more urgent next step: 1

  2026-05-04 file 0 (r0)
    Talk → Doctor
    2 lines more, 1 line no longer said, 1 answer no longer counts, 1 to 2 more
    questions to ask

Something more is said: 1

  2026-05-04 file 1 (r1)
    Next step as before: Doctor
    2 lines more, 1 line no longer said, up to 1 more question to ask
"""
    )


@pytest.mark.parametrize(
    ("effect", "said"),
    [
        (Effect("talk", "tell", "more"), "Talk → Tell first"),
        (
            SAME._replace(surer=("a",), vaguer=("b", "c")),
            "1 line said more surely, 2 lines said less surely",
        ),
        (
            SAME._replace(reworded=("a",), step_reworded=True),
            "1 line in other words, the next step in other words",
        ),
        (SAME._replace(referral_reworded=True), "another referral, or in other words"),
        (SAME._replace(gone=("a", "b")), "2 answers no longer count"),
        (SAME._replace(asks=("a",)), "1 more question to ask"),
        (SAME._replace(may_ask=("a", "b")), "up to 2 more questions to ask"),
    ],
)
def test_all_that_can_change_has_words(effect: Effect, said: str) -> None:
    """And nothing is said of what stays."""
    assert as_text(OLD, NEW, found(effect), Look(80), 9).splitlines()[-1].strip() == said


def test_every_weight_has_a_heading() -> None:
    """In their order."""
    lines: Any = ("a",)
    effects = [
        *(SAME._replace(now="tell", way=way) for way in ("more", "other", "less")),
        *(SAME._replace(**{key: lines}) for key in ("added", "taken", "surer", "gone", "reworded")),
    ]
    text = as_text(OLD, NEW, found(*effects), Look(80), 9)

    assert tuple(effect.weight for effect in effects) == WEIGHTS
    assert re.findall(r"^\n?(\S.*): 1$", text, re.MULTILINE) == [
        "A more urgent next step",
        "Another next step",
        "A calmer next step",
        "Something more is said",
        "Something is no longer said",
        "Something is said more surely, or less so",
        "Questions to ask, or answers that no longer count",
        "The same in other words",
    ]


def test_a_long_list_is_cut_and_counted() -> None:
    """Of each heading as many as are wanted; how many there are is said."""
    text = as_text(OLD, NEW, found(*[SOME] * 7), Look(80), 5)

    assert text.count("Talk → Doctor") == 5
    assert text.endswith("  and 2 more\n")


@pytest.mark.parametrize(
    ("people", "said"),
    [
        (0, "There is nobody whom it could concern."),
        (1, "The edit does not concern the one person who came."),
        (3, "The edit concerns nobody: all of them are told and asked the same."),
    ],
)
def test_nobody_is_said_in_words(people: int, said: str) -> None:
    """Where there is no list there is a sentence."""
    assert as_text(OLD, NEW, found(people=people), Look(80), 9).endswith(f"{said}\n")


REFERENCES = st.text(st.sampled_from("ab é皮膚\u0301\x1b\n -="), max_size=60)


@given(REFERENCES, st.integers(30, 80))
def test_no_line_is_wider_than_the_screen(reference: str, width: int) -> None:
    """Whatever a desk calls its files; and nothing moves a cursor."""
    one = Concerned("r1", reference, MAY, SOME)
    text = as_text(OLD, NEW, Impact(1, (one,)), Look(width), 9)

    assert [line for line in text.splitlines() if cells(line) > width] == []
    assert "\x1b" not in text


def test_json_has_every_id() -> None:
    """All that the text counts, by its id; and how many people there are of each kind."""
    plain = json.loads(as_json(OLD, NEW, found(SOME, STAYS)))

    assert plain["schema"] == "screener/impact/1"
    assert plain["new"] == {"id": "small", "version": "1.1.0", "sha256": NEW.sha256}
    assert (plain["people"], plain["concerned"]) == (9, 2)
    assert list(plain["kinds"]) == list(WEIGHTS)
    assert sum(plain["kinds"].values()) == 2
    assert plain["records"][0] == {
        "id": "r0",
        "reference": "file 0",
        "day": "2026-05-04",
        "kind": "more-urgent",
        **{key: list(value) if isinstance(value, tuple) else value for key, value in SOME._asdict().items()},
    }


def test_csv_has_a_row_for_everybody() -> None:
    """With the same columns as the records of the JSON, several ids in one cell."""
    rows = list(csv.DictReader(io.StringIO(as_csv(found(SOME, STAYS)))))
    plain = json.loads(as_json(OLD, NEW, found(SOME, STAYS)))

    assert list(rows[0]) == list(plain["records"][0])
    assert (rows[0]["kind"], rows[0]["added"], rows[0]["step_reworded"]) == ("more-urgent", "leg; arm", "no")
    assert [row["id"] for row in rows] == ["r0", "r1"]


def test_csv_holds_no_formula() -> None:
    """A reference is what somebody typed."""
    one = Concerned("r1", "=1+1", MAY, SOME)

    assert "'=1+1" in as_csv(Impact(1, (one,)))
