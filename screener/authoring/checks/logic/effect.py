"""What is asked for nothing: an option that changes nothing, a question that no rule uses."""

from collections.abc import Iterator, Sequence

from screener.authoring.checks.logic.check import Check
from screener.authoring.checks.page import Example, Page
from screener.authoring.checks.remark import Remark
from screener.proof.gates import Literal
from screener.proof.prover import Owner, Prover
from screener.proof.truths import UNNAMED, Truths
from screener.rulefile.conditions.atoms import AllOf, AnyOf, NoneOf
from screener.rulefile.conditions.tree import Condition
from screener.rulefile.model import Question, Referral, RuleFile
from screener.rulefile.repeats import all_repeated

IDLE_OPTION = Page(
    "idle-option",
    "warning",
    "Choosing this option never changes anything: no question is shown or hidden by it, and no line comes, goes or "
    "becomes less sure. It is as if the person had chosen something that the file does not know. One option of a "
    "question may be so, as the plain `otherwise`, and so may options that stand alone, such as `none of these`.",
    bad=Example("""
questions:
  - id: creams
    type: many
    ask: What do you use?
    options: {mild: A mild cream, acid: An acid cream, none: {label: Nothing, exclusive: yes}}
guidance:
  - {id: care, topic: Care, says: Keep the skin cool.}
  - {id: mild, topic: Care, when: {creams: mild}, says: Bring the cream along.}
"""),
    good=Example("""
questions:
  - id: creams
    type: many
    ask: What do you use?
    options: {mild: A mild cream, acid: An acid cream, none: {label: Nothing, exclusive: yes}}
guidance:
  - {id: care, topic: Care, says: Keep the skin cool.}
  - {id: mild, topic: Care, when: {creams: mild}, says: Bring the cream along.}
  - {id: acid, topic: Care, when: {creams: acid}, says: Ask if you should pause the acid cream.}
"""),
)
UNUSED_QUESTION = Page(
    "unused-question",
    "warning",
    "However this question is answered, nothing comes out differently. The person is asked for something about "
    "themselves for nothing. Use the answers in a condition, or do not ask. A question whose answer is only handed on "
    "to the professional says so with `for: professional`.",
    bad=Example("""
questions:
  - {id: itch, type: yes-no, ask: Does your skin itch?}
  - {id: smoking, type: yes-no, ask: Do you smoke?}
"""),
    good=Example("""
questions:
  - {id: itch, type: yes-no, ask: Does your skin itch?}
  - {id: smoking, type: yes-no, ask: Do you smoke?}
guidance:
  - {id: care, topic: Care, says: Keep the skin cool.}
  - {id: itchy, topic: Care, when: {itch: yes}, says: Say since when it itches.}
  - {id: smoke, topic: Care, when: {smoking: yes}, says: Skin can heal more slowly in people who smoke.}
"""),
)
_NO_USE = "use it in a `when`, or make one option of those that change nothing; then delete what nobody would choose"
#: So many options are each shown at their place; more are counted.
_MOST_APART, _MOST_NAMED = 20, 3


def _differs(prover: Prover, owner: Owner, other: Truths) -> Literal:
    """Whether something comes out differently for this owner once the answers are `other`."""
    assert owner.when is not None  # noqa: S101 - owners have conditions
    now, then = prover.encoding.truth(owner.when), other.truth(owner.when)
    certain, possible = (prover.gates.differ(*pair) for pair in zip(now, then, strict=True))
    if isinstance(owner, Question):
        return possible
    if isinstance(owner, Referral) or owner.when_unsure == "skip":
        return certain
    return prover.gates.either(certain, possible)


