"""WhatsApp messages keep coming, again and again and in disorder, while web, worker and PostgreSQL are killed in turn.

What was answered with 200 is in its thread once, was answered once, and that answer went out at most once: once for
sure, or it is marked uncertain.
"""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from queue import Empty, Queue
from threading import Event, Thread

import pytest

from backend.branding import loader as branding
from backend.devstack.places import LOCAL
from tests.backend.killed_parts import SLUG, Parts, until

pytestmark = pytest.mark.stack

_SENDERS = 5
_MESSAGES_EACH = 12
_MOST_COPIES = 10
_ROUND = ("web", "worker", "postgres")
_ROUNDS = 2
_DRAIN_S = 90.0
_THREADS = 6

_UNDONE = """
SELECT count(*) FROM procrastinate_jobs WHERE status IN ('todo', 'doing') AND task_name = 'conversations.answer'
"""
_BUSY = "SELECT count(*) FROM procrastinate_jobs WHERE status = 'doing' AND task_name = 'conversations.answer'"
_IN_THREAD = "SELECT vendor_id, count(*) FROM message WHERE direction = 'in' GROUP BY vendor_id"
_EVENTS = "SELECT vendor_key, count(*) FROM inbound_event WHERE kind = 'message' GROUP BY vendor_key"
_ANSWERS = """
SELECT i.vendor_id, i.answered_at IS NOT NULL, count(o.id), count(DISTINCT o.created_at)
  FROM message i LEFT JOIN message o ON o.client_id = i.client_id AND o.answers_id = i.id
 WHERE i.direction = 'in' GROUP BY i.client_id, i.id
"""
_SENT = """
SELECT o.send_state, o.vendor_id, c.value FROM message o
  JOIN contact_identifier c ON c.client_id = o.client_id AND c.conversation_id = o.conversation_id
 WHERE o.direction = 'out' AND c.kind = 'phone'
"""
_OUTBOX = "SELECT 'rehearsal-' || id, address FROM rehearsal_message WHERE channel = 'whatsapp'"


@pytest.fixture
def parts(tmp_path) -> Iterator[Parts]:
    """Fresh parts on a free port."""
    made = Parts(LOCAL / "test-kills-pg", tmp_path)
    try:
        made.start()
        yield made
    finally:
        made.stop()


def _forms() -> list[dict[str, str]]:
    """Every message of every sender, as Twilio would put it."""
    to = f"whatsapp:{branding.brand_of(SLUG).hotline.whatsapp}"
    return [
        {
            "MessageSid": f"SM{sender:04x}{number:028x}",
            "From": f"whatsapp:+62812900{sender:05}",
            "To": to,
            "Body": f"Apakah pertanyaan nomor {number} sudah sampai?",
            "NumMedia": "0",
        }
        for sender in range(_SENDERS)
        for number in range(_MESSAGES_EACH)
    ]


def _send(parts: Parts, waiting: Queue[dict[str, str]], taken: set[str], over: Event) -> None:
    while not over.is_set():
        try:
            form = waiting.get(timeout=0.2)
        except Empty:
            continue
        if parts.post_webhook(form) == 200:
            taken.add(form["MessageSid"])
        time.sleep(0.02)


def _stream(parts: Parts, chance: random.Random) -> set[str]:
    """Send every webhook up to ten times in disorder while parts are killed; the ids that were answered 200."""
    forms, waiting, taken, over = _forms(), Queue(), set(), Event()
    copies = [form for form in forms for _ in range(chance.randint(2, _MOST_COPIES - 1))]
    chance.shuffle(copies)
    senders = [Thread(target=_send, args=(parts, waiting, taken, over)) for _ in range(_THREADS)]
    for sender in senders:
        sender.start()
    try:
        victims = [name for _ in range(_ROUNDS) for name in _ROUND]
        share = -(-len(copies) // (len(victims) + 1))
        for number in range(len(victims) + 1):
            for form in copies[number * share : (number + 1) * share]:
                waiting.put(form)
            time.sleep(chance.uniform(0.3, 1.2))
            if number < len(victims):
                _in_the_middle_of_an_answer(parts)
                parts.kill(victims[number])
                until(parts.answers, f"the web server after {victims[number]} was killed")
        until(waiting.empty, "every copy was sent")
    finally:
        over.set()
        for sender in senders:
            sender.join()
    with ThreadPoolExecutor(_THREADS) as late:  # one more of each, now that everything stands
        answered = late.map(lambda form: (form["MessageSid"], parts.post_webhook(form)), forms)
        taken |= {sid for sid, status in answered if status == 200}
    return taken


def _in_the_middle_of_an_answer(parts: Parts) -> None:
    """Wait for a moment in which an answer is being made; none may come."""
    patience = time.monotonic() + 2
    with parts.database() as connection:
        while time.monotonic() < patience and connection.execute(_BUSY).fetchone() == (0,):
            pass


def _drained(parts: Parts) -> bool:
    parts.look_after()
    return parts.rows(_UNDONE) == [(0,)]


@pytest.mark.requirement("S0-93")
def test_nothing_is_lost_and_nothing_happens_twice(parts):
    seed = random.randrange(10**6)
    taken = _stream(parts, random.Random(seed))
    until(lambda: _drained(parts), f"every message is answered (seed {seed}); worker: {parts.worker.log()}", _DRAIN_S)

    assert len(taken) == _SENDERS * _MESSAGES_EACH, f"seed {seed}"
    assert dict(parts.rows(_EVENTS)) == dict.fromkeys(taken, 1), f"seed {seed}"
    assert dict(parts.rows(_IN_THREAD)) == dict.fromkeys(taken, 1), f"seed {seed}"

    answers = parts.rows(_ANSWERS)
    assert [sid for sid, answered, *_ in answers if not answered] == [], f"seed {seed}"
    assert {(said, moments) for _, _, said, moments in answers} == {(1, 1)}, f"seed {seed}: {answers}"

    sent = parts.rows(_SENT)
    went_out = dict(parts.rows(_OUTBOX))
    assert {state for state, *_ in sent} <= {"sent", "uncertain"}, f"seed {seed}"
    known = {vendor_id: address for state, vendor_id, address in sent if state == "sent"}
    assert len(known) == sum(state == "sent" for state, *_ in sent), f"seed {seed}: two answers share one sending"
    assert known.items() <= went_out.items(), f"seed {seed}: something is said to be sent and is not"
    unexplained = Counter(went_out[one] for one in went_out.keys() - known.keys())
    uncertain = Counter(address for state, _, address in sent if state == "uncertain")
    assert unexplained <= uncertain, f"seed {seed}: went out and nothing says so"
