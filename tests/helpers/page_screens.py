"""Every kind of screen of a page, one after the other, and what a machine finds wrong with how it is built."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from paths import WEB
from walked_page import ANSWERS, EVERY_TYPE, POINTER, walked

from screener.interview.loop import ALL_RIGHT
from screener.page.words import OWN
from screener.summary.wording import DETAILS

if TYPE_CHECKING:
    from playwright.sync_api import Page

#: With an answer after which the next step is certain.
URGENT: Mapping[str, Any] = {**ANSWERS, "marks": ["dry", "dark"]}
#: Questions that are sent off empty first.
EMPTY = ("itch", "marks", "size", "since")
AXE = WEB / "node_modules/axe-core/axe.min.js"
TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
FIND = """async (tags) => {
    const {violations} = await axe.run(document, {runOnly: tags, resultTypes: ["violations"]});
    return violations.flatMap(({id, nodes}) => nodes.map(({html, failureSummary}) => [id, html, failureSummary]));
}"""
# What can be touched, apart from links in a text: with the frame that belongs to it.
TARGETS = """() => [...document.querySelectorAll("button, .choice, .typed, details > summary")]
    .filter((one) => one.checkVisibility())
    .map((one) => [one.textContent || one.id, one.getBoundingClientRect()])
    .map(([name, {width, height}]) => [name, width, height])"""
# As a person may have texts set who reads them with more room; what WCAG 1.4.12 asks for.
AIRY = """() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
        word-spacing: 0.16em !important; }
        p { margin-block-end: 2em !important; }`);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}"""


def every_screen(page: "Page") -> Iterator[str]:
    """The name of each screen while it is shown, from the first to the question whether to start over."""
    yield "start"
    for screen in walked(page, EVERY_TYPE, URGENT):
        yield screen
        if screen in EMPTY:
            POINTER.press(page, OWN["next"])
            yield f"{screen}-refused"
    POINTER.press(page, ALL_RIGHT)
    yield "summary"
    for folded in (DETAILS, OWN["code_in_letters"]):
        page.get_by_text(folded, exact=True).click()
    yield "details"
    POINTER.press(page, OWN["start_over"])
    yield "start-over"


def found(page: "Page") -> list[str]:
    """What axe-core finds wrong with what is shown now."""
    if page.evaluate("!globalThis.axe"):
        page.evaluate(AXE.read_text("utf-8"))
    return [" | ".join(one) for one in page.evaluate(FIND, TAGS)]


def too_wide(page: "Page") -> bool:
    """Whether what is shown is wider than the screen."""
    wide: bool = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    return wide


def small_targets(page: "Page", least: int = 44) -> list[str]:
    """What can be touched and is smaller than a fingertip."""
    return [name for name, width, height in page.evaluate(TARGETS) if min(width, height) < least]
