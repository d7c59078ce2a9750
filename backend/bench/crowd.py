"""A hundred members of a demo client who are signed in, so that as many conversations can go on at once."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

import psycopg

from backend import tokens
from backend.access import Actor, Role
from backend.devstack.demo_environment import DATABASE, keep_secrets
from backend.devstack.postgres import OWNER_ROLE, Postgres

_MARK = "BENCH"
_SETTLE = """
INSERT INTO member (client_id, id, created_at, number, relationship, full_name, birth_date, sex, phone, language, employee_number)
  SELECT %(client)s, gen_random_uuid(), now(), %(mark)s || i, 'employee', 'Member ' || i, '1990-01-01', 'female',
         '+62899' || lpad(i::text, 7, '0'), 'id', %(mark)s || i FROM generate_series(1, %(members)s) AS i;
INSERT INTO identity (client_id, id, created_at, phone)
  SELECT client_id, gen_random_uuid(), now(), phone FROM member
   WHERE client_id = %(client)s AND starts_with(number, %(mark)s);
INSERT INTO sign_in_session (client_id, id, created_at, identity_id, method, generation, last_used_at, expires_at)
  SELECT i.client_id, gen_random_uuid(), now(), i.id, 'code', 1, now(), now() + interval '1 day' FROM identity i
    JOIN member m ON m.client_id = i.client_id AND m.phone = i.phone
   WHERE m.client_id = %(client)s AND starts_with(m.number, %(mark)s)
"""
_SETTLED = """
SELECT m.id, i.id, s.id FROM member m
  JOIN identity i ON i.client_id = m.client_id AND i.phone = m.phone
  JOIN sign_in_session s ON s.client_id = i.client_id AND s.identity_id = i.id
 WHERE m.client_id = %(client)s AND starts_with(m.number, %(mark)s) ORDER BY m.number
"""


def settle(state: Path, slug: str, members: int) -> list[str]:
    """Access tokens of ``members`` new members of a client in the running stack over ``state``."""
    key = keep_secrets(state / "secrets.env")["CARELINE_TOKEN_KEY"]
    with psycopg.connect(Postgres(state / "pg").url(DATABASE, OWNER_ROLE)) as owner:
        found = owner.execute("SELECT id FROM client WHERE slug = %s", [slug]).fetchone()
        client: UUID = found[0] if found else UUID(int=0)
        owner.execute("SELECT set_config('app.client_id', %s, false)", [str(client)])
        given = {"client": client, "mark": _MARK, "members": members}
        for statement in _SETTLE.split(";\n"):
            owner.execute(statement, given)
        rows = owner.execute(_SETTLED, given).fetchall()
    return [_token(key, client, *row) for row in rows]


def _token(key: str, client: UUID, member: UUID, identity: UUID, session: UUID) -> str:
    actor = Actor(Role.MEMBER, id=identity, member_ids=(member,), session_id=session)
    return tokens.issue(key, client, actor, seconds=86_400)
