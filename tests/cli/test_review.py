"""What an author sees of an edit in its review: the version that is needed, files since a revision, a comment."""

import json
import os
import subprocess
from pathlib import Path

import pytest
from commands import rules
from edits import CALMER, MORE, REWORDED, SMALL
from markdown_it import MarkdownIt

GIT = ["git", "-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]


def git(folder: Path, *arguments: str) -> None:
    """Run git in a folder."""
    subprocess.run([*GIT, "-C", str(folder), *arguments], check=True, capture_output=True)


@pytest.fixture
def clinic(tmp_path: Path) -> Path:
    """A repository with a small rule file, committed once."""
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "small.yaml").write_text(SMALL, "utf-8")
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-qm", "Begin")
    return tmp_path


@pytest.mark.parametrize(
    ("edited", "version", "needed"),
    [
        (CALMER, "1.1.0", "2.0.0"),
        (CALMER, "2.0.0", None),
        (MORE, "1.0.1", "1.1.0"),
        (MORE, "1.1.0", None),
        (REWORDED, "1.0.0", "1.0.1"),
        (REWORDED, "1.0.1", None),
        (REWORDED, "0.9.0", "1.0.1"),
        (SMALL, "1.0.0", None),
        (SMALL, "0.9.0", "1.0.0"),
        (SMALL, "3.0.0", None),
    ],
)
def test_a_version_that_is_too_small_is_a_problem(clinic: Path, edited: str, version: str, needed: str | None) -> None:
    """Exit code 1 and the version that is needed; what has changed is written all the same. Without it all is well."""
    (clinic / "rules" / "small.yaml").write_text(edited.replace("1.0.0", version), "utf-8")
    sides = ("HEAD:rules/small.yaml", "rules/small.yaml")
    code, out, err = rules("diff", *sides, "--require-version", cwd=clinic)

    assert out.startswith(f"small 1.0.0 → small {version}\n")
    assert rules("diff", *sides, cwd=clinic) == (0, out, "")
    assert rules("diff", "--since", "HEAD", sides[1], "--require-version", cwd=clinic)[:2] == (code, out)
    if needed is None:
        assert (code, err) == (0, "")
    else:
        assert code == 1
        assert err.startswith("rules/small.yaml: error[version-too-small] ")
        assert f"write `version: {needed}`" in err


def test_a_version_without_numbers_is_a_problem_where_it_matters(clinic: Path) -> None:
    """What it should have been can't be told, so it is asked for; an old one without numbers is in nobody's way."""
    path = clinic / "rules" / "small.yaml"
    path.write_text(MORE.replace("1.0.0", "draft"), "utf-8")
    code, _, err = rules("diff", "--since", "HEAD", path, "--require-version", cwd=clinic)
    assert (code, "error[version-not-numbered]" in err) == (1, True)

    git(clinic, "commit", "-qam", "Draft")
    path.write_text(SMALL, "utf-8")
    assert rules("diff", "--since", "HEAD", path, "--require-version", cwd=clinic)[::2] == (0, "")


def test_a_file_that_is_new_has_nothing_to_compare(clinic: Path) -> None:
    """Neither has one that could not be read then, nor any in a repository without a commit; a mend is not refused."""
    new, broken = clinic / "rules" / "new.yaml", clinic / "rules" / "broken.yaml"
    new.write_text(SMALL, "utf-8")
    broken.write_text("format: 2\n", "utf-8")
    git(clinic, "add", str(broken))
    git(clinic, "commit", "-qm", "Break")
    broken.write_text(SMALL, "utf-8")
    for path in (new, broken):
        code, out, err = rules("diff", "--since", "HEAD", path, "--require-version", cwd=clinic)
        assert (code, err) == (0, "")
        assert "nothing to compare" in out
        assert json.loads(rules("diff", "--since", "HEAD", path, "--format", "json", cwd=clinic)[1])["old"] is None

    empty = clinic / "empty"
    empty.mkdir()
    git(empty, "init", "-q")
    (empty / "a.yaml").write_text(SMALL, "utf-8")
    assert rules("diff", "--since", "HEAD", "a.yaml", cwd=empty)[::2] == (0, "")


def test_what_is_wrong_is_said_of_every_file(clinic: Path) -> None:
    """A file with problems does not keep the others from being compared, or tested, or checked."""
    bad = clinic / "rules" / "bad.yaml"
    bad.write_text("format: 2\n", "utf-8")
    for command in (["diff", "--since", "HEAD"], ["check"]):
        code, out, err = rules(*command, bad, "rules/small.yaml", cwd=clinic)
        assert code == 1
        assert "error[" in out + err
        assert "small 1.0.0" in out
    assert rules("check", "rules/small.yaml", "rules/small.yaml", cwd=clinic)[1].count("small 1.0.0") == 1


