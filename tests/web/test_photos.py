"""Photos are looked at, turned and made small on the phone, before anything is sent."""

from __future__ import annotations

import base64
import io
import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageOps
from playwright.sync_api import Page, expect
from sqlalchemy import select

from backend.access import working_for
from backend.devstack.reading_report import judged, read
from backend.devstack.receipts import receipt_photo
from backend.devstack.receipts.album import Photo, album
from backend.documents.models import Document
from tests.factories.papers import a_photo
from tests.structure.source import ROOT
from tests.web.people import Family
from tests.web.test_new_claim import SLUG, begin, choose, count_of

pytestmark = pytest.mark.browser

_LOOK = """([photo, kind]) => new Promise((resolve, reject) => {
  const worker = new Worker(document.getElementById("app").dataset.photoWorker);
  worker.onerror = () => reject(new Error("the worker does not run"));
  worker.onmessage = async ({ data }) => {
    worker.terminate();
    if (!data.blob) return resolve(null);
    const bytes = new Uint8Array(await data.blob.arrayBuffer());
    let text = "";
    for (let at = 0; at < bytes.length; at += 32768) text += String.fromCharCode(...bytes.subarray(at, at + 32768));
    resolve({ problems: data.problems, picture: btoa(text) });
  };
  const bytes = Uint8Array.from(atob(photo), (each) => each.charCodeAt(0));
  worker.postMessage({ id: 1, file: new Blob([bytes], { type: kind }) });
})"""

Look = Callable[..., tuple[list[str], bytes]]


@pytest.fixture
def look(site: str, phone: Page) -> Look:
    """What the phone finds wrong with a photo, and the file it would send."""
    phone.goto(f"{site}/c/{SLUG}/")

    def looked_at(data: bytes, kind: str = "image/jpeg") -> tuple[list[str], bytes]:
        found = phone.evaluate(_LOOK, [base64.b64encode(data).decode(), kind])
        return found["problems"], base64.b64decode(found["picture"])

    return looked_at


FAULTS = [
    ({}, []),
    ({"blur": 0.8, "noise": 9.0}, []),
    ({"light": 0.55}, []),
    ({"skew": 0.05}, []),
    ({"blur": 3.0}, ["blurred"]),
    ({"blur": 4.0}, ["blurred"]),
    ({"light": 0.25}, ["dark"]),
    ({"cut": 0.25}, ["cut"]),
    ({"cut": 0.1}, ["cut"]),
    ({"light": 0.7, "reflection": True}, ["glare"]),
]


@pytest.mark.parametrize(("conditions", "expected"), FAULTS, ids=[str(conditions) for conditions, _ in FAULTS])
def test_a_fault_is_seen_before_the_photo_is_sent_and_no_other(
    conditions: dict[str, float], expected: list[str], look: Look
):
    assert [look(a_photo(seed, **conditions))[0] for seed in (1, 2)] == [expected, expected]


def test_a_photo_too_small_to_read_is_noticed(look: Look):
    assert "small" in look(a_photo(1, size=(300, 400)))[0]


def test_of_photos_that_can_be_read_few_are_doubted_and_none_for_blur_light_or_edge(look: Look):
    readable = list(album(2))
    doubted = [look(photo.data)[0] for photo in readable]
    told = [problem for problems in doubted for problem in problems]
    with (ROOT / ".local" / "photos.jsonl").open("a") as figures:
        figures.write(json.dumps({"photos": len(readable), "doubted": told}) + "\n")
    assert set(told) <= {"glare"}
    assert len(told) <= len(readable) / 10


def test_a_photo_lies_as_it_was_held_and_shows_the_same(look: Look):
    data = a_photo(3)
    held = ImageOps.exif_transpose(Image.open(io.BytesIO(data))).convert("L").resize((90, 120))
    small = Image.open(io.BytesIO(look(data)[1]))
    assert small.width < small.height
    away = np.abs(np.asarray(held, dtype=int) - np.asarray(small.convert("L").resize((90, 120)), dtype=int))
    assert away.mean() < 6


def test_neither_place_nor_time_nor_maker_leaves_the_phone(look: Look):
    data = a_photo(4)
    assert 0x8825 in Image.open(io.BytesIO(data)).getexif()
    small = look(data)[1]
    assert dict(Image.open(io.BytesIO(small)).getexif()) == {}
    assert b"Exif" not in small
    assert b"Telefon" not in small


