"""The member's claims and the analyst's queue among a million claims, beside SQL by hand for just these pages.

Both sides open the transaction for the client, read a page, leave the rows of the access record where staff look, make JSON
and commit. The SQL by hand knows what it is asked and builds the JSON in the database.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

import orjson
import psycopg

from backend.access import Actor, Role, working_for
from backend.bench.claim_stand import ClaimStand, claim_stand
from backend.bench.load import percentiles
from backend.bench.stand import Stand
from backend.bench.tables import Table
from backend.claims import service

SIZE = int(os.environ.get("BENCH_CLAIM_LISTS", "1000000"))
_LOOKS, _ROUNDS = int(os.environ.get("BENCH_LOOKS", "100")), 3
_GOAL = "<= 2.0"
_ANALYST = Actor(Role.CLAIMS, id=UUID(int=7))

_SHOWN = """'id', c.id, 'number', c.number, 'member_id', c.member_id, 'benefit', c.benefit_group, 'status', c.status,
 'visit_on', c.visit_on, 'discharge_on', c.discharge_on, 'provider_name', c.provider_name, 'invoice_number', c.invoice_number,
 'claimed', json_build_object('amount_minor', c.claimed_minor, 'currency', c.currency), 'channel', c.channel,
 'missing', c.missing, 'refusal', c.refusal, 'submit_by', c.submit_by, 'resubmit_by', c.resubmit_by,
 'settle_by', c.settle_by, 'created_at', c.created_at, 'submitted_at', c.submitted_at, 'complete_at', c.complete_at"""
_OF_MEMBER = f"""SELECT json_build_object('id', array_agg(x.id), 'items', json_agg(x.item))::text FROM (
 SELECT c.id, json_build_object({_SHOWN}) AS item FROM claim c WHERE c.client_id = %(client)s AND c.member_id = %(member)s
  ORDER BY c.created_at DESC, c.id DESC LIMIT 21) x"""
_OF_CLIENT = f"""SELECT json_build_object('id', array_agg(x.id), 'members', array_agg(x.member_id), 'items', json_agg(x.item))::text
 FROM (SELECT c.id, c.member_id, json_build_object({_SHOWN}) AS item FROM claim c WHERE c.client_id = %(client)s
  ORDER BY c.created_at DESC, c.id DESC LIMIT 21) x"""
_DUE = """COALESCE((SELECT a.answer_by FROM claim_appeal a WHERE a.client_id = c.client_id AND a.claim_id = c.id
 AND a.answered_at IS NULL), c.settle_by, date '9999-12-31')"""
_QUEUE = f"""SELECT json_build_object('id', array_agg(x.id), 'members', array_agg(x.member_id), 'items', json_agg(x.item))::text
 FROM (SELECT c.id, c.member_id, json_build_object({_SHOWN}, 'flags', c.flags, 'due_on', {_DUE},
         'member', json_build_object('number', m.number, 'name', m.full_name)) AS item
  FROM claim c JOIN member m ON m.client_id = c.client_id AND m.id = c.member_id
 WHERE c.client_id = %(client)s AND {{which}} ORDER BY {{order}}, c.id LIMIT 21) x"""
_LOOK = """INSERT INTO audit_record (client_id, id, created_at, at, actor_role, actor_id, action, object_type, object_id,
 member_id, request_id, channel, fields) SELECT %s, gen_random_uuid(), now(), now(), 'claims', %s, 'listed', 'claim', m, m, '',
 'app', '[]' FROM unnest(%s::uuid[]) m"""

_Ask = Callable[[UUID], bytes]


def rated(stand: Stand) -> list[Table]:
    """The figures for `make bench ONLY=claim-lists`."""
    filled = claim_stand(stand, SIZE)
    client = filled.client_ids[0]
    with psycopg.connect(filled.url) as bare:
        bare.execute("SELECT app_begin(%s, NULL)", [client])
        busy = "SELECT member_id FROM claim WHERE client_id = %s GROUP BY 1 HAVING count(*) > 1 LIMIT %s"
        members = [row[0] for row in bare.execute(busy, [client, _LOOKS])]
        bare.commit()
        table = Table(f"Lists among {SIZE:,} claims, p95 of {_LOOKS} looks (load {os.getloadavg()[0]:.1f})")
        in_review = "c.status = 'in_review'"
        working = "c.status IN ('submitted', 'in_review', 'appealed')"
        pages: tuple[tuple[str, str, bool, Callable[[UUID], dict[str, Any]]], ...] = (
            ("a member's claims", _OF_MEMBER, False, lambda member: {"member_id": member}),
            ("the client's claims, newest first", _OF_CLIENT, True, lambda _: {}),
            ("the analyst's queue by age", _QUEUE.format(which=in_review, order="c.submitted_at"), True, lambda _: {"status": ["in_review"]}),
            ("the same by due day", _QUEUE.format(which=in_review, order=_DUE), True, lambda _: {"status": ["in_review"], "order": "due"}),
            ("all that waits, by age", _QUEUE.format(which=working, order="c.submitted_at"), True, lambda _: {"status": ["submitted", "in_review", "appealed"]}),
        )  # fmt: skip
        for name, query, by_staff, wanted in pages:
            by_hand = _by_hand(bare, client, query, by_staff)
            ours = _ours(filled, by_staff, "order by" in query.lower() and "JOIN member" in query, wanted)
            _check_same_answers(by_hand, ours, members[:5])
            _compare(table, name, by_hand, ours, members)
    return [table]


def _by_hand(bare: psycopg.Connection[Any], client: UUID, query: str, by_staff: bool) -> _Ask:
    def ask(member: UUID) -> bytes:
        bare.execute("SELECT app_begin(%s, NULL)", [client], prepare=True)
        row = bare.execute(query, {"client": client, "member": member}, prepare=True).fetchone()
        assert row is not None
        if by_staff:
            seen = orjson.loads(row[0])["members"][:20]
            bare.execute(_LOOK, [client, _ANALYST.id, seen], prepare=True)
        bare.commit()
        return row[0].encode()

    return ask


def _ours(filled: ClaimStand, by_staff: bool, queue: bool, wanted: Callable[[UUID], dict[str, Any]]) -> _Ask:
    def ask(member: UUID) -> bytes:
        actor = _ANALYST if by_staff else Actor(Role.MEMBER, id=member, member_ids=(member,))
        verb = service.list_queue if queue else service.list_claims
        with working_for(filled.client_ids[0], actor, language="id", channel="app") as scope:
            answered = verb(scope, **wanted(member))
            return orjson.dumps(answered, default=_plain)

    return ask


def _plain(value: Any) -> Any:
    return value.as_json() if hasattr(value, "as_json") else str(value)


def _check_same_answers(by_hand: _Ask, ours: _Ask, members: Sequence[UUID]) -> None:
    """A comparison with SQL that finds other claims would be worth nothing."""
    for member in members:
        expected = orjson.loads(by_hand(member))["id"][:20]
        if [item["id"] for item in orjson.loads(ours(member))["items"]] != expected or len(expected) < 2:
            raise RuntimeError("Careline and the SQL by hand found different claims")


def _compare(table: Table, name: str, by_hand: _Ask, ours: _Ask, members: Sequence[UUID]) -> None:
    taken: dict[str, list[float]] = {"by hand": [], "Careline": []}
    for _ in range(_ROUNDS):
        for which, ask in (("by hand", by_hand), ("Careline", ours)):
            for member in members:
                begun = time.perf_counter()
                ask(member)
                taken[which].append(1000 * (time.perf_counter() - begun))
    base, own = percentiles(taken["by hand"]), percentiles(taken["Careline"])
    table.add(f"{name}: by hand", base["p95"], "ms", 1.0)
    table.add(f"{name}: Careline", own["p95"], "ms", own["p95"] / base["p95"], _GOAL)
    table.add(f"{name}: Careline, p50", own["p50"], "ms", own["p50"] / base["p50"])
