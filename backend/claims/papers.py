"""What is odd about a claim's papers: shown before with another claim, worked on, or saying two things at once.

Flags with reasons for a person to look at, never a refusal (S2-38, S2-45).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select

from backend.access import Scope
from backend.claims import queries, rules
from backend.claims.models import Claim, ClaimDocument
from backend.documents import queries as documents
from backend.documents.models import Document
from backend.documents.reading.same_paper import PaperRead, Read, Verdict, alike_percent, compare
from backend.documents.rules import plain_number
from backend.gathering import remembered
from backend.kit.money import Money

_BILL = "receipt"
"""How the codes of papers end on which somebody confirms money: forms all look alike and are not compared."""
_MOST_ALIKE = 50


@remembered
def odd_papers(scope: Scope, claim: Claim) -> list[dict[str, Any]]:
    """Papers of another claim shown again, marks of work on a file, a paper that contradicts itself or the claim."""
    papers = bills_of(scope, claim.id)
    found = list(_shown_before(scope, claim, papers))
    for paper in papers:
        found += _marks(paper, claim.currency)
    return [*found, *_claimed_otherwise(claim, papers)]


@remembered
def bills_of(scope: Scope, claim_id: UUID) -> list[Document]:
    """The papers of a claim on which somebody confirms money, as far as they may be shown."""
    ids = {one.document_id for one in queries.attached_to(scope, claim_id) if one.requirement.endswith(_BILL)}
    return sorted(
        (one for one in documents.documents(scope, list(ids)) if one.state == "ready"), key=lambda one: one.id
    )


@remembered
def others_like(scope: Scope, claim_id: UUID) -> tuple[Mapping[tuple[UUID, UUID], int], Mapping[UUID, Document]]:
    """Papers that may be a bill of the claim again: how many bits pages differ in, and the papers by id."""
    papers = bills_of(scope, claim_id)
    apart = documents.alike(scope, [paper.id for paper in papers])
    by_id = {other.id: other for other in documents.read_alike(scope, papers, _MOST_ALIKE)}
    unknown = {other for _, other in apart} - set(by_id)
    by_id |= {other.id: other for other in documents.documents(scope, sorted(unknown)[:_MOST_ALIKE])}
    return apart, by_id


def _shown_before(scope: Scope, claim: Claim, papers: list[Document]) -> Iterator[dict[str, Any]]:
    """One flag for each other claim that holds the same paper; the very same file is another flag's business."""
    if not papers:
        return
    apart, by_id = others_like(scope, claim.id)
    told: set[UUID] = set()
    for other_claim, document_id in _claims_with(scope, claim, by_id):
        for paper in papers:
            other = by_id[document_id]
            distance = apart.get((paper.id, other.id))
            verdict = compare(_read(paper), _read(other), distance)
            if verdict is Verdict.OTHER or other.fingerprint == paper.fingerprint or other_claim.id in told:
                continue
            told.add(other_claim.id)
            yield _same_paper(other_claim, paper, other, distance, verdict)


def _claims_with(scope: Scope, claim: Claim, ids: Collection[UUID]) -> list[tuple[Claim, UUID]]:
    """Other handed-in claims that hold one of these documents as a bill, whoever sent it."""
    if not ids:
        return []
    wanted = (
        select(Claim, ClaimDocument.document_id)
        .join(ClaimDocument, (ClaimDocument.client_id == Claim.client_id) & (ClaimDocument.claim_id == Claim.id))
        .where(
            Claim.client_id == scope.client_id,
            Claim.id != claim.id,
            Claim.status.in_(queries.HANDED_IN),
            ClaimDocument.document_id.in_(ids),
            ClaimDocument.requirement.endswith(_BILL),
        )
        .order_by(Claim.created_at, Claim.id)
    )
    return [(row[0], row[1]) for row in scope.session.execute(wanted)]


def _same_paper(
    claim: Claim, paper: Document, other: Document, distance: int | None, verdict: Verdict
) -> dict[str, Any]:
    about = {"claim_id": str(claim.id), "number": claim.number, "member_id": str(claim.member_id)}
    if verdict is Verdict.ALTERED:
        currency = _currency(paper, claim.currency)
        totals = {
            "total": Money(paper.read_total or 0, currency).as_json(),
            "other_total": Money(other.read_total or 0, currency).as_json(),
        }
        return {"reason": rules.ALTERED_PAPER, **about, **totals}
    if distance is None:
        return {"reason": rules.SAME_RECEIPT, **about, "receipt": paper.extracted["number"]["value"]}
    return {"reason": rules.SAME_PAPER, **about, "alike_percent": alike_percent(distance)}


def _read(paper: Document) -> PaperRead:
    number, day, total = (_proposal(paper, name) for name in ("number", "date", "total"))
    plain = plain_number(number["value"]) if number else None
    return PaperRead(
        Read(plain, not number["doubtful"]) if number and plain else None,
        Read(date.fromisoformat(day["value"]), not day["doubtful"]) if day else None,
        Read(total["value"]["amount_minor"], not total["doubtful"]) if total else None,
    )


def _proposal(paper: Document, name: str) -> dict[str, Any] | None:
    return paper.extracted.get(name)


def _currency(paper: Document, fallback: str) -> str:
    total = _proposal(paper, "total")
    return str(total["value"]["currency"]) if total else fallback


def _marks(paper: Document, fallback: str) -> Iterator[dict[str, Any]]:
    marks, currency = paper.marks, _currency(paper, fallback)
    about = {"document_id": str(paper.id)}
    if "editor" in marks:
        yield {"reason": rules.EDITED_FILE, **about, "editor": marks["editor"]}
    if "revisions" in marks:
        yield {"reason": rules.REVISED_FILE, **about, "revisions": marks["revisions"]}
    if "words" in marks:
        yield {"reason": rules.WORDS_DIFFER, **about, **_amounts(marks["words"], currency)}
    if "lines" in marks:
        yield {"reason": rules.LINES_DIFFER, **about, **_amounts(marks["lines"], currency)}
    if "unclear" in marks:
        yield {"reason": rules.UNCLEAR_TOTAL, **about, **marks["unclear"]}


def _amounts(figures: dict[str, int], currency: str) -> dict[str, Any]:
    return {name.removesuffix("_minor"): Money(value, currency).as_json() for name, value in figures.items()}


def _claimed_otherwise(claim: Claim, papers: Iterable[Document]) -> Iterator[dict[str, Any]]:
    """The totals that were surely read on the bills come neither singly nor together to what is claimed."""
    totals = []
    for paper in papers:
        total = _proposal(paper, "total")
        if total is None or total["doubtful"] or total["value"]["currency"] != claim.currency:
            return
        totals.append(total["value"]["amount_minor"])
    if totals and claim.claimed_minor is not None and claim.claimed_minor not in {*totals, sum(totals)}:
        read = Money(max(totals) if len(totals) == 1 else sum(totals), claim.currency)
        claimed = Money(claim.claimed_minor, claim.currency)
        yield {"reason": rules.READ_OTHERWISE, "read": read.as_json(), "claimed": claimed.as_json()}
