"""The gate: everything that keeps a brand from being shown to people, found in one go."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from backend.branding.loader import Brand
from backend.branding.rules.colours import colour_defects
from backend.branding.rules.glossary import glossary_defects
from backend.branding.rules.leaks import leaks
from backend.branding.vocabulary import speeches
from backend.helpline.catalogue import entries
from backend.kit.refusal import Refusal
from backend.studio.artefacts import artefacts
from backend.studio.drawings import drawing_defects

WORDS_MISSING = "branding.words_missing"
UNKNOWN_REPLY = "branding.unknown_reply"
_TEXTS = ("tagline", "privacy", "terms", "card_note")


def defects(brand: Brand, neighbours: Mapping[str, Brand]) -> list[Refusal]:
    """What must be mended before ``brand`` may be published; empty when it may. ``neighbours`` are all brands by slug.

    Texts that are missing are named first: nothing can be rendered without them, so nothing else is looked at then.
    """
    missing = list(_missing_words(brand))
    if missing:
        return missing
    found = [defect for scheme, palette in brand.colours.items() for defect in colour_defects(scheme, palette)]
    found += [*drawing_defects(brand), *_unknown_replies(brand), *glossary_defects(speeches(), brand.glossary)]
    return found + list(leaks(artefacts(brand), _foreign(brand, neighbours)))


def _missing_words(brand: Brand) -> Iterator[Refusal]:
    for language in brand.languages:
        greeting = brand.greetings.get(language, {})
        texts = brand.texts.get(language, {})
        parts = {f"greetings: {form}": greeting.get(form) for form in ("text", "voice")}
        parts |= {f"texts: {name}": texts.get(name) for name in _TEXTS}
        for part, written in parts.items():
            if not (written or "").strip():
                yield Refusal(WORDS_MISSING, {"part": part, "language": language})


def _unknown_replies(brand: Brand) -> Iterator[Refusal]:
    """Own sentences of the helpline under a name that it never says: nobody would ever hear them."""
    for language, own in brand.replies.items():
        known = entries(language)
        for name in own:
            if name.removesuffix(".voice") not in known:
                yield Refusal(UNKNOWN_REPLY, {"reply": name, "language": language})


def _foreign(brand: Brand, neighbours: Mapping[str, Brand]) -> set[str]:
    """Names by which other clients are known, as far as they are not this client's own words."""
    others = {name for other in neighbours.values() if other.slug != brand.slug for name in _names(other)}
    return others - _names(brand)


def _names(brand: Brand) -> set[str]:
    return {brand.name, brand.short_name}