def _idle(prover: Prover, question: Question) -> Iterator[Remark]:
    owners = prover.owners.get(question.id, [])
    if not owners or question.type == "yes-no" or not prover.can(prover.encoding.asked[question.id]):
        return  # questions without use, or never asked, are found by themselves; yes and no are not the author's words
    likely = _naming(question.id, owners)
    idle = [
        id
        for id, option in question.options.items()
        if not option.exclusive and _no_use(prover, question, id, [*likely.get(id, ()), *owners])
    ]
    if question.type == "one" and len(idle) == 1:
        return
    if len(idle) > _MOST_APART:
        listed = ", ".join(f"`{id}`" for id in idle[:_MOST_NAMED])
        message = f"{len(idle):,} options of question `{question.id}` change nothing, {listed} among them"
        yield IDLE_OPTION.remark(message, ("questions", question.id, "options"), "use them in a `when`, or delete them")
        return
    for id in idle:
        message = f"option `{id}` of question `{question.id}` changes nothing"
        spoken = [owner for owner in owners if _names(owner.when, question.id, id)]
        help = _spoken_of(spoken) or _NO_USE
        yield IDLE_OPTION.remark(message, ("questions", question.id, "options", f"key:{id}"), help)


def _naming(question: str, owners: list[Owner]) -> dict[str, list[Owner]]:
    """For each option the owners whose conditions name it; to look there first saves looking at all others."""
    found: dict[str, list[Owner]] = {}
    for owner in owners:
        atoms = owner.when.atoms() if owner.when is not None else ()
        named = [
            atom.options for atom in atoms if isinstance(atom, AnyOf | AllOf | NoneOf) and atom.question == question
        ]
        for option in frozenset().union(*named):
            found.setdefault(option, []).append(owner)
    return found


def _no_use(prover: Prover, question: Question, option: str, owners: list[Owner]) -> bool:
    """Nobody who chooses this option would see any change if it were one that no condition names.

    The option's own literal stands for the other one: the question is only about those who choose it, and as many are
    chosen as before, so that whatever counts them stays the very same gate.
    """
    pieces = prover.encoding.pieces[question.id]
    other = prover.encoding.instead(question.id, {**pieces, option: -prover.gates.TRUE, UNNAMED: pieces[option]})
    changed = (prover.gates.shown(pieces[option], _differs(prover, owner, other)) for owner in owners)
    if any(changed):  # a sample that shows it for one owner is found sooner than answers for another
        return False
    return all(prover.never(pieces[option], _differs(prover, owner, other)) for owner in owners)


def _spoken_of(owners: list[Owner]) -> str:
    """Where to look first, if conditions do speak of it and all the same make no difference."""
    listed = ", ".join(f"`{owner.id}`" for owner in owners[:_MOST_NAMED])
    return f"look first at the condition of {listed}: it speaks of this, and makes no difference" if listed else ""


def _names(condition: Condition | None, question: str, option: str) -> bool:
    atoms = condition.atoms() if condition is not None else ()
    return any(isinstance(atom, AnyOf) and atom.question == question and option in atom.options for atom in atoms)


def _unused(prover: Prover, question: Question) -> Iterator[Remark]:
    asked = prover.encoding.asked[question.id]
    owners = prover.owners.get(question.id, [])
    if not prover.can(asked):
        return
    if owners:
        other = prover.encoding.instead(question.id, prover.encoding.answer(question, asked))
        if not all(prover.never(_differs(prover, owner, other)) for owner in owners):
            return
    if question.reader is not None:
        return  # it is asked for the professional, who gets it as it is
    message = f"no answer to question `{question.id}` changes anything"
    nothing = "use its answers in a `when`, or delete it: people should not be asked for nothing"
    help = _spoken_of(owners) or nothing
    yield UNUSED_QUESTION.remark(message, ("questions", question.id), help)


def _not_repeated(rules: RuleFile) -> Sequence[Question]:
    """The questions whose answers no text repeats: the others are used, whatever is answered."""
    repeated = all_repeated(rules)
    return [question for question in rules.questions if question.id not in repeated]


def _of_use_apart(rules: RuleFile) -> Sequence[Question]:
    """The questions each of whose options should make a difference: not where they are steps of an order, which reads
    oddly with gaps, or are for the professional.
    """
    return [question for question in _not_repeated(rules) if not question.ordered and question.reader is None]


CHECKS: tuple[Check[Question], ...] = (
    Check(IDLE_OPTION, _of_use_apart, lambda q: q.id, _idle),
    Check(UNUSED_QUESTION, _not_repeated, lambda q: q.id, _unused),
)
