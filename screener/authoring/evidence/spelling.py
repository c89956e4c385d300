"""Whether a rule file, which is YAML, says exactly what rules.json says; nothing but Python is needed to see it.

What is expected is known, so nothing has to be made out: each text, key and bracket must stand where it should, and
each entry of a list or mapping as far set in as the first. A way of writing that is not known counts as a difference.
"""

import json
import re
from typing import Any


class Different(ValueError):
    """The rule file says something else at this place."""


def differs(raw: Any, text: str) -> int | None:
    """Where this YAML no longer says exactly that, blanks aside, or in a way that is unknown here; None if it does."""
    try:
        end = skip(text, behind(raw, text, found(r"(?:\s|#[^\n]*)*(?:---(?=\s))?", text, 0), -1, False))
        found(r"(?:\.\.\.)?\s*\Z", text, end)
    except Different as wrong:
        return int(wrong.args[0])
    return None


def found(pattern: str, text: str, at: int) -> int:
    """The place behind this pattern, which must stand here."""
    if match := re.compile(pattern, re.DOTALL | re.ASCII).match(text, at):
        return match.end()
    raise Different(at)


def skip(text: str, at: int) -> int:
    """The place behind blanks and comments."""
    return found(r"(?:\s|(?<!\S)#[^\n]*)*", text, at)


def column(text: str, at: int) -> int:
    """How far a place is set in."""
    return at - 1 - text.rfind("\n", 0, at)


def behind(value: Any, text: str, at: int, outer: int, flow: bool) -> int:
    """The place behind this value, which must stand here: inside brackets (`flow`), or set in further than `outer`."""
    if isinstance(value, str):
        end = behind_text(value, text, at, outer, flow)
        return end if flow else found(r"(?=[ \t\r]*(?:\n|\Z|[ \t]#))", text, end)
    keyed, at = isinstance(value, dict), skip(text, at)
    items = value.items() if keyed else [("", one) for one in value]
    here, bracket = column(text, at), text[at : at + 1] == "[{"[keyed]
    if not bracket and (flow or not items or here <= outer):
        raise Different(at)
    at += bracket
    for place, (key, item) in enumerate(items):
        at = skip(text, found(",", text, skip(text, at)) if bracket and place else at)
        if not bracket and column(text, at) != here:
            raise Different(at)
        if keyed:
            start, at = at, behind_text(key, text, at, here - 1, bracket)
            if key != (unquoted(text[start:at], start) if text[start] in "\"'" else text[start:at]):
                raise Different(start)
            at = found(r"[ \t]*:" if text[at - 1] in "\"'" else r"[ \t]*:(?=\s)", text, at)
        elif not bracket:
            at = found(r"-(?=\s)", text, at)
        at = behind(item, text, at, here - (keyed and isinstance(item, list)), bracket)
    return found("[}]" if keyed else "[]]", text, skip(text, at)) if bracket else at


def behind_text(value: str, text: str, at: int, outer: int, flow: bool) -> int:
    """The place behind a text: in quotes, as a block below `>` or `|`, or plain; its lines are set in as above."""
    start, words = skip(text, at), r"\s+".join(map(re.escape, words_of(value)))
    sign = text[start : start + 1]
    if sign in ("'", '"'):
        end = found(r"'(?:[^']|'')*'" if sign == "'" else r'"(?:[^"\\]|\\.)*"', text, start)
        if words_of(unquoted(text[start:end], start)) != words_of(value):
            raise Different(start)
    elif sign in (">", "|") and not flow:
        end = found(r"[>|][-+0-9]*[ \t]*(?:(?<=[ \t])#[^\n]*)?\r?\n\s*" + words, text, start)
        after = found(r"\s*", text, end)
        if after < len(text) and column(text, after) > outer:
            raise Different(after)
    else:
        end = found(words, text, start) if words else at
        special = re.search(r"\A[]\[{}>|*&!%@`#,\"']|\A[-?:](?:\s|\Z)|:(?:\s|\Z)|\s#", value, re.ASCII)
        if special or (flow and not {*"[]{},"}.isdisjoint(value)):
            raise Different(start)
    inner = [at + one.end() for one in re.finditer(r"\n[ \t\r]*(?=[^ \t\r\n])", text[at:end])]
    if not flow and any(column(text, one) <= outer for one in inner):
        raise Different(start)
    return end


def words_of(text: str) -> list[str]:
    """What stands between blanks and line breaks."""
    return re.findall(r"[^ \t\r\n]+", text)


def unquoted(text: str, at: int) -> str:
    """What stands between quotes, with each escape as what it stands for."""
    if text[0] == "'":
        return text[1:-1].replace("''", "'")
    try:
        return str(json.loads(re.sub(r"[ \t\r\n]+", " ", re.sub(r"\\\r?\n[ \t]*", "", text))))
    except ValueError:
        raise Different(at) from None
