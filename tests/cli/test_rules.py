"""`screener rules …` as people run it: the installed command, its exit codes, and nothing written on failure."""

import json
import os
import stat
import subprocess
from pathlib import Path

import pytest
from commands import COMMAND, SMALL, file, rules
from paths import BAD, GOOD
from prose import HARD

from screener.authoring.checks.document import fingerprint

SOUND = (GOOD / "sound.yaml").read_text(encoding="utf-8")
PROVED = "Proved for every possible set of answers: "
NO_PROBLEMS = (
    "sound 1.0.0: no problems (1 question, 2 guidance lines, 0 statements)\n"
    f"{PROVED}1 question can be asked; 2 lines can be said; 1 next step can be reached.\n"
)


def test_list_shows_what_comes_with_the_tool() -> None:
    """One line for each rule file: name, version, language and title; their companions are not listed."""
    code, out, err = rules("list")

    assert (code, err) == (0, "")
    assert [line.split()[0] for line in out.splitlines()] == ["pico-laser"]
    assert " 2." in out
    assert "  en  Pico laser" in out


def test_show_gives_the_whole_file_in_plain_language() -> None:
    """Every question and line, the next steps, the promises and the sources, within the width."""
    code, out, err = rules("show", GOOD / "every-feature.yaml")

    assert (code, err) == (0, "")
    assert all(len(line) <= 80 for line in out.splitlines())
    for said in ("[itch] 3. Does your skin itch?", "(stands alone)", "at least 0.5", "years", "PROMISES"):
        assert said in out
    said = "Asked when “Does your skin itch?” is answered “Yes” or not sure, or when that is left open."
    assert said in out.replace("\n    ", " ")
    assert rules("show") == rules("show", "pico-laser")


def test_show_refuses_a_wrong_file() -> None:
    """The problems go to standard error, nothing to standard output."""
    code, out, err = rules("show", BAD / "unknown-key-at-top.yaml")

    assert (code, out) == (1, "")
    assert "error[unknown-key]" in err


def test_check_of_a_sound_file_is_two_lines() -> None:
    """What was counted, that there are no problems, and what was proved; also for the file that comes with the tool."""
    assert rules("check", GOOD / "sound.yaml") == (0, NO_PROBLEMS, "")
    code, out, err = rules("check")
    counts, proved = out.splitlines()
    assert (code, err) == (0, "")
    assert counts.startswith("pico-laser 2.")
    assert ": no problems (" in counts
    assert proved.startswith(PROVED)
    assert proved.endswith(".")


def test_check_shows_each_problem_with_its_line_and_a_caret() -> None:
    """Place, level, code and sentence; the line; a caret below the place; help."""
    path = BAD / "unknown-option.yaml"
    code, out, err = rules("check", path)

    assert (code, err) == (1, "")
    assert out.splitlines() == [
        f"{path}:36:22: error[unknown-option] question `concerns` has no option `dri`",
        "        when: {concerns: dri}",
        "                         ^",
        "  help: did you mean `dry`? it has: dry, spots, none",
    ]


def test_check_as_json_holds_the_same_problems() -> None:
    """One object with a schema, in the same order as the text; also when there is nothing to say."""
    path = BAD / "several-faults-at-once.yaml"
    code, out, err = rules("check", path, "--format", "json")
    found = json.loads(out)
    text = rules("check", path)[1]

    assert (code, err, found["schema"]) == (1, "", "screener/problems/1")
    assert [f"{p['file']}:{p['line']}:{p['column']}: {p['level']}[{p['code']}]" for p in found["problems"]] == [
        line.split("] ")[0] + "]" for line in text.splitlines() if line.startswith(str(path))
    ]
    code, out, err = rules("check", GOOD / "sound.yaml", "--format", "json")
    assert (code, json.loads(out), err) == (0, {"schema": "screener/problems/1", "problems": []}, "")


