"""How ids, versions, addresses and the like are spelt in the files of an author."""

from typing import Annotated, Literal

from screener.ground.shapes import AfterValidator, Spelling, WithJsonSchema, unfit
from screener.rulefile.days import SPAN, span

MOST_OF_AN_ID = 64
AN_ID = Spelling("id", "^[a-z0-9][a-z0-9-]{0,63}$")
A_STATEMENT_ID = Spelling("statement id", "^[A-Za-z0-9][A-Za-z0-9.-]{0,63}$")
Id = Annotated[str, AN_ID]
StatementId = Annotated[str, A_STATEMENT_ID]
Sha256 = Annotated[str, Spelling("fingerprint", "^[0-9a-f]{64}$")]
Address = Annotated[str, Spelling("address", r"^https?://[^\s<>\"']+$")]
Version = Annotated[str, Spelling("version", r"^[A-Za-z0-9][A-Za-z0-9.+-]{0,31}$")]
Language = Annotated[str, Spelling("language", "^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]
FileName = Annotated[str, Spelling("file name", r"^[A-Za-z0-9][A-Za-z0-9._-]*$")]
Format = Annotated[Literal["1"], WithJsonSchema({"const": 1, "description": "The version of this file format."})]
A_SPAN = Spelling("span", f"^{SPAN}$")
A_WORD_COUNT = Spelling("number of words", "^[1-9][0-9]{0,2}$")
WordCount = Annotated[str, A_WORD_COUNT, WithJsonSchema({"type": "integer", "minimum": 1, "maximum": 999})]


def _in_words(written: str) -> str:
    """A span as it is called everywhere: `90 days` for `90 day`. None is too long to be looked back for."""
    try:
        return span(written).words
    except ValueError:
        raise unfit(A_SPAN.name) from None


WrittenSpan = Annotated[str, A_SPAN, AfterValidator(_in_words)]
