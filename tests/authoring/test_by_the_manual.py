"""What `screener rules check` finds in small files is what the manual says, tried answer by answer, and no more."""

import json
import re
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from by_the_manual import Rules
from commands import rules
from files_by_the_manual import rule_file
from verdicts_by_the_manual import LISTS, Verdict, verdicts

#: What is weighed here; the others are about what is written, or say the same of a part.
CODES = (
    *("never-asked", "never-said", "never-reached", "never-referred", "always-said", "said-together", "nothing-said"),
    *("only-if-open", "no-way-out", "broken-promise", "certain-only", "empty-promise", "less-urgent"),
)
#: More sets of answers than this take too long to try one by one.
MOST = 4_000


def keys_of(text: str) -> dict[int, tuple[str, str]]:
    """For each line of a made file the promise it belongs to, and the key that it begins with."""
    found, promise = {}, ""
    for number, line in enumerate(text.splitlines(), 1):
        begins = re.match(r"  - id: (promise-\d+)", line)
        promise = begins[1] if begins else promise
        key = re.match(r"      (\w+):", line)
        found[number] = promise, key[1] if key else ""
    return found


def heard(problem: dict[str, Any], keys: dict[int, tuple[str, str]]) -> Verdict:
    """A problem of the tool as the verdict it states."""
    code, names = problem["code"], re.findall("`([^`]+)`", problem["message"])
    if code == "nothing-said":
        return (code,)
    if code == "said-together":
        return code, *sorted(names[:2])
    if code == "broken-promise":
        promise, key = keys[problem["line"]]
        told = re.findall("`([^`]+)`", problem["message"].split(": ", 1)[-1])
        return code, promise, key, *([told[0]] if key in LISTS else [])
    return code, *names[: 2 if code in ("less-urgent", "empty-promise") else 1]


def compared(seeds: range, folder: Path) -> int:
    """How many made files were small enough to be tried; all of them agree."""
    made = {seed: rule_file(seed) for seed in seeds}
    small = {seed: text for seed, text in made.items() if len(list(islice(Rules(text).complete(), MOST))) < MOST}
    for seed, text in small.items():
        (folder / f"{seed}.yaml").write_text(text, encoding="utf-8")
    for seed, text in small.items():
        found = json.loads(rules("check", f"{seed}.yaml", "--format", "json", cwd=folder)[1])["problems"]
        told = [one for one in found if one["code"] in CODES and not one["message"].startswith("condition")]
        keys = keys_of(text)
        assert {heard(one, keys) for one in told} == verdicts(Rules(text)), f"file {seed}\n{text}"
    return len(small)


def test_small_files_are_judged_as_the_manual_says(tmp_path: Path) -> None:
    """Some files of every kind: each verdict of the manual is found, and none else."""
    assert compared(range(1, 25), tmp_path) > 20


@pytest.mark.slow
@pytest.mark.parametrize("first", range(25, 325, 50))
def test_many_files_are_judged_as_the_manual_says(tmp_path: Path, first: int) -> None:
    """Three hundred files more."""
    assert compared(range(first, first + 50), tmp_path) > 40
