"""Rule files in a revision of git: found with what stands beside them, and nothing fetched or run to get at them."""

import os
import subprocess
from pathlib import Path

import pytest
from paths import RULES
from terminals import COMMAND

from screener.rulefile.revisions import beside, revision_and_path

NAMES = ("pico-laser.yaml", "pico-laser.sources.yaml")
AUTHOR = ("-c", "user.name=A", "-c", "user.email=a@example.org")


def git(folder: Path, *arguments: str) -> str:
    """What git says when run in a folder."""
    done = subprocess.run(["git", "-C", str(folder), *AUTHOR, *arguments], check=True, capture_output=True, text=True)
    return done.stdout


def diff(folder: Path, old: str, new: str) -> subprocess.CompletedProcess[str]:
    """`screener rules diff` in a folder."""
    return subprocess.run(
        [COMMAND, "rules", "diff", old, new], cwd=folder, capture_output=True, text=True, check=False, timeout=120
    )


@pytest.fixture
def clinic(tmp_path: Path) -> Path:
    """A repository with the rule file at its top, on a branch with a slash in its name."""
    folder = tmp_path / "clinic"
    folder.mkdir()
    for name in NAMES:
        (folder / name).write_bytes((RULES / name).read_bytes())
    git(folder, "init", "-q", "-b", "feature/x")
    git(folder, "add", ".")
    git(folder, "commit", "-qm", "Begin: one")
    return folder


@pytest.mark.parametrize(
    "revision", ["feature/x", "HEAD", "HEAD^{/one}", "HEAD^{/Begin: one}", "feature/x@{0}", ":/Begin"]
)
def test_any_revision_finds_its_sources(clinic: Path, revision: str) -> None:
    """However the revision is written, the rule file and the sources file beside it come from it."""
    (clinic / NAMES[1]).unlink()
    done = diff(clinic, f"{revision}:{NAMES[0]}", f"HEAD:./{NAMES[0]}")

    if revision.startswith(":/"):  # git itself takes all that follows for the message
        assert (done.returncode, done.stdout) == (1, "")
    else:
        assert (done.returncode, done.stderr) == (0, "")
        assert "same meaning" in done.stdout


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("HEAD:a.yaml", ("HEAD", "a.yaml")),
        ("HEAD^{/a: b}:c:d.yaml", ("HEAD^{/a: b}", "c:d.yaml")),
        ("main:./a.yaml", ("main", "./a.yaml")),
        ("a.yaml", ("", "")),
        (":a.yaml", ("", "")),
        ("HEAD:", ("", "")),
        ("HEAD^{/a:b", ("", "")),
    ],
)
def test_the_first_colon_outside_braces_parts_revision_and_path(name: str, parts: tuple[str, str]) -> None:
    """As git reads it."""
    assert revision_and_path(name) == parts


@pytest.mark.parametrize(
    ("path", "expected"),
    [("a.yaml", "b.yaml"), ("rules/a.yaml", "rules/b.yaml"), ("./a.yaml", "./b.yaml"), ("./r/a.yaml", "./r/b.yaml")],
)
def test_what_stands_beside_a_file_has_its_folder(path: str, expected: str) -> None:
    """From the top of the repository, or from here."""
    assert beside(path, "b.yaml") == expected


def test_nothing_is_fetched_and_nothing_of_the_repository_is_run(clinic: Path, tmp_path: Path) -> None:
    """In a partial clone without the file's text, whose settings would run commands: a problem, and no command ran."""
    git(clinic, "config", "uploadpack.allowFilter", "true")
    clone, marker, trap = tmp_path / "clone", tmp_path / "was-run", tmp_path / "trap"
    url = f"file://{clinic}"
    subprocess.run(["git", "clone", "-q", "--no-checkout", "--filter=blob:none", url, str(clone)], check=True)
    trap.write_text(f'#!/bin/sh\necho run >> "{marker}"\nexec git-upload-pack "$@"\n')
    trap.chmod(0o700)
    hooks = tmp_path / "hooks"
    hooks.mkdir()
    (hooks / "post-index-change").symlink_to(trap)
    for key, value in {
        "remote.origin.uploadpack": str(trap),
        "core.fsmonitor": str(trap),
        "core.sshCommand": str(trap),
        "core.alternateRefsCommand": str(trap),
        "core.hooksPath": str(hooks),
        "protocol.file.allow": "always",
        "protocol.allow": "always",
    }.items():
        git(clone, "config", key, value)
    done = diff(clone, f"HEAD:{NAMES[0]}", "pico-laser")

    assert (done.returncode, done.stdout) == (1, "")
    assert "error[not-found]" in done.stderr
    assert not marker.exists()
    assert "blob" not in git(clone, "cat-file", "--batch-all-objects", "--batch-check")
    env = {**os.environ, "GIT_TERMINAL_PROMPT": "0"}
    plain = subprocess.run(
        ["git", "-C", str(clone), "cat-file", "blob", f"HEAD:{NAMES[0]}"], capture_output=True, env=env, check=False
    )
    assert plain.returncode == 0  # so the trap was a real one
    assert marker.exists()
