"""The web page: the words of the text, sound structure, good on any screen and on paper, and hostile texts inert."""

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import Element, TreeBuilder

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pages import (
    LINKED,
    SNIPPETS,
    UNSEEN,
    Case,
    case_of,
    folded,
    hostile_texts,
    html,
    page_of,
    pair,
    raster,
    same_markdown,
    text,
    translated,
)
from readers import cases, real, text_of, without_sources, words

from screener.ground.escapes import inert
from screener.ground.safetext import one_line
from screener.rulefile.model import RuleFile
from screener.summary import webpage
from screener.summary import wording as w
from screener.summary.formats import READERS

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

VOID = {"meta", "link", "br", "img", "input", "hr", "source", "base", "embed"}
STYLE = (Path(webpage.__file__).parent / "pages" / "style.css").read_text("utf-8")
LONG = "w" * 100_000
SCHEMES = ("light", "dark")
PAPERS = ("A4", "Letter")

# --- texts that someone might put into a rule file or an answer, to see what happens ---


# --- reading a page ---


class _Reader(HTMLParser):
    """HTML as a tree; raises an error for an end without a beginning."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.builder = TreeBuilder()
        self.open: list[str] = []
        self.odd: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.builder.start(tag, {key: value or "" for key, value in attrs})
        if tag in VOID:
            self.builder.end(tag)
        else:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag
        self.builder.end(tag)

    def handle_data(self, data: str) -> None:
        if self.open:
            self.builder.data(data)
        else:
            assert not data.strip()

    def handle_comment(self, data: str) -> None:
        self.odd.append(data)

    def unknown_decl(self, data: str) -> None:
        self.odd.append(data)


def parsed(page: str) -> Element:
    """The `html` element of a page that is well formed, without any comment."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    assert (reader.open, reader.odd) == ([], [])
    root = reader.builder.close()
    assert isinstance(root, Element)
    return root


def found(root: Element, path: str) -> Element:
    """The one element there."""
    (element,) = root.findall(path)
    return element


def read_out(element: Element, number: int = 0) -> Iterator[str]:
    """What is seen of an element, with the numbers of lists."""
    if element.get("class") == "unseen":
        return
    yield f"{number} " if number else ""
    yield element.text or ""
    for place, child in enumerate(element, 1):
        yield from read_out(child, place if element.tag == "ol" else 0)
        yield f" {child.tail or ''}"


def shape(element: Element) -> Any:
    """Elements with their attributes, and no texts."""
    return element.tag, element.attrib, [shape(child) for child in element]


def every_page(pico: RuleFile) -> Iterator[tuple[str, Element]]:
    """The pages of the real answers, for both readers."""
    for answers in real().values():
        for reader in READERS:
            page = html(pico, answers, reader)
            yield page, parsed(page)


# --- without a browser ---


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("name", [*real(), *[*cases()][::4]])
def test_the_page_has_the_words_of_the_text_in_their_order(name: str, reader: str, pico: RuleFile) -> None:
    """Whoever answers and whoever reads, page and text say the same words in the same order."""
    answers = {**cases(), **real()}[name]
    body = found(parsed(html(pico, answers, reader)), "body")

    assert words(without_sources("".join(read_out(body)))) == words(without_sources(text_of(pico, answers, reader)))


def test_headings_and_landmarks(pico: RuleFile) -> None:
    """One first heading in the header, second ones only below; every section is named by its heading."""
    for _, root in every_page(pico):
        body = found(root, "body")
        assert root.get("lang") == "en"
        assert text(found(root, "head/title")) == text(found(body, "header/h1")) == one_line(pico.title)
        assert [element.tag for element in body] == ["header", "main"]
        assert next(one.tag for one in root.iter() if re.fullmatch("h[1-6]", one.tag)) == "h1"
        short = [one.tag for child in found(body, "main") if child.tag != "details" for one in child.iter()]
        assert {tag for tag in short if re.fullmatch("h[1-6]", tag)} == {"h2"}
        for section in root.iter("section"):
            assert section[0].tag == ("h3" if section in [*root.iterfind(".//details/section")] else "h2")
            assert section.get("aria-labelledby") == section[0].get("id")
        last = [child for child in found(body, "main") if child.tag != "details"][-1]
        assert text(last).startswith(tuple(one_line(one.says) for one in pico.referrals))


def test_ids_are_unique_and_links_lead_to_them(pico: RuleFile) -> None:
    """No id stands twice, and every link leads to a place on the same page."""
    for _, root in every_page(pico):
        ids = [element.get("id") for element in root.iter() if "id" in element.attrib]
        links = [element.get("href", "") for element in root.iter() if "href" in element.attrib]
        assert len(ids) == len(set(ids))
        assert [link for link in links if not link.startswith("#") or link[1:] not in ids] == []


