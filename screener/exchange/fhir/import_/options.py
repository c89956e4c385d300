"""What can be chosen in an item: options with ids, and which of the form's codes each one is."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from screener.engine.answers import RESERVED_WORDS
from screener.exchange.fhir import names as n
from screener.exchange.fhir.import_.form import AnswerOption, Coding, Concepts, Contained, Form, Item
from screener.exchange.fhir.import_.ids import FOR_OPTIONS, Ids
from screener.exchange.fhir.import_.report import Report
from screener.rulefile.model import YES_NO

OTHER = "Something else"
_YES_NO = {code: word for word, code in n.YES_NO.items()}
_ABSENT = {code: word for word, code in n.ABSENT.items()}


class Choices(NamedTuple):
    """The options of a question as they are written, its reserved answers, and the code of each of them.

    `yes_no` says that the codes are those of yes and no, so that no options need to be written.
    """

    options: dict[str, Any]
    reserved: tuple[str, ...]
    codes: tuple[tuple[Coding, str], ...]
    yes_no: bool

    def word(self, coding: Coding) -> str | None:
        """The option or reserved answer that a code means; None for one that is not offered.

        A code without a system means any of its name, if there is just one; one without a code goes by its text.
        """
        found = {word for one, word in self.codes if _same(one, coding)}
        return found.pop() if len(found) == 1 else None


def _same(one: Coding, other: Coding) -> bool:
    if one.code is None or other.code is None:
        return one.display is not None and one.display == (other.display or other.code)
    return one.code == other.code and (one.system == other.system or None in (one.system, other.system))


def choices(form: Form, item: Item, link_id: str, report: Report) -> Choices:
    """The options of an item, from its own list or from a value set inside the form."""
    offered = item.answer_option or [AnswerOption(valueCoding=one) for one in _value_set(form, item, link_id, report)]
    plain = [one for one in offered if _reserved(one.as_coding) is None]
    reserved = [(one.as_coding, word) for one in offered if (word := _reserved(one.as_coding)) is not None]
    for coding, word in reserved:
        if coding.display not in (None, RESERVED_WORDS[word]):
            report.lose(link_id, f"its answer “{coding.display}” is asked as “{RESERVED_WORDS[word]}”")
    words = tuple(dict.fromkeys(word for _, word in reserved))
    if not item.repeats and [_yes_or_no(one.as_coding) for one in plain] == ["yes", "no"]:
        codes = tuple((one.as_coding, word) for one, word in zip(plain, ("yes", "no"), strict=True))
        return Choices({}, words, (*codes, *reserved), yes_no=True)
    options, codes = _options(form, plain, item, link_id, report)
    return Choices(options, words, (*codes, *reserved), yes_no=False)


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
    found = next((one for one in form.contained if name == f"#{one.id}" and one.kind == "ValueSet"), None)
    if found is None:
        report.lose(link_id, f"its list of answers `{name[:80]}` is not in the file, so it is asked as a text")
        return
    codes = list(_codes(found, link_id, report))
    if not codes:
        report.lose(link_id, f"its list of answers `{name[:80]}` holds no codes, so it is asked as a text")
    yield from codes


def _codes(found: Contained, link_id: str, report: Report) -> Iterator[Coding]:
    if found.expansion is not None and found.expansion.contains:
        yield from _expanded(found.expansion.contains)
        return
    compose = found.compose
    for part in compose.include if compose else ():
        yield from (one.model_copy(update={"system": part.system}) for one in part.concept)
        if not part.concept or {"filter", "valueSet"} & {*(part.model_extra or ())}:
            report.lose(link_id, "a part of its list of answers is given by a rule, not by its codes, and is left out")
    if compose and compose.exclude:
        report.lose(link_id, "codes that its list of answers takes out again are offered")


def _expanded(contains: Iterable[Concepts]) -> Iterator[Coding]:
    for one in contains:
        if not one.abstract and not one.inactive and one.code:
            yield Coding(system=one.system, code=one.code, display=one.display)
        yield from _expanded(one.contains)
