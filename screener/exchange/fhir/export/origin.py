"""What sets one set of answers apart from all others, as a FHIR server needs to know it, and what it may look like."""

import re
from datetime import datetime
from typing import NamedTuple
from urllib.parse import quote
from uuid import NAMESPACE_URL, UUID, uuid5

from screener.exchange.fhir import names as n
from screener.exchange.fhir.names import Resource

#: Whom a document about a person can be about, and who can have taken down the answers, in R4.
SUBJECTS = ("Patient",)
AUTHORS = ("Device", "Organization", "Patient", "Practitioner", "PractitionerRole", "RelatedPerson")

RESPONSE, DOCUMENT = "QuestionnaireResponse", "DocumentReference"
_ID = r"[A-Za-z0-9.-]{1,64}"
_BASE = r"https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?(/[A-Za-z0-9._~%-]+)*"
#: The system of an identifier that is a UUID: it is its own, https://hl7.org/fhir/R4/datatypes.html#Identifier.
_URI = "urn:ietf:rfc:3986"


class Origin(NamedTuple):
    """Which set of answers this is, when it was given, and the references to whom it is about and who took it down.

    `id` is a UUID, or an id that is used once only under `base_url`; `authored` knows its time zone.
    """

    id: str
    authored: datetime
    subject: str = ""
    author: str = ""
    base_url: str = ""

    @property
    def moment(self) -> str:
        """When the answers were given, to the second."""
        return self.authored.isoformat(timespec="seconds")


def is_id(text: str) -> bool:
    """Whether FHIR allows it as an id: letters, digits, hyphens and points, at most 64 of them."""
    return re.fullmatch(_ID, text) is not None


def is_reference(text: str, types: tuple[str, ...]) -> bool:
    """Whether it names a resource of one of these types, as `Patient/123` or under an absolute address."""
    return re.fullmatch(f"({_BASE}/)?({'|'.join(types)})/{_ID}", text) is not None


def is_base_url(text: str) -> bool:
    """Whether it can stand before `/Questionnaire/…`: an absolute web address without a slash at its end."""
    return re.fullmatch(_BASE, text) is not None


def identifier(origin: Origin) -> Resource:
    """The identifier of a set of answers: never the same for two people, and the id as it was given."""
    uuid = _uuid(origin.id)
    if uuid is not None:
        return {"system": _URI, "value": uuid.urn}
    return {"system": f"{origin.base_url}/{RESPONSE}" if origin.base_url else f"{n.OURS}response", "value": origin.id}


def identifier_of_summary(answers: Resource) -> Resource:
    """The identifier of the summary of a set of answers, made from the identifier of these."""
    return {"system": _URI, "value": uuid5(NAMESPACE_URL, f"{answers['system']}|{answers['value']}|summary").urn}


def full_url(identified: Resource) -> str:
    """The address of a resource in a bundle: a server gives it another one once it has stored it."""
    value = str(identified["value"])
    return value if identified["system"] == _URI else uuid5(NAMESPACE_URL, f"{identified['system']}|{value}").urn


def request(type: str, identified: Resource) -> Resource:
    """What a server is to do: store it, in place of what it has under the same identifier.

    So a bundle that is sent twice is stored once (https://hl7.org/fhir/R4/http.html#cond-update).
    """
    token = quote(f"{identified['system']}|{identified['value']}", safe=":/")
    return {"method": "PUT", "url": f"{type}?identifier={token}"}


def _uuid(text: str) -> UUID | None:
    """The UUID that is written here in the usual way, with small or large letters."""
    return UUID(text) if re.fullmatch("[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}", text) else None
