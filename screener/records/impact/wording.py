"""What an edit changes for someone, in words."""

from collections.abc import Iterator, Mapping

from screener.records.impact.effect import Effect, Weight

#: Above those for whom this matters most.
TITLES: Mapping[Weight, str] = {
    "more-urgent": "A more urgent next step",
    "other-step": "Another next step",
    "less-urgent": "A calmer next step",
    "added": "Something more is said",
    "taken": "Something is no longer said",
    "certainty": "Something is said more surely, or less so",
    "answers": "Questions to ask, or answers that no longer count",
    "wording": "The same in other words",
}

#: What must be known of everybody who is to be asked more.
SO_FAR = (
    "Where there are more questions to ask, the new next step and lines are those that are known before the answers."
)


def counted(number: int, thing: str) -> str:
    """So many things, such as `1 line` and `2 lines`."""
    return f"{number} {thing}{'' if number == 1 else 's'}"


def changes(effect: Effect) -> str:
    """What changes beside the next step, in numbers; nothing where only that is another one."""
    return ", ".join(_changes(effect))


def _changes(effect: Effect) -> Iterator[str]:
    lines = (
        (effect.added, "more"),
        (effect.taken, "no longer said"),
        (effect.surer, "said more surely"),
        (effect.vaguer, "said less surely"),
        (effect.reworded, "in other words"),
    )
    yield from (f"{counted(len(ids), 'line')} {what}" for ids, what in lines if ids)
    if effect.step_reworded:
        yield "the next step in other words"
    if effect.referral_reworded:
        yield "another referral, or in other words"
    if effect.gone:
        yield f"{counted(len(effect.gone), 'answer')} no longer {'counts' if len(effect.gone) == 1 else 'count'}"
    if most := len(effect.asks) + len(effect.may_ask):
        least = len(effect.asks)
        number = f"{least} to " if 0 < least < most else "up to " if not least else ""
        yield f"{number}{counted(most, 'more question')} to ask"
