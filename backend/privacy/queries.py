"""Every SELECT of the privacy domain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import exists, func, or_, select, text

from backend.access import Scope
from backend.accounts.models import Identity
from backend.audit.models import AuditRecord
from backend.claims.models import Claim, ClaimStatus
from backend.complaints.models import Complaint, ComplaintStatus
from backend.conversations.telephone.models import CallRecording
from backend.database import Base
from backend.documents.models import Document
from backend.errors import NotFound
from backend.funds.models import Excess, Payable, PayableState
from backend.funds.rules.excess import ExcessState
from backend.guarantees.models import GuaranteeLetter
from backend.guarantees.rules.letters import OPEN as OPEN_LETTERS
from backend.kit.pages import Cursor
from backend.members.models import Enrolment, Member
from backend.privacy.holdings import Holding
from backend.privacy.models import FileToErase, PrivacyRequest, PrivacyStep
from backend.privacy.rules.requests import WAITING, Kind, Matters, State
from backend.telemedicine.models import Teleconsultation

_DECIDED_CLAIMS = (
    ClaimStatus.DRAFT,
    ClaimStatus.REFUSED,
    ClaimStatus.WITHDRAWN,
    ClaimStatus.APPROVED,
    ClaimStatus.PARTLY_APPROVED,
    ClaimStatus.REJECTED,
)
_THREADS = text(
    "WITH RECURSIVE thread AS (SELECT id FROM conversation WHERE client_id = :client AND member_id = :member UNION "
    "SELECT o.id FROM conversation AS o JOIN thread AS t ON o.merged_into_id = t.id WHERE o.client_id = :client) "
    "SELECT id FROM thread"
)
_CASES = text(
    "SELECT id FROM helpline_case WHERE client_id = :client AND (member_id = :member OR "
    "(member_id IS NULL AND conversation_id = ANY(:threads)))"
)
_SIDS = text(
    "SELECT vendor_id FROM message WHERE client_id = :client AND conversation_id = ANY(:threads) AND vendor_id IS NOT "
    "NULL UNION SELECT call_sid FROM call WHERE client_id = :client AND conversation_id = ANY(:threads) UNION "
    "SELECT recording_sid FROM call_recording WHERE client_id = :client AND call_id = ANY(:calls)"
)
_ADDRESSES = text("SELECT value FROM contact_identifier WHERE client_id = :client AND conversation_id = ANY(:threads)")
_VOUCHERS = text(
    "SELECT cd.document_id FROM claim_document AS cd JOIN claim AS c ON c.client_id = cd.client_id AND c.id = "
    "cd.claim_id WHERE cd.client_id = :client AND c.status <> 'draft' AND cd.document_id = ANY(:papers) UNION "
    "SELECT document_id FROM provider_bill_document WHERE client_id = :client AND document_id = ANY(:papers) UNION "
    "SELECT cd.document_id FROM complaint_document AS cd JOIN complaint AS c ON c.client_id = cd.client_id AND c.id = "
    "cd.complaint_id WHERE cd.client_id = :client AND c.member_id <> :member AND cd.document_id = ANY(:papers) UNION "
    "SELECT paper::uuid FROM guarantee_ask, jsonb_array_elements_text(papers) AS paper WHERE client_id = :client "
    "AND letter_id IN (SELECT id FROM guarantee_letter WHERE client_id = :client AND member_id = :member)"
)


@dataclass(frozen=True, slots=True)
class Person:
    """How everything of a member is found: ``binds`` are the names that the conditions of the holdings use."""

    member: Member
    binds: dict[str, Any]


def person(scope: Scope, member_id: UUID) -> Person:
    """One member with all their threads, calls, cases, addresses and papers; raises NotFound."""
    member = scope.session.get(Member, (scope.client_id, member_id))
    if member is None:
        raise NotFound()
    ours: dict[str, Any] = {"client": scope.client_id, "member": member.id}
    ask = scope.session.scalars
    ours["threads"] = list(ask(_THREADS, ours))
    ours["calls"] = list(
        ask(text("SELECT id FROM call WHERE client_id = :client AND conversation_id = ANY(:threads)"), ours)
    )
    ours["cases"] = list(ask(_CASES, ours))
    ours["sids"] = list(ask(_SIDS, ours))
    phones = [member.phone, *ask(_ADDRESSES, ours)]
    spoken = [f"whatsapp:{one}" for one in phones if one]
    ours["addresses"] = [one for one in [*phones, *spoken, member.email] if one]
    ours["identities"] = _identities(scope, member)
    ours["actor_keys"] = [str(one) for one in ours["identities"]]
    papers = select(Document.id).where(Document.client_id == scope.client_id, Document.member_id == member.id)
    ours["papers"] = list(ask(papers))
    ours["vouchers"] = list(ask(_VOUCHERS, ours))
    return Person(member, ours)


def _identities(scope: Scope, member: Member) -> list[UUID]:
    """The way in of a number that is nobody else's; a number that a family shares stays the family's."""
    if member.phone is None:
        return []
    shared = exists().where(Member.client_id == scope.client_id, Member.phone == member.phone, Member.id != member.id)
    own = select(Identity.id).where(Identity.client_id == scope.client_id, Identity.phone == member.phone, ~shared)
    return list(scope.session.scalars(own))


def rows_of(scope: Scope, holding: Holding, found: Person) -> list[dict[str, Any]]:
    """The person's rows of one table, without what the copy hides; sealed columns come as they are kept."""
    table = Base.metadata.tables[holding.table]
    shown = [column for column in table.columns if column.name not in {"client_id", *holding.hidden}]
    query = select(*shown).where(table.c.client_id == scope.client_id, text(f"({holding.whose})"))
    return [dict(row) for row in scope.session.execute(query.order_by(table.c.created_at), found.binds).mappings()]


