"""The page without a pointer, and as a screen reader is told of it: every screen, every kind of question."""

from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import walked_page as w
from terminals import ANSWERS

from screener import RuleFile
from screener.interview import loop
from screener.page.words import OWN

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

NOT_SURE, IN_PERSON = "Not sure", "I would rather tell the professional in person"
CHOICES = ("radio", "checkbox")


def at(page: "Page", id: str, hand: w.Hand = w.KEYBOARD) -> None:
    """Go on to one question, by keys."""
    assert any(screen == id for screen in w.walked(page, w.EVERY_TYPE, w.ANSWERS, hand))


@pytest.mark.parametrize("name", ["every-type", "pico-laser"])
def test_an_interview_takes_no_pointer(chromium: "Browser", tmp_path: Path, pico: RuleFile, name: str) -> None:
    """Tab, arrows, Space and Enter answer everything; each screen begins at its heading, which says what it is."""
    rules, answers = (w.EVERY_TYPE, w.ANSWERS) if name == "every-type" else (pico, ANSWERS)
    with w.opened(chromium, w.saved(tmp_path, rules)) as page:
        screens = []
        for screen in w.walked(page, rules, answers, w.KEYBOARD):
            assert w.focus(page) == w.heading(page)
            screens.append(screen)
            if screen in rules.by_question:
                assert w.heading(page) == rules.by_question[screen].ask
        assert w.heading(page) == loop.CHECK
        w.KEYBOARD.press(page, loop.ALL_RIGHT)

        assert w.focus(page) == w.heading(page) == rules.title
        assert [screen for screen in screens if screen in rules.by_question] == list(answers)
        assert ("certain" in screens) == (rules is pico)
        w.KEYBOARD.press(page, OWN["start_over"])
        assert w.focus(page) == w.heading(page) == OWN["ask_start_over"]
        w.KEYBOARD.press(page, OWN["wipe"])
        assert w.focus(page) == w.heading(page) == rules.title
        assert page.get_by_role("button").all_inner_texts() == [OWN["begin"]]


def test_questions_are_heard_whole(chromium: "Browser", tmp_path: Path) -> None:
    """Each is the one heading and the name of the group; its options have names, and their help as descriptions."""
    with w.opened(chromium, w.saved(tmp_path, w.EVERY_TYPE)) as page:
        for screen in w.walked(page, w.EVERY_TYPE, w.ANSWERS):
            if not (asked := w.EVERY_TYPE.by_question.get(screen)):
                continue
            assert [one.name for one in w.of_role(page, "heading")] == [asked.ask]
            (group,) = w.groups(page)
            assert (group.name, asked.help or "") == (asked.ask, group.described)
            heard = w.of_role(page, *CHOICES)
            assert [one.role for one in heard] == [w.control(asked)] * len(heard)
            assert [(one.name, one.described) for one in heard] == w.options(asked)


def test_fields_are_heard_with_how_to_fill_them(chromium: "Browser", tmp_path: Path) -> None:
    """A number has its question, unit and form; the parts of a date have their names, and the form of the whole."""
    found = {}
    with w.opened(chromium, w.saved(tmp_path, w.EVERY_TYPE)) as page:
        for screen in w.walked(page, w.EVERY_TYPE, w.ANSWERS):
            found[screen] = [(one.name, one.described) for one in w.of_role(page, "textbox")]
    date = "A date, from 1 January 2000 to today."
    assert {id: fields for id, fields in found.items() if fields} == {
        "size": [("How large is it? cm", "A number in cm, from 0 to 50, such as 7.5.")],
        "count": [("How many are there?", "A whole number, 1 or more, such as 18.")],
        "since": [("Day", date), ("Month", date), ("Year", date)],
        "notes": [("What else should the professional know?", "")],
    }


def test_what_is_refused_is_heard_first(chromium: "Browser", tmp_path: Path) -> None:
    """An alert takes the focus and leads to the field, which is invalid and described by why; the title says so too."""
    why = "The largest possible is 50."
    with w.opened(chromium, w.saved(tmp_path, w.EVERY_TYPE)) as page:
        at(page, "size")
        before = page.title()
        w.KEYBOARD.put(page, w.EVERY_TYPE.by_question["size"], "51")
        w.KEYBOARD.press(page, OWN["next"])

        assert page.evaluate(f"{w.FOCUSED}.getAttribute('role')") == "alert"
        assert w.focus(page) == OWN["refused"] + why
        assert page.title() == f"{OWN['refused']} – {w.EVERY_TYPE.title}" != before
        (field,) = w.of_role(page, "textbox")
        assert field.described.endswith(why)
        assert page.locator("#value").get_attribute("aria-invalid") == "true"
        page.keyboard.press(w.TAB)
        assert w.focus(page) == why
        page.keyboard.press(w.ENTER)
        assert page.evaluate(f"{w.FOCUSED}.id") == "value"

        page.locator("#value").fill("50")
        w.KEYBOARD.press(page, OWN["next"])
        assert w.heading(page) == w.EVERY_TYPE.by_question["count"].ask
        assert page.title() == f"Question 5 of 8 – {w.EVERY_TYPE.title}"
        assert w.of_role(page, "alert") == []


def test_no_choice_is_heard_at_the_options(chromium: "Browser", tmp_path: Path) -> None:
    """Where nothing is chosen the alert leads to the first option, and the group says what is missing."""
    with w.opened(chromium, w.saved(tmp_path, w.EVERY_TYPE)) as page:
        at(page, "itch")
        w.KEYBOARD.press(page, OWN["next"])
        (group,) = w.groups(page)
        assert group.described == "Also count an itch that comes and goes. Please choose one."
        page.keyboard.press(w.TAB)
        page.keyboard.press(w.ENTER)
        assert w.focus(page) == "Yes"


def test_enter_in_a_field_goes_on(chromium: "Browser", tmp_path: Path) -> None:
    """Who has typed need not look for the button."""
    with w.opened(chromium, w.saved(tmp_path, w.EVERY_TYPE)) as page:
        at(page, "size")
        w.KEYBOARD.put(page, w.EVERY_TYPE.by_question["size"], "2,5")
        page.keyboard.press(w.ENTER)
        assert w.heading(page) == w.EVERY_TYPE.by_question["count"].ask


def test_why_we_ask_opens_by_a_key(chromium: "Browser", tmp_path: Path) -> None:
    """It is there for each question, folded."""
    with w.opened(chromium, w.saved(tmp_path, w.EVERY_TYPE)) as page:
        at(page, "itch")
        assert not page.get_by_text("An itch can be a sign of dry skin.").is_visible()
        w.tab_to(page, OWN["why"])
        page.keyboard.press(w.SPACE)
        assert page.get_by_text("An itch can be a sign of dry skin.").is_visible()


def test_the_summary_is_heard_in_parts(chromium: "Browser", tmp_path: Path, pico: RuleFile) -> None:
    """One heading of the first level, its parts below it as regions with names, the code as a picture with a name."""
    with w.opened(chromium, w.saved(tmp_path, pico)) as page:
        w.summarised(page, pico, ANSWERS)
        page.get_by_text("Details", exact=True).click()
        levels = page.locator("h1, h2, h3").evaluate_all("all => all.map(({tagName}) => Number(tagName[1]))")
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(later - earlier <= 1 for earlier, later in pairwise(levels))
        regions = [one.name for one in w.of_role(page, "region")]
        assert "" not in regions
        assert regions[0].upper().startswith("NEXT STEP: ")
        assert "What to tell before any treatment" in regions
        assert [one.name for one in w.of_role(page, "image", "img")] == ["A code to scan"]
