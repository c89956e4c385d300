"""What can be chosen in an item: options with ids, and which of the form's codes each one is."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from screener.engine.answers import RESERVED_WORDS
from screener.exchange.fhir import names as n
from screener.exchange.fhir.import_.form import AnswerOption, Coding, Concepts, Contained, Form, Item
from screener.exchange.fhir.import_.report import Report
from screener.exchange.ids import FOR_OPTIONS, Ids
from screener.rulefile.model import YES_NO

OTHER = "Something else"
_YES_NO = {code: word for word, code in n.YES_NO.items()}
_ABSENT = {code: word for word, code in n.ABSENT.items()}


class Meanings:
    """Which option or reserved answer each code means, found at once however many options and tests there are."""

    def __init__(self, codes: Iterable[tuple[Coding, str]]) -> None:
        self._words: dict[tuple[object, ...], set[str]] = {}
        for one, word in codes:
            if one.code is not None:
                self._add(("code", one.code, one.system), word)
                self._add(("code", one.code), word)
            else:
                self._add(("text of no code", one.display), word)
            self._add(("text", one.display), word)

    def _add(self, key: tuple[object, ...], word: str) -> None:
        words = self._words.setdefault(key, set())
        if len(words) < 2:  # two are enough to know that it is not just one
            words.add(word)

    def word(self, coding: Coding) -> str | None:
        """The option or reserved answer that a code means; None for one that is not offered.

        A code without a system means any of its name, if there is just one; one without a code goes by its text.
        """
        code, system, text = coding.code, coding.system, coding.display
        keys: list[tuple[object, ...]] = [("text", text)] if code is None and text is not None else []
        if code is not None:
            keys = [("text of no code", text or code)]
            keys += [("code", code)] if system is None else [("code", code, system), ("code", code, None)]
        found = {word for key in keys for word in self._words.get(key, ())}
        return found.pop() if len(found) == 1 else None


class Choices(NamedTuple):
    """The options of a question as they are written, its reserved answers, and what each code means.

    `yes_no` says that the codes are those of yes and no, so that no options need to be written.
    """

    options: dict[str, Any]
    reserved: tuple[str, ...]
    meanings: Meanings
    yes_no: bool


def choices(form: Form, item: Item, link_id: str, report: Report) -> Choices:
    """The options of an item, from its own list or from a value set inside the form."""
    offered = item.answer_option or [AnswerOption(valueCoding=one) for one in _value_set(form, item, link_id, report)]
    report.count_options(len(item.answer_option))
    plain = [one for one in offered if _reserved(one.as_coding) is None]
    reserved = [(one.as_coding, word) for one in offered if (word := _reserved(one.as_coding)) is not None]
    for coding, word in reserved:
        if coding.display not in (None, RESERVED_WORDS[word]):
            report.lose(link_id, f"its answer “{coding.display}” is asked as “{RESERVED_WORDS[word]}”")
    words = tuple(dict.fromkeys(word for _, word in reserved))
    if not item.repeats and [_yes_or_no(one.as_coding) for one in plain] == ["yes", "no"]:
        codes = tuple((one.as_coding, word) for one, word in zip(plain, ("yes", "no"), strict=True))
        return Choices({}, words, Meanings((*codes, *reserved)), yes_no=True)
    options, codes = _options(form, plain, item, link_id, report)
    return Choices(options, words, Meanings((*codes, *reserved)), yes_no=False)


def _yes_or_no(coding: Coding) -> str | None:
    """The answer that a code of yes and no means, if it is also called so."""
    word = _YES_NO.get(str(coding.code)) if coding.system == n.YES_NO_CODES else None
    called = word is not None and (coding.display is None or coding.display == YES_NO[word].label)
    return word if called else None


def _reserved(coding: Coding) -> str | None:
    return _ABSENT.get(str(coding.code)) if coding.system == n.ABSENT_CODES else None


def _options(
    form: Form, offered: list[AnswerOption], item: Item, link_id: str, report: Report
) -> tuple[dict[str, Any], tuple[tuple[Coding, str], ...]]:
    options: dict[str, Any] = {}
    codes: list[tuple[Coding, str]] = []
    ids = Ids(FOR_OPTIONS)
    systems = {one.as_coding.system for one in offered}
    if any(system and not form.is_own_system(system) for system in systems):
        report.lose(link_id, "the code systems of its options are not kept; the options are named after their codes")
    for place, one in enumerate(offered, 1):
        coding = one.as_coding
        label = coding.display or coding.code
        if not label:
            report.lose(link_id, f"its option {place} has no text and no code, and is left out")
            continue
        id = ids.made((coding.code or label).removeprefix(f"{link_id}."), f"option-{place}")
        exclusive = item.repeats and _is_exclusive(one)
        options[id] = {"label": label, "exclusive": "yes"} if exclusive else label
        codes.append((coding, id))
        if one.initial_selected:
            report.lose(link_id, f"“{label}” is not chosen beforehand: nobody has given that answer yet")
    return options, tuple(codes)


def _is_exclusive(option: AnswerOption) -> bool:
    found = option.extended(n.OPTION_EXCLUSIVE)
    return bool(found and found.boolean)


def _value_set(form: Form, item: Item, link_id: str, report: Report) -> Iterator[Coding]:
    """The codes of the value set that an item names; one outside of the form can't be looked up."""
    name = item.answer_value_set
    if not name:
        return
    found = form.value_sets.get(name)
    if found is None:
        report.lose(link_id, f"its list of answers `{name[:80]}` is not in the file, so it is asked as a text")
        return
    codes = list(_codes(found, link_id, report))
    if not codes:
        report.lose(link_id, f"its list of answers `{name[:80]}` holds no codes, so it is asked as a text")
    yield from codes


def _codes(found: Contained, link_id: str, report: Report) -> Iterator[Coding]:
    if found.expansion is not None and found.expansion.contains:
        yield from _expanded(found.expansion.contains, report)
        return
    compose = found.compose
    for part in compose.include if compose else ():
        report.count_options(len(part.concept) + 1)
        yield from (one.model_copy(update={"system": part.system}) for one in part.concept)
        if not part.concept or {"filter", "valueSet"} & {*(part.model_extra or ())}:
            report.lose(link_id, "a part of its list of answers is given by a rule, not by its codes, and is left out")
    if compose and compose.exclude:
        report.lose(link_id, "codes that its list of answers takes out again are offered")


def _expanded(contains: list[Concepts], report: Report) -> Iterator[Coding]:
    report.count_options(len(contains))
    for one in contains:
        if not one.abstract and not one.inactive and one.code:
            yield Coding(system=one.system, code=one.code, display=one.display)
        yield from _expanded(one.contains, report)