def test_check_lists_the_problems_of_both_files(tmp_path: Path) -> None:
    """A wrong rule file with a wrong sources file: one run shows both, each with its own name."""
    path = file(
        tmp_path, SMALL.replace("type: yes-no", "type: yesno").replace("language: en", "language: en\nsources: s.yaml")
    )
    other = file(tmp_path, "format: 1\ndocuments: {}\nstatement: []\n", "s.yaml")
    code, out, _ = rules("check", path)

    assert code == 1
    assert out.index(f"{path}:13:11: error[wrong-value]") < out.index(f"{other}:3:1: error[unknown-key]")


def test_check_places_remarks_in_the_right_file(tmp_path: Path) -> None:
    """Words that judge are shown in the rule file, unsaid statements in the sources file; all are counted."""
    text = SOUND.replace("Keep the skin cool", "You are suitable").replace(
        "language: en", "language: en\nsources: s.yaml"
    )
    path = file(tmp_path, text)
    other = file(tmp_path, "format: 1\ndocuments: {}\nstatements:\n  - {id: C1, says: Cream helps.}\n", "s.yaml")
    code, out, _ = rules("check", path)

    assert code == 1
    assert f"{path}:21:11: error[verdict-word]" in out
    assert f"{other}:4:5: error[unaccounted-statement]" in out
    assert out.splitlines()[-2] == "sound 1.0.0: 2 errors, 2 warnings (1 question, 2 guidance lines, 1 statement)"
    assert out.splitlines()[-1].startswith(PROVED)


def test_warnings_alone_are_no_failure(tmp_path: Path) -> None:
    """A text that is hard to read is said, and the exit code stays 0."""
    code, out, _ = rules("check", file(tmp_path, SOUND.replace("Keep the skin cool.", HARD)))

    assert code == 0
    assert "warning[hard-to-read]" in out
    assert "0 errors, 1 warning " in out


def test_a_changed_document_is_found(tmp_path: Path) -> None:
    """The text the statements were taken from passes; a changed word names the statements to look at again."""
    document = file(tmp_path, "A made-up leaflet\n\nWhat helps\nCream helps.\n", "leaflet.txt")
    sources = f"""format: 1
documents:
  leaflet:
    title: A leaflet
    sections:
      helps: {{heading: What helps, sha256: {fingerprint("What helps Cream helps.")}}}
statements:
  - {{id: C1, document: leaflet, section: helps, says: Cream helps., left_out: known}}
"""
    file(tmp_path, sources, "s.yaml")
    path = file(tmp_path, SOUND.replace("language: en", "language: en\nsources: s.yaml"))
    assert rules("check", path, "--document", document)[0] == 0

    document.write_text("A made-up leaflet\n\nWhat helps\nCream seldom helps.\n")
    code, out, _ = rules("check", path, "--document", document)
    assert code == 1
    assert "error[document-changed] section `What helps` has changed; look again at C1" in out
    assert f"sha256: {fingerprint('What helps Cream seldom helps.')}" in out

    code, out, _ = rules("check", path, "--document", tmp_path / "gone.txt")
    assert (code, "error[not-found]" in out) == (1, True)


UNREADABLE = [
    ("check", "missing.yaml", "not-found"),
    ("check", ".", "not-readable"),
    ("check", "latin.yaml", "not-utf8"),
    ("check", "large.yaml", "too-large"),
    ("check", "/dev/zero", "too-large"),
    ("check", "x" * 300, "not-"),
    ("show", "missing.yaml", "not-found"),
    ("test", "latin.yaml", "not-utf8"),
]


