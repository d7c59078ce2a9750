"""The bot at its HTTP edge: what is sent, what is read, what happens when it is slow, wrong or gone."""

import json
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from backend.integrations import rasa
from backend.integrations.bot import BotTurn, BotUnavailable, NoBot
from backend.integrations.rasa import CircuitBreaker, RasaEngine

TURN = BotTurn("thread", "whatsapp", "halo", {"language": "id"})
ANSWER = {
    "replies": [{"reply": "utter_greet", "args": {}}],
    "intent": "greet",
    "confidence": 0.98,
    "form": None,
    "asked": None,
}


@pytest.fixture
def bot_host():
    """A bot that does what the test tells it to."""
    told = {"status": 200, "body": json.dumps(ANSWER), "delay": 0.0, "seen": []}

    class Bot(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self):
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            told["seen"].append((self.path, dict(self.headers), body, self.client_address))
            time.sleep(told["delay"])
            data = told["body"].encode()
            self.send_response(told["status"])
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Bot)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield told, f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_a_turn_carries_the_secret_and_no_more_than_the_turn(bot_host):
    told, url = bot_host
    answer = RasaEngine(url, "inner-secret").take_turn(TURN)
    path, headers, body, _ = told["seen"][0]
    assert path == "/webhooks/helpline/webhook"
    assert headers["X-Helpline-Secret"] == "inner-secret"
    assert body == {
        "sender": "thread",
        "channel": "whatsapp",
        "message": "halo",
        "metadata": {"slots": {"language": "id"}},
    }
    assert (answer.replies[0].id, answer.intent, answer.form) == ("utter_greet", "greet", None)


def test_the_connection_is_kept_open(bot_host):
    told, url = bot_host
    engine = RasaEngine(url, "s")
    for _ in range(3):
        engine.take_turn(TURN)
    assert len({client for *_, client in told["seen"]}) == 1


def test_a_crowd_is_asked_about_a_few_at_a_time_and_everybody_is_answered(bot_host, monkeypatch):
    told, url = bot_host
    monkeypatch.setattr(rasa, "TIMEOUT_SECONDS", 1.0)
    told["delay"] = 0.05
    engine = RasaEngine(url, "s")
    with ThreadPoolExecutor(12) as crowd:
        answers = list(crowd.map(engine.take_turn, [TURN] * 12))
    assert {answer.intent for answer in answers} == {"greet"}
    assert len({client for *_, client in told["seen"]}) <= rasa._AT_ONCE


def test_a_slow_bot_is_given_up(bot_host, monkeypatch):
    told, url = bot_host
    told["delay"] = 0.5
    monkeypatch.setattr(rasa, "TIMEOUT_SECONDS", 0.1)
    with pytest.raises(BotUnavailable, match="timeout"):
        RasaEngine(url, "s").take_turn(TURN)


@pytest.mark.parametrize(("status", "body"), [(500, "{}"), (200, "not json"), (200, "{}"), (403, "{}")])
def test_a_wrong_answer_is_no_answer(bot_host, status, body):
    told, url = bot_host
    told |= {"status": status, "body": body}
    with pytest.raises(BotUnavailable):
        RasaEngine(url, "s").take_turn(TURN)


def test_after_three_failures_the_bot_is_left_alone(bot_host):
    told, url = bot_host
    told["status"] = 500
    engine = RasaEngine(url, "s")
    for _ in range(5):
        with pytest.raises(BotUnavailable):
            engine.take_turn(TURN)
    assert len(told["seen"]) == 3


def test_after_the_rest_one_try_is_made_and_success_closes_the_breaker(monkeypatch):
    monkeypatch.setattr(rasa, "_REST_SECONDS", 0.05)
    breaker = CircuitBreaker()
    for _ in range(3):
        breaker.failed()
    assert not breaker.allows()
    time.sleep(0.06)
    assert [breaker.allows(), breaker.allows()] == [True, False]
    breaker.succeeded()
    assert breaker.allows()


def test_without_an_address_every_turn_goes_on_without_the_bot():
    with pytest.raises(BotUnavailable, match="not_configured"):
        NoBot().take_turn(TURN)
