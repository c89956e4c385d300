"""The page as one element in a page of somebody else: it works there, and neither disturbs the other."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import walked_page as w

from screener.interview.loop import ALL_RIGHT, CHECK
from screener.page.build import fragment
from screener.page.words import OWN

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

CLINIC = "http://clinic.test/"
#: A style that reaches for everything, with a size of letters that many sites have.
STYLE = """<style>html { font-size: 62.5%; } body { font: 3rem/3 serif; letter-spacing: 9px; text-align: center; }
* { color: rgb(255, 0, 0); text-transform: uppercase; } div { font-size: 5rem; }
button, h1 { display: none; }</style>"""
COUNT = "<script>globalThis.before = new Set(Object.getOwnPropertyNames(globalThis));</script>"
NEW = "Object.getOwnPropertyNames(globalThis).filter((name) => !before.has(name) && name !== 'before')"
LOOK = """(selector) => {
    const found = document.querySelector(selector);
    const {color, fontSize, lineHeight, textTransform, letterSpacing, textAlign, display} =
        getComputedStyle(found ?? document.querySelector("#element > div").shadowRoot.querySelector(selector));
    return [color, fontSize, lineHeight, textTransform, letterSpacing, textAlign, display];
}"""


@contextmanager
def embedded(browser: "Browser", head: str = "", policy: str = "", element: str = "") -> Iterator["Page"]:
    """A clinic's page with this head and the element, under a policy if there is one."""
    body = f'<!DOCTYPE html><html lang="en"><head><title>Clinic</title>{head}</head><body><p id="own">Our clinic</p>'
    body += f'<div id="element">{element or fragment(w.EVERY_TYPE)}</div></body></html>'
    headers = {"Content-Security-Policy": policy} if policy else {}

    def serve(route: "Route") -> None:
        route.fulfill(body=body, content_type="text/html; charset=utf-8", headers=headers)

    with w.context(browser, ours=CLINIC) as context:
        context.route(CLINIC, serve)
        page = context.new_page()
        page.goto(CLINIC)
        page.locator(w.READY).first.wait_for()
        yield page


def test_it_works_under_the_policy_that_it_names(chromium: "Browser") -> None:
    """With that policy and no other, the whole interview, by keys; the code is there at its end."""
    element = fragment(w.EVERY_TYPE)
    named = re.search(r"it must allow these scripts:\n(.*?) -->", element)
    assert named
    with embedded(chromium, policy=named[1]) as page:
        screens = w.reviewed(page, w.EVERY_TYPE, w.ANSWERS, w.KEYBOARD)
        assert screens == [*w.ANSWERS, "review"]
        assert w.focus(page) == w.heading(page) == CHECK
        w.KEYBOARD.press(page, ALL_RIGHT)
        assert page.locator(".code svg").is_visible()


def test_it_leaves_the_page_around_it_alone(chromium: "Browser") -> None:
    """No global, no other title, no address, no step in the history, no style; its headings are below theirs."""
    with embedded(chromium, head=STYLE + COUNT) as page:
        before = page.evaluate(LOOK, "#own")
        steps = page.evaluate("history.length")
        for _ in w.walked(page, w.EVERY_TYPE, w.ANSWERS):
            assert page.title() == "Clinic"
        assert page.evaluate(NEW) == []
        assert (page.evaluate("history.length"), page.evaluate("history.state"), page.url) == (steps, None, CLINIC)
        assert page.evaluate(LOOK, "#own") == before
        assert page.locator("h1").get_attribute("aria-level") == "2"
        assert page.evaluate("document.querySelectorAll('main, footer, style').length") == 1  # the style of the clinic
        w.POINTER.press(page, OWN["start_over"])
        w.POINTER.press(page, OWN["wipe"])
        assert w.heading(page) == w.EVERY_TYPE.title


def test_the_page_around_it_leaves_it_alone(chromium: "Browser", tmp_path: Path) -> None:
    """It looks as it does by itself, whatever the style around it says of all elements."""
    parts = [".screen > p", ".screen h1", ".screen button", ".private"]
    with w.opened(chromium, w.saved(tmp_path, w.EVERY_TYPE)) as page:
        alone = [page.evaluate(LOOK, part) for part in parts]
    with embedded(chromium, head=STYLE) as page:
        assert [page.evaluate(LOOK, part) for part in parts] == alone


def test_two_of_them_are_apart(chromium: "Browser") -> None:
    """What is answered in one is not answered in the other."""
    with embedded(chromium, element=fragment(w.EVERY_TYPE) * 2) as page:
        page.get_by_role("button", name=OWN["begin"]).last.click()
        assert page.locator("h1").all_inner_texts() == [w.EVERY_TYPE.title, w.EVERY_TYPE.questions[0].ask]
