"""The keys of a sources file."""

from screener.authoring.format.key import Key, Thing

_FINGERPRINT = Key(
    "sha256",
    "The fingerprint of its text. `screener rules check --document FILE` gives it, and tells when the text "
    "has changed.",
    f"sha256: {'0123456789abcdef' * 4}",
    values="64 letters and digits",
)
SOURCES = Thing(
    "The sources file",
    "sources",
    "Sources",
    "",
    "Where the questionnaire has it from: documents, and every statement that was taken from them.",
    "",
    (
        Key("format", "The version of this format. There is only 1.", "format: 1"),
        Key("documents", "The documents, each with an id.", "documents: {liu-2021: {title: A study of melasma}}"),
        Key(
            "statements",
            "The statements. Each is cited under `from` in the rule file, or left out with a reason.",
            "statements: [{id: C2, document: leaflet, says: It helps dry skin.}]",
        ),
    ),
)
DOCUMENT = Thing(
    "A document",
    "sources",
    "Document",
    "documents",
    "Something that statements are taken from: a leaflet, a study, a guideline.",
    "title: A leaflet on dry skin",
    (
        Key("title", "Its full title.", "title: A leaflet on dry skin"),
        Key("short", "What the summary calls it. Left out, it is called by its title.", "short: Leaflet"),
        Key("url", "Its address on the web.", "url: https://example.org/leaflet", values="a web address"),
        Key(
            "confidence",
            "How far it is to be trusted: A is the most. It is a note for those who look after the sources.",
            "confidence: B",
        ),
        _FINGERPRINT,
        Key(
            "sections",
            "Its sections, each with an id, so that a change of the text leads to the statements it touches.",
            "sections: {side-effects: {heading: Side effects}}",
        ),
    ),
)
SECTION = Thing(
    "A section",
    "sources",
    "Section",
    "documents.sections",
    "A part of a document, from its heading to the next one.",
    "heading: Side effects",
    (
        Key("heading", "The line that it begins with, as it stands in the document.", "heading: Side effects of care"),
        Key("short", "What the summary calls it. Left out, it is called by its heading.", "short: Side effects"),
        _FINGERPRINT,
    ),
)
STATEMENT = Thing(
    "A statement",
    "sources",
    "Statement",
    "statements",
    "One claim of a source, in your words. Lines of guidance cite it by its id.",
    "id: C2\nsays: Cream helps dry skin.",
    (
        Key("id", "Its name under `from`. Capital letters and dots are fine here.", "id: C2"),
        Key("says", "The claim in your words, in one sentence.", "says: Cream helps dry skin."),
        Key("document", "The document it is taken from, by its id.", "document: leaflet"),
        Key(
            "section",
            "The section of that document, by its id.",
            "section: care",
            "document: leaflet",
        ),
        Key("documents", "Several documents in the place of one, by their ids.", "documents: [leaflet, study]"),
        Key(
            "standing",
            "How well it stands. One that is `contested` is said only together with a statement of its `balance`. Left "
            "out, nothing is said of that.",
            "standing: contested",
        ),
        Key("balance", "The statements that say the other side, by their ids.", "balance: [B1]"),
        Key(
            "confidence",
            "How far it is to be trusted: A is the most. It is a note for those who look after the sources.",
            "confidence: A",
        ),
        Key(
            "left_out",
            "Why no line says it. Left out itself, a line has to cite the statement.",
            "left_out: praise with nothing to act on",
        ),
    ),
)
THINGS = (SOURCES, DOCUMENT, SECTION, STATEMENT)
