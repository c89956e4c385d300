"""FHIR R4 (http://hl7.org/fhir/R4): rule file → Questionnaire and CodeSystem, answers → Bundle."""

from screener.exchange.fhir.codes import code_system
from screener.exchange.fhir.questionnaire import Exported, questionnaire
from screener.exchange.fhir.response import Attached, bundle

__all__ = ["Attached", "Exported", "bundle", "code_system", "questionnaire"]
