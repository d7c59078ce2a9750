"""Receipts as people photograph them are read; what is not read rightly is not shown as sure."""

from __future__ import annotations

import pytest

from backend.devstack.reading_report import FIELDS, GOAL, Report, judged, measure
from backend.devstack.receipts.album import SCENES, album
from backend.devstack.receipts.content import invent_receipt
from backend.documents.reading.layout import TextBox
from backend.documents.reading.receipt import Proposal, Reading, read_receipt
from backend.documents.rules import SURE
from tests.backend.documents.test_reading import TODAY


@pytest.fixture(scope="module")
def report() -> Report:
    """Two photos of each scene; `make ocr-report` reads all of them."""
    return measure(album(2))


def test_the_album_holds_at_least_sixty_photos_in_every_bad_light():
    assert sum(scene.photos for scene in SCENES) >= 60
    assert {"skew", "shadow", "thermal fade", "handwriting", "crumpled"} <= {scene.name for scene in SCENES}


@pytest.mark.requirement("S0-88")
@pytest.mark.parametrize("name", ["total", "date"])
def test_totals_and_dates_are_read_from_photographed_receipts(report, name):
    assert report.of(name).share_right >= GOAL


@pytest.mark.parametrize("name", ["total", "date"])
def test_no_total_and_no_date_is_wrong_and_sure(report, name):
    assert report.of(name).wrong_but_sure == 0


def _row(text: str, top: float, left: float = 0.0) -> TextBox:
    return TextBox(text, left, top, left + 20 * len(text), top + 20, 0.0, 0.98)


def test_the_amount_of_a_form_filled_by_hand_stands_alone_beside_its_currency():
    boxes = [_row("KUITANSI", 0), _row("Uang sejumlah : dua ratus ribu rupiah", 40), _row("Rp 200.000,-", 90)]
    total = read_receipt(boxes, currency="IDR", today=TODAY).total_minor
    assert (total.value, total.confidence) == (20_000_000, 0.99)


def test_an_amount_that_nothing_confirms_is_doubtful():
    total = read_receipt([_row("RECIBO", 0), _row("MT 2.459,20", 60)], currency="MZN", today=TODAY).total_minor
    assert total.value == 245_920
    assert total.confidence < SURE


def test_a_price_within_a_sentence_is_no_total():
    boxes = [_row("KLINIK", 0), _row("Rp 50.000 biaya parkir", 60)]
    assert read_receipt(boxes, currency="IDR", today=TODAY).total_minor is None


@pytest.mark.parametrize(
    ("confidence", "outcome"),
    [(0.9, (0, 0, 1)), (SURE, (0, 0, 1)), (0.5, (0, 1, 0))],
    ids=["sure", "just sure", "doubtful"],
)
def test_a_wrong_total_counts_by_how_sure_it_was(confidence, outcome):
    truth = invent_receipt(1, "ID")
    reading = Reading("IDR", total_minor=Proposal(truth.total_minor + 1, confidence))
    score = Report()
    right, trust = judged(truth, reading)["total"]
    total = score.of("total")
    total.add(right=right, confidence=trust)
    assert (total.right, total.doubtful, total.wrong_but_sure) == outcome


def test_a_photo_that_could_not_be_read_is_wrong_in_every_field():
    assert judged(invent_receipt(1, "ID"), None) == dict.fromkeys(FIELDS, (False, 0.0))
