"""Errors that are part of the product: a status, a stable reason, and words in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from backend.kit.refusal import Refusal


class CareError(Exception):
    """Base of every refusal the API makes on purpose.

    ``reason`` is what programs switch on; ``figures`` fill the placeholders of the message and come
    back under ``errors``. ``keeps_changes`` commits what the request wrote although it is refused
    (a failed sign-in must count).
    """

    code = 500
    status = "Internal Server Error"
    reason = "internal"

    def __init__(
        self,
        reason: str | None = None,
        figures: Mapping[str, Any] | None = None,
        *,
        keeps_changes: bool = False,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(reason or self.reason)
        self.reason = reason or self.reason
        self.figures = dict(figures or {})
        self.keeps_changes = keeps_changes
        self.headers = dict(headers or {})


class BadRequest(CareError):
    """The request cannot be read at all."""

    code, status, reason = 400, "Bad Request", "request.unreadable"


class Unauthorized(CareError):
    """Nobody is signed in, or the sign-in has ended."""

    code, status, reason = 401, "Unauthorized", "access.sign_in_needed"


class Forbidden(CareError):
    """Signed in, but this role may not do that."""

    code, status, reason = 403, "Forbidden", "access.forbidden"


class NotFound(CareError):
    """Not there, or somebody else's: the answer is the same."""

    code, status, reason = 404, "Not Found", "not_found"


class Conflict(CareError):
    """The state of the thing does not allow it, or another request was first."""

    code, status, reason = 409, "Conflict", "conflict"


class RuleRefused(Conflict):
    """A rule of the plan, the contract or the regulator says no."""

    status = "RuleRefused"

    @classmethod
    def of(cls, refusal: Refusal) -> RuleRefused:
        """The error for what a pure rule answered."""
        return cls(refusal.reason, refusal.figures)


class TooLarge(CareError):
    """More bytes, pixels or pages than are accepted."""

    code, status, reason = 413, "Content Too Large", "request.too_large"


class InvalidShape(CareError):
    """The request can be read but does not have the shape the API documents."""

    code, status, reason = 422, "Unprocessable Entity", "request.invalid"


class TooManyRequests(CareError):
    """Slow down; ``Retry-After`` says for how many seconds."""

    code, status, reason = 429, "Too Many Requests", "request.too_many"

    def __init__(self, reason: str | None = None, *, retry_after_seconds: int, keeps_changes: bool = False) -> None:
        super().__init__(
            reason,
            {"retry_after_seconds": retry_after_seconds},
            keeps_changes=keeps_changes,
            headers={"Retry-After": str(retry_after_seconds)},
        )


class VendorUnavailable(CareError):
    """An outside system did not answer; what was asked is kept where it can be."""

    code, status, reason = 503, "Service Unavailable", "vendor.unavailable"
