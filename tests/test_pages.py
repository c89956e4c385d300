"""The web page: the words of the text, sound structure, good on any screen and on paper, and hostile texts inert."""

import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from xml.etree.ElementTree import Element, TreeBuilder

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token
from test_readers import WIDE, cases, real, text_of, words

from screener.conditions.tree import Answer
from screener.engine import assess
from screener.loader import load
from screener.model import RuleFile
from screener.report import READERS, renderer, webpage
from screener.report.escapes import inert
from screener.safetext import one_line

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

VOID = {"meta", "link", "br", "img", "input", "hr", "source", "base", "embed"}
STYLE = (Path(webpage.__file__).parent / "pages" / "style.css").read_text("utf-8")
LONG = "w" * 100_000
SCHEMES = ("light", "dark")
PAPERS = ("A4", "Letter")

# --- texts that someone might put into a rule file or an answer, to see what happens ---

SNIPPETS = (
    *("<script>window.ran=1</script>", "<img src=x onerror=window.ran=1>", "</style><style>*{display:none}", "-->"),
    *("</title><h1>Heading</h1>", '" onmouseover="window.ran=1', "' autofocus onfocus='window.ran=1", "<!--", "]]>"),
    *("<svg/onload=window.ran=1>", "<iframe src=http://evil.test>", "</main></body>", "&lt;b&gt; &amp; &#60;", "\\"),
    *("[click](javascript:window.ran=1)", "![x](http://evil.test/x.png)", "<http://evil.test>", "https://evil.test"),
    *("[ref]: http://evil.test", "# heading", "## heading ##", "- item", "1. item", "7) item", "> quote", "* * *"),
    *("```", "~~~", "`code`", "    code", "| a | b |", "|---|---|", "=====", "-----", "**bold**", "__x__", "~~x~~"),
    *("javascript:window.ran=1", "data:text/html,<script>", "www.evil.test", "a@evil.test", "{{ 7*7 }}", "{% x %}"),
    *("#set page(width: 1pt)", '#import "/etc/passwd"', "$x^2$", "#{1+1}", "/* x */", "// x", "#panic()", "<label>"),
    *("=1+1", "+1", "-1", "@SUM(1)", "＝1＋1", '=HYPERLINK("http://evil.test")', '"', "''", ";=1+1", ",=1+1", "'=1"),
    *("{words} {0} %s", "$(rm) ${HOME}", "皮膚", "naïve – “quoted” …", "a\u200bb", "x\u00adx", "[bold red]x[/]"),
    *(
        ":smile:",
        "e\u0301",
        "\t=1",
        "line\nbreak",
        "\n\n# heading\n\n",
        "\n---\n",
        "\n    indented",
        "\n=cmd|'/C x'!A0",
    ),
)
#: What no rule file may hold, but a program may hand over as an answer.
UNSEEN = ("\x00", "\x1b[2J", "\r\n=1", "\u202egnp.exe", "\u2066x\u2069", "\x85", "\u2028", "\ufeff=1", "\x7f", "\ud800")
#: What GitHub makes a link of without any markup: a scheme that no letter comes before, www, an address.
LINKED = re.compile(r"(?i)(?<![a-z])(?:https?|ftp):|(?<![^\s*_~(])www\.|[a-z0-9]@[a-z0-9]")
FIELDS = 40
WHOLE = re.compile(r"harmless w(\d\d)")
Texts = Callable[[int], str]


class Case(NamedTuple):
    """A rule file whose every text is the same kind of text, and answers to it."""

    rules: RuleFile
    answers: dict[str, Answer]


def harmless(place: int) -> str:
    """A text that no format takes for anything but a text."""
    return f"harmless w{place:02}"


def mixed(texts: list[str]) -> Texts:
    """One of these texts for each place, made different from the others by its end."""
    return lambda place: f"{texts[place % len(texts)]} w{place:02}"


def hostile_texts(more: tuple[str, ...] = ()) -> st.SearchStrategy[list[str]]:
    """Texts made of snippets, and of any printable characters of a keyboard."""
    typed = st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=12)
    one = st.lists(st.sampled_from(SNIPPETS + more) | typed, min_size=1, max_size=4).map("".join)
    return st.lists(one, min_size=6, max_size=12)


