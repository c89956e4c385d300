"""The PDF: tagged and named, the words of the text, every character shown or named as missing, hostile texts inert."""

import json
import os
import re
import shutil
import subprocess
import time
import unicodedata
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from commands import without
from hypothesis import given, settings
from hypothesis import strategies as st
from pages import SNIPPETS, WHOLE, Case, Texts, case_of, hostile_texts, pair, raster
from pypdf import PdfReader
from readers import cases, letter_sizes, letters, real, text_of, text_rules, without_sources
from strategies import built
from terminals import ANSWERS, COMMAND, Terminal

from screener.engine.assess import assess
from screener.ground.problems import ProblemsFound
from screener.ground.safetext import one_line
from screener.ground.wrapping import Look
from screener.rulefile.conditions.tree import Answer
from screener.rulefile.find import load_rules
from screener.rulefile.model import RuleFile
from screener.summary.formats import READERS, renderer

pdftotext = pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext (poppler-utils) is missing")
pdftoppm = pytest.mark.skipif(not shutil.which("pdftoppm"), reason="pdftoppm (poppler-utils) is missing")
WORKED = [*cases()][::9]
ACTIVE = {
    *("/JavaScript", "/JS", "/URI", "/Launch", "/EmbeddedFile", "/EmbeddedFiles", "/OpenAction", "/AA", "/RichMedia"),
    *("/GoToR", "/GoToE", "/SubmitForm", "/ImportData", "/AcroForm", "/Movie", "/Sound", "/Rendition", "/Named"),
}
#: Characters that fonts hardly ever have: new, rare, or of no script at all.
RARE = "\U00031350\U000323af\U0001d2c0\U00010d40\U00016d40\U000116d0\U0001cc00\U00010980\U00011f00\U0001e5d0"


PLAIN: dict[str, Any] = {
    "format": 1,
    "id": "x",
    "version": "1",
    "title": "X",
    "language": "en",
    "guidance": [{"id": "g", "topic": "T", "says": "Said."}],
    "dispositions": [{"id": "d", "title": "Talk", "says": "Talk."}],
    "referral": {"says": "See someone certified."},
}


@cache
def pdf(name: str, reader: str, details: bool = True) -> bytes:
    """The PDF of some real answers."""
    rules = load_rules()
    return made(rules, {**cases(), **real()}[name], reader, details)


def made(rules: RuleFile, answers: dict[str, Answer], reader: str = "person", details: bool = True) -> bytes:
    """The summary as PDF."""
    page = renderer("pdf", reader, details)(rules, assess(rules, answers), Look())
    assert isinstance(page, bytes)
    return page


def read(data: bytes) -> PdfReader:
    """The PDF, to look into."""
    return PdfReader(BytesIO(data))


def root(data: bytes) -> Any:
    """The catalog of the PDF."""
    return read(data).trailer["/Root"]


def shown(data: bytes) -> str:
    """The text of a PDF in the order in which it is written, without the number of each page."""
    done = subprocess.run(["pdftotext", "-raw", "-", "-"], input=data, capture_output=True, check=True)
    return re.sub(r"(?m)^Page \d+ of \d+$", "", unicodedata.normalize("NFKC", done.stdout.decode("utf-8")))


def tags(node: Any) -> Iterator[tuple[str, str]]:
    """Each element of the structure with its title, in the order of reading."""
    node = node.get_object()
    if isinstance(node, list):
        for one in node:
            yield from tags(one)
    elif isinstance(node, dict):
        if "/S" in node:
            yield node["/S"], str(node.get("/T", ""))
        yield from tags(node["/K"]) if "/K" in node else ()


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("name", real())
def test_it_says_what_pdf_ua_asks_for(name: str, reader: str, pico: RuleFile) -> None:
    """Tagged, with a language, a title that is shown, and its claim of PDF/UA-1."""
    data = pdf(name, reader)
    catalog = root(data)
    about = catalog["/Metadata"].get_object().get_data().decode("utf-8")

    assert catalog["/MarkInfo"]["/Marked"] == True  # noqa: E712 – an object of pypdf
    assert catalog["/Lang"] == "en"
    assert catalog["/ViewerPreferences"]["/DisplayDocTitle"] == True  # noqa: E712
    assert read(data).metadata.title == one_line(pico.title)  # type: ignore[union-attr]
    assert re.search(r"<pdfuaid:part>1</pdfuaid:part>|pdfuaid:part=.1.", about)
    assert one_line(pico.title) in about
    assert {font for page in read(data).pages for font in fonts(page)} - {True} == set()


