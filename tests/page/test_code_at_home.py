"""`screener start --code` and `--from-code`: a code on a person's summary, and the summary of a code."""

import json
import os
import re
import shutil
import struct
import subprocess
import zlib
from html import unescape
from pathlib import Path

import pytest
import segno
from commands import file, start, without
from paths import RULES
from scanning import painted, scanned, squares_of_path, squares_of_text
from terminals import ANSWERS, ENTER, Terminal

from screener.page.code.letters import Sent, written
from screener.page.code.packing import packed
from screener.page.code.sealing import new_pair
from screener.rulefile.loader import load
from screener.rulefile.model import RuleFile
from screener.summary.wording import CODE_IS_OPEN, CODE_IS_SEALED, CODE_TOO_WIDE

#: The same answers as of the person of the tests, with something in their own words.
OWN = {**ANSWERS, "concerns": ["melasma", "other"], "concerns-other": "Marks beside my nose, each summer"}


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    """An answers file with every answer."""
    return file(tmp_path, json.dumps(OWN), "answers.json")


@pytest.fixture
def keys(tmp_path: Path) -> tuple[Path, Path]:
    """The files with a clinic's private key and its public key."""
    private, public = new_pair()
    path = file(tmp_path, private, "code-key.pem")
    path.chmod(0o600)
    return path, file(tmp_path, public, "code-key.public.pem")


def text_of(drawing: str, folder: Path) -> str:
    """What a scanner reads in the code that ends this text."""
    lines = [line for line in drawing.splitlines() if re.fullmatch(r"[ ▀▄█]*[▀▄█][ ▀▄█]*", line)]
    width = max(map(len, lines)) + 8
    blank = [" " * width] * 2
    rows = [*blank, *(line.ljust(width) for line in lines), *blank]
    return scanned(painted(squares_of_text("\n".join(rows)), folder / "drawn.pgm"))[0]


def summary(*arguments: str | Path) -> str:
    """The summary as JSON, which is the same for the same answers."""
    code, out, said = start(*arguments, "--format", "json")
    assert code == 0, said
    return out


@pytest.mark.usefixtures("scanner")
def test_the_code_under_a_summary_gives_the_same_summary(answers: Path, tmp_path: Path) -> None:
    """Printed below the summary, which is as it is without; scanned, it says what the answers file says."""
    code, out, said = start("--answers", answers, "--code")
    assert code == 0, said
    alone = start("--answers", answers)[1]
    text = text_of(out, tmp_path)

    assert out.startswith(alone)
    assert CODE_IS_OPEN in " ".join(out.split())
    assert summary("--from-code", text) == summary("--answers", answers)
    assert start("--from-code", text)[1] == alone


@pytest.mark.usefixtures("scanner")
def test_pages_have_the_code_at_their_end(answers: Path, tmp_path: Path) -> None:
    """HTML and PDF carry it too, and a text file; the professional's page does not."""
    names = ["person.html", "person.pdf", "person.txt", "professional.html"]
    outputs = [part for name in names for part in ("--output", str(tmp_path / name))]
    assert start("--answers", answers, "--code", *outputs)[0] == 0
    page = (tmp_path / "person.html").read_text("utf-8")
    width, path = re.findall(r'viewBox="0 0 (\d+) \1".*?<path d="([^"]+)"', page, re.DOTALL)[0]
    text = scanned(painted(squares_of_path(path, int(width)), tmp_path / "html.pgm"))[0]

    assert CODE_IS_OPEN in unescape(page)
    assert text_of((tmp_path / "person.txt").read_text("utf-8"), tmp_path) == text
    assert "<svg" not in (tmp_path / "professional.html").read_text("utf-8")
    if shutil.which("pdftoppm"):
        subprocess.run(
            ["pdftoppm", "-png", "-r", "110", tmp_path / "person.pdf", tmp_path / "page"], check=True, timeout=60
        )
        *_, last = sorted(tmp_path.glob("page-*.png"))
        assert scanned(last) == [text]
        assert summary("--from-code", last) == summary("--answers", answers)


