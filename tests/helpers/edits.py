"""A small rule file, and the same after edits that demand a major, a patch and a minor version."""

SMALL = """format: 1
id: small
version: 1.0.0
title: Small
language: en
questions:
  - {id: itch, type: yes-no, ask: Does it itch?}
guidance:
  - {id: care, topic: Care, says: Keep the skin cool.}
  - {id: itchy, topic: Care, says: Say since when it itches., when: {itch: yes}, disposition: doctor}
dispositions:
  - {id: talk, title: Talk, says: They look at your skin.}
  - {id: doctor, title: See a doctor, says: Before anything else.}
referral: {says: See a professional.}
"""
CALMER = SMALL.replace(", disposition: doctor", "").replace(
    "  - {id: doctor, title: See a doctor, says: Before anything else.}\n", ""
)
REWORDED = SMALL.replace("skin cool", "skin cool and dry")
MORE = SMALL.replace("dispositions:", "  - {id: more, topic: Care, says: Drink water.}\ndispositions:")
