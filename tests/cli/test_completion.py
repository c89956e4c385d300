"""The tab key: commands, options and the rule files that come with the tool, in the shells that people have."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from commands import COMMAND
from terminals import CTRL_C, Terminal

PROMPT = "ready>"
TAB = "\t"
#: How each shell is begun, and what its own file of settings needs for the prompt that the tests wait for.
SHELLS = {
    "bash": ([], ".bashrc", f"PS1='{PROMPT} '\nbind 'set bell-style none'\n"),
    "zsh": (["-o", "NO_GLOBAL_RCS"], ".zshrc", f"PS1='{PROMPT} '\nunsetopt BEEP\n"),
    "fish": ([], ".config/fish/config.fish", f"function fish_prompt; echo '{PROMPT} '; end\n"),
}


def shell(name: str, home: Path) -> Terminal:
    """A new interactive shell of someone whose home is this folder, with `screener` on the path."""
    path = f"{Path(COMMAND).parent}{os.pathsep}{os.environ['PATH']}"
    program = shutil.which(name)
    assert program is not None
    begun = Terminal(*SHELLS[name][0], "-i", program=program, HOME=str(home), PATH=path, XDG_CONFIG_HOME="")
    begun.until(PROMPT)
    return begun


@pytest.fixture(params=SHELLS)
def installed(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[str, Path]:
    """The name of a shell, and the home of someone who typed `screener --install-completion` in it."""
    name = str(request.param)
    if shutil.which(name) is None:
        pytest.skip(f"{name} is not installed")
    settings = tmp_path / SHELLS[name][1]
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text(SHELLS[name][2], "utf-8")
    first = shell(name, tmp_path)
    first.type("screener --install-completion\r")
    first.until(f"{name} completion installed")
    first.type("exit\r")
    first.end()
    return name, tmp_path


def test_tab_completes_what_was_begun(installed: tuple[str, Path]) -> None:
    """In a shell that was opened after the installation: a command, an option, a rule file by name, and any file."""
    name, home = installed
    (home / "my-clinic.yaml").touch()
    terminal = shell(name, home)
    terminal.type(f"cd {home}\r")
    loading = TAB if name == "zsh" else ""  # the first tab in a new zsh only loads what typer wrote for it
    for begun, whole in (
        ("screener rules gra", "screener rules graph"),
        ("screener start --save", "screener start --save-answers"),
        ("screener rules show pi", "screener rules show pico-laser"),
        ("screener start --format mark", "screener start --format markdown"),
        ("screener rules diff my-clinic.yaml pi", "screener rules diff my-clinic.yaml pico-laser"),
        ("screener rules show my-", "screener rules show my-clinic.yaml"),
    ):
        terminal.type(begun, TAB + loading)
        terminal.until(f"{PROMPT} {whole}")
        terminal.type(CTRL_C)
        loading = ""


def asked(shell: str, line: str, **more: str) -> list[str]:
    """What the program answers a shell that asks how this line could go on."""
    words = line.split(" ")
    how = {
        "bash": {"COMP_WORDS": line, "COMP_CWORD": str(len(words) - 1)},
        "zsh": {"_TYPER_COMPLETE_ARGS": line},
        "fish": {"_TYPER_COMPLETE_ARGS": line, "_TYPER_COMPLETE_FISH_ACTION": "get-args"},
        "powershell": {"_TYPER_COMPLETE_ARGS": line, "_TYPER_COMPLETE_WORD_TO_COMPLETE": words[-1]},
    }[shell]
    env = {**os.environ, "_SCREENER_COMPLETE": f"complete_{shell}", **how, **more}
    done = subprocess.run([COMMAND], env=env, capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.split()


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell"])
@pytest.mark.parametrize("line", ["screener start pi", "screener rules check pi", "screener rules diff pico-laser pi"])
def test_each_shell_is_told_the_rule_files(shell: str, line: str) -> None:
    """Wherever a rule file is named, the names that fit are given in the way that the shell understands."""
    assert "pico-laser" in " ".join(asked(shell, line))
    assert "pico-laser" not in " ".join(asked(shell, f"{line}zza"))
