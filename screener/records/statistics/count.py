"""People counted in groups, of which the small ones are not shown."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from screener.ground.hiding import LEAST, Several, Size, hidden
from screener.records.statistics.groups import Groups, days, groups
from screener.records.statistics.tally import CountedBy, Group, Period, Person, Tally
from screener.rulefile.model import RuleFile

#: How many people are in each combination of groups.
_Counts = Counter[tuple[str, ...]]


class _Found(NamedTuple):
    """How many people there are in all, and on which days the first and the last of them came."""

    people: int
    period: Period | None
    counts: tuple[_Counts, ...]


def counted(
    people: Iterable[Person], by: Sequence[CountedBy], editions: Sequence[RuleFile], period: Period | None = None
) -> tuple[Tally, ...]:
    """How many people there are in each group, for each thing that they are counted by.

    The words are those of the newest edition of the rule file, which comes first. People are gone through once; those
    who came on no day of the period are left out. Without a period it goes from the first to the last of their days.

    Raises ProblemsFound where people can't be counted by a question.
    """
    known = [groups(one, editions) for one in by]
    found = _count(people, known, period)
    return tuple(
        _tally(one, its, counts, found, period) for one, its, counts in zip(by, known, found.counts, strict=True)
    )


def _count(people: Iterable[Person], known: Sequence[Groups], period: Period | None) -> _Found:
    all_people, counts = 0, tuple(_Counts() for _ in known)
    first, last = date.max, date.min
    for person in people:
        if period is not None and not period.since <= person.day <= period.until:
            continue
        all_people += 1
        first, last = min(first, person.day), max(last, person.day)
        for one, count in zip(known, counts, strict=True):
            count[one.of(person)] += 1
    return _Found(all_people, Period(first, last) if all_people else None, counts)


def _tally(by: CountedBy, known: Groups, counts: _Counts, found: _Found, period: Period | None) -> Tally:
    """What may be shown. All together are shown in each tally or in none, as one would tell it of the others."""
    if found.people < LEAST:
        return Tally(by, known.title, period, None, ())
    period = period or found.period
    listed = days(period) if by.kind == "day" and period else known.labels
    sizes = dict.fromkeys(listed, 0)
    for ids, many in counts.items():
        for id in ids:
            sizes[id] = sizes.get(id, 0) + many
    shared = known.shared | {id for ids in counts if len(ids) > 1 for id in ids}
    away = hidden(
        [Size(many, id in shared) for id, many in sizes.items()], found.people, _choices(known, shared, counts)
    )
    shown = tuple(
        Group(id, known.label(id), None if place in away else many) for place, (id, many) in enumerate(sizes.items())
    )
    return Tally(by, known.title, period, found.people, shown, bool(shared))


def _choices(known: Groups, shared: frozenset[str], counts: _Counts) -> Several:
    """How many options are chosen together: what the rule file allows, and what was given to another edition."""
    together = [len(ids) for ids in counts if not shared.isdisjoint(ids)]
    return Several(min([known.choices.least, *together]), max([known.choices.most, *together]))
