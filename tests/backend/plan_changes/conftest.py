"""Every test of a change happens on 20 October 2026: the past months lie in one policy year."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from backend.kit import clock
from tests.factories.claims import Household
from tests.factories.plan_changes import make_insured

AUTUMN = datetime(2026, 10, 20, 3, tzinfo=UTC)


@pytest.fixture(autouse=True)
def autumn() -> Iterator[None]:
    with clock.at(AUTUMN):
        yield


@pytest.fixture
def home(app) -> Household:
    """A household whose plan pays Rp 350.000 a visit and Rp 1.000.000 a year."""
    return make_insured()