def family_of(scope: Scope, member: Member) -> list[Member]:
    """Everybody whose employee this member is."""
    query = select(Member).where(Member.client_id == scope.client_id, Member.employee_id == member.id)
    return list(scope.session.scalars(query.order_by(Member.birth_date, Member.id)))


def matters_of(scope: Scope, member_id: UUID, on: date) -> Matters:
    """What is still going on between a member and us on a day."""

    def count(model: Any, *conditions: Any) -> int:
        ours = select(func.count()).where(model.client_id == scope.client_id, model.member_id == member_id, *conditions)
        return int(scope.session.scalar(ours) or 0)

    left = select(Member.left_on).where(Member.client_id == scope.client_id, Member.id == member_id)
    left_on = scope.session.scalar(left)
    runs = count(Enrolment, or_(Enrolment.ends_on.is_(None), Enrolment.ends_on >= on))
    return Matters(
        covered=bool(runs) and (left_on is None or left_on >= on),
        claims=count(Claim, Claim.status.not_in(_DECIDED_CLAIMS)),
        complaints=count(Complaint, Complaint.status.not_in([ComplaintStatus.RESOLVED, ComplaintStatus.CLOSED])),
        letters=count(GuaranteeLetter, GuaranteeLetter.state.in_(OPEN_LETTERS)),
        payments=count(Payable, Payable.state.in_([PayableState.OPEN, PayableState.IN_RUN])),
        excesses=count(Excess, Excess.state.not_in([ExcessState.SETTLED, ExcessState.WAIVED])),
    )


def last_records(scope: Scope, member_id: UUID) -> dict[str, date | None]:
    """The day of the last record of claims and money, and of what our doctors wrote; None where there is none."""

    def last(model: Any, moment: Any, *conditions: Any) -> date | None:
        ours = select(func.max(moment)).where(model.client_id == scope.client_id, model.member_id == member_id)
        found: datetime | None = scope.session.scalar(ours.where(*conditions))
        return found.date() if found else None

    money = [
        last(Claim, Claim.created_at, Claim.status != ClaimStatus.DRAFT),
        last(GuaranteeLetter, GuaranteeLetter.created_at),
        last(Payable, Payable.created_at),
        last(Enrolment, Enrolment.created_at),
    ]
    return {
        "accounting": max((one for one in money if one), default=None),
        "medical": last(Teleconsultation, Teleconsultation.created_at),
        "evidence": last(PrivacyRequest, PrivacyRequest.created_at),
    }


def request(scope: Scope, request_id: UUID, *, lock: bool = False) -> PrivacyRequest:
    """One request, locked until the transaction ends when ``lock``; raises NotFound, also for a stranger's."""
    query = select(PrivacyRequest).where(PrivacyRequest.client_id == scope.client_id, PrivacyRequest.id == request_id)
    found = scope.session.scalar(query.with_for_update() if lock else query)
    if found is None:
        raise NotFound()
    scope.check_member(found.member_id)
    return found


def waiting_request(scope: Scope, member_id: UUID, kind: Kind) -> PrivacyRequest | None:
    """The request of a kind whose clock runs."""
    return scope.session.scalar(
        select(PrivacyRequest).where(
            PrivacyRequest.client_id == scope.client_id,
            PrivacyRequest.member_id == member_id,
            PrivacyRequest.kind == kind.value,
            PrivacyRequest.state.in_(WAITING),
        )
    )


def requests_of(scope: Scope, member_id: UUID, limit: int = 50) -> list[PrivacyRequest]:
    """What a member asked for, the newest first."""
    query = select(PrivacyRequest).where(
        PrivacyRequest.client_id == scope.client_id, PrivacyRequest.member_id == member_id
    )
    return list(scope.session.scalars(query.order_by(PrivacyRequest.created_at.desc()).limit(limit)))


