"""Codes as pictures: what is drawn in Python and in the browser is small, and a scanner reads it letter for letter."""

import hashlib
import re
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest
import scanning
import scripts
from paths import RULES
from scanning import painted, scanned, squares_of_path, squares_of_text

from screener.authoring.cases import WorkedCase, read_cases
from screener.engine.assess import assess
from screener.ground.problems import ProblemsFound
from screener.page.code.letters import Sent, read, written
from screener.page.code.packing import packed, unpacked
from screener.page.code.picture import MOST_VERSION, Picture, drawn, picture
from screener.page.code.sealing import new_pair, private_key, public_key, sealed, unsealed
from screener.rulefile.model import Answers, RuleFile

PRIVATE, PUBLIC = new_pair()


@pytest.fixture(scope="module")
def worked(pico: RuleFile) -> tuple[WorkedCase, ...]:
    """The worked cases of pico-laser."""
    return read_cases((RULES / "pico-laser.cases.yaml").read_text("utf-8"), pico)[0]


def code(rules: RuleFile, answers: Answers, seal: bool = False) -> str:
    """The text of a code."""
    body = packed(rules, answers)
    return written(Sent(seal, sealed(public_key(PUBLIC), body) if seal else body))


def body_of(text: str) -> bytes:
    """What a code carries, opened if it is sealed."""
    sent = read(text)
    return unsealed(private_key(PRIVATE), sent.body) if sent.sealed else sent.body


def in_few_words(rules: RuleFile, answers: Answers) -> Answers:
    """The same answers, those in the person's own words kept for a talk."""
    own = {question.id for question in rules.questions if question.type == "text"}
    return {id: "declined" if id in own else answer for id, answer in answers.items()}


@pytest.mark.parametrize("seal", [False, True], ids=["open", "sealed"])
@pytest.mark.usefixtures("scanner")
def test_every_worked_case_survives_picture_and_scanner(
    seal: bool, pico: RuleFile, worked: tuple[WorkedCase, ...], tmp_path: Path
) -> None:
    """Answers → code → picture → scanner → the same answers; and each is a QR code of version 10 or less."""
    texts = [code(pico, case.answers, seal) for case in worked]
    made = [picture(text) for text in texts]
    files = [painted(squares(one), tmp_path / f"{number}.pgm") for number, one in enumerate(made)]
    found = scanned(*files)
    print("versions:", dict(sorted(Counter(one.version for one in made).items())))

    assert found == texts
    assert [unpacked(body_of(text), pico) for text in found] == [assess(pico, one.answers).answers for one in worked]
    assert max(one.version for one in made) <= 10


def squares(made: Picture) -> list[list[bool]]:
    """The squares of a picture, as its path draws them."""
    return squares_of_path(made.path, made.width)


def test_without_own_words_all_codes_of_one_questionnaire_are_small(
    pico: RuleFile, worked: tuple[WorkedCase, ...]
) -> None:
    """Open ones are of version 3 or less; sealed ones all have one size, so that it tells nothing of the answers."""
    plain = [in_few_words(pico, case.answers) for case in worked]
    sizes = {len(code(pico, answers, seal=True)) for answers in plain}

    assert max(picture(code(pico, answers)).version for answers in plain) <= 3
    assert len(sizes) == 1
    assert {picture(code(pico, answers, seal=True)).version for answers in plain} == {7}


@pytest.mark.usefixtures("scanner")
def test_what_is_drawn_in_text_is_what_the_path_draws(pico: RuleFile, tmp_path: Path) -> None:
    """In colours of its own, as ink on paper and as light in the dark: the same squares, and a scanner reads them."""
    text = code(pico, {"adult": "no"})
    made = picture(text)
    drawings = {
        "colours": squares_of_text(drawn(made, "colours")),
        "dark": squares_of_text(drawn(made, "dark")),
        "light": squares_of_text(drawn(made, "light"), dark="blank"),
    }
    assert all(rows[: made.width] == squares(made) for rows in drawings.values())
    assert all(len(rows) == made.width + 1 for rows in drawings.values())
    assert re.findall(r"\x1b\[[0-9;]*m", drawn(made, "dark") + drawn(made, "light")) == []
    assert scanned(*(painted(rows, tmp_path / f"{name}.pgm") for name, rows in drawings.items())) == [text] * 3


