"""What `rules diff` says of two files is what trying all answers on both shows."""

import copy
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from comparing import comes, only_here, raw_edits
from enumeration import everything
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from paths import RULES
from proving import fired, no_hurry, silent
from strategies import built, raw_rule_files

from screener.authoring.diff.changes import Comparison
from screener.authoring.diff.compare import compare
from screener.authoring.diff.listing import as_json, as_text
from screener.engine.answers import read_answers
from screener.engine.assess import assess
from screener.ground.wrapping import Look
from screener.proof.gates import Undecided
from screener.rulefile.loader import load
from screener.rulefile.model import RuleFile

COMMAND = str(Path(sys.executable).parent / "screener")


@pytest.mark.no_cover  # trying everything takes long enough without being watched
@settings(deadline=None, max_examples=300)
@given(raw_edits())
def test_every_verdict_is_what_trying_everything_on_both_shows(raws: tuple[dict[str, Any], dict[str, Any]]) -> None:
    """For each question, line and next step: the same, more, fewer or other answers; and each example replays."""
    old, new = (built(raw) for raw in raws)
    people = everything(new), everything(old)
    assume(max(map(len, people)) < 300)
    comparison = compare(old, new, no_hurry, silent)
    forth, back = only_here(new, old, people[0]), only_here(old, new, people[1])

    found = {
        (change.kind, change.id, shift.direction, shift.surely)
        for change in comparison.changes
        for shift in change.shifts
    }
    assert found == {(*key, "more", sure) for *key, sure in forth} | {(*key, "fewer", sure) for *key, sure in back}
    for change in comparison.changes:
        for shift in change.shifts:
            rules = new if shift.direction == "more" else old
            summary = assess(rules, shift.answers)
            assert summary.complete
            assert dict(summary.answers) == dict(shift.answers)
            assert (change.kind, change.id, shift.surely) in comes(rules, shift.answers)


PICO = (RULES / "pico-laser.yaml").read_text(encoding="utf-8")


def edit(tmp_path: Path, *changes: tuple[str, str]) -> tuple[RuleFile, RuleFile]:
    """The rule file that comes with the tool, and the same after these replacements."""
    from screener.rulefile.find import load_rules

    text = PICO
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    (tmp_path / "new.yaml").write_text(text, encoding="utf-8")
    sources = RULES / "pico-laser.sources.yaml"
    (tmp_path / sources.name).write_bytes(sources.read_bytes())
    return load_rules(RULES / "pico-laser.yaml"), load_rules(tmp_path / "new.yaml")


def compared(tmp_path: Path, *changes: tuple[str, str]) -> Comparison:
    """The comparison of the file that comes with the tool with an edited one."""
    return compare(*edit(tmp_path, *changes), no_hurry, silent)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("version: 2.0.0", "version: 2.0.1"),
        ("# ----", "# ===="),
        ("when: {medicines: gold}", "when:\n      medicines: [gold]"),
        ("        - all: [{medicines: isotretinoin}, {is: health-open}]\n"
         "        - all: [{is: pregnant-or-trying}, {is: medicines-open}]",
         "        - all: [{is: pregnant-or-trying}, {is: medicines-open}]\n"
         "        - all: [{medicines: isotretinoin}, {is: health-open}]"),
        ("skin-type: [type-4, type-5, type-6]}", "skin-type: [type-6, type-5, type-4]}"),
        ("when: {is: adults}", "when: {not: {adult: no}}"),
        ("when: {changing-mark: [yes, unsure]}", "when: {any: [{changing-mark: unsure}, {changing-mark: yes}]}"),
        ("when: {health: pregnant}", "when: {adult: yes, health: pregnant}"),
    ],
)  # fmt: skip
def test_what_only_looks_different_is_the_same_meaning(tmp_path: Path, old: str, new: str) -> None:
    """Layout, version, the order inside an `any`, names of conditions and other words for the same logic."""
    comparison = compared(tmp_path, (old, new))

    assert comparison.same
    assert "same meaning" in as_text(comparison, Look())


def test_a_wider_condition_comes_for_more_answers(tmp_path: Path) -> None:
    """One option more: the line comes for more answers, nothing else has changed, and an example shows it."""
    comparison = compared(
        tmp_path,
        (
            "    when: {medicines: gold}\n    when_unsure",
            "    when: {medicines: [gold, photodynamic]}\n    when_unsure",
        ),
    )
    (change,) = comparison.changes

    assert (change.kind, change.id, change.comes, change.edits) == ("guidance", "gold", "more", ())
    (shift,) = change.shifts
    assert "gold" not in str(shift.answers["medicines"])
    assert "photodynamic" in str(shift.answers["medicines"])
    assert "gold" in fired(assess(comparison.new, shift.answers))
    assert "gold" not in fired(assess(comparison.old, shift.answers))


