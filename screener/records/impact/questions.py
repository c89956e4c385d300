"""On which questions something hangs, and which questions an edit makes others."""

from collections.abc import Iterable
from typing import NamedTuple

from screener.rulefile.conditions.tree import Condition
from screener.rulefile.model import Question, RuleFile
from screener.rulefile.repeats import Speaker, repeats


class Files(NamedTuple):
    """A rule file before an edit and after it, both for one day."""

    old: RuleFile
    new: RuleFile


class Edited(NamedTuple):
    """The questions that an edit makes others, by their ids.

    Those that may be `asked` of others than before, or are in one of the files only; those that may be `taking` other
    answers; and those whose answers are `repeated` in other words.
    """

    asked: frozenset[str]
    taking: frozenset[str]
    repeated: frozenset[str]


def edited(files: Files) -> Edited:
    """Which questions are others in the new file."""
    old, new = (one.by_question for one in files)
    both = old.keys() & new.keys()
    asked = {id for id in both if old[id].when != new[id].when}
    taking = frozenset(id for id in both if _takes(old[id]) != _takes(new[id]))
    repeated = frozenset(id for id in both if _words(old[id]) != _words(new[id]))
    return Edited(frozenset(asked | (old.keys() ^ new.keys())), taking, repeated)


def _takes(question: Question) -> object:
    """All that decides which answers a question takes."""
    options = [(id, option.exclusive) for id, option in question.options.items()]
    return question.type, options, question.reserved, question.min, question.max


def _words(question: Question) -> object:
    """The words in which its answers are repeated."""
    return question.unit, [(id, option.label) for id, option in question.choices.items()]


def hanging(rules: RuleFile, ids: Iterable[str]) -> frozenset[str]:
    """These questions, as far as the file has them, and all that decide whether they are asked."""
    there = {id for id in ids if id in rules.by_question}
    return rules.hangs_on(*(rules.shown_by(id) for id in there)) | there


def behind(rules: RuleFile, when: Condition | None, spoken: Speaker) -> frozenset[str]:
    """The questions that decide over a condition, and those whose answers these texts repeat."""
    repeated = {id for ids in repeats(spoken).values() for id in ids}
    return rules.hangs_on(when) | hanging(rules, repeated)
