"""`screener rules check` as people run it: examples in files, limits, formats, exit codes, hard files and Ctrl-C."""

import itertools
import json
import os
import re
import signal
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import unquote_to_bytes

import pytest
from commands import FAULTY, hard_file
from paths import CASES
from terminals import CTRL_C, Terminal

from screener import RuleFile, load_rules
from screener.authoring.checks.logic import PAGES, prove
from screener.authoring.checks.page import Page, whole
from screener.authoring.checks.proved import render
from screener.authoring.manual.texts import texts
from screener.proof.gates import Undecided

COMMAND = str(Path(sys.executable).parent / "screener")
SOUND = CASES / "good" / "sound.yaml"
SMALL = CASES / "good" / "small.yaml"
FORMATS = ("text", "json", "sarif")
PROVED = "Proved for every possible set of answers: "
PROVING = "Proving over every possible set of answers, "
HEAD = re.compile(r"^(.*):(\d+):(\d+): (error|warning)\[([a-z0-9-]+)\] (.*)$", re.MULTILINE)
UNDECIDED = re.compile(r"`([a-z-]+)` was not decided in (\d+) of (\d+) cases")
FILES_OF_FAULTY = ["01-nothing-said.yaml", "02-said-together.yaml", "03-broken-promise.yaml"]


def environment() -> dict[str, str]:
    """The environment of the tests, with a screen of 80 columns."""
    return {**os.environ, "COLUMNS": "80"}


def run(*arguments: str | Path, cwd: Path | None = None) -> tuple[int, str, str]:
    """Exit code, standard output and standard error of `screener`; a fault of the program fails at once."""
    done = subprocess.run(
        [COMMAND, *map(str, arguments)],
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        timeout=60,
        env=environment(),
    )
    out, err = done.stdout.decode("utf-8"), done.stderr.decode("utf-8")
    assert "Traceback" not in out + err
    assert "inside screener" not in err
    return done.returncode, out, err


def check(*arguments: str | Path, cwd: Path | None = None) -> tuple[int, str, str]:
    """The same for `screener rules check`."""
    return run("rules", "check", *arguments, cwd=cwd)


def file(folder: Path, text: str = FAULTY, name: str = "rules.yaml") -> Path:
    """A file with this text."""
    (folder / name).write_text(text, encoding="utf-8")
    return folder / name


def heads(text: str) -> list[tuple[str, int, int, str, str]]:
    """File, line, column, level and code of every problem that a text shows."""
    return [(name, int(line), int(column), level, code) for name, line, column, level, code, _ in HEAD.findall(text)]


def replayed(rules: Path, answers: Path) -> dict[str, Any]:
    """The summary of an answers file, as JSON; it must be complete."""
    code, out, err = run("start", rules, "--answers", answers, "--format", "json")
    summary: dict[str, Any] = json.loads(out)

    assert (code, err) == (0, "")
    assert summary["complete"] is True
    return summary


def test_examples_are_written_for_their_owner_alone(tmp_path: Path) -> None:
    """One file for each example, in the order of the problems, in a folder that is made; both closed to others."""
    folder = tmp_path / "deep" / "examples"
    code, out, err = check(file(tmp_path), "--witness", folder)

    assert code == 1
    assert err.startswith("3 answers files written to ")
    assert sorted(path.name for path in folder.iterdir()) == FILES_OF_FAULTY
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert out.count("for example, ") == 3


def test_examples_show_what_they_say(tmp_path: Path) -> None:
    """Each file begins with its problem, is complete, and brings about just that."""
    path = file(tmp_path)
    check(path, "--witness", tmp_path / "w")
    nothing, together, broken = (replayed(path, tmp_path / "w" / name) for name in FILES_OF_FAULTY)

    assert nothing["findings"] == []
    assert {"less", "more"} <= {finding["id"] for finding in together["findings"]}
    assert (broken["answers"]["itch"], broken["disposition"]["id"]) == ("yes", "consult")
    text = (tmp_path / "w" / FILES_OF_FAULTY[1]).read_text(encoding="utf-8")
    assert text.startswith("# error[said-together] guidance `less` excludes `more`")


