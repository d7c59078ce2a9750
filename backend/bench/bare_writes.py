"""The baselines of what is written: an upload and a signed webhook, each one WSGI function with the least code.

The upload checks the token, parses with python-multipart, hashes, encrypts and makes the file and its name
durable. The webhook checks Twilio's signature, inserts one row as its client and commits. No framework, no
header check of the picture, no row for the document, no job, no answer about its quality.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit
from uuid import uuid4

import orjson
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from python_multipart.multipart import MultipartParser, parse_options_header
from twilio.request_validator import RequestValidator

from backend.bench.bare import claims_of, connection
from backend.bench.stand import environ

_CHUNK = 256 * 1024
_KEY = AESGCM(bytes(32))
_FOLDER = Path(urlsplit(environ("CARELINE_OBJECT_STORE")).path + "-bare")
_FOLDER.mkdir(parents=True, exist_ok=True)
_INSERT = """
INSERT INTO inbound_event (client_id, id, created_at, kind, vendor_key, payload)
VALUES (%s, gen_random_uuid(), now(), 'message', %s, %s) ON CONFLICT DO NOTHING
"""
_NOTHING_TO_SAY = b'<?xml version="1.0" encoding="UTF-8"?><Response></Response>'


def _part(environment: dict[str, Any]) -> bytes:
    _, options = parse_options_header(environment["CONTENT_TYPE"])
    pieces: list[bytes] = []
    parser = MultipartParser(
        options[b"boundary"], {"on_part_data": lambda data, start, end: pieces.append(data[start:end])}
    )
    body = environment["wsgi.input"]
    while chunk := body.read(_CHUNK):
        parser.write(chunk)
    parser.finalize()
    return b"".join(pieces)


def _keep(name: str, data: bytes) -> None:
    draft = _FOLDER / f"{name}.{os.urandom(8).hex()}"
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    os.write(descriptor, data)
    os.fsync(descriptor)
    os.close(descriptor)
    os.replace(draft, _FOLDER / name)
    folder = os.open(_FOLDER, os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)


def _upload(environment: dict[str, Any]) -> bytes:
    claims_of(environment)
    data = _part(environment)
    digest = hashlib.sha256(data).hexdigest()
    nonce = os.urandom(12)
    _keep(digest, nonce + _KEY.encrypt(nonce, data, digest.encode()))
    return orjson.dumps({"id": str(uuid4()), "digest": digest, "bytes": len(data)})


def _webhook(environment: dict[str, Any]) -> bytes | None:
    body = environment["wsgi.input"].read(int(environment["CONTENT_LENGTH"])).decode()
    form = dict(parse_qsl(body, keep_blank_values=True))
    url = environ("CARELINE_PUBLIC_URL") + environment["PATH_INFO"]
    signature = environment.get("HTTP_X_TWILIO_SIGNATURE", "")
    if not RequestValidator(environ("TWILIO_AUTH_TOKEN")).validate(url, form, signature):
        return None
    client = environ("BENCH_CLIENT")
    database = connection()
    database.execute("SELECT app_begin(%s::uuid, NULL)", [client])
    database.execute(_INSERT, [client, form["MessageSid"], orjson.dumps(form).decode()])
    database.commit()
    return _NOTHING_TO_SAY


def app(environment: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
    """``/api/v1/documents`` or ``/twilio/messages``."""
    upload = environment["PATH_INFO"].endswith("/documents")
    body = _upload(environment) if upload else _webhook(environment)
    if body is None:
        start("403 Forbidden", [])
        return [b""]
    kind = "application/json" if upload else "text/xml"
    start("201 Created" if upload else "200 OK", [("Content-Type", kind), ("Content-Length", str(len(body)))])
    return [body]