def waiting_requests(scope: Scope, after: Cursor | None, limit: int) -> list[Any]:
    """Requests whose clock runs with the member's number, the next deadline first."""
    query = (
        select(PrivacyRequest, Member.number)
        .join(Member, (Member.client_id == PrivacyRequest.client_id) & (Member.id == PrivacyRequest.member_id))
        .where(PrivacyRequest.client_id == scope.client_id, PrivacyRequest.state.in_(WAITING))
    )
    if after is not None:
        query = query.where(
            or_(
                PrivacyRequest.due_at > after.moment,
                (PrivacyRequest.due_at == after.moment) & (PrivacyRequest.id > after.id),
            )
        )
    return list(scope.session.execute(query.order_by(PrivacyRequest.due_at, PrivacyRequest.id).limit(limit)))


def steps_of(scope: Scope, request_ids: Sequence[UUID]) -> list[PrivacyStep]:
    """The history of some requests, in order."""
    query = select(PrivacyStep).where(PrivacyStep.client_id == scope.client_id, PrivacyStep.request_id.in_(request_ids))
    return list(scope.session.scalars(query.order_by(PrivacyStep.created_at, PrivacyStep.id)))


def watched(scope: Scope, limit: int) -> list[PrivacyRequest]:
    """Requests whose clock runs, locked; one that another worker holds is left to that worker."""
    query = (
        select(PrivacyRequest)
        .where(PrivacyRequest.client_id == scope.client_id, PrivacyRequest.state.in_(WAITING))
        .order_by(PrivacyRequest.due_at)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return list(scope.session.scalars(query))


def expired_copies(scope: Scope, today: date, limit: int) -> list[PrivacyRequest]:
    """Copies whose last day is over."""
    query = select(PrivacyRequest).where(
        PrivacyRequest.client_id == scope.client_id,
        PrivacyRequest.state == State.READY,
        PrivacyRequest.available_until < today,
    )
    return list(scope.session.scalars(query.limit(limit)))


def next_copies(scope: Scope, after: UUID | None, limit: int) -> list[PrivacyRequest]:
    """The next requests with a copy in the store, by id."""
    query = select(PrivacyRequest).where(
        PrivacyRequest.client_id == scope.client_id, PrivacyRequest.state == State.READY
    )
    if after is not None:
        query = query.where(PrivacyRequest.id > after)
    return list(scope.session.scalars(query.order_by(PrivacyRequest.id).limit(limit)))


def copies_of(scope: Scope, member_id: UUID) -> list[PrivacyRequest]:
    """Every request of a member that has a copy in the store."""
    query = select(PrivacyRequest).where(
        PrivacyRequest.client_id == scope.client_id,
        PrivacyRequest.member_id == member_id,
        PrivacyRequest.kind == Kind.EXPORT.value,
        PrivacyRequest.zip_bytes.isnot(None),
    )
    return list(scope.session.scalars(query))


def files_to_erase(scope: Scope, request_id: UUID, limit: int) -> list[FileToErase]:
    """Files of an erased person that are still in the store."""
    query = select(FileToErase).where(FileToErase.client_id == scope.client_id, FileToErase.request_id == request_id)
    return list(scope.session.scalars(query.order_by(FileToErase.id).limit(limit)))


def recordings_of(scope: Scope, found: Person) -> list[CallRecording]:
    """The recorded calls of a person."""
    query = select(CallRecording).where(
        CallRecording.client_id == scope.client_id, CallRecording.call_id.in_(found.binds["calls"])
    )
    return list(scope.session.scalars(query))


def papers_of(scope: Scope, found: Person, *, vouchers: bool) -> list[Document]:
    """A person's documents: those that prove money which moved, or all the others."""
    query = select(Document).where(Document.client_id == scope.client_id, Document.member_id == found.member.id)
    held = Document.id.in_(found.binds["vouchers"])
    return list(scope.session.scalars(query.where(held if vouchers else ~held).order_by(Document.id)))


def looks_at(scope: Scope, member_id: UUID, limit: int) -> list[AuditRecord]:
    """Who met a member's data, the latest first."""
    query = select(AuditRecord).where(AuditRecord.client_id == scope.client_id, AuditRecord.member_id == member_id)
    return list(scope.session.scalars(query.order_by(AuditRecord.at.desc(), AuditRecord.id.desc()).limit(limit)))


def number_is_taken(scope: Scope, number: str) -> bool:
    """Whether a request has this number already."""
    known = exists().where(PrivacyRequest.client_id == scope.client_id, PrivacyRequest.number == number)
    return bool(scope.session.scalar(select(known)))