@pytest.mark.usefixtures("scanner")
def test_a_sealed_code_opens_with_the_private_key_alone(answers: Path, keys: tuple[Path, Path], tmp_path: Path) -> None:
    """The summary says who can read it; without the key, and with another, nothing of it is told."""
    private, public = keys
    _, out, _ = start("--answers", answers, "--code", "--seal", public)
    text = text_of(out, tmp_path)
    other = file(tmp_path, new_pair()[0], "other.pem")
    other.chmod(0o600)

    assert CODE_IS_SEALED in " ".join(out.split())
    assert CODE_IS_OPEN not in " ".join(out.split())
    assert summary("--from-code", text, "--code-key", private) == summary("--answers", answers)
    assert problem("--from-code", text) == "no-code-key"
    assert problem("--from-code", text, "--code-key", other) == "other-clinic"
    assert problem("--from-code", text, "--code-key", public) in ("no-code-key", "others-can-read")
    public.chmod(0o600)
    assert problem("--from-code", text, "--code-key", public) == "no-code-key"


def problem(*arguments: str | Path, typed: str = "", path: str = os.environ["PATH"]) -> str:
    """The code of the one problem that a command ends with, in one sentence."""
    code, out, said = start(*arguments, typed=typed, PATH=path)
    found = re.findall(r"^(?:\S+: )?error\[([a-z-]+)\] (.+[^.])$", said, re.MULTILINE)
    assert (code, out, len(found)) == (1, "", 1), said
    return str(found[0][0])


def text_with(rules: str, answers: dict[str, str]) -> str:
    """The text of a code of answers to this rule file."""
    return written(Sent(False, packed(load(rules), answers)))


def test_a_code_comes_as_text_in_a_file_or_through_a_pipe(answers: Path, tmp_path: Path) -> None:
    """All of these give the same summary."""
    body = packed(load((RULES / "pico-laser.yaml").read_text("utf-8")), {"adult": "no"})
    text = written(Sent(False, body))
    expected = summary("--answers", file(tmp_path, '{"adult": "no"}', "young.json"))
    png = tmp_path / "-code[1].png"
    segno.make_qr(text).save(str(png), scale=4)

    assert summary("--from-code", text.lower()) == expected
    assert summary("--from-code", file(tmp_path, text + "\r\n", "screener-code.txt")) == expected
    assert start("--from-code", "-", "--format", "json", typed=text + "\n")[1] == expected
    if shutil.which("zbarimg"):
        assert summary("--from-code", png) == expected


def test_each_code_that_can_not_be_read_is_told_in_one_sentence(answers: Path, tmp_path: Path) -> None:
    """Torn, full of something else, of another rule file, of none, of a picture without one, of no picture."""
    young = text_with((RULES / "pico-laser.yaml").read_text("utf-8"), {"adult": "no"})
    unknown = text_with((RULES / "pico-laser.yaml").read_text("utf-8") + "# edited\n", {"adult": "no"})
    picture, broken = tmp_path / "other.png", tmp_path / "broken.png"
    segno.make_qr("https://example.org").save(str(picture), scale=4)
    broken.write_bytes(b"\x89PNG\r\n\x1a\n" + b"no more of it")

    assert problem("--from-code", young[:-1]) == "bad-code"
    assert problem("--from-code", young[:-10]) == "bad-code"
    assert problem("--from-code", young + young) == "bad-code"
    assert problem("--from-code", unknown) == "unknown-edition"
    assert problem("--from-code", "-") == "bad-code"
    assert problem("--from-code", tmp_path / "none.png") == "not-found"
    assert problem("--from-code", tmp_path) == "not-readable"
    assert problem("--from-code", file(tmp_path, "\0\1", "a.bin")) == "bad-code"
    if shutil.which("zbarimg"):
        assert problem("--from-code", picture) == "bad-code"
        assert problem("--from-code", broken) == "bad-code"
    assert problem("--from-code", picture, path="/nonexistent") == "no-decoder"


