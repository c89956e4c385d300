"""A page on a clinic's tablet, which many people use one after the other: what one leaves, the next never sees."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import walked_page as w

from screener.interview.loop import ALL_RIGHT
from screener.page.build import PageKind
from screener.page.words import ON_A_KIOSK, OWN

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

IDLE = 90


@pytest.fixture
def tablet(chromium: "Browser", tmp_path: Path, artefacts: Path) -> "Iterator[Page]":
    """The page on a tablet; its clock goes on only when told to."""
    with w.context(chromium, viewport={"width": 820, "height": 1180}, has_touch=True) as context:
        page = context.new_page()
        page.clock.install(time="2026-03-31T09:00:00")
        page.goto(w.saved(tmp_path, w.EVERY_TYPE, PageKind(idle=IDLE)).as_uri())
        page.locator(w.READY).wait_for()
        page.clock.pause_at("2026-03-31T09:05:00")
        yield page
        page.screenshot(path=artefacts / "page-tablet-for-many.png")


def pass_by(page: "Page", seconds: int) -> None:
    """Let nobody touch the page for so long."""
    page.clock.run_for(seconds * 1000)


def left(page: "Page") -> str:
    """What stands at the foot, if it is in sight."""
    foot = page.locator(".left")
    return foot.inner_text() if foot.is_visible() else ""


def aloud(page: "Page") -> str:
    """What a screen reader says by itself of the time that is left."""
    return page.locator(".kiosk").get_by_role("status").inner_text()


def is_clean(page: "Page") -> bool:
    """Whether the page is as if nobody had ever used it, whatever note stands above it."""
    buttons = [text for text in page.get_by_role("button").all_inner_texts() if text != ON_A_KIOSK["full_screen"]]
    return buttons == [OWN["begin"]] and not any(text in page.content() for text in ("It came in summer.", "2.5 cm"))


def test_the_time_that_is_left_is_shown(tablet: "Page") -> None:
    """It counts down while there is something to clear, in sight wherever one has scrolled to; a touch resets it."""
    pass_by(tablet, 300)
    assert left(tablet) == ""
    w.POINTER.press(tablet, OWN["begin"])
    for seconds, time in ((1, "1:29"), (29, "1:00"), (20, "0:40")):
        pass_by(tablet, seconds)
        assert left(tablet) == ON_A_KIOSK["clears_in"].format(time)
    tablet.set_viewport_size({"width": 820, "height": 400})
    box = tablet.locator(".left").bounding_box()
    assert box
    assert box["y"] + box["height"] <= 400
    tablet.keyboard.press("Shift")
    assert left(tablet) == ON_A_KIOSK["clears_in"].format("1:30")
    tablet.touchscreen.tap(5, 5)
    pass_by(tablet, 89)
    assert left(tablet) == ON_A_KIOSK["clears_soon"].format(1)


def test_it_is_said_before_it_clears(tablet: "Page") -> None:
    """Twenty seconds before, in sight and aloud; any key lets the person go on where they were."""
    w.POINTER.press(tablet, OWN["begin"])
    pass_by(tablet, IDLE - 21)
    assert aloud(tablet) == ""
    pass_by(tablet, 1)
    assert left(tablet) == aloud(tablet) == ON_A_KIOSK["clears_soon"].format(20)
    pass_by(tablet, 5)
    assert left(tablet) == ON_A_KIOSK["clears_soon"].format(15)
    assert aloud(tablet) == ON_A_KIOSK["clears_soon"].format(20)  # said once
    tablet.keyboard.press("Shift")
    assert aloud(tablet) == ""
    pass_by(tablet, IDLE - 1)
    assert w.heading(tablet) == w.EVERY_TYPE.by_question["itch"].ask


@pytest.mark.parametrize("until", ["since", "review", "summary"])
def test_nothing_is_left_when_it_clears(tablet: "Page", until: str) -> None:
    """On whatever screen it was left: the first one comes, with a word on why, and no way back to the answers."""
    for screen in w.walked(tablet, w.EVERY_TYPE, w.ANSWERS):
        if screen == until:
            break
    if until == "summary":
        w.POINTER.press(tablet, ALL_RIGHT)
    assert not is_clean(tablet)
    pass_by(tablet, IDLE)
    assert w.heading(tablet) == w.EVERY_TYPE.title
    assert tablet.get_by_role("status").first.inner_text() == ON_A_KIOSK["cleared"]
    assert is_clean(tablet)
    assert w.focus(tablet) == w.EVERY_TYPE.title
    assert left(tablet) == aloud(tablet) == ""
    w.POINTER.press(tablet, OWN["begin"])
    assert tablet.locator(":checked").count() == 0
    for way in ("back", "forward", "forward"):
        tablet.evaluate(f"history.{way}()")
        tablet.wait_for_load_state()
        assert tablet.locator(":checked").count() == 0
        assert "It came in summer." not in tablet.content()


def test_the_next_person_begins_anew(tablet: "Page") -> None:
    """Who is done says so; everything is wiped for the next."""
    w.summarised(tablet, w.EVERY_TYPE, w.ANSWERS)
    w.POINTER.press(tablet, ON_A_KIOSK["start_over"])
    assert w.heading(tablet) == ON_A_KIOSK["ask_start_over"]
    w.POINTER.press(tablet, ON_A_KIOSK["wipe"])
    assert is_clean(tablet)


def test_it_fills_the_screen(tablet: "Page") -> None:
    """One button makes it do so, and takes that back."""
    for full in (True, False):
        w.POINTER.press(tablet, ON_A_KIOSK["full_screen"])
        tablet.wait_for_function(f"Boolean(document.fullscreenElement) === {str(full).lower()}")