def case_of(texts: Texts, answer: str) -> Case:
    """A rule file that has these texts wherever one can stand, and answers that bring most of them up."""
    raw = {
        "format": 1,
        "id": "hostile",
        "version": "1",
        "title": texts(0),
        "language": "en",
        "intro": texts(1),
        "sources": "x.sources.yaml",
        "glossary": {texts(2): texts(3)},
        "questions": [
            {"id": "free", "type": "text", "section": texts(4), "ask": texts(5), "help": texts(6), "why": texts(7)},
            {"id": "one", "type": "one", "section": texts(8), "ask": texts(9), "from": ["S1"]}
            | {"options": {"a": {"label": texts(10), "help": texts(11)}, "b": "B"}, "unsure": True},
            {"id": "many", "type": "many", "ask": texts(12), "options": {"a": texts(13), "b": texts(14)}},
            {"id": "number", "type": "number", "ask": texts(15), "unit": texts(16), "min": "1"},
            {"id": "hidden", "type": "yes-no", "ask": texts(17), "when": {"one": "b"}},
            {"id": "open", "type": "yes-no", "ask": texts(18), "unsure": True, "decline": True},
        ],
        "guidance": [
            {"id": "g0", "topic": texts(19), "says": f"{texts(20)} {texts(2)}", "ask": texts(21), "from": ["S1"]}
            | {"when": {"free": "answered"}, "disposition": "urgent"},
            {"id": "g1", "topic": texts(22), "says": texts(23), "ask": texts(24), "disposition": "urgent"}
            | {"when": {"one": "a", "many": {"all": ["a", "b"]}}},
            {"id": "g2", "topic": texts(25), "says": texts(26), "when": {"open": "yes"}, "disposition": "urgent"},
        ],
        "dispositions": [
            {"id": "least", "title": texts(27), "says": texts(28)},
            {"id": "urgent", "title": texts(29), "says": texts(30), "from": ["S1"]},
        ],
        "not_covered": {"says": texts(31)},
        "referral": {"says": texts(32)},
    }
    sources = {
        "format": 1,
        "documents": {
            "d": {"title": texts(33), "short": texts(34), "sections": {"s": {"heading": texts(35), "short": texts(36)}}}
        },
        "statements": [{"id": "S1", "document": "d", "section": "s", "says": texts(37)}],
    }
    rules = load(json.dumps(raw), "x.yaml", lambda name: (json.dumps(sources), name))
    given: dict[str, Answer] = {"free": answer, "one": "a", "many": ("a", "b"), "number": Decimal(3), "open": "unsure"}
    return Case(rules, given)


def pair(texts: list[str], answer: str) -> tuple[Case, Case, Texts]:
    """The hostile case, its harmless twin, and what stands in the one where the other has `harmless w07`."""
    answer = f"{answer} w{FIELDS:02}".strip()  # as it is read
    hostile = mixed(texts)
    return (
        case_of(hostile, answer),
        case_of(harmless, harmless(FIELDS)),
        lambda place: answer if place == FIELDS else hostile(place),
    )


def translated(text: str, told: Texts) -> str:
    """The text of the harmless twin with the hostile texts in their places, blanks folded."""
    return folded(WHOLE.sub(lambda match: one_line(told(int(match[1]))), text))


def folded(text: str) -> str:
    """The text with runs of blanks as single ones."""
    return " ".join(text.split())


def page_of(format: str, case: Case, reader: str) -> str:
    """The summary in a format that is text; the fingerprint of the rule file is taken out."""
    page = renderer(format, reader)(case.rules, assess(case.rules, case.answers), WIDE)
    assert isinstance(page, str)
    return page.replace(case.rules.sha256, "SHA").replace(case.rules.sha256[:12], "SHA")


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


def text(element: Element) -> str:
    """All text of an element, blanks folded."""
    return folded(" ".join(element.itertext()))


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


def html(rules: RuleFile, answers: dict[str, Answer], reader: str) -> str:
    """The summary as a web page."""
    page = renderer("html", reader)(rules, assess(rules, answers), WIDE)
    assert isinstance(page, str)
    return page


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

    assert words("".join(read_out(body))) == words(text_of(pico, answers, reader))


