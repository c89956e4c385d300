"""`screener intake desk`: person after person, and nothing of one is there for the next."""

import re
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from intakes import ANSWERS, NOTE, desk, exported, intake, listed, taken
from terminals import CTRL_C, DOWN, ENTER, Terminal
from walking import DRAWN

READY = "Ready for the next person."
REF = "Unicorn-4711"
LINUX = pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="looks at processes as Linux shows them")


def opened(store: Path, *arguments: str, columns: int = 80, rows: int = 24) -> Terminal:
    """A desk that waits for somebody."""
    return ready(desk(store, "desk", "rules.yaml", *arguments, columns=columns, rows=rows))


def ready(terminal: Terminal) -> Terminal:
    """The same once it waits, and nothing else is on the screen or can be scrolled back to."""

    def holds() -> bool:
        lines = [line.strip() for line in terminal.everything() if line]
        return bool(lines) and lines[0].startswith("Intake desk, ") and lines[-1] == ">" and READY in " ".join(lines)

    terminal.when(holds)
    return terminal


def named(terminal: Terminal, ref: str = REF) -> Terminal:
    """The same once somebody's reference was typed."""
    terminal.type(ENTER)
    terminal.until("and no name.")
    terminal.type(ref + ENTER)
    return terminal


def asked(terminal: Terminal, ref: str = REF) -> Terminal:
    """The same with the first question, after the person has agreed."""
    named(terminal, ref).until("Yes, keep them")
    terminal.until(DRAWN)
    terminal.type(DOWN + ENTER)
    terminal.until("Question 1 of 3")
    terminal.until(DRAWN)
    return terminal


def reviewed(terminal: Terminal) -> Terminal:
    """The same with the list of answers."""
    for number, keys in ((1, NOTE), (2, " "), (3, "")):
        terminal.until(f"Question {number} of 3")
        terminal.until(DRAWN)
        terminal.type(keys + ENTER)
    terminal.until("Please check your answers.")
    terminal.until(DRAWN)
    return terminal


def summed_up(terminal: Terminal) -> Terminal:
    """The same with the summary."""
    reviewed(terminal).type(ENTER)
    terminal.until("Press Enter to wipe the screen.")
    return terminal


