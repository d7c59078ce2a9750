"""Photos and papers of a message: fetched once, stored as documents, put on the claim that is being made."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from backend.access import Actor, Role, Scope, working_for
from backend.conversations import queries
from backend.conversations.talk import open_talk
from backend.documents.service.receive_document import receive
from backend.documents.vault import vault_of
from backend.errors import CareError
from backend.integrations import registry
from backend.integrations.messaging import VendorError
from backend.languages import message as words_of
from backend.observability import log


def take_in(client_id: UUID, message_id: UUID) -> None:
    """Fetch every file of a message that is not stored yet; raises VendorError when a later try may work.

    A file that cannot be used is kept as a refusal with its reason, so that the person hears which and why.
    """
    with working_for(client_id, channel="whatsapp") as scope:
        media = list(queries.message(scope, message_id).media)
    source = registry.current().media
    for position, item in enumerate(media):
        if "url" not in item:
            continue
        try:
            data = source.fetch(item["url"])
        except VendorError as error:
            if not error.permanent:
                raise
            log.warning("media_refused", cause=error.cause, message_id=str(message_id))
            _refuse(client_id, message_id, position, f"conversations.{error.cause}")
            continue
        _store(client_id, message_id, position, data)
        source.forget(item["url"])


def _store(client_id: UUID, message_id: UUID, position: int, data: bytes) -> None:
    with working_for(client_id, channel="whatsapp") as scope:
        row = queries.message(scope, message_id, lock=True)
        talk = open_talk(scope, row.conversation_id, row.channel)
        sender = _as_member(scope, talk.member_id)
        try:
            made = receive(sender, vault_of(registry.current()), data, upload_key=f"{message_id}:{position}")
        except CareError as error:
            refused = {"refused": words_of(error.reason, talk.language, error.figures)}
            row.media = _with(row.media, position, refused)
            return
        row.media = _with(row.media, position, {"document_id": str(made["id"])})


def _as_member(scope: Scope, member_id: UUID | None) -> Scope:
    return scope.as_actor(Actor(Role.MEMBER, member_ids=(member_id,))) if member_id else scope


def _refuse(client_id: UUID, message_id: UUID, position: int, reason: str) -> None:
    with working_for(client_id, channel="whatsapp") as scope:
        row = queries.message(scope, message_id, lock=True)
        language = queries.conversation(scope, row.conversation_id).language
        row.media = _with(row.media, position, {"refused": words_of(reason, language)})


def _with(media: list[Any], position: int, item: Mapping[str, str]) -> list[Any]:
    changed = list(media)
    changed[position] = dict(item)
    return changed
