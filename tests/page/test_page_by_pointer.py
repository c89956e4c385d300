"""The page in the hands of a person: back and forth, other answers, what is refused, starting over."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import walked_page as w
from terminals import ANSWERS

from screener.engine.answers import offered
from screener.interview import loop
from screener.interview.loop import Step
from screener.interview.plain import PlainAsker
from screener.page.words import OWN
from screener.rulefile.model import Question
from screener.summary import wording

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

ASKS = {id: question.ask for id, question in w.EVERY_TYPE.by_question.items()}
URGENT = {**w.ANSWERS, "marks": ["dark"]}


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page with every type of question."""
    return w.saved(tmp_path_factory.mktemp("page"), w.EVERY_TYPE)


@pytest.fixture
def screen(chromium: "Browser", file: Path) -> "Iterator[Page]":
    """The page on a phone, with its first screen."""
    with w.opened(chromium, file) as page:
        yield page


def at(page: "Page", id: str, answers: Any = w.ANSWERS) -> None:
    """Go on to one screen."""
    assert any(screen == id for screen in w.walked(page, w.EVERY_TYPE, answers))


def press(page: "Page", *names: str) -> None:
    """Click these buttons, one after the other."""
    for name in names:
        w.POINTER.press(page, name)


def put(page: "Page", id: str, plain: Any) -> None:
    """Fill the screen of a question in, and go on."""
    w.POINTER.put(page, w.EVERY_TYPE.by_question[id], plain)
    press(page, OWN["next"])


def told(page: "Page") -> dict[str, str]:
    """The answers on the review, by their questions."""
    rows = page.locator(".answers > div")
    asks, answers = (rows.locator(part).all_inner_texts() for part in ("dt", "dd:first-of-type"))
    return dict(zip(asks, answers, strict=True))


def chosen(page: "Page") -> list[str]:
    """The options that are chosen."""
    found: list[str] = page.locator(":checked").evaluate_all("all => all.map(({value}) => value)")
    return found


def typed(page: "Page") -> list[str]:
    """What stands in the fields that are not empty."""
    found: list[str] = page.locator(".typed").evaluate_all("all => all.map(({value}) => value).filter(Boolean)")
    return found


def waits_for(page: "Page", heading: str) -> None:
    """Wait for a screen; the browser goes back when it gets to it."""
    page.get_by_role("heading", level=1, name=heading, exact=True).wait_for()


def test_what_was_answered_is_to_be_checked(screen: "Page") -> None:
    """Every question with its answer in words, and a button for each that says what it changes."""
    w.reviewed(screen, w.EVERY_TYPE, w.ANSWERS)
    assert told(screen) == dict(
        zip(
            ASKS.values(),
            ["Yes", "Face", "Dry patches; Redness", "2.5 cm", "3", "2024-02-29", "It came in summer.", "No"],
            strict=True,
        )
    )
    named = [one.name for one in w.of_role(screen, "button")]
    assert [name for name in named if "Change" in name] == [OWN["change_this"].format(ask) for ask in ASKS.values()]


def test_back_keeps_what_was_put_in(screen: "Page") -> None:
    """Back goes question by question, to the first screen; answers are still there, and those not sent yet as well."""
    at(screen, "size")
    screen.locator("#value").fill("7")
    press(screen, OWN["back"])
    waits_for(screen, ASKS["marks"])
    assert chosen(screen) == ["dry", "red"]
    press(screen, OWN["next"])
    assert screen.locator("#value").input_value() == "7"
    for heading in (ASKS["marks"], ASKS["place"], ASKS["itch"], w.EVERY_TYPE.title):
        press(screen, OWN["back"])
        waits_for(screen, heading)
    assert not screen.get_by_role("button", name=OWN["back"]).is_visible()
    press(screen, loop.GO_ON)
    assert w.heading(screen) == ASKS["size"]


def test_the_browser_goes_back_as_the_page_does(screen: "Page") -> None:
    """Its button leads to the screen before, and nothing is ever in the address."""
    address = screen.url
    at(screen, "marks")
    screen.go_back()
    waits_for(screen, ASKS["place"])
    screen.go_back()
    waits_for(screen, ASKS["itch"])
    assert chosen(screen) == ["yes"]
    press(screen, OWN["next"])
    assert w.heading(screen) == ASKS["marks"]  # what was answered is not asked again
    screen.go_back()
    waits_for(screen, ASKS["place"])
    assert screen.url == address


