"""One object for every kind of id that stands in an address: what the tests over all routes put into them.

A new route with a new kind of id fails those tests until its maker stands here: that is the point.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from uuid import UUID

from sqlalchemy import select

from backend.access import Actor, Role, Scope, working_for
from backend.accounts.models import Device
from backend.clients import queries as clients
from backend.clients import service as client_service
from backend.complaints import queries as complaint_queries
from backend.complaints import service as complaints
from backend.complaints import tasks as complaint_tasks
from backend.complaints.dossier import service as dossiers
from backend.conversations.models import Conversation
from backend.documents.vault import page_name, vault_of
from backend.funds import queries as fund_queries
from backend.funds import service as funds
from backend.helpline.models import HelplineCase
from backend.integrations import registry
from backend.kit import clock, ids
from backend.kit.money import Money
from backend.members import queries
from backend.members.models import CensusImport, EnrolmentRequest
from backend.notifications.models import DeviceRegistration, Notification
from backend.providers.models import ProviderImport
from backend.visits import service as visits
from tests.factories.accounts import make_identity, make_staff
from tests.factories.calls import make_callback, make_place, make_recording, make_voicemail
from tests.factories.claims import Household, make_claim, make_paper
from tests.factories.funds import make_company_account, make_fund, make_payable
from tests.factories.guarantees import make_waiting_letter
from tests.factories.members import make_card
from tests.factories.providers import make_provider
from tests.factories.referrals import referral_of, referral_request_of
from tests.factories.telemedicine import ended_certificate, ended_prescription, make_consultation
from tests.factories.visits import Desk, make_bill, make_visit


def _stored(household: Household, row: object) -> UUID:
    with working_for(household.client.id) as scope:
        scope.session.add(row)
        scope.session.flush()
        made: UUID = row.id  # type: ignore[attr-defined]
        return made


def _as_employee(household: Household, make: Callable[[Scope], UUID]) -> UUID:
    with working_for(household.client.id, household.actor, channel="app") as scope:
        return make(scope)


def _member(household: Household) -> UUID:
    """The employee, with a card."""
    with working_for(household.client.id) as scope:
        if queries.card_in_use(scope, household.employee_id) is None:
            make_card(scope, household.employee_id)
    return household.employee_id


def _document(household: Household) -> UUID:
    """A file whose first page can be looked at."""
    fingerprint = ids.new_id().hex
    vault = vault_of(registry.current())
    vault.store(vault.seal(page_name(household.client.id, fingerprint, 1), b"a picture"))
    return _as_employee(household, lambda scope: make_paper(scope, household.employee_id, content=fingerprint))


def _complaint(household: Household) -> UUID:
    return _as_employee(
        household,
        lambda scope: (
            complaints.lodge(scope, household.employee_id, "other", "It came late", channel="app", spoken=False).id
        ),
    )


def _dossier(household: Household) -> UUID:
    """A dossier that is ready, of the household's newest complaint."""
    with working_for(household.client.id) as scope:
        newest = complaint_queries.complaints_of(scope, household.employee_id, limit=1)[0].id
    with working_for(household.client.id, household.actor, channel="app") as scope:
        made = dossiers.ask(scope, newest, "member", "en").id
    complaint_tasks.make_dossier(str(household.client.id), str(made))
    return made


def _device_registration(household: Household) -> UUID:
    return _stored(
        household,
        DeviceRegistration(
            client_id=household.client.id,
            member_id=household.employee_id,
            kind="fid",
            value=ids.new_secret(),
            platform="web",
            seen_at=clock.now(),
        ),
    )


def _own_device(household: Household) -> UUID:
    identity_id = make_identity(household.client, f"+62813{ids.new_id().int % 10**8:08}")
    household.signs_in_as(identity_id)
    return _stored(
        household,
        Device(
            client_id=household.client.id,
            identity_id=identity_id,
            key_digest=ids.new_id().bytes,
            network_digest=b"network",
            label="A phone",
            last_seen_at=clock.now(),
        ),
    )


def _notification(household: Household) -> UUID:
    return _stored(
        household,
        Notification(
            client_id=household.client.id,
            member_id=household.employee_id,
            event="claim_complete",
            facts={},
        ),
    )


def _contract(household: Household) -> UUID:
    with working_for(household.client.id) as scope:
        return clients.contracts(scope)[0].id


def _hr_contact(household: Household) -> UUID:
    with working_for(household.client.id) as scope:
        return client_service.add_hr_contact(scope, name="Rina", email=f"{ids.new_id().hex}@hr.example").id


def _enrolment_request(household: Household) -> UUID:
    return _stored(
        household,
        EnrolmentRequest(
            client_id=household.client.id,
            employee_id=household.employee_id,
            relationship="spouse",
            full_name="Somebody New",
            birth_date=date(1991, 1, 1),
            sex="male",
        ),
    )


def _census_import(household: Household) -> UUID:
    return _stored(
        household,
        CensusImport(
            client_id=household.client.id,
            filename="census.csv",
            file_format="csv",
            digest=ids.new_id().bytes,
            effective_on=household.today(),
        ),
    )


def _provider_import(household: Household) -> UUID:
    return _stored(
        household,
        ProviderImport(
            client_id=household.client.id,
            kind="tariffs",
            filename="prices.csv",
            file_format="csv",
            digest=ids.new_id().bytes,
            common=True,
            valid_from=household.today(),
        ),
    )


def _conversation(household: Household) -> UUID:
    with working_for(household.client.id) as scope:
        going_on = scope.session.scalar(select(Conversation.id).where(Conversation.member_id == household.employee_id))
    return going_on or _stored(
        household,
        Conversation(client_id=household.client.id, member_id=household.employee_id, language="en", channel="whatsapp"),
    )