@pytest.mark.parametrize("page", [page for page in PAGES if page.bad.rules], ids=lambda page: page.code)
def test_the_examples_of_every_code_replay(page: Page, tmp_path: Path) -> None:
    """The examples on the pages of the manual: as many files as the text announces, and each one is complete."""
    path = file(tmp_path, whole(page.bad))
    _, out, _ = check(path, "--witness", tmp_path / "w")
    files = sorted((tmp_path / "w").glob("*"))

    assert len(files) == out.count("  for example, ")
    assert [replayed(path, answers)["open"] for answers in files] == [[]] * len(files)


def test_two_examples_of_one_problem_show_a_step_before_and_after(tmp_path: Path) -> None:
    """A promise that more is never less urgent is broken by two sets of answers; the files are numbered alike."""
    (page,) = (page for page in PAGES if page.code == "less-urgent")
    path = file(tmp_path, whole(page.bad))
    check(path, "--witness", tmp_path / "w")
    steps = [replayed(path, tmp_path / "w" / f"01-less-urgent-{part}.yaml")["disposition"]["id"] for part in ("1", "2")]

    assert steps == ["doctor-first", "consult"]


def test_an_existing_file_is_not_replaced(tmp_path: Path) -> None:
    """One of three names is taken: exit code 1, nothing at all is written, and the file is as it was."""
    folder = tmp_path / "w"
    folder.mkdir()
    taken = file(folder, "mine", FILES_OF_FAULTY[1])
    code, out, err = check(file(tmp_path), "--witness", folder)

    assert code == 1
    assert "error[not-writable]" in err
    assert "--force" in err
    assert "error[said-together]" in out, "what was found is said all the same"
    assert list(folder.iterdir()) == [taken]
    assert taken.read_text(encoding="utf-8") == "mine"


def test_an_existing_file_is_replaced_on_demand(tmp_path: Path) -> None:
    """With --force every example is written, for its owner alone; what else is in the folder stays."""
    folder = tmp_path / "w"
    folder.mkdir()
    taken = file(folder, "mine", FILES_OF_FAULTY[1])
    other = file(folder, "other", "notes.txt")
    code, _, err = check(file(tmp_path), "--witness", folder, "--force")

    assert (code, err.startswith("3 answers files written")) == (1, True)
    assert sorted(path.name for path in folder.iterdir()) == [*FILES_OF_FAULTY, "notes.txt"]
    assert stat.S_IMODE(taken.stat().st_mode) == 0o600
    assert "said-together" in taken.read_text(encoding="utf-8")
    assert other.read_text(encoding="utf-8") == "other"


def test_what_is_no_folder_is_left_alone(tmp_path: Path) -> None:
    """A file, or a folder inside a file, where the examples should go: exit code 1 and one sentence."""
    path = file(tmp_path)
    place = file(tmp_path, "mine", "place")
    for target in (place, place / "inside"):
        code, _, err = check(path, "--witness", target)
        assert (code, err.count("error[not-writable]")) == (1, 1)
    assert place.read_text(encoding="utf-8") == "mine"


def test_without_examples_no_file_is_written(tmp_path: Path) -> None:
    """A sound file, and one whose problem needs no example: no file, and the exit code is that of the check."""
    for rules, expected in ((SOUND, 0), (SMALL, 0), (CASES / "bad" / "logic" / "cascade.yaml", 1)):
        folder = tmp_path / rules.stem
        assert check(rules, "--witness", folder)[0] == expected
        assert list(folder.glob("*")) == []


@pytest.mark.parametrize("rules", ["pico-laser", SOUND, CASES / "good" / "every-feature.yaml"], ids=str)
def test_no_time_means_not_decided(rules: str | Path) -> None:
    """Exit code 1, and one sentence: nothing was decided, and nothing is claimed or called a fault."""
    code, out, _ = check(rules, "--limit", "0")

    assert code == 1
    assert [head[-2:] for head in heads(out) if head[-2] == "error"] == [("error", "not-decided")]
    assert "nothing was decided about any set of answers: the time of 0 seconds was over" in out
    assert PROVED not in out


