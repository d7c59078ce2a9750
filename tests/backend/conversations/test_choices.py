"""Buttons and lists on WhatsApp where they fit, numbers where not; made at the vendor once."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from backend.access import working_for
from backend.branding.loader import brand_for
from backend.conversations import choices
from backend.conversations.models import Message, MessageContent
from backend.helpline import catalogue
from backend.integrations import registry
from backend.integrations.messaging import Choices, SendResult, VendorError

LANGUAGES = ["id", "en", "pt"]


class Vendor:
    """Takes messages and contents, or refuses what a test says."""

    def __init__(self):
        self.sent = []
        self.made = []
        self.refuses_content = self.refuses_template = None

    def send(self, message):
        if message.template and self.refuses_template:
            raise self.refuses_template
        self.sent.append(message)
        return SendResult(f"SM{len(self.sent)}")

    def make_content(self, wanted, name):
        self.made.append(wanted)
        if self.refuses_content:
            raise self.refuses_content
        return f"HX{len(self.made)}"


@pytest.fixture
def vendor(app, bot):
    before = registry.current()
    fake = Vendor()
    registry.use(replace(before, messaging=fake))
    yield fake
    registry.use(before)


def _outbox(helpline, phone):
    rows = helpline.http.get("/demo/outbox.json").json
    return [row for row in reversed(rows) if row["to"] == phone and row["channel"] == "whatsapp"]


def test_up_to_three_short_choices_are_buttons(helpline, bot, phone):
    bot.says("complain", "utter_ask_complaint_confirmed")
    helpline.writes(phone, "complain")

    sent = _outbox(helpline, phone)[-1]
    assert sent["choices"]["opener"] == ""
    assert [item["id"] for item in sent["choices"]["items"]] == ["/affirm", "/deny"]
    assert "1." not in sent["text"]


def test_up_to_ten_choices_are_a_list_behind_a_button_in_the_threads_language(helpline, bot, phone):
    helpline.writes(phone, "halo selamat pagi")

    sent = _outbox(helpline, phone)[-1]
    assert sent["choices"]["opener"] == "Pilih"
    assert len(sent["choices"]["items"]) == 5


@pytest.mark.parametrize("field", ["ButtonPayload", "ListId"])
def test_what_is_tapped_is_chosen(helpline, bot, phone, field):
    helpline.writes(phone, "hello there")
    tapped = next(item for item in _outbox(helpline, phone)[-1]["choices"]["items"] if item["label"] == "A person")
    helpline.writes(phone, tapped["label"], MessageType="interactive", **{field: tapped["id"]})

    assert "A person will answer you here" in helpline.said(phone)


def test_a_tap_on_an_earlier_message_is_read_by_its_words(helpline, bot, phone):
    helpline.writes(phone, "hello there")
    bot.says("complain", "utter_ask_complaint_confirmed")
    helpline.writes(phone, "complain")
    helpline.writes(phone, "My card", ListId="action:action_show_card", MessageType="interactive")
    assert bot.turns[-1].message == "My card"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_choice_of_the_catalogue_fits_whatsapp(helpline, language):
    brand = replace(brand_for(helpline.client), languages=tuple(LANGUAGES))
    for reply_id, entry in catalogue.entries(language).items():
        if entry.buttons and reply_id != "greeting":
            offered = [{"label": button.label, "payload": button.payload} for button in entry.buttons]
            args = dict.fromkeys(entry.arguments() - {"client", "greeting"}, "7")
            row = Message(reply=reply_id, args=args, language=language, buttons=offered, media=[])
            assert choices.tappable(brand, row) is not None, reply_id


def test_what_is_personal_never_lies_with_the_vendor(helpline, vendor, phone, member):
    brand = brand_for(helpline.client)
    offered = [{"label": "Yes, block it", "payload": "action:card_loss_confirm"}]
    args = {"card_number": "8888 1234", "fee": {"money": {"amount_minor": 5000000, "currency": "IDR"}}}
    row = Message(reply="card_lost_confirm", args=args, language="en", buttons=offered, media=[])

    wanted, filled = choices.tappable(brand, row)

    assert "8888" not in wanted.body
    assert "{{1}}" in wanted.body
    assert filled["1"] == "8888 1234"


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"buttons": [{"label": "x" * 25, "payload": "/x"}]}, "a label is too long"),
        ({"buttons": [{"label": str(n), "payload": f"/{n}"} for n in range(11)]}, "too many"),
        ({"buttons": [{"label": "Same", "payload": f"/{n}"} for n in range(2)]}, "two labels are the same"),
        ({"buttons": [{"label": "Yes", "payload": "/" + "x" * 200}]}, "an id is too long"),
        ({"args": {"card_number": "", "fee": "5"}}, "a gap is empty"),
        ({"args": {"card_number": "1\n2", "fee": "5"}}, "a gap has two lines"),
        ({"args": {"card_number": "x" * 1024, "fee": "5"}}, "the text is too long"),
        ({"media": [{"card_member_id": "1"}]}, "there is a picture"),
        ({"reply": None}, "a person wrote it"),
    ],
)
def test_what_does_not_fit_goes_with_numbers(helpline, change, why):
    values = {
        "reply": "card_lost_confirm",
        "args": {"card_number": "1", "fee": "5"},
        "language": "en",
        "buttons": [{"label": "Yes", "payload": "/affirm"}],
        "media": [],
    }
    brand = brand_for(helpline.client)
    assert choices.tappable(brand, Message(**values)) is not None
    assert choices.tappable(brand, Message(**values | change)) is None, why


def test_content_is_made_once_for_a_client_and_language(helpline, vendor, phone):
    for _ in range(3):
        helpline.writes(phone, "hello there")

    assert len(vendor.made) == 1
    assert [message.template for message in vendor.sent] == ["HX1"] * 3


def test_a_content_that_cannot_be_made_goes_as_numbers_and_is_not_asked_for_again_at_once(helpline, vendor, phone):
    vendor.refuses_content = VendorError("content_refused", permanent=True)
    for _ in range(2):
        helpline.writes(phone, "hello there")

    assert len(vendor.made) == 1
    assert all(message.template is None for message in vendor.sent)
    assert "1. My card" in vendor.sent[-1].text


def test_a_template_that_is_refused_goes_at_once_as_numbers(helpline, vendor, phone):
    vendor.refuses_template = VendorError("template_refused", permanent=True, code="63021")
    helpline.writes(phone, "hello there")

    assert "1. My card" in vendor.sent[-1].text


def test_a_template_refused_after_it_was_taken_goes_again_as_numbers_once(helpline, vendor, phone):
    helpline.writes(phone, "hello there")
    reference = vendor.sent[0].reference
    path = f"/twilio/messages/status?client={helpline.client.slug}&reference={reference}"
    for _ in range(2):
        helpline.post(path, {"MessageSid": "SM1", "MessageStatus": "failed", "ErrorCode": "63013"})
        helpline.run_jobs()

    assert len(vendor.sent) == 2
    assert vendor.sent[1].template is None
    assert "1. My card" in vendor.sent[1].text
    with working_for(helpline.client.id) as scope:
        rows = scope.session.scalars(select(MessageContent).where(MessageContent.client_id == scope.client_id))
        assert [row.content_sid for row in rows] == [None]


def test_any_other_failure_is_no_matter_of_buttons(helpline, vendor, phone):
    vendor.refuses_template = VendorError("opted_out", permanent=True, code="63014")
    helpline.writes(phone, "hello there")
    assert vendor.sent == []


def test_numbers_follow_the_text():
    items = Choices("", "en", ()).items
    assert choices.numbered("Which?", items) == "Which?"
