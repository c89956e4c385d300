"""The browser packs byte for byte as Python does, and seals so that Python opens it; all of it runs in Node."""

from typing import Any

import limited
import pytest
import scripts
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from paths import RULES

from screener.authoring.cases import read_cases
from screener.page.code.letters import Sent, written
from screener.page.code.packing import packed
from screener.page.code.sealing import INFO, NotForThisKey, new_pair, private_key, public_key, sealed, unsealed
from screener.rulefile.model import Answers, RuleFile

pytestmark = pytest.mark.usefixtures("node")

Interviews = list[tuple[RuleFile, Answers]]


def by_python(pairs: Interviews) -> list[str]:
    """The texts of the codes that Python makes."""
    return [written(Sent(False, packed(rules, answers))) for rules, answers in pairs]


def test_every_worked_case_is_packed_the_same(pico: RuleFile) -> None:
    """All worked cases of pico-laser, letter for letter."""
    cases = read_cases((RULES / "pico-laser.cases.yaml").read_text("utf-8"), pico)[0]
    pairs = [(pico, case.answers) for case in cases]

    assert scripts.packed(pairs) == by_python(pairs)


@settings(
    deadline=None,
    max_examples=8,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
)
@given(st.lists(limited.interviews(), min_size=15, max_size=40))
def test_any_interview_is_packed_the_same(pairs: Interviews) -> None:
    """Of generated rule files with limits of every kind, finished or not."""
    assert scripts.packed(pairs) == by_python(pairs)


#: RFC 9180, appendix A.1.1: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-128-GCM, base mode; sequence number 0.
RFC = {
    "info": "4f6465206f6e2061204772656369616e2055726e",
    "skEm": "52c4a758a802cd8b936eceea314432798d5baf2d7e9235dc084ab1b9cfa2f736",
    "pkEm": "37fda3567bdbd628e88668c3c8d7e97d1d1253b6d4ea6d44c150f741f1bf4431",
    "skRm": "4612c550263fc8ad58375df3f557aac531d26850903e55a9f23f21d8534e8ac8",
    "pkRm": "3948cfe0ad1ddb695d780e59077195da6c56506b027329794ab02bca80815c4d",
    "pt": "4265617574792069732074727574682c20747275746820626561757479",
    "aad": "436f756e742d30",
    "ct": "f938558b5d72f1a23810b4be2ab4f84331acc02fc97babc53a52ae8218a355a96d8770ac83d07bea87e13c512a",
}
#: What stands before the 32 bytes of a private key of X25519 in PKCS #8.
PKCS8 = "302e020100300506032b656e04220420"
SEALED_AS_THE_RFC = """
const { sealedWith } = load("seal");
const { subtle } = globalThis.crypto;
const mine = bytes(given.pkcs8 + given.skEm);
const pair = {
  privateKey: await subtle.importKey("pkcs8", mine, { name: "X25519" }, false, ["deriveBits"]),
  publicKey: await subtle.importKey("raw", bytes(given.pkEm), { name: "X25519" }, true, []),
};
answer(hex(await sealedWith(pair, bytes(given.pkRm), bytes(given.info), bytes(given.aad), bytes(given.pt))));
"""


def test_the_browser_seals_as_the_rfc_has_it() -> None:
    """The test vector of RFC 9180 comes out byte for byte, with the pair that the RFC used once."""
    assert scripts.run(SEALED_AS_THE_RFC, {**RFC, "pkcs8": PKCS8}) == RFC["pkEm"] + RFC["ct"]


SEALED = """
const { sealed } = load("seal");
const all = [];
for (const body of given.bodies) all.push(hex(await sealed(bytes(given.key), bytes(body))));
answer(all);
"""


def in_the_browser(key: bytes, *bodies: bytes) -> list[bytes]:
    """These bytes, sealed by the page."""
    found: list[str] = scripts.run(SEALED, {"key": key.hex(), "bodies": [body.hex() for body in bodies]})
    return [bytes.fromhex(one) for one in found]


def test_python_opens_what_the_browser_sealed() -> None:
    """Bytes of every size that a code has come out as they were, with zeros behind them; another key opens none."""
    (private, public), (other, _) = new_pair(), new_pair()
    bodies = [bytes(range(size)) for size in (0, 1, 9, 31, 32, 33, 64, 200)]
    for body, data in zip(bodies, in_the_browser(public_key(public), *bodies), strict=True):
        plain = unsealed(private_key(private), data)

        assert len(data) == len(sealed(public_key(public), body))
        assert plain.startswith(body)
        assert not plain[len(body) :].strip(b"\0")
        with pytest.raises(NotForThisKey):
            unsealed(private_key(other), data)


