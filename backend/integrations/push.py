"""Push notifications as the domains see them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from backend.integrations.messaging import SendResult, VendorError


@dataclass(frozen=True, slots=True)
class PushMessage:
    """A doorbell on one device: ``title`` and ``text`` stand on a lock screen, so they carry no health detail.

    ``kind`` is ``fid`` or ``token``, the two names FCM has for an installation; ``link`` is the page where a tap leads,
    ``data`` names the client and the whole address beside it, so that another client's app does not open the page.
    """

    client: str
    kind: str
    device: str
    title: str
    text: str
    reference: str
    link: str = "/"
    urgent: bool = False
    data: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class BrowserSubscription:
    """What a browser's push service gave it: where to send, and the keys of the page that may read."""

    endpoint: str
    p256dh: str
    auth: str


class DeviceGone(VendorError):
    """The app was removed or the registration belongs to somebody else: forget this device."""

    def __init__(self, code: str) -> None:
        super().__init__("device_gone", permanent=True, code=code)


class PushSender(Protocol):
    """Whoever reaches phones and browsers."""

    def push(self, message: PushMessage) -> SendResult:
        """Hand one push over; raises VendorError, DeviceGone or SendUncertain."""
        ...


class WebPush(Protocol):
    """Whoever takes browsers on: a browser's subscription becomes a device like a phone."""

    def public_key(self, client: str) -> str | None:
        """The key that the client's app subscribes with; None where there is no push in browsers."""
        ...

    def register(self, client: str, subscription: BrowserSubscription) -> str:
        """The vendor's name of the browser; raises VendorError."""
        ...


class NoWebPush:
    """A WebPush where nothing rings: the app shows its inbox and offers nothing."""

    def public_key(self, client: str) -> str | None:
        """There is none."""
        return None

    def register(self, client: str, subscription: BrowserSubscription) -> str:
        """Raises VendorError: nobody was offered this."""
        raise VendorError("not_configured", permanent=True)
