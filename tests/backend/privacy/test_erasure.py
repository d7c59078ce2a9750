"""After an erasure no table holds the name, numbers, address or words of the person; dying in between loses nothing."""

import json
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from backend.access import Actor, Role, working_for
from backend.audit import service as audit
from backend.complaints import service as complaints
from backend.complaints.models import Outcome
from backend.conversations.models import ContactIdentifier, InboundEvent, Message, Verification
from backend.database import load_models
from backend.documents.vault import original_name, vault_of
from backend.helpline.models import CaseEvent
from backend.integrations import registry
from backend.kit import clock, ids
from backend.members import identity
from backend.members.models import EnrolmentRequest, Member
from backend.notifications import service as notifications
from backend.notifications.models import NotificationPreference, OptOut
from backend.privacy import queries, service, tasks
from backend.privacy.holdings import NAMED_IN_RECORDS
from backend.privacy.models import FileToErase, PrivacyRequest
from backend.privacy.service import erasing
from tests.factories import object_makers as makers
from tests.factories.accounts import make_staff
from tests.factories.calls import make_callback
from tests.factories.claims import Household, make_claim, make_household, make_paper
from tests.factories.members import make_member
from tests.factories.privacy import make_request
from tests.factories.telemedicine import ended_prescription

NAME, PHONE, MAIL = "Zubaidah Pertiwiningsih", "+6281399887766", "zubaidah@rumah.example"
NIK, ADDRESS, WORDS = "3171015708900099", "Jalan Cendrawasih 99", "benjolan rahasia di leher"
TRACES = (NAME, PHONE, MAIL, NIK, ADDRESS, WORDS)


@pytest.fixture
def person(app, run_jobs) -> Household:
    """An employee who left, with something of hers in every corner, all of it closed."""
    household = make_household(sign_in=False)
    _describe(household)
    makers.complaint_of(household)
    complaint = _complain(household)
    make_claim(household, submitted=True)
    make_claim(household)
    ended_prescription(household)
    for maker in (makers.notification_of, makers.device_registration_of, makers.own_device_of, makers.voicemail_of):
        maker(household)
    _talk(household)
    makers.dossier_of(household)
    run_jobs()
    _close_everything(household, complaint)
    return household


def _describe(household: Household) -> None:
    with working_for(household.client.id) as scope:
        row = scope.session.get_one(Member, (scope.client_id, household.employee_id))
        row.full_name, row.phone, row.email, row.postal_address = NAME, PHONE, MAIL, ADDRESS
        row.language = "en"
        row.national_id_cipher = identity.sealed(row.id, NIK)
        row.national_id_fingerprint = identity.fingerprint(scope.client_id, NIK)
        scope.session.add_all(
            [
                OptOut(client_id=scope.client_id, channel="sms", address=PHONE, cause="opted_out"),
                NotificationPreference(client_id=scope.client_id, member_id=row.id, channels=["sms"], muted=[]),
                EnrolmentRequest(
                    client_id=scope.client_id,
                    employee_id=row.id,
                    relationship="spouse",
                    full_name=NAME,
                    birth_date=date(1990, 1, 1),
                    sex="male",
                    note=WORDS,
                ),
            ]
        )
        make_paper(scope, row.id, content="f" * 32, extracted={"patient": NAME})
    vault = vault_of(registry.current())
    vault.store(vault.seal(original_name(household.client.id, "f" * 32), b"a letter"))


def _complain(household: Household) -> Any:
    with working_for(household.client.id, household.actor, channel="app") as scope:
        return complaints.lodge(scope, household.employee_id, "other", WORDS, channel="app", spoken=False).id


def _talk(household: Household) -> None:
    thread, case = makers.conversation_of(household), makers.case_of(household)
    with working_for(household.client.id) as scope:
        address = ContactIdentifier(
            client_id=scope.client_id, conversation_id=thread, channel="whatsapp", kind="phone", value=PHONE
        )
        scope.session.add(address)
        scope.session.flush()
        common = {"client_id": scope.client_id, "conversation_id": thread, "channel": "whatsapp", "language": "en"}
        said = {"direction": "in", "author": "member", "text": f"{NAME}: {WORDS}", "args": {"name": NAME}}
        scope.session.add_all(
            [
                Message(**common, **said, vendor_id="SM1"),
                InboundEvent(
                    client_id=scope.client_id, kind="message", vendor_key="SM1", payload={"From": PHONE, "Body": WORDS}
                ),
                CaseEvent(
                    client_id=scope.client_id,
                    case_id=case,
                    kind="note",
                    version=1,
                    actor_role="agent",
                    text=WORDS,
                    facts={"name": NAME},
                ),
                Verification(
                    client_id=scope.client_id,
                    conversation_id=thread,
                    identifier_id=address.id,
                    member_id=household.employee_id,
                    channel="whatsapp",
                    method="phone",
                ),
            ]
        )
        make_callback(scope, thread, phone=PHONE)
        scope.session.execute(
            text("UPDATE helpline_case SET summary = :words WHERE client_id = :client"),
            {"words": WORDS, "client": scope.client_id},
        )
        audit.record(scope, "read", "member", household.employee_id, member_id=household.employee_id)
        notifications.tell_address(scope, "contact_changed", NAME, phone=PHONE)


