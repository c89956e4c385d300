"""Check what this folder claims, with plain Python and nothing else: python3 -I check.py"""

import csv
import hashlib
import json
import sys
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from itertools import combinations, product
from pathlib import Path
from typing import Any, NamedTuple

OURS = {"check.py", "facts.json", "index.html", "local.csv", "statements.csv"} | {
    f"promises.{ending}" for ending in ("cnf", "drup", "lrat")
}
SIDES = ("is sure", "may be")
VERDICTS = {(False, False): "no", (False, True): "open", (True, True): "yes"}
Row = tuple[dict[str, set[str]], str]


def claims(folder: Path) -> Iterator[tuple[str, bool]]:
    """Each claim in words, and whether it holds."""
    texts = {one.name: one.read_bytes() for one in folder.iterdir()}
    manifest, facts = (json.loads(texts[name]) for name in ("manifest.json", "facts.json"))
    hashes = {name: hashlib.sha256(text).hexdigest() for name, text in texts.items() if name != "manifest.json"}
    others = sorted({name for name, _ in hashes.items() ^ manifest["sha256"].items()})
    yield "Every file is as the manifest has it" + "".join(f" ({name!a} is not)" for name in others[:1]), not others
    made_of = facts["files"]
    same = hashes.keys() == made_of.keys() | OURS and made_of.items() <= hashes.items()
    yield f"The facts were made of {', '.join(made_of)}, and nothing else is here", same and bool(made_of)
    yield "Each number in the facts stands for one thing, and whatever is answered can come true", free(facts)
    table = list(csv.reader(texts["local.csv"].decode().splitlines()))[1:]
    some = f"; of {len(facts['sampled'])} conditions with too many answers only some" if facts["sampled"] else ""
    yield (
        f"The numbers come to each of {len(table):,} verdicts on all answers to few questions{some}",
        tied(facts, table),
    )
    lines = texts["promises.cnf"].decode().split("\n")[:-1]
    clauses = [[*map(int, line.split()[:-1])] for line in lines if line[:1] not in ("c", "p")]
    sound = {*map(tuple, clauses)} <= {*map(tuple, claimed(facts))} and [*dimacs(facts, clauses)] == lines
    yield "The clauses say nothing but this, and that some promise is broken", sound
    steps = [[*map(int, line.split())] for line in texts["promises.lrat"].decode().splitlines()]
    drup = [" ".join(map(str, step[1 : step.index(0) + 1])) for step in steps]
    yield "Both proofs have the same steps", drup == texts["promises.drup"].decode().splitlines()
    follows = refuted(clauses, steps)
    yield f"Each of {len(steps):,} steps follows, and the last leaves nothing: no promise is broken", follows


class Numbers(NamedTuple):
    """The numbers that stand for a person's answer to a question: it is asked, its pieces, it has a value, it fits."""

    asked: int
    pieces: dict[str, int]
    given: int
    fits: int

    def all(self) -> set[int]:
        """Those that hang on nothing else."""
        return {*self.pieces.values(), abs(self.given)}


def numbers(facts: Any, person: str, id: str) -> Numbers:
    """The numbers of this person's answer to this question."""
    names, one = facts["names"], facts["answers"][id]
    pieces = {piece: names[f"{person}{id}={piece}"] for piece in one["pieces"]}
    fits = names[f"{person}limits {id} is sure"] if one["limited"] else 1
    return Numbers(names[f"{person}question {id} may be"], pieces, names[f"{person}given {id}"], fits)


def claimed(facts: Any) -> list[list[int]]:
    """The clauses that promises.cnf may have, each once, without those that always hold."""
    found = dict.fromkeys(tuple(dict.fromkeys(clause)) for clause in said(facts))
    return [[*clause] for clause in found if not any(-literal in clause for literal in clause)]


