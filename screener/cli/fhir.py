"""Options that only FHIR has a use for, checked before any work is done."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

import typer

if TYPE_CHECKING:
    from datetime import datetime

    from screener.exchange.fhir.export.response import BundleType


class Handover(NamedTuple):
    """What is said of the answers in a bundle, empty where nothing is; `at` is when they were given, if not now."""

    bundle: "BundleType"
    id: str
    subject: str = ""
    author: str = ""
    base_url: str = ""
    at: "datetime | None" = None


def refuse(given: Mapping[str, object], only_with: str) -> None:
    """Raise typer.BadParameter if any of these options was given: in vain, as the format is another one."""
    if names := [name for name, value in given.items() if value is not None]:
        raise typer.BadParameter(f"{' and '.join(names)} can only be used with {only_with}.")


def handover(
    bundle: "BundleType | None", id: str | None, subject: str | None, author: str | None, base_url: str | None
) -> Handover:
    """The options as they are used; raises typer.BadParameter for a value that FHIR does not allow."""
    from screener.exchange.fhir.export import AUTHORS, SUBJECTS, is_id, is_reference

    if id is not None and not is_id(id):
        raise typer.BadParameter("--id may have letters, digits, hyphens and points only, and 64 of them at most.")
    if subject is not None and not is_reference(subject, SUBJECTS):
        raise typer.BadParameter(
            "--subject must name a patient, such as Patient/123 or https://clinic.example/fhir/Patient/123."
        )
    if author is not None and not is_reference(author, AUTHORS):
        raise typer.BadParameter(
            "--author must name who took the answers down, such as Practitioner/7 or "
            f"https://clinic.example/fhir/Practitioner/7. It can be one of these: {', '.join(AUTHORS)}."
        )
    from uuid import uuid4

    return Handover(bundle or "collection", id or str(uuid4()), subject or "", author or "", published_at(base_url))


def published_at(base_url: str | None) -> str:
    """The address of a server without a slash at its end; raises typer.BadParameter if it is none."""
    from screener.exchange.fhir.export import is_base_url

    made = (base_url or "").rstrip("/")
    if base_url is not None and not is_base_url(made):
        raise typer.BadParameter("--base-url must be a web address, such as https://clinic.example/fhir.")
    return made