def test_headings_and_landmarks(pico: RuleFile) -> None:
    """One first heading in the header, second ones only below; every section is named by its heading."""
    for _, root in every_page(pico):
        body = found(root, "body")
        assert root.get("lang") == "en"
        assert text(found(root, "head/title")) == text(found(body, "header/h1")) == one_line(pico.title)
        assert [element.tag for element in body] == ["header", "main", "footer"]
        assert next(one.tag for one in root.iter() if re.fullmatch("h[1-6]", one.tag)) == "h1"
        assert {one.tag for one in found(body, "main").iter() if re.fullmatch("h[1-6]", one.tag)} == {"h2"}
        for section in root.iter("section"):
            assert section[0].tag == "h2"
            assert section.get("aria-labelledby") == section[0].get("id")
        assert text(found(body, "footer")).startswith(one_line(pico.referral.says))


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
    schemes = [dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", rule)) for rule in re.findall(r":root \{([^}]*)\}", STYLE)]
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


def block(token: Token) -> Any:
    """What a token is, without its text."""
    inside = [
        (one.type, one.tag, one.attrs) for one in token.children or () if one.type not in ("text", "text_special")
    ]
    return token.type, token.tag, token.level, token.attrs, inside


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


def same_markdown(hostile: str, twin: str, told: Texts) -> None:
    """Hold that two pages are built alike, and that the one has its texts where the other has harmless ones."""
    reader = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    trees = [reader.parse(page) for page in (hostile, twin)]
    assert [block(token) for token in trees[0]] == [block(token) for token in trees[1]]
    kinds = {one[0] for token in trees[0] for one in block(token)[-1]}
    assert kinds <= {"strong_open", "strong_close", "em_open", "em_close", "hardbreak", "softbreak", "code_inline"}
    lines = [
        [
            "".join(" " if one.type.endswith("break") else one.content for one in token.children or ())
            for token in tree
            if token.type == "inline"
        ]
        for tree in trees
    ]
    assert [folded(line) for line in lines[0]] == [translated(line, told) for line in lines[1]]
    assert LINKED.findall(hostile) == []


# --- in a browser ---


@pytest.fixture
def artefacts(tmp_path: Path) -> Path:
    """Where pictures are kept for people to look at."""
    folder = Path(os.environ.get("SCREENER_ARTEFACTS") or tmp_path)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


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
    """On A4 and on Letter the person gets one or two pages, the professional one, light also from a dark screen."""
    from pypdf import PdfReader

    some = [*real().items(), *[*cases().items()][::16]]
    with opened(chromium, color_scheme="dark") as page:
        printed = {}
        for name, answers in some:
            page.set_content(html(pico, answers, reader))
            printed[name] = page.pdf(format=paper, prefer_css_page_size=False)
    pages = {name: len(PdfReader(BytesIO(made)).pages) for name, made in printed.items() if name != "everything"}

    assert {name: count for name, count in pages.items() if count > (1 if reader == "professional" else 2)} == {}
    if reader == "professional":
        assert len(PdfReader(BytesIO(printed["everything"])).pages) == 1
    if shutil.which("pdftoppm"):
        grey = raster(printed["much"], artefacts / f"print-{paper}-{reader}")
        assert grey > 200


def raster(pdf: bytes, name: Path) -> float:
    """Draw the first page of a PDF as a PNG of this name; how bright it is, 0 to 255."""
    file = name.with_suffix(".pdf")
    file.write_bytes(pdf)
    once = ["pdftoppm", "-r", "100", "-f", "1", "-l", "1", "-singlefile"]
    subprocess.run([*once, "-png", str(file), str(name)], check=True, capture_output=True)
    grey = subprocess.run([*once, "-gray", str(file)], check=True, capture_output=True).stdout
    header = re.match(rb"P5\s+(\d+)\s+(\d+)\s+255\s", grey)
    assert header
    points = grey[header.end() :]
    assert len(points) == int(header[1]) * int(header[2])
    assert len(set(points)) > 50
    return sum(points) / len(points)


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
        "- contentinfo:",
    ]
    assert f'heading "{one_line(pico.title)}" [level=1]' in lines
    assert lines.count(f'heading "{one_line(pico.title)}" [level=1]') == 1
    for name in ("Before all else", "Questions to take along", "What you told us", "Sources"):
        assert f'region "{name}":' in lines
        assert f'heading "{name}" [level=2]' in lines
    assert "'heading \"Next step: See a doctor first\" [level=2]'" in lines
    assert {"list:", "term: Are you 18 or older?", 'strong: "No"', 'link "C35":'} <= set(lines)
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