def said(facts: Any) -> Iterator[list[int]]:
    """What gates and answers are, and that some promise is broken."""
    names = facts["names"] | {f"not {name}": -literal for name, literal in facts["names"].items()}
    yield [1]
    for gate, parts in facts["gates"].items():  # a gate holds exactly if all of its parts do
        yield from ([-int(gate), part] for part in parts)
        yield [int(gate), *(-part for part in parts)]
    for person, changed in facts["people"].items():
        for id, one in facts["answers"].items():
            mine, alone = numbers(facts, person, id), one["alone"]
            yield from answered(mine, alone, one["open"])
            if person and id != changed:  # a second person answers as the first, wherever both are asked
                first = numbers(facts, "", id)
                for a, b in zip(mine.pieces.values(), first.pieces.values(), strict=True):
                    yield from ([-mine.asked, -first.asked, *sides] for sides in ([-a, b], [a, -b]))
    breaches = [breach for promise in facts["promises"] for breach in promise["broken if"]]
    ways = range(last(facts) + 1, last(facts) + 1 + len(breaches))
    yield [*ways]
    for way, breach in zip(ways, breaches, strict=True):
        yield from ([-way, *(names[side] for side in sides)] for sides in breach)


def answered(mine: Numbers, alone: Collection[str], left_open: Collection[str]) -> Iterator[list[int]]:
    """What an answer is: there if it is asked, within its limits, some pieces alone, and given unless left open."""
    asked, has, given, fits = mine
    yield [-asked, *has.values()]
    yield [-asked, *(has[piece] for piece in alone), fits]
    yield from ([-piece, asked] for piece in has.values())
    values = [number for piece, number in has.items() if piece not in left_open]
    yield [-given, *values]
    yield from ([given, -value] for value in values)
    yield from ([-has[a], -has[b]] for a, b in combinations(has, 2) if a in alone or b in alone)


def last(facts: Any) -> int:
    """The last number that the facts use; the ways to break a promise have the next."""
    named: list[int] = [*facts["names"].values()]
    return max(1, *map(abs, named), *map(int, facts["gates"]))


def dimacs(facts: Any, clauses: list[list[int]]) -> Iterator[str]:
    """The lines of promises.cnf, which begin with what each name stands for."""
    ways = sum(len(promise["broken if"]) for promise in facts["promises"])
    yield from (f"c {number} {name}: {facts['words'][name]}" for name, number in facts["names"].items())
    yield f"p cnf {last(facts) + ways} {len(clauses)}"
    yield from (" ".join(map(str, [*clause, 0])) for clause in clauses)


def below(facts: Any, some: Iterable[int]) -> list[int]:
    """These numbers and all that they hang on, parts before what is made of them."""
    waiting, found = [*map(abs, some)], {1}
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting += map(abs, facts["gates"].get(str(one), ()))
    return sorted(found)


def free(facts: Any) -> bool:
    """Whether the clauses leave all answers possible, so that they can't contradict each other by themselves.

    No gate hangs on itself, no two things share a number, and whether a question is asked hangs on earlier ones only.
    """
    gates, names, taken = facts["gates"], facts["names"], {1}
    if any(not 0 < abs(part) < int(gate) for gate, parts in gates.items() for part in parts):
        return False
    for person, changed in facts["people"].items():
        for id, one in facts["answers"].items():
            mine = numbers(facts, person, id)
            if person and id != changed and mine == numbers(facts, "", id):
                continue
            values = [number for piece, number in mine.pieces.items() if piece not in one["open"]]
            fresh = [*mine.pieces.values(), *([] if values == [mine.given] else [abs(mine.given)])]
            asked = [number for number in below(facts, [mine.asked]) if str(number) not in gates]
            if not values or len({*fresh} - taken) < len(fresh) or not taken.issuperset(asked):
                return False
            if min(mine.pieces.values()) < 1 or any(str(number) in gates for number in fresh):
                return False
            taken.update(fresh)
    return names["always"] == 1 and "1" not in gates


