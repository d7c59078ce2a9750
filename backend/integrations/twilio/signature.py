"""Does this webhook really come from Twilio?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from twilio.request_validator import RequestValidator


def webhook_url(public_url: str, path: str, query: str) -> str:
    """The address Twilio signed: ours as configured, never the Host header somebody sent."""
    return f"{public_url}{path}?{query}" if query else f"{public_url}{path}"


def genuine(token: str, url: str, parameters: Mapping[str, str | Sequence[str]] | str, signature: str) -> bool:
    """True when ``signature`` fits; ``parameters`` are the form fields, or the raw text of a JSON body.

    An empty token never fits: a route without a secret has to refuse everything.
    """
    return bool(token and signature) and RequestValidator(token).validate(url, parameters, signature)


def sign(token: str, url: str, parameters: Mapping[str, str | Sequence[str]]) -> str:
    """The signature Twilio would send; for the simulator and the tests."""
    return str(RequestValidator(token).compute_signature(url, parameters))
