"""What to write in the place of a key or a value that is none, where it can be guessed."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from screener.ground.problems import did_you_mean
from screener.rulefile.idioms import DATE, kind_of, said, span_in, summed_up
from screener.rulefile.measures import A_WHOLE, FORMS, NUMBERS
from screener.rulefile.model import Question
from screener.rulefile.spellings import A_STATEMENT_ID

#: Keys that hold lists, in any part of a file.
_LISTS = {"from", "excludes", "asked", "not_asked", "guidance", "no_guidance", "never_less_urgent", "balance"}
_LISTS |= {"says", "possible", "not", "documents"}
#: How a limit of each type of question is written.
_FORMS = {**FORMS, "many": A_WHOLE}
#: What is longer is no slip but a text.
_LONG = 500
_NOW = ("now", "today", "the day of the interview", "interview")
_TO_BE_ANSWERED = {"required", "mandatory", "compulsory", "needed"}
#: How keys are called by those who come from forms and spreadsheets, and how they are called here.
_KEYS = {
    "ask": "question|text|prompt|wording",
    "says": "message|text|advice|say|content",
    "help": "hint|description|instructions",
    "options": "choices|answers|values|items|option",
    "when": "condition|if|show if|shown when|visible if|asked when|only if|where",
    "from": "source|sources|citation|citations|cites|cite",
    "unsure": "not sure|dont know|unknown",
    "decline": "declined|rather not say",
    "exclusive": "alone|stands alone",
    "title": "name|heading",
    "label": "text|name|title",
    "because": "reason|why",
    "more": "details|evidence",
    "disposition": "next step|outcome|urgency",
    "carry_over": "carried over|valid for|good for|keep for|reuse|reuse for",
}


def key(name: str, owner: Any, known: Sequence[str]) -> str:
    """What a key was meant to be that means nothing in this place, if that can be guessed."""
    written = owner if isinstance(owner, dict) else {}
    value = written.get(name)
    if value == "" and (torn := _torn(name, list(written.items()))):
        return torn
    if name.casefold() in _TO_BE_ANSWERED and "optional" in known:
        if value == "no" or said(value) == "no":
            return "write `optional: yes`"
        return "leave it out: a question has to be answered where it does not say `optional: yes`"
    words = " ".join(re.sub("[_-]", " ", name.casefold()).split())
    meant = [one for one, habits in _KEYS.items() if one in known and one not in written and words in habits.split("|")]
    return did_you_mean(name, known) or (f"write `{meant[0]}:` in its place" if meant else "")


def _torn(name: str, items: list[tuple[str, Any]]) -> str:
    """What to do about a word behind a comma within braces, where the comma was to be part of what it is in."""
    at = [one for one, _ in items].index(name)
    before = [index for index in range(at) if items[index][1] != ""]
    if not before or not isinstance(text := items[before[-1]][1], str):
        return ""
    first, words = items[before[-1]][0], [one for one, _ in items[before[-1] + 1 : at + 1]]
    if first in _LISTS and all(re.fullmatch(A_STATEMENT_ID.pattern, word) for word in (text, *words)):
        return f"write `{first}: [{', '.join([text, *words])}]`"
    return f'a comma ends a text within braces; put the text in quotes: `{first}: "{", ".join([text, *words])}"`'


def listed(key: str, text: str) -> str:
    """How a list is written that was given as one text, `a, b`; empty for what is no list of ids."""
    if key not in _LISTS or len(text) > _LONG:
        return ""
    parts = [part for part in re.split(r"\s*[,;]\s*|\s+and\s+", text.strip("() ")) if part]
    if not 0 < len(parts) <= 20 or not all(re.fullmatch(A_STATEMENT_ID.pattern, part) for part in parts):
        return ""
    return f"write `[{', '.join(parts)}]`"


def options(given: Any) -> str:
    """How options are written that were given as a list, or as one text."""
    if isinstance(given, list) and given and all(isinstance(one, dict) for one in given):
        return "leave out the hyphens, so that each line is an id, a colon and a label"
    if isinstance(given, str) and len(given) > _LONG:
        return ""
    labels = given if isinstance(given, list) else re.split(r"\s*[,;|\n]\s*", given)
    made = list(_options(labels[:2]))
    return f"give each an id before its label, on a line of its own without a hyphen: `{made[0]}`" if made else ""


def _options(labels: Sequence[Any]) -> Iterator[str]:
    for label in labels:
        if isinstance(label, str) and len(label) <= 60 and (id := summed_up(label)):
            yield f"{id}: {label}"


def limit(question: Question, key: str) -> tuple[str, str]:
    """What is wrong with a limit that is none, and what to write."""
    written = str(getattr(question, key)).strip()
    message, help = f"`{key}` is no limit", f"write {_FORMS[question.type]}"
    if question.type == "date" and re.fullmatch(DATE, written):
        return f"`{key}`: there is no such day as {written}", "look at the month and the day"
    if question.type == "date" and written.casefold() in _NOW:
        return message, "write `today`"
    if question.type in NUMBERS and (found := re.fullmatch(r"(-?\d+(?:\.\d+)?) ?([^\W\d]+|%)", written)):
        return message, f"write `{key}: {found[1]}`, and what it counts beside it: `unit: {found[2]}`"
    return message, help


def span(key: str, given: str) -> str:
    """What to write for a span that is none, such as `three months`, `never` or `300 years`."""
    if (meant := span_in(given)) not in ("", given):
        return f"write `{key}: {meant}`"
    plain = given.strip().casefold()
    if said(given) in ("no", "not", "none") or re.fullmatch(r"never|not at all|0+( [a-z]+)?", plain):
        return "leave it out: then it is asked anew each time"
    return f"write it as in `{key}: 90 days`, with days, weeks, months or years, up to 200 years"


def type_of(given: str) -> str:
    """The type of question that is meant by a word such as `checkbox`."""
    meant = kind_of(given.partition("(")[0])
    return f"write `{meant}`" if meant else ""


def id_for(key: str, given: str, rule: str, known: Sequence[str]) -> str:
    """What to write for an id that is spelt as none can be: one that is known, or one made of its words by the rule."""
    made = summed_up(given)
    if known:
        return f"did you mean `{made}`?" if made in known else did_you_mean(made, known) or rule
    return f"{rule}, such as `{made}`" if made and made != given else rule
