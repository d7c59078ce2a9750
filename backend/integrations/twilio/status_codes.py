"""Twilio's error codes and statuses in our words.

Codes: https://www.twilio.com/docs/api/errors. A code that is not listed is judged by the HTTP status.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Meaning:
    """``cause`` is our word; ``permanent`` says that this very attempt can never work."""

    cause: str
    permanent: bool = True


MEANINGS = {
    "11200": Meaning("webhook_unreachable"),
    "20003": Meaning("credentials_refused", permanent=False),
    "20429": Meaning("too_fast", permanent=False),
    "21211": Meaning("invalid_address"),
    "21408": Meaning("region_not_allowed"),
    "21606": Meaning("sender_not_ready"),
    "21608": Meaning("address_not_verified"),
    "21610": Meaning("opted_out"),
    "21612": Meaning("unreachable"),
    "21614": Meaning("not_a_mobile"),
    "21617": Meaning("too_long"),
    "30001": Meaning("queue_full", permanent=False),
    "30002": Meaning("account_suspended", permanent=False),
    "30003": Meaning("unreachable"),
    "30004": Meaning("blocked"),
    "30005": Meaning("unknown_number"),
    "30006": Meaning("not_a_mobile"),
    "30007": Meaning("filtered"),
    "30008": Meaning("unknown"),
    "63003": Meaning("invalid_address"),
    "63007": Meaning("sender_not_ready"),
    "63013": Meaning("template_refused"),
    "63014": Meaning("opted_out"),
    "63016": Meaning("outside_session"),
    "63017": Meaning("too_fast", permanent=False),
    "63018": Meaning("too_fast", permanent=False),
    "63019": Meaning("media_failed"),
    "63021": Meaning("template_refused"),
    "63024": Meaning("invalid_address"),
    "63032": Meaning("limited_by_channel"),
    "63033": Meaning("blocked"),
}

STATES = {
    "accepted": "sent",
    "scheduled": "sent",
    "queued": "sent",
    "sending": "sent",
    "sent": "sent",
    "delivered": "delivered",
    "partially_delivered": "delivered",
    "read": "read",
    "undelivered": "undelivered",
    "failed": "failed",
    "canceled": "failed",
}
"""Twilio's message status → the state of an attempt."""


def meaning(code: str | None, http_status: int = 400) -> Meaning:
    """What ``code`` means; unknown codes are permanent unless the server itself had trouble."""
    known = MEANINGS.get(code or "")
    return known or Meaning("refused", permanent=http_status < 500 and http_status != 429)