def test_the_page_of_the_person_links_every_source(pico: RuleFile) -> None:
    """Whoever wonders about [C35] is led to where it comes from."""
    root = parsed(html(pico, real()["everything"], "person"))
    cited = {id for ids in root.iter("span") if ids.get("class") == "ids" for id in re.findall(r"[A-Z]\d+", text(ids))}

    assert cited == {link.get("href", "").removeprefix("#source-") for link in root.iter("a")} != set()


def test_the_page_is_one_file_and_needs_nothing(pico: RuleFile) -> None:
    """No script, nothing that is fetched, no address, no event, and a policy that forbids all of it."""
    for page, root in every_page(pico):
        tags = {element.tag for element in root.iter()}
        names = {name for element in root.iter() for name in element.attrib}
        assert tags & {"script", "link", "img", "iframe", "object", "embed", "form", "base", "svg"} == set()
        assert names & {"src", "srcset", "action", "style", "data", "ping"} == set()
        assert [name for name in names if name.startswith("on")] == []
        assert not re.search(r"url\(|@import|https?:|//", page.replace("http-equiv", ""))
        policy = [meta.get("content") for meta in root.iter("meta") if meta.get("http-equiv")]
        assert policy == ["default-src 'none'; style-src 'unsafe-inline'"]


def luminance(colour: str) -> float:
    """The relative luminance of WCAG, of `#rrggbb`."""
    shares = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast of WCAG between two colours."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_ink_can_be_read_on_every_ground(scheme: str) -> None:
    """Whatever is written in any of our colours has the contrast of AA, in light and in dark."""
    schemes = [
        dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", rule)) for rule in re.findall(r":root[^{]*\{([^}]*)\}", STYLE)
    ]
    colours = dict(zip(SCHEMES, schemes, strict=True))[scheme]
    found = {
        (ink, ground): contrast(colours[ink], colours[ground])
        for ink in ("ink", "soft", "link")
        for ground in ("paper", "ground")
    }

    assert {pair: round(value, 2) for pair, value in found.items() if value < 4.5} == {}
    assert set(re.findall(r"color: ([^;]+)", STYLE)) <= {
        "inherit",
        "light dark",
        *(f"var(--{name})" for name in colours),
    }
    assert "opacity" not in STYLE


@settings(max_examples=40, deadline=None)
@given(hostile_texts(), st.sampled_from((*UNSEEN, *SNIPPETS)), st.sampled_from([*READERS]))
def test_hostile_texts_change_no_page(texts: list[str], answer: str, reader: str) -> None:
    """With any texts the page has the elements it always has, and the texts come back as they were."""
    hostile, twin, told = pair(texts, answer)
    pages = [parsed(page_of("html", one, reader)) for one in (hostile, twin)]

    assert shape(pages[0]) == shape(pages[1])
    assert text(pages[0]) == translated(text(pages[1]), told)


@settings(max_examples=40, deadline=None)
@given(hostile_texts(), st.sampled_from((*UNSEEN, *SNIPPETS)), st.sampled_from([*READERS]))
def test_hostile_texts_change_no_markdown(texts: list[str], answer: str, reader: str) -> None:
    """With any texts CommonMark with tables reads the blocks it always reads, and the texts come back."""
    hostile, twin, told = pair(texts, answer)
    same_markdown(page_of("markdown", hostile, reader), page_of("markdown", twin, reader), told)


@pytest.mark.parametrize("text", ["9https://evil.test", "_https://evil.test", "_www.evil.test", "x@evil.test"])
def test_no_links_that_github_makes_by_itself(text: str) -> None:
    """An address is no link either where addresses become links without any markup."""
    assert LINKED.findall(inert(text)) == []


# --- in a browser ---


@contextmanager
def opened(browser: "Browser", width: int = 390, height: int = 844, **how: Any) -> "Iterator[Page]":
    """An empty page of this width; nothing on it may reach for anything, raise a dialog or fail."""
    context = browser.new_context(viewport={"width": width, "height": height}, offline=True, **how)
    context.set_default_timeout(20_000)
    wanted: list[str] = []
    context.on("request", lambda request: wanted.append(request.url))
    try:
        page = context.new_page()
        page.on("dialog", lambda dialog: wanted.append(f"dialog: {dialog.message}"))
        page.on("pageerror", lambda error: wanted.append(f"error: {error}"))
        yield page
    finally:
        context.close()
    assert wanted == []