def _close_everything(household: Household, complaint: Any) -> None:
    with working_for(household.client.id, Actor(Role.CLAIMS, id=make_staff(household.client, Role.CLAIMS))) as scope:
        complaints.resolve(scope, complaint, WORDS, Outcome.UPHELD, WORDS)
        ours = {
            "client": scope.client_id,
            "member": household.employee_id,
            "day": household.today() - timedelta(days=9),
        }
        for statement in (
            "UPDATE enrolment SET ends_on = :day WHERE client_id = :client",
            "UPDATE member SET left_on = :day WHERE client_id = :client",
            "UPDATE complaint SET status = 'closed' WHERE client_id = :client",
            "UPDATE claim SET status = 'rejected' WHERE client_id = :client AND status <> 'draft'",
            "UPDATE claim SET provider_name = 'Klinik' WHERE client_id = :client AND member_id = :member",
        ):
            scope.session.execute(text(statement), {name: ours[name] for name in ours if f":{name}" in statement})


def approved(household: Household, **facts: Any) -> Any:
    decided = {"decided_by": ids.new_id(), "decided_at": clock.now()}
    return make_request(household, state="approved", words=f"{NAME}, {WORDS}", **decided, **facts)


def erase(household: Household, request_id: Any) -> None:
    tasks.erase(str(household.client.id), str(request_id))


def rows_with(household: Household, *traces: str) -> dict[str, list[str]]:
    """Tables with a row of the client in which one of the texts stands, in clear or as bytes of text."""
    found: dict[str, list[str]] = {}
    with working_for(household.client.id) as scope:
        for table in load_models().tables.values():
            if "client_id" not in table.columns:
                continue
            query = text(f"SELECT t::text FROM {table.name} AS t WHERE client_id = :client")
            for row in scope.session.scalars(query, {"client": scope.client_id}):
                hits = [one for one in traces if one in row or one.encode().hex() in row]
                if hits:
                    found.setdefault(table.name, []).extend(hits)
    return found


def stored(household: Household, request_id: Any) -> PrivacyRequest:
    with working_for(household.client.id) as scope:
        return scope.session.get_one(PrivacyRequest, (scope.client_id, request_id))


def test_the_person_is_in_the_tables_before(person):
    found = rows_with(person, *TRACES)
    assert {"member", "message", "inbound_event", "complaint", "case_event", "document", "opt_out"} <= set(found)
    assert {hit for hits in found.values() for hit in hits} == {*TRACES} - {NIK}  # sealed


def test_after_an_erasure_no_table_names_the_person_but_the_vouchers(person):
    erase(person, approved(person))
    assert set(rows_with(person, *TRACES)) <= NAMED_IN_RECORDS


def test_the_national_id_is_gone_also_from_where_it_is_looked_up(person):
    erase(person, approved(person))
    with working_for(person.client.id) as scope:
        row = scope.session.get_one(Member, (scope.client_id, person.employee_id))
        assert (row.national_id_cipher, row.national_id_fingerprint) == (None, None)


def test_of_the_birthday_only_the_year_stays(person):
    erase(person, approved(person))
    with working_for(person.client.id) as scope:
        assert scope.session.get_one(Member, (scope.client_id, person.employee_id)).birth_date == date(1990, 1, 1)


def test_the_files_are_gone_from_the_store_and_the_request_is_done(person):
    objects = registry.current().objects
    letter = original_name(person.client.id, "f" * 32)
    with working_for(person.client.id) as scope:
        found = queries.person(scope, person.employee_id)
        sounds = [f"{person.client.id}/calls/{row.id.hex}.recording" for row in queries.recordings_of(scope, found)]
    names = [letter, *sounds]
    assert all(objects.has(name) for name in names)
    request = approved(person)
    erase(person, request)
    assert not [name for name in names if objects.has(name)]
    assert stored(person, request).state == "done"


