"""Makes a dossier: collects, redacts, ties the entries together, draws the paper, packs the ZIP."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any
from uuid import UUID

from backend.access import Scope
from backend.accounts import queries as accounts
from backend.branding import loader as branding
from backend.branding.loader import Brand
from backend.clients.registry import ClientFacts, client_by_id
from backend.complaints import queries as complaints
from backend.complaints.dossier import archive, matters, papers, queries, rules, signing, speech
from backend.complaints.dossier.chain import chained, head
from backend.complaints.dossier.entries import Entry, Hand, plain
from backend.complaints.dossier.models import Dossier
from backend.complaints.dossier.paper import Cover, draw
from backend.complaints.dossier.papers import Paper
from backend.complaints.dossier.redaction import masked, masked_tail, redacted
from backend.complaints.dossier.rules import Reader, View
from backend.complaints.dossier.sentences import Language
from backend.complaints.dossier.story import Story, story_of
from backend.documents.vault import Vault
from backend.kit import clock
from backend.kit.deadlines import local_date
from backend.kit.money import Money
from backend.members import identity
from backend.members import queries as members
from backend.members.models import Member
from backend.members.rules.consents import Purpose


@dataclass(frozen=True, slots=True)
class Gathered:
    """Everything of a dossier that comes from the database; drawing and packing need no transaction."""

    dossier_id: UUID
    client_id: UUID
    cover: Cover
    view: View
    entries: Sequence[Entry]
    papers: Sequence[Paper]
    names: Mapping[UUID, str]
    region: str
    brand: Brand
    language: Language


@dataclass(frozen=True, slots=True)
class Finished:
    """The two files, and what the row keeps of them."""

    pdf: bytes
    zip: bytes
    made_at: datetime
    entries: int
    head: str


def gather(scope: Scope, dossier_id: UUID) -> Gathered | None:
    """Everything about the complaint for one dossier's reader; None when it was made or forgotten."""
    row = queries.dossier_to_make(scope, dossier_id)
    if row is None:
        return None
    complaint = complaints.complaint(scope, row.complaint_id)
    story, client = story_of(scope, complaint, row.told_by_id), client_by_id(scope.client_id)
    consent = members.standing_consent(scope, complaint.member_id, Purpose.MEDICAL_DISCLOSURE.value)
    view = rules.view_of(Reader(row.reader), medical_consent=consent is not None)
    said = queries.messages_since(scope, story.conversation_id, story.begins) if story.conversation_id else []
    carried = papers.papers_of(scope, story, said, view)
    names = {paper.document.id: paper.name for paper in carried}
    entries = [
        *matters.steps(scope, story),
        *matters.claim(scope, story),
        *matters.letters(scope, story),
        *matters.notices(scope, story, row.language),
        *speech.messages(scope, said, names),
        *speech.calls(scope, story),
        *speech.cases(scope, story, view),
    ]
    if consent is not None and view.doctors_notes:
        facts = {"wording": consent.wording, "language": consent.language}
        entries.append(Entry("consent", consent.id, consent.given_at, facts=facts, by=Hand("member")))
    staff = {entry.by.staff_id for entry in entries if entry.by and entry.by.staff_id}
    return Gathered(
        row.id,
        scope.client_id,
        _cover(scope, row, story, client),
        view,
        entries,
        carried,
        accounts.display_names(scope, staff),
        client.country,
        branding.brand_for(client),
        Language(row.language, client.timezone),
    )


def finish(gathered: Gathered, vault: Vault, card_key: bytes, issuer: str) -> Finished:
    """Draw and pack. ``card_key`` is the seed of the e-cards, ``issuer`` our public address."""
    files = papers.originals(vault, gathered.client_id, gathered.papers)
    everything = sorted([*gathered.entries, *papers.listed(gathered.papers, files)], key=lambda one: (one.at, one.id))
    told = redacted(everything, gathered.view, gathered.names, gathered.region)
    links = chained([_first_entry(gathered), *told])
    cover = gathered.cover
    keys = issuer + signing.KEYS_PATH
    drawn = draw(cover, links, gathered.brand, gathered.language, keys=keys, key_id=signing.key_id(card_key))
    outside = archive.Cover(issuer, cover.dossier_id, cover.number, cover.reader, gathered.language.code, cover.made_at)
    packed = archive.pack(outside, links, {**files, archive.PAPER: drawn}, card_key)
    return Finished(drawn, packed, cover.made_at, len(links), head(links))


def _first_entry(gathered: Gathered) -> dict[str, Any]:
    """What the first page says, as the first entry of the chain."""
    cover = gathered.cover
    return {
        "id": f"dossier:{gathered.dossier_id}",
        "kind": "dossier",
        "at": plain(cover.made_at),
        "by": None,
        "internal": False,
        "held_back": False,
        "facts": plain({field.name: getattr(cover, field.name) for field in fields(cover)}),
        "words": {},
    }


def _cover(scope: Scope, row: Dossier, story: Story, client: ClientFacts) -> Cover:
    complaint, made_at = story.complaint, clock.now().replace(microsecond=0)
    person = members.member(scope, complaint.member_id)
    teller = members.member(scope, story.told_by_id)
    return Cover(
        dossier_id=str(row.id),
        reader=row.reader,
        made_at=made_at,
        begins=story.begins,
        number=complaint.number,
        category=complaint.category,
        status=complaint.status,
        channel=complaint.channel,
        received_at=complaint.received_at,
        text=masked(complaint.text, client.country),
        member=person.full_name,
        member_number=person.number,
        birth_date=person.birth_date,
        phone=masked_tail(person.phone) if person.phone else None,
        national_id=_national_id(person),
        told_by=teller.full_name,
        rule_set=complaint.rule_set,
        acknowledge_by=complaint.acknowledge_by,
        acknowledged_at=complaint.acknowledged_at,
        acknowledged_late=local_date(complaint.acknowledged_at or made_at, client.timezone) > complaint.acknowledge_by,
        resolve_by=complaint.resolve_by,
        resolved_at=complaint.resolved_at,
        extended_at=complaint.extended_at,
        reopened_count=complaint.reopened_count,
        amount=Money(complaint.amount_minor or 0, complaint.currency) if complaint.currency else None,
        outcome=complaint.outcome,
        redress=masked(complaint.redress, client.country) if complaint.redress else None,
        is_late=complaint.overdue_at is not None,
    )


def _national_id(person: Member) -> str | None:
    if person.national_id_cipher is None:
        return None
    return masked_tail(identity.unsealed(person.id, person.national_id_cipher))