def side_by_side(texts: list[str], path: Path) -> Path:
    """These codes in one picture, as a photo of two sheets has them."""
    codes = [list(segno.make_qr(text, version=10).matrix_iter(scale=4, border=4)) for text in texts]
    rows = [b"\0" + bytes(0 if dark else 255 for row in pair for dark in row) for pair in zip(*codes, strict=True)]
    size = struct.pack(">IIBBBBB", len(rows[0]) - 1, len(rows), 8, 0, 0, 0, 0)
    parts = [(b"IHDR", size), (b"IDAT", zlib.compress(b"".join(rows))), (b"IEND", b"")]
    chunks = [
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in parts
    ]
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"".join(chunks))
    return path


@pytest.mark.usefixtures("scanner")
def test_two_people_in_one_picture_are_not_mixed_up(tmp_path: Path, pico: RuleFile) -> None:
    """Nobody knows which one is meant, so neither is taken; the same code twice is one."""
    one, other = (written(Sent(False, packed(pico, {"adult": "no"} | more))) for more in ({}, {"adult": "yes"}))
    assert problem("--from-code", side_by_side([one, other], tmp_path / "two.png")) == "bad-code"
    assert summary("--from-code", side_by_side([one, one], tmp_path / "twice.png"))


def test_a_code_of_another_rule_file_is_found_among_those_that_are_named(tmp_path: Path) -> None:
    """The rule file is named as for answers; pico-laser is known in any case."""
    text = (RULES / "pico-laser.yaml").read_text("utf-8") + "# edited\n"
    shutil.copy(RULES / "pico-laser.sources.yaml", tmp_path)
    edited = file(tmp_path, text)
    young, younger = text_with(text, {"adult": "no"}), text_with(text.removesuffix("# edited\n"), {"adult": "no"})

    assert json.loads(summary(edited, "--from-code", young))["rules"]["sha256"] == load(text).sha256
    assert json.loads(summary(edited, "--from-code", younger))["rules"]["sha256"] != load(text).sha256


DATED = """
format: 1
id: dated
version: 1.0.0
title: Dated
language: en
questions:
  - {id: since, type: date, ask: Since when?, max: today}
guidance:
  - {id: recent, topic: T, says: S., when: {since: {within: 6 months}}}
dispositions: [{id: d, title: D, says: D.}]
referral: {says: See a professional.}
"""


@pytest.mark.usefixtures("scanner")
def test_dates_are_counted_from_the_day_of_the_interview(tmp_path: Path) -> None:
    """A code that is read years later says what the person was told on that day."""
    rules = file(tmp_path, DATED)
    answers = file(tmp_path, "since: 2021-02-03", "answers.yaml")
    out = start(rules, "--answers", answers, "--date", "2021-06-01", "--code")[1]
    told = json.loads(summary(rules, "--from-code", text_of(out, tmp_path)))

    assert [one["id"] for one in told["findings"]] == ["recent"]
    assert told == json.loads(summary(rules, "--answers", answers, "--date", "2021-06-01"))


def test_a_finished_early_interview_has_a_code_too(tmp_path: Path) -> None:
    """What is open stays open, and the summary says so, as it did to the person."""
    some = text_with((RULES / "pico-laser.yaml").read_text("utf-8"), {"adult": "yes", "changing-mark": "yes"})
    told = json.loads(summary("--from-code", some))

    assert told["complete"] is False
    assert told["answers"] == {"adult": "yes", "changing-mark": "yes"}


def test_too_many_own_words_are_told_and_cost_nothing(tmp_path: Path) -> None:
    """The summary comes without the code; then it is said why, and what to do."""
    answers = file(tmp_path, json.dumps({**OWN, "concerns-other": "Marks of all kinds. " * 90}), "answers.json")
    page = tmp_path / "page.html"
    code, out, said = start("--answers", answers, "--code")
    beside = start("--answers", answers, "--code", "--output", page)

    assert code == 1
    assert out == start("--answers", answers)[1]
    assert "error[code-full]" in said
    assert "--save-answers" in said
    assert beside[0] == 1
    assert "error[code-full]" in beside[2]
    assert "<svg" not in page.read_text("utf-8")


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        ("--code --format json", "--code needs a summary for the person as text, HTML or PDF"),
        ("--code --format markdown", "--code needs a summary for the person as text, HTML or PDF"),
        ("--code --for professional", "--code needs a summary for the person as text, HTML or PDF"),
        ("--seal key.pem", "--seal can only be used with --code"),
        ("--code-key key.pem", "--code-key can only be used with --from-code"),
        ("--from-code - --answers a.json", "--answers can't be used with --from-code"),
        ("--from-code - --answers a.json --review", "--answers and --review can't be used with --from-code"),
    ],
)
def test_what_contradicts_itself_is_refused_before_anything_is_asked(arguments: str, why: str) -> None:
    """The exit code is that of wrong use, and nothing comes on standard output."""
    code, out, said = start(*arguments.split(), typed="2\n\n")

    assert (code, out) == (2, "")
    assert why in " ".join(re.sub("[│╭╮╰╯─]", " ", said).split())
    assert "18 or older" not in said