def fonts(page: Any) -> Iterator[bool]:
    """Whether each font of a page is within the file and tells which characters it shows."""
    for font in page["/Resources"]["/Font"].values():
        below = font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
        yield "/ToUnicode" in font.get_object() and bool({"/FontFile2", "/FontFile3"} & set(below))


@pytest.mark.parametrize("reader", READERS)
def test_the_structure_has_headings_and_lists(reader: str, pico: RuleFile) -> None:
    """One first heading, the title; second ones for the step and each part; lists with their items."""
    data = pdf("much", reader)
    found = [*tags(root(data)["/StructTreeRoot"]["/K"])]
    headings = [title for tag, title in found if tag in ("/H2", "/H3")]
    kinds = [tag for tag, _ in found]
    text = text_of(pico, real()["much"], reader)

    assert [title for tag, title in found if tag == "/H1"] == [one_line(pico.title)]
    assert headings[0].startswith("NEXT STEP: ")
    blank_before = re.findall(r"\n\n(\S.*)\n+  ", text)
    assert [heading.upper() for heading in headings] == [heading.upper() for heading in blank_before]
    assert kinds.index("/H1") < kinds.index("/H2") < kinds.index("/L") < kinds.index("/LI")
    assert kinds.count("/LI") == kinds.count("/LBody") > 20
    assert "/H4" not in kinds


@pdftotext
@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("name", [*real(), *WORKED])
def test_it_has_the_words_of_the_text_in_their_order(name: str, reader: str, pico: RuleFile) -> None:
    """Whoever answers and whoever reads, PDF and text say the same in the same order."""
    text = text_of(pico, {**cases(), **real()}[name], reader)

    assert letters(without_sources(shown(pdf(name, reader)))) == letters(without_sources(text))


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("name", [*real(), *WORKED])
def test_it_is_short_and_its_letters_can_be_read(name: str, reader: str) -> None:
    """At most two pages, four of all that can be flagged; most letters have 10.5 points or more, none less than 9."""
    data = pdf(name, reader, details=False)
    found = letter_sizes(data)

    assert len(read(data).pages) <= (4 if (name, reader) == ("everything", "professional") else 2)
    assert min(found) >= 9
    assert max(found, key=lambda size: found[size]) >= 10.5


@pdftotext
@pytest.mark.parametrize("reader", READERS)
def test_it_can_be_printed_on_letter_paper_too(reader: str) -> None:
    """A4 is higher: centred on Letter, all that is written keeps a margin of 9 points."""
    data = pdf("everything", reader)
    boxes = subprocess.run(["pdftotext", "-bbox", "-", "-"], input=data, capture_output=True, check=True).stdout
    tops, bottoms = ([float(one) for one in re.findall(rb'%s="([\d.]+)"' % edge, boxes)] for edge in (b"yMin", b"yMax"))
    cut = (841.89 - 792) / 2

    assert min(tops) >= cut + 9
    assert max(bottoms) <= 841.89 - cut - 9


def test_the_same_answers_give_the_same_file(pico: RuleFile) -> None:
    """Neither time nor chance is in the file."""
    first = made(pico, real()["much"])
    time.sleep(1.1)

    assert made(pico, real()["much"]) == first
    assert "/CreationDate" not in (read(first).metadata or {})


@pdftoppm
@pytest.mark.parametrize("reader", READERS)
def test_picture_of_the_first_page(reader: str, artefacts: Path) -> None:
    """The first page, drawn: dark letters on white paper."""
    light = raster(pdf("much", reader), artefacts / f"pdf-{reader}")

    assert 150 < light < 250
    assert (artefacts / f"pdf-{reader}.png").stat().st_size > 50_000


# --- hostile texts ---


def without_blanks(text: str) -> str:
    """The text without blanks and without marks that say where a line may break."""
    return re.sub(r"[\s\u200b\u00ad]", "", unicodedata.normalize("NFKC", text))


def active(value: Any, seen: set[int]) -> Iterator[str]:
    """Every key below this object that could do something when the file is opened or clicked."""
    value = value.get_object()
    if id(value) in seen:
        return
    seen.add(id(value))
    if isinstance(value, dict):
        for key, one in value.items():
            if key in ACTIVE or (isinstance(one, str) and one in ACTIVE):
                yield str(key)
            yield from active(one, seen)
    elif isinstance(value, list):
        for one in value:
            yield from active(one, seen)


