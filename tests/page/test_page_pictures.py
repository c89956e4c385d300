"""The page on phones, a tablet and a desk, as pictures for people to look at; the code on it is scanned from them."""

from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import page_screens as screens
import pytest
import scanning
import walked_page as w
from terminals import ANSWERS

from screener import RuleFile
from screener.interview.loop import ALL_RIGHT
from screener.page.words import OWN

if TYPE_CHECKING:
    from playwright.sync_api import Browser


def device(width: int, height: int, scale: float, touched: bool = True) -> dict[str, Any]:
    """What a browser on this device has."""
    size = {"width": width, "height": height}
    return {"viewport": size, "device_scale_factor": scale, "is_mobile": touched, "has_touch": touched}


DEVICES = {
    "iphone": device(390, 844, 3),
    "small-iphone": device(320, 568, 2),
    "android": device(412, 915, 2.625),
    "small-android": device(360, 640, 3),
    "tablet": device(820, 1180, 2),
    "desk": device(1280, 800, 1, touched=False),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", list(DEVICES))
def test_every_screen_fits_every_device(chromium: "Browser", tmp_path: Path, artefacts: Path, name: str) -> None:
    """Nothing is wider than the screen, and nothing to touch smaller than a fingertip."""
    with w.opened(chromium, w.saved(tmp_path, w.EVERY_TYPE), **DEVICES[name]) as page:
        for screen in screens.every_screen(page):
            page.screenshot(path=artefacts / f"page-{name}-{screen}.png", full_page=True)
            assert not screens.too_wide(page)
            assert screens.small_targets(page) == []


@pytest.mark.slow
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_real_questionnaire_fits(
    chromium: "Browser", tmp_path: Path, artefacts: Path, pico: RuleFile, scheme: str
) -> None:
    """The same for the one that comes with the tool, whose texts are longer; axe-core finds nothing either."""
    with w.opened(chromium, w.saved(tmp_path, pico), **DEVICES["iphone"], color_scheme=scheme) as page:
        for screen in chain(w.walked(page, pico, ANSWERS), ["summary"]):
            page.screenshot(path=artefacts / f"page-pico-laser-{scheme}-{screen}.png", full_page=True)
            assert not screens.too_wide(page)
            assert screens.found(page) == []
            if screen == "review":
                w.POINTER.press(page, ALL_RIGHT)


@pytest.mark.usefixtures("scanner")
@pytest.mark.parametrize(("name", "scheme"), [("iphone", "light"), ("small-iphone", "dark"), ("desk", "dark")])
def test_the_code_is_scanned_from_the_screen(
    chromium: "Browser", tmp_path: Path, pico: RuleFile, name: str, scheme: str
) -> None:
    """It is as wide as a phone allows, on a light ground at night too, and reads as its letters do."""
    with w.opened(chromium, w.saved(tmp_path, pico), **DEVICES[name], color_scheme=scheme) as page:
        w.summarised(page, pico, ANSWERS)
        page.get_by_text(OWN["code_in_letters"]).click()
        letters = page.locator(".code details p").inner_text()
        code = page.locator(".code svg")
        code.scroll_into_view_if_needed()
        page.screenshot(path=tmp_path / "screen.png")
        box = code.bounding_box()
        assert box
        assert box["width"] >= min(320, DEVICES[name]["viewport"]["width"] - 32)
        assert abs(box["width"] - box["height"]) < 1
        assert scanning.scanned(tmp_path / "screen.png") == [letters]
