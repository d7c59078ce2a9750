"""Every event has words on every channel it may take, in every language, and a lock screen learns nothing."""

import string
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend import languages
from backend.notifications import wording
from backend.notifications.events import EVENTS, TO_STAFF
from backend.notifications.rules import Channel

TEMPLATES = Path(wording.__file__).parent / "templates"


def has_no_inbox(event) -> bool:
    return event.name == "sign_in_code" or event.topic == TO_STAFF


ALL_EVENTS = pytest.mark.parametrize("event", EVENTS.values(), ids=lambda event: event.name)


def forms_of(event) -> list[tuple[Channel, str]]:
    """Every channel that the event may take, in every language."""
    channels = {*event.channels, *([] if has_no_inbox(event) else [Channel.PUSH, Channel.WHATSAPP])}
    return [(channel, language) for channel in sorted(channels) for language in languages.LANGUAGES]


HARMLESS = {"due_by", "brand", "code", "minutes", "card_ending", "claim_number", "complaint_number", "ends_on"}
HARMLESS |= {
    "available_by",
    "information_by",
    "resolve_by",
    "planned_on",
    "starts_on",
    "clock_time",
}  # a day says nothing of an illness
SAMPLE = {
    "code": "123456",
    "minutes": 5,
    "card_ending": "4821",
    "plan_name": "Prima",
    "plan_changes": [{"reason": "plan_changes.plain.details", "figures": {}}],
    "extension_reason": "complaints.extension.third_party",
    "refusal_reason": "privacy.ground.open_matters",
}


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def facts_of(event) -> dict:
    made = {name: SAMPLE.get(name, "2026-12-01") for name in event.facts}
    return {**made, "brand": "Kirana", "name": "Budi"}


@ALL_EVENTS
def test_the_words_use_only_facts_that_the_event_has(event):
    for channel, language in forms_of(event):
        used = placeholders(wording.template(event.name, channel, language))
        assert used <= {*event.facts, "brand", "name"}, (channel, language)


@ALL_EVENTS
def test_the_words_can_be_said(event):
    for channel, language in forms_of(event):
        said = wording.words(event.name, channel, language, facts_of(event))
        assert said.text, (channel, language)
        assert "{" not in said.text + said.title, (channel, language)
        assert bool(said.title) == (channel in {Channel.PUSH, Channel.MAIL}), (channel, language)


@ALL_EVENTS
def test_a_lock_screen_shows_no_health_detail(event):
    for channel in {Channel.PUSH, Channel.SMS} & {*event.channels}:
        for language in languages.LANGUAGES:
            assert placeholders(wording.template(event.name, channel, language)) <= HARMLESS, (channel, language)


def knowing(event, words: str) -> dict:
    """The event's facts, with ``words`` wherever a fact is neither a day, an amount nor one of the harmless ones."""
    plain = [name for name in event.facts if name not in HARMLESS and not name.endswith(("_on", "_by", "_reason"))]
    change = {"reason": "plan_changes.plain.excluded", "figures": {"benefit": words, "what": words}}
    return facts_of(event) | {name: [change] if name == "plan_changes" else words for name in plain} | {"name": words}


@ALL_EVENTS
@given(words=st.text(st.characters(categories=["Lu", "Ll", "Nd"]), min_size=8, max_size=40))
@settings(max_examples=10)
def test_whatever_an_event_knows_its_lock_screen_repeats_none_of_it(event, words):
    for channel, language in forms_of(event):
        if channel in {Channel.PUSH, Channel.SMS} and event.topic != TO_STAFF:
            said = wording.words(event.name, channel, language, knowing(event, words))
            assert words not in f"{said.title}\n{said.text}"


@ALL_EVENTS
def test_every_sms_names_the_brand_and_fits_two_segments(event):
    for language in languages.LANGUAGES if Channel.SMS in event.channels else ():
        said = wording.words(event.name, Channel.SMS, language, facts_of(event))
        assert "Kirana" in said.text, language
        assert len(said.text) <= 153 * 2, language


def test_no_template_belongs_to_nobody():
    folders = {path.name for path in TEMPLATES.iterdir()}
    assert folders == set(EVENTS)


@pytest.mark.parametrize(("language", "text"), [("id", "1 Desember 2026"), ("pt", "1 de dezembro de 2026")])
def test_dates_are_written_as_people_write_them(language, text):
    assert wording.shown_fact("resubmit_by", date(2026, 12, 1), language).lower() == text.lower()


def test_amounts_are_written_as_people_write_them():
    assert wording.shown_fact("fee", {"amount_minor": 2500000, "currency": "IDR"}, "id") == "Rp\xa025.000"