PICTURE = """async (data) => {
    const image = new Image();
    image.src = "data:image/png;base64," + data;
    await image.decode();
    const canvas = new OffscreenCanvas(image.width, image.height);
    const paint = canvas.getContext("2d");
    paint.drawImage(image, 0, 0);
    const points = paint.getImageData(0, 0, image.width, image.height).data;
    const shades = new Set();
    let sum = 0;
    for (let at = 0; at < points.length; at += 4) {
        shades.add(points[at] * 65536 + points[at + 1] * 256 + points[at + 2]);
        sum += points[at] + points[at + 1] + points[at + 2];
    }
    return [sum / points.length * 4 / 3, shades.size, image.width, image.height];
}"""


def look_at(browser: "Browser", picture: Path) -> tuple[float, int, int, int]:
    """How bright a PNG is (0 to 255), how many colours it has, and its width and height."""
    from base64 import b64encode

    page = browser.new_page()
    try:
        light, shades, width, height = page.evaluate(PICTURE, b64encode(picture.read_bytes()).decode())
    finally:
        page.close()
    return light, shades, width, height


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("scheme", SCHEMES)
def test_picture_on_a_phone(scheme: str, reader: str, pico: RuleFile, chromium: "Browser", artefacts: Path) -> None:
    """On a phone the page is drawn, dark where the phone is dark and light where it is light."""
    picture = artefacts / f"phone-{scheme}-{reader}.png"
    with opened(chromium, color_scheme=scheme) as page:
        page.set_content(html(pico, real()["much"], reader))
        page.screenshot(path=picture, full_page=True, clip={"x": 0, "y": 0, "width": 390, "height": 1_500})
    light, shades, width, height = look_at(chromium, picture)

    assert (width, height, shades > 50) == (390, 1_500, True)
    assert light < 70 if scheme == "dark" else light > 185


def long_words() -> Case:
    """A rule file and answers in which every word is very long."""
    return case_of(lambda place: f"{'w' * 500}{place:02}", LONG)


@pytest.mark.parametrize("width", [320, 390])
def test_nothing_has_to_be_moved_sideways(width: int, pico: RuleFile, chromium: "Browser") -> None:
    """On a narrow phone, and at 400 % on a desk, everything fits the width: also very long words."""
    pages = {f"{name} {reader}": html(pico, one, reader) for name, one in real().items() for reader in READERS}
    pages |= {f"long {reader}": html(*long_words(), reader) for reader in READERS}
    with opened(chromium, width) as page:
        wide = {}
        for name, content in pages.items():
            page.set_content(content)
            wide[name] = page.evaluate("document.documentElement.scrollWidth")

    assert {name: found for name, found in wide.items() if found > width} == {}


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("paper", PAPERS)
def test_printed_on_two_pages_at_most(
    paper: str, reader: str, pico: RuleFile, chromium: "Browser", artefacts: Path
) -> None:
    """On A4 and on Letter the person gets one or two pages, light also from a dark screen."""
    from pypdf import PdfReader

    some = [*real().items(), *[*cases().items()][::16]]
    with opened(chromium, color_scheme="dark") as page:
        printed = {}
        for name, answers in some:
            page.set_content(html(pico, answers, reader, details=False))
            printed[name] = page.pdf(format=paper, prefer_css_page_size=False)
    pages = {name: len(PdfReader(BytesIO(made)).pages) for name, made in printed.items()}

    assert {name: count for name, count in pages.items() if count > (4 if reader == "professional" else 2)} == {}
    if shutil.which("pdftoppm"):
        grey = raster(printed["much"], artefacts / f"print-{paper}-{reader}")
        assert grey > 200


def test_details_are_folded_and_are_printed_only_when_asked_for(pico: RuleFile, chromium: "Browser") -> None:
    """The short form is what a page shows and prints; once asked for, the details are open on both."""
    with opened(chromium) as page:
        seen = []
        for details in (False, True):
            page.set_content(html(pico, real()["much"], "person", details))
            on_screen = page.get_by_text(w.TOLD, exact=True).is_visible()
            page.emulate_media(media="print")
            seen.append((on_screen, page.get_by_text(w.TOLD, exact=True).is_visible()))
            page.emulate_media(media="screen")

    assert seen == [(False, False), (True, True)]


SHADES = """() => {
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const pairs = new Set();
    while (walk.nextNode()) {
        if (!walk.currentNode.data.trim()) continue;
        let at = walk.currentNode.parentElement;
        const ink = getComputedStyle(at).color;
        while (at && getComputedStyle(at).backgroundColor === "rgba(0, 0, 0, 0)") at = at.parentElement;
        pairs.add(ink + "|" + (at ? getComputedStyle(at).backgroundColor : "none"));
    }
    return [...pairs];
}"""


