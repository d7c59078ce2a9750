"""The papers that the alteration report is measured on: honest but for the total."""

from __future__ import annotations

import pytest
from PIL import ImageChops

from backend.devstack.alteration_report import RETOUCHED, WAYS, Flagged, _sheets, _total_box


@pytest.fixture(scope="module")
def sheets():
    return list(_sheets(1))


def test_only_the_row_of_the_total_is_altered(sheets):
    """Lines, words and change still say the honest amount: that is what a mark can find."""
    for sheet, raised in sheets:
        apart = ImageChops.difference(sheet, raised).point(lambda level: 255 if level > 60 else 0).getbbox()
        assert apart is not None
        left, top, right, bottom = _total_box(sheet, raised)
        assert left <= apart[0] and top <= apart[1] and apart[2] <= right and apart[3] <= bottom  # noqa: PT018
        assert bottom - top < sheet.height // 10


@pytest.mark.parametrize("way", [way for way in WAYS if way != RETOUCHED])
def test_every_way_of_altering_changes_the_paper(sheets, way: str):
    for sheet, raised in sheets:
        assert ImageChops.difference(sheet, WAYS[way](sheet, raised)).getbbox() is not None


def test_a_photo_with_two_marks_is_flagged_once():
    found = Flagged()
    found.add({"words": {}, "lines": {}})
    found.add({})
    assert (found.photos, found.share, dict(found.marks)) == (2, 0.5, {"words": 1, "lines": 1})
