"""Texts that a `#` has cut off: in YAML it begins a comment, and nothing shows that the rest is gone."""

from collections.abc import Iterator

from screener.authoring.checks.page import Example, Page
from screener.authoring.checks.remark import Remark, Route
from screener.rulefile.yamltext import COMMENT, Commented, YamlText

CUT_BY_COMMENT = Page(
    "cut-by-comment",
    "warning",
    "In a text without quotes a `#` after a blank begins a comment: what follows is not part of the text, and nobody "
    "reads it. Put the text in quotes, or the comment on a line of its own.",
    bad=Example("referral:\n  says: See a certified professional #1 of all steps."),
    good=Example('referral:\n  says: "See a certified professional: #1 of all steps."'),
)
PAGES = (CUT_BY_COMMENT,)
#: Keys of texts that are sentences, keys of those that are only a few words, and what holds texts under names.
_SENTENCES = {"says", "ask", "help", "why", "more", "intro", "because", "left_out", "about"}
_NAMES = {"title", "short", "label", "topic", "section", "heading", "unit"}
_HOLDERS = {"options", "glossary", "former"}
_ENDS = (".", "!", "?", "…", ":", ")", "”", '"', "'")
_FEW_WORDS, _SHOWN = 3, 40


def cut_off(text: YamlText, in_sources: bool) -> Iterator[Remark]:
    """Texts for people in a file, or in a sources file, that look as if a comment were the rest of them."""
    for found in text.commented():
        if _is_prose(found.route) and _looks_cut(found):
            rest = found.comment if len(found.comment) <= _SHOWN else f"{found.comment[:_SHOWN]}…"
            message = f"`{rest}` is a comment, and not part of the text before it"
            help = "put the text in quotes, or the comment on a line of its own"
            yield CUT_BY_COMMENT.remark(message, (*found.route, COMMENT), help, in_sources=in_sources)


def _is_prose(route: Route) -> bool:
    return route[-1] in _SENTENCES or _is_name(route)


def _is_name(route: Route) -> bool:
    return route[-1] in _NAMES or (len(route) > 1 and route[-2] in _HOLDERS)


def _looks_cut(found: Commented) -> bool:
    """Whether the comment may be the rest of the text: `#1`, or words behind a sentence that has not ended.

    Behind a few words, such as a title, two blanks and one after the `#` are enough to show that it is a comment.
    """
    rest = found.comment.lstrip("#")
    if not rest.strip():
        return False
    if not rest[0].isspace():
        return True
    tidy = found.blanks > 1 and _is_name(found.route)
    return not tidy and len(found.text.split()) >= _FEW_WORDS and not found.text.endswith(_ENDS)
