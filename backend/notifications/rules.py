"""Which channels, in which order, at what hour; and what a vendor's status may change: pure answers."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo
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


_RANK = {
    AttemptState.QUEUED: 0,
    AttemptState.SENDING: 1,
    AttemptState.SEND_UNCERTAIN: 2,
    AttemptState.SENT: 3,
    AttemptState.SKIPPED: 4,
    AttemptState.UNDELIVERED: 4,
    AttemptState.FAILED: 4,
    AttemptState.DELIVERED: 5,
    AttemptState.READ: 6,
}
LOST = frozenset([AttemptState.SKIPPED, AttemptState.UNDELIVERED, AttemptState.FAILED])
"""States after which the next channel is tried."""

MAX_TRIES = 4


@dataclass(frozen=True, slots=True)
class Reach:
    """What is known about reaching somebody: what works, what they want, what they refused."""

    possible: Collection[Channel]
    preferred: Sequence[Channel] = ()
    consented: Collection[Channel] = ()
    opted_out: Collection[Channel] = ()
    unwanted: Collection[Channel] = ()
    """Channels they do not want for the topic of this event."""


@dataclass(frozen=True, slots=True)
class QuietHours:
    """From ``start`` until ``end`` on the member's own clock nothing rings; they may pass midnight."""

    start: time
    end: time

    def contain(self, moment: time) -> bool:
        """Whether it is quiet at ``moment``."""
        if self.start <= self.end:
            return self.start <= moment < self.end
        return moment >= self.start or moment < self.end


DEFAULT_QUIET = QuietHours(time(21), time(7))

NEEDS_CONSENT = frozenset([Channel.WHATSAPP])
"""Meta's rule: a business writes first only to people who agreed to it."""


def channels_for(usual: Sequence[Channel], reach: Reach) -> list[Channel]:
    """The channels of an event in the order they are tried.

    The member's own order comes first, the event's other channels follow as fallback; never one that
    cannot work, was opted out of, is unwanted for the topic, or needs a consent that is not there.
    """
    wanted = [channel for channel in reach.preferred if channel in usual]
    ordered = wanted + [channel for channel in usual if channel not in wanted]
    return [
        channel
        for channel in ordered
        if channel in reach.possible
        and channel not in reach.opted_out
        and channel not in reach.unwanted
        and (channel not in NEEDS_CONSENT or channel in reach.consented)
    ]


def send_at(now: datetime, zone: tzinfo, quiet: QuietHours | None, *, urgent: bool) -> datetime:
    """The instant to send: ``now``, or the end of the quiet hours in ``zone``; urgent events never wait."""
    local = now.astimezone(zone)
    if urgent or quiet is None or not quiet.contain(local.timetz().replace(tzinfo=None)):
        return now
    end = local.replace(hour=quiet.end.hour, minute=quiet.end.minute, second=0, microsecond=0)
    return (end if end > local else end + timedelta(days=1)).astimezone(now.tzinfo)


def advances(old: AttemptState, new: AttemptState) -> bool:
    """Whether a status that arrives may replace the known one: callbacks come late and out of order."""
    return _RANK[new] > _RANK[old]


def retry_after_seconds(tries: int) -> int | None:
    """How long to wait after ``tries`` tries with a passing trouble (20 s, 60 s, 180 s); None to give up."""
    return 20 * 3 ** (tries - 1) if tries < MAX_TRIES else None


def session_open(last_inbound: datetime | None, now: datetime) -> bool:
    """WhatsApp allows free text for 24 hours after the person last wrote."""
    return last_inbound is not None and now - last_inbound < timedelta(hours=24)
