"""What becomes of the time as a rule file grows: each part of a check, of a diff and of evidence, and its share.

python tests/bench/scaling.py          files of 200 and 2,000 lines
python tests/bench/scaling.py --large  one of 20,000 as well, which is as many as a file can hold
python tests/bench/scaling.py 2000     one size, as JSON
"""

import json
import random
import resource
import subprocess
import sys
from collections.abc import Callable
from contextlib import ExitStack
from time import process_time
from typing import Any, TypeVar

from proof import Raw, built

from screener.authoring.checks import remarks
from screener.authoring.checks.logic import CHECKS
from screener.authoring.checks.placing import placed
from screener.authoring.checks.remark import Remark
from screener.authoring.diff.compare import compare
from screener.authoring.diff.listing import as_text as difference
from screener.authoring.evidence.check import claimed
from screener.authoring.evidence.meaning import Rules
from screener.authoring.evidence.page import Content, page
from screener.authoring.evidence.spelling import differs
from screener.authoring.evidence.table import Verdicts
from screener.ground.listing import as_text
from screener.ground.wrapping import Look
from screener.proof.hints import explained
from screener.proof.prover import Prover
from screener.proof.refutation import refutation
from screener.rulefile import yamltext
from screener.rulefile.model import RuleFile

SIZES, LARGE = (200, 2_000), 20_000
#: Evidence of the largest file would not fit into memory.
MOST_EVIDENCE = 2_000
#: So many lines there are for each question, and for each promise.
PER_QUESTION, PER_PROMISE = 8, 100
Times = dict[str, float]
Made = TypeVar("Made")


