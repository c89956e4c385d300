"""The loop that asks: back, change, review, and what happens to answers that an edit hides."""

import json
from collections.abc import Iterator
from typing import Any

from faces import step_of
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import asked_in_order, files_and_answers

from screener.engine.assess import assess
from screener.engine.certain import Certain
from screener.interview.loop import Given, Move, Step, aside, counted, interview, missing, review
from screener.rulefile.conditions.tree import Answer
from screener.rulefile.loader import load
from screener.rulefile.model import RuleFile

BRANCHING: dict[str, Any] = {
    "format": 1,
    "id": "x",
    "version": "1",
    "title": "X",
    "language": "en",
    "questions": [
        {"id": "pets", "type": "yes-no", "ask": "Any pets?", "section": "Home", "unsure": True},
        {
            "id": "kind",
            "type": "one",
            "ask": "Which?",
            "options": {"cat": "Cat", "dog": "Dog"},
            "when": {"pets": "yes"},
        },
        {"id": "name", "type": "text", "ask": "Its name?", "when": {"kind": ["cat", "dog"]}},
        {"id": "end", "type": "yes-no", "ask": "Done?"},
    ],
    "guidance": [{"id": "cat", "topic": "T", "says": "A cat.", "when": {"kind": "cat"}}],
    "dispositions": [{"id": "d", "title": "D", "says": "D."}],
    "referral": {"says": "See someone."},
}
RULES = load(json.dumps(BRANCHING))


class Scripted:
    """A face that gives prepared answers and keeps what it was asked."""

    def __init__(
        self, answers: list[tuple[str, Answer | Move]], changes: list[str] | None = None, finishes: bool = False
    ) -> None:
        self._answers: Iterator[tuple[str, Answer | Move]] = iter(answers)
        self._changes = iter(changes or [])
        self.steps: list[Step] = []
        self.reviews: list[tuple[Given, ...]] = []
        self.at_start = 0
        self.told: list[str] = []
        self._finishes = finishes

    def ask(self, step: Step) -> Answer | Move:
        """The next prepared answer; it must be meant for this question."""
        id, answer = next(self._answers)
        assert step.question.id == id
        self.steps.append(step)
        return answer

    def review(self, given: tuple[Given, ...]) -> str | None:
        """The next prepared change, then done."""
        self.reviews.append(given)
        return next(self._changes, None)

    def nothing_before(self) -> None:
        """Count how often someone went back at the start."""
        self.at_start += 1

    def goes_on(self, certain: Certain) -> bool:
        """Keep which next step was said to be certain, and after how many questions."""
        self.told.append(f"{certain.step.id} after {len(self.steps)}")
        return not self._finishes

    def taken_back(self) -> None:
        """Keep that it was taken back."""
        self.told.append(f"taken back after {len(self.steps)}")


def test_hidden_questions_are_not_asked() -> None:
    """A question whose condition is false is skipped, and so is what hangs on it."""
    face = Scripted([("pets", "no"), ("end", "yes")])

    assert interview(RULES, {}, face) == {"pets": "no", "end": "yes"}


def test_only_missing_answers_are_asked_for() -> None:
    """Answers given beforehand are not asked again."""
    face = Scripted([("name", "Tom")])

    assert interview(RULES, {"pets": "yes", "kind": "cat", "end": "no"}, face)["name"] == "Tom"


def test_back_asks_the_question_before_with_its_answer() -> None:
    """Going back offers the earlier answer again, then goes on where the person was."""
    face = Scripted(
        [("pets", "yes"), ("kind", Move.BACK), ("pets", "yes"), ("kind", "cat"), ("name", "Tom"), ("end", "no")]
    )
    interview(RULES, {}, face)

    assert [s.current for s in face.steps[:3]] == [None, None, "yes"]


