"""Guidance lines beside each other: said to everyone, said twice, said against each other, or not at all."""

from collections.abc import Iterator, Sequence

from screener.authoring.checks.logic.check import Check
from screener.authoring.checks.logic.opened import opened
from screener.authoring.checks.logic.places import because, lines_said, witness, witness_of
from screener.authoring.checks.page import Example, Page
from screener.authoring.checks.remark import Remark
from screener.proof.encoding import Encoding
from screener.proof.gates import Literal
from screener.proof.prover import Prover
from screener.proof.real import open_answers
from screener.proof.same import classes
from screener.rulefile.conditions.tree import Condition
from screener.rulefile.model import Answers, Guidance, RuleFile

ALWAYS_SAID = Page(
    "always-said",
    "warning",
    "This line has a condition, and yet everyone gets it, whatever they answer. Perhaps the condition is too wide; "
    "perhaps the line is for everyone, and then it needs no condition.",
    bad=Example("""
guidance:
  - {id: itchy, topic: Care, when: {itch: [yes, no]}, says: Say since when it itches.}
  - {id: calm, topic: Care, when: {itch: no}, says: Keep the skin cool.}
"""),
    good=Example("""
guidance:
  - {id: itchy, topic: Care, when: {itch: yes}, says: Say since when it itches.}
  - {id: calm, topic: Care, when: {itch: no}, says: Keep the skin cool.}
"""),
)
SAME_CONDITION = Page(
    "same-condition",
    "warning",
    "Whatever is answered to all that is asked, either both of these lines are said or neither is, and each as surely "
    "as the other, however differently their conditions are written. Often one is a copy whose condition was never "
    "changed. If it is meant, name the condition once under `conditions:` and use "
    "that name in both lines; then nothing is reported. Lines under different topics that speak of different questions "
    "are left alone too: they come together, but for different reasons.",
    bad=Example("""
guidance:
  - {id: itchy, topic: Care, when: {itch: yes}, says: Say since when it itches.}
  - {id: calm, topic: Care, when: {not: {itch: no}}, says: Keep the skin cool.}
  - {id: everyone, topic: Care, says: Bring your creams along.}
"""),
    good=Example("""
conditions:
  itching: {itch: yes}
guidance:
  - {id: itchy, topic: Care, when: {is: itching}, says: Say since when it itches.}
  - {id: calm, topic: Care, when: {is: itching}, says: Keep the skin cool.}
  - {id: everyone, topic: Care, says: Bring your creams along.}
"""),
)
SAID_TOGETHER = Page(
    "said-together",
    "error",
    "One of these lines excludes the other (`excludes:`), and still there are answers for which both are said. The "
    "person would read two things that contradict each other.",
    bad=Example("""
questions:
  - {id: itch, type: yes-no, ask: Does your skin itch?}
  - {id: dry, type: yes-no, ask: Is your skin dry?}
guidance:
  - {id: care, topic: Care, says: Keep the skin cool.}
  - {id: wash-less, topic: Care, when: {dry: yes}, says: Wash less often., excludes: [wash-more]}
  - {id: wash-more, topic: Care, when: {itch: yes}, says: Wash more often.}
"""),
    good=Example("""
questions:
  - {id: itch, type: yes-no, ask: Does your skin itch?}
  - {id: dry, type: yes-no, ask: Is your skin dry?}
guidance:
  - {id: care, topic: Care, says: Keep the skin cool.}
  - {id: wash-less, topic: Care, when: {dry: yes}, says: Wash less often., excludes: [wash-more]}
  - {id: wash-more, topic: Care, when: {itch: yes, dry: no}, says: Wash more often.}
"""),
)
NOTHING_SAID = Page(
    "nothing-said",
    "warning",
    "There are answers for which no line of guidance comes at all: the person answers everything and reads nothing but "
    "the next step. A line without a condition is said to everyone and closes every such gap.",
    bad=Example("""
guidance:
  - {id: itchy, topic: Care, when: {itch: yes}, says: Say since when it itches.}
"""),
    good=Example("""
guidance:
  - {id: itchy, topic: Care, when: {itch: yes}, says: Say since when it itches.}
  - {id: calm, topic: Care, when: {itch: no}, says: Keep the skin cool.}
"""),
)
Pair = tuple[Guidance, Guidance]
_CHANGE = "change one of the two conditions"


def _always(prover: Prover, line: Guidance) -> Iterator[Remark]:
    if line.when is None or prover.can(-prover.said(line)):
        return

    def silent(encoding: Encoding, _condition: Condition) -> Literal:
        return -encoding.said(line)

    place = ("guidance", line.id, "when")
    found = because(prover, {place: line.when}, silent, "always true")
    message = f"guidance `{line.id}` has a condition, and is said whatever is answered"
    yield ALWAYS_SAID.remark(message, place, "narrow the condition, or delete it").showing(found)


