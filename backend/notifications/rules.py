"""Which channels, in which order, at what hour; and what a vendor's status may change: pure answers."""

from __future__ import annotations

from enum import StrEnum


class Channel(StrEnum):
    """The ways out of the house."""

    PUSH = "push"
    WHATSAPP = "whatsapp"
    SMS = "sms"
    MAIL = "mail"


class AttemptState(StrEnum):
    """The life of one attempt; ``send_uncertain`` means nobody knows whether the vendor took it."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    DELIVERED = "delivered"
    READ = "read"
    SEND_UNCERTAIN = "send_uncertain"
    UNDELIVERED = "undelivered"
    FAILED = "failed"
    SKIPPED = "skipped"
