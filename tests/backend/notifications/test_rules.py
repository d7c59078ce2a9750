from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.notifications import rules
from backend.notifications.rules import AttemptState, Channel, QuietHours, Reach

JAKARTA = ZoneInfo("Asia/Jakarta")
EVERY = (Channel.PUSH, Channel.WHATSAPP, Channel.SMS, Channel.MAIL)


def jakarta(hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, 22, hour, minute, tzinfo=JAKARTA).astimezone(UTC)


class TestChannels:
    def test_the_members_own_order_comes_first_and_the_others_stay_as_fallback(self):
        reach = Reach(possible=EVERY, preferred=[Channel.MAIL], consented=[Channel.WHATSAPP])
        assert rules.channels_for(EVERY, reach) == [Channel.MAIL, Channel.PUSH, Channel.WHATSAPP, Channel.SMS]

    def test_whatsapp_without_consent_is_left_out(self):
        assert Channel.WHATSAPP not in rules.channels_for(EVERY, Reach(possible=EVERY))

    def test_an_opted_out_channel_is_left_out(self):
        assert Channel.SMS not in rules.channels_for(EVERY, Reach(possible=EVERY, opted_out=[Channel.SMS]))

    def test_a_channel_that_is_unwanted_for_the_topic_is_left_out(self):
        assert Channel.SMS not in rules.channels_for(EVERY, Reach(possible=EVERY, unwanted=[Channel.SMS]))

    def test_a_channel_that_the_event_does_not_use_stays_out_even_when_preferred(self):
        reach = Reach(possible=EVERY, preferred=[Channel.MAIL])
        assert rules.channels_for((Channel.SMS,), reach) == [Channel.SMS]

    @given(st.sets(st.sampled_from(EVERY)), st.permutations(EVERY), st.sets(st.sampled_from(EVERY)))
    def test_nothing_is_tried_twice_and_nothing_impossible(self, possible, preferred, opted_out):
        reach = Reach(possible=possible, preferred=preferred, consented=EVERY, opted_out=opted_out)
        assert sorted(rules.channels_for(EVERY, reach)) == sorted(possible - opted_out)


class TestQuietHours:
    night = QuietHours(time(21), time(7))

    def test_a_message_of_the_evening_waits_until_the_members_morning(self):
        assert rules.send_at(jakarta(23), JAKARTA, self.night, urgent=False) == jakarta(7) + timedelta(days=1)

    def test_a_message_of_the_small_hours_waits_until_the_same_morning(self):
        assert rules.send_at(jakarta(3), JAKARTA, self.night, urgent=False) == jakarta(7)

    def test_an_urgent_message_does_not_wait(self):
        assert rules.send_at(jakarta(23), JAKARTA, self.night, urgent=True) == jakarta(23)

    def test_it_is_the_members_clock_that_counts(self):
        noon_in_lisbon_is_evening_in_jayapura = datetime(2026, 11, 22, 13, tzinfo=UTC)
        jayapura = ZoneInfo("Asia/Jayapura")
        due = rules.send_at(noon_in_lisbon_is_evening_in_jayapura, jayapura, self.night, urgent=False)
        assert due.astimezone(jayapura).hour == 7

    @given(st.times(), st.times(), st.integers(0, 366 * 24 * 60))
    def test_nothing_is_sent_in_quiet_hours_nor_a_day_late(self, start, end, minutes):
        quiet = QuietHours(start.replace(second=0, microsecond=0), end.replace(second=0, microsecond=0))
        now = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
        due = rules.send_at(now, JAKARTA, quiet, urgent=False)
        assert now <= due <= now + timedelta(days=1)
        assert not quiet.contain(due.astimezone(JAKARTA).time())


class TestStates:
    @pytest.mark.parametrize(
        ("old", "new"),
        [
            (AttemptState.DELIVERED, AttemptState.SENT),
            (AttemptState.READ, AttemptState.DELIVERED),
            (AttemptState.DELIVERED, AttemptState.UNDELIVERED),
            (AttemptState.SENT, AttemptState.SENT),
        ],
    )
    def test_a_late_status_does_not_turn_the_clock_back(self, old, new):
        assert not rules.advances(old, new)

    def test_a_callback_settles_what_was_uncertain(self):
        assert rules.advances(AttemptState.SEND_UNCERTAIN, AttemptState.SENT)

    @given(st.lists(st.sampled_from(list(AttemptState))))
    def test_whatever_the_order_of_callbacks_the_highest_rank_stands(self, arrivals):
        known = AttemptState.QUEUED
        for state in arrivals:
            known = state if rules.advances(known, state) else known
        assert not any(rules.advances(known, state) for state in arrivals)


def test_passing_trouble_is_tried_again_ever_more_slowly_and_then_given_up():
    assert [rules.retry_after_seconds(tries) for tries in (1, 2, 3, 4)] == [20, 60, 180, None]


def test_free_text_on_whatsapp_ends_24_hours_after_the_person_last_wrote():
    now = jakarta(12)
    assert rules.session_open(now - timedelta(hours=23, minutes=59), now)
    assert not rules.session_open(now - timedelta(hours=24), now)
    assert not rules.session_open(None, now)