def test_an_answer_is_changed_from_the_review(screen: "Page") -> None:
    """Its question comes with the answer in it; the new one leads back to the review, and so does Back."""
    w.reviewed(screen, w.EVERY_TYPE, w.ANSWERS)
    change = screen.get_by_role("button", name=OWN["change_this"].format(ASKS["since"]))
    change.click()
    press(screen, OWN["back"])
    waits_for(screen, loop.CHECK)
    change.click()
    assert [screen.locator(f"#{part}").input_value() for part in ("day", "month", "year")] == ["29", "2", "2024"]
    put(screen, "since", "2024-03-01")
    assert w.heading(screen) == loop.CHECK
    assert told(screen)[ASKS["since"]] == "2024-03-01"


def test_a_question_may_stay_open(screen: "Page") -> None:
    """What is offered instead of an answer is one."""
    given = {"itch": "unsure", "place": "skipped", "marks": "declined", "size": "unsure", "since": "unsure"}
    w.reviewed(screen, w.EVERY_TYPE, {**w.ANSWERS, **given, "notes": "declined"})
    person = "I would rather tell the professional in person"
    said = ["Not sure", "Skipped", person, "Not sure", "3", "Not sure", person, "No"]
    assert told(screen) == dict(zip(ASKS.values(), said, strict=True))


def test_what_is_offered_instead_takes_the_answer_back(screen: "Page") -> None:
    """Nothing stays chosen or typed beside it."""
    for id in w.walked(screen, w.EVERY_TYPE, w.ANSWERS):
        if not (asked := w.EVERY_TYPE.by_question.get(id)):
            continue
        for word, label in offered(asked):
            if word in asked.reserved:
                w.POINTER.put(screen, asked, w.ANSWERS[id])
                w.choice(screen, label).click()
                assert chosen(screen) == [word]
                assert typed(screen) == []


def test_an_option_that_stands_alone_does(screen: "Page") -> None:
    """Choosing it takes the others away; choosing another takes it away; so does typing."""
    at(screen, "marks")
    for label, left in (
        ("Dry patches", ["dry"]),
        ("Redness", ["dry", "red"]),
        ("Nothing", ["none"]),
        ("I would rather tell the professional in person", ["declined"]),
        ("Redness", ["red"]),
    ):
        w.choice(screen, label).click()
        assert chosen(screen) == left
    press(screen, OWN["next"])
    w.choice(screen, "Not sure").click()
    screen.locator("#value").fill("2")
    assert chosen(screen) == []


def test_a_certain_step_is_told_at_once(screen: "Page") -> None:
    """As soon as no answer can change it; who finishes there gets a summary that says that it is not whole."""
    at(screen, "certain", URGENT)
    assert w.heading(screen) == loop.NEXT_STEP.format("See a doctor first")
    assert loop.CERTAIN in screen.locator("main").inner_text()
    press(screen, loop.FINISH)
    said = screen.locator("main").inner_text()
    assert wording.MORE_COULD_COME in said
    assert OWN["code_later"] in said
    assert screen.locator("svg").count() == 0
    press(screen, OWN["change_answers"], loop.GO_ON)
    assert w.heading(screen) == ASKS["size"]


def test_a_step_that_is_no_longer_certain_is_taken_back(screen: "Page") -> None:
    """It is said aloud, above the next question; told once, it is not told again."""
    at(screen, "size", URGENT)
    press(screen, OWN["back"])
    waits_for(screen, ASKS["marks"])
    w.choice(screen, "Dark marks").click()
    put(screen, "marks", ["dry"])
    assert w.heading(screen) == ASKS["size"]
    assert screen.get_by_role("status").first.inner_text() == loop.TAKEN_BACK


def test_starting_over_wipes_everything(screen: "Page") -> None:
    """After one more question nothing is left: not on the page, not in its fields, not behind Back."""
    w.summarised(screen, w.EVERY_TYPE, w.ANSWERS)
    press(screen, OWN["start_over"], OWN["keep_answers"])
    waits_for(screen, w.EVERY_TYPE.title)
    assert screen.locator("svg").count() == 1
    press(screen, OWN["start_over"], OWN["wipe"])
    assert screen.get_by_role("button").all_inner_texts() == [OWN["begin"]]
    assert "It came in summer." not in screen.content()
    press(screen, OWN["begin"])
    assert chosen(screen) == []
    screen.go_back()
    waits_for(screen, w.EVERY_TYPE.title)
    assert screen.get_by_role("button").all_inner_texts() == [OWN["begin"]]
    put_everywhere = screen.evaluate("[document.cookie, localStorage.length, sessionStorage.length, location.hash]")
    assert put_everywhere == ["", 0, 0, ""]


