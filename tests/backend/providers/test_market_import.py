"""Standard prices by file: read line by line, dated, never rewritten (S2-44)."""

from __future__ import annotations

from datetime import date

import pytest

from backend.access import working_for
from backend.kit.money import Money
from backend.providers import queries
from backend.providers.rules.market_line import Unit, read_market_price, standard_price
from tests.backend.providers.test_imports import admin, client, problems, through  # noqa: F401 - fixtures

HEADER = "kode layanan;nama;harga standar;satuan;kode wilayah;mulai;sampai;sumber\n"
SINCE = date(2026, 1, 1)


def price_of(client, code: str, on: date, *, region: str = "3171", unit: Unit = Unit.EACH):  # noqa: F811
    with working_for(client.id) as scope:
        return standard_price(queries.market_prices(scope, "ID", {code}, on), code, unit, region, on)


@pytest.mark.requirement("S2-44")
def test_standard_prices_come_by_file_with_region_unit_and_days(http, client, admin, run_jobs):  # noqa: F811
    code = f"S{client.slug[-6:]}"
    text = HEADER + (
        f"{code};Konsultasi;150.000;kunjungan;;;;Survei 2026\n"
        f"{code};Konsultasi Jakarta;180.000;kali;31;2026-02-01;2026-12-31;\n"
        f"{code}R;Kamar;500000;malam;;;;\n"
    )
    made = through(http, admin, run_jobs, text, kind="market")
    assert (made["state"], made["counts"]["new"]) == ("applied", 3)
    assert price_of(client, code, SINCE).amount == Money(150_000_00, "IDR")
    assert price_of(client, code, date(2026, 2, 1)).amount == Money(180_000_00, "IDR")
    assert price_of(client, code, date(2027, 1, 1)).amount == Money(150_000_00, "IDR")
    assert price_of(client, f"{code}R", SINCE, unit=Unit.DAY).amount == Money(500_000_00, "IDR")
    assert price_of(client, code, date(2025, 12, 31)) is None


@pytest.mark.requirement("S2-44")
def test_a_price_is_never_rewritten_and_a_later_day_takes_over(http, client, admin, run_jobs):  # noqa: F811
    code = f"T{client.slug[-6:]}"
    first = HEADER + f"{code};Konsultasi;150.000;;;;;\n"
    through(http, admin, run_jobs, first, kind="market")
    again = through(http, admin, run_jobs, HEADER + f"{code};Konsultasi;170.000;;;;;\n", kind="market")
    assert problems(http, admin, again) == [(2, "refused", ["market_price_exists"])]
    later = HEADER + f"{code};Konsultasi;170.000;;;2026-07-01;;\n"
    assert through(http, admin, run_jobs, later, kind="market")["counts"]["changed"] == 1
    assert price_of(client, code, date(2026, 6, 30)).amount == Money(150_000_00, "IDR")
    assert price_of(client, code, date(2026, 7, 1)).amount == Money(170_000_00, "IDR")


def test_the_same_file_again_changes_nothing(http, client, admin, run_jobs):  # noqa: F811
    text = HEADER + f"U{client.slug[-6:]};Konsultasi;150.000;;;;;\n"
    through(http, admin, run_jobs, text, kind="market")
    assert through(http, admin, run_jobs, text, kind="market")["counts"]["unchanged"] == 1


def test_wrong_lines_say_what_is_wrong(http, client, admin, run_jobs):  # noqa: F811
    code = f"V{client.slug[-6:]}"
    text = HEADER + (
        f"{code};;x;barrel;31-71;2026-13-01;;\n"
        f"{code};Konsultasi;150.000;;;2026-03-01;2026-02-01;\n"
        f"{code}2;Laboratorium;90.000;;;;;\n"
    )
    made = through(http, admin, run_jobs, text, kind="market")
    assert problems(http, admin, made) == [(2, "refused", ["unreadable"] * 5), (3, "refused", ["unreadable"])]
    assert price_of(client, f"{code}2", SINCE).amount == Money(90_000_00, "IDR")


@pytest.mark.parametrize(
    ("written", "unit"),
    [("", "each"), ("Kunjungan", "each"), ("sessão", "each"), ("hari", "day"), ("diária", "day"), ("night", "day")],
)
def test_units_are_read_in_three_languages(written, unit):
    row = {"service_code": "GP", "name": "x", "amount": "1", "unit": written}
    line = read_market_price(row, "ID", "IDR", SINCE)
    assert (line.unit, line.wrong) == (unit, ())
