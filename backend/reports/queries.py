"""Every SELECT of the reports: one statement for each kind of figure, with its total in the same pass.

Days are those at the client's seat. A row without a day is the total of the period.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import Row, text

from backend.access import Scope
from backend.helpline.rules.cases import WAIT
from backend.reports import rules
from backend.reports.rules import Calls, Containment, FirstResponse, Handling, Period, Scores

Place = tuple[date | None, str | None]
"""A day and a channel; both None for the total."""
T = TypeVar("T")

_CALLS = text("""
SELECT (entered_at AT TIME ZONE :zone)::date AS day, 'voice' AS channel,
       count(*), count(answered_at),
       count(*) FILTER (WHERE answered_at <= entered_at + make_interval(secs => :in_time)),
       count(*) FILTER (WHERE outcome = 'abandoned'), count(*) FILTER (WHERE outcome = 'callback'),
       count(*) FILTER (WHERE outcome = 'voicemail'),
       count(*) FILTER (WHERE left_at IS NULL AND answered_at IS NULL
                          AND entered_at + make_interval(secs => :in_time) > :now),
       avg(extract(epoch FROM answered_at - entered_at))::float,
       max(extract(epoch FROM coalesce(answered_at, left_at, :now) - entered_at))::float
  FROM queued_call
 WHERE client_id = :client AND entered_at >= :begin AND entered_at < :end
 GROUP BY GROUPING SETS ((1), ())
""")
_FIRST_RESPONSE = text("""
SELECT (created_at AT TIME ZONE :zone)::date AS day, channel,
       count(*), count(first_reply_at), count(*) FILTER (WHERE first_reply_at <= allowed),
       count(*) FILTER (WHERE first_reply_at IS NULL AND state <> 'closed' AND allowed > :now),
       avg(extract(epoch FROM first_reply_at - created_at))::float,
       percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM first_reply_at - created_at))
  FROM (SELECT *, created_at + make_interval(secs => CASE priority WHEN 'urgent' THEN :urgent WHEN 'high' THEN :high
                                                                   ELSE :normal END) AS allowed
          FROM helpline_case
         WHERE client_id = :client AND created_at >= :begin AND created_at < :end AND channel <> 'voice') AS written
 GROUP BY GROUPING SETS ((1, 2), ())
""")
_HANDLING = text("""
SELECT (closed_at AT TIME ZONE :zone)::date AS day, channel, count(*),
       avg(extract(epoch FROM closed_at - taken_at))::float,
       percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM closed_at - taken_at))
  FROM helpline_case
 WHERE client_id = :client AND closed_at >= :begin AND closed_at < :end
 GROUP BY GROUPING SETS ((1, 2), ())
""")
_CONTAINMENT = text("""
SELECT day, channel, count(DISTINCT conversation_id),
       count(DISTINCT conversation_id) - count(DISTINCT conversation_id) FILTER (WHERE NOT answered OR with_a_case)
  FROM (SELECT spoken.*, EXISTS (
               SELECT FROM helpline_case c
                WHERE c.client_id = :client AND c.conversation_id = spoken.conversation_id
                  AND c.created_at < (spoken.day + 1)::timestamp AT TIME ZONE :zone
                  AND (c.closed_at IS NULL OR c.closed_at >= spoken.day::timestamp AT TIME ZONE :zone)) AS with_a_case
          FROM (SELECT conversation_id, (created_at AT TIME ZONE :zone)::date AS day, channel,
                       bool_or(author = 'bot') AS answered
                  FROM message
                 WHERE client_id = :client AND created_at >= :begin AND created_at < :end
                 GROUP BY 1, 2, 3 HAVING bool_or(direction = 'in')) AS spoken) AS judged
 GROUP BY GROUPING SETS ((1, 2), ())
""")
_SCORES = text("""
SELECT (asked_at AT TIME ZONE :zone)::date AS day, channel, count(*), count(score),
       count(*) FILTER (WHERE score <= :low), avg(score)::float
  FROM satisfaction
 WHERE client_id = :client AND asked_at >= :begin AND asked_at < :end
 GROUP BY GROUPING SETS ((1, 2), ())
""")
_WAITING = text("""
SELECT desk, priority, count(*) AS cases, min(waiting_since) AS oldest_since
  FROM helpline_case WHERE client_id = :client AND state = 'open'
 GROUP BY desk, priority, rank ORDER BY desk, rank
""")
_CALLS_WAITING = text("""
SELECT desk, count(*) AS calls, min(entered_at) AS oldest_since
  FROM queued_call WHERE client_id = :client AND left_at IS NULL AND answered_at IS NULL
 GROUP BY desk ORDER BY desk
""")
_IN_HAND = text("""
SELECT assigned_to, count(*) FROM helpline_case
 WHERE client_id = :client AND state = 'taken' AND assigned_to IS NOT NULL GROUP BY assigned_to
""")


def calls(scope: Scope, of: Period, now: datetime) -> dict[Place, Calls]:
    """Calls by the day they came to wait."""
    figures = {"in_time": rules.ANSWER_WITHIN_SECONDS, "now": now}
    rows = scope.session.execute(_CALLS, _asked(scope, of) | figures)
    return {(row[0], row[1] if row[0] else None): Calls(*row[2:]) for row in rows}


def first_responses(scope: Scope, of: Period, now: datetime) -> dict[Place, FirstResponse]:
    """Cases that began in writing, by the day they were opened."""
    allowed = {priority: wait.total_seconds() for priority, wait in WAIT.items()}
    return _by_place(scope, _FIRST_RESPONSE, _asked(scope, of) | allowed | {"now": now}, FirstResponse)


def handling(scope: Scope, of: Period) -> dict[Place, Handling]:
    """Cases by the day they were closed."""
    return _by_place(scope, _HANDLING, _asked(scope, of), Handling)


def containment(scope: Scope, of: Period) -> dict[Place, Containment]:
    """Threads by the day somebody wrote in them; the total counts a thread once."""
    return _by_place(scope, _CONTAINMENT, _asked(scope, of), Containment)


def scores(scope: Scope, of: Period) -> dict[Place, Scores]:
    """Answers by the day they were asked for."""
    return _by_place(scope, _SCORES, _asked(scope, of) | {"low": rules.LOW_SCORE}, Scores)


def waiting(scope: Scope) -> list[Row[Any]]:
    """Cases nobody works on, by desk and priority, with the oldest."""
    return list(scope.session.execute(_WAITING, {"client": scope.client_id}))


def calls_waiting(scope: Scope) -> list[Row[Any]]:
    """Calls nobody has answered, by desk, with the oldest."""
    return list(scope.session.execute(_CALLS_WAITING, {"client": scope.client_id}))


def in_hand(scope: Scope) -> dict[UUID, int]:
    """How many cases each person works on."""
    return {row[0]: row[1] for row in scope.session.execute(_IN_HAND, {"client": scope.client_id})}


def _by_place(scope: Scope, statement: Any, figures: dict[str, Any], of: Callable[..., T]) -> dict[Place, T]:
    return {(row[0], row[1]): of(*row[2:]) for row in scope.session.execute(statement, figures)}


def _asked(scope: Scope, of: Period) -> dict[str, Any]:
    return {"client": scope.client_id, "zone": of.zone, "begin": of.begin, "end": of.end}
