"""What is made of answers when a record is completed: the summary as it is kept, word for word, and the next step."""

import hashlib
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from screener.cli.fhir import Handover
from screener.engine.assess import assess
from screener.ground.wrapping import Look
from screener.rulefile.model import Answers, RuleFile
from screener.summary.formats import renderer

if TYPE_CHECKING:
    from screener.records.record import IntakeRecord
    from screener.records.store.opening import Store


def handover_of(store: "Store", record: "IntakeRecord", revision: int) -> Handover:
    """How FHIR names a revision, the same whenever it is made: a server that gets it twice stores it once."""
    return Handover("collection", str(uuid5(UUID(store.id), f"{record.id}/{revision}")), at=record.begun)


def outcome(rules: RuleFile, given: Answers) -> tuple[str, str, str]:
    """The summary as text for the person, the SHA-256 of it as JSON, and the id of the next step."""
    summary = assess(rules, given)
    text = str(renderer("text")(rules, summary, Look()))
    data = str(renderer("json")(rules, summary, Look()))
    return text, hashlib.sha256(data.encode()).hexdigest(), summary.disposition.id
