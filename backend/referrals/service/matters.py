"""What a member asks for in the app waits in the helpline's queue too, until somebody has decided it."""

from __future__ import annotations

from backend.access import Role, Scope
from backend.conversations import threads
from backend.helpline import service as helpline
from backend.helpline.models import Desk
from backend.helpline.service import Caller
from backend.referrals.models import ReferralRequest, RequestState
from backend.referrals.rules import Kind

_REASONS = {Kind.BACK.value: "back_referral"}
_OUTCOMES = {RequestState.ISSUED.value: "The referral was written.", RequestState.REFUSED.value: "It was declined."}


def put_to_people(scope: Scope, row: ReferralRequest) -> None:
    """Open the case of a request that its member made alone; what has a case, or staff noted, gets none.

    Without a clinic that decides it is the doctor on duty's.
    """
    if scope.actor.role is not Role.MEMBER or row.case_id is not None:
        return
    thread = threads.of_member(scope, scope.actor.own_member_id or row.member_id, scope.language)
    case = helpline.open_case(
        scope.for_helpline(),
        thread.id,
        _REASONS.get(row.kind, "referral"),
        summary="Asked for in the app; it waits among the requests for referrals.",
        caller=Caller(row.member_id, scope.language, scope.channel),
        desk=Desk.HELPLINE if row.provider_id else Desk.DOCTOR,
    )
    row.case_id = case.id
    scope.session.flush()


def close_matter(scope: Scope, row: ReferralRequest) -> None:
    """The request is decided: nobody has to look for it in the queue any more."""
    if row.case_id is not None:
        helpline.close_as_over(scope, row.case_id, _OUTCOMES[row.state])
