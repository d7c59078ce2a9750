"""What can be tapped on WhatsApp: which replies fit its buttons and lists, and the vendor's content for them.

Limits (Twilio's content types, in session): three buttons of 20 characters, or ten items of 24 behind a button of
20; ids of 200; a text of 1,024; a gap neither begins nor ends the text, stands beside another or stays empty.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import timedelta
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert

from backend.access import Scope, working_for
from backend.branding.loader import Brand
from backend.conversations import queries
from backend.conversations.models import Message, MessageContent
from backend.conversations.speech import pattern
from backend.helpline.catalogue import Reply, word
from backend.integrations.messaging import Choice, Choices, MessageSender, OutgoingMessage, VendorError
from backend.kit import clock
from backend.observability import log

_MOST_BUTTONS, _LONGEST_BUTTON = 3, 20
_MOST_ITEMS, _LONGEST_ITEM = 10, 24
_LONGEST_ID = 200
_LONGEST_TEXT = 1024
_GAP = re.compile(r"\{\{\d+\}\}")
_GAP_AT_THE_EDGE = re.compile(r"^\{\{|\}\}$|\}\}\s*\{\{")
_TRY_AGAIN_AFTER = timedelta(minutes=30)
_REFUSED = frozenset(["template_refused", "refused"])


def tappable(brand: Brand, row: Message) -> tuple[Choices, Mapping[str, str]] | None:
    """The choices of a message with what fills the gaps of its text, or None when numbers have to do."""
    if not row.buttons or not row.reply or row.media:
        return None
    body, values = pattern(brand, Reply(row.reply, row.args), row.language)
    if not _fits_text(body, values):
        return None
    items = tuple(Choice(button["payload"], button["label"]) for button in row.buttons)
    opener = "" if _fits(items, _MOST_BUTTONS, _LONGEST_BUTTON) else word("choose", row.language) or ""
    if opener and not _fits(items, _MOST_ITEMS, _LONGEST_ITEM):
        return None
    filled = {str(number): value for number, value in enumerate(values, start=1)}
    return Choices(body, row.language, items, opener), filled


def _fits_text(body: str, values: tuple[str, ...]) -> bool:
    whole = len(_GAP.sub("", body)) + sum(map(len, values))
    plain = all(value.strip() and "\n" not in value for value in values)
    return bool(body) and plain and whole <= _LONGEST_TEXT and not _GAP_AT_THE_EDGE.search(body)


def _fits(items: tuple[Choice, ...], most: int, longest: int) -> bool:
    labels = {item.label for item in items}
    return (
        len(labels) == len(items) <= most
        and all(len(label) <= longest for label in labels)
        and all(len(item.id) <= _LONGEST_ID for item in items)
    )


def numbered(text: str, items: tuple[Choice, ...]) -> str:
    """The text with its choices as numbers."""
    return "\n".join([text, *(f"{number}. {item.label}" for number, item in enumerate(items, start=1))])


def as_text(message: OutgoingMessage) -> OutgoingMessage:
    """The same message for a vendor without the content."""
    items = message.choices.items if message.choices else ()
    return replace(message, text=numbered(message.text, items), template=None, variables={}, choices=None)


def with_content(client_id: UUID, vendor: MessageSender, message: OutgoingMessage) -> OutgoingMessage:
    """The message with the vendor's content for its choices, or as text when there is none."""
    if message.choices is None:
        return message
    sid = _sid(client_id, vendor, message.choices)
    return replace(message, template=sid) if sid else as_text(message)


def refused(client_id: UUID, message: OutgoingMessage, error: VendorError) -> bool:
    """Whether the vendor refused the content and not the message; it is then not used for a while."""
    if message.choices is None or error.cause not in _REFUSED:
        return False
    with working_for(client_id, channel="helpline") as scope:
        _keep(scope, message.choices, None)
    return True


def distrust(scope: Scope, brand: Brand, row: Message) -> None:
    """The vendor took a message with these choices and could not deliver them: numbers for a while."""
    made = tappable(brand, row)
    if made is not None:
        _keep(scope, made[0], None)


def _sid(client_id: UUID, vendor: MessageSender, choices: Choices) -> str | None:
    digest = _digest(choices)
    with working_for(client_id, channel="helpline") as scope:
        known = queries.content(scope, choices.language, digest)
        if known is not None and (known.content_sid or clock.now() - known.tried_at < _TRY_AGAIN_AFTER):
            return known.content_sid
    try:
        made = vendor.make_content(choices, f"careline-{choices.language}-{digest[:16]}")
    except VendorError as error:
        log.warning("content_not_made", cause=error.cause, code=error.code)
        made = None
    with working_for(client_id, channel="helpline") as scope:
        return _keep(scope, choices, made)


def _keep(scope: Scope, choices: Choices, made: str | None) -> str | None:
    """Of two workers that made the same content at once, the later one's counts; both work."""
    values = {"content_sid": made, "tried_at": clock.now()}
    names = {"client_id": scope.client_id, "language": choices.language, "digest": _digest(choices)}
    scope.session.execute(
        insert(MessageContent)
        .values(**names, **values)
        .on_conflict_do_update(index_elements=["client_id", "language", "digest"], set_=values)
    )
    return made


def _digest(choices: Choices) -> str:
    return hashlib.sha256(json.dumps(asdict(choices), sort_keys=True).encode()).hexdigest()
