"""`screener intake receive --code`: a record of what a scanner types, also with an earlier version of the rule file."""

import json
import re
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import segno
from commands import file
from desks import desk, intake, made, remains
from paths import RULES
from terminals import ANSWERS, ENTER, Terminal

from screener.cli.intake.code_keys import PRIVATE, PUBLIC, make_code_keys
from screener.engine.answers import read_answers
from screener.ground.problems import ProblemsFound
from screener.page.code.letters import Sent, written
from screener.page.code.packing import packed
from screener.page.code.sealing import new_pair, public_key, sealed
from screener.rulefile.loader import load

PICO = (RULES / "pico-laser.yaml").read_text("utf-8")
KEEP = ("--ref", "F-17", "--consent", "--yes")


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A new store."""
    return made(tmp_path / "store")


def code(answers: dict[str, Any], rules: str = PICO, seal: str = "") -> str:
    """The text of a code of these answers, sealed if a public key is given."""
    loaded = load(rules)
    body = packed(loaded, read_answers(json.dumps(answers), loaded).answers)
    return written(Sent(bool(seal), sealed(public_key(seal), body) if seal else body))


def kept(store: Path) -> list[dict[str, Any]]:
    """The answers of all records as they stand."""
    with desk(store) as here:
        return [dict(one.answers[one.record.revision]) for one in remains(here)]


def told(done: tuple[int, str, str]) -> str:
    """The code of the one problem that a command ended with."""
    exit_code, out, said = done
    found = re.findall(r"error\[([a-z-]+)\] .+[^.]$", said, re.MULTILINE)
    assert (exit_code, out, len(found)) == (1, "", 1), said
    return str(found[0])


def test_a_record_is_made_of_what_a_scanner_types(store: Path, tmp_path: Path) -> None:
    """Piped in, in a file or in a picture: the answers are shown, and kept as those of a file are."""
    text, png = code(ANSWERS), tmp_path / "code.png"
    segno.make_qr(text).save(str(png), scale=4)
    by_file = intake(store, "receive", file(tmp_path, json.dumps(ANSWERS), "answers.json"), *KEEP)
    ways = [intake(store, "receive", "--code", *KEEP, typed=text + "\r\n")]
    ways.append(intake(store, "receive", "--code", file(tmp_path, text, "code.txt"), *KEEP))
    if shutil.which("zbarimg"):
        ways.append(intake(store, "receive", "--code", png, *KEEP))

    for done in ways:
        assert done[0] == 0, done[2]
        assert done[1] == by_file[1]
        assert re.sub("[a-z0-9-]+\\.\n$", "", done[2]) == re.sub("[a-z0-9-]+\\.\n$", "", by_file[2])
    assert kept(store) == [ANSWERS] * (1 + len(ways))


def test_staff_confirm_what_was_scanned(store: Path) -> None:
    """At a terminal the code is asked for, the answers are shown, and nothing is kept without a yes.

    A second Enter behind the code, as some scanners type it, answers nothing.
    """
    for word, count in (("no", 0), ("yes", 1)):
        terminal = Terminal(
            "intake", "receive", "--code", "--ref", "F-1", "--consent", rows=120, SCREENER_STORE=str(store)
        )
        terminal.until("Scan the code now")
        terminal.type(code(ANSWERS) + ENTER + ENTER)
        terminal.until("Keep these answers for F-1? Type yes or no:")
        assert "Skin cancer" not in terminal.shown()
        assert "It hardly ever burns and tans deeply" in terminal.shown()
        terminal.type(word, ENTER)

        assert terminal.end() == 0
        assert len(kept(store)) == count


def test_a_sealed_code_opens_with_the_key_in_the_store(store: Path, tmp_path: Path) -> None:
    """The clinic's pair is made once; the private key is the owner's alone, and is found where it was made."""
    made = intake(store, "code-keys")
    assert (made[0], "--seal" in made[2], "Keep it here" in made[2]) == (0, True, True)
    public = (store / PUBLIC).read_text("utf-8")
    done = intake(store, "receive", "--code", *KEEP, typed=code(ANSWERS, seal=public))
    private, other = new_pair()
    elsewhere = file(tmp_path, private, "key.pem")
    elsewhere.chmod(0o600)

    assert done[0] == 0, done[2]
    assert (store / PRIVATE).stat().st_mode & 0o777 == 0o600
    assert told(intake(store, "receive", "--code", *KEEP, typed=code(ANSWERS, seal=other))) == "other-clinic"
    again = intake(store, "receive", "--code", "--code-key", elsewhere, *KEEP, typed=code(ANSWERS, seal=other))
    assert again[0] == 0, again[2]
    assert kept(store) == [ANSWERS] * 2


def test_a_key_that_others_can_read_is_not_used(store: Path) -> None:
    """As for the key of the store."""
    make_code_keys(store)
    (store / PRIVATE).chmod(0o644)
    sent = code(ANSWERS, seal=(store / PUBLIC).read_text("utf-8"))

    assert told(intake(store, "receive", "--code", *KEEP, typed=sent)) == "others-can-read"


def test_without_its_key_a_sealed_code_stays_shut(store: Path) -> None:
    """It is said which option names the key, and nothing is kept."""
    done = intake(store, "receive", "--code", *KEEP, typed=code(ANSWERS, seal=new_pair()[1]))

    assert told(done) == "no-code-key"
    assert "--code-key" in done[2]
    assert kept(store) == []


def test_a_pair_is_never_written_over(store: Path) -> None:
    """Codes that were sealed with it could not be opened any more."""
    make_code_keys(store)
    before = [(store / name).read_text("utf-8") for name in (PRIVATE, PUBLIC)]
    with pytest.raises(ProblemsFound):
        make_code_keys(store)
    assert told(intake(store, "code-keys")) == "output-exists"

    assert [(store / name).read_text("utf-8") for name in (PRIVATE, PUBLIC)] == before


def test_an_earlier_version_is_known_from_earlier_records(store: Path, tmp_path: Path) -> None:
    """A code of a rule file that was edited since is read with the text that a record was answered with."""
    shutil.copy(RULES / "pico-laser.sources.yaml", tmp_path)
    earlier = PICO.replace("version: 2.0.0", "version: 1.9.0")
    rules = file(tmp_path, earlier)
    young = file(tmp_path, '{"adult": "no"}', "young.json")
    assert told(intake(store, "receive", "--code", *KEEP, typed=code(ANSWERS, earlier))) == "unknown-edition"
    first = intake(store, "receive", young, "--rules", rules, *KEEP)
    assert first[0] == 0, first[2]
    rules.unlink()
    second = intake(store, "receive", "--code", *KEEP, typed=code(ANSWERS, earlier))
    assert second[0] == 0, second[2]
    with desk(store) as here:
        both = [one.record for one in remains(here)]

    assert both[0].edition == both[1].edition
    assert kept(store) == [{"adult": "no"}, ANSWERS]
    assert "1.9.0" in intake(store, "show", both[1].id)[1]


def test_a_rule_file_that_is_named_is_known(store: Path, tmp_path: Path) -> None:
    """The sentence about a rule file that is not known says that it can be named, and then it is."""
    shutil.copy(RULES / "pico-laser.sources.yaml", tmp_path)
    edited = PICO + "# edited\n"
    refused = intake(store, "receive", "--code", *KEEP, typed=code(ANSWERS, edited))

    assert told(refused) == "unknown-edition"
    assert load(edited).sha256[:12] in refused[2]
    assert "--rules" in refused[2]
    done = intake(store, "receive", "--code", "--rules", file(tmp_path, edited), *KEEP, typed=code(ANSWERS, edited))
    assert done[0] == 0, done[2]


DATED = """
format: 1
id: dated
version: 1.0.0
title: Dated
language: en
questions:
  - {id: since, type: date, ask: Since when?, max: today}