def test_companions_stand_for_their_rule_file(clinic: Path) -> None:
    """A program that names what has changed may name the cases or the sources of a rule file."""
    cases = "format: 1\nbase: {itch: no}\ncases:\n  - {id: calm, answers: {}, expect: {disposition: talk}}\n"
    (clinic / "rules" / "small.cases.yaml").write_text(cases, "utf-8")

    one = rules("test", "rules/small.yaml", cwd=clinic)
    assert one == (0, "1 case passed, 0 failed\n", "")
    assert rules("test", "rules/small.cases.yaml", "rules/small.yaml", cwd=clinic) == one
    assert rules("test", "rules/small.yaml", "pico-laser", "--cases", "a.yaml", cwd=clinic)[0] == 2


@pytest.mark.parametrize(
    "arguments", [["small.yaml"], ["a", "b", "c"], ["--since", "HEAD", "a", "b", "--format", "json"]]
)
def test_wrong_use_of_diff_says_what_to_type(arguments: list[str]) -> None:
    """Exit code 2, nothing on standard output."""
    code, out, err = rules("diff", *arguments)

    assert (code, out) == (2, "")
    assert "Name " in err


@pytest.mark.parametrize("revision", ["nothing-like-it", "-x", "HEAD~9", ""])
def test_a_revision_that_is_not_there_is_told(clinic: Path, revision: str) -> None:
    """Exit code 1 with help; nothing of it reaches git as an option."""
    code, out, err = rules("diff", f"--since={revision}", "rules/small.yaml", cwd=clinic)

    assert (code, out) == (1, "")
    assert "error[not-found]" in err


HOSTILE = "<img src=x onerror=alert(1)> [a](javascript:x) **b** @someone #12 | `c` </details> https://example.org"


def test_a_comment_is_markdown_in_which_texts_stay_texts(clinic: Path) -> None:
    """Verdict first, a table, details folded; hostile texts make no element, no link and call nobody."""
    edited = CALMER.replace("Keep the skin cool.", json.dumps(HOSTILE))
    (clinic / "rules" / "small.yaml").write_text(edited, "utf-8")
    code, out, err = rules("diff", "--since", "HEAD", "rules/small.yaml", "--format", "markdown", cwd=clinic)
    html = MarkdownIt("gfm-like", {"linkify": False}).enable("table").render(out)

    assert (code, err) == (0, "")
    assert "next version 2.0.0 (major); 1.0.0 is too small" in html.splitlines()[0]
    assert "<li>someone has the calmer <code>talk</code> for a next step now, and had <code>doctor</code>" in html
    assert "<td>major</td>" in html
    assert html.count("<details>") == html.count("</details>") == 1
    for mark in ("<img", "<a ", "<strong>b", "<code>c<", "@someone", "#12"):
        assert mark not in html
    assert "&lt;img src=x onerror=alert(1)&gt; [a](javascript:x) **b** @\u200bsomeone #\u200b12 | `c` " in html


def test_a_long_comment_says_what_it_leaves_out(tmp_path: Path) -> None:
    """GitHub takes so much and no more."""
    head, tail = SMALL.split("dispositions:\n")
    many = "".join(f"  - {{id: line-{n}, topic: Care, says: {'Word ' * 40}.}}\n" for n in range(600))
    (tmp_path / "old.yaml").write_text(SMALL, "utf-8")
    (tmp_path / "new.yaml").write_text(f"{head}{many}dispositions:\n{tail}", "utf-8")
    out = rules("diff", "old.yaml", "new.yaml", "--format", "markdown", cwd=tmp_path)[1]

    assert len(out) < 60_000
    assert " more |" in out
    assert out.endswith("more.\n\n</details>\n")


@pytest.mark.checkout
@pytest.mark.skipif(os.name == "nt", reason="the hooks are tried with a shell")
def test_the_page_on_reviews_has_a_sound_workflow(tmp_path: Path) -> None:
    """zizmor finds nothing in it, and its actions are pinned."""
    import re
    import sys

    from paths import ROOT

    page = (ROOT / "rules" / "REVIEW.md").read_text("utf-8")
    workflow = next(text for text in re.findall(r"```yaml\n(.*?)```", page, re.DOTALL) if "\njobs:" in text)
    folder = tmp_path / ".github" / "workflows"
    folder.mkdir(parents=True)
    (folder / "rules.yml").write_text(workflow, "utf-8")
    zizmor = Path(sys.executable).parent / "zizmor"
    done = subprocess.run(
        [zizmor, "--offline", "--quiet", "--no-progress", folder], capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stdout + done.stderr
    assert all(re.search(r"@[0-9a-f]{40} # v", line) for line in workflow.splitlines() if "uses:" in line)
