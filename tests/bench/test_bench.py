"""The bench itself: ratios and verdicts, the load generator, the costs of processes. Not the long measurements."""

import json
import os
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from backend.bench import load, processes
from backend.bench.load import Call
from backend.bench.tables import Row, Table, write


@pytest.mark.parametrize(
    ("ratio", "goal", "met"),
    [(1.5, "<= 1.5", True), (1.51, "<= 1.5", False), (2.5, ">= 2.5", True), (2.4, ">= 2.5", False), (9.0, "", None)],
)
def test_a_goal_is_a_bound_on_the_ratio(ratio, goal, met):
    assert Row("x", 1.0, "ms", ratio, goal).met is met


def test_what_was_measured_is_kept_with_its_verdict(tmp_path):
    table = Table("reads")
    table.add("ours", 12.5, "ms", 1.2, "<= 1.3")
    write([table], tmp_path / "bench.json")
    (row,) = json.loads((tmp_path / "bench.json").read_text())["reads"]
    assert (row["figure"], row["ratio"], row["met"]) == (12.5, 1.2, True)


class _Counter(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    seen: list[tuple[str, bytes]] = []

    def do_POST(self):
        self.seen.append((self.path, self.rfile.read(int(self.headers["Content-Length"]))))
        self.send_response(409 if self.path == "/refused" else 201)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, *_):
        """Nothing."""


@pytest.fixture
def port() -> Iterator[int]:
    _Counter.seen = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Counter)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server.server_port
    server.shutdown()
    server.server_close()
    thread.join()


def test_every_call_is_made_exactly_once(port):
    calls = [Call("POST", f"/{number}", body=b"x" * 1000) for number in range(30)]
    assert len(load.each_once(port, calls, connections=3)) == 30
    assert sorted(path for path, _ in _Counter.seen) == sorted(call.path for call in calls)
    assert all(body == b"x" * 1000 for _, body in _Counter.seen)


def test_a_refusal_ends_the_measurement(port):
    with pytest.raises(RuntimeError, match="409"):
        load.each_once(port, [Call("POST", "/refused", body=b"x")], connections=1)


def test_the_open_loop_keeps_its_rate_and_repeats_no_call_early(port):
    calls = [Call("POST", f"/{number}", body=b"x") for number in range(200)]
    tails = load.open_loop(port, calls, rate=50, seconds=1, connections=4)
    assert 25 <= len(_Counter.seen) <= 90
    assert len({path for path, _ in _Counter.seen}) == len(_Counter.seen)
    assert tails["p50"] <= tails["p95"] <= tails["p99"]


def test_percentiles_are_of_the_ordered_figures():
    assert load.percentiles(list(range(100, 0, -1))) == {"p50": 51, "p95": 96, "p99": 100}


def test_a_tree_of_processes_is_summed_and_a_part_kept_apart():
    before = processes.spent(os.getpid())
    sum(number * number for number in range(2_000_000))
    after = processes.spent(os.getpid())
    assert after.since(before).own > 0
    assert processes.spent(os.getpid(), apart="").own == 0


def test_memory_counts_the_processes_it_sums():
    proportional, resident, count = processes.memory(os.getpid())
    assert 0 < proportional <= resident
    assert count >= 1
