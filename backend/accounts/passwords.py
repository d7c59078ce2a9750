"""Passwords and authenticator codes of staff: argon2id by argon2-cffi, TOTP (RFC 6238) by pyotp."""

from __future__ import annotations

from functools import cache
from hmac import compare_digest

import pyotp
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from backend.kit import clock, ids

MIN_LENGTH = 12
_STEP_SECONDS = 30
# OWASP's second profile: 19 MiB and two passes, about 20 ms, so that a flood cannot fill the memory.
_hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)


def hashed(password: str) -> str:
    """The hash to keep."""
    return _hasher.hash(password)


def is_right(password: str, kept: str | None) -> bool:
    """Whether the password fits; takes as long when there is no such person (``kept`` None)."""
    try:
        _hasher.verify(kept or _of_nobody(), password)
    except (VerifyMismatchError, InvalidHashError):
        return False
    return kept is not None


@cache
def _of_nobody() -> str:
    return _hasher.hash(ids.new_secret())


def new_totp_secret() -> str:
    """A secret for an authenticator app, in base32."""
    return pyotp.random_base32()


def totp_uri(secret: str, email: str, issuer: str) -> str:
    """The ``otpauth://`` text of the QR code to scan."""
    return pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name=issuer)


def totp_step(secret: str, code: str, last_step: int | None) -> int | None:
    """The time step ``code`` belongs to: now or the one before or after, and later than ``last_step``; else None."""
    now_step = int(clock.now().timestamp()) // _STEP_SECONDS
    generator = pyotp.TOTP(secret)
    for step in (now_step - 1, now_step, now_step + 1):
        fresh = last_step is None or step > last_step
        if fresh and compare_digest(generator.generate_otp(step).encode(), code.encode()):
            return step
    return None
