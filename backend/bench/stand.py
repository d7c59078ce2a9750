"""The data that is measured on: one client, thousands of members with cards, benefits and use, and their tokens."""

from __future__ import annotations

import base64
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import psycopg
import yaml

from backend import tokens
from backend.access import Actor, Role
from backend.devstack.postgres import OWNER_ROLE, Postgres
from backend.migrations.apply import migrate

MEMBERS = 5_000
BENEFITS = 10
_ROOT = Path(__file__).resolve().parent.parent.parent
FOLDER = _ROOT / ".local" / "bench"
CLIENT = UUID("0190c0de-0000-7000-8000-000000000001")
_SLUG = "bench"
PUBLIC_URL = "https://bench.test"
HOTLINE = "+628110000000"
TWILIO_TOKEN = "bench-twilio-token"
_BRANDS = FOLDER / "brands"
_TOKEN_KEY = "bench-token-key-0123456789-0123456789"  # noqa: S105 - a key of the bench only

_SEED = """
INSERT INTO client (id, created_at, slug, name, country, currency, timezone, languages, default_language, active)
  VALUES (%(client)s, now(), %(slug)s, 'Bench', 'ID', 'IDR', 'Asia/Jakarta', '["id","en"]', 'id', true);
INSERT INTO contract (client_id, id, created_at, number, product, starts_on, ends_on, terms)
  VALUES (%(client)s, gen_random_uuid(), now(), 'C-1', 'managed_care',
          date_trunc('year', now())::date, (date_trunc('year', now()) + interval '1 year - 1 day')::date, '{}');
INSERT INTO plan_year (client_id, id, created_at, contract_id, starts_on, ends_on)
  SELECT client_id, gen_random_uuid(), now(), id, starts_on, ends_on FROM contract WHERE client_id = %(client)s;
INSERT INTO plan (client_id, id, created_at, code, names, product, currency, network, valid_from, source, digest)
  VALUES (%(client)s, gen_random_uuid(), now(), 'GOLD', '{"id":"Emas","en":"Gold","pt":"Ouro"}', 'managed_care', 'IDR',
          NULL, '2020-01-01', 'bench', 'bench');
INSERT INTO benefit (client_id, id, created_at, plan_id, position, code, benefit_group, names, room_class, room_rate_minor,
                     prorata, co_payment, deductible, waiting_days, waiting_by_condition, exclusions,
                     referral_required, network_only, reimbursable, approval_required, services)
  SELECT p.client_id, gen_random_uuid(), now(), p.id, g.i, g.name, g.name,
         jsonb_build_object('id', g.name, 'en', g.name, 'pt', g.name), NULL, NULL, 'none',
         '{"percent": 10, "cap_minor": 30000000}', NULL, 30, '[]',
         '[{"code":"cosmetic","names":{"id":"Kosmetik","en":"Cosmetic care","pt":"Estética"}}]', false, false, true, false, '[]'
    FROM plan p, unnest(ARRAY['inpatient','outpatient','dental','maternity','optical','pharmacy','medical_checkup',
                              'emergency','ambulance','guarantee']) WITH ORDINALITY AS g(name, i)
   WHERE p.client_id = %(client)s;
INSERT INTO benefit_limit (client_id, id, created_at, benefit_id, position, basis, years, shared_by, pool, amount_minor, count)
  SELECT client_id, gen_random_uuid(), now(), id, 1, 'year', 1, 'person', NULL, 1000000000, NULL FROM benefit
   WHERE client_id = %(client)s;
INSERT INTO member (client_id, id, created_at, number, relationship, full_name, birth_date, sex, phone, language, employee_number)
  SELECT %(client)s, gen_random_uuid(), now(), 'M' || i, 'employee', 'Member ' || i, '1990-01-01', 'female',
         '+62811' || lpad(i::text, 7, '0'), 'id', 'E' || i FROM generate_series(1, %(members)s) AS i;
INSERT INTO enrolment (client_id, id, created_at, member_id, plan_id, starts_on, ends_on)
  SELECT m.client_id, gen_random_uuid(), now(), m.id, p.id, '2020-01-01', NULL FROM member m JOIN plan p USING (client_id)
   WHERE m.client_id = %(client)s;
INSERT INTO card (client_id, id, created_at, member_id, number, status, issued_on, qr_payload, qr_signed_at, qr_expires_at)
  SELECT client_id, gen_random_uuid(), now(), id, 'N' || number, 'active', '2020-01-01', repeat('ABCDEFGH', 30), now(),
         now() + interval '3 days' FROM member WHERE client_id = %(client)s;
INSERT INTO utilisation_entry (client_id, id, created_at, benefit_id, benefit_code, member_id, employee_id, kind,
                               amount_minor, count, happened_on, case_key, source_type, source_id, key)
  SELECT m.client_id, gen_random_uuid(), now(), b.id, b.code, m.id, m.id, CASE WHEN b.position = 1 THEN 'hold' ELSE 'consume' END,
         500000 * b.position, 1, current_date, NULL, 'claim', gen_random_uuid(), m.id || ':' || b.code
    FROM member m JOIN benefit b USING (client_id) WHERE m.client_id = %(client)s AND b.position <= 5;
INSERT INTO identity (client_id, id, created_at, phone)
  SELECT client_id, gen_random_uuid(), now(), phone FROM member WHERE client_id = %(client)s;
INSERT INTO sign_in_session (client_id, id, created_at, identity_id, method, generation, last_used_at, expires_at)
  SELECT client_id, gen_random_uuid(), now(), id, 'code', 1, now(), now() + interval '1 day' FROM identity
   WHERE client_id = %(client)s;
"""
_SIGNED_IN = """
SELECT m.id, i.id, s.id FROM member m
  JOIN identity i ON i.client_id = m.client_id AND i.phone = m.phone
  JOIN sign_in_session s ON s.client_id = i.client_id AND s.identity_id = i.id
 WHERE m.client_id = %s ORDER BY m.number LIMIT %s
"""


