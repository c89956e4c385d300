"""What the manual says of the promises of an author: broken, kept for certain answers only, or about nobody."""

from screener.authoring.checks.page import Example, Page

BROKEN_PROMISE = Page(
    "broken-promise",
    "error",
    "An invariant is a promise over every possible set of answers, and here are answers that break it. Either the "
    "rules have a hole, or the promise says more than was meant. With `open: included` it is also for those who left "
    "open whether its condition holds. The example can be replayed with `screener start`.",
    bad=Example("""
guidance:
  - {id: care, topic: Care, says: Keep the skin cool.}
  - {id: itchy, topic: Care, when: {itch: yes}, says: Say since when it itches.}
dispositions:
  - {id: consult, title: Talk to a professional, says: They look at your skin.}
invariants:
  - {id: all-hear-of-itching, because: Nobody should miss it., then: {guidance: [itchy]}}
"""),
    good=Example("""
guidance:
  - {id: care, topic: Care, says: Keep the skin cool.}
  - {id: itchy, topic: Care, when: {itch: yes}, says: Say since when it itches.}
invariants:
  - {id: who-itches-hears-of-it, because: Nobody should miss it., when: {itch: yes}, then: {guidance: [itchy]}}
"""),
)
CERTAIN_ONLY = Page(
    "certain-only",
    "warning",
    "The promise holds wherever its condition is certainly true. But an answer of not sure, or one that is kept for a "
    "talk, can leave open whether the condition is true, and here is someone like that who does not get what is "
    "promised. Say which is meant: `open: included` promises it to them too, and then this is an error until the rules "
    "keep it; `open: left-out` promises it only where the condition is certain.",
    bad=Example("""
questions:
  - {id: mole, type: yes-no, ask: Has a mole changed?, unsure: yes}
guidance:
  - {id: care, topic: Care, says: Keep the skin cool.}
  - {id: mole, topic: Care, when: {mole: yes}, when_unsure: skip, disposition: doctor-first, says: Show it first.}
dispositions:
  - {id: consult, title: Talk to a professional, says: They look at your skin.}
  - {id: doctor-first, title: See a doctor first, says: Before anything else.}
invariants:
  - {id: moles-go-first, because: It may be cancer., when: {not: {mole: no}}, then: {disposition: doctor-first}}
"""),
    good=Example("""
questions:
  - {id: mole, type: yes-no, ask: Has a mole changed?, unsure: yes}
guidance:
  - {id: care, topic: Care, says: Keep the skin cool.}
  - {id: mole, topic: Care, when: {mole: [yes, unsure]}, disposition: doctor-first, says: Show it first.}
dispositions:
  - {id: consult, title: Talk to a professional, says: They look at your skin.}
  - {id: doctor-first, title: See a doctor first, says: Before anything else.}
invariants:
  - {id: moles-go-first, because: It may be cancer., when: {not: {mole: no}}, then: {disposition: doctor-first}}
"""),
)
LESS_URGENT = Page(
    "less-urgent",
    "error",
    "More risk makes the next step calmer. With all else answered the same, someone who says yes instead of no, "
    "chooses more options, answers further along the order that is given (`{age: larger}`, `{since: earlier}`, "
    "`{skin: [light, dark]}`), or is not sure or would rather not say where another gives the calmest answer, ends "
    "with a less urgent next step. Often the further answer hides a question, or a condition asks for an option alone. "
    "Two examples show the step before and after.",
    bad=Example("""
questions:
  - id: health
    type: many
    ask: Which of these do you have?
    options: {diabetes: Diabetes, lupus: Lupus, none: {label: None of these, exclusive: yes}}
guidance:
  - {id: care, topic: Care, says: Keep the skin cool.}
  - {id: diabetes, topic: Care, when: {health: diabetes}, says: Say how it is treated.}
  - {id: lupus, topic: Care, disposition: doctor-first, says: See your doctor about it.,
     when: {health: {all: [lupus], none: [diabetes]}}}
dispositions:
  - {id: consult, title: Talk to a professional, says: They look at your skin.}
  - {id: doctor-first, title: See a doctor first, says: Before anything else.}
invariants:
  - {id: more-is-never-calmer, because: Risks add up., never_less_urgent: [health]}
"""),
    good=Example("""
questions:
  - id: health
    type: many
    ask: Which of these do you have?
    options: {diabetes: Diabetes, lupus: Lupus, none: {label: None of these, exclusive: yes}}
guidance:
  - {id: care, topic: Care, says: Keep the skin cool.}
  - {id: diabetes, topic: Care, when: {health: diabetes}, says: Say how it is treated.}
  - {id: lupus, topic: Care, when: {health: lupus}, disposition: doctor-first, says: See your doctor about it.}
dispositions:
  - {id: consult, title: Talk to a professional, says: They look at your skin.}
  - {id: doctor-first, title: See a doctor first, says: Before anything else.}
invariants:
  - {id: more-is-never-calmer, because: Risks add up., never_less_urgent: [health]}
"""),
)
EMPTY_PROMISE = Page(
    "empty-promise",
    "error",
    "The promise holds only because it is about nobody: no answers meet its condition, or its question has no answer "
    "that counts as more risk (a yes, one more of several options, or one further along the order that is given). It "
    "protects no one, and should be corrected.",
    bad=Example("""
invariants:
  - {id: who-itches-hears-of-it, because: Nobody should miss it., then: {guidance: [itchy]},
     when: {itch: yes, not: {itch: answered}}}
"""),
    good=Example("""
invariants:
  - {id: who-itches-hears-of-it, because: Nobody should miss it., then: {guidance: [itchy]}, when: {itch: yes}}
"""),
)
