"""What can never come: a question, a line of guidance, a next step."""

from collections.abc import Iterator, Sequence

from screener.authoring.checks.logic.check import Check
from screener.authoring.checks.logic.places import because, lines_said
from screener.authoring.checks.page import Example, Page
from screener.authoring.checks.remark import Remark
from screener.proof.fault import certain, parts_of, possible
from screener.proof.prover import Prover
from screener.rulefile.model import Disposition, Guidance, Question, Referral, RuleFile

NEVER_ASKED = Page(
    "never-asked",
    "error",
    "Whatever is answered before, this question is never asked: its condition, the conditions of the questions that it "
    "speaks of, and the answers that those take leave no room for it. What it was meant to find out stays unknown.",
    bad=Example("""
questions:
  - {id: itch, type: yes-no, ask: Does your skin itch?}
  - {id: nights, type: yes-no, ask: Does it wake you?, when: {itch: yes}}
  - {id: calm, type: yes-no, ask: Is it calm by day?, when: {itch: no, nights: yes}}
guidance:
  - {id: care, topic: Care, says: Keep the skin cool.}
  - {id: waking, topic: Care, when: {any: [{nights: yes}, {calm: yes}]}, says: Say since when it wakes you.}
"""),
    good=Example("""
questions:
  - {id: itch, type: yes-no, ask: Does your skin itch?}
  - {id: nights, type: yes-no, ask: Does it wake you?, when: {itch: yes}}
guidance:
  - {id: care, topic: Care, says: Keep the skin cool.}
  - {id: waking, topic: Care, when: {nights: yes}, says: Say since when it wakes you.}
"""),
)
NEVER_SAID = Page(
    "never-said",
    "error",
    "No set of answers brings up this line of guidance, so nobody will ever read it. If it warns of something, the "
    "warning is lost. The check names the fewest places that together leave no room for it.",
    bad=Example("""
questions:
  - id: creams
    type: many
    ask: What do you use?
    options: {mild: A mild cream, acid: An acid cream, none: {label: Nothing, exclusive: yes}}
guidance:
  - {id: care, topic: Care, says: Keep the skin cool.}
  - {id: mild, topic: Care, when: {creams: mild}, says: Bring the cream along.}
  - {id: acid, topic: Care, when: {creams: {all: [acid, none]}}, says: Ask if you should pause the acid cream.}
  - {id: acid-too, topic: Care, when: {creams: acid}, says: Say which acid it is.}
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
NEVER_REACHED = Page(
    "never-reached",
    "error",
    "No set of answers ends with this next step. Either no line of guidance calls for it, or whenever one does, "
    "another line calls for a more urgent one. The least urgent step stands where no line calls for another.",
    bad=Example("""
guidance:
  - {id: care, topic: Care, says: Keep the skin cool.}
  - {id: itchy, topic: Care, when: {itch: yes}, says: Say since when it itches.}
dispositions:
  - {id: consult, title: Talk to a professional, says: They look at your skin.}
  - {id: doctor-first, title: See a doctor first, says: Before anything else.}
"""),
    good=Example("""
guidance:
  - {id: care, topic: Care, says: Keep the skin cool.}
  - {id: itchy, topic: Care, when: {itch: yes}, disposition: doctor-first, says: Say since when it itches.}
dispositions:
  - {id: consult, title: Talk to a professional, says: They look at your skin.}
  - {id: doctor-first, title: See a doctor first, says: Before anything else.}
"""),
)
NEVER_REFERRED = Page(
    "never-referred",
    "error",
    "Nobody ends with this referral: either its condition is never certain, or one above it always holds first. The "
    "first referral that certainly holds is said; the last has no condition, so everyone gets one.",
    bad=Example("""
referral:
  - {id: itchy, when: {itch: yes}, says: Please see a doctor.}
  - {id: itchy-too, when: {itch: yes}, says: Please see a dermatologist.}
  - {says: Please see a certified professional.}
"""),
    good=Example("""
referral:
  - {id: itchy, when: {itch: yes}, says: Please see a doctor.}
  - {says: Please see a certified professional.}
"""),
)
_MOST_LINES = 5


def _asked(prover: Prover, question: Question) -> Iterator[Remark]:
    if question.when is None or prover.can(prover.encoding.asked[question.id]):
        return
    place = ("questions", question.id, "when")
    found = because(prover, parts_of(place, question.when), possible)
    help = "together these places leave no room for it; change one of them, or delete the question"
    yield NEVER_ASKED.remark(f"question `{question.id}` can never be asked", place, help).showing(found)


def _said(prover: Prover, line: Guidance) -> Iterator[Remark]:
    if line.when is None or prover.can(prover.said(line)):
        return
    place = ("guidance", line.id, "when")
    found = because(prover, parts_of(place, line.when), certain if line.when_unsure == "skip" else possible)
    help = "together these places leave no room for it; change one of them, or delete the line"
    yield NEVER_SAID.remark(f"guidance `{line.id}` can never be said", place, help).showing(found)


def _reached(prover: Prover, step: Disposition) -> Iterator[Remark]:
    if not _outdone(prover, step) and prover.can(prover.encoding.exactly(step.id)):
        return
    lines = [line for line in prover.rules.guidance if line.disposition == step.id]
    place = ("dispositions", step.id)
    if prover.rules.urgency[step.id] == 0:
        message = f"disposition `{step.id}` can never be the next step: a more urgent one is called for every time"
    elif not lines:
        message = f"disposition `{step.id}` can never be the next step: no guidance calls for it"
    else:
        message = f"disposition `{step.id}` can never be the next step, though guidance calls for it"
    help = f"write `disposition: {step.id}` where it is meant, or delete it"
    yield NEVER_REACHED.remark(message, place, help).showing(lines_said(lines[:_MOST_LINES]))


def _outdone(prover: Prover, step: Disposition) -> bool:
    """Whether everyone hears some one line that calls for a more urgent step: quick to see, line by line."""
    urgency = prover.rules.urgency
    lines = [
        line for line in prover.rules.guidance if line.disposition and urgency[line.disposition] > urgency[step.id]
    ]
    return any(prover.never(-prover.said(line)) for line in lines)


def _referred(prover: Prover, referral: Referral) -> Iterator[Remark]:
    said = {one.id: literal for one, literal in prover.encoding.referred()}
    if prover.can(said[referral.id]):
        return
    message = f"nobody ends with the referral `{referral.id}`"
    help = "correct its condition, move it up, or delete it"
    yield NEVER_REFERRED.remark(message, ("referral", referral.id), help)


def _choice(rules: RuleFile) -> Sequence[Referral]:
    """The referrals, where there is more than one: a single one is said to everyone."""
    return rules.referrals if len(rules.referrals) > 1 else ()


CHECKS: tuple[Check[Question] | Check[Guidance] | Check[Disposition] | Check[Referral], ...] = (
    Check(NEVER_ASKED, lambda rules: rules.questions, lambda q: q.id, _asked, "question{s} can be asked"),
    Check(NEVER_SAID, lambda rules: rules.guidance, lambda line: line.id, _said, "line{s} can be said"),
    Check(NEVER_REACHED, lambda rules: rules.dispositions, lambda d: d.id, _reached, "next step{s} can be reached"),
    Check(NEVER_REFERRED, _choice, lambda one: one.id, _referred, "referral{s} can come, and everyone ends with one"),
)