@dataclass(frozen=True, slots=True)
class Stand:
    """A running database with the data, and who is signed in to it."""

    server: Postgres
    database: str
    members: list[tuple[UUID, str]]
    """Member and access token."""

    def environment(self) -> dict[str, str]:
        """Settings of a backend process on this data."""
        key = base64.b64encode(bytes(32)).decode()
        return {
            "CARELINE_MODE": "demo",
            "DATABASE_URL": self.server.url(self.database),
            "CARELINE_PUBLIC_URL": PUBLIC_URL,
            "CARELINE_BRANDS_DIR": str(_BRANDS),
            "CARELINE_TOKEN_KEY": _TOKEN_KEY,
            "CARELINE_MASTER_KEY": key,
            "CARELINE_CARD_KEY": key,
            "CARELINE_OBJECT_STORE": f"file://{FOLDER / 'objects'}",
            "TWILIO_ACCOUNT_SID": "AC" + "0" * 32,
            "TWILIO_AUTH_TOKEN": TWILIO_TOKEN,
            "CARELINE_LOG_LEVEL": "WARNING",
            "BENCH_CLIENT": str(CLIENT),
            "BENCH_MEMBER": str(self.members[0][0]),
            "BENCH_TOKEN": self.members[0][1],
            "PYTHONPATH": str(_ROOT),
        }


@contextmanager
def stand() -> Iterator[Stand]:
    """A durable PostgreSQL of the bench's own, freshly migrated and filled."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / "objects").mkdir(exist_ok=True)
    _write_brand()
    with Postgres(_ROOT / ".local" / "bench-pg") as server:
        server.drop_database("bench")
        server.create_database("bench")
        owner = server.url("bench", OWNER_ROLE)
        migrate(owner)
        with psycopg.connect(owner) as connection:
            connection.execute("SELECT set_config('app.client_id', %s, false)", [str(CLIENT)])
            for statement in _SEED.split(";\n"):
                if statement.strip():
                    connection.execute(statement, {"client": CLIENT, "slug": _SLUG, "members": MEMBERS})
            connection.commit()
            connection.autocommit = True
            connection.execute("ANALYZE")
            signed_in = connection.execute(_SIGNED_IN, [CLIENT, min(2_000, MEMBERS)]).fetchall()
        yield Stand(server, "bench", [_token(*row) for row in signed_in])


def _write_brand() -> None:
    """A brand of the bench's own beside the defaults, so that its hotline can be written to."""
    shutil.rmtree(_BRANDS, ignore_errors=True)
    given = _ROOT / "whitelabel_configs"
    shutil.copytree(given / "assets" / "_neutral", _BRANDS / "assets" / _SLUG)
    for name in ("_defaults.yml", "_schema.json"):
        shutil.copy(given / name, _BRANDS / name)
    brand = {
        "name": "Bench",
        "country": "ID",
        "currency": "IDR",
        "languages": ["id", "en"],
        "logo": {"light": "logo.svg", "dark": "logo-dark.svg", "mark": "mark.svg"},
        "hotline": {"voice": HOTLINE, "whatsapp": HOTLINE},
        "emergency_number": "112",
        "emergency_numbers": [{"number": "112", "for": "general"}],
    }
    (_BRANDS / f"{_SLUG}.yml").write_text(yaml.safe_dump(brand))


def _token(member: UUID, identity: UUID, session: UUID) -> tuple[UUID, str]:
    actor = Actor(Role.MEMBER, id=identity, member_ids=(member,), session_id=session)
    return member, tokens.issue(_TOKEN_KEY, CLIENT, actor, seconds=86_400)


def environ(name: str) -> str:
    """A variable the bench gave to this process."""
    return os.environ[name]
