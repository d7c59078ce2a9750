"""The baseline: one bare WSGI function that does the whole job with hand-written SQL and nothing else.

Token check (the same library), the client set for row-level security and the sign-in checked in the
transaction, two queries, orjson. No framework, no request id, no metrics, no error envelope.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any

import jwt
import orjson
import psycopg
from psycopg.rows import dict_row

from backend.bench.stand import environ

_local = threading.local()
_BEGIN = "SELECT app_begin(%s::uuid, %s::uuid)"
_CARD = """
SELECT m.id AS member_id, m.number AS member_number, c.number AS card_number, m.full_name AS name, m.relationship,
       m.birth_date, p.code AS plan_code, p.names->>'id' AS plan_name, c.status, e.starts_on AS valid_from,
       e.ends_on AS valid_until, c.qr_payload AS qr, c.qr_expires_at
  FROM member m
  JOIN card c ON c.client_id = m.client_id AND c.member_id = m.id
  LEFT JOIN enrolment e ON e.client_id = m.client_id AND e.member_id = m.id
       AND e.starts_on <= %s AND (e.ends_on IS NULL OR e.ends_on >= %s)
  LEFT JOIN plan p ON p.client_id = e.client_id AND p.id = e.plan_id
 WHERE m.client_id = %s AND m.id = %s ORDER BY c.created_at DESC LIMIT 1
"""
_CLIENT = """
SELECT cl.slug, cl.name, k.terms FROM client cl
  LEFT JOIN contract k ON k.client_id = cl.id AND k.starts_on <= %s AND k.ends_on >= %s WHERE cl.id = %s
"""
_PLAN = """
SELECT p.id, p.code, p.names->>'id' AS name, p.currency, m.employee_id, y.starts_on AS since, y.ends_on AS until
  FROM enrolment e JOIN plan p ON p.client_id = e.client_id AND p.id = e.plan_id
  JOIN member m ON m.client_id = e.client_id AND m.id = e.member_id
  JOIN plan_year y ON y.client_id = e.client_id AND y.starts_on <= %s AND y.ends_on >= %s
 WHERE e.client_id = %s AND e.member_id = %s AND e.starts_on <= %s AND (e.ends_on IS NULL OR e.ends_on >= %s)
"""
_BENEFITS = """
SELECT b.code, b.benefit_group, b.names->>'id' AS name, b.room_class, b.co_payment, b.exclusions, b.waiting_days,
       b.referral_required, b.network_only, l.basis, l.shared_by, l.pool, l.amount_minor, l.count,
       coalesce(u.used, 0) AS used, coalesce(u.held, 0) AS held, coalesce(u.times, 0) AS times
  FROM benefit b LEFT JOIN benefit_limit l ON l.client_id = b.client_id AND l.benefit_id = b.id
  LEFT JOIN (
    SELECT benefit_code,
           sum(CASE kind WHEN 'consume' THEN amount_minor WHEN 'reverse' THEN -amount_minor ELSE 0 END)::bigint AS used,
           sum(CASE kind WHEN 'hold' THEN amount_minor WHEN 'release' THEN -amount_minor ELSE 0 END)::bigint AS held,
           sum(CASE kind WHEN 'consume' THEN count WHEN 'reverse' THEN -count ELSE 0 END)::bigint AS times
      FROM utilisation_entry WHERE client_id = %s AND employee_id = %s AND member_id = %s AND happened_on BETWEEN %s AND %s
     GROUP BY benefit_code
  ) u ON u.benefit_code = b.code
 WHERE b.client_id = %s AND b.plan_id = %s ORDER BY b.position, l.position
"""


def connection() -> psycopg.Connection[Any]:
    """This thread's connection."""
    if not hasattr(_local, "connection"):
        _local.connection = psycopg.connect(environ("DATABASE_URL"), row_factory=dict_row, prepare_threshold=1)
    return _local.connection  # type: ignore[no-any-return]


def claims_of(environment: dict[str, Any]) -> dict[str, Any]:
    """What the bearer token says; PyJWT raises for a wrong one."""
    return jwt.decode(
        environment["HTTP_AUTHORIZATION"][7:], environ("CARELINE_TOKEN_KEY"), algorithms=["HS256"],
        audience="careline-api", issuer="careline",
    )  # fmt: skip


def _money(amount: int | None) -> dict[str, Any] | None:
    return None if amount is None else {"amount_minor": amount, "currency": "IDR"}


def _card(client: str, session: str, member: str) -> dict[str, Any]:
    database, today = connection(), date.today()
    database.execute(_BEGIN, [client, session])
    card = database.execute(_CARD, [today, today, client, member]).fetchone() or {}
    issuer = database.execute(_CLIENT, [today, today, client]).fetchone() or {}
    database.commit()
    card["plan"] = {"code": card.pop("plan_code"), "name": card.pop("plan_name")}
    card["client"] = {"slug": issuer["slug"], "name": issuer["name"]}
    card["replacement_fee"] = _money((issuer["terms"] or {}).get("card_replacement_fee_minor", 2_500_000))
    card["as_of"] = datetime.now().astimezone()
    return card


def _benefits(client: str, session: str, member: str) -> dict[str, Any]:
    database, today = connection(), date.today()
    database.execute(_BEGIN, [client, session])
    plan = database.execute(_PLAN, [today, today, client, member, today, today]).fetchone() or {}
    employee = plan["employee_id"] or member
    since, until = plan["since"], plan["until"]
    rows = database.execute(_BENEFITS, [client, employee, member, since, until, client, plan["id"]]).fetchall()
    database.commit()
    benefits: dict[str, dict[str, Any]] = {}
    for row in rows:
        benefit = benefits.setdefault(
            row["code"],
            {
                "code": row["code"], "group": row["benefit_group"], "name": row["name"], "limits": [],
                "co_payment": row["co_payment"], "room_class": row["room_class"],
                "exclusions": [exclusion["names"]["id"] for exclusion in row["exclusions"]],
                "referral_required": row["referral_required"], "network_only": row["network_only"],
            },
        )  # fmt: skip
        if row["basis"]:
            left = None if row["amount_minor"] is None else max(0, row["amount_minor"] - row["used"] - row["held"])
            benefit["limits"].append({
                "basis": row["basis"], "shared_by": row["shared_by"], "pool": row["pool"], "limit": _money(row["amount_minor"]),
                "count": row["count"], "used": _money(row["used"]), "held": _money(row["held"]), "remaining": _money(left),
                "used_count": row["times"], "remaining_count": None,
            })  # fmt: skip
    return {
        "member_id": member, "plan": {"code": plan["code"], "name": plan["name"]}, "year": {"from": since, "until": until},
        "as_of": datetime.now().astimezone(), "benefits": list(benefits.values()),
    }  # fmt: skip


def app(environment: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
    """``/…/members/<id>/card`` or ``/benefits``."""
    claims = claims_of(environment)
    _, member, what = environment["PATH_INFO"].rsplit("/", 2)
    if member not in claims["mem"]:
        start("404 Not Found", [])
        return [b""]
    job = _card if what == "card" else _benefits
    body = orjson.dumps(job(claims["cid"], claims["sid"], member))
    start("200 OK", [("Content-Type", "application/json"), ("Content-Length", str(len(body)))])
    return [body]
