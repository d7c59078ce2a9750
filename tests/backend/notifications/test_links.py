"""What leads from a message into the app carries its client, opens the right page, and says nothing else."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from backend.access import working_for
from backend.branding import links, loader
from backend.conversations import threads
from backend.kit import clock
from backend.notifications import queries, service, tasks
from backend.notifications.events import EVENTS, TO_STAFF
from backend.notifications.rules import AttemptState
from tests.factories.clients import make_client
from tests.factories.members import make_member
from tests.factories.notifications import ScriptedSender, brand_with_whatsapp, outside

NOON = datetime(2026, 11, 20, 5, tzinfo=UTC)
RETURNED = {"claim_number": "CL-26-000123", "resubmit_by": "2026-12-01"}
PHONE = "+6281234567890"


@pytest.fixture(autouse=True)
def at_noon():
    with clock.at(NOON):
        yield


@pytest.fixture
def client(app):
    return make_client()


def member_of(client, **facts):
    with working_for(client.id) as scope:
        return make_member(scope, **{"phone": PHONE, "language": "id", **facts}).id


def tell(client, event, member_id, facts):
    with working_for(client.id) as scope:
        return service.notify(scope, event, member_id, facts)


def attempts(client, notification_id):
    with working_for(client.id) as scope:
        return [(row.channel, row.state) for row in queries.attempts_of(scope, notification_id)]


def wrote_on_whatsapp(client):
    """The member has just written: for a day we may answer in words of our own."""
    with working_for(client.id) as scope:
        thread, _ = threads.of_address(scope, "whatsapp", {"phone": PHONE}, "id")
        thread.last_inbound_at = clock.now()


def deliver(client, notification_id):
    """Run the jobs of one notification by hand, as the worker would, until nothing is queued."""
    tasks.tell(str(client.id), str(notification_id))
    for _ in range(6):
        with working_for(client.id) as scope:
            rows = queries.attempts_of(scope, notification_id)
            queued = [row.id for row in rows if row.state == AttemptState.QUEUED]
        for attempt_id in queued:
            tasks.send(str(client.id), str(attempt_id))


@pytest.fixture
def at_home(client, monkeypatch):
    """The client with a host name of its own, and with WhatsApp."""
    brand = replace(brand_with_whatsapp(client), hosts=("care.kirana.example",))
    monkeypatch.setattr(loader, "brand_for", lambda _: brand)
    return brand


def sent_over(channel, client, member_id, event="claim_returned", facts=RETURNED):
    """What leaves over one channel for an event."""
    sender = ScriptedSender()
    note = tell(client, event, member_id, facts)
    with outside(messaging=sender, mail=sender, push=sender):
        deliver(client, note)
    assert [name for name, *_ in attempts(client, note)] == [channel]
    return sender.seen[0]


def test_a_mail_leads_to_its_page_in_the_app_below_the_shared_address(client):
    mail = sent_over("mail", client, member_of(client, email="budi@mail.example", phone=None))
    assert mail.text.endswith(f"\n\nBuka di aplikasi: https://careline.test/c/{client.slug}/#/claims")


def test_a_mail_leads_to_the_clients_own_host_where_there_is_one(client, at_home):
    mail = sent_over("mail", client, member_of(client, email="budi@mail.example", phone=None, language="en"))
    assert mail.text.endswith("\n\nOpen it in the app: https://care.kirana.example/#/claims")


def test_a_whatsapp_text_within_the_session_leads_to_its_page(client, at_home):
    member_id = member_of(client)
    wrote_on_whatsapp(client)
    told = sent_over("whatsapp", client, member_id)
    assert told.template is None
    assert told.text.endswith("https://care.kirana.example/#/claims")


@pytest.mark.parametrize("with_link", [True, False])
def test_an_approved_text_has_the_way_into_the_app_only_where_it_was_approved_with_it(client, at_home, with_link):
    member_id = member_of(client)
    variables = ["name", "claim_number", *(["link"] if with_link else [])]
    with working_for(client.id) as scope:
        service.keep_template(scope, "claim_returned", "id", "HX" + "0" * 32, variables)
        service.keep_preference(scope, member_id, channels=["whatsapp"], muted=[], quiet_from=None, quiet_until=None)
    told = sent_over("whatsapp", client, member_id)
    assert told.variables.get("3") == ("https://care.kirana.example/#/claims" if with_link else None)
    assert ("care.kirana.example" in told.text) is with_link


def test_a_push_names_its_client_beside_the_page(client, at_home):
    member_id = member_of(client)
    with working_for(client.id) as scope:
        service.register_device(scope, member_id, kind="fid", value="fid-1", platform="android")
    push = sent_over("push", client, member_id)
    assert push.link == "/claims"
    assert push.data.keys() == {"client", "url", "notification"}
    assert {name: push.data[name] for name in ("client", "url")} == {
        "client": client.slug,
        "url": f"https://care.kirana.example/#/open/{client.slug}/claims",
    }


def test_who_has_left_is_not_led_into_the_app(client):
    mail = ScriptedSender()
    with working_for(client.id) as scope:
        note = service.tell_address(
            scope, "erasure_done", "Budi", mail="budi@mail.example", facts={"request_number": "P-1", "kept": "-"}
        )
    with outside(mail=mail, messaging=ScriptedSender()):
        deliver(client, note)
    assert "https://" not in mail.seen[0].text


@pytest.mark.parametrize("event", sorted(name for name, one in EVENTS.items() if one.topic != TO_STAFF))
def test_no_address_says_more_than_a_client_and_a_page(event):
    brand = loader.brand_of("nusantara")
    assert links.page(brand, EVENTS[event].link) == f"https://careline.test/c/nusantara/#{EVENTS[event].link}"
    assert re.fullmatch(r"/[a-z-]*", EVENTS[event].link)
