"""People who come to the desk and answer at random, the same each time."""

import random
from collections.abc import Iterator
from datetime import date, timedelta

from screener.engine.answers import as_plain, stands_alone
from screener.engine.assess import next_question
from screener.records.impact.effect import Visit
from screener.rulefile.conditions.tree import Answer, State
from screener.rulefile.model import Question, RuleFile

FIRST = date(2024, 1, 2)


def at_random(rules: RuleFile, seed: int = 1) -> Iterator[Visit]:
    """One person after the other, some of them on each day; most choose one or two of many options, or none."""
    chance, number = random.Random(seed), 0
    while True:
        given: dict[str, Answer] = {}
        settled: dict[str, State] = {}
        while (question := next_question(rules, given, settled)) is not None:
            given[question.id] = _answer(question, chance)
        plain = {id: as_plain(answer) for id, answer in given.items()}
        yield Visit(f"r{number:07}", f"file {number}", FIRST + timedelta(number // 40), plain)
        number += 1


def _answer(question: Question, chance: random.Random) -> Answer:
    """Nearly everybody is 18, and few are unsure or say nothing."""
    if question.reserved and chance.random() < 0.05:
        return chance.choice(question.reserved)
    if question.type == "many":
        alone = [id for id in question.options if stands_alone(question, id)]
        if alone and chance.random() < 0.5:
            return (chance.choice(alone),)
        together = [id for id in question.options if id not in alone]
        chosen = chance.sample(together, min(len(together), chance.choice([1, 1, 1, 2, 2, 3])))
        return tuple(id for id in together if id in chosen)
    if question.type == "yes-no":
        return "yes" if chance.random() < (0.97 if question.id == "adult" else 0.3) else "no"
    if question.choices:
        return chance.choice(list(question.choices))
    return "some words"
