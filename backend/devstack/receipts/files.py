"""Turns a photographed receipt into the file a phone or a scanner would send, near a wanted size."""

import io

import pillow_heif
from PIL import Image

from backend.devstack.receipts.camera import Conditions, photograph
from backend.devstack.receipts.content import Receipt, invent_receipt
from backend.devstack.receipts.printing import print_receipt

FORMATS = ("jpeg", "heic", "pdf", "webp", "png")
TYPICAL_BYTES = 288_000
PICTURE = (1200, 1600)
JAKARTA = ((6.0, 10.0, 30.0), (106.0, 49.0, 36.0))


def receipt_photo(
    seed: int,
    country: str,
    file_format: str,
    *,
    kind: str | None = None,
    conditions: Conditions | None = None,
    size: tuple[int, int] = PICTURE,
) -> tuple[bytes, Receipt]:
    """The file (about 288 kB, except PNG) and what stands on it.

    `file_format` is one of FORMATS; `size` (width, height) in pixels. A JPEG carries what phones add: an
    orientation and a place. Raises KeyError for an unknown country or format.
    """
    receipt = invent_receipt(seed, country, kind)
    paper = print_receipt(receipt, seed)
    picture = photograph(paper, seed, conditions or Conditions(), size)
    return encode(picture, file_format), receipt


def encode(picture: Image.Image, file_format: str) -> bytes:
    """The picture in `file_format`, within a sixth below TYPICAL_BYTES where a quality lands there."""
    if file_format == "png":
        return _png(picture)
    encoder, low, high = ENCODERS[file_format]
    best = b""
    while low <= high:
        quality = (low + high) // 2
        data = encoder(picture, quality)
        if len(data) > TYPICAL_BYTES:
            high = quality - 1
            best = best or data
        elif len(data) > TYPICAL_BYTES * 5 // 6:
            return data
        else:
            low, best = quality + 1, data
    return best


def _jpeg(picture: Image.Image, quality: int) -> bytes:
    # Phones store the sensor's landscape rows and say in EXIF how to turn them.
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "Telefon"
    exif.get_ifd(0x8825).update({1: "S", 2: JAKARTA[0], 3: "E", 4: JAKARTA[1]})
    turned = picture.transpose(Image.Transpose.ROTATE_90)
    return _saved(turned, "JPEG", quality=quality, exif=exif)


def _heic(picture: Image.Image, quality: int) -> bytes:
    out = io.BytesIO()
    pillow_heif.from_pillow(picture).save(out, quality=quality)
    return out.getvalue()


def _pdf(picture: Image.Image, quality: int) -> bytes:
    return _saved(picture, "PDF", quality=quality, resolution=150.0)


def _webp(picture: Image.Image, quality: int) -> bytes:
    return _saved(picture, "WEBP", quality=quality, method=2)


def _png(picture: Image.Image) -> bytes:
    return _saved(picture.convert("L").quantize(16), "PNG")


def _saved(picture: Image.Image, name: str, **options: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, name, **options)
    return out.getvalue()


# With the qualities worth trying: a HEIC encoder takes seconds, so its search starts close to the answer.
ENCODERS = {"jpeg": (_jpeg, 20, 96), "heic": (_heic, 32, 60), "pdf": (_pdf, 20, 96), "webp": (_webp, 20, 96)}
