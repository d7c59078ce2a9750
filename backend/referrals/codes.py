"""The code of a referral: twelve digits that are read out, or a signed QR that is shown (S0-28).

Digits are keyed in on a telephone and mean the same in every language; two check digits catch a slip of the tongue
(``kit/reference_numbers``). The QR says the same code with the facts a desk needs without a connection.
"""

from __future__ import annotations

from backend.access import Scope
from backend.clients.registry import ClientFacts, client_by_id
from backend.errors import Conflict, NotFound, RuleRefused
from backend.integrations import registry
from backend.kit import clock, signed_codes
from backend.kit.deadlines import end_of_day
from backend.kit.reference_numbers import Kind, new_number, read_number
from backend.kit.signed_codes import PREFIX, CodeType, Problem, SignedCode
from backend.referrals import queries
from backend.referrals.models import Referral

MISTYPED = "referrals.code_mistyped"
_PROBLEMS = {
    Problem.UNREADABLE: "referrals.qr_unreadable",
    Problem.FOREIGN: "referrals.qr_foreign",
    Problem.TAMPERED: "referrals.qr_tampered",
}
_TRIES = 20


def free_code(scope: Scope, year: int) -> str:
    """A code that the client has not given out yet; raises Conflict when chance fails twenty times."""
    for _ in range(_TRIES):
        code = new_number(Kind.REFERRAL, year)
        if not queries.code_is_taken(scope, code):
            return code
    raise Conflict()


def code_in(scope: Scope, text: str) -> str:
    """The code in what was typed, said or scanned.

    An expired QR still names its referral: the referral's own day decides. Raises NotFound ``referrals.code_mistyped``
    and for another client's QR, RuleRefused ``referrals.qr_*``.
    """
    if not text.startswith(PREFIX):
        code = read_number(Kind.REFERRAL, text)
        if code is None:
            raise NotFound(MISTYPED)
        return code
    reading = signed_codes.read(registry.current().settings.card_keys, text, clock.now())
    if reading.code is None or reading.code.type is not CodeType.REFERRAL:
        raise RuleRefused(_PROBLEMS.get(reading.problem or Problem.FOREIGN, "referrals.qr_foreign"))
    if reading.code.client != client_by_id(scope.client_id).slug:
        raise NotFound()
    return reading.code.number


def qr_of(row: Referral, client: ClientFacts, patient: str, facility: str | None) -> str:
    """The QR of a referral, good until the end of its last day at the client's seat; it names no illness."""
    said = SignedCode(
        CodeType.REFERRAL,
        client.slug,
        row.code,
        row.created_at,
        end_of_day(row.valid_until, client.timezone),
        {
            "name": patient,
            "facility": facility,
            "specialty": row.specialty,
            "visits": row.visits_allowed,
            "from": row.valid_from.isoformat(),
            "urgent": row.emergency or None,
        },
    )
    return signed_codes.sign(registry.current().settings.card_key, said)
