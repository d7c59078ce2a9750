"""The pack as files, as a folder and as an archive; the same brand always gives the same bytes."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from backend.branding.loader import Brand
from backend.branding.pictures import Picture, drawn
from backend.errors import RuleRefused
from backend.studio.app_pack import android, apple, images, project

IDS_MISSING = "branding.app_ids_missing"
_NO_TIME = (1980, 1, 1, 0, 0, 0)
"""The first day that an archive can name."""


def pack(brand: Brand) -> dict[str, bytes]:
    """Every file by its path; raises RuleRefused for a brand without an identifier in a store."""
    own = project.platforms(brand)
    if not own:
        raise RuleRefused(IDS_MISSING)
    texts = dict(project.texts(brand))
    drawings: dict[str, Picture] = {}
    if "android" in own:
        texts |= dict(android.texts(brand))
        drawings |= dict(images.android())
    if "ios" in own:
        texts |= dict(apple.texts(brand))
        drawings |= dict(images.apple())
    files = {path: text.encode() for path, text in texts.items()}
    return dict(sorted((files | {path: drawn(brand, picture) for path, picture in drawings.items()}).items()))


def write(brand: Brand, folder: Path) -> int:
    """Lay the files into a folder; how many. Files of its own that lie there already are written over."""
    files = pack(brand)
    for path, content in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    return len(files)


def archive(brand: Brand) -> bytes:
    """The same as a zip without times and owners."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as zipped:
        for path, content in pack(brand).items():
            entry = zipfile.ZipInfo(f"{brand.slug}-app/{path}", _NO_TIME)
            entry.external_attr = 0o644 << 16
            # A PNG is compressed already.
            entry.compress_type = zipfile.ZIP_STORED if path.endswith(".png") else zipfile.ZIP_DEFLATED
            zipped.writestr(entry, content)
    return out.getvalue()
