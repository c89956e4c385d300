"""What a revision of a record keeps, and how it is sealed: under the record's own key, for its own place only."""

import json
import zlib
from typing import Any, NamedTuple

from screener.ground.problems import Problem, ProblemsFound
from screener.records.keys.sealing import Unreadable, seal, unseal


class Revision(NamedTuple):
    """All that is kept of what a person said.

    `answers` are as JSON has them, those that don't count now among them while it is not complete; `day` is that of
    the interview (ISO). `consent` is the SHA-256 of the text that was agreed to, and `consented` when. `reason` is why
    it was amended. `text` is the summary as the person got it, and `data_sha256` the SHA-256 of it as JSON.
    """

    answers: dict[str, Any]
    day: str
    consent: str
    consented: str
    reason: str = ""
    text: str = ""
    data_sha256: str = ""


def sealed_content(key: bytes, content: Revision, record: str, revision: int, edition: str) -> bytes:
    """The content, to be kept in this place only."""
    plain = json.dumps(content._asdict(), ensure_ascii=False, separators=(",", ":")).encode()
    return seal(key, zlib.compress(plain), _place(record, revision, edition))


def open_content(key: bytes, sealed: bytes, record: str, revision: int, edition: str) -> Revision:
    """The content that was kept in this place. Raises ProblemsFound if it was changed, or is of another place."""
    try:
        plain = zlib.decompress(unseal(key, sealed, _place(record, revision, edition)))
    except Unreadable:
        raise changed(record) from None
    return Revision(**json.loads(plain))


def sealed_reference(key: bytes, reference: str, record: str) -> bytes:
    """The clinic's own reference, for the lists."""
    return seal(key, reference.encode(), f"{record}/reference")


def open_reference(key: bytes, sealed: bytes, record: str) -> str:
    """The reference. Raises ProblemsFound."""
    try:
        return unseal(key, sealed, f"{record}/reference").decode()
    except Unreadable:
        raise changed(record) from None


def changed(record: str) -> ProblemsFound:
    """What is said of a record that does not open with its key."""
    message = f"the record `{record}` was changed from outside, and is not shown"
    return ProblemsFound([Problem("record-changed", message, "restore a backup, and look at `screener intake audit`")])


def _place(record: str, revision: int, edition: str) -> str:
    return f"{record}/{revision}/{edition}"
