"""`rules watch` for real: in a terminal and through a pipe, with the ways in which editors save."""

import os
import queue
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from commands import COMMAND, SMALL, file, hard_file, rules
from terminals import CTRL_C, Terminal

ITCHY = SMALL.replace(
    "guidance:\n", "guidance:\n  - {id: itchy, topic: Care, says: Say since when., when: {itch: yes}}\n"
)
WORKED = "format: 1\ncases:\n  - {id: some, answers: {itch: yes}, expect: {says: [rest, itchy]}}\n"
WORDS = ITCHY.replace("since when", "how long")
FEWER = ITCHY.replace("{itch: yes}", "{itch: no}")
BROKEN = ITCHY.replace("questions:", "questions")
SIZES = pytest.mark.parametrize(("columns", "rows"), [(80, 24), (40, 20)])


class Piped:
    """The command with a pipe for its output, read line by line."""

    def __init__(self, *arguments: str | Path, cwd: Path | None = None) -> None:
        self.process = subprocess.Popen(
            [COMMAND, "rules", "watch", *map(str, arguments)],
            cwd=cwd,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        self._lines: queue.Queue[str] = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._lines.put(line)

    def block(self) -> list[str]:
        """The next block: all lines up to the second of two empty ones or the end of the summary."""
        lines = [self._lines.get(timeout=30)]
        while not self._is_over(lines):
            lines.append(self._lines.get(timeout=30))
        return [line.rstrip("\n") for line in lines]

    def _is_over(self, lines: list[str]) -> bool:
        """A block ends with an empty line after which nothing comes for a while."""
        if lines[-1] != "\n":
            return False
        time.sleep(0.2)
        return self._lines.empty()

    def is_silent(self) -> bool:
        """Nothing comes for as long as any save takes to be seen."""
        time.sleep(0.7)
        return self._lines.empty()

    def end(self) -> tuple[int, str]:
        """Stop it with Ctrl-C; the exit code, and what it said beside the output."""
        self.process.send_signal(signal.SIGINT)
        code = self.process.wait(timeout=30)
        assert self.process.stderr is not None
        return code, unhurried(self.process.stderr.read())


def unhurried(said: str) -> str:
    """What was said, but for the lines that only come where a proof takes longer than a moment: on a busy machine."""
    return "".join(line for line in said.splitlines(keepends=True) if "Looking at every possible set" not in line)


@contextmanager
def watching(*arguments: str | Path, cwd: Path | None = None) -> Iterator[Piped]:
    """The command until the end of the test."""
    piped = Piped(*arguments, cwd=cwd)
    try:
        yield piped
    finally:
        piped.process.kill()
        piped.process.wait()
        for stream in (piped.process.stdout, piped.process.stderr):
            if stream is not None:
                stream.close()


def apart() -> None:
    """Wait until the next save is one of its own."""
    time.sleep(0.7)


def in_place(path: Path, text: str) -> None:
    """Empty the file and fill it."""
    path.write_text(text, "utf-8")


def as_vim_does(path: Path, text: str) -> None:
    """Move the old file away, write a new one, and remove the old."""
    backup = path.with_name(path.name + "~")
    path.rename(backup)
    time.sleep(0.05)
    path.write_text(text, "utf-8")
    backup.unlink()


def as_visual_studio_code_does(path: Path, text: str) -> None:
    """Empty the file, and fill it a moment later."""
    path.write_text("", "utf-8")
    time.sleep(0.06)
    path.write_text(text, "utf-8")


def by_a_new_file(path: Path, text: str) -> None:
    """Write a new file and give it the name."""
    draft = path.with_name("draft")
    draft.write_text(text, "utf-8")
    draft.replace(path)


def slowly(path: Path, text: str) -> None:
    """Write a third at a time."""
    third = len(text) // 3 + 1
    with path.open("w", encoding="utf-8") as slow:
        for start in range(0, len(text), third):
            slow.write(text[start : start + third])
            slow.flush()
            time.sleep(0.05)


@pytest.mark.parametrize("save", [in_place, as_vim_does, as_visual_studio_code_does, by_a_new_file, slowly])
def test_each_way_of_saving_is_one_save(save: object, tmp_path: Path) -> None:
    """There is one block for it, of the whole text: no fault that was only there for a moment."""
    assert callable(save)
    path = file(tmp_path, ITCHY)
    with watching(path) as piped:
        piped.block()
        apart()
        save(path, WORDS)
        block = piped.block()

        assert block[0].endswith("small 1.0.0: clean")
        assert "words only: line `itchy`" in block
        assert piped.is_silent()


def test_what_it_says_through_a_pipe(tmp_path: Path) -> None:
    """A block for each save that begins with the time; one sentence for a file that is gone; Ctrl-C leaves with 130."""
    path = file(tmp_path, ITCHY)
    file(tmp_path, WORKED, "rules.cases.yaml")
    with watching("rules.yaml", cwd=tmp_path) as piped:
        first = piped.block()
        apart()
        in_place(path, FEWER)
        fewer = piped.block()
        apart()
        in_place(path, BROKEN)
        broken = piped.block()
        path.unlink()
        gone = piped.block()
        in_place(path, ITCHY)
        back = piped.block()
        code, said = piped.end()

    assert all(block[0][2::3][:2] == "::" for block in (first, fewer, broken, gone, back))
    assert first[1:3] == ["CASES: 1 passed, 0 failed", "CHANGED: nothing yet"]
    assert "NEXT STEP: Talk to a professional" in first
    assert "rules.cases.yaml:3: case `some`: `itchy` does not come as certain" in fewer
    assert "~ line `itchy`: said for other answers" in fewer
    assert broken[0].endswith("rules.yaml: 1 error, 0 warnings")
    assert broken[1].startswith("rules.yaml:11:7: error[not-yaml]")
    assert gone[0].endswith("rules.yaml is gone; waiting for it to come back")
    assert gone[1:] == [""]
    assert "CASES: 1 passed, 0 failed" in back
    assert not any("\x1b" in line for block in (first, fewer, broken, gone, back) for line in block)
    assert code == 130
    assert said == "Watching rules.yaml, rules.cases.yaml. Ctrl-C stops.\n\nStopped. Nothing was stored.\n"


def test_each_problem_is_as_the_check_prints_it(tmp_path: Path) -> None:
    """After edits with the command running, the lines under the verdict are those of a fresh `rules check`."""
    path = file(tmp_path, ITCHY)
    edits = [
        ITCHY.replace("{itch: yes}", "{itch: maybe}"),
        ITCHY.replace("says: Say since when.", "says: You are suitable."),
        ITCHY.replace("when: {itch: yes}", "when: {all: [{itch: yes}, {itch: no}]}"),
        ITCHY.replace("title: Talk", "titel: Talk"),
    ]
    with watching("rules.yaml", cwd=tmp_path) as piped:
        piped.block()
        for text in edits:
            apart()
            in_place(path, text)
            block = piped.block()
            _, out, _ = rules("check", "rules.yaml", cwd=tmp_path)
            printed = out.splitlines()
            problems = [line for line in printed if not line.startswith(("small 1.0.0:", "Proved for"))]

            assert problems
            assert block[1 : 1 + len(problems)] == problems


def test_its_companions_are_watched_too(tmp_path: Path) -> None:
    """The cases, a sources file that appears, the answers; a summary that stays the same is not repeated."""
    asking = ITCHY.replace("says: Say since when.", "says: Say since when., ask: Is it new?")
    file(tmp_path, asking.replace("title:", "sources: s.yaml\ntitle:", 1))
    answers = file(tmp_path, "{itch: no}\n", "answers.yaml")
    with watching("rules.yaml", "--answers", answers.name, cwd=tmp_path) as piped:
        missing = piped.block()
        apart()
        file(tmp_path, "format: 1\ndocuments: {a: {title: A}}\nstatements: []\n", "s.yaml")
        there = piped.block()
        apart()
        file(tmp_path, WORKED, "rules.cases.yaml")
        cases = piped.block()
        apart()
        in_place(answers, "{itch: yes}\n")
        other = piped.block()
        apart()
        answers.unlink()
        gone = piped.block()

    assert "rules.yaml:8:10: error[not-found] there is no file `s.yaml`" in missing
    assert ": 0 errors, " in there[0]
    assert not any(line.endswith("Is it new?") for line in there)
    assert "CASES: 1 passed, 0 failed" in cases
    assert "SUMMARY for the answers in answers.yaml: the same as before" in cases
    assert any(line.endswith("Is it new?") for line in other)
    assert "SUMMARY comes back with answers.yaml, which is gone" in gone


def test_a_link_is_followed(tmp_path: Path) -> None:
    """What it leads to is watched, also when it leads elsewhere."""
    one, other = file(tmp_path, ITCHY, "one.yaml"), file(tmp_path, WORDS, "other.yaml")
    link = tmp_path / "rules.yaml"
    link.symlink_to(one)
    with watching(link) as piped:
        piped.block()
        apart()
        in_place(one, FEWER)
        assert "~ line `itchy`: said for other answers" in piped.block()
        apart()
        link.unlink()
        link.symlink_to(other)
        assert "~ line `itchy`: said for other answers, reworded" in piped.block()


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    """A pipe, a folder and what is not there, each in a sentence with exit code 1; for answers and cases as well."""
    path = file(tmp_path, ITCHY)
    os.mkfifo(tmp_path / "pipe")

    assert rules("watch", "pipe", cwd=tmp_path)[2].startswith("error[not-readable] `pipe` is a pipe or a device")
    for arguments in (["pipe"], [tmp_path], ["none.yaml"], [path, "--answers", "pipe"], [path, "--cases", "none"]):
        code, out, err = rules("watch", *arguments, cwd=tmp_path)
        assert (code, out) == (1, "")
        assert err.count("error[") == 1
    code, _, err = rules("watch", cwd=tmp_path)
    assert code == 2
    assert "Missing argument 'RULES'" in err


def test_who_reads_no_more_ends_it(tmp_path: Path) -> None:
    """Like `head`: the next block ends the command."""
    path = file(tmp_path, ITCHY)
    with watching(path) as piped:
        piped.block()
        apart()
        assert piped.process.stdout is not None
        os.close(os.dup(piped.process.stdout.fileno()))
    command = f"{COMMAND} rules watch {path} | head -1"
    shell = subprocess.Popen(["bash", "-c", command], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert shell.stdout is not None
    assert shell.stdout.readline().endswith(": clean\n")
    apart()
    in_place(path, WORDS)

    out, said = shell.communicate(timeout=30)

    assert out == ""
    assert unhurried(said) == f"Watching {path}, {path.with_name('rules.cases.yaml')}. Ctrl-C stops.\n"


@SIZES
def test_the_screen_is_drawn_anew(columns: int, rows: int, tmp_path: Path) -> None:
    """After each save the window shows the report from its first row, as far as it fits; it is given back."""
    path = file(tmp_path, ITCHY)
    file(tmp_path, WORKED, "rules.cases.yaml")
    terminal = Terminal("rules", "watch", str(path), columns=columns, rows=rows)
    before = terminal.settings()
    terminal.until("small 1.0.0: clean")
    terminal.type("typed\r")
    apart()
    in_place(path, FEWER)
    terminal.until("0 passed, 1 failed")
    terminal.when(lambda: "clean" in terminal.shown())
    shown = terminal.shown().split("\n")
    apart()
    in_place(path, BROKEN)
    terminal.until("error[not-yaml]")
    terminal.until("come back once")
    path.unlink()
    terminal.until("is gone; waiting for")
    gone = terminal.shown()
    in_place(path, ITCHY)
    terminal.until("1 passed, 0 failed")
    terminal.type(CTRL_C)

    assert terminal.end() == 130
    assert before  # the terminal could be looked at
    assert shown[0].endswith("small 1.0.0: clean")
    assert len(shown) == rows
    assert "more line" in shown[-1] or not shown[-1]
    assert "CASES" not in gone
    assert "typed" not in terminal.raw
    assert "\x1b[2J" not in terminal.raw  # nothing is wiped before it is drawn
    terminal.given_back()


def test_a_window_of_another_size_is_filled(tmp_path: Path) -> None:
    """The same report, wrapped and cut anew."""
    path = file(tmp_path, ITCHY)
    file(tmp_path, WORKED, "rules.cases.yaml")
    terminal = Terminal("rules", "watch", str(path), columns=80, rows=24)
    terminal.until("small 1.0.0: clean")
    terminal.resize(30, 10)
    terminal.when(lambda: shows_a_part(terminal.shown().splitlines()))
    terminal.resize(90, 40)
    terminal.until("Please see a professional.")
    terminal.type(CTRL_C)

    assert terminal.end() == 130


def shows_a_part(lines: list[str]) -> bool:
    """Whether a report is drawn from its first line on, and says at the end of the window that there is more."""
    return len(lines) == 10 and lines[0].endswith("small 1.0.0: clean") and "more line" in lines[-1]


@pytest.mark.parametrize("environment", [{"NO_COLOR": "1"}, {"TERM": "dumb"}, {"ACCESSIBLE": "1"}, {}])
def test_plain_lines_on_a_terminal(environment: dict[str, str], tmp_path: Path) -> None:
    """Where it is asked for, lines are added and nothing is drawn."""
    path = file(tmp_path, ITCHY)
    file(tmp_path, WORKED, "rules.cases.yaml")
    plain = () if environment else ("--plain",)
    terminal = Terminal("rules", "watch", str(path), *plain, **environment)  # type: ignore[arg-type]  # only variables
    terminal.until("Please see a professional.")
    apart()
    in_place(path, WORDS)
    terminal.until("words only: line `itchy`")
    terminal.type(CTRL_C)

    assert terminal.end() == 130
    assert "\x1b" not in terminal.raw
    assert terminal.raw.count("small 1.0.0: clean") == 2


def test_the_next_save_ends_a_long_proof(tmp_path: Path) -> None:
    """What is known already is shown while the proof goes on, and a smaller file after it is not kept waiting."""
    path = file(tmp_path, hard_file())
    terminal = Terminal("rules", "watch", str(path), columns=100, rows=30)
    terminal.until("looking at every possible set of answers")
    terminal.until("SUMMARY")
    in_place(path, ITCHY)
    terminal.until("small 1.0.0: clean")
    terminal.type(CTRL_C)

    assert terminal.end() == 130
    assert "CASES: none yet" in terminal.raw
