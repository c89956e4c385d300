"""The public key of a clinic, with which codes are sealed so that nobody else can read them."""

from pathlib import Path

from screener.ground.files import read_text, shown
from screener.ground.problems import Problem, ProblemsFound


def clinic_key(file: Path) -> bytes:
    """The 32 bytes of the public key in this file. Raises ProblemsFound."""
    from screener.page.code.sealing import NotAKey, public_key

    try:
        return public_key(read_text(file))
    except NotAKey:
        message = f"`{shown(file)}` holds no public key for codes"
        raise ProblemsFound(
            [Problem("no-code-key", message, "ask the clinic for the file with its public key")]
        ) from None
