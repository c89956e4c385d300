"""From the page in a browser to the desk: what is drawn there is scanned, and comes out as the same answers."""

import json
import random
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from commands import file, rules, start
from desks import intake, made
from live_pages import finish, opened
from paths import RULES
from readers import cases, real
from scanning import painted, scanned, squares_of_path

from screener.cli.intake.editions import read_edition
from screener.cli.scanned import answered, name_of_rules, scan
from screener.cli.scanned import opened as unsealed
from screener.engine.answers import as_plain, read_answers
from screener.engine.assess import assess
from screener.ground.problems import ProblemsFound
from screener.page.build import AT_HOME, PageKind, webpage
from screener.page.code.letters import LETTERS, Sent, written
from screener.page.code.packing import packed
from screener.page.code.sealing import new_pair, public_key, sealed
from screener.page.words import words
from screener.rulefile.conditions.tree import Answer
from screener.rulefile.loader import load
from screener.rulefile.model import Answers, RuleFile

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PRIVATE, PUBLIC = new_pair()
KINDS = {"open": AT_HOME, "sealed": PageKind(key=public_key(PUBLIC))}
#: So many squares wide, with its edge, is a QR code of version 10; each version adds four.
WIDTH_OF_VERSION_10 = 57 + 8


@pytest.fixture
def key(tmp_path: Path) -> Path:
    """The file with the clinic's private key."""
    path = file(tmp_path, PRIVATE, "code-key.pem")
    path.chmod(0o600)
    return path


def code_on(page: "Page") -> tuple[str, str, int]:
    """The code on the summary: its text in letters, its drawing, and how many squares wide this is."""
    page.locator(".code svg").wait_for()
    text = page.locator(".code details p").text_content() or ""
    path = page.locator(".code path").get_attribute("d") or ""
    _, _, width, height = (page.locator(".code svg").get_attribute("viewBox") or "").split()
    assert width == height
    return text, path, int(width)


def in_few_words(rules: RuleFile, answers: Answers) -> dict[str, Answer]:
    """The same answers, those in the person's own words kept for a talk."""
    own = {question.id for question in rules.questions if question.type == "text"}
    return {id: "declined" if id in own else answer for id, answer in answers.items()}


def every(rules: RuleFile) -> list[Answers]:
    """The answers that count of the worked cases and of some people, as an interview has them."""
    given = [*cases().values(), *real().values()]
    plain = [json.dumps({id: as_plain(one) for id, one in answers.items()}) for answers in given]
    return [assess(rules, read_answers(text, rules).answers).answers for text in plain]


