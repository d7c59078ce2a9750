"""`make alteration-report`: are altered receipts flagged, and honest ones left alone?

Honest are the labelled photos of `make ocr-report`. Altered is the same print with a larger total: set by the same
machine, pasted from another face, written over by hand, or retouched on the photo and saved by an editor. Both are
developed and read as the worker does it; a photo is flagged when it leaves any mark that claims make a flag of.
"""

from __future__ import annotations

import argparse
import io
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from backend.devstack.reading_report import READ_ON
from backend.devstack.receipts.album import album
from backend.devstack.receipts.camera import Conditions, photograph
from backend.devstack.receipts.content import Receipt, invent_receipt
from backend.devstack.receipts.files import PICTURE
from backend.devstack.receipts.printing import print_receipt
from backend.documents.develop import develop
from backend.documents.read import read_pages
from backend.documents.rules import LIMITS
from backend.kit.refusal import Refusal

PAPERS = 6
"""Papers of each way of altering, under each light."""
_FIRST_SEED = 8_300
_LIGHTS = (Conditions(), Conditions(skew=0.06, shadow=0.5), Conditions(fade=0.3, noise=8))
_SOFTWARE = 0x0131


@dataclass(frozen=True)
class Raised(Receipt):
    """The same receipt with a larger total: what a forger wants to be paid."""

    @property
    def total_minor(self) -> int:
        """The first figure of the total two higher, as 185.000 becomes 385.000."""
        honest = self.subtotal_minor + self.tax_minor
        return honest + 2 * 10 ** (len(str(honest)) - 1)


@dataclass
class Flagged:
    """How many photos of one kind left a mark, and which."""

    photos: int = 0
    flagged: int = 0
    marks: Counter[str] = field(default_factory=Counter)

    @property
    def share(self) -> float:
        """Of all photos, between 0 and 1."""
        return self.flagged / self.photos if self.photos else 0.0

    def add(self, found: dict[str, Any]) -> None:
        """One more photo."""
        self.photos += 1
        self.flagged += bool(found)
        self.marks.update(found.keys())


def honest(of_each: int | None = None) -> Flagged:
    """The labelled album, at most ``of_each`` of a scene: nobody altered anything."""
    found = Flagged()
    for photo in album(of_each):
        found.add(_marks(photo.data))
    return found


def altered(way: str, papers: int = PAPERS) -> Flagged:
    """One way of altering, on other papers than those that the marks were made with."""
    found = Flagged()
    for number, (sheet, raised) in enumerate(_sheets(papers)):
        paper = WAYS[way](sheet, raised)
        size = PICTURE if paper.height > paper.width else PICTURE[::-1]
        picture = photograph(paper, _FIRST_SEED + number, _LIGHTS[number % len(_LIGHTS)], size)
        found.add(_marks(_saved(picture, editor="Adobe Photoshop 25.0" if way == RETOUCHED else "")))
    return found


def _sheets(papers: int) -> Iterator[tuple[Image.Image, Image.Image]]:
    """Honest print, and the same with a larger total in the place of the total alone."""
    for number in range(papers * len(_LIGHTS)):
        seed = _FIRST_SEED + number
        receipt = invent_receipt(seed, ("ID", "MZ", "ID", "AO")[number % 4])
        raised = Raised(**{name: getattr(receipt, name) for name in Receipt.__dataclass_fields__})
        sheet, other = print_receipt(receipt, seed), print_receipt(raised, seed)
        yield sheet, _with_the_total_of(sheet, other)


def _with_the_total_of(sheet: Image.Image, other: Image.Image) -> Image.Image:
    """The honest print with only the row of the total from the other one: words and change stay as they were."""
    if sheet.size != other.size:
        other = other.resize(sheet.size)
    box = _total_box(sheet, other)
    forged = sheet.copy()
    forged.paste(other.crop(box), box[:2])
    return forged


def _total_box(sheet: Image.Image, other: Image.Image) -> tuple[int, int, int, int]:
    """Where the two prints first differ from above: the row of the total."""
    apart = ImageChops.difference(sheet, other).point(lambda level: 255 if level > 60 else 0)
    whole = apart.getbbox()
    assert whole is not None, "two totals print differently"
    left, top, right, bottom = whole
    row = top
    while row < bottom and apart.crop((left, row, right, row + 6)).getbbox() is not None:
        row += 6
    found = apart.crop((0, top, sheet.width, min(row, bottom))).getbbox()
    assert found is not None
    return found[0] - 4, top - 4, found[2] + 4, min(row, bottom) + 4


def _same_machine(_sheet: Image.Image, raised: Image.Image) -> Image.Image:
    return raised


def _pasted(sheet: Image.Image, raised: Image.Image) -> Image.Image:
    """The figure cut out of another print: a little smaller, another grey, an edge that shows."""
    box = _total_box(sheet, raised)
    patch = raised.crop(box).filter(ImageFilter.GaussianBlur(1.2)).point(lambda level: min(255, 30 + level * 17 // 20))
    forged = sheet.copy()
    ImageDraw.Draw(forged).rectangle(box, fill=238)
    smaller = patch.resize((patch.width * 9 // 10, patch.height * 9 // 10))
    forged.paste(smaller, (box[0] + 6, box[1] + 3))
    return forged


def _written_over(sheet: Image.Image, raised: Image.Image) -> Image.Image:
    """A pen over the old figure: its strokes stay under the new ones."""
    box = _total_box(sheet, raised)
    forged = ImageChops.darker(sheet, raised)
    pen = ImageDraw.Draw(forged)
    middle = (box[1] + box[3]) // 2
    pen.line([(box[0], middle + 5), ((box[0] + box[2]) // 2, middle - 4), (box[2], middle + 2)], fill=50, width=4)
    return forged


RETOUCHED = "retouched"
WAYS: dict[str, Callable[[Image.Image, Image.Image], Image.Image]] = {
    "by the same machine": _same_machine,
    "pasted": _pasted,
    "written over": _written_over,
    RETOUCHED: _same_machine,
}


def _saved(picture: Image.Image, editor: str) -> bytes:
    out, exif = io.BytesIO(), Image.Exif()
    if editor:
        exif[_SOFTWARE] = editor
    picture.save(out, "JPEG", quality=85, exif=exif)
    return out.getvalue()


def _marks(data: bytes) -> dict[str, Any]:
    """What the worker would keep as marks of this photo."""
    outcome = develop(data, LIMITS)
    if isinstance(outcome, Refusal):
        raise SystemExit(f"a receipt was refused: {outcome.reason}")
    reading = read_pages(outcome.copies, currency="IDR", today=READ_ON)
    return {**outcome.marks, **(reading.marks if reading else {})}


def main() -> None:
    """Print the rates, each as soon as it is known."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--of-each", type=int, help="honest photos of each scene of the album, all by default")
    asked.add_argument("--papers", type=int, default=PAPERS, help="papers of each way of altering, under each light")
    given = asked.parse_args()
    print(f"{'':30}{'photos':>7}{'flagged':>9}  by which mark", flush=True)
    _say("honest", honest(given.of_each))
    for way in WAYS:
        _say(f"altered: {way}", altered(way, given.papers))


def _say(name: str, found: Flagged) -> None:
    marks = ", ".join(f"{mark} {number}" for mark, number in sorted(found.marks.items()))
    print(f"{name:30}{found.photos:>7}{found.share:>9.1%}  {marks}", flush=True)


if __name__ == "__main__":
    main()
