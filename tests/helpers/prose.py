"""Texts that are too hard to read, for the checks of wording."""

import re

HARD = (
    "Consideration of individual dermatological contraindications necessitates multidisciplinary evaluation "
    "preceding administration of photothermolysis procedures."
)
#: Words of programmers and of logicians.
JARGON = re.compile(
    r"\b(literal|SAT|solver|bool(ean)?|(un)?satisfiable|tuple|clause|predicate|NoneType|dict(ionary)?|regex|string|"
    r"integer|exception|traceback|encoding|variable|disjunction|conjunction|tautology|quantifier|AST|parse[rd]?|null)"
    r"(s|es)?\b",
    re.IGNORECASE,
)
