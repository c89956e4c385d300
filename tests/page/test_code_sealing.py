"""Sealed codes: they open with one key and unchanged, tell nothing else, and take keys as others make them."""

import base64
import shutil
import subprocess
from pathlib import Path

import pytest

from screener.ground.problems import ProblemsFound
from screener.page.code.letters import Sent, read, written
from screener.page.code.sealing import NotAKey, NotForThisKey, new_pair, private_key, public_key, sealed, unsealed

PRIVATE, PUBLIC = new_pair()
BODY = bytes(range(1, 19))


def test_what_was_sealed_opens_with_the_private_key() -> None:
    """As it was, with zeros behind it; and no two codes of the same answers are alike."""
    one, other = (sealed(public_key(PUBLIC), BODY) for _ in range(2))

    assert unsealed(private_key(PRIVATE), one).rstrip(b"\0") == BODY
    assert one != other
    assert BODY[:8] not in one


def test_how_long_a_sealed_code_is_tells_little() -> None:
    """All that fits into one part is as long as nothing at all."""
    lengths = [len(sealed(public_key(PUBLIC), bytes(size))) for size in (0, 1, 9, 32, 33, 64, 65)]

    assert lengths == [80, 80, 80, 80, 112, 112, 144]


def test_a_changed_one_does_not_open() -> None:
    """Whatever bit of it is another, also where the check value was made to fit; and no part of it opens."""
    whole = sealed(public_key(PUBLIC), BODY)
    for place in range(len(whole)):
        spoilt = bytearray(whole)
        spoilt[place] ^= 1 << place % 8
        sent = read(written(Sent(True, bytes(spoilt))))
        with pytest.raises(NotForThisKey):
            unsealed(private_key(PRIVATE), sent.body)
    for size in range(len(whole)):
        with pytest.raises(NotForThisKey):
            unsealed(private_key(PRIVATE), whole[:size])
    for point in (bytes(32), b"\1" + bytes(31)):
        with pytest.raises(NotForThisKey):
            unsealed(private_key(PRIVATE), point + whole[32:])


def test_another_key_does_not_open_it() -> None:
    """That of another clinic, or an earlier one of this clinic."""
    with pytest.raises(NotForThisKey):
        unsealed(private_key(new_pair()[0]), sealed(public_key(PUBLIC), BODY))


def test_an_open_code_that_says_it_is_sealed_does_not_open() -> None:
    """The bytes of answers are no sealed ones."""
    with pytest.raises(NotForThisKey):
        unsealed(private_key(PRIVATE), BODY * 5)


def pem(name: str, der: str) -> str:
    """A key as PEM."""
    return f"-----BEGIN {name}-----\n{base64.b64encode(bytes.fromhex(der)).decode()}\n-----END {name}-----\n"


ZEROS = pem("PUBLIC KEY", "302a300506032b656e032100" + "00" * 32)
#: A key of Ed25519, which signs and does not seal.
SIGNING = pem("PRIVATE KEY", "302e020100300506032b657004220420" + "11" * 32)


@pytest.mark.parametrize("text", ["", "key", PRIVATE, PUBLIC[:60], ZEROS, PRIVATE + PUBLIC[:30]], ids=range(6))
def test_what_is_no_public_key_is_refused(text: str) -> None:
    """A private key is none, and neither is one of the points with which everybody would know the secret."""
    with pytest.raises(NotAKey):
        public_key(text)


@pytest.mark.parametrize("text", ["", "key", PUBLIC, PRIVATE[:60], SIGNING], ids=range(5))
def test_what_is_no_private_key_is_refused(text: str) -> None:
    """Nor a key for signing."""
    with pytest.raises(NotAKey):
        private_key(text)


def test_keys_of_openssl_are_taken(tmp_path: Path) -> None:
    """A clinic may make its pair with what it trusts."""
    if not shutil.which("openssl"):
        pytest.skip("openssl is not installed")
    private, public = tmp_path / "private.pem", tmp_path / "public.pem"
    subprocess.run(["openssl", "genpkey", "-algorithm", "X25519", "-out", private], check=True, capture_output=True)
    subprocess.run(["openssl", "pkey", "-in", private, "-pubout", "-out", public], check=True, capture_output=True)
    whole = sealed(public_key(public.read_text("utf-8")), BODY)

    assert unsealed(private_key(private.read_text("utf-8")), whole).startswith(BODY)


def test_a_letter_that_is_another_is_noticed_before_any_key_is_used() -> None:
    """So that a torn code is told from one that was sealed for another clinic."""
    text = written(Sent(True, sealed(public_key(PUBLIC), BODY)))
    for place in range(8, len(text)):
        other = "B" if text[place] != "B" else "C"
        with pytest.raises(ProblemsFound) as found:
            read(text[:place] + other + text[place + 1 :])
        assert found.value.problems[0].code in ("bad-code", "code-newer")
