"""`screener start`: ask, then the summary."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from screener.cli.options import BaseUrl, Force, Rules

Format = Annotated[
    Literal["text", "markdown", "html", "pdf", "json", "csv", "fhir"] | None,
    typer.Option("--format", help="How the summary is written; text, or what the name of each output file ends in."),
]
Reader = Annotated[
    Literal["person", "professional"] | None,
    typer.Option(
        "--for",
        help="Who will read it: the person who answered, or the professional. If you do not say, the word person "
        "or professional in the name of a file does; otherwise it is the person. A name that says the contrary is "
        "refused. JSON and CSV are the same for both.",
    ),
]
Output = Annotated[
    list[Path] | None,
    typer.Option(
        "--output",
        "-o",
        metavar="<path>",
        help="Write the summary to this file. Several files can be named; all of them are written, or none.",
    ),
]
Folder = Annotated[
    Path | None,
    typer.Option(
        "--folder",
        metavar="DIR",
        help="Write all that a clinic hands out to this folder: the summary and the professional's page (PDF where "
        "that can be made, otherwise HTML, or as --format says), the answers and a FHIR bundle; all of it, or nothing.",
    ),
]
Ref = Annotated[
    str | None,
    typer.Option("--ref", metavar="TEXT", help="For the professional's page only: a reference, such as a file number."),
]
Date = Annotated[
    str | None,
    typer.Option(
        "--date",
        metavar="YYYY-MM-DD",
        help="The day of the interview, or the word today: it stands on the professional's page, and dates are counted "
        "from it where the rule file does so.",
    ),
]
AnswersFile = Annotated[
    Path | None, typer.Option("--answers", help="Take answers from this file; ask only what is missing.")
]
SaveAnswers = Annotated[Path | None, typer.Option("--save-answers", help="Write your answers to this file.")]
Details = Annotated[
    bool, typer.Option("--details", help="All that lies behind the summary: evidence, sources, every reason.")
]
Review = Annotated[
    bool, typer.Option("--review", help="Look through answers that are complete already, and change some.")
]
Plain = Annotated[bool, typer.Option("--plain", help="Numbered lines, for screen readers and simple terminals.")]
Clear = Annotated[bool, typer.Option("--clear", help="Wipe the screen at the end, on a shared computer.")]
Bundle = Annotated[
    Literal["collection", "transaction"] | None,
    typer.Option(
        "--bundle",
        help="For FHIR only: a collection to keep, or a transaction to send to a server as it is. "
        "A collection if you do not say.",
    ),
]
Id = Annotated[
    str | None,
    typer.Option(
        "--id",
        metavar="ID",
        help="For FHIR only: an id that these answers have and no others. A new UUID if you do not say.",
    ),
]
Subject = Annotated[
    str | None,
    typer.Option("--subject", metavar="REFERENCE", help="For FHIR only: whom it is about, such as Patient/123."),
]
Code = Annotated[
    bool,
    typer.Option("--code", help="Put your answers on the summary as a code that a clinic can scan: text, HTML or PDF."),
]
Seal = Annotated[
    Path | None,
    typer.Option(
        "--seal",
        metavar="KEYFILE",
        help="Seal the code with this public key of a clinic, so that nobody else can read it.",
    ),
]
FromCode = Annotated[
    str | None,
    typer.Option(
        "--from-code",
        metavar="CODE",
        help="Give the summary of answers that were made a code, and store nothing: a picture or a text file with the "
        "code, its text, or - to scan it now.",
    ),
]
CodeKey = Annotated[
    Path | None,
    typer.Option("--code-key", metavar="KEYFILE", help="The private key that opens sealed codes."),
]
Author = Annotated[
    str | None,
    typer.Option("--author", metavar="REFERENCE", help="For FHIR only: who took it down, such as Practitioner/7."),
]


def start(
    rules: Rules = "pico-laser",
    answers: AnswersFile = None,
    format: Format = None,
    reader: Reader = None,
    output: Output = None,
    folder: Folder = None,
    ref: Ref = None,
    date: Date = None,
    save_answers: SaveAnswers = None,
    details: Details = False,
    review: Review = False,
    plain: Plain = False,
    clear: Clear = False,
    force: Force = False,
    bundle: Bundle = None,
    id: Id = None,
    subject: Subject = None,
    author: Author = None,
    base_url: BaseUrl = None,
    code: Code = False,
    seal: Seal = None,
    from_code: FromCode = None,
    code_key: CodeKey = None,
) -> int:
    """Ask the questions, then give the summary. Nothing is stored unless you name a file."""
    from screener.cli.start.run import Asked, run

    asked = Asked(output or [], folder, format, reader, ref, date, details, save_answers, force, review, code, seal)
    return run(rules, answers, asked, (bundle, id, subject, author, base_url), from_code, code_key, plain, clear)