def compact(lines: int, says: str = "Ask.") -> Raw:
    """Short lines with one or two atoms each; more of what is asked is never less urgent, so that promises hold."""
    chance, asked = random.Random(1), list[Raw]()
    for number in range(lines // PER_QUESTION):
        raw: Raw = {"id": f"q{number}", "type": chance.choice(["yes-no", "one", "many"]), "ask": f"Question {number}?"}
        raw |= {} if raw["type"] == "yes-no" else {"options": {f"o{n}": f"Option {n}" for n in range(3)}}
        raw |= {"unsure": "yes"} if chance.random() < 0.5 else {}
        raw |= {"when": atom(asked, chance)} if number > 3 and chance.random() < 0.3 else {}
        asked.append(raw)
    said: list[Raw] = [{"id": "everyone", "topic": "Care", "says": says}]
    for number in range(1, lines):
        when = atom(asked, chance) | (atom(asked, chance) if chance.random() < 0.2 else {})
        said.append({"id": f"g{number}", "topic": "T", "says": "So.", "when": when})
        said[-1] |= {"disposition": f"d{chance.randint(1, 2)}"} if chance.random() < 0.3 else {}
    return whole(asked, said)


def atom(asked: list[Raw], chance: random.Random) -> Raw:
    """One answer to one question."""
    about = chance.choice(asked)
    return {about["id"]: chance.choice(list(about["options"])) if "options" in about else "yes"}


def whole(asked: list[Raw], said: list[Raw]) -> Raw:
    """A rule file with promises about some of its lines."""
    urgent = [line for line in said if "disposition" in line]
    kept = [
        {"id": f"p{number}", "because": "It matters.", "when": line["when"], "open": "included"}
        | {"then": {"disposition_at_least": line["disposition"]}}
        for number, line in enumerate(urgent[: len(said) // PER_PROMISE])
    ]
    risky = [one["id"] for one in asked if one["type"] != "one"][:6]
    return {
        "format": 1, "id": "compact", "version": "1.0.0", "title": "Compact", "language": "en",
        "questions": asked, "guidance": said,
        "dispositions": [{"id": f"d{rank}", "title": "Next", "says": "Do it."} for rank in range(3)],
        "referral": {"says": "See a professional."},
        "invariants": [*kept, {"id": "more", "because": "Risks add up.", "never_less_urgent": risky}],
    }  # fmt: skip


def tick() -> None:
    """There is all the time in the world."""


class Watch:
    """The seconds of this process that each part took, so that a busy machine matters little."""

    def __init__(self) -> None:
        self.times: Times = {}

    def part(self, name: str, work: Callable[[], Made]) -> Made:
        """Do this as a part of that name."""
        began = process_time()
        made = work()
        self.times[name] = self.times.get(name, 0.0) + process_time() - began
        return made


def check(lines: int) -> tuple[RuleFile, Times]:
    """Each part of `rules check`."""
    watch, text, found = Watch(), json.dumps(compact(lines), indent=1), list[Remark]()
    rules = watch.part("reading", lambda: built(compact(lines)))
    with ExitStack() as stack:
        prover = stack.enter_context(watch.part("encoding and samples", lambda: Prover(rules, tick)))
        for one in CHECKS:
            name = one.look.__module__.rpartition(".")[2].replace("_", " ")
            looked = watch.part(name, lambda one=one: [r for s in one.subjects(rules) for r in one.look(prover, s)])  # type: ignore[misc]
            found += looked
    source = yamltext.read(text, "compact.yaml")
    watch.part("listing", lambda: as_text(placed([*remarks(rules), *found], lambda _: source)))
    return rules, watch.times


def diff(rules: RuleFile, lines: int) -> Times:
    """A diff of one changed text, in which everything is to be compared."""
    watch, other = Watch(), built(compact(lines, "Ask about it."))
    watch.part("one changed text", lambda: difference(compare(rules, other, tick, lambda *_: None), Look(80, True)))
    return watch.times


def evidence(rules: RuleFile, lines: int) -> Times:
    """Each part of `rules evidence` after the check."""
    watch, text = Watch(), json.dumps(compact(lines), indent=1)
    source = yamltext.read(text, "compact.yaml")
    watch.part("comparing", lambda: differs(source.plain, text))
    meaning = watch.part("meaning", lambda: Rules(source.plain, frozenset(), None))
    clauses = watch.part("clauses", lambda: claimed(meaning))
    rows = watch.part("table", lambda: list(Verdicts(rules, source, meaning, tick).rows()))
    steps = watch.part("proof", lambda: explained(clauses, refutation(clauses, tick) or [], tick)[1])
    watch.part("page", lambda: page(rules, Content(meaning, len(steps), len(rows), (), (), {}, ""), "compact.yaml"))
    return watch.times


def measured(lines: int) -> dict[str, Any]:
    """All figures for files of one size."""
    rules, checked = check(lines)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    made = evidence(rules, lines) if lines <= MOST_EVIDENCE else {}
    return {"check": checked, "diff": diff(rules, lines), "evidence": made, "memory": memory}


def in_a_process(lines: int) -> dict[str, Any]:
    """The figures from a process of its own, for its memory."""
    command = [sys.executable, __file__, str(lines)]
    figures: dict[str, Any] = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout)
    return figures


def table(found: dict[int, dict[str, Any]]) -> None:
    """A column for each size: seconds, and the share of the whole."""
    print(f"{'':22}" + "".join(f"{f'{lines:,} lines':>18}" for lines in found))
    for kind in ("check", "diff", "evidence"):
        columns = [figures[kind] for figures in found.values() if figures[kind]]
        print(f"{kind:22}" + "".join(f"{sum(times.values()):11.2f} s     " for times in columns))
        for part in columns[0] if len(columns[0]) > 1 else ():
            shares = ((times[part], times[part] / sum(times.values())) for times in columns)
            print(f"  {part:20}" + "".join(f"{took:11.2f} s{share:5.0%}" for took, share in shares))
    print(f"{'memory of the check':22}" + "".join(f"{figures['memory']:9.0f} MiB     " for figures in found.values()))


if __name__ == "__main__":
    if sys.argv[1:] and sys.argv[1:] != ["--large"]:
        print(json.dumps(measured(int(sys.argv[1]))))
    else:
        table({lines: in_a_process(lines) for lines in (*SIZES, *([LARGE] if sys.argv[1:] else []))})