@pytest.mark.usefixtures("scanner")
@pytest.mark.parametrize("kind", KINDS)
def test_each_worked_case_goes_from_the_page_to_the_desk(
    kind: str, pico: RuleFile, chromium: "Browser", key: Path, tmp_path: Path
) -> None:
    """Answered on the page, drawn by it, scanned, read as the commands read it: the answers that count, all of them."""
    drawn, texts, widths = [], [], []
    with opened(chromium, webpage(pico, KINDS[kind]), tmp_path) as page:
        for number, answers in enumerate(every(pico)):
            page.reload()
            finish(page, pico, answers)
            text, path, width = code_on(page)
            drawn.append(painted(squares_of_path(path, width), tmp_path / f"{number}.pgm"))
            texts.append(text)
            widths.append(width)
    print("versions:", sorted({(width - 8 - 17) // 4 for width in widths}))

    assert scanned(*drawn) == texts
    assert max(widths) <= WIDTH_OF_VERSION_10
    for text, told in zip(texts, every(pico), strict=True):
        assert read_at_the_desk(text, key) == told
        if kind == "open":
            assert text == written(Sent(False, packed(pico, told)))


def read_at_the_desk(text: str, key: Path) -> Answers:
    """What the commands make of the text of a code. Raises ProblemsFound."""
    body = unsealed(scan(text), key)
    name = name_of_rules(body, "pico-laser")
    if name is None:
        raise ProblemsFound([])
    return answered(body, lambda day: on_day(name, day))[1]


@cache
def on_day(name: str, day: date) -> RuleFile:
    """The rule file as the commands read it, read once."""
    return read_edition(name, day)[0]


@pytest.mark.usefixtures("scanner")
@pytest.mark.parametrize("kind", KINDS)
def test_without_own_words_codes_are_small(kind: str, pico: RuleFile, chromium: "Browser", tmp_path: Path) -> None:
    """An open one is of version 3 or less, a sealed one of version 7, whatever was answered."""
    with opened(chromium, webpage(pico, KINDS[kind]), tmp_path) as page:
        found = set()
        for answers in list(cases().values())[::6]:
            page.reload()
            finish(page, pico, in_few_words(pico, answers))
            found.add((code_on(page)[2] - 8 - 17) // 4)

    assert max(found) <= (3 if kind == "open" else 7)


@pytest.mark.usefixtures("scanner")
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["everything", "much"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_photograph_of_the_screen_is_read_by_the_command(
    kind: str, name: str, scheme: Any, pico: RuleFile, chromium: "Browser", key: Path, tmp_path: Path
) -> None:
    """The whole page as a phone shows it, in the light and in the dark: the summary of the same answers comes out."""
    answers, phone = real()[name], {"width": 390, "height": 844}
    made_page, picture = file(tmp_path, "", "made.html"), tmp_path / "screen.png"
    options = ("--seal", file(tmp_path, PUBLIC, "public.pem")) if kind == "sealed" else ()
    code, _, said = rules("export", "pico-laser", "--to", "page", "--output", made_page, "--force", *options)
    assert code == 0, said
    with opened(
        chromium, made_page.read_text("utf-8"), tmp_path, color_scheme=scheme, viewport=phone, device_scale_factor=2
    ) as page:
        finish(page, pico, answers)
        text = code_on(page)[0]
        page.screenshot(path=picture, full_page=True)
    given = file(tmp_path, json.dumps({id: as_plain(one) for id, one in answers.items()}), "answers.json")
    with_key = ("--code-key", key) if kind == "sealed" else ()
    expected = start("--answers", given, "--format", "json")[1]

    assert start("--from-code", picture, "--format", "json", *with_key)[1] == expected
    assert start("--from-code", text, "--format", "json", *with_key)[1] == expected


def test_on_paper_the_code_is_read_too(pico: RuleFile, chromium: "Browser", key: Path, tmp_path: Path) -> None:
    """The printed summary has the code, and the letters that it stands for are not cut."""
    with opened(chromium, webpage(pico), tmp_path) as page:
        finish(page, pico, real()["everything"])
        text = code_on(page)[0]
        page.emulate_media(media="print")
        page.screenshot(path=tmp_path / "paper.png", full_page=True)

    assert scanned(tmp_path / "paper.png") == [text]
    assert read_at_the_desk(text, key) == assess(pico, real()["everything"]).answers


LONG = "I had a laser treatment for the marks on my cheek, and my skin stayed red for two weeks after it. "


@pytest.mark.parametrize("times", [4, 15])
@pytest.mark.parametrize("kind", KINDS)
def test_answers_that_fill_a_code_go_into_a_file(
    kind: str, times: int, pico: RuleFile, chromium: "Browser", key: Path, tmp_path: Path
) -> None:
    """The page says so and offers a file, also where a larger picture would do; the desk keeps the same answers."""
    texts = [question.id for question in pico.questions if question.type == "text"]
    answers: dict[str, Answer] = {**real()["everything"], **dict.fromkeys(texts, (LONG * times).strip())}
    with opened(chromium, webpage(pico, KINDS[kind]), tmp_path, accept_downloads=True) as page:
        finish(page, pico, answers)
        link = page.locator(".code a[download]")
        link.wait_for()
        assert words(pico)["code_full"] in page.locator(".code").inner_text()
        assert page.locator(".code svg").count() == 0
        with page.expect_download() as download:
            link.click()
        download.value.save_as(tmp_path / "screener-code.txt")
    store = made(tmp_path / "store")
    code, out, said = intake(
        store, "receive", "--code", tmp_path / "screener-code.txt", "--code-key", key,
        "--ref", "F-1", "--consent", "--yes", "--format", "json",
    )  # fmt: skip

    assert code == 0, said
    told = assess(pico, answers).answers
    assert json.loads(out)["answers"] == {id: as_plain(one) for id, one in told.items()}


def test_on_a_tablet_of_the_clinic_no_file_is_offered(pico: RuleFile, chromium: "Browser", tmp_path: Path) -> None:
    """It would stay on the tablet: whoever writes too much for a code shows or prints the summary."""
    texts = [question.id for question in pico.questions if question.type == "text"]
    answers: dict[str, Answer] = {**real()["everything"], **dict.fromkeys(texts, (LONG * 15).strip())}
    with opened(chromium, webpage(pico, PageKind(idle=600)), tmp_path) as page:
        finish(page, pico, answers)
        assert words(pico, kiosk=True)["code_full"] in page.locator(".code").inner_text()
        assert page.locator("a[download]").count() == 0


def test_where_a_browser_can_not_seal_no_open_code_stands_in_for_it(pico: RuleFile, chromium: "Browser") -> None:
    """On a site without encryption browsers seal nothing: one sentence says so, and there is no code at all."""
    context = chromium.new_context()
    address, text = "http://clinic.test/page.html", webpage(pico, KINDS["sealed"])
    context.route(address, lambda route: route.fulfill(body=text, content_type="text/html"))
    page = context.new_page()
    page.goto(address)
    finish(page, pico, real()["much"])
    page.locator(".code p").wait_for()
    assert page.locator(".code p").all_inner_texts() == [words(pico)["code_not_sealed"]]
    assert page.locator(".code svg, .code details, .code a").count() == 0
    context.close()


# ---- Codes that somebody spoilt
def whole(pico: RuleFile) -> Iterator[tuple[str, Answers]]:
    """Codes that are as they should be, open and sealed, and what they say."""
    for number, told in enumerate(every(pico)):
        body = packed(pico, told)
        yield written(Sent(False, body)), told
        if number % 3 == 0:
            yield written(Sent(True, sealed(public_key(PUBLIC), body))), told


def elsewhere(pico: RuleFile) -> list[str]:
    """Codes that are whole, and not for this desk: sealed for another clinic, or of another rule file."""
    other, text = public_key(new_pair()[1]), (RULES / "pico-laser.yaml").read_text("utf-8")
    edited = load(text.replace("version: 2.0.0", "version: 1.9.9"))
    some = list(real().values())
    return [
        *(written(Sent(True, sealed(other, packed(pico, assess(pico, one).answers)))) for one in some),
        *(written(Sent(False, packed(edited, assess(edited, one).answers))) for one in some),
    ]


def spoilt(text: str, other: str, chance: random.Random) -> str:
    """The text of a code after a bad scan, a torn page, two scans in one, or a hand that means no good."""
    kind, at, to = chance.randrange(9), chance.randrange(len(text)), chance.randrange(len(text))
    signs, low, high = list(text), min(at, to), max(at, to)
    if kind == 0:  # letters are others
        for place in chance.sample(range(len(text)), chance.randrange(1, 6)):
            signs[place] = chance.choice(LETTERS)
    elif kind == 1:  # two change places
        signs[at], signs[to] = signs[to], signs[at]
    elif kind == 2:  # some are lost
        del signs[at : at + chance.randrange(1, 12)]
    elif kind == 3:  # some come twice
        signs[at:at] = signs[at : at + chance.randrange(1, 12)]
    elif kind == 4:  # cut off
        del signs[at:]
    elif kind == 5:  # the beginning of one, and the end of another
        signs[at:] = other[at:]
    elif kind == 6:  # a part of one in the middle of another
        signs[low:high] = other[low:high]
    elif kind == 7:  # a part turned round
        signs[low:high] = signs[low:high][::-1]
    else:  # small letters, blanks and line ends: nothing is wrong with it
        signs = [chance.choice(("", "", " ", "\r\n")) + chance.choice((one, one.lower())) for one in signs]
    return "".join(signs)


def test_ten_thousand_spoilt_codes_never_give_another_answer(pico: RuleFile, key: Path) -> None:
    """Each is refused in one sentence, or says what was packed: through all that the commands call."""
    known, foreign = dict(whole(pico)), elsewhere(pico)
    chance, refused, read = random.Random(20261201), 0, 0
    for _ in range(10_000):
        text = spoilt(chance.choice([*known, *foreign]), chance.choice([*known, *foreign]), chance)
        try:
            found = read_at_the_desk(text or "-x", key)
        except ProblemsFound:
            refused += 1
        else:
            assert found == known["".join(text.split()).upper()]
            read += 1
    print(f"refused: {refused:,}, read: {read:,}")
    assert read > 500
    for text in foreign:
        with pytest.raises(ProblemsFound):
            read_at_the_desk(text, key)


def test_the_commands_say_one_sentence_of_a_spoilt_code(pico: RuleFile, key: Path, tmp_path: Path) -> None:
    """As the function above, through both commands: no summary, no record, no traceback."""
    known, foreign = dict(whole(pico)), elsewhere(pico)
    chance, store = random.Random(7), made(tmp_path / "store")
    tried = [*foreign[:1], *foreign[-1:], *(spoilt(chance.choice(list(known)), foreign[0], chance) for _ in range(10))]
    for text in tried:
        there = known.get("".join(text.split()).upper())
        path = file(tmp_path, text, "scanned.txt")
        code, out, said = start("--from-code", path, "--code-key", key, "--format", "json")
        kept = intake(store, "receive", "--code", path, "--code-key", key, "--ref", "F-1", "--consent", "--yes")
        if there is None:
            assert (code, out, said.count("error[")) == (1, "", 1)
            assert (kept[0], kept[1], kept[2].count("error[")) == (1, "", 1)
        else:
            assert json.loads(out)["answers"] == {id: as_plain(one) for id, one in there.items()}