DRAWN = """
const exports = {};
new Function("exports", readFileSync(`${given.folder}/vendor/lean-qr.js`, "utf8"))(exports);
const draw = (text) => {
  const { M } = exports.correction;
  const made = exports.generate(text, { minCorrectionLevel: M, maxCorrectionLevel: M });
  const line = (y) => [...Array(made.size).keys()].map((x) => (made.get(x, y) ? 1 : 0));
  return [...Array(made.size).keys()].map(line);
};
answer(given.texts.map(draw));
"""


@pytest.mark.usefixtures("scanner", "node")
def test_the_browser_draws_what_a_scanner_reads(pico: RuleFile, worked: tuple[WorkedCase, ...], tmp_path: Path) -> None:
    """The encoder that stands in the page, as it was taken over: the same text, the same size as Python's."""
    texts = [code(pico, case.answers, seal) for case in worked[:40] for seal in (False, True)]
    texts.append(code(pico, long(pico, 600)))
    drawings = scripts.run(DRAWN, {"folder": scripts.FOLDER.as_posix(), "texts": texts})
    files = [painted(edged(rows), tmp_path / f"{number}.pgm") for number, rows in enumerate(drawings)]

    assert scanned(*files) == texts
    assert [len(rows) for rows in drawings] == [len(picture(text).rows) for text in texts]


def edged(rows: list[list[int]]) -> scanning.Squares:
    """The squares with a light edge around them."""
    width = len(rows) + 8
    blank = [[False] * width for _ in range(4)]
    return [*blank, *([False] * 4 + [dark == 1 for dark in row] + [False] * 4 for row in rows), *blank]


def test_the_encoder_in_the_page_is_as_it_was_taken_over() -> None:
    """Its bytes, and the licence that goes with it."""
    folder = scripts.FOLDER / "vendor"
    fingerprint = hashlib.sha256((folder / "lean-qr.js").read_bytes()).hexdigest()

    assert fingerprint == "1aaa80f2ea87616a47e9ad358bb11b37ae55358ecf0c8086d2ad2a912cb183ad"
    assert "MIT License" in (folder / "lean-qr.LICENSE").read_text("utf-8")
    assert "2.7.4" in (folder / "README.md").read_text("utf-8")


def long(rules: RuleFile, letters: int) -> Answers:
    """All that takes free text, answered at some length."""
    words = "I had a laser treatment for the marks on my cheek, and my skin stayed red for two weeks after it. "
    own = [question.id for question in rules.questions if question.type == "text"]
    given: dict[str, str | tuple[str, ...] | Decimal] = {
        "adult": "yes",
        "concerns": ("melasma", "other"),
        "goals": ("clearer", "other"),
        "health": ("autoimmune",),
        "medicines": ("light-sensitising",),
        "earlier": ("laser",),
    }
    return {**given, **dict.fromkeys(own, (words * 20)[: letters // len(own)].strip())}


def test_own_words_cost_room_and_too_many_are_told(pico: RuleFile) -> None:
    """A hundred words go into one code, sealed too; ten times as many do not, and a file is offered."""
    assert picture(code(pico, long(pico, 600))).version <= MOST_VERSION
    assert picture(code(pico, long(pico, 600), seal=True)).version <= MOST_VERSION
    with pytest.raises(ProblemsFound) as found:
        picture(code(pico, long(pico, 6000)))
    (problem,) = found.value.problems

    assert problem.code == "code-full"
    assert "--save-answers" in problem.help


def test_the_text_of_the_largest_code_fits_into_a_line_of_any_terminal() -> None:
    """A scanner types it as one line, and some systems take no more than 1,023 letters in one."""
    lengths = [size for size in range(900, 1100) if fits("C" * size)]

    assert 900 < max(lengths) < 1023
    assert not fits("C" * 5000)


def fits(text: str) -> bool:
    """Whether this goes into one code."""
    try:
        picture(text)
    except ProblemsFound:
        return False
    return True
