"""Calls through Twilio's REST API: placed, and what should not stay there deleted."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import requests
from twilio.base.exceptions import TwilioRestException
from twilio.rest import Client

from backend.integrations.connections import never_left
from backend.integrations.messaging import SendResult, SendUncertain, VendorError
from backend.integrations.telephony import OutgoingCall
from backend.integrations.twilio.status_codes import meaning

_GONE = 404


class TwilioVoice:
    """A Telephony. Twilio has no idempotency key, so a call whose answer never came stays uncertain."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def call(self, call: OutgoingCall) -> SendResult:
        """Place a call; raises VendorError with our cause, SendUncertain on a lost answer."""
        with _in_our_words():
            made = self._client.calls.create(
                to=call.to,
                from_=call.sender,
                url=call.url,
                method="POST",
                status_callback=call.status_url,
                status_callback_method="POST",
                timeout=call.ring_seconds,
            )
        return SendResult(str(made.sid), str(made.status))

    def forget_recording(self, recording_sid: str) -> None:
        """Delete a recording."""
        with _in_our_words(gone_is_fine=True):
            self._client.recordings(recording_sid).delete()

    def forget_queue(self, queue_sid: str) -> None:
        """Delete a queue; Twilio keeps empty ones for ever."""
        with _in_our_words(gone_is_fine=True):
            self._client.queues(queue_sid).delete()


@contextmanager
def _in_our_words(*, gone_is_fine: bool = False) -> Iterator[None]:
    try:
        yield
    except TwilioRestException as error:
        if gone_is_fine and error.status == _GONE:
            return
        code = str(error.code) if error.code else None
        if error.status >= 500 and code in {None, str(error.status)}:
            raise SendUncertain("vendor_trouble") from error
        what = meaning(code, error.status)
        raise VendorError(what.cause, permanent=what.permanent, code=code) from error
    except requests.RequestException as error:
        if never_left(error):
            raise VendorError("no_connection", permanent=False) from error
        raise SendUncertain() from error
