"""A claim's three photos: what receiving them costs the API, against a function that does only what must be done."""

from __future__ import annotations

import io
from contextlib import ExitStack
from statistics import median
from uuid import uuid4

import numpy as np
from PIL import Image

from backend.bench.load import Call, each_once
from backend.bench.processes import spent
from backend.bench.servers import free_port, granian, serving
from backend.bench.stand import FOLDER, Stand
from backend.bench.tables import Table

PHOTO_BYTES = 288_000
_ROUNDS = 5
_CLAIMS = 40
_CONNECTIONS = 4
_BOUNDARY = "bench"
_DARKROOM = "backend.documents.darkroom"


def photo(seed: int, size: int = PHOTO_BYTES) -> bytes:
    """A JPEG of 1600 x 1200 with about ``size`` bytes, the same for the same seed."""
    dice = np.random.default_rng(seed)
    lines = np.where((np.arange(1600) // 12 % 3 == 0)[:, None], 60, 225).repeat(1200, axis=1)
    paper = Image.fromarray(np.clip(lines + dice.normal(0, 14, (1600, 1200)), 0, 255).astype(np.uint8)).convert("RGB")
    made = [_encoded(paper, quality) for quality in range(30, 95, 5)]
    return min(made, key=lambda data: abs(len(data) - size))


def _encoded(picture: Image.Image, quality: int) -> bytes:
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=quality)
    return file.getvalue()


def upload(token: str, data: bytes) -> Call:
    """One photo as the app sends it, under a key of its own."""
    head = f'--{_BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="photo.jpg"\r\n'
    body = head.encode() + b"Content-Type: image/jpeg\r\n\r\n" + data + f"\r\n--{_BOUNDARY}--\r\n".encode()
    headers = (
        ("Authorization", f"Bearer {token}"),
        ("Content-Type", f"multipart/form-data; boundary={_BOUNDARY}"),
        ("Idempotency-Key", str(uuid4())),
    )
    return Call("POST", "/api/v1/documents", headers, body)


def rated(stand: Stand) -> list[Table]:
    """Processor time of the API for three photos sent one by one, and how long a photo takes."""
    photos = [photo(seed) for seed in range(3)]
    ports = {"bare": free_port(), "careline": free_port()}
    commands = {
        "bare": granian("backend.bench.bare_writes:app", ports["bare"]),
        "careline": granian("backend.wsgi:app", ports["careline"]),
    }
    costs: dict[str, list[float]] = {name: [] for name in (*ports, "darkroom")}
    waits: dict[str, list[float]] = {name: [] for name in ports}
    with ExitStack() as running:
        servers = {
            name: running.enter_context(serving(command, ports[name], stand.environment(), FOLDER / f"{name}.log"))
            for name, command in commands.items()
        }
        for round_number in range(_ROUNDS + 1):
            for name, port in ports.items():
                # Members who were not here before: each token is new to the server, as on a real morning.
                senders = stand.members[round_number * _CLAIMS : (round_number + 1) * _CLAIMS]
                calls = [upload(token, data) for _, token in senders for data in photos]
                before = spent(servers[name].pid, apart=_DARKROOM)
                seen = each_once(port, calls, connections=_CONNECTIONS)
                used = spent(servers[name].pid, apart=_DARKROOM).since(before)
                if round_number:  # the first one warms up
                    costs[name].append(1000 * used.own / _CLAIMS)
                    waits[name].append(median(seen))
                    if name == "careline":
                        costs["darkroom"].append(1000 * used.apart / _CLAIMS)
    return [_table(sum(map(len, photos)) // 1000, costs, waits)]


def _table(kilobytes: int, costs: dict[str, list[float]], waits: dict[str, list[float]]) -> Table:
    table = Table(
        f"A claim's three photos ({kilobytes} kB, one request each, durable): processor time, medians of rounds"
    )
    table.add("API process: bare function", median(costs["bare"]), "ms CPU", 1.0)
    ratio = median(ours / base for ours, base in zip(costs["careline"], costs["bare"], strict=True))
    table.add("API process: Careline", median(costs["careline"]), "ms CPU", ratio, "<= 1.5")
    table.add("the darkroom's look, a process of its own", median(costs["darkroom"]), "ms CPU")
    table.add(f"one photo, {_CONNECTIONS} at a time: bare function", median(waits["bare"]), "ms", 1.0)
    slower = median(ours / base for ours, base in zip(waits["careline"], waits["bare"], strict=True))
    table.add(f"one photo, {_CONNECTIONS} at a time: Careline", median(waits["careline"]), "ms", slower)
    return table
