"""Pages that follow each other, without a gap and without a row twice."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.kit.pages import BadCursor, Cursor, page_of

START = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Row:
    created_at: datetime
    id: UUID


def _following(rows: list[Row], cursor: Cursor | None, limit: int) -> list[Row]:
    later = rows if cursor is None else [row for row in rows if (row.created_at, row.id) > (cursor.moment, cursor.id)]
    return later[: limit + 1]


@given(minutes=st.lists(st.integers(0, 3), max_size=25), limit=st.integers(1, 10))
def test_walking_page_by_page_meets_every_row_once_in_order(minutes, limit):
    rows = [Row(START + timedelta(minutes=minute), UUID(int=n)) for n, minute in enumerate(sorted(minutes))]
    met: list[Row] = []
    cursor: str | None = None
    while True:
        shown, cursor = page_of(_following(rows, Cursor.after(cursor), limit), limit)
        assert len(shown) <= limit
        met += shown
        if cursor is None:
            break
    assert met == rows


def test_a_page_may_be_ordered_by_another_moment():
    rows = [Row(START, UUID(int=1)), Row(START, UUID(int=2))]
    _, cursor = page_of(rows, 1, lambda row: Cursor(START + timedelta(days=1), row.id))
    assert Cursor.after(cursor) == Cursor(START + timedelta(days=1), UUID(int=1))


@pytest.mark.parametrize("text", ["nonsense", "", "Zm9v"])
def test_a_strange_cursor_is_refused(text):
    with pytest.raises(BadCursor):
        Cursor.decode(text)