def family(pid: int) -> list[int]:
    """A process and all that it started, and what these started."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()
    except OSError:
        return []
    return [pid, *(member for child in children for member in family(int(child)))]


def memory(pid: int) -> Iterator[bytes]:
    """All that a process can write to."""
    with open(f"/proc/{pid}/mem", "rb", buffering=0) as mem:
        for line in Path(f"/proc/{pid}/maps").read_text("utf-8").splitlines():
            start, end, rights = re.match(r"(\w+)-(\w+) (\S+)", line).groups()  # type: ignore[union-attr]
            if rights.startswith("rw") and "[v" not in line:
                mem.seek(int(start, 16))
                yield mem.read(int(end, 16) - int(start, 16))


@pytest.mark.parametrize(("columns", "rows"), [(80, 24), (40, 20)])
def test_person_after_person(columns: int, rows: int, new_store: Path) -> None:
    """After each the screen and what can be scrolled back to show nothing of the one before."""
    taken(new_store, "R-1", typed="x\n")
    terminal = opened(new_store, columns=columns, rows=rows)
    for ref in (REF, "Dragon-12"):
        summed_up(asked(terminal, ref))
        shown = "\n".join(terminal.everything())
        assert shown.count("Not complete: ") == 1  # as the desk said it, and not to the person
        assert "Tell them that it itches." in shown
        assert (REF in shown) == (ref == REF)
        terminal.type(ENTER)
        ready(terminal)
        left = "\n".join(terminal.everything())
        assert not any(words in left for words in ("Zanzibar", REF, "Dragon", "itches", "Before your visit"))
        assert len(left.split("\n")) == rows
    terminal.type("q" + ENTER)

    assert terminal.end() == 0
    assert "screener intake audit --closing" in " ".join(terminal.shown().split())
    people = listed(new_store, "--status", "complete")
    assert [one["reference"] for one in people] == ["Dragon-12", REF]
    assert all(exported(new_store, one["id"])["summary"]["answers"] == ANSWERS for one in people)
    terminal.given_back()


@LINUX
def test_the_desk_itself_knows_nothing_of_anybody(new_store: Path) -> None:
    """Its memory holds no answer and no reference; nothing is among arguments, variables or temporary files."""
    key = (new_store / "store-key").read_text("ascii").strip()
    (new_store.parent / "tmp").mkdir()
    terminal = desk(new_store, "desk", "rules.yaml", TMPDIR=str(new_store.parent / "tmp"))
    asked(ready(terminal)).type(NOTE + ENTER)
    terminal.until("Question 2 of 3")
    seen = [Path(f"/proc/{pid}/{name}").read_bytes() for pid in family(terminal.pid) for name in ("cmdline", "environ")]
    assert len(seen) == 4
    for words in (NOTE, "Zanzibar", REF, key):
        assert not any(words.encode() in one for one in seen)
    assert not any(bytes.fromhex(key) in one for one in seen)
    terminal.until(DRAWN)
    terminal.type(" " + ENTER)
    terminal.until("Question 3 of 3")
    terminal.until(DRAWN)
    terminal.type(ENTER)
    terminal.until("Please check your answers.")
    terminal.until(DRAWN)
    terminal.type(ENTER)
    terminal.until("Press Enter to wipe the screen.")
    terminal.type(ENTER)
    summed_up(asked(ready(terminal), "Dragon-12")).type(ENTER)
    ready(terminal)
    held = list(memory(terminal.pid))

    assert any(b"Ready for the next person" in part for part in held)
    for words in ("Zanzibar", REF, "Dragon-12"):
        for encoding in ("utf-8", "utf-16-le", "utf-32-le"):
            assert not any(words.encode(encoding) in part for part in held), (words, encoding)
    assert list((new_store.parent / "tmp").iterdir()) == []
    assert "\x1b]" not in terminal.raw  # no title of the window
    terminal.type("q" + ENTER)
    assert terminal.end() == 0


def test_who_leaves_comes_back_to_the_empty_screen(new_store: Path) -> None:
    """Ctrl-C ends one person's interview and not the desk; what was left is named, and the next begins anew."""
    terminal = asked(opened(new_store))
    terminal.type(NOTE + ENTER)
    terminal.until("Question 2 of 3")
    terminal.until(DRAWN)
    terminal.type(CTRL_C)
    ready(terminal)
    (left,) = listed(new_store)
    flat = " ".join(terminal.shown().split())
    assert f"Not complete: {left['id'][:4]}-{left['id'][4:]} (" in flat
    assert not any(words in "\n".join(terminal.everything()) for words in ("Zanzibar", REF))
    named(terminal, "Dragon-12").until(DRAWN)
    terminal.type(CTRL_C)
    ready(terminal).type(CTRL_C)

    assert terminal.end() == 130
    assert "Stopped. What was answered at this desk is kept." in terminal.shown()
    assert len(listed(new_store)) == 1


@LINUX
def test_keys_that_were_typed_ahead_are_nobody_else_s(new_store: Path) -> None:
    """What one person typed too much answers nothing for the next, and begins nothing."""
    terminal = summed_up(asked(opened(new_store)))
    terminal.type(ENTER + ENTER + "Dragon-12" + ENTER + DOWN + ENTER + "of the one before" + ENTER)
    ready(terminal)
    assert family(terminal.pid) == [terminal.pid]
    named(terminal, "Dragon-13").until("› No, do not keep them")
    terminal.until(DRAWN)
    terminal.type(CTRL_C)
    ready(terminal).type("q" + ENTER)

    assert terminal.end() == 0
    assert [one["reference"] for one in listed(new_store)] == [REF]


@LINUX
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_ending_the_desk_ends_all_of_it(number: signal.Signals, new_store: Path) -> None:
    """The interview too; the screen is wiped, the terminal is as it was, and what was answered is kept."""
    terminal = desk(new_store, "desk", "rules.yaml")
    before = terminal.settings()
    asked(ready(terminal)).type(NOTE + ENTER)
    terminal.until("Question 2 of 3")
    terminal.until(DRAWN)
    members = family(terminal.pid)
    terminal.send(number)

    assert terminal.end() == 128 + number
    assert len(members) == 2
    assert not any(family(pid) for pid in members)
    assert terminal.settings_at_end == before
    terminal.given_back()
    assert not any(words in "\n".join(terminal.everything()) for words in ("Zanzibar", REF, "Which creams"))
    assert [one["status"] for one in listed(new_store)] == ["unfinished"]


