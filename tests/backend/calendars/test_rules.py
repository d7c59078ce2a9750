"""Which days stand in a calendar, and that they say nothing personal."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from backend import languages
from backend.calendars import feed, tokens
from backend.calendars.rules import Day, Kind, Matter, of_claim, of_complaint, of_letter, shown

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
MATTER = Matter(UUID(int=5), "2263-1975-7376", 3, NOW - timedelta(days=1))
TWENTIETH, THIRTIETH = date(2026, 11, 20), date(2026, 11, 30)


def state(days: list[Day]) -> dict[str, bool]:
    return {day.kind.value: day.is_open for day in days}


@pytest.mark.parametrize(
    ("answered", "acknowledged", "asked", "days"),
    [
        (False, False, False, {"complaint_confirmation": True, "complaint_answer": True}),
        (False, True, False, {"complaint_confirmation": False, "complaint_answer": True}),
        (
            False,
            True,
            True,
            {"complaint_confirmation": False, "complaint_information": True, "complaint_answer": True},
        ),
        (True, True, False, {"complaint_confirmation": False, "complaint_answer": False}),
    ],
    ids=["lodged", "confirmed", "we asked", "answered"],
)
def test_the_days_of_a_complaint(answered, acknowledged, asked, days):
    found = of_complaint(
        MATTER,
        answered=answered,
        acknowledged=acknowledged,
        acknowledge_by=TWENTIETH,
        information_by=THIRTIETH if asked else None,
        resolve_by=THIRTIETH,
    )
    assert state(found) == days


@pytest.mark.parametrize(
    ("status", "submit_by", "resubmit_by", "days"),
    [
        ("draft", THIRTIETH, None, {"claim_hand_in": True}),
        ("draft", None, None, {}),
        ("submitted", THIRTIETH, None, {"claim_hand_in": False}),
        ("returned", TWENTIETH, THIRTIETH, {"claim_hand_in": False, "claim_documents": True}),
        ("complete", TWENTIETH, THIRTIETH, {"claim_hand_in": False, "claim_documents": False}),
        ("withdrawn", TWENTIETH, None, {"claim_hand_in": False}),
    ],
)
def test_the_days_of_a_claim(status, submit_by, resubmit_by, days):
    assert state(of_claim(MATTER, status=status, submit_by=submit_by, resubmit_by=resubmit_by)) == days


@pytest.mark.parametrize(
    ("letter", "is_open"), [("issued", True), ("confirmed", False), ("lapsed", False), ("void", False)]
)
def test_the_day_of_a_letter(letter, is_open):
    assert state(of_letter(MATTER, state=letter, last_day=THIRTIETH)) == {"letter_card": is_open}


@pytest.mark.parametrize(("is_open", "days_ago", "stays"), [(True, 400, True), (False, 29, True), (False, 31, False)])
def test_a_settled_day_leaves_the_calendar_after_a_month(is_open, days_ago, stays):
    day = Day(Kind.CLAIM_HAND_IN, UUID(int=1), "1", TWENTIETH, is_open, 1, NOW - timedelta(days=days_ago))
    assert bool(shown([day], NOW)) is stays


DAYS = st.lists(
    st.builds(
        Day,
        kind=st.sampled_from(Kind),
        matter_id=st.uuids(),
        number=st.integers(1000, 5999).map(lambda digits: f"{digits}-1975-7376"),
        on=st.dates(date(2020, 1, 1), date(2099, 12, 30)),
        is_open=st.booleans(),
        revision=st.integers(0, 500),
        changed_at=st.datetimes(datetime(2020, 1, 1), datetime(2099, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    ),
    max_size=4,
    unique_by=lambda day: day.uid,
)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(DAYS, st.sampled_from(languages.LANGUAGES))
def test_what_is_written_is_read_back_as_it_was(days, language):
    brand = "Sehat, Bersama; Kita"
    written = feed.written(days, language, brand, "https://care.example/c/x/")
    calendar = Calendar.from_ical(written)
    events = calendar.walk("VEVENT")
    assert not calendar.errors
    assert [event.errors for event in events] == [[] for _ in days]
    for event, day in zip(events, days, strict=True):
        assert str(event["uid"]) == day.uid
        assert event.decoded("dtstart") == day.on
        assert event.decoded("dtend") == day.on + timedelta(days=1)
        assert event.decoded("dtstamp") == day.changed_at.replace(microsecond=0)
        assert str(event["status"]) == ("CONFIRMED" if day.is_open else "CANCELLED")
        assert event["sequence"] == day.revision
        assert day.number in str(event["summary"])
    assert all(len(line) <= 75 for line in written.split(b"\r\n"))
    assert feed.written(days, language, brand, "https://care.example/c/x/") == written


@pytest.mark.parametrize("language", languages.LANGUAGES)
def test_every_day_has_a_title_with_its_number_in_every_language(language):
    words = feed.titles()[language]
    assert set(words) == {"calendar", "details", *Kind}
    assert all("{number}" in words[kind] for kind in Kind)


@pytest.mark.parametrize("token", ["", "x", "…", "a" * 68, "a" * 63, "../../etc/passwd"])
def test_what_cannot_be_a_token_names_no_client(token):
    assert tokens.client_of(token) is None


def test_a_token_names_its_client_and_never_comes_twice():
    client = UUID(int=77)
    made = {tokens.new_token(client) for _ in range(200)}
    assert len(made) == 200
    assert {tokens.client_of(token) for token in made} == {client}