def test_what_was_not_sent_is_wiped_too(screen: "Page") -> None:
    """A text that was typed, and left by Back, does not come up for the next person."""
    at(screen, "notes")
    screen.locator("#value").fill("Not for others.")
    press(screen, OWN["back"])
    waits_for(screen, ASKS["since"])
    press(screen, OWN["start_over"], OWN["wipe"])
    at(screen, "notes")
    assert typed(screen) == []


def test_a_source_is_found_from_where_it_is_named(chromium: "Browser", tmp_path: Path, pico: Any) -> None:
    """Its mark leads to its row in the details, which open for it; the address stays as it is."""
    with w.opened(chromium, w.saved(tmp_path, pico)) as page:
        address = page.url
        w.summarised(page, pico, ANSWERS)
        page.locator(".step a").first.click()
        assert page.evaluate(f"{w.FOCUSED}.id") == "source-C35"
        assert page.locator("#source-C35").is_visible()
        assert page.url == address


# ---- What is refused, in the words of `screener start`


def plainly(question: Question, line: str) -> str:
    """What numbered lines in a terminal say to this."""
    lines, said = [line], list[str]()

    def read(_: str) -> str:
        if not lines:
            raise EOFError
        return lines.pop()

    with pytest.raises(EOFError):
        PlainAsker(read, said.append, 10_000).ask(Step(question, 1, 1, True, None, (1,)))
    return said[-1].strip()


#: What is refused, by the ids of the questions; a date is put into three fields, and typed in one line.
REFUSED: dict[str, list[tuple[Any, str]]] = {
    "size": [(text, text) for text in ("51", "-1", "1,234", "3 kg", "a few", "2.55555")],
    "count": [(text, text) for text in ("2.5", "0", "some", "3 cm")],
    "marks": [(["dry", "red", "dark"], "1, 2, 3")],
    "since": [("1999-12-31", "1999-12-31"), ("99-12-31", "31.12.99")],
    "notes": [("a\u202eb", "a\u202eb")],
}


def test_a_refusal_reads_as_in_the_terminal(screen: "Page") -> None:
    """The same sentence, above the form and at the field; the question stays, with what was put in."""
    seen = []
    for id in w.walked(screen, w.EVERY_TYPE, w.ANSWERS):
        for plain, line in REFUSED.get(id, ()):
            put(screen, id, plain)
            said = plainly(w.EVERY_TYPE.by_question[id], line)
            assert screen.get_by_role("alert").inner_text().splitlines()[-1] == said
            assert screen.locator("#refusal").inner_text() == said
            assert w.heading(screen) == ASKS[id]
            assert chosen(screen) + typed(screen) != []
            seen.append(said)
            for _ in chosen(screen):
                screen.locator(":checked").first.uncheck()
    assert len(seen) == sum(map(len, REFUSED.values()))


#: What a screen says that is left empty, or half filled in.
MISSING: dict[str, list[tuple[dict[str, str], str]]] = {
    "itch": [({}, "Please choose one.")],
    "marks": [({}, "Please choose at least one.")],
    "count": [({}, "Please type an answer."), ({"value": "  "}, "Please type an answer.")],
    "since": [
        ({}, "Please type a day, a month and a year."),
        ({"day": "30", "year": "2024"}, "Please type a day, a month and a year."),
        ({"month": "2"}, "This is not a date. There is no such day; look at the month and the day."),
    ],
}


def test_what_is_missing_is_said(screen: "Page") -> None:
    """Nobody comes past a question without an answer, apart from one that may be skipped."""
    for id in w.walked(screen, w.EVERY_TYPE, w.ANSWERS):
        for fields, said in MISSING.get(id, ()):
            for field, text in fields.items():
                screen.locator(f"#{field}").fill(text)
            press(screen, OWN["next"])
            assert screen.locator("#refusal").inner_text() == said
    assert told(screen)[ASKS["last"]] == "No"


def test_a_text_that_may_be_skipped_may_stay_empty(screen: "Page") -> None:
    """Next is enough."""
    at(screen, "notes")
    press(screen, OWN["next"])
    assert w.heading(screen) == ASKS["last"]
