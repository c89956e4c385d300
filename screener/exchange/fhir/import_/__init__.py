"""A FHIR Questionnaire → a rule file. What has no counterpart is reported item by item."""

from screener.exchange.fhir.import_.taken import Taken, take

__all__ = ["Taken", "take"]
