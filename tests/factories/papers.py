"""Receipts as they are kept after the darkroom and the reading: what they look like, what was read on them."""

from __future__ import annotations

import io
import random
from datetime import date
from typing import Any
from uuid import UUID

import numpy as np
from PIL import Image

from backend.access import Scope
from backend.devstack.receipts import Conditions, receipt_photo
from backend.documents.rules import LIKENESS_BITS, plain_number
from backend.documents.service.process_document import keep_likenesses
from tests.factories.claims import make_paper


def make_receipt(
    scope: Scope,
    member_id: UUID,
    *,
    bits: str | None = None,
    number: str | None = None,
    on: date | None = None,
    total_minor: int | None = None,
    doubtful: bool = False,
    currency: str = "IDR",
    **facts: Any,
) -> UUID:
    """A developed and read receipt; what is not named was not read."""

    def read(value: Any) -> dict[str, Any] | None:
        return (
            None if value is None else {"value": value, "confidence": 0.4 if doubtful else 0.95, "doubtful": doubtful}
        )

    extracted = {
        "number": read(number),
        "date": read(on and on.isoformat()),
        "total": read(total_minor and {"amount_minor": total_minor, "currency": currency}),
        "lines": [],
    }
    kept = make_paper(
        scope,
        member_id,
        extracted=extracted,
        read_number=plain_number(number) if number else None,
        read_on=on,
        read_total=total_minor,
        **facts,
    )
    if bits:
        keep_likenesses(scope, kept, [[bits, *(bits[turn:] + bits[:turn] for turn in (1, 2, 3))]])
    return kept


def a_likeness(seed: int) -> str:
    """Bits of a paper that looks like no other one."""
    return f"{random.Random(seed).getrandbits(LIKENESS_BITS):0{LIKENESS_BITS}b}"  # noqa: S311


def as_seen_again(bits: str, differing: int, seed: int = 1) -> str:
    """The same paper in another photo: so many bits differ."""
    places = random.Random(seed).sample(range(len(bits)), differing)  # noqa: S311
    return "".join("10"[int(bit)] if place in places else bit for place, bit in enumerate(bits))


def a_photo(seed: int, *, size: tuple[int, int] = (900, 1200), reflection: bool = False, **conditions: float) -> bytes:
    """A receipt as a camera writes it (JPEG on its side, with place and maker); ``conditions`` as in Conditions."""
    country = ("ID", "MZ")[seed % 2]
    data, _ = receipt_photo(seed, country, "jpeg", conditions=Conditions(**conditions), size=size)
    return _with_reflection(data) if reflection else data


def _with_reflection(data: bytes) -> bytes:
    """The same photo under a lamp: in the middle of the paper there is nothing but light."""
    photo = Image.open(io.BytesIO(data))
    pixels = np.asarray(photo.convert("RGB"), dtype=np.float32)
    height, width = pixels.shape[:2]
    down, across = np.mgrid[:height, :width]
    away = ((across - width * 0.45) / (width * 0.1)) ** 2 + ((down - height * 0.5) / (height * 0.1)) ** 2
    lit = np.clip(pixels + (np.clip(1.6 - away, 0, 1) * 255)[..., None], 0, 255).astype(np.uint8)
    out = io.BytesIO()
    Image.fromarray(lit).save(out, "JPEG", quality=90, exif=photo.getexif())
    return out.getvalue()