@pdftotext
@settings(max_examples=15, deadline=None)
@given(hostile_texts(), st.sampled_from(("\x1b[2J", "\u202egnp.exe", "\r\n=1", *SNIPPETS)), st.sampled_from([*READERS]))
def test_hostile_texts_are_shown_as_they_are(texts: list[str], answer: str, reader: str) -> None:
    """Typst and other markup is shown letter by letter, and nothing in the file can do anything."""
    hostile, twin, told = pair(texts, answer)
    data = made(*hostile, reader)

    assert one_letter_after_the_other(shown(data)) == expected(twin, hostile, told, reader)
    assert [*active(read(data).trailer, set())] == []


def one_letter_after_the_other(page: str) -> str:
    """What is read on the page, without blanks, bullets and the numbers before questions."""
    return without_blanks(re.sub(r"(?m)^\s*•\s", "", page))


def expected(twin: Case, hostile: Case, told: Texts, reader: str) -> str:
    """What is read in the harmless twin, with the hostile texts in their places."""
    page = WHOLE.sub(lambda match: one_line(told(int(match[1]))), shown_flat(made(*twin, reader)))
    digests = (twin.rules.sha256, hostile.rules.sha256)
    plain = without_blanks(page)
    return plain.replace(digests[0], digests[1]).replace(digests[0][:12], digests[1][:12])


def shown_flat(data: bytes) -> str:
    """The text of a PDF in one line, bullets left out."""
    return " ".join(re.sub(r"(?m)^\s*•\s", "", shown(data)).split())


@pdftotext
def test_a_very_long_word_stays_on_the_page() -> None:
    """A word of 100 kB in an answer is broken within the width of the page."""
    rules = text_rules()
    data = made(rules, {"q": "w" * 100_000}, "professional")
    boxes = subprocess.run(["pdftotext", "-bbox", "-", "-"], input=data, capture_output=True, check=True).stdout
    right = [float(one) for one in re.findall(rb'xMax="([\d.]+)"', boxes)]
    width = float(read(data).pages[0].mediabox.width)

    assert letters(shown(data)).count("w") >= 100_000
    assert max(right) <= width - 30


@pdftotext
def test_long_words_fit_everywhere() -> None:
    """Long words in every field of a rule file stay within the width of the page."""
    data = made(*case_of(lambda place: f"{'W' * 500}{place:02}", "W" * 2_000))
    boxes = subprocess.run(["pdftotext", "-bbox", "-", "-"], input=data, capture_output=True, check=True).stdout
    right = [float(one) for one in re.findall(rb'<word .*xMax="([\d.]+)"', boxes)]

    assert max(right) <= float(read(data).pages[0].mediabox.width) - 30


# --- what no font can show ---


@cache
def test_a_sheet_of_hundreds_of_questions_flows_over_its_pages() -> None:
    """What fits on its pages in no size of letters is written in the largest, one column, with all its words."""
    asked = [f"Is it so with number {number} of all the things that there are?" for number in range(800)]
    questions = [{"id": f"q{number}", "type": "yes-no", "ask": ask} for number, ask in enumerate(asked)]
    rules = built({**PLAIN, "questions": questions})
    data = made(rules, dict.fromkeys(rules.by_question, "yes"), "professional")

    assert without_blanks("".join(asked)) == without_blanks("".join(re.findall(r"Is it so[^?]+[?]", shown(data))))
    assert len(read(data).pages) > 10


def unknown() -> list[str]:
    """Characters that no font here has, as fontconfig says."""
    if not shutil.which("fc-list"):
        return []

    def has(letter: str) -> bool:
        done = subprocess.run(["fc-list", f":charset={ord(letter):x}", "family"], capture_output=True, check=True)
        return bool(done.stdout.strip())

    return [letter for letter in RARE if not has(letter)][:3]


def problems(answer: str) -> list[str]:
    """The problems of a PDF with this answer, each as code and message."""
    rules = text_rules()
    with pytest.raises(ProblemsFound) as raised:
        made(rules, {"q": answer})
    assert {(one.code, one.help) for one in raised.value.problems} == {
        ("no-font", "install a font that has it, or choose --format html")
    }
    return [one.message for one in raised.value.problems]


def no_font(letter: str, written: str = "") -> str:
    """The message for a character that no font has."""
    return f"no font on this computer has the character `{written or letter}` (U+{ord(letter):04X})"


def test_characters_without_a_font_are_named_all_at_once() -> None:
    """No box is drawn: every character that no font here has is named, once."""
    if len(unknown()) < 2:
        pytest.skip("the fonts here have every character that we know to be rare, or fc-list is missing")
    assert problems(f"I am {' and '.join(unknown())}. {unknown()[0]}") == [no_font(letter) for letter in unknown()]


