"""Proving a rule file over every possible set of answers, beside loading it; each file in a process of its own.

python tests/bench/proof.py            every kind of file at every size but the largest, and how fast the work grows
python tests/bench/proof.py --large    the largest as well
python tests/bench/proof.py wide 2000  one of them
"""

import json
import math
import random
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

from screener.authoring.checks.logic import prove
from screener.authoring.diff.compare import compare
from screener.rulefile.find import load_rules
from screener.rulefile.loader import load
from screener.rulefile.model import RuleFile

Raw = dict[str, Any]
Chance = random.Random
#: Lines of guidance, and the seconds that the whole check may take more than loading.
SIZES = {200: 1.0, 1_000: 2.0, 2_000: 3.0, 10_000: 30.0}
#: Larger files take minutes, and are measured only where they are asked for.
MOST_LINES = 2_000
PICO_TARGET, COUNT_TARGET = 0.5, 1.0
#: The options that are counted, and those of the file that is compared with one that has another title.
COUNTED, COMPARED = 60, 200


def few_questions(lines: int, chance: Chance) -> Raw:
    """Many lines about a few questions."""
    return nested(lines, 34, chance)


def many_questions(lines: int, chance: Chance) -> Raw:
    """A question more for every eight lines."""
    return nested(lines, max(34, lines // 8), chance)


def nested(lines: int, questions: int, chance: Chance) -> Raw:
    """So many lines with nested conditions about so many questions."""
    asked: list[Raw] = []
    for number in range(questions):
        asked.append(question(number, asked, chance))
    whens = [condition(asked, chance.randint(1, 3), chance) for _ in range(lines)]
    return whole(asked, whens, chance)


def wide(lines: int, chance: Chance) -> Raw:
    """Questions with sixty options, counted, chosen all or none of, some with a limit on how many."""
    asked: list[Raw] = []
    for number in range(max(4, lines // 100)):
        options: Raw = {f"o{n}": f"Option {n}" for n in range(60)}
        options["none"] = {"label": "None of these", "exclusive": "yes"}
        raw: Raw = {"id": f"q{number}", "type": "many", "ask": f"Question {number}?", "options": options}
        raw |= {"unsure": "yes"} if chance.random() < 0.5 else {}
        raw |= {"max": str(chance.randint(3, 30))} if chance.random() < 0.3 else {}
        raw |= {"when": wide_atom(asked, chance)} if number > 1 and chance.random() < 0.3 else {}
        asked.append(raw)
    joints, most = ["all", "any"], 12 if lines <= MOST_LINES else 7  # a file may hold so many values and no more
    return whole(
        asked,
        [
            {chance.choice(joints): [wide_atom(asked, chance, most) for _ in range(chance.randint(1, 3))]}
            for _ in range(lines)
        ],
        chance,
    )


def wide_atom(asked: list[Raw], chance: Chance, most: int = 12) -> Raw:
    """Something about a long list of options, naming so many of them at most."""
    form = chance.choice(["any", "any", "all", "none", "count"])
    about = chance.choice(asked)["id"]
    some = [f"o{n}" for n in sorted(chance.sample(range(60), chance.randint(2, most)))]
    if form == "count":
        return {about: {"count": {chance.choice(["at_least", "at_most"]): str(chance.randint(1, 59))}}}
    return {about: some if form == "any" else {form: some}}


def deep(lines: int, chance: Chance) -> Raw:
    """Chains of twenty-five questions, each shown only after some answer to the one before."""
    asked: list[Raw] = []
    for number in range(max(25, lines // 8)):
        raw = question(number, asked, chance)
        raw.pop("when", None)
        if number % 25:
            raw["when"] = atom([asked[-1]], chance)
        asked.append(raw)
    return whole(asked, [condition(asked, chance.randint(1, 3), chance) for _ in range(lines)], chance)


def counted(options: int) -> Raw:
    """Counts over one list of options: few of them, a half, nearly all."""
    asked = {"id": "q", "type": "many", "ask": "Q?", "options": {f"o{n}": f"Option {n}" for n in range(options)}}
    levels = (2, options // 4, options // 2, options * 3 // 4, options - 1)
    return whole([asked], [{"q": {"count": {"at_least": str(level)}}} for level in levels], random.Random(1))


KINDS = {"few-questions": few_questions, "many-questions": many_questions, "wide": wide, "deep": deep}


def whole(asked: list[Raw], whens: list[Raw], chance: Chance) -> Raw:
    """A rule file with a line for each condition, and with promises on the riskiest questions."""
    said = [line(number, when, chance) for number, when in enumerate(whens)]
    risky = [one["id"] for one in asked if one["type"] in ("yes-no", "many")][:6]
    return {
        "format": 1, "id": "generated", "version": "1.0.0", "title": "Generated", "language": "en",
        "questions": asked,
        "guidance": [*said, {"id": "everyone", "topic": "Care", "says": "Keep the skin cool."}],
        "dispositions": [{"id": f"d{rank}", "title": "Next", "says": "Do it."} for rank in range(3)],
        "referral": {"says": "See a professional."},
        "invariants": [{"id": "more", "because": "Risks add up.", "never_less_urgent": risky}],
    }  # fmt: skip


def question(number: int, earlier: list[Raw], chance: Chance) -> Raw:
    """One question; four in ten are shown only after some answer to an earlier one."""
    kind = chance.choice(["one", "many", "yes-no", "yes-no", "number"])
    raw: Raw = {"id": f"q{number}", "type": kind, "ask": f"Question {number}?"}
    if kind in ("one", "many"):
        raw["options"] = {f"o{n}": f"Option {n}" for n in range(chance.randint(3, 9))}
    if kind == "many":
        raw["options"]["none"] = {"label": "None of these", "exclusive": "yes"}
    if kind == "number":
        raw |= {"min": "0", "max": "120"}
    if chance.random() < 0.6:
        raw["unsure"] = "yes"
    if number > 3 and chance.random() < 0.4:
        raw["when"] = atom(earlier, chance)
    return raw


def line(number: int, when: Raw, chance: Chance) -> Raw:
    """One line of guidance; three in ten call for a next step."""
    raw: Raw = {"id": f"g{number}", "topic": f"Topic {number % 9}", "says": "Ask about it.", "when": when}
    if chance.random() < 0.3:
        raw["disposition"] = f"d{chance.randint(1, 2)}"
    return raw


def condition(asked: list[Raw], depth: int, chance: Chance) -> Raw:
    """A nested condition."""
    if depth == 1 or chance.random() < 0.2:
        return atom(asked, chance)
    joint = chance.choice(["all", "any", "any", "not"])
    parts = [condition(asked, depth - 1, chance) for _ in range(chance.randint(2, 3))]
    return {"not": parts[0]} if joint == "not" else {joint: parts}


def atom(asked: list[Raw], chance: Chance) -> Raw:
    """Something about one question."""
    about = chance.choice(asked)
    if about["type"] == "yes-no":
        return {about["id"]: "yes"}
    if about["type"] == "number":
        return {about["id"]: {chance.choice(["below", "at_least"]): str(chance.choice([12, 18, 40, 65]))}}
    return {about["id"]: chance.sample([id for id in about["options"] if id != "none"], chance.randint(1, 2))}


def seconds(work: Callable[[], object], rounds: int) -> float:
    """The median time of one call, in seconds of this process, so that a busy machine matters little."""
    times = []
    for _ in range(rounds):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return statistics.median(times)


def check(rules: RuleFile) -> object:
    """The whole check of the logic, with all the time in the world."""
    return prove(rules, lambda: None, lambda *_: None)


def edit(rules: RuleFile) -> object:
    """The file compared with one that has another title, so that everything is proved to be as before."""
    return compare(rules, rules.model_copy(update={"title": "Another"}), lambda: None, lambda *_: None)


def report(name: str, rules: RuleFile, rounds: int, target: float) -> None:
    """The check and the diff of one changed text, and the memory that they took."""
    proving, text = seconds(lambda: check(rules), rounds), seconds(lambda: edit(rules), rounds)
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{name}: check {proving:.2f} s (target: {target} s), diff of one text {text:.2f} s, memory {most:.0f} MiB")


def main(kind: str, lines: int) -> None:
    """Measure the file that comes with the tool, or a generated one."""
    if kind == "pico":
        report("pico-laser", load_rules("pico-laser"), 9, PICO_TARGET)
    elif kind == "count":
        report(f"count over {COUNTED} options", built(counted(COUNTED)), 3, COUNT_TARGET)
        print(f"{COMPARED} options: diff of one text {seconds(lambda: edit(built(counted(COMPARED))), 1):.2f} s")
    else:
        rules = built(KINDS[kind](lines, random.Random(1)))
        report(f"{kind}, {lines} lines, {len(rules.questions)} questions", rules, 1, SIZES.get(lines, math.nan))


def built(raw: Raw) -> RuleFile:
    """The rule file, through the real loader."""
    return load(json.dumps(raw, indent=1))


def measured(kind: str, lines: int) -> float:
    """The seconds that a check takes, in a process of its own, whose words are passed on."""
    command = [sys.executable, __file__, kind, str(lines)]
    words = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    print(words, end="", flush=True)
    return float(words.partition("check ")[2].partition(" s")[0])


def everything(sizes: list[int]) -> None:
    """Each kind of file at each of these sizes, and how the work grows from the first to the last."""
    measured("pico", 0)
    measured("count", 0)
    for kind in KINDS:
        took = {lines: measured(kind, lines) for lines in sizes}
        (few, first), *_, (many, last) = took.items()
        grows = math.log(last / max(first, 0.01)) / math.log(many / few)
        print(f"{kind}: from {few} to {many} lines the work grows with the power {grows:.2f} of the lines")


if __name__ == "__main__":
    large = sys.argv[1:] == ["--large"]
    if sys.argv[1:] and not large:
        main(sys.argv[1], int(sys.argv[2] if sys.argv[2:] else 0))
    else:
        everything([lines for lines in SIZES if large or lines <= MOST_LINES])
