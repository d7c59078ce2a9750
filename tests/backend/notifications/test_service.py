"""From an event to a message that arrived, and what happens when it does not."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import psycopg
import pytest

from backend import database
from backend.access import SYSTEM, Actor, Role, Scope, working_for
from backend.branding import loader
from backend.integrations.messaging import SendResult, SendUncertain, VendorError
from backend.integrations.push import DeviceGone
from backend.kit import clock
from backend.members.consent_wordings import wording
from backend.members.rules.consents import Purpose
from backend.members.service.consents import give_consent
from backend.notifications import delivery, queries, service, tasks
from backend.notifications.models import Notification
from backend.notifications.rules import AttemptState, Channel
from tests.factories.clients import make_client
from tests.factories.members import make_dependant, make_member
from tests.factories.notifications import ScriptedSender, brand_with_whatsapp, outside

NOON = datetime(2026, 11, 20, 5, tzinfo=UTC)
NIGHT = datetime(2026, 11, 20, 16, tzinfo=UTC)
RETURNED = {"claim_number": "CL-26-000123", "resubmit_by": "2026-12-01"}


@pytest.fixture(autouse=True)
def at_noon():
    with clock.at(NOON):
        yield


@pytest.fixture
def client(app):
    return make_client()


@pytest.fixture
def whatsapp(client, monkeypatch):
    brand = brand_with_whatsapp(client)
    monkeypatch.setattr(loader, "brand_for", lambda _: brand)


def member_of(client, **facts):
    with working_for(client.id) as scope:
        return make_member(scope, **{"phone": "+6281234567890", "language": "id", **facts}).id


def tell(client, event="claim_returned", member_id=None, facts=RETURNED):
    with working_for(client.id) as scope:
        return service.notify(scope, event, member_id, facts)


def attempts(client, notification_id):
    with working_for(client.id) as scope:
        return [(row.channel, row.state, row.cause) for row in queries.attempts_of(scope, notification_id)]


def deliver(client, notification_id):
    """Run the jobs of one notification by hand, as the worker would, until nothing is queued."""
    tasks.tell(str(client.id), str(notification_id))
    for _ in range(6):
        with working_for(client.id) as scope:
            rows = queries.attempts_of(scope, notification_id)
            queued = [row.id for row in rows if row.state == AttemptState.QUEUED]
        for attempt_id in queued:
            tasks.send(str(client.id), str(attempt_id))


def test_an_event_becomes_an_sms_in_the_members_language(client, run_jobs):
    sms = ScriptedSender()
    notification_id = tell(client, member_id=member_of(client))
    with outside(messaging=sms):
        run_jobs()
    (message,) = [one for one in sms.seen if one.client == client.slug]  # others' jobs may have been waiting
    assert message.to == "+6281234567890"
    assert message.text.startswith("Kirana Logistics: Klaim CL-26-000123")
    assert attempts(client, notification_id) == [("sms", "sent", None)]


def test_a_rolled_back_event_tells_nobody(client, settings):
    member_id = member_of(client)
    unit = database.current().unit(client.id)
    service.notify(Scope(unit, client.id, SYSTEM), "claim_returned", member_id, RETURNED)
    unit.rollback()
    unit.close()
    with psycopg.connect(settings.database_url) as connection:
        jobs = connection.execute(
            "SELECT count(*) FROM procrastinate_jobs WHERE args->>'client_id' = %s", [str(client.id)]
        ).fetchone()
    assert jobs == (0,)


def test_facts_must_be_exactly_those_of_the_event(client):
    with pytest.raises(ValueError, match="needs"):
        tell(client, member_id=member_of(client), facts={"claim_number": "1"})


def written_to(client, *, age: int, agrees: bool = False, **facts: object) -> list[str]:
    """Whose number gets the message about a child of this age; the contract says that 17 is grown up."""
    born = date(clock.today(client.timezone).year - age, 1, 1)
    with working_for(client.id) as scope:
        parent = make_member(scope, phone="+6281234567890")
        child_id = make_dependant(scope, parent, "child", birth_date=born, **facts).id
    if agrees:
        words = wording(Purpose.FAMILY_ACCESS, "en", loader.brand_for(client))
        with working_for(client.id, Actor(Role.MEMBER, id=child_id, member_ids=(child_id,))) as scope:
            give_consent(scope, child_id, Purpose.FAMILY_ACCESS, words)
    sms = ScriptedSender()
    with outside(messaging=sms):
        deliver(client, tell(client, member_id=child_id))
    return [message.to for message in sms.seen]


def test_a_childs_message_goes_to_the_employee(client):
    assert written_to(client, age=16) == ["+6281234567890"]


def test_from_the_age_of_the_contract_nobody_else_is_told(client):
    assert written_to(client, age=17) == []


def test_who_is_grown_up_may_agree_that_the_employee_goes_on_being_told(client):
    assert written_to(client, age=17, agrees=True) == ["+6281234567890"]


def test_who_is_grown_up_and_has_a_number_is_told_there(client):
    assert written_to(client, age=17, phone="+6281299999999") == ["+6281299999999"]


def test_a_message_of_the_night_waits_and_an_urgent_one_does_not(client, settings):
    member_id = member_of(client)
    with clock.at(NIGHT):
        quiet = tell(client, member_id=member_id)
        urgent = tell(client, "card_lost", member_id, {"card_ending": "4821"})
        for notification_id in (quiet, urgent):
            tasks.tell(str(client.id), str(notification_id))
        with working_for(client.id) as scope:
            due = [queries.attempts_of(scope, each)[0].due_at for each in (quiet, urgent)]
    assert due[0] == datetime(2026, 11, 21, 0, tzinfo=UTC)
    assert due[1] - NIGHT < timedelta(seconds=30)


def test_a_muted_topic_stays_in_the_inbox_only(client):
    member_id = member_of(client)
    with working_for(client.id) as scope:
        service.keep_preference(scope, member_id, channels=[], muted=["claims"], quiet_from=None, quiet_until=None)
    notification_id = tell(client, member_id=member_id)
    deliver(client, notification_id)
    assert attempts(client, notification_id) == []
    with working_for(client.id) as scope:
        assert queries.unread_by_member(scope, [member_id]) == {member_id: 1}


def test_a_channel_that_is_unwanted_for_a_topic_stays_silent_for_it_only(client):
    member_id = member_of(client, email="budi@example.test")
    with working_for(client.id) as scope:
        service.keep_preference(
            scope, member_id, channels=[], muted=[], quiet_from=None, quiet_until=None, unwanted={"claims": ["sms"]}
        )
    claim = tell(client, member_id=member_id)
    ended = tell(client, "cover_ended", member_id, {"ends_on": "2026-12-31"})
    for each in (claim, ended):
        with working_for(client.id) as scope:
            delivery.begin(scope, each)
    assert [channel for channel, _, _ in attempts(client, claim)] == ["mail"]
    assert [channel for channel, _, _ in attempts(client, ended)] == ["sms"]


@pytest.mark.requirement("S0-87")
def test_a_mail_comes_from_the_clients_address_in_its_own_terms(client, monkeypatch):
    plain = loader.brand_for(client)
    own = {"mail_sender": "surat@kirana.example", "support": {"mail": "bantuan@kirana.example"}}
    brand = replace(plain, **own, glossary={"id": {"claim": "pengajuan"}})
    monkeypatch.setattr(loader, "brand_for", lambda _: brand)
    notification_id = tell(client, member_id=member_of(client, phone=None, email="budi@mail.example"))
    mail = ScriptedSender()
    with outside(mail=mail):
        deliver(client, notification_id)
    (sent,) = mail.seen
    assert (sent.sender, sent.reply_to) == ("surat@kirana.example", "bantuan@kirana.example")
    assert sent.subject == "Kirana Logistics: Pengajuan perlu dilengkapi"


def test_a_number_that_cannot_be_reached_falls_back_to_mail(client):
    notification_id = tell(client, member_id=member_of(client, email="budi@mail.example"))
    sms, mail = ScriptedSender([VendorError("not_a_mobile", permanent=True, code="21614")]), ScriptedSender()
    with outside(messaging=sms, mail=mail):
        deliver(client, notification_id)
    assert attempts(client, notification_id) == [("sms", "failed", "not_a_mobile"), ("mail", "sent", None)]
    assert mail.seen[0].subject == "Kirana Logistics: Klaim perlu dilengkapi"


def test_passing_trouble_is_tried_four_times_before_the_next_channel(client):
    notification_id = tell(client, member_id=member_of(client))
    sms = ScriptedSender([VendorError("too_fast", permanent=False)] * 9)
    with outside(messaging=sms):
        deliver(client, notification_id)
    assert len(sms.seen) == 4
    assert attempts(client, notification_id) == [("sms", "failed", "too_fast")]


def test_a_lost_answer_is_uncertain_and_never_sent_again(client):
    notification_id = tell(client, member_id=member_of(client))
    sms = ScriptedSender([SendUncertain()])
    with outside(messaging=sms):
        deliver(client, notification_id)
        with working_for(client.id) as scope:
            attempt_id = queries.attempts_of(scope, notification_id)[0].id
        tasks.send(str(client.id), str(attempt_id))
    assert len(sms.seen) == 1
    assert attempts(client, notification_id) == [("sms", "send_uncertain", "no_answer")]


def test_what_stays_uncertain_goes_to_the_next_channel(client):
    notification_id = tell(client, member_id=member_of(client, email="budi@mail.example"))
    with outside(messaging=ScriptedSender([SendUncertain()]), mail=ScriptedSender()):
        deliver(client, notification_id)
        with working_for(client.id) as scope:
            attempt_id = queries.attempts_of(scope, notification_id)[0].id
        tasks.settle(str(client.id), str(attempt_id))
    assert [channel for channel, _, _ in attempts(client, notification_id)] == ["sms", "mail"]


def test_a_worker_that_died_while_sending_leaves_the_attempt_uncertain(client):
    notification_id = tell(client, member_id=member_of(client))
    tasks.tell(str(client.id), str(notification_id))
    with working_for(client.id) as scope:
        attempt_id = queries.attempts_of(scope, notification_id)[0].id
        delivery.take(scope, attempt_id)
    sms = ScriptedSender()
    with outside(messaging=sms):
        tasks.send(str(client.id), str(attempt_id))
    assert sms.seen == []
    assert attempts(client, notification_id) == [("sms", "send_uncertain", "worker_lost")]


def test_whoever_opted_out_is_never_written_to_again(client):
    member_id = member_of(client)
    first = tell(client, member_id=member_id)
    sms = ScriptedSender([VendorError("opted_out", permanent=True, code="21610")])
    with outside(messaging=sms):
        deliver(client, first)
        deliver(client, tell(client, member_id=member_id))
    assert len(sms.seen) == 1


def test_a_removed_app_is_forgotten_and_the_sms_goes_out(client):
    member_id = member_of(client)
    with working_for(client.id) as scope:
        service.register_device(scope, member_id, kind="fid", value=f"fid-{member_id}", platform="android")
    notification_id = tell(client, member_id=member_id)
    with outside(push=ScriptedSender([DeviceGone("UNREGISTERED")]), messaging=ScriptedSender()):
        deliver(client, notification_id)
    assert attempts(client, notification_id) == [("push", "failed", "device_gone"), ("sms", "sent", None)]
    with working_for(client.id) as scope:
        assert queries.devices_of(scope, member_id) == []


class TestWhatsApp:
    def test_outside_the_session_the_approved_template_speaks(self, client, whatsapp):
        member_id = member_of(client)
        with working_for(client.id) as scope:
            service.keep_preference(
                scope, member_id, channels=["whatsapp"], muted=[], quiet_from=None, quiet_until=None
            )
            service.keep_template(scope, "claim_returned", "id", "HX1", ["brand", "claim_number", "resubmit_by"])
        sender = ScriptedSender()
        with outside(messaging=sender):
            deliver(client, tell(client, member_id=member_id))
        assert sender.seen[0].channel == "whatsapp"
        assert sender.seen[0].template == "HX1"
        assert sender.seen[0].variables["3"] == "1 Desember 2026"

    def test_without_a_template_and_a_session_it_is_not_tried(self, client, whatsapp):
        member_id = member_of(client)
        with working_for(client.id) as scope:
            service.keep_preference(
                scope, member_id, channels=["whatsapp"], muted=[], quiet_from=None, quiet_until=None
            )
        sender = ScriptedSender()
        with outside(messaging=sender):
            deliver(client, tell(client, member_id=member_id))
        assert [message.channel for message in sender.seen] == ["sms"]

    def test_without_consent_it_is_not_tried(self, client, whatsapp):
        with working_for(client.id) as scope:
            service.keep_template(scope, "claim_returned", "id", "HX1", ["brand"])
        sender = ScriptedSender()
        with outside(messaging=sender):
            deliver(client, tell(client, member_id=member_of(client)))
        assert [message.channel for message in sender.seen] == ["sms"]


class TestCallbacks:
    @pytest.fixture
    def sent(self, client):
        notification_id = tell(client, member_id=member_of(client, email="budi@mail.example"))
        with outside(messaging=ScriptedSender([SendResult("SM1")])):
            deliver(client, notification_id)
        with working_for(client.id) as scope:
            return notification_id, queries.attempts_of(scope, notification_id)[0].id

    def report(self, client, attempt_id, status, **more):
        with working_for(client.id) as scope:
            service.record_delivery(scope, attempt_id, status, **more)

    def test_a_late_status_changes_nothing(self, client, sent):
        notification_id, attempt_id = sent
        for status in ("delivered", "sent", "queued"):
            self.report(client, attempt_id, status)
        assert attempts(client, notification_id) == [("sms", "delivered", None)]

    def test_an_undelivered_message_opens_the_next_channel_once(self, client, sent):
        notification_id, attempt_id = sent
        for _ in range(2):
            self.report(client, attempt_id, "undelivered", code="30003")
        assert [row[:2] for row in attempts(client, notification_id)] == [("sms", "undelivered"), ("mail", "queued")]

    def test_an_opt_out_is_remembered_by_address(self, client, sent):
        _, attempt_id = sent
        self.report(client, attempt_id, "failed", code="21610", address="+6281234567890")
        with working_for(client.id) as scope:
            assert queries.opted_out(scope, ["+6281234567890"]) == {("sms", "+6281234567890")}
            service.accept_address(scope, Channel.SMS, "+6281234567890")
            assert queries.opted_out(scope, ["+6281234567890"]) == set()

    def test_an_unknown_attempt_or_status_is_ignored(self, client, sent):
        notification_id, attempt_id = sent
        self.report(client, notification_id, "delivered")
        self.report(client, attempt_id, "teleported")
        assert attempts(client, notification_id) == [("sms", "sent", None)]


class TestCodes:
    def send(self, client, **more):
        with working_for(client.id, language="pt") as scope:
            return service.send_code(scope, "+258840000009", "904512", **more)

    def test_a_code_reaches_a_number_that_nobody_knows(self, client):
        sms = ScriptedSender()
        with outside(messaging=sms):
            deliver(client, self.send(client))
        assert sms.seen[0].to == "+258840000009"
        assert "904512" in sms.seen[0].text
        assert "Kirana" in sms.seen[0].text

    def test_the_code_never_lies_readable_in_the_database(self, client, settings):
        notification_id = self.send(client)
        with psycopg.connect(settings.owner_database_url) as connection:
            connection.execute("SELECT set_config('app.client_id', %s, false)", [str(client.id)])
            row = connection.execute("SELECT n::text FROM notification n WHERE id = %s", [notification_id]).fetchone()
            jobs = connection.execute(
                "SELECT args::text FROM procrastinate_jobs WHERE args->>'notification_id' = %s", [str(notification_id)]
            ).fetchone()
        assert row is not None
        assert jobs is not None
        assert "904512" not in row[0] + jobs[0]
        assert "258840000009" not in row[0] + jobs[0]

    def test_a_delivered_code_is_gone(self, client):
        notification_id = self.send(client)
        with outside(messaging=ScriptedSender()):
            deliver(client, notification_id)
        with working_for(client.id) as scope:
            service.record_delivery(scope, queries.attempts_of(scope, notification_id)[0].id, "delivered")
            assert scope.session.get_one(Notification, (client.id, notification_id)).sealed is None

    def test_an_old_code_is_wiped_whatever_became_of_it(self, client):
        notification_id = self.send(client)
        with clock.at(NOON + timedelta(minutes=31)):
            tasks.forget_codes(0)
        with working_for(client.id) as scope:
            assert scope.session.get_one(Notification, (client.id, notification_id)).sealed is None
