"""Services against the patient and the illness, quantities against what is usual: rows of ``plausible.yml`` at work."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.claims import norms, rules
from backend.claims.norms import Position, days_of_supply


def position(description: str = "Konsultasi", **facts: Any) -> Position:
    values = {"number": 1, "item": "other", "group": "outpatient", "quantity": 1, "sex": "female"}
    return Position(description=description, **(values | {"diagnosis": None, "days": None} | facts))


@pytest.mark.requirement("S2-42")
@pytest.mark.parametrize(
    ("facts", "flagged"),
    [
        ({"description": "Biaya persalinan normal", "sex": "male"}, True),
        ({"description": "Sectio caesarea", "sex": "male"}, True),
        ({"description": "Parto por cesariana", "sex": "male"}, True),
        ({"description": "Childbirth, vaginal", "sex": "male"}, True),
        ({"description": "Biaya persalinan normal", "sex": "female"}, False),
        ({"description": "Biaya persalinan normal", "sex": None}, False),
        ({"description": "Pap smear", "sex": "male"}, True),
        ({"description": "Operasi prostat", "sex": "female"}, True),
        ({"description": "Operasi prostat", "sex": "male"}, False),
        ({"description": "Visite dokter", "group": "maternity", "sex": "male"}, True),
        ({"description": "Perawatan bayi", "group": "maternity", "sex": "male", "diagnosis": "P59.9"}, False),
        ({"description": "Konsultasi Dokter", "sex": "male"}, False),
    ],
)
def test_a_service_for_the_other_sex_is_looked_at(facts, flagged):
    found = norms.against_patient(position(**facts))
    assert [flag["reason"] for flag in found] == [rules.SERVICE_SEX] * flagged


@pytest.mark.requirement("S2-42")
@pytest.mark.parametrize(
    ("facts", "flagged"),
    [
        ({"description": "Tambal gigi", "diagnosis": "H52.1"}, True),
        ({"description": "Tambal gigi", "diagnosis": "K02.1"}, False),
        ({"description": "Destartarização", "diagnosis": "H10.9"}, True),
        ({"description": "Konsultasi", "group": "dental", "diagnosis": "H10.9"}, True),
        ({"description": "x", "item": "lenses", "diagnosis": "K02.1"}, True),
        ({"description": "x", "item": "frame", "diagnosis": "H52.1"}, False),
        ({"description": "USG kandungan", "diagnosis": "J06.9"}, True),
        ({"description": "USG kandungan", "diagnosis": "O80"}, False),
        ({"description": "Tambal gigi", "diagnosis": None}, False),
        ({"description": "Nebulizer", "diagnosis": "K02.1"}, False),
    ],
)
def test_a_service_for_another_part_of_the_body_is_looked_at(facts, flagged):
    found = norms.against_diagnosis(position(**facts))
    assert [flag["reason"] for flag in found] == [rules.SERVICE_DIAGNOSIS] * flagged


@pytest.mark.requirement("S2-43")
@pytest.mark.parametrize(
    ("facts", "reason", "figures"),
    [
        ({"item": "lenses", "quantity": 3}, rules.TOO_MANY, {"quantity": 3, "most": 2}),
        ({"item": "lenses", "quantity": 2}, None, {}),
        ({"item": "frame", "quantity": 2}, rules.TOO_MANY, {"quantity": 2, "most": 1}),
        ({"item": "room", "quantity": 5, "days": 4}, rules.TOO_MANY_DAYS, {"quantity": 5, "days": 4}),
        ({"item": "room", "quantity": 4, "days": 4}, None, {}),
        ({"item": "intensive_care", "quantity": 2, "days": 1}, rules.TOO_MANY_DAYS, {"quantity": 2, "days": 1}),
        ({"item": "room", "quantity": 5, "days": None}, None, {}),
        (
            {"item": "medicine", "description": "Amoxicillin 500mg 3x1", "quantity": 93},
            rules.LONG_SUPPLY,
            {"days": 31, "most": 30},
        ),
        ({"item": "medicine", "description": "Amoxicillin 500mg 3x1", "quantity": 90}, None, {}),
        ({"item": "medicine", "description": "Amlodipin 1x1", "quantity": 90, "diagnosis": "I10"}, None, {}),
        (
            {"item": "medicine", "description": "Amlodipin 1x1", "quantity": 91, "diagnosis": "I10"},
            rules.LONG_SUPPLY,
            {"days": 91, "most": 90},
        ),
        ({"item": "test", "description": "Laboratorium 1x1", "quantity": 91}, None, {}),
    ],
)
def test_more_than_is_usual_is_looked_at(facts, reason, figures):
    found = [dict(flag) for flag in norms.over_quantity(position(**facts))]
    assert found == ([{"reason": reason, "position": 1, **figures}] if reason else [])


@pytest.mark.parametrize(
    ("description", "quantity", "days"),
    [
        ("Metformin 2x1", 60, 30),
        ("Metformin 3 dd 1", 10, 4),
        ("Simvastatin untuk 60 hari", 60, 60),
        ("Losartan, 45 dias", 1, 45),
        ("Paracetamol 500mg", 10, None),
        ("Vitamin 0x1", 10, None),
    ],
)
def test_how_long_a_medicine_lasts_follows_from_its_dose_or_its_days(description, quantity, days):
    assert days_of_supply(description, quantity) == days


@given(st.text(max_size=60), st.integers(1, 9999), st.sampled_from(["other", "room", "medicine", "lenses"]))
def test_any_description_is_judged_without_an_error(description, quantity, item):
    for judge in (norms.against_patient, norms.against_diagnosis, norms.over_quantity):
        judge(position(description, quantity=quantity, item=item, diagnosis="J06.9", days=2))
