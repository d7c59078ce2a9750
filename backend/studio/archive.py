"""A brand as a zip of the files that ``whitelabel_configs`` holds, so that it may live in git: written and read."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from typing import Any

import yaml

from backend.branding.assets import LOGOS
from backend.branding.loader import TYPEFACE
from backend.clients.registry import ClientFacts
from backend.kit.refusal import Refusal
from backend.studio import logos, typefaces
from backend.studio.content import NOT_SETTINGS, Content

UNREADABLE = "studio.archive_unreadable"
DRAWING_REFUSED = "studio.archive_drawing"

MOST_BYTES = 4_000_000
_MOST_UNPACKED = 8_000_000
_MOST_FILES = 40
_DAY_ONE = (1980, 1, 1, 0, 0, 0)
"""The same brand gives the same bytes: a zip without moments."""


def packed(client: ClientFacts, content: Content, files: Mapping[str, bytes]) -> bytes:
    """``<slug>.yml`` and ``assets/<slug>/*``, as the folder wants them."""
    logo = {kind: name for kind, name in LOGOS.items() if name in content.assets}
    first: dict[str, Any] = {
        name: content.settings[name] for name in ("name", "short_name") if name in content.settings
    }
    whole: dict[str, Any] = {**first, "country": client.country, "currency": client.currency}
    whole |= {"logo": logo} if logo else {}
    whole |= {name: value for name, value in content.settings.items() if name not in first}
    written = yaml.safe_dump(whole, allow_unicode=True, sort_keys=False, width=110)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo(f"{client.slug}.yml", _DAY_ONE), written)
        for name in sorted(files):
            archive.writestr(zipfile.ZipInfo(f"assets/{client.slug}/{name}", _DAY_ONE), files[name])
    return out.getvalue()


def unpacked(upload: bytes) -> tuple[dict[str, Any], dict[str, bytes]] | Refusal:
    """Settings and files of such a zip, under the studio's own names; whichever client it was made for.

    Drawings are cleaned as an uploaded logo is. Nothing is written anywhere.
    """
    try:
        found = _read(upload)
        name, text = next((name, text) for name, text in found.items() if name.endswith(".yml") and "/" not in name)
        settings = _settings(text.decode())
    except (zipfile.BadZipFile, StopIteration, ValueError, NotImplementedError, RuntimeError, yaml.YAMLError):
        return Refusal(UNREADABLE)
    if not isinstance(settings, dict) or not all(isinstance(key, str) for key in settings):
        return Refusal(UNREADABLE)
    folder = f"assets/{name.removesuffix('.yml')}/"
    named = settings.get("logo")
    files: dict[str, bytes] = {}
    for kind, own in LOGOS.items():
        drawing = found.get(folder + str(named.get(kind))) if isinstance(named, dict) else None
        if drawing is None:
            continue
        read = logos.read(drawing)
        if isinstance(read, Refusal):
            return Refusal(DRAWING_REFUSED, {"kind": kind})
        files[own] = logos.written(read)
    typeface = found.get(folder + TYPEFACE)
    if typeface is not None:
        refusal = typefaces.refusal(typeface, ())
        if refusal is not None:
            return refusal
        files[TYPEFACE] = typeface
    return {key: value for key, value in settings.items() if key not in NOT_SETTINGS}, files


def _settings(text: str) -> Any:
    """What the YAML says; raises ValueError for one that repeats itself: a few lines could grow without end."""
    if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text, Loader=yaml.SafeLoader)):
        raise ValueError("repeats itself")
    return yaml.safe_load(text)


def _read(upload: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(upload)) as archive:
        inside = [one for one in archive.infolist() if not one.is_dir()]
        if len(inside) > _MOST_FILES or sum(one.file_size for one in inside) > _MOST_UNPACKED:
            raise ValueError("too much in it")
        return {one.filename: archive.read(one) for one in inside}
