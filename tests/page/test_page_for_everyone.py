"""The page for those who see, read or touch in other ways: axe-core finds nothing, letters and fingers have room."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import page_screens as screens
import pytest
import walked_page as w

from screener.page.build import PageKind
from screener.page.words import NO_SCRIPT, ON_A_KIOSK, OWN

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

WIDE, ZOOMED, NARROW = ({"width": width, "height": height} for width, height in ((1280, 800), (640, 400), (320, 568)))
LOOKS: dict[str, tuple[Any, dict[str, Any]]] = {
    "light": (WIDE, {"color_scheme": "light", "forced_colors": "none"}),
    "dark": (WIDE, {"color_scheme": "dark", "forced_colors": "none"}),
    "forced colours": (WIDE, {"color_scheme": "light", "forced_colors": "active"}),
    "forced dark colours": (WIDE, {"color_scheme": "dark", "forced_colors": "active"}),
    "twice as large": (ZOOMED, {"color_scheme": "light", "forced_colors": "none"}),
    "narrow": (NARROW, {"color_scheme": "light", "forced_colors": "none"}),
    "narrow and dark": (NARROW, {"color_scheme": "dark", "forced_colors": "none"}),
}


def in_every_look(page: "Page", screen: str) -> list[str]:
    """What is wrong with a screen in any look, each with where."""
    wrong = []
    for look, (size, media) in LOOKS.items():
        page.set_viewport_size(size)
        page.emulate_media(**media)
        wrong += [f"{screen}, {look}: {one}" for one in screens.found(page)]
        wrong += [f"{screen}, {look}: too wide"] if screens.too_wide(page) else []
    return wrong


def test_nothing_stands_in_the_way(chromium: "Browser", tmp_path: Path) -> None:
    """Every screen, light and dark, in forced colours, at 200 % and on the smallest phone."""
    with w.opened(chromium, w.saved(tmp_path, w.EVERY_TYPE), device_scale_factor=2) as page:
        assert [one for screen in screens.every_screen(page) for one in in_every_look(page, screen)] == []


def test_nothing_stands_in_the_way_on_a_phone(chromium: "Browser", tmp_path: Path) -> None:
    """Every screen; what can be touched is at least 44 pixels high and wide, also where letters have more room."""
    with w.opened(chromium, w.saved(tmp_path, w.EVERY_TYPE), viewport=NARROW) as page:
        for screen in screens.every_screen(page):
            assert screens.found(page) == [], screen
            assert screens.small_targets(page) == [], screen
            assert not screens.too_wide(page), screen
            if screen == "start":
                page.evaluate(screens.AIRY)


def test_a_tablet_for_many_is_for_everyone(chromium: "Browser", tmp_path: Path) -> None:
    """Its foot as well, also while it warns, and after it was cleared."""
    with w.context(chromium, viewport=WIDE) as context:
        page = context.new_page()
        page.clock.install()
        page.goto(w.saved(tmp_path, w.EVERY_TYPE, PageKind(idle=300)).as_uri())
        w.POINTER.press(page, OWN["begin"])
        for seconds, said in (
            (10, "clears itself in 4:"),
            (271, "This page clears itself in 1"),
            (30, ON_A_KIOSK["cleared"]),
        ):
            page.clock.fast_forward(seconds * 1000)
            page.get_by_text(said).first.wait_for()
            assert screens.found(page) == []
            assert screens.small_targets(page) == []


@pytest.mark.parametrize("missing", ["scripts", "DecompressionStream"])
def test_a_list_is_for_everyone(chromium: "Browser", tmp_path: Path, missing: str) -> None:
    """Where the page can't ask, what stands there instead is as well made, with each question and its options."""
    path = w.saved(tmp_path, w.EVERY_TYPE)
    with w.context(chromium, java_script_enabled=missing != "scripts") as context:
        context.add_init_script(f"delete globalThis.{missing}")
        page = context.new_page()
        page.goto(path.as_uri())
        assert page.get_by_text(NO_SCRIPT).is_visible()
        said = page.locator("body").inner_text()
        for question in w.EVERY_TYPE.questions:
            assert question.ask in said
            assert all(f"☐ {label}" in said for label, _ in w.options(question))
        if missing != "scripts":
            assert in_every_look(page, missing) == []
