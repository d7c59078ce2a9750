"""Blur, darkness and cut edges on photographed receipts whose faults are known."""

import io
from datetime import date

import pytest
from PIL import Image

from backend.devstack.receipts import Conditions
from backend.documents.develop import Glance, develop, look
from backend.documents.rules import Limits, Measures, keep_until, may_open, problems
from tests.factories.documents import photo

pytestmark = pytest.mark.usefixtures("unhurried_darkroom")

LIMITS = Limits()
SIZE = (900, 1200)


def _problems(seed: int, country: str, conditions: Conditions) -> list[str]:
    glance = look(photo(seed, country, "jpeg", conditions, SIZE)[0], LIMITS)
    assert isinstance(glance, Glance)
    return problems(glance.measures)


@pytest.mark.parametrize(
    ("conditions", "expected"),
    [
        (Conditions(), []),
        (Conditions(blur=0.8, noise=9), []),
        (Conditions(fade=0.3, shadow=0.6), []),
        (Conditions(light=0.55), []),
        (Conditions(skew=0.05), []),
        (Conditions(blur=3.0), ["blurred"]),
        (Conditions(light=0.25), ["dark"]),
        (Conditions(cut=0.25), ["cut"]),
        (Conditions(light=0.35, blur=4.0, noise=2), ["dark", "blurred"]),
    ],
    ids=["good", "noisy", "faded", "dim", "askew", "blurred", "dark", "cut", "dark and blurred"],
)
@pytest.mark.parametrize(("seed", "country"), [(1, "ID"), (2, "MZ")])
def test_a_fault_of_the_photo_is_named_and_no_other(seed, country, conditions, expected):
    assert _problems(seed, country, conditions) == expected


def test_a_picture_too_small_to_read_is_told_so():
    tiny = Image.open(io.BytesIO(photo()[0])).resize((200, 150))
    out = io.BytesIO()
    tiny.save(out, "JPEG", quality=90)
    glance = look(out.getvalue(), LIMITS)
    assert isinstance(glance, Glance)
    assert "small" in problems(glance.measures)


def test_an_empty_page_is_no_fault_of_light():
    out = io.BytesIO()
    Image.new("L", (1200, 1600), 240).save(out, "PNG")
    glance = look(out.getvalue(), LIMITS)
    assert isinstance(glance, Glance)
    assert problems(glance.measures) == ["blurred"]


def test_the_worst_page_decides():
    good, dark = Measures(240, 0.7, 0, 1200), Measures(40, 0.7, 0, 1200)
    assert problems([good, dark, good]) == ["dark"]


def test_the_clean_copy_is_judged_like_the_first_look():
    data = photo(3, "ID", "jpeg", Conditions(blur=3.0), SIZE)[0]
    developed = develop(data, LIMITS)
    assert problems(developed.measures) == problems(look(data, LIMITS).measures)


def test_ten_years_are_kept_also_from_a_leap_day():
    assert keep_until(date(2026, 11, 22)) == date(2036, 11, 22)
    assert keep_until(date(2028, 2, 29)) == date(2038, 2, 28)


@pytest.mark.parametrize(
    ("role", "mine", "sent_by_me", "allowed"),
    [
        ("member", True, False, True),
        ("member", False, True, True),
        ("member", False, False, False),
        ("claims", False, False, True),
        ("doctor", False, False, True),
        ("hr", False, False, False),
        ("provider", False, False, False),
        ("provider", False, True, True),
        ("admin", False, False, False),
    ],
)
def test_who_may_open_a_paper(role, mine, sent_by_me, allowed):
    sender = "me" if sent_by_me else "somebody"
    assert may_open(role, "me", ("m1",) if mine else (), sender, "m1") is allowed


def test_nobody_without_an_id_owns_what_nobody_sent():
    assert may_open("provider", None, (), None, None) is False
