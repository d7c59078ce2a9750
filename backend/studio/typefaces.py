"""A typeface that a client brings: is it one, may it be embedded, can it write the client's languages?"""

from __future__ import annotations

import io
from collections.abc import Sequence

import brotli
from fontTools.ttLib import TTFont, TTLibError

from backend.branding.loader import TYPEFACE
from backend.kit import locales
from backend.kit.refusal import Refusal

NAME = TYPEFACE
MOST_BYTES = 400_000
"""A cheap phone fetches it before it shows a word."""

UNREADABLE = "studio.typeface_unreadable"
NOT_EMBEDDABLE = "studio.typeface_not_embeddable"
LETTERS_MISSING = "studio.typeface_letters_missing"

_MAGIC = b"wOF2"
_RESTRICTED, _BITMAPS_ONLY = 0x0002, 0x0200
"""Bits of OS/2 fsType: no embedding without the maker's leave, outlines not to be embedded (OpenType 1.9)."""
_WRITTEN = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 .,:;!?()/-+'\"%&@–—“”‘’•…"
_LETTERS = {"pt": "ÁÀÂÃÇÉÊÍÓÔÕÚáàâãçéêíóôõúª º«»", "id": "Éé", "en": "Éé£€"}
"""What each language writes beyond the letters that all share."""
_BROKEN = (TTLibError, brotli.error, KeyError, ValueError, EOFError, OSError, AssertionError, IndexError)


def refusal(upload: bytes, languages: Sequence[str]) -> Refusal | None:
    """Why a file cannot be the typeface of a brand that speaks ``languages``; None when it can."""
    if not upload.startswith(_MAGIC):
        return Refusal(UNREADABLE)
    try:
        font = TTFont(io.BytesIO(upload), lazy=False)
        embedding, letters, glyphs = font["OS/2"].fsType, font.getBestCmap() or {}, len(font.getGlyphOrder())
    except _BROKEN:
        return Refusal(UNREADABLE)
    if not glyphs:
        return Refusal(UNREADABLE)
    if embedding & _RESTRICTED or embedding & _BITMAPS_ONLY:
        return Refusal(NOT_EMBEDDABLE)
    for language in languages:
        needed = _WRITTEN + _LETTERS.get(language, "") if language in locales.codes() else _WRITTEN
        missing = [letter for letter in dict.fromkeys(needed) if ord(letter) not in letters]
        if missing:
            return Refusal(LETTERS_MISSING, {"language": language, "letters": " ".join(missing)})
    return None
