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


def claims(folder: Path) -> Iterator[tuple[str, bool]]:
    """Each claim in words, and whether it holds."""
    texts = {one.name: one.read_bytes() for one in folder.iterdir()}
    manifest, facts = (json.loads(texts[name]) for name in ("manifest.json", "facts.json"))
    hashes = {name: hashlib.sha256(text).hexdigest() for name, text in texts.items() if name != "manifest.json"}
    yield "Every file is as the manifest has it", manifest["sha256"] == hashes
    yield "The facts were made of this rule file", facts["files"].items() <= hashes.items()
    clauses = [*claimed(facts)]
    same = texts["promises.cnf"].decode() == dimacs(facts, clauses)
    yield "The clauses say what answers are, what hangs on them, and that some promise is broken", same
    table = list(csv.reader(texts["local.csv"].decode().splitlines()))[1:]
    yield f"Each of {len(table):,} verdicts on a few answers is what the clauses make of them", tied(facts, table)
    steps = [[*map(int, line.split())] for line in texts["promises.lrat"].decode().splitlines()]
    drup = [" ".join(map(str, step[1 : step.index(0) + 1])) for step in steps]
    yield "Both proofs have the same steps", drup == texts["promises.drup"].decode().splitlines()
    yield f"Each of {len(steps):,} steps follows, and the last leaves nothing: no promise is broken", refuted(clauses, steps)


def claimed(facts: Any) -> Iterator[list[int]]:
    """The clauses that promises.cnf must have: what gates and answers are, and that some promise is broken."""
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


def dimacs(facts: Any, clauses: list[list[int]]) -> str:
    """The text of promises.cnf, with what each name stands for in lines that begin with c."""
    named = (f"c {number} {name}: {facts['words'][name]}" for name, number in facts["names"].items())
    lines = (" ".join(map(str, [*clause, 0])) for clause in clauses)
    return "\n".join([*named, f"p cnf {facts['variables']} {len(clauses)}", *lines, ""])


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
    gates, names = {int(gate): parts for gate, parts in facts["gates"].items()}, facts["names"]
    found: dict[str, list[tuple[Any, str]]] = defaultdict(list)
    for what, answers, verdict in table:
        cells = (cell.split("=") for cell in answers.split())
        found[what].append(({id: frozenset(filter(None, cell.split("+"))) for id, cell in cells}, verdict))

    def holds(one: int, known: dict[int, bool]) -> bool:
        if abs(one) not in known:
            known[abs(one)] = abs(one) in gates and all([holds(part, known) for part in gates[abs(one)]])
        return known[abs(one)] == (one > 0)

    def below(one: int) -> set[int]:
        return {abs(one)}.union(*(below(part) for part in gates.get(abs(one), ())))

    for what, size in facts["rows"].items():
        rows, sides = found.pop(what, []), (f"{what} is sure", f"{what} may be")
        if len({tuple(given.items()) for given, _ in rows}) != size or len(rows) != size:
            return False
        for person in (mark for mark in facts["people"] if mark + sides[0] in names):
            for given, verdict in rows:
                known = chosen(facts, person, given)
                if ("no", "open", "yes")[sum(holds(names[person + side], known) for side in sides)] != verdict:
                    return False
        hang_on = below(names[sides[0]]) | below(names[sides[1]])
        apart = [told_apart(facts["answers"][id], hang_on) for id in rows[0][0]]
        seen = {tuple(given[id].intersection(*[set().union(*of)]) for id, of in zip(given, apart)) for given, _ in rows}
        if what not in facts["sampled"] and not seen.issuperset(product(*apart)):
            return False
    return not found


def chosen(facts: Any, person: str, given: dict[str, frozenset[str]]) -> dict[int, bool]:
    """What is known of someone who gave these answers."""
    known = {1: True}
    for id, pieces in given.items():
        one = facts["answers"][person + id]
        known |= {one["pieces"][piece]: True for piece in pieces}
        known[abs(one["given"])] = (one["given"] > 0) == bool(pieces.difference(one["open"]))
    return known


def told_apart(one: Any, hang_on: set[int]) -> set[frozenset[str]]:
    """The ways to choose among the pieces that a gate hangs on."""
    mine = [piece for piece, literal in one["pieces"].items() if literal in hang_on]
    every = (frozenset(some) for size in range(len(mine) + 1) for some in combinations(mine, size))
    ways = {some for some in every if len(some) < 2 or not some & set(one["alone"])}
    return ways if len(mine) < len(one["pieces"]) or one["asked"] != 1 else ways - {frozenset()}


def main(folder: Path) -> int:
    """Look at each claim in turn; 0 only if all of them hold together."""
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