@pytest.mark.parametrize(("command", "name", "expected"), UNREADABLE, ids=lambda text: text[:12])
def test_what_can_not_be_read_is_a_problem(tmp_path: Path, command: str, name: str, expected: str) -> None:
    """Missing, a folder, not UTF-8, too large, endless: exit code 1, one problem, and a sentence without a trace."""
    (tmp_path / "latin.yaml").write_bytes("title: Präparat".encode("latin-1"))
    (tmp_path / "large.yaml").write_bytes(b"#" * (5 * 1024 * 1024 + 1))
    code, out, err = rules(command, name, cwd=tmp_path)

    assert (code, (out + err).count("error[")) == (1, 1)
    assert f"error[{expected}" in out + err


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_a_problem(tmp_path: Path) -> None:
    """Said as such, with exit code 1."""
    path = file(tmp_path, SMALL)
    path.chmod(0)
    code, out, _ = rules("check", path)

    assert (code, "error[not-readable]" in out) == (1, True)


@pytest.mark.parametrize(
    "arguments",
    [
        ["check", "--format", "xml"],
        ["check", "--document"],
        ["schema", "--of", "answers"],
        ["new"],
        ["nothing"],
        ["show", "--colour"],
    ],
    ids=" ".join,
)
def test_wrong_use_says_what_to_type(arguments: list[str]) -> None:
    """Exit code 2, what is wrong on standard error, nothing on standard output."""
    code, out, err = rules(*arguments)

    assert (code, out) == (2, "")
    assert "Error: " in err


@pytest.mark.parametrize("of", ["rules", "sources", "cases"])
def test_schemas_are_printed(of: str) -> None:
    """The whole schema on standard output, and nothing else."""
    code, out, err = rules("schema", "--of", of)

    assert (code, err) == (0, "")
    assert json.loads(out)["$schema"].startswith("https://json-schema.org/")


def test_a_new_file_passes_the_check_and_is_never_overwritten(tmp_path: Path) -> None:
    """Written for its owner alone, sound from the start; a second try changes nothing."""
    code, out, err = rules("new", "my skin.yaml", cwd=tmp_path)
    path = tmp_path / "my skin.yaml"
    assert (code, out) == (0, "")
    assert "my skin.yaml" in err
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    code, out, err = rules("check", path, "--strict")
    assert (code, err) == (0, "")
    assert out.startswith("my-skin 0.1.0: no problems (2 questions, 3 guidance lines, 0 statements)\n" + PROVED)

    path.write_text("mine")
    code, out, err = rules("new", path)
    assert (code, out, path.read_text()) == (1, "", "mine")
    assert "error[not-writable]" in err
    assert "--force" not in err, "this command has no such option"


def test_nothing_is_written_where_it_can_not_be(tmp_path: Path) -> None:
    """A folder, a missing folder, a pipe or a name that is too long: exit code 1, and all is as it was."""
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "folder").mkdir()
    for name in ("folder", "no/new.yaml", "pipe", "x" * 300):
        code, out, err = rules("new", name, cwd=tmp_path)
        assert (code, out, err.count("error[not-writable]")) == (1, "", 1)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["folder", "pipe"]


def test_output_is_utf8_in_any_locale() -> None:
    """Also where the locale knows only ASCII."""
    ascii_only = {**os.environ, "LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    done = subprocess.run(
        [COMMAND, "rules", "show", GOOD / "scripts.yaml"], env=ascii_only, capture_output=True, check=False
    )

    assert (done.returncode, done.stderr) == (0, b"")
    assert "हेल" not in done.stdout.decode()
    assert "هل بشرتك جافة؟" in done.stdout.decode()


def test_a_reader_that_leaves_early_is_no_fault() -> None:
    """`screener rules show | head -1` ends without complaint."""
    with subprocess.Popen([COMMAND, "rules", "show"], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.readline()
        running.stdout.close()
        assert running.stderr.read() == b""


def test_a_file_that_comes_through_a_pipe_is_checked() -> None:
    """A pipe can be read only once; the remarks still find their places."""
    text = SMALL.replace("Keep the skin cool", "You are suitable")
    done = subprocess.run(
        [COMMAND, "rules", "check", "/dev/stdin"], input=text.encode(), capture_output=True, check=False
    )

    assert done.returncode == 1
    assert b"/dev/stdin:17:11: error[verdict-word]" in done.stdout
