"""SMS and WhatsApp as the domains see them: what goes out, what came of it, how it can fail."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to tap; ``id`` comes back when it is tapped."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be tapped under a WhatsApp text: buttons, or with ``opener`` a list behind a button of that name.

    ``body`` is the text with ``{{1}}``, ``{{2}}`` … where a message fills something in, so that nothing
    personal lies with the vendor.
    """

    body: str
    language: str
    items: tuple[Choice, ...]
    opener: str = ""


@dataclass(frozen=True, slots=True)
class OutgoingMessage:
    """One text to one person.

    ``channel`` is ``sms`` or ``whatsapp``; ``sender`` and ``to`` are E.164 (an SMS sender may be a name).
    ``client`` is the slug of the client whose brand speaks. ``reference`` (``attempt:<id>``,
    ``message:<id>``) comes back with every status callback. Outside WhatsApp's 24 hours ``template``
    (the vendor's approved content) and ``variables`` replace text and media; ``text`` is then what they
    amount to, for the record. ``media_urls`` are short-lived links the vendor fetches. ``choices`` are what
    ``template`` lets people tap, when it does.
    """

    channel: str
    client: str
    sender: str
    to: str
    text: str
    reference: str
    template: str | None = None
    variables: Mapping[str, str] = field(default_factory=dict)
    media_urls: tuple[str, ...] = ()
    choices: Choices | None = None


@dataclass(frozen=True, slots=True)
class SendResult:
    """The vendor took it and calls it ``vendor_id``; ``status`` is its first word about it."""

    vendor_id: str
    status: str = "queued"


class VendorError(Exception):
    """The vendor refused, or did not answer in time.

    ``permanent`` means the same attempt can never work; ``cause`` is our word for the reason
    (``opted_out``, ``outside_session``, ``unreachable`` …), ``code`` the vendor's own.
    """

    def __init__(self, cause: str, *, permanent: bool, code: str | None = None) -> None:
        super().__init__(f"{cause} ({code})" if code else cause)
        self.cause = cause
        self.permanent = permanent
        self.code = code


class SendUncertain(VendorError):
    """The connection broke after the request left: it may have been sent, so it is never sent blindly again."""

    def __init__(self, cause: str = "no_answer") -> None:
        super().__init__(cause, permanent=True)


class MessageSender(Protocol):
    """Whoever carries SMS and WhatsApp."""

    def send(self, message: OutgoingMessage) -> SendResult:
        """Hand one message over; raises VendorError or SendUncertain."""
        ...

    def make_content(self, choices: Choices, name: str) -> str:
        """Lay choices down with the vendor; returns the id that ``template`` of a message names; raises VendorError."""
        ...