@pytest.mark.parametrize("rules", ["pico-laser", SOUND, CASES / "good" / "every-feature.yaml"], ids=str)
@pytest.mark.parametrize("share", [0.1, 0.4, 0.7, 0.95])
def test_no_more_is_proved_than_was_decided(rules: str | Path, share: float) -> None:
    """For each check, wherever the time is over; and nothing undecided is called a fault."""
    loaded, ticks = load_rules(rules), list[None]()
    whole_time = summed_up(loaded, lambda: ticks.append(None))
    out = summed_up(loaded, after(int(len(ticks) * share)))
    undecided = {name: (int(count), int(of)) for name, count, of in UNDECIDED.findall(out)}

    assert "not-decided" in out
    for words, name in (("questions? can be asked", "never-asked"), ("lines? can be said", "never-said")):
        count, of = undecided.get(name, (0, 0))
        assert claimed(out, words) <= max(of - count, 0) or name not in undecided
    for words in ("promises? holds?", "pairs? of lines", "next steps? can be", "questions? never makes?"):
        assert claimed(out, words) <= claimed(whole_time, words)
    assert codes(out) <= {"not-decided", *codes(whole_time)}


def summed_up(rules: RuleFile, tick: Callable[[], None]) -> str:
    """The code and the message of all that a proof finds, and the last line of the check."""
    remarks, sound = prove(rules, tick, lambda *_: None)
    return "".join(f"- {one.code} {one.message}\n" for one in remarks) + render(rules, sound, 0, 0)


def codes(out: str) -> set[str]:
    """The codes in what was summed up."""
    return {line.split()[1] for line in out.splitlines() if line.startswith("- ")}


def after(many: int) -> Callable[[], None]:
    """A clock whose time is over once it was looked at so many times."""
    left = itertools.count(many, -1)

    def tick() -> None:
        if next(left) <= 0:
            raise Undecided("the time was over")

    return tick


def test_evidence_without_time_is_one_sentence_and_no_folder(tmp_path: Path) -> None:
    """Exit code 1, whether nothing was decided or only a part; and no folder, not even an empty one."""
    for limit in ("0", "0.05"):
        code, out, err = run("rules", "evidence", "pico-laser", "--limit", limit, "--output", tmp_path / "new")

        assert (code, out) == (1, "")
        assert err.count("error[") == 1
        assert err.startswith("error[not-decided] no evidence is written: ")
        assert not (tmp_path / "new").exists()


def claimed(out: str, words: str) -> int:
    """How many of these the last line of a check calls proved."""
    last = out.rstrip("\n").splitlines()[-1]
    found = re.search(rf"\b([\d,]+) {words}", last) if last.startswith(PROVED) else None
    return int(found[1].replace(",", "")) if found else 0


@pytest.mark.parametrize(
    ("text", "plain", "strict"),
    [(SOUND.read_text(), 0, 0), (SMALL.read_text(), 0, 1), (FAULTY, 1, 1)],
    ids=["sound", "warnings", "errors"],
)
@pytest.mark.parametrize("format", FORMATS)
def test_exit_codes(tmp_path: Path, text: str, plain: int, strict: int, format: str) -> None:
    """0 without errors, 1 with errors; with --strict, 1 for warnings too; the same in every format."""
    path = file(tmp_path, text)

    assert check(path, "--format", format)[0] == plain
    code, out, err = check(path, "--format", format, "--strict")
    assert (code, err) == (strict, "")
    assert out == check(path, "--format", format)[1], "--strict changes the exit code alone"


@pytest.mark.parametrize(
    "arguments",
    [["--format", "xml"], ["--limit", "-1"], ["--limit", "soon"], ["--limit", "nan"], ["--witness"], ["--strict=1"]],
    ids=" ".join,
)
def test_wrong_use(arguments: list[str]) -> None:
    """Exit code 2, nothing on standard output."""
    code, out, err = check(SOUND, *arguments)

    assert (code, out) == (2, "")
    assert "Error: " in err


