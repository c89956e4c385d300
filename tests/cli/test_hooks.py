"""The hooks for pre-commit really run: a commit is stopped where the rule files are not in order."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from edits import CALMER, SMALL
from paths import ROOT

pytestmark = [pytest.mark.slow, pytest.mark.checkout]
AUTHOR = {f"GIT_{who}_{what}": value for who in ("AUTHOR", "COMMITTER") for what, value in
          (("NAME", "A"), ("EMAIL", "a@example.org"))}  # fmt: skip
CASES = "format: 1\nbase: {itch: no}\ncases:\n  - {id: calm, answers: {}, expect: {disposition: talk}}\n"


def run(folder: Path, *command: str | Path) -> subprocess.CompletedProcess[str]:
    """Run a command in a folder, with a place for what pre-commit installs beside it."""
    env = {key: value for key, value in os.environ.items() if not key.startswith(("GIT_", "COV"))}
    env |= {**AUTHOR, "PRE_COMMIT_HOME": str(folder.parent / "installed"), "PIP_CONSTRAINT": ""}
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False, timeout=550)


@pytest.fixture(scope="module")
def pre_commit(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """pre-commit, installed for these tests."""
    folder = tmp_path_factory.mktemp("tools")
    run(folder, sys.executable, "-m", "venv", folder)
    done = run(folder, folder / "bin" / "pip", "install", "-q", "pre-commit>=4")
    if done.returncode:
        pytest.skip(f"pre-commit can't be installed: {done.stderr[-300:]}")
    return folder / "bin" / "pre-commit"


@pytest.fixture(scope="module")
def hooks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with screener as it is in this folder, which hooks are taken from."""
    folder = tmp_path_factory.mktemp("screener")
    for name in ("screener", "rules"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE", ".pre-commit-hooks.yaml"):
        shutil.copy(ROOT / name, folder)
    for command in (["init", "-q"], ["add", "-f", "."], ["commit", "-qm", "All"], ["tag", "v0.1.0"]):
        assert run(folder, "git", *command).returncode == 0
    return folder


def test_a_commit_is_stopped_until_the_rules_are_in_order(tmp_path: Path, pre_commit: Path, hooks: Path) -> None:
    """The first commit passes; a fault, a case that fails and a version that is too small do not, their mends do."""
    clinic = tmp_path / "clinic"
    (clinic / "rules").mkdir(parents=True)
    config = f"repos:\n  - repo: {hooks}\n    rev: v0.1.0\n    hooks:\n"
    config += "".join(f"      - id: screener-{hook}\n" for hook in ("check", "test", "diff"))
    (clinic / ".pre-commit-config.yaml").write_text(config, "utf-8")
    (clinic / "rules" / "small.cases.yaml").write_text(CASES, "utf-8")
    assert run(clinic, "git", "init", "-q").returncode == 0
    done = run(clinic, pre_commit, "install", "--install-hooks")
    assert done.returncode == 0, done.stdout + done.stderr

    def committed(text: str) -> tuple[bool, str]:
        (clinic / "rules" / "small.yaml").write_text(text, "utf-8")
        run(clinic, "git", "add", ".")
        done = run(clinic, "git", "commit", "-m", "Edit")
        return done.returncode == 0, done.stdout + done.stderr

    well, said = committed(SMALL)
    assert well, said
    assert said.count("Passed") == 3
    for text, fault in (
        (SMALL.replace("{itch: yes}", "{itches: yes}"), "error[unknown-question]"),
        (SMALL.replace("{itch: yes}", "{itch: no}").replace("1.0.0", "2.0.0"), "error[case-failed]"),
        (CALMER, "error[version-too-small]"),
    ):
        well, said = committed(text)
        assert (well, fault in said) == (False, True), said
    well, said = committed(CALMER.replace("1.0.0", "2.0.0"))
    assert well, said