@pytest.mark.parametrize("text", ["a\U0010fffeb", "\U0010fffe\U0010fffe", '"\U0010fffe\\'])
def test_a_character_that_is_none_is_named_by_its_number(text: str) -> None:
    """What Unicode keeps for nothing is named, once, and by its number."""
    assert [message.rpartition(" ")[2] for message in problems(text)] == ["(U+10FFFE)"]


@pytest.mark.parametrize("before", ['"', "\\", "\\u{41}"])
def test_a_quoted_character_without_a_font_is_named(before: str) -> None:
    """What stands before it changes nothing."""
    if not unknown():
        pytest.skip("the fonts here have every character that we know to be rare, or fc-list is missing")
    assert problems(before + unknown()[0]) == [no_font(unknown()[0])]


# --- the command ---


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    """A file with all answers."""
    file = tmp_path / "answers.json"
    file.write_text(json.dumps(ANSWERS), "utf-8")
    return file


def start(*arguments: str | Path, **environment: str) -> tuple[int, bytes, str]:
    """Exit code, standard output and standard error of `screener start`."""
    done = subprocess.run(
        [COMMAND, "start", *map(str, arguments)],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        timeout=60,
        env={**os.environ, "COLUMNS": "200", **environment},
    )
    assert b"Traceback" not in done.stderr
    return done.returncode, done.stdout, done.stderr.decode("utf-8")


def test_the_command_writes_a_pdf_to_a_pipe_and_to_a_file(answers: Path, tmp_path: Path) -> None:
    """Both are the same whole file, and only its owner can read the one on disk."""
    out = tmp_path / "summary.pdf"
    code, piped, _ = start("--answers", answers, "--format", "pdf")
    written = start("--answers", answers, "--format", "pdf", "--output", out)

    assert (code, written[0], written[1]) == (0, 0, b"")
    assert out.read_bytes() == piped
    assert piped.startswith(b"%PDF-1.7")
    assert piped.rstrip().endswith(b"%%EOF")
    assert out.stat().st_mode & 0o777 == 0o600


def test_without_typst_it_says_what_to_install_before_it_asks(tmp_path: Path) -> None:
    """The exact line to install it stands there, nothing was asked, and nothing is written."""
    out = tmp_path / "out"
    out.mkdir()
    gone = without("typst", tmp_path)
    code, said, error = start("--format", "pdf", "--output", out / "summary.pdf", **gone)

    assert (code, said, [*out.iterdir()]) == (1, b"", [])
    assert "error[no-pdf]" in error
    assert "install it with: pip install 'typst>=0.15'" in error
    assert "18 or older" not in error
    assert start("--answers", tmp_path / "none", "--format", "html", **gone)[0] == 1
    assert "no-pdf" not in start("--format", "text", **gone)[2]


@pytest.mark.parametrize("format", ["pdf", "html"])
def test_a_page_is_not_put_on_a_terminal(format: str) -> None:
    """It is refused before anything is asked."""
    terminal = Terminal("start", "--format", format)

    assert terminal.end() == 2
    assert "A page can't be shown here." in " ".join(terminal.raw.split())
    assert "%PDF" not in terminal.raw
    assert "18 or older" not in terminal.raw


def test_what_can_not_be_shown_leaves_no_file_and_loses_no_answer(tmp_path: Path) -> None:
    """With a character that no font has, the problem is told, no file is written, and the summary is shown as text."""
    if not unknown():
        pytest.skip("the fonts here have every character that we know to be rare, or fc-list is missing")
    rules, given, out = tmp_path / "rules.json", tmp_path / "answers.json", tmp_path / "out.pdf"
    rules.write_text(
        json.dumps(
            {
                "format": 1,
                "id": "x",
                "version": "1",
                "title": "X",
                "language": "en",
                "questions": [{"id": "q", "type": "text", "ask": "What else?"}],
                "guidance": [{"id": "g", "topic": "T", "says": "Line.", "when": {"q": "answered"}}],
                "dispositions": [{"id": "d", "title": "Talk", "says": "Talk."}],
                "referral": {"says": "See someone certified."},
            }
        ),
        "utf-8",
    )
    given.write_text(json.dumps({"q": f"I write {unknown()[0]}."}, ensure_ascii=False), "utf-8")
    code, said, error = start(rules, "--answers", given, "--details", "--output", out)

    assert code == 1
    assert f"error[no-font] {no_font(unknown()[0])}" in error
    assert "See someone certified." in said.decode("utf-8")
    assert not out.exists()
