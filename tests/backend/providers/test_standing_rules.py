from datetime import date
from uuid import UUID

import pytest

from backend.benefits.rules import BenefitGroup
from backend.providers import specialties
from backend.providers.rules.facilities import (
    Kind,
    Level,
    Service,
    Tier,
    level_of,
    needs_referral,
    usual_services,
    within_tier,
)
from backend.providers.rules.places import zone_of
from backend.providers.rules.standing import Agreement, Membership, Way, standing, way_of_payment

TODAY = date(2026, 6, 15)


def at(*, cashless=True, edc=True, membership_cashless=True):
    contract = Agreement(UUID(int=1), "PKS", date(2026, 1, 1), None, cashless, edc)
    return standing(
        "main", "ppk1", [Membership(date(2026, 1, 1), None, membership_cashless, contract)], TODAY, open_=True
    )


@pytest.mark.requirement("S1-22")
@pytest.mark.parametrize(
    ("where", "group", "way"),
    [
        ({}, BenefitGroup.OUTPATIENT, Way.CASHLESS),
        ({"edc": False}, BenefitGroup.OUTPATIENT, Way.REIMBURSEMENT),
        ({"edc": False}, BenefitGroup.DENTAL, Way.REIMBURSEMENT),
        ({"edc": False}, BenefitGroup.INPATIENT, Way.CASHLESS),
        ({"cashless": False}, BenefitGroup.INPATIENT, Way.REIMBURSEMENT),
        ({"membership_cashless": False}, BenefitGroup.OUTPATIENT, Way.REIMBURSEMENT),
    ],
)
def test_without_a_terminal_outpatient_and_dental_care_is_claimed_back(where, group, way):
    assert way_of_payment(at(**where), group) == way


@pytest.mark.requirement("S1-15")
@pytest.mark.requirement("S2-6")
def test_outside_the_network_everything_is_claimed_back():
    outside = standing("main", "ppk1", [], TODAY, open_=True)
    assert {way_of_payment(outside, group) for group in BenefitGroup} == {Way.REIMBURSEMENT}


@pytest.mark.parametrize(
    ("service", "level", "referral"),
    [
        pytest.param(Service.GENERAL_PRACTICE, Level.FIRST_OUTPATIENT, False, marks=pytest.mark.requirement("S0-30")),
        pytest.param(Service.GENERAL_DENTISTRY, Level.FIRST_OUTPATIENT, False, marks=pytest.mark.requirement("S0-31")),
        pytest.param(Service.LABORATORY, Level.FIRST_OUTPATIENT, False, marks=pytest.mark.requirement("S0-32")),
        pytest.param(Service.PHARMACY, Level.FIRST_OUTPATIENT, False, marks=pytest.mark.requirement("S0-33")),
        pytest.param(Service.EMERGENCY, Level.ADVANCED_OUTPATIENT, False, marks=pytest.mark.requirement("S0-35")),
        pytest.param(Service.SPECIALIST, Level.ADVANCED_OUTPATIENT, True, marks=pytest.mark.requirement("S0-36")),
        pytest.param(Service.PREGNANCY, Level.ADVANCED_OUTPATIENT, True, marks=pytest.mark.requirement("S0-37")),
        pytest.param(Service.INPATIENT, Level.INPATIENT, True, marks=pytest.mark.requirement("S0-39")),
        pytest.param(Service.AFTER_HOSPITAL, Level.INPATIENT, True, marks=pytest.mark.requirement("S0-40")),
    ],
)
def test_each_service_has_its_level_of_care(service, level, referral):
    assert (level_of(service), needs_referral(service)) == (level, referral)


@pytest.mark.requirement("S0-29", "S0-34", "S0-38")
def test_a_first_tier_clinic_gives_first_level_care_only():
    assert {service for service in Service if within_tier(service, Tier.FIRST)} == {
        service for service in Service if level_of(service) is Level.FIRST_OUTPATIENT
    }
    assert all(within_tier(service, tier) for service in Service for tier in (Tier.SECOND, Tier.THIRD, None))


@pytest.mark.requirement("S0-45")
def test_every_kind_of_facility_does_something():
    assert all(usual_services(kind) for kind in Kind)


@pytest.mark.parametrize(
    ("country", "region", "zone"),
    [
        ("ID", "3171", "Asia/Jakarta"),
        ("ID", "5171", "Asia/Makassar"),
        ("ID", "9471", "Asia/Jayapura"),
        ("ID", None, "Asia/Jakarta"),
        ("MZ", None, "Africa/Maputo"),
        ("AO", None, "Africa/Luanda"),
        ("SG", None, "Asia/Singapore"),
        ("MY", None, None),
    ],
)
def test_a_facility_has_the_clock_of_its_place(country, region, zone):
    assert zone_of(country, region) == zone


@pytest.mark.parametrize("language", ["id", "en", "pt"])
def test_every_specialty_has_a_name(language):
    assert all(specialties.name_of(code, language) != code for code in specialties.codes())
    assert specialties.name_of("ZZZ", language) == "ZZZ"
