"""Photographed receipts and other files, made once per test process."""

from __future__ import annotations

from functools import cache

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from backend.devstack.receipts import Conditions, Receipt, receipt_photo

SMALL = (600, 800)
"""Large enough to be judged and shown, small enough to be made in a moment; reading wants the real size."""


@cache
def photo(
    seed: int = 1,
    country: str = "ID",
    file_format: str = "jpeg",
    conditions: Conditions = Conditions(),  # noqa: B008 - frozen
    size: tuple[int, int] = SMALL,
) -> tuple[bytes, Receipt]:
    """A receipt's file and the truth about it."""
    return receipt_photo(seed, country, file_format, conditions=conditions, size=size)


def upload(
    http: FlaskClient, headers: dict[str, str], data: bytes, *, key: str = "", field: str = "file"
) -> TestResponse:
    """Send one file as a phone does, under a name and a type that nobody should believe."""
    headers = {**headers, "Idempotency-Key": key} if key else headers
    head = (
        f'--b\r\nContent-Disposition: form-data; name="{field}"; filename="IMG.exe"\r\nContent-Type: text/html\r\n\r\n'
    )
    body = head.encode() + data + b"\r\n--b--\r\n"
    return http.post("/api/v1/documents", headers=headers, data=body, content_type="multipart/form-data; boundary=b")
