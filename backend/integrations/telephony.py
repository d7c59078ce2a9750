"""The telephone as the domains see it: calls that we place, and what a vendor should forget."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from backend.integrations.messaging import SendResult


@dataclass(frozen=True, slots=True)
class OutgoingCall:
    """A call to one number; whoever picks up hears what ``url`` says.

    ``sender`` and ``to`` are E.164, ``client`` is the slug of the client in whose name we call. ``status_url`` is told
    what became of it, ``ring_seconds`` is how long it may ring.
    """

    client: str
    sender: str
    to: str
    url: str
    status_url: str
    ring_seconds: int


class Telephony(Protocol):
    """Whoever carries calls."""

    def call(self, call: OutgoingCall) -> SendResult:
        """Place a call; raises VendorError, or SendUncertain when nobody knows whether it rings."""
        ...

    def forget_recording(self, recording_sid: str) -> None:
        """Delete the vendor's copy of a recording; one that is gone is no error. Raises VendorError."""
        ...

    def forget_queue(self, queue_sid: str) -> None:
        """Delete an empty queue; one that is gone is no error. Raises VendorError."""
        ...
