"""The network: fifty thousand facilities and a million prices by file, and the search in them beside hand-written SQL."""

from __future__ import annotations

import csv
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from statistics import median
from typing import Any

import orjson
import psycopg

from backend import database
from backend.access import Actor, Role, working_for
from backend.bench.load import percentiles
from backend.bench.stand import CLIENT, FOLDER, Stand
from backend.bench.tables import Table
from backend.devstack.postgres import OWNER_ROLE
from backend.kit import clock
from backend.providers import finder
from backend.providers.free_days import holidays_of
from backend.providers.rules.hours import places_in_week

FACILITIES = int(os.environ.get("BENCH_FACILITIES", "50000"))
PRICES = int(os.environ.get("BENCH_PRICES", "1000000"))
_LISTS = 10_000
"""Facilities with a price list."""
_ROUNDS, _SEARCHES = 3, 120
_NETWORK = "bench"
_SINCE = "2026-01-01"

_TOWNS = (
    ("Jakarta Pusat", -6.18, 106.83, "3171"), ("Jakarta Selatan", -6.26, 106.81, "3174"), ("Depok", -6.40, 106.82, "3276"),
    ("Bekasi", -6.24, 107.00, "3275"), ("Bandung", -6.92, 107.61, "3273"), ("Semarang", -6.97, 110.42, "3374"),
    ("Surabaya", -7.26, 112.75, "3578"), ("Medan", 3.59, 98.67, "1271"), ("Makassar", -5.15, 119.43, "7371"),
    ("Denpasar", -8.65, 115.22, "5171"), ("Jayapura", -2.54, 140.70, "9171"), ("Palembang", -2.99, 104.76, "1671"),
)  # fmt: skip
_FIRST = tuple(
    f"{first}{middle}{last}".capitalize()
    for first in ("me", "sa", "ka", "ra", "wi", "ci", "da", "pe", "lu", "ha")
    for middle in ("la", "mu", "nan", "ru", "ja", "pa", "na")
    for last in ("ti", "dra", "ga", "ni", "ya", "kar", "wan")
)
_KINDS = (("clinic", "Klinik", 45), ("pharmacy", "Apotek", 25), ("hospital", "RS", 10), ("dentist", "Klinik Gigi", 8),
          ("laboratory", "Laboratorium", 7), ("optician", "Optik", 5))  # fmt: skip
_HOURS = ("24/7", "mon-sat 08:00-21:00", "mon-fri 08:00-16:00; sat 08:00-12:00", "mon-sun 20:00-06:00", "")
_SPECIALTIES = ("INT", "ANA", "OBG", "BED", "JAN", "MAT", "THT", "SAR")


_Ask = Callable[[dict[str, Any]], bytes]


@dataclass(frozen=True, slots=True)
class _Query:
    name: str
    wanted: dict[str, Any]
    sql: str
    """The best that could be written by hand for just this question."""


def rated(stand: Stand) -> list[Table]:
    """Both files, then the search in what they brought."""
    chance = random.Random(20260101)
    facilities, prices = FOLDER / "facilities.csv", FOLDER / "prices.csv"
    _write_facilities(facilities, chance)
    _write_prices(prices)
    with psycopg.connect(stand.server.url(stand.database, OWNER_ROLE), autocommit=True) as owner:
        owner.execute("SELECT set_config('app.client_id', %s, false)", [str(CLIENT)])
        owner.execute("UPDATE plan SET network = %s WHERE client_id = %s", [_NETWORK, CLIENT])
        imports = [
            _import(stand, owner, "facilities", facilities, FACILITIES),
            _import(stand, owner, "tariffs", prices, PRICES),
        ]
        owner.execute("VACUUM ANALYZE provider, network_provider, provider_contract")
        table = Table(
            "Imports by file (the command in a process of its own; baseline: COPY of the same file, no checks)"
        )
        for rows in imports:
            table.rows += rows.rows
        return [table, *_searches(stand, chance)]


