"""A rule file as plain data for a page: what the engine in `engine.js` reads, and the texts that a person can meet.

Lists and not mappings wherever the order matters: JavaScript puts keys such as `1` before all others. What is absent,
empty or false is left out.
"""

from collections.abc import Container, Iterable
from typing import Any

from screener.engine.addressed import NOT_YET, WITHOUT
from screener.engine.answers import MAX_TEXT, REPEATED_WORDS, RESERVED_WORDS, as_plain
from screener.ground.marks import MARKS
from screener.rulefile.conditions.atoms import AllOf, Answered, AnyOf, Compare, Count, NoneOf, Within
from screener.rulefile.conditions.tree import All, AnyPart, Atom, Condition, Not
from screener.rulefile.days import TODAY
from screener.rulefile.library import Document, Sources, Statement
from screener.rulefile.model import Disposition, Guidance, Question, Referral, RuleFile
from screener.rulefile.naming import NO_SOURCE

Plain = dict[str, Any]


def table(rules: RuleFile) -> Plain:
    """The table of a rule file, ready to be written as JSON.

    With `counted` something in it is counted back from the day of the interview, which is not in the table: the page
    adds it as `today`, a date such as `2026-01-31`.
    """
    return _kept(
        rules={"id": rules.id, "version": rules.version, "sha256": rules.sha256},
        counted=rules.counted_from is not None,
        language=rules.language,
        title=rules.title,
        intro=rules.intro,
        questions=[_question(question, rules) for question in rules.questions],
        guidance=[_line(line, rules) for line in rules.guidance],
        dispositions=[_step(step) for step in rules.dispositions],
        referrals=[_referral(one, rules) for one in rules.referrals],
        not_covered=rules.not_covered.says if rules.not_covered else None,
        glossary=[list(entry) for entry in rules.glossary.items()],
        library=_library(rules.library, _cited(rules)) if rules.library else None,
        words=_words(rules),
        longest=MAX_TEXT,
    )


def _kept(**values: Any) -> Plain:
    """Those of these values that say something."""
    return {key: value for key, value in values.items() if value}


def _words(rules: RuleFile) -> Plain:
    """The words for answers that are no value: as they are offered, as they are told, and inside a text."""
    inside = {**WITHOUT, "open": NOT_YET} if rules.repeats_answers else None
    return _kept(offered=RESERVED_WORDS, told=REPEATED_WORDS, inside=inside, no_source=NO_SOURCE)


def _question(question: Question, rules: RuleFile) -> Plain:
    return _kept(
        id=question.id,
        section=question.section,
        type=question.type,
        ask=question.ask,
        help=question.help,
        why=question.why,
        options=[
            _kept(id=id, label=option.label, help=option.help, exclusive=option.exclusive)
            for id, option in question.choices.items()
        ],
        reserved=list(question.reserved),
        min=TODAY if question.min == TODAY else _text(question.limits.low),
        max=TODAY if question.max == TODAY else _text(question.limits.high),
        unit=question.unit,
        when=_condition(question.when, rules),
        reader=question.reader,
    )


def _text(limit: object) -> str | None:
    return None if limit is None else str(limit)


def _line(line: Guidance, rules: RuleFile) -> Plain:
    return _kept(
        id=line.id,
        topic=line.topic,
        title=line.title,
        when=_condition(line.when, rules),
        skip=line.when_unsure == "skip",
        disposition=line.disposition,
        says=line.says,
        more=line.more,
        short=line.short,
        ask=line.ask,
        **{"from": list(line.sources)},
    )


def _step(step: Disposition) -> Plain:
    return _kept(id=step.id, title=step.title, says=step.says, short=step.short, **{"from": list(step.sources)})


def _referral(one: Referral, rules: RuleFile) -> Plain:
    return _kept(id=one.id, when=_condition(one.when, rules), says=one.says, **{"from": list(one.sources)})


def _cited(rules: RuleFile) -> tuple[str, ...]:
    """The ids of the statements that a summary can cite."""
    citing = (*rules.guidance, *rules.dispositions, *rules.referrals)
    return tuple(dict.fromkeys(id for one in citing for id in one.sources))


def _library(library: Sources, cited: Iterable[str]) -> Plain:
    """The statements that can be cited, by their ids, and the documents that they are taken from."""
    statements = [library.by_id[id] for id in cited]
    documents = dict.fromkeys(name for statement in statements for name in statement.stands_in)
    sections = {(one.document, one.section) for one in statements}
    return {
        "statements": {one.id: _statement(one) for one in statements},
        "documents": {id: _document(id, library.documents[id], sections) for id in documents},
    }


def _statement(statement: Statement) -> Plain:
    section = statement.section if statement.document else None
    return _kept(documents=list(statement.stands_in), section=section, says=statement.says)


def _document(id: str, document: Document, sections: Container[tuple[str | None, str | None]]) -> Plain:
    """A document with those of its sections that statements are taken from."""
    named = {
        key: _kept(heading=section.heading, short=section.short)
        for key, section in document.sections.items()
        if (id, key) in sections
    }
    return _kept(title=document.title, short=document.short, sections=named)


def _condition(condition: Condition | None, rules: RuleFile) -> list[Any] | None:
    """A condition as a list that begins with its kind; `engine.js` says what may follow."""
    if condition is None:
        return None
    if isinstance(condition, Not):
        return ["not", _condition(condition.part, rules)]
    if isinstance(condition, All | AnyPart):
        kind = "all" if isinstance(condition, All) else "any"
        return [kind, *(_condition(part, rules) for part in condition.parts)]
    if isinstance(condition, Atom):
        kind, *rest = _atom(condition, rules)
        return [kind, condition.question, *rest]
    raise TypeError(condition)


def _atom(atom: Atom, rules: RuleFile) -> list[Any]:
    if isinstance(atom, AnyOf):
        marks = [word for word, mark in MARKS.items() if mark in atom.marks]
        return ["any-of", _in_order(atom, rules), *([marks] if marks else [])]
    if isinstance(atom, AllOf | NoneOf):
        return ["all-of" if isinstance(atom, AllOf) else "none-of", _in_order(atom, rules)]
    if isinstance(atom, Count):
        return ["count", atom.at_least, atom.at_most]
    if isinstance(atom, Compare):
        return [atom.side, as_plain(atom.limit)]
    if isinstance(atom, Within):
        return ["within", atom.span.number, "months" if atom.span.in_months else "days"]
    if isinstance(atom, Answered):
        return ["answered"]
    raise TypeError(atom)


def _in_order(atom: AnyOf | AllOf | NoneOf, rules: RuleFile) -> list[str]:
    """The options in the order of the rule file, so that the same file gives the same table."""
    return [id for id in rules.by_question[atom.question].choices if id in atom.options]
