"""What a paper looks like stays in another photo; what is read on it tells bills of one form apart; marks of work."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from backend.devstack.receipts import Conditions, invent_receipt, receipt_photo
from backend.devstack.receipts.camera import photograph
from backend.devstack.receipts.printing import print_receipt
from backend.devstack.reuse_report import FALSE_GOAL, FOUND_GOAL, measure
from backend.documents.develop import Developed, develop
from backend.documents.reading.marks import Sums, marks_of_total
from backend.documents.reading.same_paper import NEAR, PaperRead, Read, Verdict, compare
from backend.documents.rules import LIKENESS_BITS, LIMITS, pieces

DAY = date(2026, 3, 10)
SURELY = PaperRead(Read("kw0815", sure=True), Read(DAY, sure=True), Read(350_000_00, sure=True))


def developed(data: bytes) -> Developed:
    outcome = develop(data, LIMITS)
    assert isinstance(outcome, Developed)
    return outcome


def jpeg(picture: Image.Image, quality: int = 75, **more: object) -> bytes:
    out = io.BytesIO()
    picture.convert("RGB").save(out, "JPEG", quality=quality, **more)
    return out.getvalue()


def apart(one: str, other: str) -> int:
    return sum(a != b for a, b in zip(one, other, strict=True))


@pytest.fixture(scope="module")
def paper() -> Image.Image:
    return print_receipt(invent_receipt(321, "ID", "clinic"), 321)


@pytest.fixture(scope="module")
def first(paper) -> str:
    return developed(jpeg(photograph(paper, 1, Conditions(), (900, 1200)))).likenesses[0][0]


@pytest.mark.requirement("S2-45")
@pytest.mark.parametrize(
    "conditions",
    [Conditions(skew=0.06), Conditions(shadow=0.6), Conditions(light=0.5, noise=10), Conditions(crumple=4.0)],
    ids=["askew", "in shadow", "in the dark", "crumpled"],
)
def test_another_photo_of_a_paper_looks_nearly_the_same(paper, first, conditions):
    again = developed(jpeg(photograph(paper, 2, conditions, (750, 1000)), 60)).likenesses[0][0]
    assert apart(first, again) <= NEAR


def test_a_scan_of_the_paper_alone_looks_nearly_the_same(paper, first):
    assert apart(first, developed(jpeg(paper)).likenesses[0][0]) <= NEAR


def test_a_photo_turned_by_a_quarter_has_the_same_likeness_in_another_turn(paper, first):
    picture = photograph(paper, 3, Conditions(), (900, 1200)).transpose(Image.Transpose.ROTATE_90)
    assert min(apart(first, turn) for turn in developed(jpeg(picture)).likenesses[0]) <= NEAR


def test_another_paper_looks_otherwise(first):
    other = print_receipt(invent_receipt(77, "MZ", "hospital"), 77)
    assert apart(first, developed(jpeg(photograph(other, 1, Conditions(), (900, 1200)))).likenesses[0][0]) > NEAR


def test_an_empty_page_looks_like_nothing():
    assert developed(jpeg(Image.new("RGB", (900, 1200), "white"))).likenesses == [[]]


@pytest.mark.requirement("S2-38", "S2-45")
def test_receipts_photographed_again_are_found_and_others_of_the_form_left_alone():
    """A few of what `make reuse-report` measures: 60 pairs again, 330 pairs of others."""
    again, others = measure(forms=1, papers=4)
    assert again.share >= FOUND_GOAL, again
    assert others.share <= FALSE_GOAL, others


@pytest.mark.parametrize(
    ("other", "bits", "verdict"),
    [
        (SURELY, 30, Verdict.SAME),
        (SURELY, NEAR + 1, Verdict.SAME),
        (SURELY, None, Verdict.SAME),
        (replace(SURELY, total_minor=Read(150_000_00, sure=True)), 30, Verdict.ALTERED),
        (replace(SURELY, total_minor=Read(150_000_00, sure=False)), 30, Verdict.SAME),
        (replace(SURELY, number=Read("kw0816", sure=True)), 30, Verdict.SAME),
        (PaperRead(Read("kw0816", sure=True), Read(DAY, sure=True), Read(1, sure=True)), 5, Verdict.OTHER),
        (PaperRead(Read("kw0816", sure=True)), 5, Verdict.OTHER),
        (PaperRead(total_minor=Read(350_000_00, sure=True)), None, Verdict.OTHER),
        (PaperRead(Read("kw0815", sure=True)), None, Verdict.OTHER),
        (PaperRead(), 30, Verdict.OTHER),
        (PaperRead(), 5, Verdict.SAME),
    ],
)
def test_what_is_read_decides_between_papers_that_look_alike(other, bits, verdict):
    assert compare(SURELY, other, bits) is verdict


_facts = st.builds(
    PaperRead,
    st.none() | st.builds(Read, st.sampled_from(["a", "b"]), st.booleans()),
    st.none() | st.builds(Read, st.sampled_from([DAY, date(2026, 3, 11)]), st.booleans()),
    st.none() | st.builds(Read, st.sampled_from([1, 2]), st.booleans()),
)


@given(_facts, _facts, st.none() | st.integers(0, LIKENESS_BITS))
def test_it_does_not_matter_which_paper_came_first(one, other, bits):
    assert compare(one, other, bits) is compare(other, one, bits)


@given(st.text("01", min_size=LIKENESS_BITS, max_size=LIKENESS_BITS), st.sets(st.integers(0, 255), max_size=20))
def test_likenesses_that_differ_in_twenty_bits_share_a_piece(bits, places):
    other = "".join("10"[int(bit)] if at in places else bit for at, bit in enumerate(bits))
    assert set(pieces(bits)) & set(pieces(other))


@pytest.mark.requirement("S2-45")
def test_a_photo_saved_by_an_editor_says_so_and_a_cameras_software_does_not(paper):
    for software, marks in (("Adobe Photoshop 25.1 (Windows)", {"editor": "Adobe Photoshop"}), ("HDR+ 1.0", {})):
        exif = Image.Exif()
        exif[0x0131] = software
        assert developed(jpeg(paper, exif=exif)).marks == marks
    xmp = b'<x:xmpmeta><rdf:Description xmp:CreatorTool="Snapseed 2.0"/></x:xmpmeta>'
    assert developed(jpeg(paper, xmp=xmp)).marks == {"editor": "Snapseed"}


def test_a_pictures_own_comment_names_its_editor(paper):
    comment, out = PngImagePlugin.PngInfo(), io.BytesIO()
    comment.add_text("Software", "GIMP 2.10")
    paper.save(out, "PNG", pnginfo=comment)
    assert developed(out.getvalue()).marks == {"editor": "GIMP"}


@pytest.mark.requirement("S2-45")
def test_a_pdf_that_was_added_to_says_how_often():
    data, _ = receipt_photo(5, "ID", "pdf", size=(600, 800))
    assert developed(data).marks == {}
    start = data.rindex(b"startxref")
    assert developed(data + b"\n" + data[start:]).marks == {"revisions": 1}


def test_a_pdf_made_by_an_editing_service_names_it():
    out = io.BytesIO()
    Image.new("RGB", (600, 800), "white").save(out, "PDF", producer="iLovePDF", creator="x")
    assert developed(out.getvalue()).marks == {"editor": "iLovePDF"}


CLEAN = Sums(lines=350_000_00, taxes=0, spelled=350_000, sure=True)


@pytest.mark.requirement("S2-45")
@pytest.mark.parametrize(
    ("sums", "clarity", "marks"),
    [
        (CLEAN, 0.95, {}),
        (replace(CLEAN, spelled=None), 0.95, {}),
        (replace(CLEAN, spelled=150_000), 0.95, {"words": {"total_minor": 350_000_00, "words_minor": 150_000_00}}),
        (replace(CLEAN, spelled=350), 0.95, {}),
        (replace(CLEAN, lines=150_000_00), 0.95, {"lines": {"total_minor": 350_000_00, "lines_minor": 150_000_00}}),
        (replace(CLEAN, lines=150_000_00, sure=False), 0.95, {}),
        (replace(CLEAN, lines=300_000_00, taxes=50_000_00), 0.95, {}),
        (CLEAN, 0.6, {"unclear": {"total_percent": 60, "usual_percent": 97}}),
        (CLEAN, 0.8, {}),
    ],
)
def test_what_does_not_fit_the_total_is_named_with_both_figures(sums, clarity, marks):
    assert marks_of_total(350_000_00, clarity, [0.97] * 8, sums) == marks


def test_a_paper_that_is_hard_to_read_everywhere_is_only_worn():
    assert marks_of_total(350_000_00, 0.5, [0.7] * 8, CLEAN) == {}


def test_without_a_total_nothing_can_differ_from_it():
    assert marks_of_total(None, None, [0.97] * 8, CLEAN) == {}