@pytest.mark.parametrize("medium", ["screen", "print"])
@pytest.mark.parametrize("scheme", SCHEMES)
def test_contrast_as_it_is_drawn(scheme: str, medium: Any, pico: RuleFile, chromium: "Browser") -> None:
    """Every text has the contrast of AA on what is behind it, on screens and on paper."""
    with opened(chromium, color_scheme=scheme) as page:
        page.emulate_media(media=medium)
        shades: set[str] = set()
        for reader in READERS:
            page.set_content(html(pico, real()["much"], reader))
            shades |= set(page.evaluate(SHADES))
    drawn = [
        ["#" + "".join(f"{int(part):02x}" for part in re.findall(r"\d+", colour)) for colour in pair.split("|")]
        for pair in shades
    ]

    assert len(drawn) >= 2
    assert [pair for pair in drawn if contrast(*pair) < 4.5] == []
    grounds = {luminance(ground) for _, ground in drawn}
    assert max(grounds) < 0.1 if (scheme, medium) == ("dark", "screen") else min(grounds) > 0.8


def test_what_a_screen_reader_meets(pico: RuleFile, chromium: "Browser") -> None:
    """Landmarks, headings with their levels, named regions, lists, and terms with what was answered."""
    with opened(chromium) as page:
        page.set_content(html(pico, real()["under-age"], "person"))
        tree = page.locator("body").aria_snapshot()
    lines = [line.strip(" -") for line in tree.splitlines()]

    assert [line for line in tree.splitlines() if not line.startswith(" ")] == [
        "- banner:",
        "- main:",
    ]
    assert f'heading "{one_line(pico.title)}" [level=1]' in lines
    assert lines.count(f'heading "{one_line(pico.title)}" [level=1]') == 1
    for name, level in ((w.TELL, 2), (w.TO_TAKE_ALONG, 2), ("Before all else", 3), (w.TOLD, 3), (w.SOURCES, 3)):
        assert f'region "{name}":' in lines
        assert f'heading "{name}" [level={level}]' in lines
    assert "'heading \"Next step: See a doctor first\" [level=2]'" in lines
    assert {"list:", "term: Are you 18 or older?", 'strong: "No"'} <= set(lines)
    assert any(line.startswith('link "C35"') for line in lines)
    assert "listitem: What is this on my skin, and does it need any care at all?" in lines


def test_without_script_the_page_is_the_same(pico: RuleFile, chromium: "Browser", tmp_path: Path) -> None:
    """Where scripts are off, the page is drawn point by point as where they are on."""
    pictures = []
    for script in (True, False):
        with opened(chromium, java_script_enabled=script) as page:
            page.set_content(html(pico, real()["under-age"], "person"))
            pictures.append(page.screenshot(full_page=True))

    assert pictures[0] == pictures[1]


def test_the_policy_stops_scripts_and_requests(pico: RuleFile, chromium: "Browser") -> None:
    """Even if a script or a picture got into the page, the policy in it would let neither run nor load."""
    evil = "<script>window.ran = 1</script><img src='http://evil.test/x' onclick='window.ran = 1'>"
    stopped: list[str | None] = []
    context = chromium.new_context()
    try:
        page = context.new_page()
        page.on("requestfailed", lambda request: stopped.append(request.failure))
        page.set_content(html(pico, real()["under-age"], "person").replace("<main", f"{evil}<main"))
        page.locator("img").dispatch_event("click")
        assert page.evaluate("window.ran") is None
    finally:
        context.close()

    assert stopped == ["csp"]


def test_hostile_texts_do_nothing_in_a_browser(chromium: "Browser") -> None:
    """A browser, with no policy to help, runs nothing, asks for nothing, and shows the texts as they were."""
    with opened(chromium) as page:

        @settings(max_examples=15, deadline=None)
        @given(hostile_texts(), st.sampled_from((*UNSEEN, *SNIPPETS)), st.sampled_from([*READERS]))
        def any_texts(texts: list[str], answer: str, reader: str) -> None:
            hostile, twin, told = pair(texts, answer)
            page.set_content(re.sub(r"<meta http-equiv=[^>]*>\n", "", page_of("html", hostile, reader)))
            page.mouse.move(100, 200)
            page.keyboard.press("Tab")
            assert page.evaluate("window.ran") is None
            plain = "".join(found(parsed(page_of("html", twin, reader)), "body").itertext())
            assert folded(page.evaluate("document.body.textContent")) == translated(plain, told)

        any_texts()