def test_sarif_is_what_code_hosts_read(tmp_path: Path) -> None:
    """Version, runs, tool, rules and results as the standard wants them; each rule has its page as text."""
    code, out, err = check(file(tmp_path), "--format", "sarif", cwd=tmp_path)
    log = json.loads(out)
    (one,) = log["runs"]
    driver = one["tool"]["driver"]

    assert (code, err, log["version"]) == (1, "", "2.1.0")
    assert log["$schema"].endswith("sarif-2.1.0.json")
    assert driver["name"] == "screener"
    assert one["columnKind"] == "unicodeCodePoints"
    assert {rule["id"]: rule["fullDescription"]["text"] for rule in driver["rules"]} == {
        code: texts()[code] for code in ("broken-promise", "nothing-said", "said-together")
    }
    for result in one["results"]:
        assert driver["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in ("error", "warning")
        assert result["message"]["text"]
        for place in (*result["locations"], *result.get("relatedLocations", ())):
            physical = place["physicalLocation"]
            assert re.fullmatch(r"file:///[A-Za-z0-9._~/%+-]+", physical["artifactLocation"]["uri"])
            assert min(physical["region"].values()) >= 1


def test_formats_agree(tmp_path: Path) -> None:
    """The same problems in the same order at the same places, with the same other places and examples."""
    file(tmp_path)
    text, plain, sarif = (check("rules.yaml", "--format", format, cwd=tmp_path)[1] for format in FORMATS)
    problems = json.loads(plain)["problems"]
    results = json.loads(sarif)["runs"][0]["results"]
    shown = heads(text)

    assert len(shown) == 3
    assert [(p["file"], p["line"], p["column"], p["level"], p["code"]) for p in problems] == shown
    assert [place(r["locations"][0], r["level"], r["ruleId"]) for r in results] == shown
    for problem, result in zip(problems, results, strict=True):
        others = [place(other, "", "")[:3] for other in result.get("relatedLocations", ())]
        assert [(o["file"], o["line"], o["column"]) for o in problem["related"]] == others
        assert all(f"  {name}:{line}:{column}: " in text for name, line, column in others)
        assert result["properties"]["witness"] == problem["witness"]
        assert result["message"]["text"].startswith(problem["message"])


def place(location: dict[str, Any], level: str, code: str) -> tuple[str, int, int, str, str]:
    """A place of a SARIF log, as `heads` has it."""
    physical = location["physicalLocation"]
    region = physical["region"]
    return physical["artifactLocation"]["uri"], region["startLine"], region["startColumn"], level, code


ODD_NAMES = [
    "a b  c.yaml",
    "a:b.yaml",
    "%41?#.yaml",
    "tab\tline\nend.yaml",
    "bell\x07.yaml",
    "caf\udce9.yaml",
    "é😀.yaml",
]


@pytest.mark.parametrize("name", ODD_NAMES, ids=ascii)
def test_an_address_leads_to_its_file_whatever_its_name(name: str, tmp_path: Path) -> None:
    """Both files of a check, named from here or from the root: decoded, an address is the very bytes of the name."""
    folder = tmp_path / f"in {name}"
    folder.mkdir()
    rules = folder / name
    rules.write_text(FAULTY.replace("language: en", "language: en\nsources: s.yaml"), encoding="utf-8")
    file(folder, "format: 1\ndocuments: {}\nstatements:\n  - {id: C1, says: Cream helps.}\n", "s.yaml")
    for given, sources in ((Path(name), Path("s.yaml")), (rules, folder / "s.yaml")):
        log = json.loads(check(given, "--format", "sarif", cwd=folder)[1])
        places = [location for result in log["runs"][0]["results"] for location in result["locations"]]
        found = {location["physicalLocation"]["artifactLocation"]["uri"] for location in places}

        assert {unquote_to_bytes(uri.removeprefix("file://")) for uri in found} == {
            os.fsencode(given),
            os.fsencode(sources),
        }
        assert {uri.startswith("file:///") for uri in found} == {given.is_absolute()}
        assert all(re.fullmatch(r"[A-Za-z0-9._~/%+-]+", uri.removeprefix("file://")) for uri in found)


def test_columns_count_characters(tmp_path: Path) -> None:
    """A place behind a picture in the line is where a person counts it, not where a computer counts bytes."""
    check_file = file(tmp_path)
    line = next(line for line in FAULTY.splitlines() if "🧴" in line)
    found = [column for _, _, column, _, code in heads(check(check_file)[1]) if code == "said-together"]

    assert found == [line.index("[more]") + 1]


STRUCTURAL = FAULTY.replace("creams: acid}", "creams: acids}")


@pytest.mark.parametrize("format", FORMATS)
def test_a_file_that_can_not_be_read_is_not_proved(tmp_path: Path, format: str) -> None:
    """What keeps a file from being read is reported alone: no verdict on its logic, no folder, not even undecided."""
    path = file(tmp_path, STRUCTURAL)
    code, out, err = check(path, "--format", format, "--limit", "0", "--witness", tmp_path / "w")

    assert (code, err) == (1, "")
    assert "unknown-option" in out
    for other in ("not-decided", "broken-promise", "said-together", "Proved"):
        assert other not in out
    assert not (tmp_path / "w").exists()


WHERE = ["id: less", "Mild", "Wash less often.", "It is safer.", "Care 🧴"]
ESCAPES = ["\x1b[31m", "\x07", "\u202e", "\u2066", "\u2028", "\x9b2J"]
HOSTILE = [*((where, ESCAPES[0]) for where in WHERE), *((WHERE[0], character) for character in ESCAPES[1:])]
#: Harmless to a file, and perhaps not to what shows it.
ODD = "[red]{0}%s$(id)`id`<script>&amp;\\ud800 \\u001b[31m '' --"


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize(("where", "character"), HOSTILE, ids=ascii)
def test_control_characters_stay_inert(tmp_path: Path, where: str, character: str, format: str) -> None:
    """Raw in an id, a label or a text: the file is refused, and the output holds none of them."""
    path = file(tmp_path, FAULTY.replace(where, where + character))
    code, out, err = check(path, "--format", format)

    assert (code, err) == (1, "")
    assert "unsafe-character" in out
    assert inert(out)


def inert(out: str) -> bool:
    """No character that can change how the rest is shown."""
    return not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]", out)


