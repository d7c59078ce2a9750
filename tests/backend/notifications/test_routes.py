from __future__ import annotations

from dataclasses import dataclass

import pytest

from backend.access import Actor, Role, working_for
from backend.accounts import sessions
from backend.integrations import registry
from backend.integrations.messaging import OutgoingMessage, VendorError
from backend.integrations.push import BrowserSubscription
from backend.kit import ids
from backend.notifications import queries, service
from tests.factories.accounts import actor_for, headers_for
from tests.factories.clients import make_client
from tests.factories.members import make_member
from tests.factories.notifications import outside


@pytest.fixture
def client(app):
    return make_client()


@pytest.fixture
def member_id(client):
    with working_for(client.id) as scope:
        return make_member(scope).id


@pytest.fixture
def headers(client, member_id):
    return headers_for(Role.MEMBER, client, (member_id,), language="pt")


def tell(client, member_id, number):
    with working_for(client.id) as scope:
        return service.notify(scope, "claim_complete", member_id, {"claim_number": number})


def test_the_inbox_speaks_the_readers_language(http, client, member_id, headers):
    tell(client, member_id, "CL-7")
    item = http.get(f"/api/v1/members/{member_id}/notifications", headers=headers).json["items"][0]
    assert item["title"] == "Pedido completo"
    assert item["text"].startswith("O pedido CL-7 está completo")
    assert item["link"] == "/claims"


def test_the_inbox_comes_in_pages_the_newest_first(http, client, member_id, headers):
    made = [str(tell(client, member_id, f"CL-{number}")) for number in range(5)]
    seen, cursor = [], ""
    while cursor is not None:
        answer = http.get(f"/api/v1/members/{member_id}/notifications?limit=2{cursor}", headers=headers).json
        seen += [item["id"] for item in answer["items"]]
        cursor = answer["next_cursor"] and f"&cursor={answer['next_cursor']}"
    assert seen == made[::-1]


def test_reading_counts_down(http, client, member_id, headers):
    first, _ = tell(client, member_id, "CL-1"), tell(client, member_id, "CL-2")
    base = f"/api/v1/members/{member_id}/notifications"
    assert http.post(f"{base}/{first}/read", headers=headers).status_code == 204
    assert http.get(base, headers=headers).json["unread"] == 1
    assert http.post(f"{base}/read", headers=headers).status_code == 204
    assert http.get(base, headers=headers).json["unread"] == 0


def test_somebody_elses_message_cannot_be_marked(http, client, member_id, headers):
    with working_for(client.id) as scope:
        stranger = make_member(scope).id
    theirs = tell(client, stranger, "CL-9")
    for member in (member_id, stranger):
        answer = http.post(f"/api/v1/members/{member}/notifications/{theirs}/read", headers=headers)
        assert answer.status_code == 404


def test_preferences_are_kept_and_given_back(http, member_id, headers):
    wish = {
        "channels": ["mail", "sms"],
        "muted": ["claims"],
        "unwanted": {"plan": ["sms"]},
        "quiet_from": "22:00",
        "quiet_until": "06:30",
    }
    url = f"/api/v1/members/{member_id}/notification-preferences"
    assert http.get(url, headers=headers).json["quiet_from"] == "21:00"
    assert http.put(url, json=wish, headers=headers).json == wish
    assert http.get(url, headers=headers).json == wish


def test_security_messages_cannot_be_muted(http, member_id, headers):
    answer = http.put(
        f"/api/v1/members/{member_id}/notification-preferences",
        json={"channels": [], "muted": ["security"]},
        headers=headers,
    )
    assert (answer.status_code, answer.json["reason"]) == (409, "notifications.cannot_be_muted")


def test_no_channel_of_security_can_be_switched_off(http, member_id, headers):
    answer = http.put(
        f"/api/v1/members/{member_id}/notification-preferences",
        json={"channels": [], "unwanted": {"security": ["sms"]}},
        headers=headers,
    )
    assert (answer.status_code, answer.json["reason"]) == (409, "notifications.cannot_be_muted")


def test_quiet_hours_need_both_ends(http, member_id, headers):
    url = f"/api/v1/members/{member_id}/notification-preferences"
    answer = http.put(url, json={"channels": [], "quiet_from": "22:00"}, headers=headers)
    assert answer.status_code == 422


