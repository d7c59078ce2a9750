"""Makes one object of each kind that a household of a client can own."""

from __future__ import annotations

from collections.abc import Callable
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
from tests.factories.accounts import make_identity
from tests.factories.calls import make_callback, make_place, make_recording, make_voicemail
from tests.factories.claims import Household, make_paper
from tests.factories.funds import make_company_account, make_fund, make_payable
from tests.factories.guarantees import make_waiting_letter
from tests.factories.members import make_card
from tests.factories.providers import make_contract, make_provider, make_tariff
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


def member_of(household: Household) -> UUID:
    """The employee, with a card."""
    with working_for(household.client.id) as scope:
        if queries.card_in_use(scope, household.employee_id) is None:
            make_card(scope, household.employee_id)
    return household.employee_id


def document_of(household: Household) -> UUID:
    """A file whose first page can be looked at."""
    fingerprint = ids.new_id().hex
    vault = vault_of(registry.current())
    vault.store(vault.seal(page_name(household.client.id, fingerprint, 1), b"a picture"))
    return _as_employee(household, lambda scope: make_paper(scope, household.employee_id, content=fingerprint))


def complaint_of(household: Household) -> UUID:
    return _as_employee(
        household,
        lambda scope: (
            complaints.lodge(scope, household.employee_id, "other", "It came late", channel="app", spoken=False).id
        ),
    )


def dossier_of(household: Household) -> UUID:
    """A dossier that is ready, of the household's newest complaint."""
    with working_for(household.client.id) as scope:
        newest = complaint_queries.complaints_of(scope, household.employee_id, limit=1)[0].id
    with working_for(household.client.id, household.actor, channel="app") as scope:
        made = dossiers.ask(scope, newest, "member", "en").id
    complaint_tasks.make_dossier(str(household.client.id), str(made))
    return made


def device_registration_of(household: Household) -> UUID:
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


def own_device_of(household: Household) -> UUID:
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


def notification_of(household: Household) -> UUID:
    return _stored(
        household,
        Notification(
            client_id=household.client.id,
            member_id=household.employee_id,
            event="claim_complete",
            facts={},
        ),
    )


def contract_of(household: Household) -> UUID:
    with working_for(household.client.id) as scope:
        return clients.contracts(scope)[0].id


def hr_contact_of(household: Household) -> UUID:
    with working_for(household.client.id) as scope:
        return client_service.add_hr_contact(scope, name="Rina", email=f"{ids.new_id().hex}@hr.example").id


def enrolment_request_of(household: Household) -> UUID:
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


def census_import_of(household: Household) -> UUID:
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


def provider_import_of(household: Household) -> UUID:
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


def conversation_of(household: Household) -> UUID:
    with working_for(household.client.id) as scope:
        going_on = scope.session.scalar(select(Conversation.id).where(Conversation.member_id == household.employee_id))
    return going_on or _stored(
        household,
        Conversation(client_id=household.client.id, member_id=household.employee_id, language="en", channel="whatsapp"),
    )


def case_of(household: Household, desk: str = "helpline") -> UUID:
    return _stored(
        household,
        HelplineCase(
            client_id=household.client.id,
            number=f"H-{ids.new_id().hex[-8:]}",
            conversation_id=conversation_of(household),
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


def doctors_case_of(household: Household) -> UUID:
    return case_of(household, "doctor")


def queued_call_of(household: Household) -> UUID:
    """A call that waits; it was recorded in an earlier life."""
    thread = conversation_of(household)
    with working_for(household.client.id) as scope:
        place = make_place(scope, thread)
        make_recording(scope, place.call_id)
        return place.id


def callback_of(household: Household) -> UUID:
    thread = conversation_of(household)
    with working_for(household.client.id) as scope:
        return make_callback(scope, thread).id


def voicemail_of(household: Household) -> UUID:
    thread = conversation_of(household)
    with working_for(household.client.id) as scope:
        return make_voicemail(scope, thread).id


def letter_of_visit_of(household: Household) -> UUID:
    """A letter made out to the facility where the visit is."""
    facts = {"provider_id": desk_of(household).provider_id, "state": "lapsed"}
    return make_waiting_letter(household.client, household.employee_id, **facts).id


def desk_of(household: Household) -> Desk:
    """The household's own hospital; its staff in the role of a front desk sit there."""
    if household.provider_id is None:
        with working_for(household.client.id) as scope:
            household.provider_id = make_provider(scope, kind="hospital", tier="ppk3").id
    return Desk(household.client, household.provider_id, household.employee_id, household.plan_id)


def visit_of(household: Household, *, closed: bool = False) -> UUID:
    member_of(household)
    return make_visit(desk_of(household), closed=closed).id


def bill_of(household: Household) -> UUID:
    member_of(household)
    return make_bill(desk_of(household)).id


def api_key_of(household: Household) -> UUID:
    desk = desk_of(household)
    with working_for(household.client.id, Actor(Role.ADMIN, id=ids.new_id())) as scope:
        return visits.make_key(scope, provider_id=desk.provider_id, label="HIS", scopes=["visits"])[0].id


def payable_of(household: Household) -> UUID:
    with working_for(household.client.id) as scope:
        return make_payable(scope, household.employee_id, Money.of_major(100_000, household.client.currency)).id


def payee_account_of(household: Household) -> UUID:
    with working_for(household.client.id) as scope:
        account = {"bank": "BCA", "account_number": "0123456789", "holder_name": "Klinik Melati"}
        return funds.give_account(scope, "provider", payee_id=make_provider(scope).id, **account).id


def payment_run_of(household: Household) -> UUID:
    """A run that is prepared."""
    payable_of(household)
    make_company_account(household.client)
    with working_for(household.client.id) as scope:
        if fund_queries.fund(scope) is None:
            make_fund(scope, yearly=Money.of_major(1_200_000, household.client.currency))
        return funds.prepare_run(scope).id


def provider_of(household: Household) -> UUID:
    """Somebody of the registry, for bodies that name one."""
    with working_for(household.client.id) as scope:
        return make_provider(scope).id


def priced_agreement_of(household: Household) -> UUID:
    """The same with a price list."""
    with working_for(household.client.id) as scope:
        contract = make_contract(scope, make_provider(scope))
        make_tariff(scope, contract, {"GP": 100_000_00})
        return contract.id


def agreement_of(household: Household) -> UUID:
    """The client's own contract with somebody of the registry."""
    with working_for(household.client.id) as scope:
        return make_contract(scope, make_provider(scope)).id
