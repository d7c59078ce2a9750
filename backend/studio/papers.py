"""Every paper and picture of a client with made-up people on it, drawn by the very templates that real ones are."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from backend.adjudication import receipt_paper
from backend.adjudication.receipts import Judged, JudgedLine
from backend.adjudication.rules import Payer, Rule, Shares, Step
from backend.branding.loader import Brand
from backend.branding.vocabulary import own_words
from backend.complaints.dossier import paper as dossier
from backend.complaints.dossier import signing
from backend.complaints.dossier.sentences import Language
from backend.funds.papers.written import excess_paper, statement_paper
from backend.guarantees import guarantee_letter
from backend.guarantees.guarantee_letter import LetterFace
from backend.kit.money import Money
from backend.members import card_image
from backend.members.card_image import CardFace
from backend.referrals import referral_letter
from backend.referrals.referral_letter import ReferralFace
from backend.telemedicine import certificate_paper, prescription_paper
from backend.telemedicine.certificate_paper import CertificateFace
from backend.telemedicine.prescription_paper import PrescriptionFace

_A_DAY = date(2026, 8, 17)
_A_MOMENT = datetime(2026, 8, 17, 9, 30, tzinfo=UTC)
_ZONE = "UTC"
_PERSON: dict[str, Any] = {"name": "A. B.", "birth_date": _A_DAY, "member_number": "000000001"}
_PATIENT: dict[str, Any] = {"patient": "A. B.", "birth_date": _A_DAY, "member_number": "000000001"}

Drawer = Callable[[Brand, str], Iterator[bytes]]
"""Draws every kind there is of a paper, in a language, as PDF."""


def _card(brand: Brand, language: str) -> Iterator[bytes]:
    for status in ("active", "suspended"):
        face = CardFace(
            **_PERSON,
            relationship="employee",
            card_number="000000000001",
            plan="Plan",
            status=status,
            valid_until=_A_DAY,
            qr="0",
            qr_expires_at=_A_MOMENT,
        )
        yield card_image.draw(face, brand, language, "pdf", _ZONE)


def _guarantees(brand: Brand, language: str) -> Iterator[bytes]:
    money = Money(100_000, brand.currency)
    parts = ("billed", "plan", "other", "cost", "claim", "provider")
    for kind, settled in (("initial", None), ("final", dict.fromkeys(parts, money))):
        face = LetterFace(
            **_PATIENT,
            number="1",
            kind=kind,
            issued_at=_A_MOMENT,
            valid_until=None if settled else _A_MOMENT,
            confirmed_by="card" if settled else None,
            hospital="H",
            admission_on=_A_DAY,
            days=1,
            plan_names={language: "Plan"},
            room_class=None,
            promised=money,
            settled=settled,
            claim_due_on=_A_DAY,
            qr="0",
            qr_expires_at=_A_MOMENT,
        )
        yield guarantee_letter.draw(face, brand, (language,), _ZONE)


def _referrals(brand: Brand, language: str) -> Iterator[bytes]:
    for kind in ("tiered", "onward", "continuation", "back"):
        face = ReferralFace(
            **_PATIENT,
            code="000000000001",
            kind=kind,
            tier="ppk2",
            facility=None,
            from_facility="K",
            specialty="cardiology",
            diagnosis=None,
            condition=None,
            doctor="D",
            valid_from=_A_DAY,
            valid_until=_A_DAY,
            visits=1,
            review_on=_A_DAY if kind == "back" else None,
            emergency=True,
            qr="0",
        )
        yield referral_letter.draw(face, brand, (language,))


def _certificate(brand: Brand, language: str) -> Iterator[bytes]:
    face = CertificateFace(
        **_PERSON, number="1", issued_at=_A_MOMENT, from_on=_A_DAY, until_on=_A_DAY, doctor="D", qr="0"
    )
    yield certificate_paper.draw(face, brand, (language,), _ZONE)


def _prescription(brand: Brand, language: str) -> Iterator[bytes]:
    item = {"name": "M", "quantity": "1", "directions": "1", "repeats": 1}
    yield prescription_paper.draw(
        PrescriptionFace(**_PERSON, number="1", written_on=_A_DAY, doctor="D", items=[item]), brand, (language,)
    )


def _receipt(brand: Brand, language: str) -> Iterator[bytes]:
    paid, nothing = Money(100_000, brand.currency), Money(0, brand.currency)
    shares = Shares(paid, nothing, nothing, nothing, nothing, nothing)
    step = Step(Rule.PLAN_PAYS, {"open": paid}, paid, nothing, Payer.PLAN)
    lines = (JudgedLine("L", paid, shares, (step,)),)
    judged = Judged("1", False, lines, shares, {}, brand.hotline.shown, own_words(brand.glossary))
    yield receipt_paper.draw(judged, brand, language, "1")


def _money(brand: Brand, language: str) -> Iterator[bytes]:
    money = Money(100_000, brand.currency)
    amounts = dict.fromkeys(("opening", "deposits", "excess_received", "unclear", "payments", "charges"), money)
    group = {"name": "G", "people": 5, "approvals": 5, "amount": money}
    yield statement_paper({**amounts, "closing": money, "month": _A_DAY, "categories": [group]}, brand, language)
    yield excess_paper(
        {
            "number": "1",
            "category": "outpatient",
            "letter_on": _A_DAY,
            "due_on": _A_DAY,
            **dict.fromkeys(("amount", "paid", "open"), money),
            "pay_to": {"bank": "B", "account_number": "1", "holder_name": brand.name},
            "items": [{"description": "L", "why": "W", "amount": money}],
            "employee": {"name": "A. B."},
        },
        brand,
        language,
    )


def _dossier(brand: Brand, language: str) -> Iterator[bytes]:
    facts: dict[str, Any] = dict.fromkeys(
        ("acknowledged_at", "resolved_at", "extended_at", "amount", "outcome", "redress", "phone", "national_id")
    )
    cover = dossier.Cover(
        **facts,
        dossier_id="1",
        reader="member",
        made_at=_A_MOMENT,
        begins=_A_MOMENT,
        number="1",
        category="claim",
        status="received",
        channel="app",
        received_at=_A_MOMENT,
        text="T",
        member="A. B.",
        member_number="000000001",
        birth_date=_A_DAY,
        told_by="A. B.",
        rule_set="pojk",
        acknowledge_by=_A_DAY,
        acknowledged_late=False,
        resolve_by=_A_DAY,
        reopened_count=0,
        is_late=False,
    )
    spoken = Language(language, _ZONE)
    yield dossier.draw(cover, [], brand, spoken, keys=signing.KEYS_PATH, key_id="1")


PAPERS: Mapping[str, Drawer] = {
    "members/card.typ": _card,
    "guarantees/guarantee_letter.typ": _guarantees,
    "referrals/referral_letter.typ": _referrals,
    "telemedicine/rest_certificate.typ": _certificate,
    "telemedicine/prescription.typ": _prescription,
    "adjudication/receipt.typ": _receipt,
    "funds/papers/paper.typ": _money,
    "complaints/dossier/dossier.typ": _dossier,
}
"""Every template of a paper that leaves the house, by its file below ``backend/``."""


def drawn(brand: Brand, language: str) -> Iterator[tuple[str, bytes]]:
    """Every paper as PDF with the name of its template."""
    for template, draw in PAPERS.items():
        for pdf in draw(brand, language):
            yield Path(template).stem, pdf