def test_a_large_photo_becomes_as_small_as_reading_allows(look: Look):
    large = io.BytesIO()
    whole = ImageOps.exif_transpose(Image.open(io.BytesIO(a_photo(5, size=(1500, 2000))))).resize((3000, 4000))
    whole.save(large, "JPEG", quality=95)
    small = look(large.getvalue())[1]
    assert Image.open(io.BytesIO(small)).size == (1500, 2000)
    assert len(small) < large.tell() / 3


@pytest.mark.parametrize(("kind", "name"), [("image/png", "png"), ("image/webp", "webp")])
def test_a_picture_of_another_kind_is_made_small_too(kind: str, name: str, look: Look):
    data, _ = receipt_photo(6, "ID", name, size=(900, 1200))
    problems, small = look(data, kind)
    assert (problems, Image.open(io.BytesIO(small)).format) == ([], "JPEG")


def test_what_can_be_read_on_a_photo_can_still_be_read_when_it_was_made_small(look: Look):
    """Photos at the size of a phone's camera, and some of the album; the worker's own reading before and after."""
    photos = [*album(1)][:3]
    for seed in (21,):
        data, truth = receipt_photo(seed, ("ID", "MZ")[seed % 2], "jpeg", size=(1800, 2400))
        photos.append(Photo("as a camera takes it", data, truth))
    before, after = 0, 0
    for photo in photos:
        small = Photo(photo.scene, look(photo.data)[1], photo.truth, photo.itemised)
        before += sum(judged(photo.truth, read(photo))[name][0] for name in ("total", "date", "number"))
        after += sum(judged(photo.truth, read(small))[name][0] for name in ("total", "date", "number"))
    with (ROOT / ".local" / "photos.jsonl").open("a") as figures:
        figures.write(json.dumps({"photos": len(photos), "read_before": before, "read_after": after}) + "\n")
    assert before >= 2 * len(photos)
    assert after >= before


def test_a_blurred_photo_is_shown_again_and_may_be_used_all_the_same(site: str, phone: Page, tmp_path: Path):
    (tmp_path / "blurred.jpg").write_bytes(a_photo(7, blur=3.0))
    family = begin(phone, site)
    choose(phone, [tmp_path / "blurred.jpg"])
    doubt = phone.get_by_role("region", name="Can this be read?")
    expect(doubt).to_contain_text("This photo is blurred.")
    assert count_of(Document, family) == 0
    doubt.get_by_role("button", name="Use it anyway").click()
    expect(phone.get_by_text("There", exact=True)).to_be_visible()
    assert count_of(Document, family) == 1


def test_a_blurred_photo_may_be_taken_again(site: str, phone: Page, tmp_path: Path):
    (tmp_path / "blurred.jpg").write_bytes(a_photo(7, blur=3.0))
    (tmp_path / "sharp.jpg").write_bytes(a_photo(7))
    family = begin(phone, site)
    choose(phone, [tmp_path / "blurred.jpg"])
    with phone.expect_file_chooser() as camera:
        phone.get_by_role("button", name="Take it again").click()
    camera.value.set_files(tmp_path / "sharp.jpg")
    expect(phone.get_by_text("There", exact=True)).to_be_visible()
    expect(phone.get_by_role("region", name="Can this be read?")).to_have_count(0)
    assert count_of(Document, family) == 1


def media_types(family: Family) -> list[str]:
    with working_for(family.client.id) as scope:
        asked = select(Document.media_type).where(
            Document.client_id == family.client.id, Document.member_id == family.member_ids[0]
        )
        return list(scope.session.execute(asked).scalars())


def test_what_the_browser_cannot_show_goes_as_it_is(site: str, phone: Page, tmp_path: Path):
    data, _ = receipt_photo(8, "ID", "heic", size=(600, 800))
    (tmp_path / "IMG_8.heic").write_bytes(data)
    family = begin(phone, site)
    choose(phone, [tmp_path / "IMG_8.heic"])
    expect(phone.get_by_text("There", exact=True)).to_be_visible()
    assert media_types(family) == ["image/heic"]


def test_several_pages_of_one_document_go_at_once(site: str, phone: Page, tmp_path: Path):
    for seed in (9, 10, 11):
        (tmp_path / f"page_{seed}.jpg").write_bytes(a_photo(seed, size=(600, 800)))
    family = begin(phone, site)
    choose(phone, sorted(tmp_path.iterdir()))
    expect(phone.locator(".shot.good")).to_have_count(3)
    assert count_of(Document, family) == 3
