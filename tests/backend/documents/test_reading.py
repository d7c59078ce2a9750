"""From words on paper to proposals."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.devstack.receipts import Conditions
from backend.devstack.receipts.printing import in_words
from backend.documents.develop import develop
from backend.documents.read import read_pages
from backend.documents.reading.amounts import find_amounts, last_amount
from backend.documents.reading.dates import find_dates
from backend.documents.reading.layout import TextBox, rows
from backend.documents.reading.number_words import whole_rupiah
from backend.documents.reading.receipt import read_receipt
from backend.documents.rules import Limits
from tests.factories.documents import photo

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("text", "minor", "currency"),
    [
        ("Rp 462.500", 46_250_000, "IDR"),
        ("Rp462.500", 46_250_000, "IDR"),
        ("Rp. 1.250.000,-", 125_000_000, "IDR"),
        ("Rp 462.500,00", 46_250_000, "IDR"),
        ("IDR 75000", 7_500_000, "IDR"),
        ("1.234,56 MT", 123_456, "MZN"),
        ("MZN 1,234.56", 123_456, "MZN"),
        ("2 500,00 MT", 250_000, "MZN"),
        ("45.000,00 Kz", 4_500_000, "AOA"),
        ("US$ 12.50", 1_250, "USD"),
        ("462.500", 46_250_000, None),
    ],
)
def test_an_amount_is_read_as_it_is_written(text, minor, currency):
    found = last_amount(f"TOTAL  {text}", currency or "IDR")
    assert (found.minor, found.currency) == (minor, currency)


@pytest.mark.parametrize("text", ["500mg", "16%", "12/08/2026", "INV-2026-00012", "Vitamin B12"])
def test_what_is_no_amount_is_not_taken_for_one(text):
    assert find_amounts(text, "IDR") == []


def test_two_columns_stay_two_amounts():
    assert [one.minor for one in find_amounts("31.000 124.000", "IDR")] == [3_100_000, 12_400_000]


@given(st.integers(1, 999_999_999))
def test_every_rupiah_amount_survives_printing(whole):
    printed = f"{whole:,}".replace(",", ".")
    assert last_amount(f"Rp {printed}", "IDR").minor == whole * 100


@given(st.integers(1, 999_999_999), st.sampled_from([(".", ","), (",", "."), (" ", ",")]))
def test_every_metical_amount_survives_both_ways_of_writing(minor, marks):
    thousands, decimal = marks
    printed = f"{minor // 100:,}".replace(",", thousands) + f"{decimal}{minor % 100:02d}"
    assert last_amount(f"{printed} MT", "MZN").minor == minor


@given(st.text(max_size=60))
def test_no_text_makes_the_readers_fall_over(text):
    assert isinstance(find_amounts(text, "IDR"), list)
    assert isinstance(find_dates(text), list)
    assert whole_rupiah(text) is None or whole_rupiah(text) >= 0


@pytest.mark.parametrize(
    "text",
    [
        "12/08/2026",
        "12-08-26",
        "2026-08-12",
        "12.08.2026 14:33",
        "12 Agustus 2026",
        "12Agustus2026",
        "12 Ags 2026",
        "12 de Agosto de 2026",
        "12 August 2026",
        "August 12, 2026",
    ],
)
def test_a_date_is_read_in_every_usual_writing(text):
    assert find_dates(f"Tanggal: {text}") == [date(2026, 8, 12)]


@pytest.mark.parametrize("text", ["31/02/2026", "12/13/2026", "(021) 555-7273", "462.500"])
def test_what_is_no_date_is_not_taken_for_one(text):
    assert find_dates(text) == []


@given(st.dates(date(2020, 1, 1), date(2029, 12, 31)))
def test_every_day_survives_printing(day):
    assert find_dates(day.strftime("Data: %d/%m/%Y")) == [day]


@given(st.integers(1, 999_999_999))
def test_a_total_in_words_is_the_total_in_figures(number):
    assert whole_rupiah(f"Terbilang: {in_words(number)} rupiah") == number


def _boxes(*printed: tuple[str, ...], slope: float = 0.0) -> list[TextBox]:
    boxes = []
    for line, cells in enumerate(printed):
        for column, text in enumerate(cells):
            left = 100 + 500 * column
            top = 100 + 40 * line + slope * left
            right = left + 12 * len(text)
            boxes.append(TextBox(text, left, top, right, top + 26, slope, 0.98))
    return boxes


RECEIPT = (
    ("KlinikPratama Melati",),
    ("Jl. Kenanga Raya No. 18",),
    ("No. Kwitansi : KW-2026-00123",),
    ("Tgl : 12 Agustus 2026",),
    ("Konsultasi Dokter", "150.000"),
    ("Vitamin C", "30.000"),
    ("2 x 15.000",),
    ("Subtotal", "180.000"),
    ("TOTAL BAYAR", "Rp 180.000"),
    ("Tunai", "Rp 200.000"),
    ("Kembali", "Rp 20.000"),
)


def _read(*printed, slope=0.0):
    return read_receipt(_boxes(*printed, slope=slope), currency="IDR", today=TODAY)


@pytest.mark.parametrize("slope", [-0.09, 0.0, 0.09])
def test_rows_are_found_on_paper_that_lies_askew(slope):
    assert [row.cells for row in rows(_boxes(*RECEIPT, slope=slope))] == list(RECEIPT)


def test_a_receipt_is_read_whole():
    reading = _read(*RECEIPT)
    assert reading.provider.value == "Klinik Pratama Melati"
    assert reading.number.value == "KW-2026-00123"
    assert reading.issued_on.value == date(2026, 8, 12)
    assert reading.total_minor.value == 18_000_000
    assert [(line.text, line.amount_minor) for line in reading.lines[:2]] == [
        ("Konsultasi Dokter", 15_000_000),
        ("Vitamin C", 3_000_000),
    ]


def test_the_grand_total_wins_over_the_subtotal_and_the_cash():
    reading = _read(("Sub Total", "100.000"), ("PPN", "11.000"), ("GRAND TOTAL", "111.000"), ("TUNAI", "150.000"))
    assert reading.total_minor.value == 11_100_000


def test_a_total_below_its_word_is_found():
    assert _read(("Obat", "90.000"), ("TOTAL",), ("Rp 90.000",)).total_minor.value == 9_000_000


def test_words_that_agree_make_the_total_certain():
    agreeing = _read(("TOTAL", "Rp 462.500"), ("Terbilang: empat ratus enam puluh dua ribu lima ratus rupiah",))
    assert agreeing.total_minor.confidence == 0.99


def test_words_that_disagree_make_the_total_doubtful():
    doubtful = _read(("TOTAL", "Rp 462.500"), ("Terbilang: empat ratus ribu rupiah",))
    assert doubtful.total_minor.confidence < 0.6


def test_a_birthday_is_not_the_date_of_the_bill():
    reading = _read(("Tgl lahir 05/05/2025",), ("Tanggal: 10/11/2026",))
    assert reading.issued_on.value == date(2026, 11, 10)


def test_a_date_in_the_future_is_not_trusted():
    assert _read(("Tanggal: 10/11/2031",)).issued_on.confidence < 0.3


def test_the_currency_on_the_paper_wins():
    assert _read(("TOTAL", "1.500,00 MT")).currency == "MZN"


def test_an_empty_page_proposes_nothing():
    reading = _read()
    assert (reading.provider, reading.total_minor, reading.lines) == (None, None, [])


@pytest.mark.timeout(240)
def test_photographed_receipts_are_read_right_nearly_always():
    right = {"total": 0, "date": 0, "number": 0}
    photographed = [(seed, country) for seed in range(10, 14) for country in ("ID", "MZ", "AO")]
    for seed, country in photographed:
        taken = Conditions(blur=0.3 + seed % 4 * 0.4, light=1 - seed % 3 * 0.15, skew=0.01 + seed % 5 * 0.01)
        data, truth = photo(seed, country, "jpeg", taken, (900, 1200))
        reading = read_pages(develop(data, Limits()).copies, currency="IDR", today=TODAY)
        total = reading.total_minor and (reading.total_minor.value, reading.currency)
        right["total"] += total == (truth.total_minor, truth.currency)
        right["date"] += bool(reading.issued_on) and reading.issued_on.value == truth.issued_on
        right["number"] += bool(reading.number) and reading.number.value == truth.number
    assert min(right.values()) >= 11, right
