"""A WhatsApp webhook until it is acknowledged, against a function that checks the signature and keeps one row."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from statistics import median
from urllib.parse import urlencode
from uuid import uuid4

from backend.bench.load import Call, each_once, open_loop, percentiles
from backend.bench.servers import free_port, granian, serving
from backend.bench.stand import FOLDER, HOTLINE, PUBLIC_URL, TWILIO_TOKEN, Stand
from backend.bench.tables import Table
from backend.integrations.twilio.signature import sign

_ROUNDS = 3
_RATE = 40
_SECONDS = 6
_CONNECTIONS = 8
_EACH = 400
_PATH = "/twilio/messages"


@dataclass(frozen=True, slots=True)
class Hotline:
    """Where a message goes: the number, the address Twilio knows us by, the account's token."""

    number: str = HOTLINE
    url: str = PUBLIC_URL
    token: str = TWILIO_TOKEN


_BENCH = Hotline()


def message(sender: int, to: Hotline = _BENCH) -> Call:
    """A message of one of many senders, never the same twice, signed as Twilio signs it."""
    form = {
        "MessageSid": f"SM{uuid4().hex}",
        "AccountSid": "AC" + "0" * 32,
        "From": f"whatsapp:+62811{sender:07}",
        "To": f"whatsapp:{to.number}",
        "Body": "Sampai mana klaim saya?",
        "NumMedia": "0",
        "ProfileName": "Member",
        "WaId": f"62811{sender:07}",
    }
    headers = (
        ("Content-Type", "application/x-www-form-urlencoded"),
        ("X-Twilio-Signature", sign(to.token, to.url + _PATH, form)),
    )
    return Call("POST", _PATH, headers, urlencode(form).encode())


def rated(stand: Stand) -> list[Table]:
    """Open loop at a fixed rate (what Twilio feels) and closed loop (what the machine can take)."""
    ports = {"bare": free_port(), "careline": free_port()}
    targets = {"bare": "backend.bench.bare_writes:app", "careline": "backend.wsgi:app"}
    with ExitStack() as running:
        for name, port in ports.items():
            running.enter_context(
                serving(granian(targets[name], port), port, stand.environment(), FOLDER / f"{name}.log")
            )
            each_once(port, [message(one) for one in range(200)], connections=_CONNECTIONS)
        offered = {name: [_at_rate(port) for _ in range(_ROUNDS)] for name, port in ports.items()}
        busy = {name: [_flat_out(port) for _ in range(_ROUNDS)] for name, port in ports.items()}
    return [
        _table(f"Webhook acknowledged, {_RATE} arrivals/s (open loop, from the scheduled instant)", offered),
        _table(f"Webhook acknowledged, {_CONNECTIONS} connections always busy", busy),
    ]


def _at_rate(port: int) -> dict[str, float]:
    calls = [message(one) for one in range(int(_RATE * _SECONDS * 1.5))]
    return open_loop(port, calls, rate=_RATE, seconds=_SECONDS)


def _flat_out(port: int) -> dict[str, float]:
    return percentiles(each_once(port, [message(one) for one in range(_EACH)], connections=_CONNECTIONS))


def _table(title: str, seen: dict[str, list[dict[str, float]]]) -> Table:
    table = Table(title)
    for share in ("p50", "p95", "p99"):
        base, ours = (median(one[share] for one in seen[name]) for name in ("bare", "careline"))
        table.add(f"{share}: signature and one insert", base, "ms", 1.0)
        table.add(f"{share}: Careline", ours, "ms", ours / base, "<= 3.0" if share == "p95" else "")
    return table