def test_a_device_that_changes_hands_belongs_to_its_new_owner(http, client, member_id, headers):
    body = {"kind": "fid", "value": f"fid-{ids.new_id()}", "platform": "android"}
    http.post(f"/api/v1/members/{member_id}/devices", json=body, headers=headers)
    with working_for(client.id) as scope:
        other = make_member(scope).id
    theirs = headers_for(Role.MEMBER, client, (other,))
    device = http.post(f"/api/v1/members/{other}/devices", json=body, headers=theirs).json
    assert http.delete(f"/api/v1/members/{member_id}/devices/{device['id']}", headers=headers).status_code == 404
    assert http.delete(f"/api/v1/members/{other}/devices/{device['id']}", headers=theirs).status_code == 204


def signed_in(client, member_id) -> Actor:
    return actor_for(Role.MEMBER, client, (member_id,))


def ringing(client, member_id) -> list[str]:
    with working_for(client.id) as scope:
        return [row.value for row in queries.devices_of(scope, member_id)]


def test_a_device_rings_until_its_sign_in_ends(client, member_id):
    actor = signed_in(client, member_id)
    with working_for(client.id, actor) as scope:
        service.register_device(scope, member_id, kind="token", value=f"t-{member_id}", platform="android")
    assert ringing(client, member_id) == [f"t-{member_id}"]
    with working_for(client.id, actor) as scope:
        sessions.end_sessions(scope, "device_signed_out", id=actor.session_id)
    assert ringing(client, member_id) == []


@dataclass
class Browsers:
    """A WebPush that knows what a test says."""

    key: str | None = "BFirebasePublicKey"
    trouble: VendorError | None = None

    def public_key(self, client: str) -> str | None:
        return self.key

    def register(self, client: str, subscription: BrowserSubscription) -> str:
        if self.trouble is not None:
            raise self.trouble
        return f"{client}:{subscription.auth}"


BROWSER = {"endpoint": "https://push.example/send/1", "p256dh": "p" * 87, "auth": "a" * 22}


def test_a_browser_is_taken_on_and_rings_while_it_is_signed_in(http, client, member_id, headers):
    with outside(web_push=Browsers()):
        assert http.get("/api/v1/me/push", headers=headers).json == {"public_key": "BFirebasePublicKey"}
        made = http.post(f"/api/v1/members/{member_id}/devices/web", json=BROWSER, headers=headers)
    assert (made.status_code, made.json["platform"]) == (201, "web")
    assert ringing(client, member_id) == [f"{client.slug}:{'a' * 22}"]
    http.post("/api/v1/sign-out", headers=headers)
    assert ringing(client, member_id) == []


def test_without_firebase_browsers_are_offered_nothing(http, headers):
    assert http.get("/api/v1/me/push", headers=headers).json == {"public_key": None}


def test_trouble_at_the_vendor_is_said_and_nothing_is_kept(http, client, member_id, headers):
    with outside(web_push=Browsers(trouble=VendorError("refused", permanent=True, code="403"))):
        refused = http.post(f"/api/v1/members/{member_id}/devices/web", json=BROWSER, headers=headers)
    assert (refused.status_code, refused.json["reason"]) == (503, "vendor.unavailable")
    assert ringing(client, member_id) == []


@pytest.mark.parametrize("change", [{"endpoint": "http://push.example/1"}, {"auth": ""}, {"p256dh": "x"}])
def test_what_no_browser_would_send_is_refused(http, member_id, headers, change):
    answer = http.post(f"/api/v1/members/{member_id}/devices/web", json=BROWSER | change, headers=headers)
    assert answer.status_code == 422


def test_where_a_message_leads_is_told_to_whoever_it_is_for_only(http, client, member_id, headers):
    with working_for(client.id) as scope:
        told = service.notify(scope, "card_lost", member_id, {"card_ending": "4821"})
        other = make_member(scope).id
    shown = http.get(f"/api/v1/me/notifications/{told}", headers=headers).json
    assert (shown["member_id"], shown["link"]) == (str(member_id), "/card")
    theirs = headers_for(Role.MEMBER, client, (other,))
    assert http.get(f"/api/v1/me/notifications/{told}", headers=theirs).status_code == 404


def test_the_outbox_shows_what_was_kept_the_newest_first(http, client):
    sender = registry.current().messaging
    for text in ("older", "newer"):
        sender.send(OutgoingMessage("sms", client.slug, "Kirana", "+6281100000009", text, "attempt:1"))
    kept = [row for row in http.get("/demo/outbox.json").json if row["client"] == client.slug]
    assert [row["text"] for row in kept] == ["newer", "older"]
    assert set(kept[0]) == {"id", "channel", "to", "client", "template", "text", "media", "choices", "created_at"}
    assert b"newer" in http.get("/demo/outbox").data
