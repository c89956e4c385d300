"""The sources file, and the citations that lead into it."""

from collections.abc import Iterator

from screener.ground.problems import Hints, Problem, ProblemsFound, in_order
from screener.rulefile.library import Sources, Statement
from screener.rulefile.loader.shape import Sound, checked
from screener.rulefile.model import RuleFile
from screener.rulefile.yamltext import Route, YamlText, read


def read_sources(text: str, file: str = "") -> Sources:
    """The sources file that this text holds. Raises ProblemsFound with everything that is wrong in it."""
    source = read(text, file)
    problems: list[Problem] = []
    if not isinstance(source.plain, dict):
        raise ProblemsFound(
            [source.problem("wrong-type", "a sources file begins with `format: 1`, then `documents:`", ())]
        )
    sound = checked(Sources, source.plain, source, problems)
    if sound is not None:
        problems += _statement_problems(sound, source)
    if problems or sound is None:
        raise ProblemsFound(in_order(problems, file))
    return sound.model


def _statement_problems(sound: Sound[Sources], source: YamlText) -> Iterator[Problem]:
    sources, hints = sound.model, Hints()
    seen: dict[str, int] = {}
    for place, statement in zip(sound.kept.get("statements", ()), sources.statements, strict=False):
        route: Route = ("statements", place)
        if statement.id in seen:
            problem = source.problem("duplicate-id", f"the statement `{statement.id}` stands twice", route)
            yield source.twice(problem, ("statements", seen[statement.id]))
        seen.setdefault(statement.id, place)
        for document in statement.stands_in:
            if document not in sources.documents:
                message = f"statement `{statement.id}`: there is no document `{document}`"
                yield source.problem("unknown-document", message, route, hints.near(document, sources.documents))
        yield from _section_problems(sources, statement, source, route, hints)
        for balance in statement.balance:
            if balance not in sources.by_id:
                message = f"statement `{statement.id}`: there is no balance note `{balance}`"
                yield source.problem("unknown-statement", message, (*route, "balance"))


def _section_problems(
    sources: Sources, statement: Statement, source: YamlText, route: Route, hints: Hints
) -> Iterator[Problem]:
    if statement.section is None or statement.document not in sources.documents:
        return
    sections = sources.documents[statement.document].sections
    if statement.section not in sections:
        message = f"statement `{statement.id}`: document `{statement.document}` has no section `{statement.section}`"
        help = hints.near(statement.section, sections)
        yield source.problem("unknown-document", message, (*route, "section"), help)


def citations(rules: RuleFile) -> Iterator[tuple[str, tuple[str, ...], Route]]:
    """Everything that cites: how it is called, the statement ids, and the route of the list."""
    for question in rules.questions:
        yield f"question `{question.id}`", question.sources, ("questions", question.id, "from")
    for line in rules.guidance:
        yield f"guidance `{line.id}`", line.sources, ("guidance", line.id, "from")
    for disposition in rules.dispositions:
        yield f"disposition `{disposition.id}`", disposition.sources, ("dispositions", disposition.id, "from")
    *some, last = rules.referrals
    for index, one in enumerate(some):
        yield "referral", one.sources, ("referral", index, "from")
    yield "referral", last.sources, ("referral", len(some), "from") if some else ("referral", "from")
    if rules.not_covered is not None:
        yield "not_covered", rules.not_covered.sources, ("not_covered", "from")


def citation_problems(rules: RuleFile, source: YamlText, complete: bool) -> Iterator[Problem]:
    """Citations that lead nowhere. `complete` says that the sources file was looked for."""
    if rules.library is None and (not complete or rules.sources is not None):
        return
    known, hints = rules.library.by_id if rules.library else {}, Hints()
    for owner, ids, route in citations(rules):
        for id in ids:
            if id not in known:
                code, message = "unknown-statement", f"{owner}: there is no statement `{id}`"
                if rules.library is None:
                    code, message = "no-sources", f"{owner} cites `{id}`, but the file names no `sources:`"
                yield source.problem(code, message, route, hints.near(id, known))
