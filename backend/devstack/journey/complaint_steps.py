"""A complaint that nobody answers: its deadline passes, it is marked, and it climbs to the next level."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from backend.devstack.journey.person import Person
from backend.devstack.journey.talk import expect

_LODGED = timedelta(days=60)
"""So long ago: the deadline of a complaint has passed by then, whatever holidays there were."""
_WORDS = "Há semanas que espero pela resposta ao meu pedido de reembolso e ninguém me diz nada."


def runs_out(person: Person) -> dict[str, Any]:
    """Lodged two months ago and not answered: overdue, escalated, told once, and nothing of it lies in the future."""
    body: dict[str, Any] = {"member_id": person.member_id, "category": "service", "text": _WORDS}
    lodged = person.post("/api/v1/complaints", as_of=datetime.now(UTC) - _LODGED, **body)
    late = date.fromisoformat(lodged["resolve_by"]) + timedelta(days=4)
    moment = datetime.combine(late, time(9), UTC)
    expect(moment < datetime.now(UTC), f"the deadline {lodged['resolve_by']} has not passed yet")
    for _ in range(2):
        person.stack.call("POST", "/demo/clocks", json={"as_of": moment.isoformat()})
    found = person.as_staff("admin").get(f"/api/v1/complaints/{lodged['id']}")
    expect(found["overdue"], "nobody noticed that the deadline has passed")
    expect(found["level"] > 1, f"still on level {found['level']}")
    times = sum(1 for step in found["steps"] if step["kind"] == "overdue")
    expect(times == 1, f"marked as overdue {times} times")
    left = found["next_deadline"]["working_days_left"]
    expect(left < 0, f"overdue with {left} working days left")
    last = max(datetime.fromisoformat(step["at"]) for step in found["steps"])
    expect(last <= datetime.now(UTC), f"a step lies in the future: {last}")
    return dict(found)
