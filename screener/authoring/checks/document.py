"""Whether the source document is still the text that the statements were taken from."""

import hashlib
import unicodedata
from collections.abc import Iterator, Mapping

from screener.authoring.checks.page import Example, Page
from screener.authoring.checks.remark import Remark
from screener.rulefile.library import Document
from screener.rulefile.model import RuleFile

_NOTHING = Example("")
DOCUMENT_CHANGED = Page(
    "document-changed",
    "error",
    "With `--document`: the text of the source document, or of one of its sections, is not the one that the statements "
    "were taken from. Look again at the statements that are named, then write the new fingerprint.",
    bad=_NOTHING,
    good=_NOTHING,
)
NO_FINGERPRINT = Page(
    "no-fingerprint",
    "warning",
    "With `--document`: a section of the document has no `sha256` in the sources file yet, so that changes of its text "
    "go unseen. The help gives the line to add.",
    bad=_NOTHING,
    good=_NOTHING,
)
SECTION_MISSING = Page(
    "section-missing",
    "error",
    "With `--document`: a heading that the sources file lists is not in the document. It was renamed or deleted.",
    bad=_NOTHING,
    good=_NOTHING,
)
PAGES = (DOCUMENT_CHANGED, NO_FINGERPRINT, SECTION_MISSING)


def document_changes(rules: RuleFile, text: str) -> Iterator[Remark]:
    """Sections whose text no longer has the recorded fingerprint, with the statements to look at again."""
    if rules.library is None or not any(document.sections for document in rules.library.documents.values()):
        help = "list the document with its sections in a sources file, and name that with `sources:`"
        yield Remark("no-sources", "there is no document with sections to compare with", (), help)
        return
    found = [(id, d) for id, d in (rules.library.documents if rules.library else {}).items() if d.sections]
    for id, document in found:
        sections = split(text, document)
        if not sections and len(found) > 1 and any(split(text, other) for _, other in found):
            continue  # the text is of another document of the same sources file
        for name, section in document.sections.items():
            route = ("documents", id, "sections", name)
            touched = _statements(rules, id, name)
            if name not in sections:
                message = f"the heading `{section.heading}` is not in the document any more"
                yield SECTION_MISSING.remark(message, route, f"look again at {touched}", in_sources=True)
            elif section.sha256 is None:
                help = f"add `sha256: {fingerprint(sections[name])}`"
                yield NO_FINGERPRINT.remark(f"section `{name}` has no sha256", route, help, in_sources=True)
            elif section.sha256 != fingerprint(sections[name]):
                message = f"section `{section.heading}` has changed; look again at {touched}"
                help = f"then write `sha256: {fingerprint(sections[name])}`"
                yield DOCUMENT_CHANGED.remark(message, (*route, "sha256"), help, in_sources=True)
        yield from _elsewhere(id, document, text, sections)


def _elsewhere(id: str, document: Document, text: str, sections: Mapping[str, str]) -> Iterator[Remark]:
    """A change outside every section: before the first heading, or in the order of the sections."""
    same = all(s.sha256 == fingerprint(sections[n]) for n, s in document.sections.items() if n in sections)
    if document.sha256 and same and len(sections) == len(document.sections) and document.sha256 != fingerprint(text):
        help = f"look at the whole text, then write `sha256: {fingerprint(text)}`"
        message = f"document `{id}` has changed outside its sections"
        yield DOCUMENT_CHANGED.remark(message, ("documents", id, "sha256"), help, in_sources=True)


def split(text: str, document: Document) -> dict[str, str]:
    """The text of each section of the document, from its heading line to the next heading."""
    by_heading = {normalised(section.heading): name for name, section in document.sections.items()}
    parts: dict[str, list[str]] = {}
    current: list[str] | None = None
    for line in text.splitlines():
        if (name := by_heading.get(normalised(line))) is not None and name not in parts:
            current = parts[name] = []
        if current is not None:
            current.append(line)
    return {name: "\n".join(lines) for name, lines in parts.items()}


def normalised(text: str) -> str:
    """The text as it is compared: compatible characters made one, runs of blanks and line breaks one blank."""
    return " ".join(unicodedata.normalize("NFKC", text).split())


def fingerprint(text: str) -> str:
    """SHA-256 of the normalised text, as hex."""
    return hashlib.sha256(normalised(text).encode()).hexdigest()


def _statements(rules: RuleFile, document: str, section: str) -> str:
    statements = rules.library.statements if rules.library else ()
    return ", ".join(s.id for s in statements if s.document == document and s.section == section) or "nothing"
