"""The papers of a complaint: those on its claim and those sent in the thread, with the originals that may go along."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from uuid import UUID

import yaml

from backend.access import Scope
from backend.claims import queries as claims
from backend.complaints.dossier.chain import sha256
from backend.complaints.dossier.entries import Entry
from backend.complaints.dossier.rules import View
from backend.complaints.dossier.story import Story
from backend.conversations.models import Message
from backend.documents import queries as documents
from backend.documents.models import Document, DocumentState
from backend.documents.vault import Vault, original_name
from backend.integrations.storage import ObjectMissing

FOLDER = "originals"
_ENDINGS = {"jpeg": "jpg"}
_MOST_BYTES = 200_000_000
"""Of originals in one dossier; what comes after is listed and left out."""
_ABOUT_NO_ILLNESS = Path(__file__).with_name("plain_papers.yml")


@dataclass(frozen=True, slots=True)
class Paper:
    """A document, what it stands for, and its name in the ZIP; ``left_out`` says why it is only listed."""

    document: Document
    requirement: str | None
    name: str
    illness: bool
    left_out: str | None


@cache
def plain_papers() -> frozenset[str]:
    """Requirement codes of papers that name no illness."""
    return frozenset(yaml.safe_load(_ABOUT_NO_ILLNESS.read_text(encoding="utf-8")))


def papers_of(scope: Scope, story: Story, messages: Sequence[Message], view: View) -> list[Paper]:
    """Every paper in the order it came in, each once, with what this reader gets of it.

    A photo from the thread that stands for nothing may name an illness like any other.
    """
    on_claim = claims.attached_to(scope, story.complaint.claim_id) if story.complaint.claim_id else []
    requirement = {each.document_id: each.requirement for each in reversed(on_claim)}
    in_thread = [UUID(item["document_id"]) for row in messages for item in row.media if "document_id" in item]
    found = documents.documents(scope, list(dict.fromkeys([*requirement, *in_thread])))
    listed: list[Paper] = []
    room = _MOST_BYTES
    for number, document in enumerate(sorted(found, key=lambda one: (one.created_at, one.id)), start=1):
        code = requirement.get(document.id)
        illness = code not in plain_papers()
        left_out = _left_out(document, view, illness=illness, room=room)
        room -= 0 if left_out else document.bytes
        name = f"{FOLDER}/{number:02}-{code or 'photo'}.{_ENDINGS.get(document.kind, document.kind)}"
        listed.append(Paper(document, code, name, illness, left_out))
    return listed


def _left_out(document: Document, view: View, *, illness: bool, room: int) -> str | None:
    if document.state != DocumentState.READY:
        return "not_safe"
    if illness and not view.illness:
        return "medical"
    return "too_large" if document.bytes > room else None


def originals(vault: Vault, client_id: UUID, papers: Sequence[Paper]) -> dict[str, bytes]:
    """What goes along, by its name in the ZIP, byte for byte as it was sent; a lost file is missing here."""
    found: dict[str, bytes] = {}
    for paper in papers:
        if paper.left_out is None:
            with suppress(ObjectMissing):
                found[paper.name] = vault.get(original_name(client_id, paper.document.fingerprint))
    return found


def listed(papers: Sequence[Paper], files: Mapping[str, bytes]) -> list[Entry]:
    """An entry for each paper, with the digest of the original that goes along."""
    return [
        Entry(
            "document",
            paper.document.id,
            paper.document.created_at,
            facts={
                "name": paper.name,
                "requirement": paper.requirement,
                "kind": paper.document.kind,
                "pages": paper.document.pages,
                "bytes": paper.document.bytes,
                "channel": paper.document.channel,
                "left_out": paper.left_out or (None if paper.name in files else "lost"),
                "sha256": sha256(files[paper.name]) if paper.name in files else None,
            },
        )
        for paper in papers
    ]
