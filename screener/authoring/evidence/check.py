"""Check what this folder shows, with plain Python and nothing else: python3 -I check.py

`claims` is all that is looked at, in words. From top to bottom these are the links of a chain: rules.json says what the
rule file says (`differs`), and meaning.py turns it into clauses; the tool's verdicts in local.csv are those of the
clauses, and none is missing (`agrees`); the clauses can't all hold (`refuted`), so that no answers break a promise.
"""

import csv
import hashlib
import html
import json
import re
import runpy
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import combinations, product
from math import prod
from pathlib import Path
from typing import Any

SPELLING = runpy.run_path(str(Path(__file__).with_name("spelling.py")))
MEANING = runpy.run_path(str(Path(__file__).with_name("meaning.py")))
OURS = {"check.py", "meaning.py", "spelling.py", "index.html", "rules.json", "local.csv"}
OURS |= {f"promises.{ending}" for ending in ("cnf", "drup", "lrat")}
LIMIT = "This shows that the rules do what they say, not that they are right."
#: A condition with more combinations of answers than this is looked at in its parts.
MOST = 4_096
Combination = dict[str, frozenset[str]]
VERDICTS = {(False, False): "no", (False, True): "open", (True, True): "yes"}


def claims(folder: Path) -> Iterator[tuple[str, bool]]:
    """Each claim in words, and whether it holds."""
    texts = {one.name: one.read_bytes() for one in folder.iterdir()}
    manifest, raw = (json.loads(texts[name]) for name in ("manifest.json", "rules.json"))
    hashes = {name: hashlib.sha256(text).hexdigest() for name, text in texts.items() if name != "manifest.json"}
    beside, only, today = manifest["beside"], {*manifest["certain only"]}, manifest.get("today")
    others = {name for name, _ in hashes.items() ^ manifest["sha256"].items()} | hashes.keys() ^ {*OURS, *beside}
    yield (
        "Every file is as manifest.json has it" + "".join(f" ({one} is not)" for one in sorted(others)[:1]),
        not others,
    )
    file, sha256 = beside[0], hashes[beside[0]]
    yield (
        f"rules.json says what {file} says, whose SHA-256 is {sha256}",
        SPELLING["differs"](raw, texts[file].decode()) is None,
    )
    rules, rows = MEANING["Rules"](raw, only, today), [*csv.reader(texts["local.csv"].decode().splitlines())]
    yield f"{len(rows) - 1:,} verdicts of the tool are what is written, {looked_at(rules)}", agrees(rules, rows)
    yield from proved(rules, {name: text.decode() for name, text in texts.items()})
    day, settled = f", on {today}" if today else "", {id for id, one in rules.promises.items() if "open" in one}
    some = f"; for certain answers only, as `open` is not written: {', '.join(sorted(only))}" if only else ""
    yield (
        f"So no answers break a promise, of {len(rules.promises)}{day}{some}",
        only <= rules.promises.keys() - settled,
    )
    page = " ".join(html.unescape(re.sub("<[^>]*>", " ", texts["index.html"].decode())).split())
    told = [sha256, LIMIT, *(f"{id} {one['because']}" for id, one in rules.promises.items())]
    shown = all(" ".join(one.split()) in page for one in told)
    yield "index.html has this SHA-256, each promise with its reason, and the last sentence below", shown


def proved(rules: Any, texts: dict[str, str]) -> Iterator[tuple[str, bool]]:
    """The claims about the clauses and the proof."""
    lines = texts["promises.cnf"].split("\n")[:-1]
    clauses = [[*map(int, line.split()[:-1])] for line in lines if line[:1] not in ("c", "p")]
    sound = {*map(tuple, clauses)} <= {*map(tuple, claimed(rules))} and [*dimacs(rules, clauses)] == lines
    yield "promises.cnf has nothing but what is written, and that some promise is broken", sound
    steps = [[*map(int, line.split())] for line in texts["promises.lrat"].splitlines()]
    drup = [" ".join(map(str, step[1 : step.index(0) + 1])) for step in steps]
    yield "Both proofs have the same steps", drup == texts["promises.drup"].splitlines()
    yield f"Each of {len(steps):,} steps follows, and the last leaves nothing", refuted(clauses, steps)


def claimed(rules: Any) -> list[list[int]]:
    """The clauses that promises.cnf may have, each once, without those that always hold."""
    once = dict.fromkeys(tuple(dict.fromkeys(clause)) for clause in rules.clauses)
    return [[*clause] for clause in once if not any(-one in clause for one in clause)]


def dimacs(rules: Any, clauses: list[list[int]]) -> Iterator[str]:
    """The lines of promises.cnf, which begin with what each number in it stands for."""
    yield from (f"c {one} {rules.words[one]}" for one in sorted({abs(one) for clause in clauses for one in clause}))
    yield f"p cnf {len(rules.words) - 1} {len(clauses)}"
    yield from (" ".join(map(str, [*clause, 0])) for clause in clauses)


def told_apart(rules: Any, written: Any) -> dict[str, tuple[list[str], list[str]]]:
    """For each question of a condition, the answers that it can tell apart: these alone, and any of those together."""
    said, found = defaultdict(list), {}
    for id, value in rules.leaves(written):
        said[id].append(value)
    for id, values in said.items():
        alone = rules.alone(id)
        free = [each for each in rules.values[id] if each not in alone]
        others = [each for each in free if each not in values and {"none": each} not in values]
        counted = any(isinstance(value, dict) and "count" in value for value in values)
        rest = [] if counted else others[1:]  # one stands for all that are not named
        hidden = [""] if "when" in rules.questions[id] else []
        found[id] = hidden + alone, [each for each in free if each not in rest]
    return found


