"""Where the page can't ask, because no script runs or the browser is old, the questions stand as a list to print."""

import base64
import json
import re
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING
from unicodedata import normalize

import pytest
from live_pages import finish, opened
from pypdf import PdfReader
from readers import real

from screener.engine.answers import offered
from screener.page.build import fragment, webpage
from screener.page.words import NO_SCRIPT
from screener.rulefile.model import RuleFile

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

#: What browsers of some years ago do not have.
LACKING = (
    "delete window.DecompressionStream",
    "delete CSS.escape",
    "delete window.CSS",
    "delete Array.prototype.at",
    "delete String.prototype.matchAll",
    "delete Object.fromEntries",
    "delete Element.prototype.replaceChildren",
    "delete Document.prototype.adoptedStyleSheets",
)


def listed(page: "Page", rules: RuleFile) -> None:
    """Every question is there with what it offers, below one sentence that says why; and nothing to press."""
    text = page.locator("body").inner_text()
    items = page.locator(".without > ol > li")
    assert NO_SCRIPT in text
    assert page.locator("h1:visible").all_inner_texts() == [rules.title]
    assert page.locator("button:visible, input:visible, form:visible").count() == 0
    assert items.count() == len(rules.questions)
    for question, item in zip(rules.questions, items.all(), strict=True):
        said = item.inner_text()
        assert " ".join(question.ask.split()) in said
        assert re.findall("☐ (.*)", said) == [label for _, label in offered(question)]
    assert rules.referrals[-1].says in text


def test_without_scripts_the_questions_stand_as_a_list(pico: RuleFile, chromium: "Browser", tmp_path: Path) -> None:
    """JavaScript switched off: a plain sentence, the questions with their boxes, the referral; on paper too."""
    with opened(chromium, webpage(pico), tmp_path, java_script_enabled=False) as page:
        listed(page, pico)
        page.pdf(path=tmp_path / "list.pdf", format="A4")
    read = "".join(one.extract_text() for one in PdfReader(tmp_path / "list.pdf").pages)
    text = "".join(normalize("NFKC", read).split())
    assert [one.ask for one in pico.questions if "".join(one.ask.split()) not in text] == []


@pytest.mark.parametrize("lacking", LACKING)
@pytest.mark.parametrize("make", [webpage, fragment], ids=["page", "element"])
def test_in_an_old_browser_the_questions_stand_as_a_list(
    make: Callable[[RuleFile], str], lacking: str, pico: RuleFile, chromium: "Browser", tmp_path: Path
) -> None:
    """Whatever it lacks is noticed before anything is asked, and not in the middle of the questions."""
    text = make(pico) if make is webpage else f"<!DOCTYPE html><meta charset='utf-8'>{make(pico)}"
    with opened(chromium, text, tmp_path, before=lacking) as page:
        page.wait_for_timeout(150)
        listed(page, pico)


def spoilt(text: str, change: Callable[[str], str]) -> str:
    """The page with its packet changed."""
    (packet,) = re.findall(r'<script type="application/json">([^<]*)</script>', text)
    return text.replace(packet, change(packet))


def repacked(change: Callable[[str, str], object]) -> Callable[[str], str]:
    """A packet that is whole, and holds something else."""

    def changed(packet: str) -> str:
        script, data = json.loads(zlib.decompress(base64.b64decode(packet)))
        return base64.b64encode(zlib.compress(json.dumps(change(script, data)).encode())).decode()

    return changed


#: What may become of a packet on its way.
SPOILT: dict[str, Callable[[str], str]] = {
    "empty": lambda packet: "",
    "cut": lambda packet: packet[: len(packet) // 2],
    "cut by one": lambda packet: packet[:-8],
    "another sign": lambda packet: f"{packet[:5000]}{'A' if packet[5000] != 'A' else 'B'}{packet[5001:]}",
    "no base64": lambda packet: f"{packet[:5000]}é{packet[5001:]}",
    "turned round": lambda packet: packet[::-1],
    "something behind it": lambda packet: packet + packet,
    "another script": repacked(lambda script, data: [f"{script} ", data]),
    "a script of somebody": repacked(lambda script, data: ["document.body.innerHTML = ''", data]),
    "no data": repacked(lambda script, data: [script, ""]),
    "half the data": repacked(lambda script, data: [script, data[: len(data) // 2]]),
    "no packet": repacked(lambda script, data: 7),
}


@pytest.mark.parametrize("how", SPOILT)
def test_with_a_spoilt_packet_the_questions_stand_as_a_list(
    how: str, pico: RuleFile, chromium: "Browser", tmp_path: Path
) -> None:
    """A file that was cut, changed or mixed up on its way shows the list; what was changed does not run."""
    context = chromium.new_context()
    page = context.new_page()
    page.goto((tmp_path / "page.html").as_uri() if written(tmp_path, spoilt(webpage(pico), SPOILT[how])) else "")
    page.wait_for_timeout(150)
    listed(page, pico)
    context.close()


def written(folder: Path, text: str) -> int:
    """Keep the page; how long it is."""
    return (folder / "page.html").write_text(text, "utf-8")


def test_where_another_page_forbids_it_the_questions_stand_as_a_list(
    pico: RuleFile, chromium: "Browser", tmp_path: Path
) -> None:
    """A site whose policy allows only the first of the two scripts, or none, shows the list and not a blank."""
    element = fragment(pico)
    (first,) = re.findall(r"script-src ('sha256-[^']*')", element)
    for allowed in (f"'none'; script-src {first}", "'none'"):
        policy = f'<meta http-equiv="Content-Security-Policy" content="default-src {allowed}">'
        written(tmp_path, f"<!DOCTYPE html><meta charset='utf-8'>{policy}{element}")
        context = chromium.new_context()
        page = context.new_page()
        page.goto((tmp_path / "page.html").as_uri())
        page.wait_for_timeout(150)
        listed(page, pico)
        context.close()


def test_a_whole_packet_asks(pico: RuleFile, chromium: "Browser", tmp_path: Path) -> None:
    """Packed anew and not changed, the page asks: what is spoilt above is nothing but what was changed."""
    text = spoilt(webpage(pico), repacked(lambda script, data: [script, data]))
    with opened(chromium, text, tmp_path) as page:
        finish(page, pico, real()["everything"])
        assert page.locator(".without").count() == 0
