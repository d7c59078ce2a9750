"""The twin of every sender for demo and tests: keeps what would have been sent, in a table that the API,
the worker and the tests share."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict

from sqlalchemy import text

from backend import database
from backend.integrations.mail import MailMessage
from backend.integrations.messaging import Choices, OutgoingMessage, SendResult
from backend.integrations.push import PushMessage
from backend.integrations.telephony import OutgoingCall
from backend.kit import clock, ids

_KEEP = text(
    "INSERT INTO rehearsal_message (id, created_at, channel, address, client, template, text, media, choices) "
    "VALUES (:id, :created_at, :channel, :address, :client, :template, :text, :media, :choices)"
)


class Recorder:
    """MessageSender, PushSender, MailSender and Telephony that send nothing and call nobody."""

    def send(self, message: OutgoingMessage) -> SendResult:
        """Keep an SMS or WhatsApp message."""
        return _keep(
            message.channel,
            message.to,
            message.client,
            message.text,
            template=message.template,
            media=message.media_urls,
            choices=message.choices,
        )

    def make_content(self, choices: Choices, name: str) -> str:
        """A name for the content, as the vendor would give it."""
        return f"rehearsal-{name}"

    def push(self, message: PushMessage) -> SendResult:
        """Keep a push."""
        return _keep("push", message.device, message.client, f"{message.title}\n{message.text}")

    def mail(self, message: MailMessage) -> SendResult:
        """Keep a mail."""
        return _keep("mail", message.to, message.client, f"{message.subject}\n\n{message.text}")

    def call(self, call: OutgoingCall) -> SendResult:
        """Keep a call; its text is where the one who picks up is told what to hear."""
        return _keep("call", call.to, call.client, call.url)

    def forget_recording(self, recording_sid: str) -> None:
        """There is no vendor's copy."""

    def forget_queue(self, queue_sid: str) -> None:
        """There is no vendor's queue."""


def _keep(
    channel: str,
    address: str,
    client: str,
    words: str,
    *,
    template: str | None = None,
    media: Sequence[str] = (),
    choices: Choices | None = None,
) -> SendResult:
    row_id = ids.new_id()
    row = {
        "id": row_id,
        "created_at": clock.now(),
        "channel": channel,
        "address": address,
        "client": client,
        "template": template,
        "text": words,
        "media": json.dumps(list(media)),
        "choices": json.dumps(asdict(choices)) if choices else None,
    }
    with database.current().engine.begin() as connection:
        connection.execute(_KEEP, row)
    return SendResult(f"rehearsal-{row_id}", "sent")