def test_an_option_that_is_added_and_used_is_more(tmp_path: Path) -> None:
    """A new option is an edit of the question; a line that names it comes for more answers, so does its next step."""
    comparison = compared(
        tmp_path,
        ("      gold: Gold treatment", "      lithium: Lithium\n      gold: Gold treatment"),
        ("    when: {medicines: gold}\n    when_unsure", "    when: {medicines: [gold, lithium]}\n    when_unsure"),
    )

    assert [(c.kind, c.id, c.comes) for c in comparison.changes] == [
        ("question", "medicines", "same"),
        ("guidance", "gold", "more"),
        ("disposition", "tell-first", "more"),
    ]
    (edit_,) = comparison.changes[0].edits
    assert (edit_.key, edit_.old, edit_.new) == ("options.lithium", None, "Lithium")


def test_an_option_that_is_added_counts_only_where_it_is_known(tmp_path: Path) -> None:
    """Two concerns of which the old file knows one are one to it: the line on several comes for more answers."""
    comparison = compared(tmp_path, ("      wrinkles: Wrinkles", "      wrinkles: Wrinkles\n      veins: Veins"))
    (shift,) = next(change.shifts for change in comparison.changes if change.id == "several-concerns")

    assert shift.direction == "more"
    assert "veins" in shift.answers["concerns"]  # type: ignore[operator]


def test_a_next_step_that_moves_is_shown_from_both_sides(tmp_path: Path) -> None:
    """A disposition lowered: one step comes for fewer answers, another for more, with an example each."""
    comparison = compared(tmp_path, ("    when: {changing-mark: [yes, unsure]}\n    disposition: doctor-first",
                                     "    when: {changing-mark: [yes, unsure]}\n    disposition: tell-first"))  # fmt: skip  # noqa: E501

    steps = {change.id: change.comes for change in comparison.changes if change.kind == "disposition"}
    assert steps == {"tell-first": "more", "doctor-first": "fewer"}
    text = as_text(comparison, Look())
    assert "disposition: “doctor-first” → “tell-first”" in text
    assert all(len(line) <= 80 for line in text.splitlines())


def test_words_that_change_are_shown_with_both_texts(tmp_path: Path) -> None:
    """A reworded text is an edit, with what it was and what it is; for which answers it comes is the same."""
    comparison = compared(tmp_path, ("ask: Are you 18 or older?", "ask: Are you at least 18?"))
    (change,) = comparison.changes

    assert (change.kind, change.id, change.comes) == ("question", "adult", "same")
    assert "ask: “Are you 18 or older?” → “Are you at least 18?”" in as_text(comparison, Look())


def test_the_json_holds_every_example_as_an_answers_file(tmp_path: Path) -> None:
    """Each example is answers that the right one of the two files takes, complete."""
    comparison = compared(tmp_path, ("when: {health: pregnant}", "when: {health: [pregnant, keloid]}"),
                          ("when: {health: keloid}", "when: {health: {all: [keloid, vitiligo]}}"))  # fmt: skip
    found = json.loads(as_json(comparison))

    assert (found["schema"], found["same_meaning"]) == ("screener/diff/1", False)
    assert {change["id"]: change["comes"] for change in found["changes"] if change["kind"] == "guidance"} == {
        "pregnant": "more", "keloid": "fewer"}  # fmt: skip
    for change in found["changes"]:
        for example in change["examples"]:
            rules = comparison.new if example["direction"] == "more" else comparison.old
            assert assess(rules, read_answers(json.dumps(example["answers"]), rules).answers).complete


