"""The page on phones, a tablet and a desk, as pictures for people to look at; the code on it is scanned from them."""

import json
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import page_screens as screens
import pytest
import scanning
import walked_page as w
from commands import file, start
from terminals import ANSWERS

from screener import RuleFile
from screener.interview.loop import ALL_RIGHT
from screener.page.build import PageKind
from screener.page.code.sealing import new_pair, public_key
from screener.page.words import OWN
from screener.rulefile.loader import load
from screener.summary.wording import CODE_IS_SEALED

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


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


#: Texts of a rule file in a language that is written from right to left.
ARABIC = {
    "language: en": "language: ar",
    "Skin, in short": "بشرتك باختصار",
    "A few questions before you talk with a professional.": "بعض الأسئلة قبل أن تتحدث مع مختص.",
    "Does your skin itch?": "هل تشعر بحكة في بشرتك؟",
    "Also count an itch that comes and goes.": "احسب أيضًا الحكة التي تأتي وتذهب.",
    "What do you see there?": "ماذا ترى هناك؟",
    "Dry patches": "بقع جافة",
    "Pink counts too.": "الوردي أيضًا.",
    "A doctor should look at it before anything else.": "يجب أن يراها طبيب قبل أي شيء آخر.",
    "See a doctor first": "اذهب إلى الطبيب أولًا",
}


def left_of(page: "Page", selector: str) -> float:
    """Where the first of these begins, from the left edge of the screen."""
    box = page.locator(selector).first.bounding_box()
    assert box
    return box["x"]


def test_a_page_is_mirrored_where_its_language_is(chromium: "Browser", tmp_path: Path, artefacts: Path) -> None:
    """What one chooses by stands at the right of its label, Back at the right edge, the summary begins there."""
    text = w.TEXT
    for ours, theirs in ARABIC.items():
        text = text.replace(ours, theirs)
    rules = load(text, today=w.DAY)
    with w.opened(chromium, w.saved(tmp_path, rules), **DEVICES["iphone"]) as page:
        assert page.locator("html").get_attribute("dir") == "rtl"
        for screen in chain(w.walked(page, rules, screens.URGENT), ["summary"]):
            page.screenshot(path=artefacts / f"page-arabic-{screen}.png", full_page=True)
            assert not screens.too_wide(page)
            if page.locator(".choice").count():
                assert left_of(page, ".choice input") > left_of(page, ".choice label")
            assert left_of(page, ".back") > 195
            if screen == "review":
                assert left_of(page, ".answers button") < left_of(page, ".answers dt")
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


@pytest.mark.usefixtures("scanner")
def test_a_sealed_code_is_scanned_too(chromium: "Browser", tmp_path: Path, pico: RuleFile) -> None:
    """The browser seals it by itself; what is scanned opens with the clinic's key, and the page says whose it is."""
    private, public = new_pair()
    path = w.saved(tmp_path, pico, PageKind(key=public_key(public)))
    with w.opened(chromium, path, **DEVICES["iphone"]) as page:
        w.summarised(page, pico, ANSWERS)
        page.locator(".code svg").scroll_into_view_if_needed()
        assert CODE_IS_SEALED in page.locator(".code").inner_text()
        assert screens.found(page) == []
        page.screenshot(path=tmp_path / "screen.png")
    (text,) = scanning.scanned(tmp_path / "screen.png")
    key = file(tmp_path, private, "code-key.pem")
    key.chmod(0o600)
    answers = file(tmp_path, json.dumps(ANSWERS), "answers.json")
    assert start("--from-code", text, "--code-key", key)[1] == start("--answers", answers)[1] != ""
