"""The picture of a rule file in a browser: nothing overlaps, all can be read, opened, closed, heard and printed."""

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from browser import FONTS
from drawings import HOSTILE, loaded, rule_file
from measuring import contrasts, misplaced
from strategies import built

from screener import RuleFile
from screener.authoring.picture.webpage import page

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Dialog, Page

WIDTHS = (320, 768, 1280)


@contextmanager
def shown(chromium: "Browser", text: str, width: int = 1280, **how: Any) -> "Iterator[Page]":
    """A page in a window of this width, without a network; it may ask for nothing and say nothing by itself."""
    context = chromium.new_context(viewport={"width": width, "height": 900}, offline=True, **how)
    done: list[str] = []

    def refuse(dialog: "Dialog") -> None:
        done.append(dialog.message)
        dialog.dismiss()

    try:
        page = context.new_page()
        page.on("request", lambda request: done.append(request.url))
        page.on("console", lambda message: done.append(message.text))
        page.on("dialog", refuse)
        page.set_content(text)
        yield page
        assert done == []
    finally:
        context.close()


def five() -> RuleFile:
    """A rule file with every kind of next step, beside a question and beside none."""
    dispositions = [{"id": f"d{rank}", "title": f"Stage {rank}", "says": "Do."} for rank in range(5)]
    line = rule_file()["guidance"][0]
    guidance = [line | {"id": f"g{rank}", "disposition": f"d{rank}"} for rank in range(5)]
    second = {"id": "r", "type": "text", "ask": "Where?", "when": {"q": "yes"}}
    questions = [*rule_file()["questions"], second, second | {"id": "s"}]
    return built(rule_file(dispositions=dispositions, guidance=guidance, questions=questions))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_contrast(scheme: Any, chromium: "Browser", pico: RuleFile) -> None:
    """On light screens and on dark ones every text has at least 4.5 to 1 against the ground it is on."""
    for rules in (pico, five()):
        with shown(chromium, page(rules), color_scheme=scheme) as opened:
            found = contrasts(opened)

        assert len(found) > 8
        assert {pair: ratio for pair, ratio in found.items() if ratio < 4.5} == {}
    grounds = {pair.partition(" on ")[2] for pair in found}
    assert ("rgb(255, 255, 255)" in grounds) == (scheme == "light")


@pytest.mark.parametrize("font", FONTS)
@pytest.mark.parametrize("width", WIDTHS)
def test_every_text_lies_in_its_frame(font: str, width: int, chromium: "Browser", pico: RuleFile) -> None:
    """On a phone, a tablet and a desk, in narrow and in wide letters, no text leaves its frame and nothing overlaps."""
    with shown(chromium, page(pico), width) as opened:
        opened.add_style_tag(content=f"* {{ font-family: '{font}' !important; }}")

        assert misplaced(opened) == []


@pytest.mark.parametrize("width", WIDTHS)
def test_hostile_texts_lie_in_their_frames(width: int, chromium: "Browser") -> None:
    """The same holds for words without an end, other scripts, and texts that look like code; and nothing runs."""
    with shown(chromium, page(hostile()), width) as opened:
        assert misplaced(opened) == []


def hostile() -> RuleFile:
    """A rule file with every hostile text in every place."""
    label = {f"o{at}": {"label": text, "help": text} for at, text in enumerate(HOSTILE)}
    asked = [
        {"id": f"q{at}", "section": text, "type": "one", "ask": text, "help": text, "why": text, "options": label}
        | ({"when": {"q0": ["o1"]}} if at else {})
        for at, text in enumerate(HOSTILE)
    ]
    guidance = [
        {"id": f"g{at}", "topic": text, "says": text, "ask": text, "disposition": f"d{at}", "when": {f"q{at}": ["o2"]}}
        for at, text in enumerate(HOSTILE)
    ]
    ways = [{"id": f"d{at}", "title": text, "says": text} for at, text in enumerate(HOSTILE)]
    whole = rule_file(title=HOSTILE[0], intro=HOSTILE[-2], questions=asked, guidance=guidance, dispositions=ways)
    return loaded(whole | {"referral": {"says": HOSTILE[-1]}, "not_covered": {"says": HOSTILE[3]}})


def test_sections_open_and_close_without_a_mouse(chromium: "Browser", pico: RuleFile) -> None:
    """Every section is open at first; Enter on its heading closes it, and it is a heading to those who listen."""
    with shown(chromium, page(pico)) as opened:
        section = opened.locator("details", has_text="Does any of this apply to your health?")
        question = section.get_by_role("heading", name="13. Does any of this apply to your health?")

        assert question.is_visible()
        assert section.get_by_role("heading", name="Your health", level=2).count() == 1

        section.locator("summary").focus()
        opened.keyboard.press("Enter")

        assert not question.is_visible()


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="needs pdftotext; tests/web/install brings it")
def test_what_is_closed_is_printed_all_the_same(tmp_path: Path, chromium: "Browser", pico: RuleFile) -> None:
    """Paper can't be opened: every question and guidance line is printed, whatever is closed on the screen."""
    with shown(chromium, page(pico), color_scheme="dark") as opened:
        opened.evaluate("document.querySelectorAll('details').forEach((one) => one.open = false)")
        opened.pdf(path=tmp_path / "picture.pdf", format="A4")
    command = ["pdftotext", "-raw", str(tmp_path / "picture.pdf"), "-"]
    printed = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True).stdout
    said = [*(question.ask for question in pico.questions), *(line.says for line in pico.guidance)]

    assert [one for one in said if squeezed(one) not in squeezed(printed)] == []


def squeezed(text: str) -> str:
    """The text without blanks, and without what marks a word that was broken."""
    return "".join(text.split()).replace("\u00ad", "")
