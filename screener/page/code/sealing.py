"""Sealing a code for a clinic: whoever has the public key can seal, and only who has the private key can open.

Nothing here is invented: HPKE (RFC 9180) in base mode, with DHKEM(X25519, HKDF-SHA256), HKDF-SHA256 and AES-128-GCM;
keys as PEM (RFC 7468, RFC 8410), as `openssl genpkey -algorithm X25519` makes them. `seal.js` does the same.

Importing this raises ProblemsFound where `cryptography` is not installed.
"""

from screener.ground.problems import Problem, ProblemsFound

try:
    from cryptography.exceptions import InvalidTag, UnsupportedAlgorithm
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
    from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
except ImportError:
    _MESSAGE = "sealing needs an extra package that is not installed"
    _HELP = "install it with: pip install 'screener[code]'"
    raise ProblemsFound([Problem("no-code", _MESSAGE, _HELP)]) from None

#: What a sealed code is bound to, so that nothing that was sealed for another use opens here.
INFO = b"screener code 1"
#: How long a sealed code is says no more than how many of these parts it fills. Short answers all fill one.
_PART = 32
_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_128_GCM)


class NotForThisKey(Exception):
    """It was sealed for another key, or was changed."""


class NotAKey(Exception):
    """A text that holds no such key."""


def new_pair() -> tuple[str, str]:
    """A private key and its public key, each as the text of a file."""
    key = X25519PrivateKey.generate()
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    public = key.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    return private.decode(), public.decode()


def public_key(text: str) -> bytes:
    """The public key in the text of its file. Raises NotAKey, also for a private one: it has no business elsewhere."""
    try:
        key = serialization.load_pem_public_key(text.encode())
    except (ValueError, UnsupportedAlgorithm):
        raise NotAKey from None
    if not isinstance(key, X25519PublicKey):
        raise NotAKey
    raw = key.public_bytes_raw()
    try:
        sealed(raw, b"")
    except ValueError:  # one of the few points that would give the secret away
        raise NotAKey from None
    return raw


def private_key(text: str) -> bytes:
    """The private key in the text of its file. Raises NotAKey."""
    try:
        key = serialization.load_pem_private_key(text.encode(), None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise NotAKey from None
    if not isinstance(key, X25519PrivateKey):
        raise NotAKey
    return key.private_bytes_raw()


def sealed(public: bytes, body: bytes) -> bytes:
    """The bytes of a code, sealed for whoever has the private key."""
    parts = max(1, -(-len(body) // _PART))
    return _SUITE.encrypt(body.ljust(parts * _PART, b"\0"), X25519PublicKey.from_public_bytes(public), INFO)


def unsealed(private: bytes, data: bytes) -> bytes:
    """What was sealed, with zeros behind it. Raises NotForThisKey."""
    try:
        return _SUITE.decrypt(data, X25519PrivateKey.from_private_bytes(private), INFO)
    except (InvalidTag, ValueError):
        raise NotForThisKey from None