def test_back_twice_goes_back_two_questions() -> None:
    """Back on a question that was reached by going back goes one further."""
    face = Scripted(
        [("pets", "yes"), ("kind", "dog"), ("name", Move.BACK), ("kind", Move.BACK), ("pets", "no"), ("end", "no")]
    )

    assert interview(RULES, {}, face) == {"pets": "no", "end": "no"}


def test_back_at_the_start_stays_there() -> None:
    """There is nothing before the first question, and the person is told so."""
    face = Scripted([("pets", Move.BACK), ("pets", "no"), ("end", "no")])
    interview(RULES, {}, face)

    assert face.at_start == 1


def test_a_change_in_the_review_asks_only_what_is_new() -> None:
    """After a change only questions that now appear are asked; the other answers stay."""
    face = Scripted([("pets", "no"), ("end", "yes"), ("pets", "yes"), ("kind", "dog"), ("name", "Rex")], ["pets"])

    assert interview(RULES, {}, face) == {"pets": "yes", "kind": "dog", "name": "Rex", "end": "yes"}


def test_answers_of_hidden_questions_come_back() -> None:
    """Answers hidden by a change count for nothing, and come back when their questions do."""
    face = Scripted(
        [("pets", "yes"), ("kind", "cat"), ("name", "Tom"), ("end", "no"), ("pets", "no"), ("pets", "yes")],
        ["pets", "pets"],
    )
    final = interview(RULES, {}, face)

    assert [len(lines) for lines in face.reviews] == [4, 2, 4]
    assert final == {"pets": "yes", "kind": "cat", "name": "Tom", "end": "no"}


def test_leaving_a_change_keeps_the_answer() -> None:
    """Back while changing an answer in the review leaves it as it was."""
    face = Scripted([("pets", "no"), ("end", "yes"), ("end", Move.BACK)], ["end"])

    assert interview(RULES, {}, face) == {"pets": "no", "end": "yes"}


def test_the_count_is_honest_when_branches_change() -> None:
    """The total counts what may still be asked, and says `about` until that is settled."""
    first = step_of(RULES, {}, RULES.questions[0])
    last = step_of(RULES, {"pets": "no"}, RULES.questions[3])

    assert first.heading == "Home · question 1 of at most 4"
    assert last.heading == "Question 2 of 2"


def test_review_repeats_answers_in_words() -> None:
    """The review shows labels, not ids."""
    lines = review(RULES, {"pets": "yes", "kind": "cat", "name": "Tom"})

    assert [(line.question.id, line.words) for line in lines] == [("pets", "Yes"), ("kind", "Cat"), ("name", "Tom")]


def test_aside_and_missing_tell_what_does_not_count() -> None:
    """Answers to questions not asked are aside; questions that may be asked without answer are missing."""
    given_: dict[str, Answer] = {"pets": "no", "kind": "cat"}

    assert aside(RULES, given_) == ("kind",)
    assert [question.id for question in missing(RULES, given_)] == ["end"]
    assert counted(RULES, given_) == {"pets": "no"}


URGENT = load(
    json.dumps(
        {
            **BRANCHING,
            "guidance": [
                {"id": "dog", "topic": "T", "says": "A dog.", "when": {"kind": "dog"}, "disposition": "now"},
                {"id": "no-pets", "topic": "T", "says": "None.", "when": {"pets": "unsure"}, "disposition": "now"},
                {"id": "end", "topic": "T", "says": "The end.", "when": {"end": "yes"}, "disposition": "now"},
                {"id": "cat", "topic": "T", "says": "A cat.", "when": {"kind": "cat"}, "disposition": "soon"},
            ],
            "dispositions": [{"id": id, "title": id.title(), "says": "S."} for id in ("later", "soon", "now", "never")],
        }
    )
)
DOG: list[tuple[str, Answer | Move]] = [("pets", "yes"), ("kind", "dog")]


