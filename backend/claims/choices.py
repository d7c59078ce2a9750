"""The one question about a bill that only the member can answer: which of the plan's benefits it falls under."""

from __future__ import annotations

from typing import Any

from backend.access import Scope
from backend.adjudication.queries import cover_of
from backend.benefits import queries as benefits
from backend.claims.bill import places_of
from backend.claims.history import MEMBERS_TURN
from backend.claims.models import Claim
from backend.claims.placing import questions
from backend.languages import FALLBACK


def benefit_choices(scope: Scope, claim: Claim) -> list[dict[str, Any]]:
    """The benefits to choose from, in the reader's language; nothing where the words, the place or the plan decide.

    Asked while the claim lies with the member; what the bill says without the choice that may have been made.
    """
    if claim.status not in MEMBERS_TURN or claim.visit_on is None:
        return []
    cover = cover_of(scope, claim.member_id, claim.visit_on)
    own = [code for code, benefit in cover.benefits.items() if benefit.group == claim.benefit_group]
    if len(own) < 2:
        return []
    codes = questions(places_of(scope, claim, cover, unasked=True))
    found = benefits.cover_on(scope, claim.member_id, claim.visit_on)
    names = {one.code: one.names for one in benefits.benefits_of(scope, found.plan.id)} if found and codes else {}
    return [{"code": code, "name": names[code].get(scope.language) or names[code][FALLBACK]} for code in codes]
