"""The people whom an edit concerns: as text, as JSON `screener/impact/1`, and as CSV."""

from collections import Counter
from collections.abc import Sequence
from itertools import groupby
from typing import Any

from screener.engine.addressed import in_general
from screener.ground.escapes import rows_of_csv
from screener.ground.jsontext import as_json_text
from screener.ground.safetext import one_line
from screener.ground.wrapping import Listing, Look
from screener.records.impact.effect import WEIGHTS, Concerned, Effect, Impact
from screener.records.impact.wording import SO_FAR, TITLES, changes
from screener.rulefile.model import RuleFile

SCHEMA = "screener/impact/1"
NOBODY = "The edit concerns nobody: all of them are told and asked the same."
_APART = "; "
_COLUMNS = ("id", "reference", "day", "kind")


def as_text(old: RuleFile, new: RuleFile, found: Impact, look: Look, most: int) -> str:
    """Who is concerned, since when, and from which next step to which; up to so many under each heading."""
    page = Listing(look.width, 2)
    page.say(f"{_named(old)} → {_named(new)}")
    page.say(_summed_up(found))
    if any(one.effect.asks or one.effect.may_ask for one in found.concerned):
        page.say(SO_FAR)
    titles = [{step.id: step.title for step in in_general(rules).dispositions} for rules in (old, new)]
    for weight, group in groupby(found.concerned, lambda one: one.effect.weight):
        people = list(group)
        if weight is not None:
            page.title(f"{TITLES[weight]}: {len(people)}")
        for one in people[:most]:
            _person(page, one, titles)
        if len(people) > most:
            page.say(f"and {len(people) - most} more", 2)
    return page.text()


def _named(rules: RuleFile) -> str:
    return one_line(f"{rules.id} {rules.version} ({rules.sha256[:12]})")


def _summed_up(found: Impact) -> str:
    if not found.people:
        return "There is nobody whom it could concern."
    if not found.concerned:
        return NOBODY if found.people > 1 else "The edit does not concern the one person who came."
    return (
        f"The edit concerns {len(found.concerned)} of {'1 person' if found.people == 1 else f'{found.people} people'}."
    )


def _person(page: Listing, one: Concerned, titles: Sequence[dict[str, str]]) -> None:
    """When somebody came and who it is, the next step, and what else there is."""
    who = f"{one.reference} ({one.id})" if one.reference else one.id
    page.say(one_line(who), 2, f"{one.day} ")
    before, now = (named[step] for named, step in zip(titles, (one.effect.before, one.effect.now), strict=True))
    if one.effect.way == "same":
        page.say(one_line(now), 4, "Next step as before: ")
    else:
        page.say(f"{one_line(before)} → {one_line(now)}", 4)
    if said := changes(one.effect):
        page.say(said, 4)


def as_json(old: RuleFile, new: RuleFile, found: Impact) -> str:
    """Everybody who is concerned, with the ids of all that changes: the same bytes for the same files and people."""
    weights = Counter(one.effect.weight for one in found.concerned)
    plain = {
        "schema": SCHEMA,
        "old": _side(old),
        "new": _side(new),
        "people": found.people,
        "concerned": len(found.concerned),
        "kinds": {weight: weights[weight] for weight in WEIGHTS},
        "records": [_plain(one) for one in found.concerned],
    }
    return as_json_text(plain)


def _side(rules: RuleFile) -> dict[str, str]:
    return {"id": rules.id, "version": rules.version, "sha256": rules.sha256}


def _plain(one: Concerned) -> dict[str, Any]:
    who = (one.id, one.reference, one.day.isoformat(), one.effect.weight)
    effect = {key: list(value) if isinstance(value, tuple) else value for key, value in one.effect._asdict().items()}
    return dict(zip(_COLUMNS, who, strict=True)) | effect


def as_csv(found: Impact) -> str:
    """A row for everybody who is concerned; several ids in a cell have `; ` between them."""
    rows = [list(map(_cell, _plain(one).values())) for one in found.concerned]
    return rows_of_csv([[*_COLUMNS, *Effect._fields], *rows])


def _cell(value: object) -> str:
    if isinstance(value, list):
        return _APART.join(value)
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)
