"""Mail as the domains see it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from backend.integrations.messaging import SendResult


@dataclass(frozen=True, slots=True)
class MailMessage:
    """A plain-text mail; ``sender_name`` is the client's brand.

    ``sender`` is the client's own address, '' for the platform's; ``reply_to`` is where answers go, '' to the sender.
    """

    client: str
    sender_name: str
    to: str
    subject: str
    text: str
    reference: str
    sender: str = ""
    reply_to: str = ""


class MailSender(Protocol):
    """Whoever carries mail."""

    def mail(self, message: MailMessage) -> SendResult:
        """Hand one mail over; raises VendorError or SendUncertain."""
        ...
