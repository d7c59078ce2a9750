"""A database of its own with very many decided claims: one real claim, decided by the product, copied a million times.

Every table keeps the rows that the product itself wrote for the one claim; only ids, days, members, numbers and amounts
differ. A filled database is kept and used again by the next run, until a migration changes the schema.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import psycopg
from psycopg import sql

from backend import database
from backend.access import Actor, Role, working_for
from backend.bench.claims_by_hand import a_draft, a_member
from backend.bench.stand import _ROOT, Stand
from backend.benefits import service as benefits
from backend.claims import service as claims
from backend.clients import registry as clients
from backend.clients import service as client_service
from backend.devstack.postgres import OWNER_ROLE
from backend.integrations import registry
from backend.kit import clock
from backend.migrations.apply import migrate
from backend.settings import Settings

MEMBERS = 50_000
FUNDS = 4
"""Clients with a fund of their own; the first one has all the past claims."""
PLAN = _ROOT / "backend" / "commands" / "demo" / "plans" / "prima_managed_care.yml"
CODE = "PRIMA-MC"
RATE_MINOR = 123_456_00
"""What the copied claim asks for: a number that stands nowhere else in its rows."""
_FIRST_DAY = date(2026, 1, 5)
_DAYS = 290
_WAITS = 500
"""Of so many past claims one waits for the desk and one for an analyst."""
_TERMS = {"straight_through": True, "straight_through_limit_minor": 1_000_000_00, "submission_region": []}


@dataclass(frozen=True, slots=True)
class ClaimStand:
    """A database with ``past`` claims, and the clients in it, the one with the past first."""

    stand: Stand
    name: str
    past: int
    client_ids: tuple[UUID, ...]
    templates: Mapping[UUID, tuple[UUID, UUID]]
    """Of each client a member and a draft of theirs that may be copied."""
    filled_in: float | None
    """Seconds it took to fill; None when it was there already."""

    @property
    def url(self) -> str:
        """As the application signs in."""
        return self.stand.server.url(self.name)

    @contextmanager
    def owner(self, client_id: UUID) -> Iterator[psycopg.Connection[Any]]:
        """As the superuser, who may copy rows past every trigger."""
        with self.stand.server.connect(self.name) as connection:
            connection.execute("SELECT set_config('app.client_id', %s, false)", [str(client_id)])
            connection.execute("SET session_replication_role = replica")
            connection.execute("SET synchronous_commit = off")
            yield connection

    def drafts(self, client_id: UUID, number: int, salt: str) -> list[tuple[UUID, UUID]]:
        """So many drafts with their papers, ready to be handed in: claim and member, members in a mixed order."""
        with self.owner(client_id) as connection:
            return _copy_drafts(connection, client_id, self.templates[client_id][1], number, salt)


def claim_stand(stand: Stand, past: int) -> ClaimStand:
    """The database with ``past`` claims, filled when it is not there; this process is connected to it."""
    name = f"bench_claims_{past}"
    seconds = None
    if _marker(stand, name) != _head():
        begun = time.perf_counter()
        _fill(stand, name, past)
        seconds = time.perf_counter() - begun
    _connect(stand, name)
    with stand.server.connect(name) as connection:
        rows = connection.execute("SELECT client_id, member_id, claim_id FROM bench_template ORDER BY place").fetchall()
    templates = {row[0]: (row[1], row[2]) for row in rows}
    return ClaimStand(stand, name, past, tuple(templates), templates, seconds)


def connect(filled: ClaimStand) -> None:
    """Let this process work on that database."""
    _connect(filled.stand, filled.name)


def _connect(stand: Stand, name: str) -> None:
    os.environ.update(stand.environment() | {"DATABASE_URL": stand.server.url(name)})
    settings = Settings.from_env()
    database.connect(settings.database_url)
    registry.use(registry.Integrations.of(settings))


def _head() -> str:
    return max(path.name for path in (_ROOT / "backend" / "migrations" / "versions").glob("0*.py"))


def _marker(stand: Stand, name: str) -> str | None:
    """By which schema the database was filled; None when there is none, or only a half-filled one."""
    try:
        with stand.server.connect(name) as connection:
            row = connection.execute("SELECT head FROM bench_filled").fetchone()
            return None if row is None else row[0]
    except psycopg.Error:
        return None


def _fill(stand: Stand, name: str, past: int) -> None:
    stand.server.drop_database(name)
    stand.server.create_database(name)
    migrate(stand.server.url(name, OWNER_ROLE))
    _connect(stand, name)
    with stand.server.connect(name) as connection:
        connection.execute("CREATE TABLE bench_template (place int, client_id uuid, member_id uuid, claim_id uuid)")
        connection.execute("CREATE TABLE bench_filled (head text)")
    for place in range(FUNDS):
        _add_client(stand, name, place, past if place == 0 else 0)
    with stand.server.connect(name) as connection:
        connection.execute("VACUUM ANALYZE")
        connection.execute("INSERT INTO bench_filled VALUES (%s)", [_head()])


def _add_client(stand: Stand, name: str, place: int, past: int) -> None:
    client = clients.register(
        slug=f"bench-{place}",
        name=f"Bench {place}",
        country="ID",
        currency="IDR",
        timezone="Asia/Jakarta",
        languages=("id", "en"),
        default_language="id",
    )
    with working_for(client.id) as scope:
        year = clock.today(client.timezone).year
        contract = client_service.sign_contract(
            scope,
            number="C-1",
            product="managed_care",
            starts_on=date(year, 1, 1),
            ends_on=date(year, 12, 31),
            terms=_TERMS,
        )
        client_service.open_plan_year(scope, contract.id, starts_on=date(year, 1, 1), ends_on=date(year, 12, 31))
        report = benefits.import_plan(scope, PLAN.read_bytes(), PLAN.name)
        assert report.plan_id is not None, report.defects
        member_id = a_member(scope, report.plan_id, date(year, 1, 1))
    actor = Actor(Role.MEMBER, id=member_id, member_ids=(member_id,))
    made = []
    for _ in range(2):
        with working_for(client.id, actor, language="id", channel="app") as scope:
            visit = clock.today(client.timezone) - timedelta(days=5)
            made.append(a_draft(scope, member_id, visit_on=visit, claimed_minor=RATE_MINOR))
    with working_for(client.id, actor, language="id", channel="app") as scope:
        decided = claims.submit_claim(scope, made[0])
        assert decided.status == "approved", (decided.status, decided.flags)
    with stand.server.connect(name) as connection:
        connection.execute("SELECT set_config('app.client_id', %s, false)", [str(client.id)])
        connection.execute("SET session_replication_role = replica")
        connection.execute("SET synchronous_commit = off")
        connection.execute("SET max_parallel_workers_per_gather = 0")
        _copy_members(connection, client.id, member_id)
        if past:
            _copy_past(connection, client.id, made[0], past)
        connection.execute("INSERT INTO bench_template VALUES (%s, %s, %s, %s)", [place, client.id, member_id, made[1]])


def an_id(kind: int, number: str = "n") -> str:
    """SQL of an id of a kind: in the order of their numbers, as ids by the clock are."""
    return f"('0190c0de-{kind:04x}-7000-8000-' || lpad(to_hex({number}), 12, '0'))::uuid"


MEMBER_OF = f"(n::bigint * 7919 % {MEMBERS})"
"""Which member the n-th claim belongs to: all of them in turn, neighbours far apart."""
_MINOR = "(50000 + n * 37 % 300000)::bigint * 100"
_DAY = f"(date '{_FIRST_DAY}' + (n % {_DAYS})::int)"
_AT = f"(({_DAY} + 3)::timestamptz + (n % 36000) * interval '1 second')"


def _copy_members(connection: psycopg.Connection[Any], client_id: UUID, member_id: UUID) -> None:
    of = {"client_id": client_id, "member_id": member_id}
    for table, where, made in (
        (
            "member",
            "id = %(member_id)s",
            {
                "id": an_id(0xA0),
                "number": "'M' || n",
                "full_name": "'Peserta ' || n",
                "phone": "'+62812' || lpad(n::text, 8, '0')",
                "employee_number": "'E' || n",
            },
        ),
        ("enrolment", "member_id = %(member_id)s", {"id": an_id(0xA1), "member_id": an_id(0xA0)}),
    ):
        copy_rows(connection, table, where, of, made, f"generate_series(0, {MEMBERS - 1})")


def _copy_past(connection: psycopg.Connection[Any], client_id: UUID, claim_id: UUID, past: int) -> None:
    row = connection.execute(
        "SELECT d.judgement_id, d.payable_id, p.entry_id FROM claim_decision d JOIN payable p ON p.id = d.payable_id"
        " WHERE d.client_id = %s AND d.claim_id = %s",
        [client_id, claim_id],
    ).fetchone()
    assert row is not None
    of = {"client_id": client_id, "claim": claim_id, "judgement": row[0], "payable": row[1], "entry": row[2]}
    waiting = f"n % {_WAITS}"
    decided = f"(SELECT n FROM generate_series(1, {past}) AS n WHERE {waiting} > 1) AS s(n)"
    every = f"generate_series(1, {past})"
    for table, where, made, numbers in _rows_of_a_claim(waiting, decided, every):
        copy_rows(connection, table, where, of, made, numbers)
    connection.execute(
        "UPDATE fund_balance b SET deposit_minor = s.deposit, payable_member_minor = s.payable FROM (SELECT"
        " sum(amount_minor) FILTER (WHERE account = 'deposit') AS deposit,"
        " sum(amount_minor) FILTER (WHERE account = 'payable_member') AS payable FROM ledger_line WHERE client_id = %s) s"
        " WHERE b.client_id = %s",
        [client_id, client_id],
    )


def _rows_of_a_claim(waiting: str, decided: str, every: str) -> list[tuple[str, str, dict[str, str], str]]:
    claim, member = an_id(0xC0), an_id(0xA0, MEMBER_OF)
    amounts = dict.fromkeys(("billed_minor", "plan_minor"), _MINOR)
    state = f"CASE {waiting} WHEN 0 THEN 'submitted' WHEN 1 THEN 'in_review' ELSE status END"
    paper = {"document_id": an_id(0xC1), "requirement": "'pharmacy_receipt'"}
    return [
        ("claim", "id = %(claim)s", {
            "id": claim, "created_at": _AT, "number": "'C-26-' || lpad(n::text, 9, '0')", "member_id": member,
            "status": state, "visit_on": _DAY, "invoice_number": "'INV/' || n", "claimed_minor": _MINOR,
            "submitted_at": _AT, "complete_at": _AT, "submit_by": f"{_DAY} + 60", "settle_by": f"{_DAY} + 14",
        }, every),
        ("claim_line", "claim_id = %(claim)s", {
            "id": an_id(0xC2), "created_at": _AT, "claim_id": claim, "amount_minor": _MINOR,
        }, every),
        ("document", "id = (SELECT document_id FROM claim_document WHERE client_id = %(client_id)s"
                     " AND claim_id = %(claim)s AND requirement = 'pharmacy_receipt')", {
            "id": an_id(0xC1), "created_at": _AT, "fingerprint": "md5('paper' || n)", "uploaded_by": member,
            "member_id": member, "upload_key": "NULL", "read_total": _MINOR, "read_on": _DAY, "read_number": "'inv' || n",
        }, every),
        ("claim_document", "claim_id = %(claim)s AND requirement = 'pharmacy_receipt'", {
            "id": an_id(0xC3), "created_at": _AT, "claim_id": claim, **paper,
        }, every),
        ("claim_event", "claim_id = %(claim)s AND status = 'approved'", {
            "id": an_id(0xC4), "created_at": _AT, "claim_id": claim, "actor_id": member,
        }, decided),
        ("judgement", "id = %(judgement)s", {
            "id": an_id(0xC5), "created_at": _AT, "member_id": member, "source_id": claim, "happened_on": _DAY, **amounts,
        }, decided),
        ("judgement_line", "judgement_id = %(judgement)s", {
            "id": an_id(0xC6), "created_at": _AT, "judgement_id": an_id(0xC5), **amounts,
            "steps": f"replace(steps::text, '{RATE_MINOR}', ({_MINOR})::text)::jsonb",
        }, decided),
        ("claim_decision", "claim_id = %(claim)s", {
            "id": an_id(0xC7), "created_at": _AT, "claim_id": claim, "judgement_id": an_id(0xC5), "payable_id": an_id(0xC8),
        }, decided),
        ("payable", "id = %(payable)s", {
            "id": an_id(0xC8), "created_at": _AT, "payee_id": member, "member_id": member, "claim_id": claim,
            "source_id": claim, "reference": "'C-26-' || lpad(n::text, 9, '0')", "amount_minor": _MINOR,
            "plan_minor": _MINOR, "approved_on": _DAY, "settle_by": f"{_DAY} + 14", "entry_id": an_id(0xC9),
        }, decided),
        ("ledger_entry", "id = %(entry)s", {
            "id": an_id(0xC9), "created_at": _AT, "posted_on": _DAY, "source_id": claim, "actor_id": member,
        }, decided),
        ("ledger_line", "entry_id = %(entry)s", {
            "entry_id": an_id(0xC9), "subject_id": f"CASE WHEN subject_id IS NULL THEN NULL ELSE {member} END",
            "amount_minor": f"sign(amount_minor) * {_MINOR}",
        }, decided),
        ("utilisation_entry", "source_id = %(claim)s", {
            "id": an_id(0xCA), "created_at": _AT, "member_id": member, "employee_id": member, "amount_minor": _MINOR,
            "happened_on": _DAY, "source_id": claim, "key": "'bench/' || n",
        }, decided),
        ("notification", "event = 'claim_decided'", {
            "id": an_id(0xCB), "created_at": _AT, "member_id": member,
        }, decided),
    ]  # fmt: skip


def _copy_drafts(
    connection: psycopg.Connection[Any], client_id: UUID, claim_id: UUID, number: int, salt: str
) -> list[tuple[UUID, UUID]]:
    of = {"client_id": client_id, "claim": claim_id}
    series = f"generate_series(1, {number})"
    kind = 0x1000 + int(salt, 16) % 0xE000
    claim, member, day = an_id(kind), an_id(0xA0, MEMBER_OF), "(current_date - 2 - (n % 20)::int)"
    minor = f"(50000 + (n * 37 + {int(salt, 16) * 101}) % 300000)::bigint * 100"
    (told,) = connection.execute("SELECT visit_on FROM claim WHERE id = %s", [claim_id]).fetchone() or ("",)
    rows: list[tuple[str, str, dict[str, str]]] = [
        ("claim", "id = %(claim)s", {
            "id": claim, "number": f"'D-{salt}-' || n", "member_id": member, "claimed_minor": minor,
            "invoice_number": f"'D{int(salt, 16)}/' || n", "created_at": "now()", "visit_on": day, "submit_by": f"{day} + 60",
        }),
        ("claim_line", "claim_id = %(claim)s", {
            "id": "gen_random_uuid()", "claim_id": claim, "amount_minor": minor,
        }),
    ]  # fmt: skip
    for place, requirement in enumerate(("prescription_copy", "pharmacy_receipt")):
        paper = an_id(kind, f"n + {(place + 1) * 0x1000000}")
        extracted = (
            f"replace(replace(extracted::text, '{RATE_MINOR}', ({minor})::text), '{told}', ({day})::text)::jsonb"
        )
        rows += [
            ("document", "id = (SELECT document_id FROM claim_document WHERE client_id = %(client_id)s"
                         f" AND claim_id = %(claim)s AND requirement = '{requirement}')", {
                "id": paper, "fingerprint": f"md5('{salt}/{place}/' || n)", "uploaded_by": member, "member_id": member,
                "upload_key": "NULL", "extracted": extracted,
                "read_total": minor, "read_on": day, "read_number": f"'d{salt}x{place}x' || n",
            }),
            ("claim_document", f"claim_id = %(claim)s AND requirement = '{requirement}'", {
                "id": "gen_random_uuid()", "claim_id": claim, "document_id": paper, "created_at": "now()",
            }),
        ]  # fmt: skip
    for table, where, made in rows:
        copy_rows(connection, table, where, of, made, series)
    return connection.execute(
        "SELECT id, member_id FROM claim WHERE client_id = %s AND number LIKE %s ORDER BY id",
        [client_id, f"D-{salt}-%"],
    ).fetchall()


def copy_rows(  # noqa: PLR0917 - a copy is told what, of whom, how and how often
    connection: psycopg.Connection[Any],
    table: str,
    where: str,
    of: Mapping[str, Any],
    made: Mapping[str, str],
    numbers: str,
) -> None:
    """Copy the rows of ``table`` that ``where`` finds once for every n of ``numbers``, with other values for ``made``."""
    names = [
        row[0]
        for row in connection.execute(
            "SELECT column_name FROM information_schema.columns WHERE table_schema = 'public' AND table_name = %s"
            " AND is_generated = 'NEVER' AND identity_generation IS NULL ORDER BY ordinal_position",
            [table],
        )
    ]
    values = sql.SQL(", ").join(sql.SQL(made[name]) if name in made else sql.Identifier(name) for name in names)
    series = sql.SQL(numbers if " AS " in numbers else f"{numbers} AS s(n)")
    connection.execute(
        sql.SQL(
            "INSERT INTO {0} ({1}) SELECT {2} FROM {3}, (SELECT * FROM {0} WHERE client_id = {4} AND {5}) AS t"
        ).format(
            sql.Identifier(table),
            sql.SQL(", ").join(map(sql.Identifier, names)),
            values,
            series,
            sql.Literal(str(of["client_id"])),
            sql.SQL(_with(where, of)),
        )
    )


def _with(where: str, of: Mapping[str, Any]) -> str:
    for name, value in of.items():
        where = where.replace(f"%({name})s", f"'{value}'")
    return where
