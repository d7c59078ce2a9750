"""Push in the browser: offered when there is something to wait for, registered, shown, and silent after signing out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from backend.access import working_for
from backend.integrations.push import BrowserSubscription
from backend.notifications import queries, service
from tests.factories.notifications import outside
from tests.web.conftest import PHONE, until, watched
from tests.web.people import Family, enter, make_family, with_claim

pytestmark = pytest.mark.browser

SLUG = "nusantara"
_KEYS = {"p256dh": "p" * 87, "auth": "a" * 22}
_PUSH_SERVICE = """() => {
  // A browser in a test has no push service: this one gives every page the same subscription, until it is given back.
  const made = {
    endpoint: "https://push.example/send/1",
    toJSON: () => ({ endpoint: made.endpoint, keys: %s }),
    unsubscribe: async () => { localStorage.removeItem("subscribed"); return true; },
  };
  PushManager.prototype.subscribe = async () => { localStorage.setItem("subscribed", "yes"); return made; };
  PushManager.prototype.getSubscription = async () => (localStorage.getItem("subscribed") ? made : null);
}"""


@dataclass
class Browsers:
    """A WebPush that takes everybody on."""

    key: str | None = "BFirebasePublicKey"
    taken: list[BrowserSubscription] = field(default_factory=list)

    def public_key(self, client: str) -> str | None:
        return self.key

    def register(self, client: str, subscription: BrowserSubscription) -> str:
        self.taken.append(subscription)
        return f"browser-{len(self.taken)}-{id(self)}"


@pytest.fixture
def vendor() -> Iterator[Browsers]:
    browsers = Browsers()
    with outside(web_push=browsers):
        yield browsers


@pytest.fixture
def context(browser: Browser, site: str) -> BrowserContext:
    made = browser.new_context(**PHONE, locale="en-GB")
    made.grant_permissions(["notifications"], origin=site)
    made.add_init_script(f"({_PUSH_SERVICE % _KEYS})()")
    return made


@pytest.fixture
def phone(context: BrowserContext) -> Iterator[Page]:
    yield from watched(context)


def ringing(family: Family) -> int:
    with working_for(family.client.id) as scope:
        return len(queries.devices_of(scope, family.member_ids[0]))


def test_who_waits_for_a_claim_is_asked_and_rings_until_they_sign_out(vendor, site, phone):
    family = make_family(SLUG)
    claim_id = with_claim(family)
    enter(phone, site, family, f"/claims/{claim_id}")
    phone.get_by_role("button", name="Yes, tell me").click()
    expect(phone.get_by_role("button", name="Yes, tell me")).to_have_count(0)
    assert (ringing(family), vendor.taken[0].auth) == (1, "a" * 22)
    phone.get_by_role("link", name="Me", exact=True).click()
    phone.get_by_role("button", name="Sign out").click()
    expect(phone.get_by_label("Mobile number")).to_be_visible()
    assert ringing(family) == 0
    until(phone, "() => !localStorage.getItem('subscribed')")


def test_not_now_is_not_asked_again(vendor, site, phone):
    family = make_family(SLUG)
    claim_id = with_claim(family)
    enter(phone, site, family, f"/claims/{claim_id}")
    phone.get_by_role("button", name="Not now").click()
    phone.reload()
    expect(phone.get_by_role("heading", name="Documents")).to_be_visible()
    expect(phone.get_by_role("button", name="Not now")).to_have_count(0)


def test_it_is_switched_on_and_off_in_the_settings(vendor, site, phone):
    family = make_family(SLUG)
    enter(phone, site, family, "/settings")
    phone.get_by_role("button", name="Yes, tell me").click()
    expect(phone.get_by_role("button", name="Not on this device")).to_be_visible()
    assert ringing(family) == 1
    phone.get_by_role("button", name="Not on this device").click()
    expect(phone.get_by_role("button", name="Yes, tell me")).to_be_visible()
    assert ringing(family) == 0


def test_without_firebase_nothing_is_offered_and_nothing_is_wrong(vendor, site, phone):
    vendor.key = None
    enter(phone, site, make_family(SLUG), "/settings")
    expect(phone.get_by_role("heading", name="Signed in on")).to_be_visible()
    expect(phone.get_by_role("heading", name="Notifications on this device")).to_have_count(0)
    expect(phone.locator(".notice.bad")).to_have_count(0)


def test_a_push_is_shown_and_its_tap_opens_what_it_is_about(vendor, site, context, phone):
    family = make_family(SLUG)
    with working_for(family.client.id) as scope:
        told = service.notify(scope, "card_replaced", family.member_ids[0], {"card_ending": "4821"})
    enter(phone, site, family)
    phone.evaluate("navigator.serviceWorker.ready.then(() => true)")
    worker = context.service_workers[0]
    data = {"notification": {"title": "New card", "body": "Open the app."}, "data": {"notification": str(told)}}
    worker.evaluate(
        """async (sent) => {
          self.dispatchEvent(new PushEvent("push", { data: JSON.stringify(sent) }));
          for (let tries = 0; tries < 50 && !(await self.registration.getNotifications()).length; tries += 1) {
            await new Promise((resolve) => setTimeout(resolve, 50));
          }
          const [shown] = await self.registration.getNotifications();
          self.dispatchEvent(new NotificationEvent("notificationclick", { notification: shown }));
        }""",
        data,
    )
    expect(phone.get_by_role("heading", level=1, name="Member card")).to_be_visible()
