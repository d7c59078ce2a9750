"""What a bank's answer to a payment file says, by itself."""

from datetime import date

import pytest

from backend.devstack.journey.bank_messages import carried_out
from backend.funds.bank_files import statuses


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        pytest.param("2026-11-28T17:05:00+00:00", date(2026, 11, 29), id="after midnight at the client's seat"),
        pytest.param("2026-11-28T16:59:00Z", date(2026, 11, 28), id="before it"),
        pytest.param("2026-11-29T00:05:00+07:00", date(2026, 11, 29), id="by the bank's own clock"),
        pytest.param("2026-11-28T23:30:00", date(2026, 11, 28), id="as written where no offset is named"),
    ],
)
def test_the_day_of_a_payment_is_the_one_at_the_clients_seat(moment, day):
    (told,) = statuses.read(carried_out("R1", ["R1-0001"], moment), "Asia/Jakarta")
    assert (told.paid, told.on) == (True, day)