@pytest.mark.parametrize("format", FORMATS)
def test_escaped_control_characters_stay_inert(tmp_path: Path, format: str) -> None:
    """The same written as escapes in quotes, and surrogates that no text may hold."""
    for escape in ("\\e[31m", "\\u202e", "\\x9b", "\\ud800"):
        text = FAULTY.replace("says: Wash less often.", f'says: "You are suitable{escape}."')
        code, out, err = check(file(tmp_path, text), "--format", format)
        assert (code, err) == (1, "")
        assert inert(out)
        if format != "text":
            json.loads(out)


@pytest.mark.parametrize("format", FORMATS)
def test_odd_texts_stay_texts(tmp_path: Path, format: str) -> None:
    """Marks of other languages in titles, labels and reasons are printed as they are, and never followed."""
    text = FAULTY.replace("label: No", f"label: {json.dumps(ODD)}")
    text = text.replace("because: It is safer.", f"because: {json.dumps(ODD)}")
    text = text.replace("title: Faulty", f"title: {json.dumps('You are suitable ' + ODD)}")
    code, out, err = check(file(tmp_path, text), "--format", format, "--witness", tmp_path / "w")

    assert code == 1
    assert "verdict-word" in out
    assert inert(out + err)
    assert format == "text" or json.loads(out)
    assert format != "text" or "You are suitable [red]{0}%s$(id)`id`<script>" in out
    assert len(list((tmp_path / "w").iterdir())) == 3


