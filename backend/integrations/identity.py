"""Somebody else vouches for a person: the Protocol of an identity provider."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


class IdentityRefused(Exception):
    """The proof is forged, expired, meant for somebody else, or nobody checks such proofs here."""


@dataclass(frozen=True, slots=True)
class ProvenIdentity:
    """What the provider vouches for; ``phone`` (E.164) only if it was verified there."""

    subject: str
    phone: str | None


class IdentityProvider(Protocol):
    """Checks proofs, one project per client."""

    def prove(self, client: str, token: str) -> ProvenIdentity:
        """The person behind ``token`` for this client (slug); raises IdentityRefused, VendorError."""
        ...


class NoIdentityProvider:
    """Where no provider is configured, no proof is good."""

    def prove(self, client: str, token: str) -> ProvenIdentity:
        """Always raises IdentityRefused."""
        raise IdentityRefused("no identity provider is configured")
