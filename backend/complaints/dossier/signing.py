"""The signature of a dossier: a JSON Web Signature (RFC 7515, RFC 9864) over its manifest, with an Ed25519 key.

The key is derived from the one that signs e-cards, for this purpose only: a signature of one is never one of the
other. Its public half is published for as long as a dossier may be checked, also after the card key was replaced.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import OKPKey

from backend.complaints.dossier.chain import canonical

KEYS_PATH = "/.well-known/dossier-keys.json"
EARLIER_KEYS_PATH = "/.well-known/careline-dossier-keys.json"
"""What papers made before say; they have to stay verifiable."""
_ALGORITHM = "Ed25519"
_TYPE = "careline-dossier+jws"


class SignatureBroken(ValueError):
    """Not signed by any of the keys; the text says what is wrong."""


def sign(card_key: bytes, manifest: Mapping[str, Any]) -> str:
    """The compact signature with the manifest in it; `card_key` is the 32-byte seed of the e-cards."""
    seed = _seed(card_key)
    key = OKPKey.import_key({**_public_key(seed), "d": _encoded(seed)})
    header = {"alg": _ALGORITHM, "kid": _key_id(_public(seed)), "typ": _TYPE}
    return jws.serialize_compact(header, canonical(manifest), key, algorithms=[_ALGORITHM])


def read(signature: str, keys: Mapping[str, Any]) -> bytes:
    """The manifest's bytes as they were signed; `keys` is a JSON Web Key Set. Raises SignatureBroken."""
    try:
        kid = jws.extract_compact(signature.encode()).headers().get("kid")
        found = [key for key in keys.get("keys", []) if key.get("kid") == kid]
        if not found:
            raise SignatureBroken(f"the key {kid} is not among the published keys")
        key = OKPKey.import_key(found[0])
        return jws.deserialize_compact(signature.encode(), key, algorithms=[_ALGORITHM]).payload
    except (JoseError, ValueError, KeyError, TypeError) as error:
        if isinstance(error, SignatureBroken):
            raise
        raise SignatureBroken("the signature does not fit the manifest") from error


def unproven(signature: str) -> bytes:
    """What the signature claims to sign, unchecked. Raises SignatureBroken."""
    try:
        return jws.extract_compact(signature.encode()).payload
    except (JoseError, ValueError, TypeError) as error:
        raise SignatureBroken("manifest.jws is no signature") from error


def public_keys(card_keys: Sequence[bytes]) -> dict[str, Any]:
    """What a reader of dossiers needs: the key set of today's key and of earlier ones."""
    seeds = [_seed(key) for key in card_keys]
    keys = [{**_public_key(seed), "use": "sig", "alg": _ALGORITHM, "kid": _key_id(_public(seed))} for seed in seeds]
    return {"format": "JWS over manifest.json of a dossier", "keys": keys}


def key_id(card_key: bytes) -> str:
    """The name of the key that signs today."""
    return _key_id(_public(_seed(card_key)))


def _seed(card_key: bytes) -> bytes:
    return HKDF(SHA256(), 32, salt=None, info=b"careline: dossier signatures").derive(card_key)


def _public(seed: bytes) -> bytes:
    return Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)


def _public_key(seed: bytes) -> dict[str, str]:
    return {"kty": "OKP", "crv": "Ed25519", "x": _encoded(_public(seed))}


def _key_id(public: bytes) -> str:
    return _encoded(hashlib.sha256(public).digest()[:8])


def _encoded(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")
