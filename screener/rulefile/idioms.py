"""What authors write out of habit, in words of people, programmers or spreadsheets, and how it is said here."""

import re
from collections.abc import Mapping

from screener.ground.marks import DECLINED, SKIPPED, UNSURE

#: A number or a date, as both are written in conditions.
DATE = r"\d{4}-\d\d-\d\d"
MEASURE = rf"{DATE}|-?\d+(?:\.\d+)?"
#: What is longer is no slip but a text.
_LONG = 60
_RANGE = rf"(?:(?:between|from)\s+)?({MEASURE})\s*(?:-|–|\.\.|to|and|until)\s*({MEASURE})\D*"
_ID = "[a-z0-9][a-z0-9-]*"
#: A condition as people write it, without braces.
_ONE = rf"{_ID}: +[\w-]+"
_NUMBERS = ("a an one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_COUNTS = {word: str(number) for number, words in enumerate(_NUMBERS, 1) for word in words.split()}
_SPAN = re.compile(rf"\b([1-9]\d{{0,4}}|{'|'.join(_COUNTS)})[ -]?(day|week|month|year)s?\b", re.IGNORECASE)
#: Which days words mean that compare a span: those since then, or those before. Some speak of the days themselves,
#: the others of how long it is ago.
_RECENT = ("recent", "at_most", "below", "after", "later than", "since", "from", "not before", "or later")
_OLDER = ("older", "at_least", "above", "before", "earlier than", "until", "till", "not after", "or earlier")
_HABITS = {
    "at_least": "at least|atleast|min|minimum|>=|=>|≥|gte|ge|from|since|not below|not under|not less than|no less than|"
    "minimum of|not before|or more|or older|or above|or over|or later|and more|and older|and above|and over|+|plus",
    "at_most": "at most|atmost|max|maximum|<=|=<|≤|lte|le|up to|until|till|to|not above|not over|not more than|"
    "no more than|maximum of|not after|or less|or fewer|or younger|or below|or under|or earlier|and less|and younger|"
    "and below|and under",
    "above": "greater|greater than|more than|over|>|gt|larger|larger than|higher than|older than|bigger than|after|"
    "later than|exceeds",
    "below": "less|less than|fewer than|under|<|lt|smaller|smaller than|lower than|younger than|before|earlier than",
    "equal": "=|==|===|eq|equal|equals|equal to|is|exactly|same as",
    "between": "between|range|within range|from to|in range",
    "any": "or|either|any of|anyof|one of|oneof|some|some of|in|includes|contains|has|||",
    "all": "and|both|all of|allof|every|each|&&|&",
    "none": "none|none of|noneof|neither|nor|not in|not any|without|excludes",
    "not": "unless|except|no|isn't|is not|isnt|!|!=|<>|≠|ne|not equal|not equal to",
    UNSURE: "not sure|notsure|i am not sure|i'm not sure|don't know|dont know|do not know|i don't know|unknown|"
    "uncertain|maybe|unclear|no idea|not certain",
    DECLINED: "rather not say|would rather not say|i would rather not say|prefer not to say|i prefer not to say|"
    "prefer not to answer|rather not answer|decline|declines|decline to answer|refused|refuse|no answer|not saying|"
    "tell in person|told in person|rather tell in person",
    SKIPPED: "skip|skips|left out|left blank|blank|empty|not answered|unanswered|missing",
    "recent": "within|in the last|in last|last|the last|within last|within the last|past|in the past|the past|"
    "newer than|shorter than|more recent than|sooner than",
    "older": "longer than|longer ago than|longer|not within|not in the last|not in last|not in the past",
    "always": "always|everyone|everybody|for everyone|for everybody|in any case|at all times",
    "yes": "true|y|on|yep|yeah",
    "no": "false|n|off|nope",
}

#: How the types of questions are called elsewhere; capital letters, blanks and hyphens do not matter.
_KINDS = {
    "one": "one|single|single choice|single select|select|select one|choose one|radio|radio button|choice|dropdown|"
    "drop down|menu|list",
    "many": "many|multi|multiple|multiple choice|multi choice|multi select|multiselect|select many|choose all|"
    "checkbox|checkboxes|check box|tick box|tickbox",
    "yes-no": "yes-no|yes or no|yes/no|yes no|yn|y/n|bool|boolean|true/false",
    "number": "number|numeric|decimal|float|amount",
    "whole": "whole|integer|int|whole number|count",
    "date": "date|day|calendar",
    "text": "text|free text|freetext|open|open text|string|str|comment|comments|notes|textarea|long text|short text",
}


def _plainly(word: str) -> str:
    return re.sub(r"[\W_]+", "", word.casefold())


def _by_habit() -> Mapping[str, str]:
    found = {habit: said for said, habits in _HABITS.items() for habit in habits.split("|") if habit}
    return {**found, "|": "any", "||": "any"}


_SAID = _by_habit()
_KIND = {_plainly(word): kind for kind, words in _KINDS.items() for word in words.split("|")}


def said(words: object) -> str:
    """The word that these words stand for in conditions: `at_least` for `>=` or `at least`; empty if for none."""
    if not isinstance(words, str) or len(words) > _LONG:
        return ""
    return _SAID.get(" ".join(re.sub("[_-]", " ", words.casefold().replace("’", "'")).split()), "")


def kind_of(word: str) -> str:
    """The type of question that a word such as `checkbox` or `Yes/No` means; empty for none."""
    return _KIND.get(_plainly(word), "") if len(word) <= _LONG else ""


def summed_up(words: str) -> str:
    """An id made of these words: `my-wishes` for `My Wishes`."""
    return re.sub("[^a-z0-9]+", "-", words.casefold()).strip("-")[:_LONG].strip("-")


def measured(question: str, words: str) -> str:
    """The condition that compares this question as the words do: `{age: {at_least: 18}}` for `>= 18` or `18+`."""
    text = words.strip()
    if found := re.fullmatch(
        rf"(?:(?:between|from)\s+)?({MEASURE})\s*(?:-|–|\.\.|to|and|until)\s*({MEASURE})\D*", text
    ):
        return limited(question, at_least=found[1], at_most=found[2])
    before = re.fullmatch(rf"(\D*?)\s*({MEASURE})(?:\s+[^\W\d]+)?", text)
    if before and (side := said(before[1])):
        return compared(question, side, before[2])
    after = re.fullmatch(rf"({MEASURE})\s*(\D+)", text)
    if after and (side := said(after[2])):
        return compared(question, side, after[1])
    return ""


def span_in(words: object) -> str:
    """The span in these words as it is written in conditions: `6 months` for `more than six months ago`."""
    plain = re.sub(r"\bhalf a year\b", "6 months", words) if isinstance(words, str) and len(words) <= _LONG else ""
    found = _SPAN.search(plain)
    if found is None or re.search(r"\d\D+\d|\b(?:half|between|next)\b", plain):
        return ""  # two numbers, or more than a number and a unit: not one span
    number = _COUNTS.get(found[1].casefold(), found[1])
    return f"{number} {found[2].casefold()}{'' if number == '1' else 's'}"


def side_of_span(words: str) -> str:
    """Whether words with a span mean the days since then, `recent`, or those before, `older`; else empty."""
    rest = " ".join(re.sub("[_-]", " ", _SPAN.sub(" ", words.casefold())).replace("+", " + ").split())
    plain = rest.removesuffix(" ago").removesuffix("ago").removeprefix("is ").strip()
    for side, some in (("recent", _RECENT), ("older", _OLDER)):
        if plain in some:
            return side
    meant = said(plain)
    return "recent" if meant in _RECENT else "older" if meant in _OLDER else ""


def compared(question: str, side: str, limit: str) -> str:
    """The condition with this side, where both are what `said` and the author say; empty for other words."""
    if side == "equal":
        return limited(question, at_least=limit, at_most=limit)
    return limited(question, **{side: limit}) if side in ("at_least", "at_most", "above", "below") else ""


def split_up(words: str) -> tuple[str, list[str]]:
    """Words with `or`, `and`, a comma or a slash between them: how they are joined, `any` or `all`, and each."""
    if len(words) > _LONG:
        return "", []
    parts = [part.strip() for part in re.split(r"\s+(?:or|and)\s+|\s*[,/;|&]+\s*", words.strip("[]")) if part.strip()]
    joint = "all" if re.search(r"\sand\s|&", words) and not re.search(r"\sor\s", words) else "any"
    return (joint, parts) if len(parts) > 1 else ("", [])


def negated(words: str) -> str:
    """What is left of words that begin with `not` or the like; empty for others."""
    found = re.fullmatch(r"(?i)(?:is not|isn't|not|anything but|everything but|all but|except|!=?)\s*(\S.*)", words)
    return found[1] if found and len(words) <= _LONG else ""


def without_quotes(words: str) -> str:
    """The words without the curly quotes that a word processor puts around them."""
    return words.strip("“”„‟‘’‚‛«»‹›").strip()


def braces_joined(text: str) -> str:
    """The condition that is meant by several of them in braces with `or`, or `and`, between them; else nothing."""
    if len(text) > 4 * _LONG:
        return ""
    parts = re.split(r"\s+(or|and|OR|AND|\|\||&&)\s+(?=[{(])", text.strip())
    joints = {said(word) for word in parts[1::2]}
    conditions = [part.strip("() ") for part in parts[::2]]
    if len(joints) != 1 or not all(re.fullmatch(r"\{[^{}]+\}", one) for one in conditions):
        return ""
    return f"{{{joints.pop()}: [{', '.join(conditions)}]}}"


def in_line(line: str) -> str:
    """What to do about a line with a condition as people write it, which can't be read at all; empty for others."""
    if len(line) > 2 * _LONG:
        return ""
    found = re.search(r"\b(?:when|not|answers): +(\{.*\})\s*$", line)
    if found and (meant := braces_joined(found[1])):
        return f"write `{meant}`"
    found = re.search(rf"\b(?:when|not|answers): +({_ONE}(?: +(?:or|and) +{_ONE})+)\s*$", line)
    if found and (meant := braces_joined(re.sub(_ONE, r"{\g<0>}", found[1]))):
        return f"write `{meant}`"
    if found := re.search(r"[:,\[{-] *'([^']*\w'\w[^'\"]*)'", line):
        return f'put a text with `\'` in it in double quotes: `"{found[1]}"`'
    if found := re.search(rf"\b(when|not|answers): +({_ID}): +([\w-]+(?: [\w-]+)?)", line):
        return f"put the condition in braces: `{found[1]}: {{{found[2]}: {found[3]}}}`"
    found = re.search(rf"({_ID}): *([<>=!≥≤]+) *({MEASURE})", line)
    if found and (meant := compared(found[1], said(found[2]), found[3])):
        return f"write `{meant}`"
    return "write a blank after each colon, as in {itch: yes}" if re.search(rf"[{{, ]{_ID}:[{{\[]", line) else ""


def limited(question: str, **limits: str) -> str:
    """A condition that compares, as it is written."""
    return f"{{{question}: {{{', '.join(f'{side}: {limit}' for side, limit in limits.items())}}}}}"
