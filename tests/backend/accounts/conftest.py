from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import event

from backend import database


@pytest.fixture
def count_queries(app) -> Iterator[Callable[[Callable[[], object]], int]]:
    """How many statements a piece of work sends to the database."""
    seen: list[str] = []

    def remember(_connection, _cursor, statement, *_rest) -> None:
        seen.append(statement)

    engine = database.current().engine
    event.listen(engine, "before_cursor_execute", remember)

    def count(work: Callable[[], object]) -> int:
        before = len(seen)
        work()
        return len(seen) - before

    yield count
    event.remove(engine, "before_cursor_execute", remember)