def _same(prover: Prover, rules: RuleFile) -> Iterator[Remark]:
    lines = [line for line in rules.guidance if line.when is not None and _open(prover, prover.said(line))]
    for equal in classes(prover, lines):
        answers = prover.witness(prover.said(equal[0]))
        assert answers is not None  # noqa: S101 - it is open
        for index, line in enumerate(equal):
            twins = (earlier for earlier in equal[:index] if not _on_purpose(earlier, line))
            if (twin := next(twins, None)) is not None:
                yield _twin(rules, twin, line, answers)


def _open(prover: Prover, said: Literal) -> bool:
    """Whether it depends on the answers; never and always are found by themselves."""
    return prover.can(said) and prover.can(-said)


def _twin(rules: RuleFile, first: Guidance, line: Guidance, answers: Answers) -> Remark:
    message = f"guidance `{line.id}` is said for the same complete answers as `{first.id}`, and just as surely"
    help = "merge them or correct one; if it is meant, name the condition once and use `is:` in both"
    shown = witness_of(rules, f"both `{first.id}` and `{line.id}` are said", answers, first.when, line.when)
    return SAME_CONDITION.remark(message, ("guidance", line.id, "when"), help).showing(lines_said([first]), shown)


def _on_purpose(one: Guidance, other: Guidance) -> bool:
    """One name for the condition of both, or two lines that have nothing to do with each other."""
    if one.when is None or other.when is None or one.when is other.when:
        return True
    return one.topic != other.topic and one.when.references() != other.when.references()


def _together(prover: Prover, pair: Pair) -> Iterator[Remark]:
    line, other = pair
    said = [prover.said(one) for one in pair]
    if prover.never(*said):
        return
    often = "is only ever" if prover.never(said[0], -said[1]) else "can be"
    message = f"guidance `{line.id}` excludes `{other.id}`, and {often} said together with it"
    shows, help, conditions = f"both `{line.id}` and `{other.id}` are said", _CHANGE, (line.when, other.when)
    answers: Answers | None = prover.witness(*(_surely(prover, one) for one in pair))
    if answers is None:
        shown = opened(prover, said, open_answers(prover.rules, *conditions))
        message += f", though only where something is left open ({shown.words})"
        shows, answers, help = f"{shows}, as {shown.words}", shown.answers, _settled(prover, pair)
    remark = SAID_TOGETHER.remark(message, ("guidance", line.id, "excludes"), help)
    yield remark.showing(lines_said(pair), witness_of(prover.rules, shows, answers, *conditions))


def _surely(prover: Prover, line: Guidance) -> Literal:
    return prover.encoding.said_for(line)[1]


def _settled(prover: Prover, pair: Pair) -> str:
    """What ends it for two that never come together for certain: to leave out one that only may apply, or both."""
    other_than = {pair[0].id: pair[1], pair[1].id: pair[0]}
    can_skip = [line for line in pair if line.when_unsure == "say" and prover.can(_surely(prover, line))]
    enough = [line.id for line in can_skip if prover.never(_surely(prover, line), prover.said(other_than[line.id]))]
    where = " or in ".join(f"`{id}`" for id in enough)
    if not enough and len(can_skip) == len(pair):
        where = " and in ".join(f"`{line.id}`" for line in pair)
    return f"write `when_unsure: skip` in {where}, or {_CHANGE}" if where else _CHANGE


def _pairs(rules: RuleFile) -> Sequence[Pair]:
    """Each pair once, whichever of the two excludes the other."""
    by_id = {line.id: line for line in rules.guidance}
    found: dict[frozenset[str], Pair] = {}
    for line in rules.guidance:
        for id in line.excludes:
            if id != line.id:
                found.setdefault(frozenset([line.id, id]), (line, by_id[id]))
    return list(found.values())


def _gap(prover: Prover, rules: RuleFile) -> Iterator[Remark]:
    answers = prover.witness(*(-prover.said(line) for line in rules.guidance))
    if answers is None:
        return
    shown = witness("no guidance is said", answers)
    help = "add a line for these answers, or one without a condition, which is said to everyone"
    message = "there are answers for which no guidance is said"
    yield NOTHING_SAID.remark(message, ("guidance",), help).showing((), shown)


def _file(rules: RuleFile) -> Sequence[RuleFile]:
    return [rules]


CHECKS: tuple[Check[Guidance] | Check[RuleFile] | Check[Pair], ...] = (
    Check(ALWAYS_SAID, lambda rules: rules.guidance, lambda line: line.id, _always),
    Check(SAME_CONDITION, _file, lambda rules: rules.id, _same),
    Check(
        SAID_TOGETHER, _pairs, lambda p: f"{p[0].id} with {p[1].id}", _together, "pair{s} of lines never come together"
    ),
    Check(NOTHING_SAID, _file, lambda rules: rules.id, _gap),
)