def test_the_papers_of_a_claim_stay_and_what_stays_is_named_with_its_law(person):
    request = approved(person)
    erase(person, request)
    with working_for(person.client.id) as scope:
        papers = scope.session.execute(
            text("SELECT count(*) FROM document WHERE client_id = :c AND member_id = :m"),
            {"c": scope.client_id, "m": person.employee_id},
        ).scalar_one()
    assert papers == 2
    assert {(one["category"], one["source"]) for one in stored(person, request).kept} == {
        ("accounting", "UU 8/1997 Ps 11"),
        ("medical", "Permenkes 24/2022 Ps 39-40"),
        ("evidence", "UU 27/2022 Ps 24, 31"),
    }


def test_the_person_is_told_what_was_kept_and_why(person, http, run_jobs):
    erase(person, approved(person))
    run_jobs()
    told = [row for row in http.get("/demo/outbox.json").json if row["to"] == MAIL][0]
    assert "We erased your data" in told["text"]
    assert "UU 8/1997 Ps 11" in told["text"]


def test_somebody_elses_rows_stay(person):
    with working_for(person.client.id) as scope:
        neighbour = make_member(scope, full_name="Tetangga Baik", phone="+6281355550000").id
        paper = make_paper(scope, neighbour)
    erase(person, approved(person))
    with working_for(person.client.id) as scope:
        assert scope.session.get_one(Member, (scope.client_id, neighbour)).full_name == "Tetangga Baik"
        assert queries.papers_of(scope, queries.person(scope, neighbour), vouchers=False)[0].id == paper


def test_erasing_twice_changes_nothing(person):
    request = approved(person)
    erase(person, request)
    first = stored(person, request)
    erase(person, request)
    again = stored(person, request)
    assert (again.state, again.erased_at, again.done_at) == (first.state, first.erased_at, first.done_at)


class Killed(BaseException):
    """The worker is gone."""


def test_a_worker_that_dies_in_the_transaction_has_erased_nothing_and_the_next_one_everything(person, monkeypatch):
    request = approved(person)
    before = rows_with(person, *TRACES)

    with monkeypatch.context() as patched:
        patched.setattr(erasing, "_ERASE_WORDS", text("SELECT 1/0"))
        with pytest.raises(Exception, match="division by zero"):
            erase(person, request)
    assert set(rows_with(person, *TRACES)) == set(before)
    erase(person, request)
    assert stored(person, request).state == "done"


def test_a_worker_killed_between_the_files_leaves_the_rest_to_the_next_one(person, monkeypatch):
    request = approved(person)
    with monkeypatch.context() as patched:
        patched.setattr(erasing, "_FILES_AT_ONCE", 1)

        def die_later(scope: Any, vault: Any, request_id: Any) -> bool:
            erasing.erase_some_files(scope, vault, request_id)
            patched.setattr(service, "erase_some_files", die_at_once)
            return True

        def die_at_once(*_: Any) -> bool:
            raise Killed

        patched.setattr(service, "erase_some_files", die_later)
        with pytest.raises(Killed):
            erase(person, request)
    assert stored(person, request).state == "approved"
    erase(person, request)
    assert stored(person, request).state == "done"
    with working_for(person.client.id) as scope:
        assert scope.session.query(FileToErase).filter_by(client_id=scope.client_id).count() == 0


def test_what_was_stuck_is_tried_again_by_the_watch(person, run_jobs):
    request = approved(person)
    with working_for(person.client.id) as scope:
        service.watch(scope)
    run_jobs()
    assert stored(person, request).state == "done"


def test_an_erasure_with_something_opened_since_goes_back_to_the_desk(person):
    request = approved(person)
    _complain(person)
    erase(person, request)
    row = stored(person, request)
    assert (row.state, row.decided_by, row.erased_at) == ("asked", None, None)
    assert "member" in rows_with(person, NAME)


def test_words_are_not_taken_from_records_without_an_approved_erasure(person):
    asked = make_request(person)
    with working_for(person.client.id) as scope, pytest.raises(Exception, match="no erasure was approved"):
        scope.session.execute(
            text("SELECT erase_words(:client, :request)"), {"client": scope.client_id, "request": asked}
        )


def test_job_arguments_name_nobody(person, database_urls):
    erase(person, approved(person))
    with working_for(person.client.id) as scope:
        jobs = scope.session.scalars(text("SELECT args::text FROM procrastinate_jobs")).all()
    assert not [one for one in jobs if any(trace in json.dumps(one) for trace in TRACES)]
