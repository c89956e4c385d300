"""Conditions, and parts of them, that no real answer makes true: only a question that was left open brings them up."""

from collections.abc import Iterator
from typing import NamedTuple

from screener.authoring.checks.logic.check import Check
from screener.authoring.checks.logic.opened import opened
from screener.authoring.checks.logic.parts import Written, whens
from screener.authoring.checks.logic.places import because, in_words, witness_of
from screener.authoring.checks.names import unused_names
from screener.authoring.checks.page import Example, Page
from screener.authoring.checks.remark import Remark, Route
from screener.proof.encoding import Encoding
from screener.proof.fault import parts_of
from screener.proof.gates import Literal
from screener.proof.prover import Prover
from screener.proof.real import by_name, closed, open_answers, really
from screener.rulefile.conditions.tree import All, Atom, Condition, Not
from screener.rulefile.model import Guidance, Question, Referral, RuleFile

ONLY_IF_OPEN = Page(
    "only-if-open",
    "error",
    "No real answer makes this condition true. It comes up only because a question was left open, with `unsure` or "
    "`declined`, and it does not ask for that by name. Often it is a slip, such as a limit outside the question's "
    "range, or two options that exclude each other. If it is meant for those who leave the question open, name that "
    "answer, as in `{size: unsure}`.",
    bad=Example("""
questions:
  - {id: size, type: number, ask: How many millimetres wide is the spot?, min: 1, max: 200, unsure: yes}
guidance:
  - {id: care, topic: Care, says: Keep the skin cool.}
  - {id: large, topic: Care, when: {size: {above: 250}}, says: Have the spot looked at.}
  - {id: small, topic: Care, when: {size: {below: 5}}, says: Draw a ring around the spot.}
"""),
    good=Example("""
questions:
  - {id: size, type: number, ask: How many millimetres wide is the spot?, min: 1, max: 200, unsure: yes}
guidance:
  - {id: care, topic: Care, says: Keep the skin cool.}
  - {id: large, topic: Care, when: {size: {above: 25}}, says: Have the spot looked at.}
  - {id: small, topic: Care, when: {size: {below: 5}}, says: Draw a ring around the spot.}
"""),
)
PART_ONLY_IF_OPEN = Page(
    "part-only-if-open",
    "warning",
    "No real answer makes this part of a condition true, an entry of an `any` or what stands under a `not`. It counts "
    "only where a question was left open, with `unsure` or `declined`, and it does not ask for that by name. Often it "
    "is a slip, such as a limit outside the question's range, or two options that exclude each other. If it is meant "
    "for those who leave the question open, name that answer, as in `{size: unsure}`.",
    bad=Example("""
questions:
  - {id: size, type: number, ask: How many millimetres wide is the spot?, min: 1, max: 200, unsure: yes}
  - {id: itch, type: yes-no, ask: Does your skin itch?}
guidance:
  - {id: care, topic: Care, says: Keep the skin cool.}
  - {id: show, topic: Care, when: {any: [{size: {above: 250}}, {itch: yes}]}, says: Have the spot looked at.}
  - {id: small, topic: Care, when: {size: {below: 5}}, says: Draw a ring around the spot.}
"""),
    good=Example("""
questions:
  - {id: size, type: number, ask: How many millimetres wide is the spot?, min: 1, max: 200, unsure: yes}
  - {id: itch, type: yes-no, ask: Does your skin itch?}
guidance:
  - {id: care, topic: Care, says: Keep the skin cool.}
  - {id: show, topic: Care, when: {any: [{size: {above: 25}}, {itch: yes}]}, says: Have the spot looked at.}
  - {id: small, topic: Care, when: {size: {below: 5}}, says: Draw a ring around the spot.}
"""),
)


class _Subject(NamedTuple):
    """A condition that brings something up: where it stands, whose it is, and whether it has to be certain for that."""

    place: Route
    name: str
    comes: str
    condition: Condition
    surely: bool = False