OPENED = """
// RFC 9180, section 5: the side of whoever opens, which the page does not need; written here once more from the RFC.
const { subtle } = globalThis.crypto;
const cat = (...parts) => Uint8Array.from(parts.flatMap((part) => [...part]));
const text = (words) => new TextEncoder().encode(words);
const hmac = async (key, data) => new Uint8Array(await subtle.sign("HMAC", await subtle.importKey(
  "raw", key.length ? key : new Uint8Array(32), { name: "HMAC", hash: "SHA-256" }, false, ["sign"]), data));
const kem = cat(text("KEM"), [0, 32]);
const suite = cat(text("HPKE"), [0, 32, 0, 1, 0, 1]);
const none = new Uint8Array(0);
const extract = (id, salt, label, secret) => hmac(salt, cat(text("HPKE-v1"), id, text(label), secret));
const expand = async (id, key, label, info, size) =>
  (await hmac(key, cat([0, size], text("HPKE-v1"), id, text(label), info, [1]))).slice(0, size);
const opened = async ({ key, public: mine, info, data }) => {
  const sent = bytes(data);
  const [enc, cipher] = [sent.slice(0, 32), sent.slice(32)];
  const secret = await subtle.importKey("pkcs8", bytes(given.pkcs8 + key), { name: "X25519" }, false, ["deriveBits"]);
  const theirs = await subtle.importKey("raw", enc, { name: "X25519" }, false, []);
  const point = new Uint8Array(await subtle.deriveBits({ name: "X25519", public: theirs }, secret, 256));
  const prk = await extract(kem, none, "eae_prk", point);
  const shared = await expand(kem, prk, "shared_secret", cat(enc, bytes(mine)), 32);
  const psk = await extract(suite, none, "psk_id_hash", none);
  const context = cat([0], psk, await extract(suite, none, "info_hash", bytes(info)));
  const whole = await extract(suite, shared, "secret", none);
  const raw = await expand(suite, whole, "key", context, 16);
  const aes = await subtle.importKey("raw", raw, "AES-GCM", false, ["decrypt"]);
  const nonce = await expand(suite, whole, "base_nonce", context, 12);
  return hex(new Uint8Array(await subtle.decrypt({ name: "AES-GCM", iv: nonce }, aes, cipher)));
};
const all = [];
for (const one of given.all) all.push(await opened(one));
answer(all);
"""


def test_the_browser_could_open_what_python_sealed() -> None:
    """What Python seals is what the RFC says too: whoever wrote it down from there opens it."""
    private, public = new_pair()
    bodies = [bytes(range(size)) for size in (1, 32, 64)]
    all = [_for_the_browser(private, public, body) for body in bodies]
    found: list[str] = scripts.run(OPENED, {"pkcs8": PKCS8, "all": all})

    assert [bytes.fromhex(one) for one in found] == [body.ljust(32 * max(1, len(body) // 32), b"\0") for body in bodies]


def _for_the_browser(private: str, public: str, body: bytes) -> dict[str, Any]:
    raw = public_key(public)
    return {"key": private_key(private).hex(), "public": raw.hex(), "info": INFO.hex(), "data": sealed(raw, body).hex()}


def test_the_page_seals_for_no_key_that_gives_the_secret_away() -> None:
    """A public key of zeros would make a secret that everybody knows: there is an error and no code."""
    script = """
    let said = "";
    try { await load("seal").sealed(bytes(given), bytes("00")); } catch (error) { said = String(error.name); }
    answer(said);
    """

    assert scripts.run(script, "00" * 32)


def test_an_answer_that_is_not_allowed_is_never_packed() -> None:
    """The page makes no code of what the question does not allow."""
    script = """
    const whole = { id: "n", type: "whole", max: "5" };
    const rules = { rules: { sha256: "00".repeat(32) }, questions: [whole] };
    let said = "";
    try { load("pack").packed(rules, new Map([["n", 6]])); } catch (error) { said = error.name; }
    answer(said);
    """

    assert scripts.run(script, None) == "RangeError"
