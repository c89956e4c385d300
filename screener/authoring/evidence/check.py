"""Check what this folder claims, with plain Python and nothing else: python3 -I check.py"""

import csv
import hashlib
import json
import sys
from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations, product
from pathlib import Path
from typing import Any

Answers = dict[str, frozenset[str]]


def claims(folder: Path) -> Iterator[tuple[str, bool]]:
    """Each claim in words, and whether it holds."""
    texts = {one.name: one.read_bytes() for one in folder.iterdir()}
    manifest, facts = (json.loads(texts[name]) for name in ("manifest.json", "facts.json"))
    hashes = {name: hashlib.sha256(text).hexdigest() for name, text in texts.items() if name != "manifest.json"}
    yield "Every file is as the manifest has it", manifest["sha256"] == hashes
    yield "The facts were made of this rule file", facts["files"].items() <= hashes.items()
    lines = texts["promises.cnf"].decode().splitlines()
    clauses = [[*map(int, line.split()[:-1])] for line in lines if line[:1] not in ("c", "p")]
    sound = {*map(tuple, clauses)} <= {*map(tuple, claimed(facts))} and [*dimacs(facts, clauses)] == lines
    yield "The clauses say what answers are, what hangs on them, and that some promise is broken", sound
    table = list(csv.reader(texts["local.csv"].decode().splitlines()))[1:]
    yield f"Each of {len(table):,} verdicts on a few answers is what the clauses make of them", tied(facts, table)
    steps = [[*map(int, line.split())] for line in texts["promises.lrat"].decode().splitlines()]
    drup = [" ".join(map(str, step[1 : step.index(0) + 1])) for step in steps]
    yield "Both proofs have the same steps", drup == texts["promises.drup"].decode().splitlines()
    yield (
        f"Each of {len(steps):,} steps follows, and the last leaves nothing: no promise is broken",
        refuted(clauses, steps),
    )


def claimed(facts: Any) -> list[list[int]]:
    """The clauses that promises.cnf may have, each once, without those that always hold."""
    found = dict.fromkeys(tuple(dict.fromkeys(clause)) for clause in said(facts))
    return [[*clause] for clause in found if not any(-literal in clause for literal in clause)]


def said(facts: Any) -> Iterator[list[int]]:
    """What gates and answers are, and that some promise is broken."""
    names = facts["names"] | {f"not {name}": -literal for name, literal in facts["names"].items()}
    yield [1]
    for gate, parts in facts["gates"].items():
        yield from ([-int(gate), part] for part in parts)
        yield [int(gate), *(-part for part in parts)]
    for one in facts["answers"].values():
        asked, has, alone = one["asked"], one["pieces"], one["alone"]
        yield [-asked, *has.values()]
        yield [-asked, *(has[piece] for piece in alone), one["fits"]]
        yield from ([-piece, asked] for piece in has.values())
        values = [literal for piece, literal in has.items() if piece not in one["open"]]
        yield [-one["given"], *values]
        yield from ([one["given"], -value] for value in values)
        yield from ([-has[a], -has[b]] for a, b in combinations(has, 2) if a in alone or b in alone)
        if one["like"]:  # a second person answers as the first, wherever both are asked
            other = facts["answers"][one["like"]]
            for a, b in zip(has.values(), other["pieces"].values(), strict=True):
                yield from ([-asked, -other["asked"], *sides] for sides in ([-a, b], [a, -b]))
    breaches = [breach for promise in facts["promises"] for breach in promise["broken if"]]
    ways = range(facts["variables"] - len(breaches) + 1, facts["variables"] + 1)
    yield [*ways]
    for way, breach in zip(ways, breaches, strict=True):
        yield from ([-way, *(names[side] for side in sides)] for sides in breach)


def dimacs(facts: Any, clauses: list[list[int]]) -> Iterator[str]:
    """The lines of promises.cnf, which begin with what each name stands for."""
    yield from (f"c {number} {name}: {facts['words'][name]}" for name, number in facts["names"].items())
    yield f"p cnf {facts['variables']} {len(clauses)}"
    yield from (" ".join(map(str, [*clause, 0])) for clause in clauses)


