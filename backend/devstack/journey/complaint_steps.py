"""A complaint that nobody answers: its deadline passes, it is marked, and it climbs to the next level."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from backend.devstack.journey.member_steps import staff_token
from backend.devstack.journey.person import Person
from backend.devstack.journey.talk import expect


def runs_out(person: Person, number: str) -> dict[str, Any]:
    """Move the clock of the checks two working days past the deadline: overdue, escalated, told once; gives it."""
    listed = person.get(f"/api/v1/complaints?number={number}")["items"]
    expect(len(listed) == 1, f"complaint {number} is not in the app")
    before = listed[0]
    late = date.fromisoformat(before["resolve_by"]) + timedelta(days=4)
    moment = datetime.combine(late, time(9), UTC).isoformat()
    for _ in range(2):
        person.stack.call("POST", "/demo/clocks", json={"as_of": moment})
    chief = staff_token(person.stack, "admin", person.client["slug"])
    found = person.stack.call("GET", f"/api/v1/complaints/{before['id']}", token=chief)
    expect(found["overdue"], "nobody noticed that the deadline has passed")
    expect(found["level"] > 1, f"still on level {found['level']}")
    times = sum(1 for step in found["steps"] if step["kind"] == "overdue")
    expect(times == 1, f"marked as overdue {times} times")
    return dict(found)
