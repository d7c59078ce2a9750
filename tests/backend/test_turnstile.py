"""Few requests work at once; whoever waits for changes passes by."""

import threading
from concurrent.futures import ThreadPoolExecutor

from backend.turnstile import WAITING, Turnstile, stepped_aside


class _Slow:
    """An application whose requests stay inside until they are let go."""

    def __init__(self):
        self.go, self.inside, self.most, self._lock = threading.Event(), 0, 0, threading.Lock()
        self.arrived = threading.Semaphore(0)

    def __call__(self, environ, start_response):
        with self._lock:
            self.inside += 1
            self.most = max(self.most, self.inside)
        self.arrived.release()
        assert self.go.wait(10)
        with self._lock:
            self.inside -= 1
        if environ["PATH_INFO"] == "/broken":
            raise RuntimeError("broken")
        return [b"done"]


def test_no_more_than_the_places_work_at_once():
    slow = _Slow()
    door = Turnstile(slow, at_once=3)
    with ThreadPoolExecutor(8) as pool:
        answers = [pool.submit(door, {"PATH_INFO": "/card"}, None) for _ in range(8)]
        for _ in range(3):
            assert slow.arrived.acquire(timeout=5)
        assert not slow.arrived.acquire(timeout=0.1)
        slow.go.set()
        assert [one.result(5) for one in answers] == [[b"done"]] * 8
    assert slow.most == 3


def test_whoever_waits_takes_no_place():
    slow = _Slow()
    door = Turnstile(slow, at_once=1)
    (path,) = WAITING
    with ThreadPoolExecutor(8) as pool:
        waiting = [pool.submit(door, {"PATH_INFO": path}, None) for _ in range(7)]
        card = pool.submit(door, {"PATH_INFO": "/card"}, None)
        for _ in range(8):
            assert slow.arrived.acquire(timeout=5)
        slow.go.set()
        assert card.result(5) == [b"done"]
        assert len([one.result(5) for one in waiting]) == 7


def test_a_request_that_breaks_leaves_its_place():
    slow = _Slow()
    slow.go.set()
    door = Turnstile(slow, at_once=1)
    for _ in range(3):
        try:
            door({"PATH_INFO": "/broken"}, None)
        except RuntimeError:
            continue
    assert list(door({"PATH_INFO": "/card"}, None)) == [b"done"]


def test_the_addresses_that_wait_are_routes(app):
    assert {rule.rule for rule in app.url_map.iter_rules()} >= WAITING


def test_who_waits_for_another_system_leaves_the_place_to_others_and_takes_it_again():
    thinking, over = threading.Event(), threading.Event()
    inside, lock, most = [0], threading.Lock(), [0]

    def app(environ, _start):
        if environ["PATH_INFO"] == "/chat":
            with stepped_aside():
                thinking.set()
                assert over.wait(5)
        with lock:
            inside[0] += 1
            most[0] = max(most[0], inside[0])
        with lock:
            inside[0] -= 1
        return [b"done"]

    door = Turnstile(app, at_once=1)
    with ThreadPoolExecutor(2) as pool:
        chat = pool.submit(door, {"PATH_INFO": "/chat"}, None)
        assert thinking.wait(5)
        assert pool.submit(door, {"PATH_INFO": "/card"}, None).result(5) == [b"done"]
        over.set()
        assert chat.result(5) == [b"done"]
    assert most == [1]
    assert list(door({"PATH_INFO": "/card"}, None)) == [b"done"]


def test_stepping_aside_outside_a_request_is_nothing():
    with stepped_aside():
        pass