def test_what_is_not_installed_is_named_before_anything_is_asked(answers: Path, keys: tuple[Path, Path]) -> None:
    """Codes need one extra; the install line stands in the help. Without it everything else works."""
    for module, more in (("segno", ()), ("cryptography", ("--seal", keys[1]))):
        folder = answers.parent / module
        folder.mkdir()
        gone = without(module, folder)["PYTHONPATH"]
        code, out, said = start("--code", *more, typed="2\n\n", PYTHONPATH=gone)

        assert (code, out) == (1, "")
        assert "error[no-code]" in said
        assert "pip install 'screener[code]'" in said
        assert "18 or older" not in said
        assert start("--answers", answers, PYTHONPATH=gone)[0] == 0


def test_a_key_that_is_none_is_told_before_anything_is_asked(keys: tuple[Path, Path], tmp_path: Path) -> None:
    """The private key has no business at home, and neither has any other file."""
    for wrong in (keys[0], file(tmp_path, "no key", "key.txt")):
        assert problem("--code", "--seal", wrong, typed="2\n\n") == "no-code-key"


def at_terminal(*arguments: str, **look: object) -> str:
    """The whole screen at the end of a summary for these arguments, with its colours."""
    columns = look.pop("columns", 80)
    assert isinstance(columns, int)
    terminal = Terminal("start", *arguments, columns=columns, rows=150, **{key: str(one) for key, one in look.items()})
    assert terminal.end() == 0
    return terminal.raw


@pytest.mark.usefixtures("scanner")
def test_on_a_terminal_the_code_is_black_on_white(answers: Path, tmp_path: Path) -> None:
    """Whatever the colours of the terminal are; without colours it is light on dark, as most terminals are."""
    raw = at_terminal("--answers", str(answers), "--code").replace("\r", "")
    plain = at_terminal("--answers", str(answers), "--code", NO_COLOR=1).replace("\r", "")
    drawing = [line for line in raw.splitlines() if line.startswith("\x1b[38;5;16;48;5;231m")]
    light = [line for line in plain.splitlines() if line.startswith("████")]
    found = scanned(
        painted(squares_of_text("\n".join(drawing)), tmp_path / "colours.pgm"),
        painted(squares_of_text("\n".join(light), dark="blank"), tmp_path / "light.pgm"),
    )

    assert all(line.endswith("\x1b[0m") for line in drawing)
    assert "\x1b" not in plain
    assert found[0] == found[1]
    assert summary("--from-code", found[0]) == summary("--answers", answers)


def test_a_code_that_is_wider_than_the_screen_is_not_torn(answers: Path) -> None:
    """Lines that the terminal breaks can't be scanned: it says so, and where the code can be had."""
    raw = at_terminal("--answers", str(answers), "--code", columns=40)

    assert CODE_TOO_WIDE in " ".join(raw.split())
    assert "▀" not in raw


def test_a_scanner_types_the_code_at_a_terminal(answers: Path) -> None:
    """It is asked for, and what the scanner types behind it answers nothing."""
    text = text_with((RULES / "pico-laser.yaml").read_text("utf-8"), {"adult": "no"})
    terminal = Terminal("start", "--from-code", "-", rows=100)
    terminal.until("Scan the code now")
    terminal.type(text + ENTER + ENTER)

    assert terminal.end() == 0
    assert "NEXT STEP" in terminal.raw
    assert "Nothing was stored" not in terminal.raw
