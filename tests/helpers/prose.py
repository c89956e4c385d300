"""Texts that are too hard to read, for the checks of wording."""

HARD = (
    "Consideration of individual dermatological contraindications necessitates multidisciplinary evaluation "
    "preceding administration of photothermolysis procedures."
)
