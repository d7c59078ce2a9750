"""The second oracle against the figures that the sources themselves give: whoever judges the judge begins here."""

from __future__ import annotations

from datetime import date

import pytest

from backend.adjudication.rules.coordination import OtherPayer, Way
from backend.adjudication.rules.rooms import Night, RoomClass, Stay
from backend.clients.rules import Terms
from tests.second_oracle.chances import rp
from tests.second_oracle.first_payer import ABOVE_CLASS_ONE, paid_and_forbidden
from tests.second_oracle.nights import slept

IN_2026 = date(2026, 3, 10)
T2, T1 = 5_000_000, 6_000_000


@pytest.mark.parametrize(
    ("entitled", "occupied", "on_top"),
    [(2, 1, 1_000_000), (1, ABOVE_CLASS_ONE, 4_500_000), (2, ABOVE_CLASS_ONE, 5_500_000), (2, 2, 0)],
)
def test_the_difference_of_cost_is_as_domain_md_reckons_it(entitled: int, occupied: int, on_top: int) -> None:
    """T2 = 5.000.000 and T1 = 6.000.000: hak 2 to 1 1.000.000, 1 to VIP 4.500.000, 2 to VIP 5.500.000."""
    own = T1 if entitled == 1 else T2
    payer = OtherPayer(
        "JKN", Way.DIFFERENCE, tariff=rp(own), class_one_tariff=rp(T1), entitled=entitled, occupied=occupied
    )
    paid, forbidden = paid_and_forbidden(payer, 20_000_000, IN_2026)
    assert paid == own
    assert 20_000_000 - paid - forbidden == on_top


def test_by_the_decree_jkn_pays_three_quarters_of_the_tariff_from_its_first_day_on() -> None:
    """75 % of 5.000.000 are 3.750.000; the day before, the difference of 2023: 5.000.000 and nothing on top."""
    payer = OtherPayer("JKN", Way.SHARES, tariff=rp(T2), class_one_tariff=rp(T1), entitled=2, occupied=2)
    assert paid_and_forbidden(payer, 8_000_000, date(2024, 9, 1)) == (3_750_000, 0)
    assert paid_and_forbidden(payer, 8_000_000, date(2024, 8, 31)) == (5_000_000, 3_000_000)


@pytest.mark.parametrize(
    ("entitled", "rate", "members"),
    [(200_000_00, 240_000_00, 40_000_00), (200_000_00, 240_000_01, 40_000_01), (400_000_00, 450_000_00, 50_000_00)],
)
def test_within_and_above_the_tolerance_the_text_leaves_the_difference_to_the_participant(
    entitled: int, rate: int, members: int
) -> None:
    """20 % of 200.000 are 40.000, less than 50.000; of 400.000 they are 80.000, so 50.000 are tolerated."""
    house = Stay((Night(rp(rate), entitled_free=False),), (RoomClass(1, "only", rp(rate)),))
    [night] = slept(house, entitled, Terms())
    assert night.rate - night.covered == members


def test_two_days_are_granted_one_level_higher_and_the_third_is_not() -> None:
    """Entitled to 500.000 and lying at 700.000 for three nights: 700.000, 700.000, 500.000."""
    ladder = (RoomClass(1, "2", rp(500_000_00)), RoomClass(2, "1", rp(700_000_00)))
    stay = Stay((Night(rp(700_000_00), entitled_free=False),) * 3, ladder)
    assert [night.covered for night in slept(stay, 500_000_00, Terms())] == [700_000_00, 700_000_00, 500_000_00]