@LINUX
def test_a_window_that_is_closed_leaves_no_process(new_store: Path) -> None:
    """And no answer is lost."""
    terminal = asked(opened(new_store))
    terminal.type(NOTE + ENTER)
    terminal.until("Question 2 of 3")
    members = family(terminal.pid)
    terminal.hang_up()

    assert len(members) == 2
    assert not any(family(pid) for pid in members)
    assert [one["status"] for one in listed(new_store)] == ["unfinished"]


def test_a_passphrase_is_typed_once(new_store: Path) -> None:
    """The programs that ask people get the key from the desk, through a pipe."""
    folder = new_store.parent / "sealed"
    terminal = desk(folder, "init", "--key", "passphrase")
    for words in ("at least 12 characters:", "The same again:"):
        terminal.until(words)
        terminal.type("four words and more\r")
    assert terminal.end() == 0
    terminal = desk(folder, "desk", "rules.yaml")
    terminal.until("Passphrase:")
    terminal.type("four words and more\r")
    summed_up(asked(ready(terminal))).type(ENTER)
    ready(terminal).type("q" + ENTER)

    assert terminal.end() == 0
    assert terminal.raw.count("Passphrase") == 1
    assert "four words" not in terminal.raw


def test_what_is_wrong_is_said_before_anybody_comes(new_store: Path) -> None:
    """No terminal, no such rule file, no store, too short a time."""
    code, out, said = intake(new_store, "desk", "rules.yaml")
    assert (code, out) == (1, "")
    assert "error[no-terminal] a desk needs a terminal" in said
    for options, code, words in (
        (["none.yaml"], 1, "none.yaml"),
        (["rules.yaml", "--store", "none"], 1, "there is no store in `none`"),
        (["rules.yaml", "--idle", "9"], 2, "--idle"),
    ):
        terminal = desk(new_store, "desk", *options)
        assert terminal.end() == code
        assert words in terminal.shown()


def test_a_reference_that_nobody_types_is_wiped(new_store: Path) -> None:
    """After ten seconds without a key the desk waits again; it says so, and works on."""
    taken(new_store, "R-1", typed="x\n")
    terminal = opened(new_store, "--idle", "10")
    terminal.type(ENTER)
    terminal.until("and no name.")
    terminal.type(REF)
    terminal.until("as no key was pressed for 10 seconds.")
    ready(terminal)
    assert REF not in "\n".join(terminal.everything())
    assert "Not complete: " in terminal.shown()
    terminal.type("q" + ENTER)

    assert terminal.end() == 0


@pytest.mark.slow
def test_whatever_is_on_the_screen_is_wiped_when_nobody_is_there(new_store: Path) -> None:
    """Consent, question, numbered lines, list of answers and summary; all desks are left alone at once."""
    wait = ("--idle", "30")
    left = [named(opened(new_store, *wait)), asked(opened(new_store, *wait)), reviewed(asked(opened(new_store, *wait)))]
    left += [summed_up(asked(opened(new_store, *wait))), opened(new_store, *wait, "--plain")]
    named(left[-1]).until("1. No, do not keep them")
    left[-1].type("2" + ENTER)
    left[-1].until("Question 1 of 3")
    left[-1].type(NOTE + ENTER)
    left[-1].until("Question 2 of 3")
    for terminal in left:
        terminal.patience = 60
        terminal.until("as no key was pressed for 30 seconds.")
        ready(terminal)
        assert not any(words in "\n".join(terminal.everything()) for words in ("Zanzibar", REF, "itches", "keep them"))
        terminal.type("q" + ENTER)
        assert terminal.end() == 0
        terminal.given_back()

    assert sorted(one["status"] for one in listed(new_store)) == ["complete", "unfinished", "unfinished"]