guidance:
  - {id: recent, topic: Lately, says: It was lately., when: {since: {within: 6 months}}}
dispositions: [{id: d, title: D, says: D.}]
referral: {says: See a professional.}
"""


def test_dates_are_counted_from_the_day_of_the_interview(store: Path, tmp_path: Path) -> None:
    """The record is of the day on which the person answered, and says what was told on that day."""
    loaded = load(DATED, today=date(2021, 6, 1))
    text = written(Sent(False, packed(loaded, {"since": date(2021, 2, 3)})))
    named = ("--rules", str(file(tmp_path, DATED)), "--format", "json")
    done = intake(store, "receive", "--code", *named, *KEEP, typed=text)

    assert done[0] == 0, done[2]
    assert "It was lately." in done[1]
    assert json.loads(done[1])["answers"] == {"since": "2021-02-03"}
    with desk(store) as here:
        (record,) = remains(here)
    assert "2021-06-01" in intake(store, "show", record.record.id)[1]


def test_open_questions_are_listed_and_nothing_is_kept(store: Path) -> None:
    """A record needs all answers, from a code as from a file."""
    some = {"adult": "yes", "changing-mark": "yes"}
    exit_code, out, said = intake(store, "receive", "--code", *KEEP, typed=code(some))

    assert (exit_code, out) == (1, "")
    assert set(re.findall(r"error\[([a-z-]+)\]", said)) == {"missing-answer"}
    assert "question `health` has no answer" in said
    assert kept(store) == []


@pytest.mark.parametrize("typed", ["", "SCREENERBCCB", "https://example.org", "{}"])
def test_what_is_no_code_keeps_nothing(typed: str, store: Path) -> None:
    """One sentence, and no record."""
    assert told(intake(store, "receive", "--code", *KEEP, typed=typed)) == "bad-code"
    assert kept(store) == []


@pytest.mark.parametrize(
    ("arguments", "why"),
    [((), "Name a file of answers"), (("a.json", "--code-key", "k"), "--code-key can only be used with --code")],
)
def test_wrong_use_is_told(arguments: tuple[str, ...], why: str, store: Path) -> None:
    """A file, or a code; and a key only for a code."""
    exit_code, out, said = intake(store, "receive", *arguments)

    assert (exit_code, out) == (2, "")
    assert why in " ".join(said.split())
