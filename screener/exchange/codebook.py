"""A rule file as a codebook that people can print and discuss: as Markdown, or as a table for a spreadsheet."""

from collections.abc import Iterator

from screener.engine.addressed import in_general
from screener.engine.answers import RESERVED_WORDS
from screener.ground.escapes import inert, rows_of_csv
from screener.proof.doubt import Doubt
from screener.rulefile.conditions.describe import asked, describe
from screener.rulefile.conditions.tree import Condition
from screener.rulefile.model import Guidance, Question, RuleFile
from screener.rulefile.naming import Naming, source_line, taken_over

_COLUMNS = (
    *("number", "question", "section", "type", "ask", "help", "why", "shown_when", "min", "max", "unit"),
    *("code", "label", "code_help", "stands_alone", "sources", "carry_over"),
)
_KINDS = {"one": "one of these", "many": "any of these", "yes-no": "yes or no", "whole": "a whole number"}


def as_csv(rules: RuleFile) -> str:
    """One row for every answer that can be chosen, or for a question that is answered with a value."""
    doubt = Doubt(rules)
    rows = [row for number, question in enumerate(rules.questions, 1) for row in _rows(rules, doubt, number, question)]
    return rows_of_csv([list(_COLUMNS), *rows])


def _rows(rules: RuleFile, doubt: Doubt, number: int, question: Question) -> Iterator[list[str]]:
    about = [str(number), question.id, question.section or "", question.type, question.ask]
    about += [question.help or "", question.why or "", _asked(rules, doubt, question)]
    about += [question.min or "", question.max or "", question.unit or ""]
    last = ["; ".join(question.sources), question.carry_over or ""]
    for id, option in question.choices.items():
        alone = "yes" if option.exclusive else ""
        yield [*about, id, option.label, option.help or "", alone, *last]
    for word in question.reserved:
        yield [*about, word, RESERVED_WORDS[word], "", "yes", *last]
    if not question.choices and not question.reserved:
        yield [*about, "", "", "", "", *last]


def as_markdown(rules: RuleFile) -> str:
    """Questions with their codes, guidance, next steps and referral, conditions as sentences."""
    rules = in_general(rules)
    blocks = [f"# {inert(rules.title)}", inert(f"{rules.id}, version {rules.version}, language {rules.language}")]
    blocks += [inert(rules.intro or ""), "## Questions"]
    doubt = Doubt(rules)
    for number, question in enumerate(rules.questions, 1):
        blocks += _question(rules, doubt, number, question)
    blocks.append("## Guidance")
    for line in rules.guidance:
        blocks += _guidance(rules, line)
    blocks.append("## Next steps, from the least to the most urgent")
    steps = (f"**{inert(one.title)}** ({one.id}): {inert(one.says)}" for one in rules.dispositions)
    blocks.append("\n".join(f"{place}. {step}" for place, step in enumerate(steps, 1)))
    if rules.not_covered:
        blocks += ["## What this does not cover", inert(rules.not_covered.says)]
    blocks += ["## Said to everyone, last", *_referrals(rules)]
    return "\n\n".join(block for block in blocks if block) + "\n"


def _referrals(rules: RuleFile) -> Iterator[str]:
    for one in rules.referrals:
        only = f"Only when {inert(_condition(rules, one.when))}: " if one.when is not None else ""
        yield f"{only}{inert(one.says)}"


def _question(rules: RuleFile, doubt: Doubt, number: int, question: Question) -> Iterator[str]:
    yield f"### {number}. {inert(question.ask)}"
    facts = [("Code", f"`{question.id}`"), ("Section", inert(question.section or ""))]
    facts += [("Asked", inert(_asked(rules, doubt, question))), ("Help", inert(question.help or ""))]
    facts += [("Why we ask", inert(question.why or "")), ("Answer", inert(_answer(question)))]
    facts.append(("At a repeat visit", taken_over(question)))
    facts.append(("Sources", inert(_sources(rules, question.sources))))
    yield "\n".join(f"- {name}: {fact}" for name, fact in facts if fact)
    if rows := [*_codes(question)]:
        table = "\n".join(f"| `{code}` | {label} | {note} |" for code, label, note in rows)
        yield f"| code | answer | note |\n|---|---|---|\n{table}"


def _answer(question: Question) -> str:
    kind = _KINDS.get(question.type, f"a {question.type}")
    limits = [("at least", question.min), ("at most", question.max), ("in", question.unit)]
    return ", ".join([kind, *(f"{name} {value}" for name, value in limits if value)])


def _codes(question: Question) -> Iterator[tuple[str, str, str]]:
    for id, option in question.choices.items():
        notes = [option.help or "", "stands alone" if option.exclusive else ""]
        yield id, inert(option.label), inert("; ".join(note for note in notes if note))
    for word in question.reserved:
        yield word, inert(RESERVED_WORDS[word]), "left open; stands alone"


def _guidance(rules: RuleFile, line: Guidance) -> Iterator[str]:
    yield f"### {inert(line.topic)}: `{line.id}`"
    yield inert(f"{line.title}. {line.says}" if line.title else line.says)
    unsure = "not said when this is unknown" if line.when_unsure == "skip" else ""
    facts = [("Said when", inert(_condition(rules, line.when) or "always")), ("Unknown", unsure)]
    facts += [("In the details", inert(line.more or "")), ("For the professional", inert(line.short or ""))]
    facts += [("Question to take along", inert(line.ask or "")), ("Next step", f"`{line.disposition}`")]
    facts += [("Never together with", inert(", ".join(line.excludes)))]
    facts.append(("Sources", inert(_sources(rules, line.sources))))
    yield "\n".join(f"- {name}: {fact}" for name, fact in facts if fact and fact != "`None`")


def _asked(rules: RuleFile, doubt: Doubt, question: Question) -> str:
    return "" if question.when is None else asked(_condition(rules, question.when), doubt.about(question.when))


def _condition(rules: RuleFile, condition: Condition | None) -> str:
    return "" if condition is None else describe(condition, Naming(rules))


def _sources(rules: RuleFile, ids: tuple[str, ...]) -> str:
    places = ((id, source_line(rules, id)) for id in ids)
    return "; ".join(f"{id} {place}" if place else id for id, place in places)
