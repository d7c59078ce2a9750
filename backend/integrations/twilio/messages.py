"""SMS and WhatsApp through Twilio's Messages resource."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

import requests
from twilio.base.exceptions import TwilioRestException
from twilio.rest import Client
from twilio.rest.content.v1.content import ContentList

from backend.integrations.connections import never_left
from backend.integrations.messaging import Choices, OutgoingMessage, SendResult, SendUncertain, VendorError
from backend.integrations.twilio.status_codes import meaning


def _types(choices: Choices) -> dict[str, Any]:
    if choices.opener:
        items = [{"id": item.id, "item": item.label} for item in choices.items]
        return {"twilio/list-picker": {"body": choices.body, "button": choices.opener, "items": items}}
    actions = [{"type": "QUICK_REPLY", "title": item.label, "id": item.id} for item in choices.items]
    return {"twilio/quick-reply": {"body": choices.body, "actions": actions}}


class TwilioMessages:
    """A MessageSender. Twilio has no idempotency key, so an answer that never came stays uncertain."""

    def __init__(self, client: Client, public_url: str) -> None:
        self._client = client
        self._public_url = public_url

    def send(self, message: OutgoingMessage) -> SendResult:
        """Create the message at Twilio; raises VendorError with our cause, SendUncertain on a lost answer."""
        try:
            made = self._client.messages.create(**self._fields(message))
        except TwilioRestException as error:
            code = str(error.code) if error.code else None
            if error.status >= 500 and code in {None, str(error.status)}:
                # No word from Twilio itself (a gateway spoke): the message may have been taken.
                raise SendUncertain("vendor_trouble") from error
            what = meaning(code, error.status)
            raise VendorError(what.cause, permanent=what.permanent, code=code) from error
        except requests.RequestException as error:
            if never_left(error):
                raise VendorError("no_connection", permanent=False) from error
            raise SendUncertain() from error
        return SendResult(str(made.sid), str(made.status))

    def make_content(self, choices: Choices, name: str) -> str:
        """Create the content at Twilio: quick replies, or a list picker; neither needs WhatsApp's approval."""
        request = ContentList.ContentCreateRequest(
            {"friendly_name": name, "language": choices.language, "variables": {}, "types": _types(choices)}
        )
        try:
            return str(self._client.content.v1.contents.create(request).sid)
        except TwilioRestException as error:
            code = str(error.code) if error.code else None
            raise VendorError("content_refused", permanent=error.status < 500, code=code) from error
        except requests.RequestException as error:
            raise VendorError("no_connection", permanent=False) from error

    def _fields(self, message: OutgoingMessage) -> dict[str, Any]:
        prefix = "whatsapp:" if message.channel == "whatsapp" else ""
        query = urlencode({"client": message.client, "reference": message.reference})
        fields: dict[str, Any] = {
            "to": prefix + message.to,
            "from_": prefix + message.sender,
            "status_callback": f"{self._public_url}/twilio/messages/status?{query}",
        }
        if message.template:
            # With a template, text or media in the request make Twilio refuse it (63016).
            fields["content_sid"] = message.template
            fields["content_variables"] = json.dumps(dict(message.variables))
            return fields
        fields["body"] = message.text
        if message.media_urls:
            fields["media_url"] = list(message.media_urls)
        return fields
