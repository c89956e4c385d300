"""Codes that come in, typed by a scanner, in a file or in a picture, and the answers that they hold."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

from screener.cli import streams
from screener.cli.reading import read, read_bytes
from screener.ground.files import decoded, is_there, read_secret, shown
from screener.ground.problems import Problem, ProblemsFound
from screener.page.code.bits import Misfit
from screener.page.code.letters import BEGINS, bad
from screener.page.code.letters import read as read_letters
from screener.page.code.packing import day_of, named_by, unpacked
from screener.rulefile.find import bundled, find_rules
from screener.rulefile.model import Answers, RuleFile

_STDIN = Path("/dev/stdin")
#: What pictures begin with, and how the decoder calls their kind: it is told, and never left to guess.
_PICTURES = {b"\x89PNG": "png", b"\xff\xd8\xff": "jpeg", b"GIF8": "gif", b"RIFF": "webp", b"BM": "bmp"}
_SECONDS = 60


def scan(source: str) -> str:
    """The text of a code: `source` itself, or what its file or picture holds; with `-` it is typed or piped in.

    Raises ProblemsFound.
    """
    if source == "-":
        return _typed() if streams.is_terminal(sys.stdin) else _text_in(_STDIN)
    path = Path(source)
    is_text = "".join(source.split()).upper().startswith(BEGINS) and not path.suffix
    return source if is_text and not is_there(path) else _text_in(path)


def _typed() -> str:
    """What a scanner types. What it types behind the end of the line is let go: it would answer the next question."""
    try:
        line = streams.read_line("Scan the code now, or paste it and press Enter: ")
    except EOFError:
        return ""
    streams.forget_typed()
    return line


def _text_in(path: Path) -> str:
    """The text of the code in a file: a text, or a picture."""
    data = read_bytes(path)
    kind = next((kind for begins, kind in _PICTURES.items() if data.startswith(begins)), "")
    if kind:
        return _in_picture(data, kind)
    if b"\0" in data:
        raise bad(f"`{shown(path)}` is no text, and no picture that can be read", "save the picture as PNG or JPEG")
    return decoded(data, shown(path))


def _in_picture(data: bytes, kind: str) -> str:
    if (decoder := shutil.which("zbarimg")) is None:
        help = "install zbar-tools, or scan the code with a scanner that types"
        raise ProblemsFound([Problem("no-decoder", "pictures are read by zbarimg, which is not installed", help)])
    command = [decoder, "--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", f"{kind}:-"]
    try:
        done = subprocess.run(command, input=data, capture_output=True, check=False, timeout=_SECONDS)  # noqa: S603 – its own data
    except subprocess.TimeoutExpired:
        raise bad("the picture takes too long to read", "take a smaller one, of the code alone") from None
    found = {line for line in done.stdout.decode("utf-8", "replace").splitlines() if line.upper().startswith(BEGINS)}
    if len(found) == 1:
        return found.pop()
    if found:
        raise bad("there is more than one code in the picture", "take a picture of one of them")
    raise bad("there is no code of screener in the picture", "take it again, from nearer or with more light")


def opened(text: str, key: Path | None) -> bytes:
    """What the code with this text holds, opened with the private key in this file if it is sealed.

    Raises ProblemsFound.
    """
    sent = read_letters(text)
    if not sent.sealed:
        return sent.body
    if key is None:
        raise _no_key("the code is sealed for a clinic, and its key is not here", "name its file with --code-key")
    from screener.page.code.sealing import NotAKey, NotForThisKey, private_key, unsealed

    try:
        return unsealed(private_key(read_secret(key)), sent.body)
    except NotAKey:
        help = "name the file with the private key, which was made together with the public one"
        raise _no_key(f"`{shown(key)}` holds no private key for codes", help) from None
    except NotForThisKey:
        message = "the code was sealed for another clinic, or for an earlier key of this one"
        help = f"`{shown(key)}` does not open it; another key is named with --code-key"
        raise ProblemsFound([Problem("other-clinic", message, help)]) from None


def _no_key(message: str, help: str) -> ProblemsFound:
    return ProblemsFound([Problem("no-code-key", message, help)])


def name_of_rules(body: bytes, name: str) -> str | None:
    """The rule file that was answered: the one with this path or name, or one that comes with the tool.

    Raises ProblemsFound if the one that is named is not there.
    """
    return next((one for one in (name, *bundled()) if named_by(body, read(find_rules(one)))), None)


def answered(body: bytes, load: Callable[[date], RuleFile]) -> tuple[RuleFile, Answers]:
    """The answers, and the rule file for the day of that interview; `load` reads it for a day. Raises ProblemsFound."""
    rules = load(date.today())
    try:
        day = day_of(body, rules)
        rules = rules if day in (None, rules.today) else load(day)
        return rules, unpacked(body, rules)
    except Misfit:
        raise bad("the code holds no answers to its rule file", "have it made anew, with the latest screener") from None


def unknown_edition(body: bytes, option: str) -> ProblemsFound:
    """A code whose rule file is not known, ready to be raised; `option` names one."""
    message = f"the code was made with a rule file that is not known here; its fingerprint begins `{body[:6].hex()}`"
    help = (
        "the code does not say its name and version, and the summary that it came with does, after `Made with`; "
        f"get that file, and name it with {option}"
    )
    return ProblemsFound([Problem("unknown-edition", message, help)])
