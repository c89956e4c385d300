"""FHIR R4: rule files and answers out, questionnaires in."""
