"""The person whom a preview shows: made up, the same for every client, answered in the shapes of the real API."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from backend.branding.loader import Brand
from backend.clients.registry import ClientFacts
from backend.kit import clock
from backend.kit.money import Money

NAME = "Sample"
PLAN = "Plan A"
HOSPITAL = "Sample Hospital"
MEMBER_NUMBER = "000000000"
CARD_NUMBER = "000000000000"
CLAIM_NUMBER = "C-0001"
LETTER_NUMBER = "G-0001"
BORN = date(1990, 1, 1)
QR = "SAMPLE"
HELLO = {"id": "Halo", "en": "Hello", "pt": "Olá"}

MEMBER_ID = UUID(int=1)
_NOTE_ID = UUID(int=21)

_WORTH = {"IDR": 15_000, "MZN": 64, "AOA": 900, "JPY": 150, "MYR": 4}
"""What one unit of a sample comes to in a currency, so that amounts look like amounts there."""
_WORDS = {
    "id": {"outpatient": "Rawat jalan", "inpatient": "Rawat inap", "dental": "Perawatan gigi"},
    "en": {"outpatient": "Outpatient care", "inpatient": "Hospital stay", "dental": "Dental care"},
    "pt": {"outpatient": "Consultas e ambulatório", "inpatient": "Internamento", "dental": "Medicina dentária"},
}
_BENEFITS = (("outpatient", 800, 180), ("inpatient", 6000, 0), ("dental", 300, 120))
"""Group, yearly limit and what is used of it, in sample units."""
_CLAIMS = (("outpatient", 25, "approved", 3), ("dental", 60, "in_review", 9), ("outpatient", 18, "approved", 41))
"""Group, amount in sample units, state, days ago."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Who looks at a preview: at which brand, in which language, when."""

    brand: Brand
    client: ClientFacts
    language: str
    told: tuple[str, str]
    """Title and text of a message in the inbox."""

    @property
    def today(self) -> date:
        """The client's day."""
        return clock.today(self.client.timezone)

    @property
    def now(self) -> datetime:
        """This moment."""
        return clock.now()


def amount(units: int, currency: str) -> Money:
    """Sample units in a currency."""
    return Money.of_major(units * _WORTH.get(currency, 1), currency)


def answer(reader: Reader, path: str) -> dict[str, Any] | None:
    """What the API would answer the made-up person at ``path`` below ``/api/v1/``; None where a preview has nothing."""
    known = _ANSWERS.get(path.strip("/").replace(str(MEMBER_ID), "{me}"))
    return known(reader) if known else None


def _me(reader: Reader) -> dict[str, Any]:
    own = {"id": MEMBER_ID, "name": NAME, "relationship": "employee", "member_number": MEMBER_NUMBER}
    return {
        "role": "member",
        "client": {"slug": reader.client.slug, "name": reader.brand.name},
        "member_id": MEMBER_ID,
        "members": [{**own, "status": "active"}],
        "language": reader.language,
    }


def _card(reader: Reader) -> dict[str, Any]:
    year = reader.today.year
    return {
        "member_id": MEMBER_ID,
        "member_number": MEMBER_NUMBER,
        "card_number": CARD_NUMBER,
        "name": NAME,
        "relationship": "employee",
        "birth_date": BORN,
        "plan": {"code": "A", "name": PLAN},
        "client": {"slug": reader.client.slug, "name": reader.brand.name},
        "status": "active",
        "valid_from": date(year, 1, 1),
        "valid_until": date(year, 12, 31),
        "qr": QR,
        "qr_expires_at": reader.now + timedelta(days=1),
        "replacement_fee": amount(2, reader.client.currency),
        "hotline": {"voice": reader.brand.hotline.voice, "whatsapp": reader.brand.hotline.whatsapp},
        "as_of": reader.now,
    }


def _benefits(reader: Reader) -> dict[str, Any]:
    year = reader.today.year
    return {
        "member_id": MEMBER_ID,
        "plan": {"code": "A", "name": PLAN},
        "year": {"from": date(year, 1, 1), "until": date(year, 12, 31)},
        "as_of": reader.today,
        "benefits": [_benefit(reader, *one) for one in _BENEFITS],
    }


def _benefit(reader: Reader, group: str, limit: int, used: int) -> dict[str, Any]:
    currency = reader.client.currency
    row = {
        "basis": "year",
        "years": 1,
        "shared_by": "person",
        "pool": None,
        "limit": amount(limit, currency),
        "count": None,
        "used": amount(used, currency),
        "held": amount(0, currency),
        "remaining": amount(limit - used, currency),
        "used_count": None,
        "held_count": None,
        "remaining_count": None,
    }
    return {
        "code": group,
        "group": group,
        "name": _WORDS.get(reader.language, _WORDS["en"])[group],
        "limits": [row],
        "co_payment": None,
        "deductible": None,
        "waiting_until": None,
        "room_class": None,
        "exclusions": [],
        "referral_required": False,
        "network_only": False,
        "reimbursable": True,
        "approval_required": False,
    }


def _claims(reader: Reader) -> dict[str, Any]:
    items = [_claim(reader, *one) for one in _CLAIMS]
    return {"items": items, "next_cursor": None}


def _claim(reader: Reader, group: str, units: int, state: str, days: int) -> dict[str, Any]:
    sent = reader.now - timedelta(days=days)
    return {
        "id": UUID(int=100 + days),
        "number": f"C-{100 + days:04}",
        "member_id": MEMBER_ID,
        "benefit": group,
        "status": state,
        "visit_on": reader.today - timedelta(days=days + 2),
        "discharge_on": None,
        "provider_name": HOSPITAL,
        "invoice_number": None,
        "claimed": amount(units, reader.client.currency),
        "channel": "app",
        "missing": [],
        "refusal": None,
        "submit_by": None,
        "resubmit_by": None,
        "settle_by": None,
        "created_at": sent,
        "submitted_at": sent,
        "complete_at": sent,
    }


def _inbox(reader: Reader) -> dict[str, Any]:
    title, text = reader.told
    told = reader.now - timedelta(days=1)
    item = {"id": _NOTE_ID, "event": "claim_paid", "title": title, "text": text, "link": "#/claims"}
    return {
        "items": [{**item, "created_at": told, "read_at": told}],
        "unread": 0,
        "unread_by_member": {},
        "next_cursor": None,
    }


def _path(reader: Reader) -> dict[str, Any]:
    return {
        "member_id": MEMBER_ID,
        "as_of": reader.now,
        "needs_referrals": False,
        "first_tier": None,
        "here": None,
        "options": [],
        "chains": [],
    }


def _consents(reader: Reader) -> dict[str, Any]:
    """What a member agrees to on the first day: the client's legal texts, read and agreed to."""
    agreed = [
        {
            "purpose": purpose,
            "wording": reader.brand.texts[reader.language][purpose],
            "language": reader.language,
            "version": version,
            "channel": "app",
            "given_at": reader.now - timedelta(days=30),
            "withdrawn_at": None,
        }
        for purpose, version in reader.brand.legal_versions.items()
    ]
    return {"items": agreed, "offers": []}


def _nothing(_reader: Reader) -> dict[str, Any]:
    return {"items": [], "next_cursor": None}


_ANSWERS: Mapping[str, Callable[[Reader], dict[str, Any]]] = {
    "me": _me,
    "members/{me}/card": _card,
    "members/{me}/benefits": _benefits,
    "members/{me}/notifications": _inbox,
    "members/{me}/consents": _consents,
    "claims": _claims,
    "referrals/path": _path,
    "guarantee-letters": _nothing,
    "excess": _nothing,
    "complaints": _nothing,
}
