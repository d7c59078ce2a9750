"""Fetches what a person sent: from Twilio's own hosts only, signed in, with a size cap; then deletes it there."""

from __future__ import annotations

from contextlib import suppress
from typing import Protocol
from urllib.parse import urljoin, urlsplit

import requests

from backend.integrations.messaging import VendorError
from backend.settings import Settings

MAX_BYTES = 16_000_000
"""WhatsApp's own limit for media."""

_SIGNED_IN = frozenset({"api.twilio.com"})
_HOSTS = _SIGNED_IN | {"media.twiliocdn.com", "mms.twiliocdn.com", "s3-external-1.amazonaws.com"}
_REHEARSAL_HOSTS = frozenset({"127.0.0.1", "localhost"})
_TIMEOUT_SECONDS = 8.0
_MAX_HOPS = 3


class MediaSource(Protocol):
    """Whoever holds the files of inbound messages."""

    def fetch(self, url: str) -> bytes:
        """The file; raises VendorError (``media_refused``, ``media_too_large``, ``media_unreachable``)."""
        ...

    def forget(self, url: str) -> None:
        """Delete the vendor's copy; never raises, the vendor's own retention is the second wall."""
        ...


class TwilioMedia:
    """A MediaSource. An address outside the list is refused before anything is sent to it."""

    def __init__(self, settings: Settings) -> None:
        self._rehearsal = settings.rehearsal
        self._account = (
            settings.twilio_api_key_sid or settings.twilio_account_sid,
            settings.twilio_api_key_secret or settings.twilio_auth_token,
        )

    def fetch(self, url: str) -> bytes:
        """The file; redirects are followed within the list only, and only Twilio's API sees our sign-in."""
        for _ in range(_MAX_HOPS):
            self._check(url)
            try:
                with requests.get(
                    url, auth=self._auth(url), timeout=_TIMEOUT_SECONDS, stream=True, allow_redirects=False
                ) as answer:
                    if answer.is_redirect:
                        url = urljoin(url, answer.headers["Location"])
                        continue
                    return self._read(answer)
            except requests.RequestException as error:
                raise VendorError("media_unreachable", permanent=False) from error
        raise VendorError("media_refused", permanent=True)

    def forget(self, url: str) -> None:
        """Delete the copy at Twilio."""
        if urlsplit(url).hostname in _SIGNED_IN:
            with suppress(requests.RequestException):
                requests.delete(url, auth=self._auth(url), timeout=_TIMEOUT_SECONDS, allow_redirects=False)

    def _check(self, url: str) -> None:
        parts = urlsplit(url)
        ours = parts.scheme == "https" and parts.hostname in _HOSTS
        rehearsed = self._rehearsal and parts.hostname in _REHEARSAL_HOSTS
        if not (ours or rehearsed):
            raise VendorError("media_refused", permanent=True)

    def _auth(self, url: str) -> tuple[str, str] | None:
        return self._account if urlsplit(url).hostname in _SIGNED_IN else None

    @staticmethod
    def _read(answer: requests.Response) -> bytes:
        if answer.status_code >= 400:
            raise VendorError("media_unreachable", permanent=answer.status_code in {403, 404, 410})
        data = bytearray()
        for chunk in answer.iter_content(65_536):
            data += chunk
            if len(data) > MAX_BYTES:
                raise VendorError("media_too_large", permanent=True)
        return bytes(data)