def tied(facts: Any, table: list[list[str]]) -> bool:
    """Whether the table has rows for each condition, and they are all that there are and come out as they say."""
    found: dict[str, list[Row]] = defaultdict(list)
    for what, answers, verdict in table:
        cells = (cell.split("=") for cell in answers.split())
        found[what].append(({id: {*filter(None, cell.split("+"))} for id, cell in cells}, verdict))
    shown = {f"{person}{what} {side}" for person, what, side in product(facts["people"], found, SIDES)}
    always = {name for name, number in facts["names"].items() if number == 1}
    limited = [rows for what, rows in found.items() if what.startswith("limits ")]
    return (
        {what: len(rows) for what, rows in found.items()} == facts["rows"]
        and {name for name in facts["names"] if name.endswith(SIDES)} <= shown | always
        and all(any(verdict == "yes" for _, verdict in rows) for rows in limited)
        and all(agrees(facts, person, what, rows) for person in facts["people"] for what, rows in found.items())
    )


def agrees(facts: Any, person: str, what: str, rows: list[Row]) -> bool:
    """Whether a condition hangs on the questions of its rows alone, comes out as each has it, and none is missing."""
    sides = [facts["names"].get(f"{person}{what} {side}") for side in SIDES]
    if None in sides:
        return person != ""  # of a second person only what is asked and said is told
    mine = {id: numbers(facts, person, id) for id in rows[0][0]}
    hang_on = below(facts, sides)
    given = {one for one in hang_on if str(one) not in facts["gates"]}
    if not given <= {1}.union(*(one.all() for one in mine.values())):
        return False
    return all(comes_out(facts, mine, row, sides, hang_on) for row in rows) and (
        what in facts["sampled"] or complete(facts, mine, given, [answers for answers, _ in rows])
    )


def comes_out(facts: Any, mine: dict[str, Numbers], row: Row, sides: list[int], hang_on: list[int]) -> bool:
    """Whether the two sides of a condition come out as the row has it."""
    known = {1: True} | {number: False for one in mine.values() for number in one.pieces.values()}
    for id, pieces in row[0].items():
        known |= {mine[id].pieces[piece]: True for piece in pieces}
        known[abs(mine[id].given)] = (mine[id].given > 0) == bool(pieces.difference(facts["answers"][id]["open"]))
    for one in hang_on:
        if one not in known:
            known[one] = all(known[abs(part)] == (part > 0) for part in facts["gates"][str(one)])
    sure, may_be = (known[abs(side)] == (side > 0) for side in sides)
    return VERDICTS.get((sure, may_be)) == row[1]


def complete(facts: Any, mine: dict[str, Numbers], hang_on: set[int], rows: list[dict[str, set[str]]]) -> bool:
    """Whether there is a row, and only one, for each way to answer that the condition can tell apart."""
    wanted, seen = [], []
    for id, one in mine.items():
        alone, left_open = facts["answers"][id]["alone"], facts["answers"][id]["open"]
        told = [piece for piece, number in one.pieces.items() if number in hang_on]
        rest = [piece for piece in one.pieces if piece not in told and piece not in left_open]
        rest = sorted(rest, key=alone.__contains__) if abs(one.given) in hang_on else []
        told += rest[:1]  # one value stands for all others that only matter as having been given
        some = [{*some} for size in range(len(told) + 1) for some in combinations(told, size)]
        ways = [way for way in some if len(way) < 2 or not way.intersection(alone)]
        always = one.asked == 1 and len(told) + len(rest[1:]) == len(one.pieces)  # something of these is chosen
        wanted.append([frozenset(way) for way in ways if way or not always])
        seen.append([frozenset(rest[0] if piece in rest else piece for piece in row[id]) & {*told} for row in rows])
    once = {tuple((id, *sorted(pieces)) for id, pieces in row.items()) for row in rows}
    return len(once) == len(rows) and {*zip(*seen, strict=True)}.issuperset(product(*wanted))


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
            print(f"{words}: {'yes' if holds else 'NO'}.")
            if not holds:
                return 1
    except (ArithmeticError, AttributeError, LookupError, OSError, RecursionError, TypeError, ValueError) as error:
        print(f"This folder can't be read as evidence: NO ({type(error).__name__}).")
        return 1
    print("This shows that the rules do what they say, not that they are right.")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(__file__).resolve().parent))