@pytest.mark.parametrize("format", FORMATS)
def test_odd_ids_are_named_as_they_are(tmp_path: Path, format: str) -> None:
    """An option that does not exist, made of such marks: the message holds it, in every format that can be read."""
    path = file(tmp_path, FAULTY.replace("creams: acid}", f"creams: {json.dumps(ODD)}}}"))
    code, out, err = check(path, "--format", format)

    assert (code, err) == (1, "")
    assert inert(out)
    assert "unknown-option" in out
    if format == "json":
        assert ODD in json.loads(out)["problems"][0]["message"]
    if format == "text":
        assert f"question `creams` has no option `{ODD}`" in out
    if format == "sarif":  # there a number in braces stands for something else, and braces are doubled (§3.11.5)
        message = json.loads(out)["runs"][0]["results"][0]["message"]["text"]
        assert "{0}" not in message.replace("{{0}}", "")


@pytest.mark.parametrize("format", FORMATS)
def test_the_name_of_a_file_stays_inert(tmp_path: Path, format: str) -> None:
    """A file or a folder whose name holds control characters can not fake a line."""
    folder = tmp_path / "a\x1b[31m\nb\u202e: error[faked] x"
    folder.mkdir()
    code, out, err = check(file(folder), "--format", format, "--witness", folder / "w\x1b[2J")

    assert code == 1
    assert inert(out + err)
    assert not re.search(r"^b", out + err, re.MULTILINE)
    assert not re.search(r"^error\[faked\]", out, re.MULTILINE)
    if format == "sarif":
        uris = re.findall(r'"uri": "(.*)"', out)
        assert [uri for uri in uris if not re.fullmatch(r"file:///[A-Za-z0-9._~/%+-]+", uri)] == []


def test_a_quick_check_is_quiet() -> None:
    """Nothing on standard error when nothing takes long, in any format."""
    for format in FORMATS:
        assert check("pico-laser", "--format", format)[2] == ""


@pytest.mark.slow
def test_a_hard_file_ends_soon_after_its_time(tmp_path: Path) -> None:
    """After two seconds what is open is called undecided, with its name; how far it is was said after one."""
    path = file(tmp_path, hard_file())
    code, out, err = check(path, "--limit", "2")

    assert code == 1
    assert "`never-said` was not decided in 1 of 2 cases: `different`" in out
    assert claimed(out, "lines? can be said") == 1
    assert "can never be said" not in out
    assert re.fullmatch(rf"({re.escape(PROVING)}\d+ s: [a-z-]+, \d+ of \d+\n)+", err)


@pytest.mark.slow
@pytest.mark.parametrize("format", FORMATS)
def test_an_interrupt_ends_a_hard_file_at_once(tmp_path: Path, format: str) -> None:
    """The signal of Ctrl-C in the middle of a proof: exit code 130, and no half of a report."""
    path = file(tmp_path, hard_file())
    with subprocess.Popen(
        [COMMAND, "rules", "check", path, "--format", format, "--witness", tmp_path / "w"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
    ) as running:
        assert running.stderr is not None
        assert running.stdout is not None
        assert running.stderr.readline().decode().startswith(PROVING)
        running.send_signal(signal.SIGINT)
        code = running.wait(20)  # what is to be proved takes longer than anyone waits
        out, err = running.stdout.read(), running.stderr.read().decode()

    assert code == 130
    assert out == b""
    assert err.endswith("Stopped. Nothing was stored.\n")
    assert not (tmp_path / "w").exists()


@pytest.mark.slow
def test_ctrl_c_in_a_terminal_ends_a_hard_file_at_once(tmp_path: Path) -> None:
    """Progress is one line that changes; the key ends it, with exit code 130 and one true sentence."""
    terminal = Terminal("rules", "check", str(file(tmp_path, hard_file())))
    terminal.until(" s: never-said, 2 of 2")
    assert terminal.shown().count(PROVING) == 1
    terminal.type(CTRL_C)
    code = terminal.end()

    assert code == 130
    assert "Stopped. Nothing was stored." in terminal.shown()


@pytest.mark.slow
def test_progress_leaves_no_trace_in_a_terminal(tmp_path: Path) -> None:
    """Once the check is over, the line that said how far it was is gone."""
    path = file(tmp_path, hard_file())
    terminal = Terminal("rules", "check", str(path), "--limit", "2", columns=200)
    terminal.until(PROVING)

    assert terminal.end() == 1
    assert PROVING not in terminal.shown()
    assert "error[not-decided]" in terminal.shown()