def test_the_most_urgent_step_is_said_at_once_and_only_once() -> None:
    """As soon as an answer makes it certain, and not again; whoever else listens hears it first, after each answer."""
    face, heard = Scripted([*DOG, ("name", "Rex"), ("end", "yes")]), list[str | None]()
    interview(
        URGENT, {}, face, lambda step: heard.append(f"{step.step.id}, {len(face.told)} times told" if step else None)
    )

    assert face.told == ["now after 2"]
    assert heard == [None, None, "now, 0 times told", "now, 1 times told", "now, 1 times told"]


def test_a_person_can_finish_once_the_step_is_certain() -> None:
    """What was answered so far counts, there is no review, and the summary says that it is not complete."""
    face = Scripted(DOG, finishes=True)
    final = interview(URGENT, {}, face)

    assert final == {"pets": "yes", "kind": "dog"}
    assert (face.reviews, assess(URGENT, final).complete, assess(URGENT, final).disposition.id) == ([], False, "now")


def test_less_urgent_steps_and_the_last_question_interrupt_nobody() -> None:
    """Nothing is said for what can still become more urgent, nor where the summary comes next."""
    for answers in (
        [("kind", "cat"), ("name", "Tom"), ("end", "no")],
        [("kind", "cat"), ("name", "T"), ("end", "yes")],
    ):
        face = Scripted([("pets", "yes"), *answers])
        interview(URGENT, {}, face)

        assert face.told == []


def test_a_step_that_answers_given_before_make_certain_is_said_first() -> None:
    """With answers from a file nobody is asked anything before it is said."""
    face = Scripted([("name", "Rex"), ("end", "no")])
    interview(URGENT, {"pets": "yes", "kind": "dog"}, face)

    assert face.told == ["now after 0"]


def test_a_changed_answer_takes_the_step_back_or_brings_it_up() -> None:
    """By going back, in the review, and where a change in the review shows more questions."""
    back = Scripted([*DOG, ("name", Move.BACK), ("kind", "cat"), ("name", "Tom"), ("end", "no")])
    reviewed = Scripted([*DOG, ("name", "Rex"), ("end", "no"), ("kind", "cat")], ["kind"])
    brought_up = Scripted([("pets", "no"), ("end", "no"), *DOG, ("name", "Rex")], ["pets"])
    again = Scripted(
        [*DOG, ("name", Move.BACK), ("kind", "cat"), ("name", Move.BACK), *DOG[1:], ("name", "R"), ("end", "no")]
    )
    for face in (back, reviewed, brought_up, again):
        interview(URGENT, {}, face)

    assert back.told == ["now after 2", "taken back after 4"]
    assert reviewed.told == ["now after 2", "taken back after 5"]
    assert brought_up.told == ["now after 4"]
    assert again.told == ["now after 2", "taken back after 4", "now after 6"]


def test_where_all_get_the_same_step_nothing_is_said() -> None:
    """A file with one next step interrupts nobody, and neither does one whose line is for everyone."""
    everyone = {"id": "all", "topic": "T", "says": "All.", "disposition": "d"}
    for lines in ([{**BRANCHING["guidance"][0], "disposition": "d"}], [everyone]):
        face = Scripted([("pets", "yes"), ("kind", "cat"), ("name", "Tom"), ("end", "no")])
        interview(load(json.dumps({**BRANCHING, "guidance": lines})), {}, face)

        assert face.told == []


@settings(deadline=None, max_examples=80)
@given(files_and_answers(), st.data())
def test_wandering_back_and_forth_ends_in_the_same_summary(
    pair: tuple[RuleFile, dict[str, Answer]], data: st.DataObject
) -> None:
    """However often someone goes back, the same final answers give the same summary as a straight walk."""
    rules, answers = pair
    backs = data.draw(st.lists(st.booleans(), max_size=12))

    class Wanderer(Scripted):
        def ask(self, step: Step) -> Answer | Move:
            return Move.BACK if backs and backs.pop() else answers[step.question.id]

    final = interview(rules, {}, Wanderer([]))

    assert final == asked_in_order(rules, answers)
    assert assess(rules, final) == assess(rules, answers)