def refuted(clauses: list[list[int]], steps: list[list[int]]) -> bool:
    """Whether each step follows from the clauses that it names, the last of which leaves nothing that could hold."""
    for number, *rest in steps:  # as in the format LRAT: its number, its literals, 0, the numbers of the clauses, 0
        end, left = rest.index(0), [0]
        false = set(rest[:end])
        for hint in rest[end + 1 : -1]:
            left = [literal for literal in clauses[hint - 1] if literal not in false]
            if len(left) > 1:
                return False
            false.update(-literal for literal in left)
        if left or number != len(clauses) + 1:
            return False
        clauses.append(rest[:end])
    return clauses[-1] == []


def tied(facts: Any, table: list[list[str]]) -> bool:
    """Whether each row of the table agrees with the gates, and each combination that a gate tells apart has a row."""
    found: dict[str, list[tuple[Answers, str]]] = defaultdict(list)
    for what, answers, verdict in table:
        cells = (cell.split("=") for cell in answers.split())
        found[what].append(({id: frozenset(filter(None, cell.split("+"))) for id, cell in cells}, verdict))
    return found.keys() == facts["rows"].keys() and all(
        len(rows) == len({tuple(given.items()) for given, _ in rows}) == facts["rows"][what]
        and all(agrees(facts, person + what, person, row) for person in facts["people"] for row in rows)
        and (what in facts["sampled"] or complete(facts, what, [given for given, _ in rows]))
        for what, rows in found.items()
    )


def agrees(facts: Any, name: str, person: str, row: tuple[Answers, str]) -> bool:
    """Whether the two sides of a condition come out as the row has it."""
    if f"{name} is sure" not in facts["names"]:
        return True  # only of the first person all is told
    known = {1: True}
    for id, pieces in row[0].items():
        one = facts["answers"][person + id]
        known |= {one["pieces"][piece]: True for piece in pieces}
        known[abs(one["given"])] = (one["given"] > 0) == bool(pieces.difference(one["open"]))
    sides = [holds(facts["names"][f"{name} {side}"], facts["gates"], known) for side in ("is sure", "may be")]
    return ("no", "open", "yes")[sum(sides)] == row[1]


def holds(one: int, gates: Any, known: dict[int, bool]) -> bool:
    """Whether a literal holds where only those answers are given that are known."""
    parts = gates.get(str(abs(one)), [-1])
    if abs(one) not in known:
        known[abs(one)] = all(holds(part, gates, known) for part in parts)
    return known[abs(one)] == (one > 0)


def complete(facts: Any, what: str, rows: list[Answers]) -> bool:
    """Whether there is a row for each way to choose among the pieces of answers that the condition hangs on."""
    hang_on, waiting = set[int](), [abs(facts["names"][f"{what} {side}"]) for side in ("is sure", "may be")]
    while waiting:
        one = waiting.pop()
        hang_on.add(one)
        waiting += [abs(part) for part in facts["gates"].get(str(one), ())]
    wanted = []
    for id in rows[0]:
        one = facts["answers"][id]
        mine = [piece for piece, literal in one["pieces"].items() if literal in hang_on]
        some = (frozenset(some) for size in range(len(mine) + 1) for some in combinations(mine, size))
        ways = [way for way in some if len(way) < 2 or not way.intersection(one["alone"])]
        always = one["asked"] == 1 and len(mine) == len(one["pieces"])  # then something of these is chosen
        wanted.append((frozenset(mine), ways[1:] if always else ways))
    seen = {tuple(given[id] & mine for id, (mine, _) in zip(given, wanted, strict=True)) for given in rows}
    return seen.issuperset(product(*(ways for _, ways in wanted)))


def main(folder: Path) -> int:
    """Look at each claim in turn; 0 only if all of them hold together."""
    sys.setrecursionlimit(100_000)  # a count over many options is a long chain of gates
    try:
        for words, holds in claims(folder):
            print(f"{words}: {'yes' if holds else 'NO'}.")
            if not holds:
                return 1
    except (OSError, ValueError, LookupError, TypeError, RecursionError) as error:
        print(f"This folder can't be read as evidence: NO ({type(error).__name__}).")
        return 1
    print("This shows that the rules do what they say, not that they are right.")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(__file__).resolve().parent))