def _write_facilities(path: Path, chance: random.Random) -> None:
    kinds = [kind for kind, _, share in _KINDS for _ in range(share)]
    words = {kind: word for kind, word, _ in _KINDS}
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow([
            "code", "name", "kind", "country", "region_code", "address", "city", "latitude", "longitude", "phone", "tier",
            "opening", "languages", "specialties", "contract_number", "contract_from",
        ])  # fmt: skip
        for number in range(FACILITIES):
            kind = chance.choice(kinds)
            town, latitude, longitude, region = chance.choice(_TOWNS)
            name = f"{words[kind]} {chance.choice(_FIRST)} {chance.choice(_FIRST)} {number}"
            out.writerow([
                f"B{number:06}", name, kind, "ID", region, f"Jl. {chance.choice(_FIRST)} {number % 200}", town,
                round(latitude + chance.gauss(0, 0.15), 5), round(longitude + chance.gauss(0, 0.15), 5),
                f"021{number:08}", {"clinic": "ppk1", "hospital": "ppk2"}.get(kind, ""), chance.choice(_HOURS), "id en",
                " ".join(chance.sample(_SPECIALTIES, 3)) if kind == "hospital" else "", f"PKS-{number}", _SINCE,
            ])  # fmt: skip


def _write_prices(path: Path) -> None:
    each = PRICES // min(_LISTS, FACILITIES)
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(["provider_code", "service_code", "name", "amount"])
        for number in range(PRICES):
            provider, service = divmod(number, each)
            out.writerow([f"B{provider:06}", f"S{service:04}", f"Tindakan {service}", 50_000 + number % 900_000])


def _import(stand: Stand, owner: psycopg.Connection[Any], kind: str, path: Path, rows: int) -> Table:
    baseline = _bare_copy(owner, path)
    command = [
        sys.executable,
        "-m",
        "backend.commands.import_network",
        kind,
        str(path),
        "--client",
        "bench",
        "--from",
        _SINCE,
    ]
    command += ["--network", _NETWORK] if kind == "facilities" else []
    begun = time.perf_counter()
    process = subprocess.Popen(command, env={**os.environ, **stand.environment()}, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - begun
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"the import of {kind} failed")
    table = Table("")
    table.add(f"{kind}: bare COPY of {rows:,} lines", baseline, "s", 1.0)
    table.add(f"{kind}: checked and written", seconds, "s", seconds / baseline)
    table.add(f"{kind}: lines per second", rows / seconds, "lines/s")
    table.add(f"{kind}: peak memory of the process", used.ru_maxrss / 1024, "MB")
    return table


def _bare_copy(owner: psycopg.Connection[Any], path: Path) -> float:
    with path.open(encoding="utf-8") as file:
        names = [f"{name} text" for name in file.readline().strip().split(",")]
        begun = time.perf_counter()
        owner.execute(f"CREATE TABLE bench_copy ({', '.join(names)})")
        with owner.cursor().copy("COPY bench_copy FROM STDIN (FORMAT csv)") as copy:
            while piece := file.read(1 << 20):
                copy.write(piece)
    seconds = time.perf_counter() - begun
    owner.execute("DROP TABLE bench_copy")
    return seconds


_SHOWN = """p.id, p.code, p.name, p.kind, p.country, p.region_code, p.address, p.city, p.latitude, p.longitude, p.timezone,
 p.phone, p.opening, p.tier, p.languages, p.services, p.specialties, p.active, n.cashless"""
_OF_NETWORK = """JOIN network_provider n ON n.client_id = %(client)s AND n.network = %(network)s AND n.provider_id = p.id
  AND n.valid_from <= current_date AND (n.valid_until IS NULL OR n.valid_until >= current_date)
  JOIN provider_contract c ON c.id = n.contract_id AND c.valid_from <= current_date
   AND (c.valid_until IS NULL OR c.valid_until >= current_date) AND c.suspended_from IS NULL"""
_HERE = "provider_place(%(latitude)s::float8, %(longitude)s::float8)"
_NEAR = f"""SELECT {_SHOWN}, provider_place(p.latitude, p.longitude) <-> {_HERE} AS away FROM provider p {_OF_NETWORK}
 WHERE p.active {{more}} ORDER BY provider_place(p.latitude, p.longitude) <-> {_HERE} LIMIT 21"""
_ZONES = {"w": "Asia/Jakarta", "m": "Asia/Makassar", "e": "Asia/Jayapura"}
_OPEN = "({})".format(
    " OR ".join(
        "p.open_minutes @> CASE p.timezone "
        + " ".join(f"WHEN '{zone}' THEN %({letter}{night})s::int" for letter, zone in _ZONES.items())
        + " END"
        for night in (0, 1)
    )
)
_NAMED = f"""SELECT {_SHOWN}, word_similarity(%(words)s, p.search_name) AS likeness FROM provider p {_OF_NETWORK}
 WHERE p.active AND %(words)s <%% p.search_name ORDER BY word_similarity(%(words)s, p.search_name) DESC, p.id LIMIT 21"""