def diff(*arguments: str, cwd: Path) -> tuple[int, str, str]:
    """Exit code, output and errors of `screener rules diff`."""
    done = subprocess.run(
        [COMMAND, "rules", "diff", *arguments], cwd=cwd, capture_output=True, text=True, check=False, timeout=60
    )
    assert "Traceback" not in done.stdout + done.stderr
    assert "inside screener" not in done.stderr
    return done.returncode, done.stdout, done.stderr


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A git repository in which the rule file was edited twice: committed once, and not committed."""
    folder = tmp_path / "clinic" / "rules"
    folder.mkdir(parents=True)
    git = ["git", "-C", str(tmp_path / "clinic"), "-c", "user.name=A", "-c", "user.email=a@example.org"]
    for name in ("pico-laser.yaml", "pico-laser.sources.yaml"):
        (folder / name).write_bytes((RULES / name).read_bytes())
    subprocess.run([*git[:3], "init", "-q"], check=True)
    subprocess.run([*git, "add", "."], check=True)
    subprocess.run([*git, "commit", "-qm", "Begin"], check=True)
    (folder / "pico-laser.yaml").write_text(PICO.replace("18 or older", "18 or over", 1), encoding="utf-8")
    subprocess.run([*git, "commit", "-qam", "Reword"], check=True)
    (folder / "pico-laser.yaml").write_text(PICO.replace("18 or older", "18 by now", 1), encoding="utf-8")
    return tmp_path / "clinic"


def test_a_revision_works_as_either_side(repository: Path) -> None:
    """From the top of the repository by its path, from the folder with `./`; the sources come from the revision too."""
    name = "rules/pico-laser.yaml"
    code, out, err = diff(f"HEAD~1:{name}", f"HEAD:{name}", cwd=repository)
    assert (code, err) == (0, "")
    assert "“Are you 18 or older?” → “Are you 18 or over?”" in out

    code, out, err = diff("HEAD:./pico-laser.yaml", "pico-laser.yaml", cwd=repository / "rules")
    assert (code, err) == (0, "")
    assert "“Are you 18 or over?” → “Are you 18 by now?”" in out
    assert "“Are you 18 by now?” → “Are you 18 or older?”" in diff(name, f"HEAD~1:{name}", cwd=repository)[1]


@pytest.mark.parametrize(
    "spec",
    ["HEAD~9:rules/pico-laser.yaml", "HEAD:nothing.yaml", "--help:x.yaml", "nobranch:a", ":x", "HEAD:", "HEAD:rules"],
)
def test_a_revision_that_is_not_there_is_a_problem(repository: Path, spec: str) -> None:
    """Said in one line with help, exit code 1, nothing on standard output; nothing of it reaches git as an option."""
    code, out, err = diff("--", spec, "rules/pico-laser.yaml", cwd=repository)

    assert (code, out) == (1, "")
    assert "error[not-" in err


def test_outside_a_repository_a_revision_is_a_problem(tmp_path: Path) -> None:
    """Git says so, and we pass it on."""
    code, out, err = diff("HEAD:a.yaml", "pico-laser", cwd=tmp_path)

    assert (code, out) == (1, "")
    assert "error[not-found]" in err


def test_a_file_with_problems_is_not_compared(tmp_path: Path) -> None:
    """The problems of either side are listed, and nothing is claimed."""
    (tmp_path / "bad.yaml").write_text(PICO.replace("type: yes-no", "type: yesno", 1), encoding="utf-8")
    for sides in (("bad.yaml", "pico-laser"), ("pico-laser", "bad.yaml")):
        code, out, err = diff(*sides, cwd=tmp_path)
        assert (code, out) == (1, "")
        assert "error[wrong-value]" in err


def test_no_time_means_not_decided(tmp_path: Path) -> None:
    """With no time left it is said that nothing is known, never that the files are the same."""
    edited = PICO.replace("when: {adult: yes}", "when: {adult: no}", 1)
    (tmp_path / "edited.yaml").write_text(edited, encoding="utf-8")
    (tmp_path / "pico-laser.sources.yaml").write_bytes((RULES / "pico-laser.sources.yaml").read_bytes())
    code, out, err = diff("pico-laser", "edited.yaml", "--limit", "0", cwd=tmp_path)

    assert (code, out) == (1, "")
    assert "error[not-decided]" in err


@settings(deadline=None, max_examples=100)
@given(raw_rule_files(max_questions=3), st.data())
def test_a_file_has_the_same_meaning_as_itself_reordered(raw: dict[str, Any], data: st.DataObject) -> None:
    """Every `any`, `all` and list of options in another order: nothing has changed."""
    other = data.draw(st.randoms(use_true_random=False))

    def shuffled(value: Any) -> Any:
        if isinstance(value, dict):
            items = [(key, shuffled(part)) for key, part in value.items()]
            other.shuffle(items)
            return dict(items)
        if isinstance(value, list):
            return other.sample([shuffled(part) for part in value], len(value))
        return value

    new = copy.deepcopy(raw)
    for owner in (*new["questions"], *new["guidance"]):
        if "when" in owner:
            owner["when"] = shuffled(owner["when"])

    assert compare(built(raw), built(new), no_hurry, silent).same


def test_files_that_are_written_alike_need_no_proof() -> None:
    """Nothing is decided about two files that differ in layout and version only, however large they are."""

    def not_looked_at(_what: str, _number: int, _of: int) -> None:
        raise Undecided("something is looked at")

    text = json.dumps(SMALL_FILE)
    old, new = load(text), load(json.dumps({**SMALL_FILE, "version": "2"}, indent=4))

    assert compare(old, new, no_hurry, not_looked_at).same
    with pytest.raises(Undecided):
        compare(old, load(text.replace("S.", "T.")), no_hurry, not_looked_at)


SMALL_FILE: dict[str, Any] = {
    "format": 1,
    "id": "x",
    "version": "1",
    "title": "X",
    "language": "en",
    "questions": [{"id": "q", "type": "yes-no", "ask": "Q?"}],
    "guidance": [{"id": "g", "topic": "T", "says": "S.", "when": {"q": "yes"}}],
    "dispositions": [{"id": "d", "title": "D", "says": "D."}],
    "referral": {"says": "R."},
}
