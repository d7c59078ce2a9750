"""One object for every kind of id that stands in an address: what the tests over all routes put into them.

A new route with a new kind of id fails those tests until its maker stands here: that is the point.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from uuid import UUID

from backend.access import Role
from tests.factories import object_makers as makers
from tests.factories.accounts import make_staff
from tests.factories.brands import preview_of, version_of
from tests.factories.claims import Household, make_claim, make_decided_claim
from tests.factories.guarantees import make_waiting_letter
from tests.factories.money_objects import bank_line_of, excess_of
from tests.factories.plan_changes import previewed_change_of
from tests.factories.privacy import asked_erasure
from tests.factories.referrals import referral_of, referral_request_of
from tests.factories.telemedicine import ended_certificate, ended_prescription, make_consultation

OBJECTS: dict[str, Callable[[Household], UUID]] = {
    "provider_id": makers.provider_of,
    "agreement_id": makers.agreement_of,
    "member_id": makers.member_of,
    "claim_id": lambda household: make_claim(household, submitted=True).id,
    "complaint_id": makers.complaint_of,
    "dossier_id": makers.dossier_of,
    "document_id": makers.document_of,
    "device_id": makers.device_registration_of,
    "notification_id": makers.notification_of,
    "contract_id": makers.contract_of,
    "contact_id": makers.hr_contact_of,
    "staff_id": lambda household: make_staff(household.client, Role.AGENT),
    "plan_id": lambda household: household.plan_id,
    "request_id": makers.enrolment_request_of,
    "import_id": makers.census_import_of,
    "conversation_id": makers.conversation_of,
    "case_id": makers.case_of,
    "letter_id": lambda household: make_waiting_letter(household.client, household.employee_id).id,
    "referral_code": referral_of,
    "referral_request_id": referral_request_of,
    "queued_id": makers.queued_call_of,
    "callback_id": makers.callback_of,
    "voicemail_id": makers.voicemail_of,
    "visit_id": makers.visit_of,
    "bill_id": makers.bill_of,
    "key_id": makers.api_key_of,
    "payable_id": makers.payable_of,
    "account_id": makers.payee_account_of,
    "run_id": makers.payment_run_of,
    "excess_id": excess_of,
    "line_id": bank_line_of,
    "consultation_id": lambda household: make_consultation(household).id,
    "prescription_id": ended_prescription,
    "certificate_id": ended_certificate,
    "change_id": previewed_change_of,
    "privacy_request_id": asked_erasure,
    "version_id": version_of,
    "preview_id": preview_of,
}

_DECIDED_CLAIM: dict[str, Callable[[Household], UUID]] = {
    "claim_id": lambda household: make_decided_claim(household).id
}
_PROVIDER_IMPORT = {"import_id": makers.provider_import_of}

OBJECTS_OF_ROUTE: dict[str, dict[str, Callable[[Household], UUID]]] = {
    "/api/v1/visits/<uuid:visit_id>/letters/<uuid:letter_id>": {"letter_id": makers.letter_of_visit_of},
    "/api/v1/provider-imports/<uuid:import_id>": _PROVIDER_IMPORT,
    "/api/v1/provider-imports/<uuid:import_id>/rows": _PROVIDER_IMPORT,
    "/api/v1/provider-imports/<uuid:import_id>/application": _PROVIDER_IMPORT,
    "/api/v1/provider-contracts/<uuid:agreement_id>/tariffs/<int:number>": {"agreement_id": makers.priced_agreement_of},
    "/api/v1/claims/<uuid:claim_id>/receipt": _DECIDED_CLAIM,
    "/api/v1/claims/<uuid:claim_id>/receipt.pdf": _DECIDED_CLAIM,
    "/api/v1/me/devices/<uuid:device_id>": {"device_id": makers.own_device_of},
    "/api/v1/cases/<uuid:case_id>/medical-notes": {"case_id": makers.doctors_case_of},
    "/api/v1/cases/<uuid:case_id>/medical-outcome": {"case_id": makers.doctors_case_of},
}
"""Where the same name means another kind of object."""

WITHOUT_OWNER = {
    "slug",
    "code",
    "name",
    "file",
    "kind",
    "size",
    "number",
    "provider_id",
    "doctor_id",
    "practice_id",
    "purpose",
    "what",
}
"""Parts of addresses that name nothing a client owns: brands, lines of a checklist, files, pages, the registry."""

PERSONAL = {
    "member_id",
    "claim_id",
    "complaint_id",
    "dossier_id",
    "document_id",
    "notification_id",
    "case_id",
    "conversation_id",
    "letter_id",
    "referral_code",
    "referral_request_id",
    "queued_id",
    "callback_id",
    "voicemail_id",
    "visit_id",
    "bill_id",
    "payable_id",
    "excess_id",
    "consultation_id",
    "prescription_id",
    "certificate_id",
    "privacy_request_id",
}
"""Ids of objects that are a member's data: when staff read one, the member can read that they did."""

IMPERSONAL = WITHOUT_OWNER | {
    "agreement_id",
    "account_id",
    "contact_id",
    "contract_id",
    "device_id",
    "import_id",
    "line_id",
    "plan_id",
    "request_id",
    "run_id",
    "staff_id",
    "key_id",
    "change_id",
    "version_id",
    "preview_id",
}
"""The others. ``device_id`` is read by its owner only; a request or a census file names nobody who is a member yet."""


def body_for(body: dict[str, object] | None, household: Household) -> dict[str, object] | None:
    """The body with the household's own objects where it names some."""
    named = {name: OBJECTS[name](household) for name in body or {} if name in OBJECTS}
    return body if body is None else body | {name: str(value) for name, value in named.items()}


def make_objects(
    rule: str, names: Iterable[str], household: Household, known: dict[object, UUID] | None = None
) -> dict[str, object]:
    """Everything that stands in the address ``rule``, belonging to the household's employee.

    With ``known`` objects are made once for many addresses: for requests that change nothing.
    """
    special = OBJECTS_OF_ROUTE.get(rule, {})
    shelf = {} if known is None else known
    made: dict[str, object] = {"number": 1, "purpose": "whatsapp_messages"}
    for name in sorted(set(names) - WITHOUT_OWNER):
        maker = special.get(name, OBJECTS[name])
        if maker not in shelf:
            shelf[maker] = maker(household)
        made[name] = shelf[maker]
    return made
