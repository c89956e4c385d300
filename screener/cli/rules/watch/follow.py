"""Waiting for saves, and looking at the files after each: at whole saves only, whatever way an editor has of saving."""

import gc
from collections.abc import Callable
from datetime import date
from pathlib import Path
from time import localtime, monotonic, sleep, strftime

from screener.authoring.watch.look import Bulletin, Watched, look
from screener.cli.rules.watch.faces import Plainly, Redrawn
from screener.ground.problems import ProblemsFound
from screener.ground.stamps import Stamp, read_watched, stamp
from screener.proof.gates import Undecided

#: How often the files are looked at, in seconds.
_OFTEN = 0.02
#: How long nothing may change before a save counts as whole, and before one that can't be read does: editors and
#: synchronised folders empty a file, write it piece by piece, or take it away for a moment.
_WHOLE, _BROKEN, _GONE = 0.08, 0.18, 0.3
#: Saves that follow each other so quickly are one: an editor that tidies up what it saved, or half a file that could
#: be read.
_ONE_SAVE = 0.5
#: After so long what is known already is shown while the proof goes on.
_SLOW = 0.25


class Changed(Exception):
    """A file changed while it was looked at, so that what was found is of the past."""


class Eye:
    """Reads the files of one save, each once, and sees when one of them has changed since."""

    def __init__(self, rules: Path, cases: Path, answers: Path | None) -> None:
        self._files = Watched(rules, cases, answers, self.read)
        self._stamps: dict[Path, Stamp | None] = {}
        self._texts: dict[Path, str | ProblemsFound] = {}
        self.began = monotonic()

    def anew(self) -> Watched:
        """The files for a new look."""
        saved = frozenset(path for path, before in self._stamps.items() if stamp(path) != before)
        self._stamps |= {path: stamp(path) for path in saved}
        self._texts, self.began = {}, monotonic()
        return self._files._replace(saved=saved, at=strftime("%H:%M:%S", localtime()), today=date.today())

    def read(self, path: Path) -> str:
        """The text that a file had when this look first read it. Raises ProblemsFound."""
        if path not in self._texts:
            self._stamps[path] = stamp(path)
            self._texts[path] = _taken(path)
        found = self._texts[path]
        if isinstance(found, ProblemsFound):
            raise found
        return found

    def has_changed(self) -> bool:
        """Whether some file was saved, made or deleted since it was read."""
        return any(stamp(path) != known for path, known in self._stamps.items())

    def settle(self, seconds: float) -> None:
        """Wait until this long after the save nothing has changed. Raises Changed."""
        while (left := self.began + seconds - monotonic()) > 0:
            sleep(min(left, _OFTEN))
            if self.has_changed():
                raise Changed
        if any(_alike(_taken(path)) != _alike(text) for path, text in self._texts.items()):
            raise Changed  # within the same tick of the clock of the file system


def _taken(path: Path) -> str | ProblemsFound:
    try:
        return read_watched(path)
    except ProblemsFound as found:
        return found


def _alike(found: str | ProblemsFound) -> object:
    return found.problems if isinstance(found, ProblemsFound) else found


def follow(eye: Eye, face: Plainly | Redrawn, limit: float) -> None:
    """Look at the files and show what there is to say, after each save; until nobody reads it any more."""
    before: Bulletin | None = None
    report: Bulletin | None = None
    shown_at = -_ONE_SAVE
    while face.is_open:
        watched = eye.anew()
        if eye.began - shown_at >= _ONE_SAVE:
            before = report
        try:
            report = _looked(eye, watched, before, face, limit)
        except Changed:
            continue
        shown_at = eye.began
        _tidy()
        while face.is_open and not eye.has_changed():
            face.refresh()
            sleep(_OFTEN)


def _looked(eye: Eye, watched: Watched, before: Bulletin | None, face: Plainly | Redrawn, limit: float) -> Bulletin:
    """The report of one save, which was shown. Raises Changed when the next save comes before that."""
    quick: list[Bulletin] = []
    tick = _ticking(eye, limit, lambda: face.show_meanwhile(quick.pop(), watched.at) if quick else face.refresh())
    gc.disable()  # what is found is kept until the next save; looking for rubbish meanwhile takes a tenth of the time
    try:
        for report in look(watched, before, tick):
            quick[:] = [report]
    finally:
        gc.enable()
    eye.settle(_GONE if report.is_gone else _WHOLE if report.is_whole else _BROKEN)
    face.show(report, watched.at)
    return report


def _ticking(eye: Eye, limit: float, meanwhile: Callable[[], None]) -> Callable[[], None]:
    """What a proof calls now and then: ends it when a file has changed, or its time is over."""
    seen = eye.began

    def tick() -> None:
        nonlocal seen
        now = monotonic()
        if now - seen < _OFTEN:
            return
        seen = now
        if eye.has_changed():
            raise Changed
        if now - eye.began > limit:
            raise Undecided(f"the time of {limit:g} seconds was over")
        if now - eye.began > _SLOW:
            meanwhile()

    return tick


def _tidy() -> None:
    """Look for rubbish now that nobody waits."""
    gc.collect()