def tables(rules: Any) -> dict[str, tuple[Any, bool]]:
    """Each condition that local.csv has rows for, and whether it has all; the parts of larger ones are apart."""
    found, waiting = {}, [*rules.when.items()]
    for what, written in waiting:
        whole = prod(len(alone) + 2 ** len(free) - 1 for alone, free in told_apart(rules, written).values()) <= MOST
        waiting += [] if whole else [(MEANING["shown"](part), part) for part in rules.split(written)[1]]
        found[what] = written, whole
    return found


def combined(rules: Any, written: Any) -> Iterator[Combination]:
    """All combinations of answers that a condition can tell apart."""
    apart = told_apart(rules, written)
    ways = [
        [frozenset({each} - {""}) for each in alone]
        + [frozenset(some) for size in range(len(free)) for some in combinations(free, size + 1)]
        for alone, free in apart.values()
    ]
    yield from (dict(zip(apart, way, strict=True)) for way in product(*ways))


def looked_at(rules: Any) -> str:
    """How much of the conditions the table has rows for."""
    found = tables(rules)
    parted = [what for what, (written, whole) in found.items() if not whole and rules.split(written)[0]]
    sampled = [what for what, (written, whole) in found.items() if not whole and not rules.split(written)[0]]
    larger = f" and parts; some on {len(parted)} that have such parts: {', '.join(parted)}" if parted else ""
    only = f"; only SAMPLED, as they have no parts: {', '.join(sampled)}" if sampled else ""
    return f"all on {len(found) - len(parted) - len(sampled)} conditions{larger}{only}"


def row(rules: Any, answers: Combination) -> str:
    """As in `health=lupus+diabetes age=17 itch=`; a question that is not asked has nothing after the sign."""
    order = {id: [*rules.values[id], *rules.open[id]] for id in answers}
    return " ".join(f"{id}={'+'.join(sorted(some, key=order[id].index))}" for id, some in answers.items())


def agrees(rules: Any, rows: list[list[str]]) -> bool:
    """Whether the table has rows for each condition, all of them where it should, and they come out as they say."""
    wanted, found = tables(rules), defaultdict[str, dict[str, str]](dict)
    for what, answers, verdict in rows[1:]:
        found[what][answers] = verdict
    every = found.keys() == wanted.keys() and sum(map(len, found.values())) == len(rows) - 1
    return (
        every
        and rows[0] == ["what", "answers", "verdict"]
        and all(comes_out(rules, *wanted[what], verdicts) for what, verdicts in found.items())
    )


def comes_out(rules: Any, written: Any, whole: bool, verdicts: dict[str, str]) -> bool:
    """Whether a condition comes out as its rows have it, and where it is `whole`, none is missing."""
    wanted = {row(rules, one): one for one in combined(rules, written)} if whole else {}
    worked_out = verdicts_on(rules, written)
    for answers, verdict in verdicts.items():
        cells = (cell.split("=") for cell in answers.split())
        given = wanted.pop(answers) if whole else {id: frozenset(filter(None, cell.split("+"))) for id, cell in cells}
        if worked_out(given) != verdict or (not whole and row(rules, given) != answers):
            return False
    return not wanted


def verdicts_on(rules: Any, written: Any) -> Callable[[Combination], str | None]:
    """Gives what the clauses make of a condition for some answers: what is made of others holds if all of these do."""
    pair, has = rules.truth(rules.first.has, written), rules.first.has
    waiting, below = [*map(abs, pair)], {1}
    while waiting:
        below.add(one := waiting.pop())
        waiting += [abs(part) for part in rules.made.get(one, ()) if abs(part) not in below]
    made = [(one, rules.made[one]) for one in sorted(below) if one in rules.made]  # parts have smaller numbers
    nothing = {**dict.fromkeys(below, False), 1: True}

    def worked_out(given: Combination) -> str | None:
        holds = nothing | {has[id][piece]: True for id, pieces in given.items() for piece in pieces}
        for one, parts in made:
            holds[one] = all(holds[part] if part > 0 else not holds[-part] for part in parts)
        return VERDICTS.get((holds[abs(pair[0])] == (pair[0] > 0), holds[abs(pair[1])] == (pair[1] > 0)))

    return worked_out


def refuted(clauses: list[list[int]], steps: list[list[int]]) -> bool:
    """Whether each step follows from the clauses that it names, the last of which leaves nothing that could hold."""
    for number, *rest in steps:  # as in the format LRAT: its number, its literals, 0, the numbers of the clauses, 0
        end, left = rest.index(0), [0]
        false = {*rest[:end]}
        for hint in rest[end + 1 : -1]:
            left = [literal for literal in clauses[hint - 1] if literal not in false]
            if len(left) > 1:
                return False
            false.update(-literal for literal in left)
        if left or number != len(clauses) + 1:
            return False
        clauses.append(rest[:end])
    return clauses[-1] == []


def main(folder: Path) -> int:
    """Look at each claim in turn; 0 only if all of them hold together."""
    try:
        for words, holds in claims(folder):
            print(ascii(f"{words}: {'yes' if holds else 'NO'}.")[1:-1])
            if not holds:
                return 1
        beside = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["beside"][1:]
    except (ArithmeticError, AttributeError, LookupError, OSError, RecursionError, TypeError, ValueError) as error:
        print(f"This folder can't be read as evidence: NO ({type(error).__name__}).")
        return 1
    print(ascii(f"Not looked at: what else index.html says{''.join(f', {name}' for name in beside)}.")[1:-1])
    print(LIMIT)
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(__file__).resolve().parent))
