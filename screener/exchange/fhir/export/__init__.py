"""FHIR R4 (http://hl7.org/fhir/R4): rule file → Questionnaire and CodeSystem, answers → Bundle."""

from screener.exchange.fhir.export.codes import code_system
from screener.exchange.fhir.export.origin import AUTHORS, SUBJECTS, Origin, is_base_url, is_id, is_reference
from screener.exchange.fhir.export.questionnaire import Exported, questionnaire
from screener.exchange.fhir.export.response import Attached, bundle

__all__ = [
    "AUTHORS",
    "SUBJECTS",
    "Attached",
    "Exported",
    "Origin",
    "bundle",
    "code_system",
    "is_base_url",
    "is_id",
    "is_reference",
    "questionnaire",
]