QUERIES = (
    _Query("near", {}, _NEAR.format(more="")),
    _Query("near, clinics", {"kind": "clinic"}, _NEAR.format(more="AND p.kind = 'clinic'")),
    _Query("near, a specialty", {"specialty": "JAN"}, _NEAR.format(more="AND p.specialties @> ARRAY['JAN']::varchar[]")),
    _Query("near, open now", {"open_now": True}, _NEAR.format(more=f"AND {_OPEN}")),
    _Query("by name with a typo", {"q": ""}, _NAMED),
)  # fmt: skip


def _searches(stand: Stand, chance: random.Random) -> Iterator[Table]:
    database.connect(stand.server.url(stand.database))
    member = stand.members[0][0]
    with psycopg.connect(stand.server.url(stand.database), prepare_threshold=1) as bare:
        bare.execute("SET pg_trgm.word_similarity_threshold = 0.4")
        bare.commit()
        table = Table(
            f"Search among {FACILITIES:,} facilities in the member's network (baseline: SQL by hand, same work)"
        )
        for query in QUERIES:
            places = [_place(chance) for _ in range(_SEARCHES)]
            by_hand, ours = _by_hand(bare, query), _ours(member, query)
            _check_same_answers(places[:10], by_hand, ours)
            rounds = [(_timed(places, by_hand), _timed(places, ours)) for _ in range(_ROUNDS)]
            for share, goal in (("p50", ""), ("p95", "<= 2.0")):
                base, taken = (median(one[side][share] for one in rounds) for side in (0, 1))
                table.add(f"{query.name}, {share}: by hand", base, "ms", 1.0)
                table.add(f"{query.name}, {share}: Careline", taken, "ms", taken / base, goal)
    yield table


def _place(chance: random.Random) -> dict[str, Any]:
    _, latitude, longitude, _ = chance.choice(_TOWNS)
    word, other = chance.sample(_FIRST, 2)
    return {
        "latitude": latitude + chance.gauss(0, 0.05),
        "longitude": longitude + chance.gauss(0, 0.05),
        "words": f"{word[:-2]}{word[-1]} {other}".lower(),
    }


def _check_same_answers(places: list[dict[str, Any]], by_hand: _Ask, ours: _Ask) -> None:
    """A comparison with SQL that finds somebody else would be worth nothing."""
    for place in places:
        expected = [row[0] for row in orjson.loads(by_hand(place))][:20]
        if [item["id"] for item in orjson.loads(ours(place))["items"]] != expected:
            raise RuntimeError("Careline and the SQL by hand found different facilities")


def _timed(places: list[dict[str, Any]], ask: _Ask) -> dict[str, float]:
    for place in places[:10]:
        ask(place)
    taken = []
    for place in places:
        begun = time.perf_counter()
        if len(ask(place)) < 500:
            raise RuntimeError("a search found nobody")
        taken.append(1000 * (time.perf_counter() - begun))
    return percentiles(taken)


def _minutes(now: datetime) -> dict[str, int]:
    """Where this moment lies in the week of each clock, and in the night of the day before."""
    return {
        f"{letter}{night}": minute
        for letter, zone in _ZONES.items()
        for night, minute in enumerate(places_in_week(now, zone, holidays_of("ID")))
    }


def _by_hand(bare: psycopg.Connection[Any], query: _Query) -> _Ask:
    def ask(place: dict[str, Any]) -> bytes:
        bare.execute("SELECT app_begin(%s, NULL)", [CLIENT])
        values = {"client": CLIENT, "network": _NETWORK, **_minutes(clock.now()), **place}
        rows = bare.execute(query.sql, values).fetchall()
        bare.commit()
        return orjson.dumps(rows)

    return ask


def _ours(member: Any, query: _Query) -> _Ask:
    actor = Actor(Role.MEMBER, member_ids=(member,))

    def ask(place: dict[str, Any]) -> bytes:
        wanted = {"network": "mine", "limit": 20, **query.wanted}
        if "q" in query.wanted:
            wanted["q"] = place["words"]
        else:
            wanted["near"] = (place["latitude"], place["longitude"])
        with working_for(CLIENT, actor, language="id") as scope:
            return orjson.dumps(finder.find(scope, wanted))

    return ask
