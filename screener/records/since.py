"""What has changed since the last visit, in a few lines."""

from collections.abc import Sequence
from datetime import date

from screener.ground.safetext import one_line
from screener.ground.wrapping import Listing, Look
from screener.records.carried import AnswerChange

_NOT_ASKED = "not asked"
_BEFORE, _NOW = "before: ", "now:    "


def as_text(found: Sequence[AnswerChange], answered: date, look: Look) -> str:
    """Each question that is answered otherwise than on the day of the last visit, or that none is."""
    page = Listing(look.width, hang=len(_BEFORE))
    since = f"since the last visit, on {answered}"
    if not found:
        page.say(f"No answer has changed {since}.")
        return page.text()
    page.say(f"{len(found)} {'answer has' if len(found) == 1 else 'answers have'} changed {since}:")
    for one in found:
        page.blank()
        page.say(one_line(one.ask))
        page.say(one_line(one.before) or _NOT_ASKED, 2, _BEFORE)
        page.say(one_line(one.now) or _NOT_ASKED, 2, _NOW)
    return page.text()
