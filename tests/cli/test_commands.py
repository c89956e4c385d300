"""The commands as a whole: each has its help, and those about rule files cost nothing where questions are asked."""

import subprocess
import sys
from pathlib import Path

import pytest
from commands import COMMAND

COMMANDS = [
    "list",
    "show",
    "check",
    "watch",
    "explain",
    "coverage",
    "cases",
    "diff",
    "evidence",
    "graph",
    "export",
    "import",
    "test",
]
#: The same for `screener intake`.
AT_THE_DESK = [
    *(
        "init",
        "new",
        "desk",
        "list",
        "show",
        "resume",
        "amend",
        "again",
        "receive",
        "code-keys",
        "export",
        "erase",
        "purge",
    ),
    *("stats", "backup", "restore", "audit", "impact"),
]
COMMANDS += ["schema", "new"]


def said(*words: str) -> str:
    """Standard output of a command that ends well, without what a terminal would be told."""
    done = subprocess.run([COMMAND, *words], capture_output=True, text=True, check=True, timeout=60)
    assert "\x1b" not in done.stdout
    return done.stdout


def test_help_names_every_command_in_the_order_of_work() -> None:
    """The program names its rooms, those of rule files and of the desk all of their commands, each with a line."""
    rooms = said("--help").partition("Commands:\n")[2].splitlines()
    listed = said("rules", "--help").partition("Commands:\n")[2].splitlines()
    desk = said("intake", "--help").partition("Commands:\n")[2].splitlines()

    assert [line.split()[0] for line in rooms] == ["start", "batch", "rules", "intake"]
    assert [line.split()[0] for line in desk] == AT_THE_DESK
    assert [line.split()[0] for line in listed] == COMMANDS
    assert all(len(line.split()) > 2 for line in rooms + listed + desk)


@pytest.mark.parametrize(
    "words",
    [["start"], *(["rules", name] for name in COMMANDS), *(["intake", name] for name in AT_THE_DESK)],
    ids=" ".join,
)
def test_every_command_has_plain_help(words: list[str]) -> None:
    """One face for all of them: no boxes, how it is called, and what it is for."""
    help = said(*words, "--help")

    assert help.startswith(f"Usage: screener {' '.join(words)} ")
    assert "\n\n  " in help
    assert not set("╭│╰") & set(help)


def test_a_misspelt_command_is_answered_with_the_near_one() -> None:
    """Also where the commands are only made when one is wanted."""
    for words, near in ((["rulse"], "rules"), (["rules", "shwo"], "show")):
        done = subprocess.run([COMMAND, *words], capture_output=True, text=True, check=False, timeout=60)
        assert done.returncode == 2
        assert f"'{near}'" in done.stderr


@pytest.mark.parametrize(
    ("word", "offered"),
    [("check", "rules check"), ("test", "rules test"), ("watch", "rules watch"), ("tattoo.yaml", "start tattoo.yaml")],
)
def test_a_command_in_the_wrong_room_is_answered_with_the_right_one(word: str, offered: str) -> None:
    """`screener check FILE` is one of `screener rules`, and a file alone is one that is to be asked."""
    done = subprocess.run([COMMAND, word, "x"], capture_output=True, text=True, check=False, timeout=60)

    assert (done.returncode, done.stdout) == (2, "")
    assert f"Did you mean `screener {offered}`?" in done.stderr


def test_a_rule_file_may_be_meant_by_its_name_without_the_ending(tmp_path: Path) -> None:
    """`screener start tattoo` names tattoo.yaml, if it is there."""
    for help in ("with the tool come:", "did you mean `tattoo.yaml`?"):
        done = subprocess.run(
            [COMMAND, "start", "tattoo"], capture_output=True, text=True, check=False, timeout=60, cwd=tmp_path
        )
        assert (done.returncode, help in done.stderr) == (1, True)
        (tmp_path / "tattoo.yaml").touch()


def test_who_is_asked_questions_does_not_wait_for_the_commands_of_authors() -> None:
    """`start` imports none of the commands about rule files; `rules list` shows that the test would see them."""
    for words, expected in ((["start"], False), (["rules", "list"], True)):
        command = [sys.executable, "-X", "importtime", "-m", "screener", *words]
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, timeout=60
        )
        assert (" screener.cli.rules.check\n" in done.stderr) is expected