def _case(household: Household, desk: str = "helpline") -> UUID:
    return _stored(
        household,
        HelplineCase(
            client_id=household.client.id,
            number=f"H-{ids.new_id().hex[-8:]}",
            conversation_id=_conversation(household),
            member_id=household.employee_id,
            reason="asked_for_person",
            desk=desk,
            priority="normal",
            rank=2,
            summary="Asked for a person",
            language="en",
            channel="whatsapp",
        ),
    )


def _doctors_case(household: Household) -> UUID:
    return _case(household, "doctor")


def _queued_call(household: Household) -> UUID:
    """A call that waits; it was recorded in an earlier life."""
    thread = _conversation(household)
    with working_for(household.client.id) as scope:
        place = make_place(scope, thread)
        make_recording(scope, place.call_id)
        return place.id


def _callback(household: Household) -> UUID:
    thread = _conversation(household)
    with working_for(household.client.id) as scope:
        return make_callback(scope, thread).id


def _voicemail(household: Household) -> UUID:
    thread = _conversation(household)
    with working_for(household.client.id) as scope:
        return make_voicemail(scope, thread).id


def _desk(household: Household) -> Desk:
    """The household's own hospital; its staff in the role of a front desk sit there."""
    if household.provider_id is None:
        with working_for(household.client.id) as scope:
            household.provider_id = make_provider(scope, kind="hospital", tier="ppk3").id
    return Desk(household.client, household.provider_id, household.employee_id, household.plan_id)


def _visit(household: Household, *, closed: bool = False) -> UUID:
    _member(household)
    return make_visit(_desk(household), closed=closed).id


def _bill(household: Household) -> UUID:
    _member(household)
    return make_bill(_desk(household)).id


def _api_key(household: Household) -> UUID:
    desk = _desk(household)
    with working_for(household.client.id, Actor(Role.ADMIN, id=ids.new_id())) as scope:
        return visits.make_key(scope, provider_id=desk.provider_id, label="HIS", scopes=["visits"])[0].id


def _payable(household: Household) -> UUID:
    with working_for(household.client.id) as scope:
        return make_payable(scope, household.employee_id, Money.of_major(100_000, household.client.currency)).id


def _payee_account(household: Household) -> UUID:
    with working_for(household.client.id) as scope:
        account = {"bank": "BCA", "account_number": "0123456789", "holder_name": "Klinik Melati"}
        return funds.give_account(scope, "provider", payee_id=make_provider(scope).id, **account).id


def _payment_run(household: Household) -> UUID:
    """A run that is prepared."""
    _payable(household)
    make_company_account(household.client)
    with working_for(household.client.id) as scope:
        if fund_queries.fund(scope) is None:
            make_fund(scope, yearly=Money.of_major(1_200_000, household.client.currency))
        return funds.prepare_run(scope).id


def _provider(household: Household) -> UUID:
    """Somebody of the registry, for bodies that name one."""
    with working_for(household.client.id) as scope:
        return make_provider(scope).id


OBJECTS: dict[str, Callable[[Household], UUID]] = {
    "provider_id": _provider,
    "member_id": _member,
    "claim_id": lambda household: make_claim(household, submitted=True).id,
    "complaint_id": _complaint,
    "dossier_id": _dossier,
    "document_id": _document,
    "device_id": _device_registration,
    "notification_id": _notification,
    "contract_id": _contract,
    "contact_id": _hr_contact,
    "staff_id": lambda household: make_staff(household.client, Role.AGENT),
    "plan_id": lambda household: household.plan_id,
    "request_id": _enrolment_request,
    "import_id": _census_import,
    "conversation_id": _conversation,
    "case_id": _case,
    "letter_id": lambda household: make_waiting_letter(household.client, household.employee_id).id,
    "referral_code": referral_of,
    "referral_request_id": referral_request_of,
    "queued_id": _queued_call,
    "callback_id": _callback,
    "voicemail_id": _voicemail,
    "visit_id": _visit,
    "bill_id": _bill,
    "key_id": _api_key,
    "payable_id": _payable,
    "account_id": _payee_account,
    "run_id": _payment_run,
    "consultation_id": lambda household: make_consultation(household).id,
    "prescription_id": ended_prescription,
    "certificate_id": ended_certificate,
}

_PROVIDER_IMPORT = {"import_id": _provider_import}

OBJECTS_OF_ROUTE: dict[str, dict[str, Callable[[Household], UUID]]] = {
    "/api/v1/provider-imports/<uuid:import_id>": _PROVIDER_IMPORT,
    "/api/v1/provider-imports/<uuid:import_id>/rows": _PROVIDER_IMPORT,
    "/api/v1/provider-imports/<uuid:import_id>/application": _PROVIDER_IMPORT,
    "/api/v1/me/devices/<uuid:device_id>": {"device_id": _own_device},
    "/api/v1/cases/<uuid:case_id>/medical-notes": {"case_id": _doctors_case},
    "/api/v1/cases/<uuid:case_id>/medical-outcome": {"case_id": _doctors_case},
}
"""Where the same name means another kind of object."""

WITHOUT_OWNER = {"slug", "name", "file", "kind", "size", "number", "provider_id", "purpose"}
"""Parts of addresses that name nothing a client owns: brands, files, page numbers, the shared registry of providers."""

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
    "consultation_id",
    "prescription_id",
    "certificate_id",
}
"""Ids of objects that are a member's data: when staff read one, the member can read that they did."""

IMPERSONAL = WITHOUT_OWNER | {
    "account_id",
    "contact_id",
    "contract_id",
    "device_id",
    "import_id",
    "plan_id",
    "request_id",
    "run_id",
    "staff_id",
    "key_id",
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
