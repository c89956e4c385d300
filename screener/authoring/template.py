"""The rule file that a new author begins with: small, commented, and passing the check."""

import re

_TEXT = """\
# A questionnaire: what is asked, and what is said for which answers.
# Check it as you write:  screener rules check {id}.yaml
# Try it:                 screener start {id}.yaml
format: 1
id: {id}
version: 0.1.0
title: My questionnaire
language: en
intro: >-
  A few questions before your visit. This gives information, not a decision.
  Nothing is stored unless you ask for it.

# Questions are asked in this order. Types: one, many, yes-no, number, date, text.
questions:
  - id: concerns
    section: Your skin
    type: many
    ask: Which of these would you like help with?
    help: Choose every one that applies.
    why: It tells us what to talk about.
    options:
      dry: Dry skin
      spots: Spots
      none: {{label: None of these, exclusive: true}} # stands alone
  - id: new-mark
    section: Your skin
    type: yes-no
    ask: Is any mark new or changing?
    why: A doctor should look at such a mark first.
    unsure: yes # offers "Not sure"
    decline: yes # offers "I would rather tell the professional in person"
    when: {{concerns: spots}} # only asked after this answer

# Each line is said when its condition holds. An unsure answer makes it "possibly applies".
# People read the title and `says` (30 words at most) first; `more` is the evidence, for those who want it.
guidance:
  - id: changing-mark
    topic: Before anything else
    title: A new or changing mark
    when: {{new-mark: yes}}
    disposition: doctor-first
    says: Please show it to a doctor before anything else.
    short: Reports a new or changing mark  # what the professional reads
  - id: dry-skin
    topic: Your concerns
    title: Dry skin
    when: {{concerns: dry}}
    says: Tell the professional what you use on it.
    more: Dry skin has many causes, and what helps depends on the cause.
    ask: What could be the cause of my dry skin?
  - id: everyone
    topic: Your visit
    says: Bring a list of what you use on your skin.

# The next step, from the least to the most urgent. The most urgent one that was called for stands.
dispositions:
  - {{id: consult, title: Talk to a professional, says: They look at your skin and decide with you.}}
  - {{id: doctor-first, title: See a doctor first, says: Have the mark looked at before any treatment.}}

# Always said, last.
referral:
  says: Please see a certified professional. They look at your skin and decide with you.
"""


def rule_file(name: str) -> str:
    """A rule file with an id made from this name."""
    id = re.sub("[^a-z0-9]+", "-", name.lower()).strip("-")[:64].strip("-")
    return _TEXT.format(id=id or "my-questionnaire")
