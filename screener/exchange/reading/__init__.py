"""A FHIR Questionnaire → a rule file. What has no counterpart is reported item by item."""

from screener.exchange.reading.taken import Taken, take

__all__ = ["Taken", "take"]