def _subjects(rules: RuleFile) -> list[_Subject]:
    """The conditions of questions, lines and referrals, and those that have a name that nothing uses: of the others,
    whoever uses them is told.
    """
    owners: list[tuple[str, str, Question | Guidance | Referral, bool]] = [
        *(("questions", f"question `{one.id}` is only ever asked", one, False) for one in rules.questions),
        *(("guidance", f"guidance `{g.id}` is only ever said", g, g.when_unsure == "skip") for g in rules.guidance),
        *(("referral", f"the referral `{one.id}` only ever comes", one, True) for one in rules.referrals),
    ]
    found = [
        _Subject((kind, owner.id, "when"), owner.id, comes, owner.when, surely)
        for kind, comes, owner, surely in owners
        if owner.when is not None
    ]
    return found + [
        _Subject(("conditions", name), name, f"condition `{name}` only ever counts", condition)
        for name, condition in unused_names(rules).items()
    ]


def _whole(prover: Prover, subject: _Subject) -> Iterator[Remark]:
    comes = prover.encoding.truth(subject.condition)[0 if subject.surely else 1]
    if really(prover, subject.condition) or not prover.can(comes):
        return  # what never comes at all is found by itself
    message = f"{subject.comes} because something was left open: no real answer makes its condition true"
    remark = ONLY_IF_OPEN.remark(message, subject.place)
    yield _explained(prover, remark, subject.condition, comes)


def _explained(prover: Prover, remark: Remark, condition: Condition, comes: Literal) -> Remark:
    """The remark with the places that leave no room for a real answer, and with the open answer that it comes of."""
    named = by_name(prover.rules, condition)

    def claim(encoding: Encoding, part: Condition) -> Literal:
        return encoding.gates.both(encoding.truth(part)[0], *closed(encoding, part, named))

    found = because(prover, parts_of(remark.route, condition), claim)
    shown = opened(prover, [comes], open_answers(prover.rules, condition), named)
    question, word = shown.causes[0]
    help = f"correct what stands there; if it is meant for those who leave it open, write `{{{question}: {word}}}`"
    example = witness_of(prover.rules, f"it comes up because {shown.words}", shown.answers, condition)
    return remark._replace(help=help).showing(found, example)


def _parts(prover: Prover, written: Written) -> Iterator[Remark]:
    if isinstance(written.condition, Atom):
        return
    names = frozenset(id(condition) for condition in prover.rules.conditions.values())
    found = list(_only_open(prover, names, written.place, written.condition))
    if not found or not really(prover, written.condition):
        return  # if the whole is at fault, that is found where it matters
    for place, part in found:
        message = f"this part of the condition of `{written.name}` counts only because something was left open"
        remark = PART_ONLY_IF_OPEN.remark(f"{message}: {in_words(part)}", place)
        yield _explained(prover, remark, part, prover.encoding.truth(part)[1])


def _only_open(
    prover: Prover, names: frozenset[int], place: Route, condition: Condition
) -> Iterator[tuple[Route, Condition]]:
    """The widest parts that only an open answer brings up, with their places; what has a name is looked at there."""
    parts = (condition.part,) if isinstance(condition, Not) else getattr(condition, "parts", ())
    together = isinstance(condition, All)  # then each part is true where the whole is
    for index, part in enumerate(parts):
        if together or really(prover, part):
            if not isinstance(part, Atom) and id(part) not in names:
                yield from _only_open(prover, names, (*place, f"part:{index}"), part)
        elif prover.can(prover.encoding.truth(part)[1]):
            yield (*place, f"part:{index}"), part


CHECKS: tuple[Check[_Subject] | Check[Written], ...] = (
    Check(ONLY_IF_OPEN, _subjects, lambda subject: subject.name, _whole),
    Check(PART_ONLY_IF_OPEN, whens, lambda written: written.name, _parts),
)
