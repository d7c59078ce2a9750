"""The gate: everything that keeps a brand from being shown to people, found in one go."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from backend.branding.loader import Brand
from backend.branding.rules.colours import colour_defects
from backend.branding.rules.glossary import glossary_defects
from backend.branding.rules.leaks import leaks
from backend.branding.rules.sayings import legal_defects, menu_defects
from backend.branding.vocabulary import speeches
from backend.helpline.catalogue import entries
from backend.kit.refusal import Refusal
from backend.studio.artefacts import artefacts
from backend.studio.drawings import drawing_defects

WORDS_MISSING = "branding.words_missing"
UNKNOWN_REPLY = "branding.unknown_reply"
UNKNOWN_GAP = "branding.unknown_gap"
_TEXTS = ("tagline", "privacy", "terms", "card_note")
_FORMS = ("text", "voice")
_GAP = re.compile(r"\{([^{}]*)\}")
_OF_TEXTS = frozenset(["name"])
"""What is filled into greetings and texts: the client's name."""
_SPELLED = "_digits"
"""Behind a name: the same, said digit by digit."""
_OF_REPLIES = frozenset(["client", "greeting"])
"""What every sentence of the helpline may say."""


def defects(brand: Brand, neighbours: Mapping[str, Brand], *, again: bool = False) -> list[Refusal]:
    """What must be mended before ``brand`` may be published; empty when it may. ``neighbours`` are all brands by slug.

    ``again`` puts an earlier brand back in force: its legal texts come with the numbers they had, which are theirs.
    Texts that are missing or have gaps nobody can fill are named first: nothing can be rendered with them, so nothing
    else is looked at then.
    """
    unsayable = [*_missing_words(brand), *_unknown_gaps(brand)]
    if unsayable:
        return unsayable
    found = [defect for scheme, palette in brand.colours.items() for defect in colour_defects(scheme, palette)]
    found += [*drawing_defects(brand), *_unknown_replies(brand), *glossary_defects(speeches(), brand.glossary)]
    found += [*menu_defects(brand.menus), *_unrenewed(brand, None if again else neighbours.get(brand.slug))]
    return found + list(leaks(artefacts(brand), _foreign(brand, neighbours), _names(brand)))


def _missing_words(brand: Brand) -> Iterator[Refusal]:
    """Texts left out in one of the client's languages; who has a menu of its own has it in all of them."""
    spoken = [("greetings", brand.greetings, _FORMS), ("texts", brand.texts, _TEXTS)]
    spoken += [("menu", brand.menus, _FORMS)] if brand.menus else []
    for language in brand.languages:
        for part, texts, names in spoken:
            for name in names:
                if not texts.get(language, {}).get(name, "").strip():
                    figures = {"part": f"{part}: {name}", "language": language}
                    yield Refusal(WORDS_MISSING, {**figures, "place": f"{part}.{language}.{name}"})


def _unrenewed(brand: Brand, in_force: Brand | None) -> Iterator[Refusal]:
    """Legal texts that changed since the brand that is in force without a new version."""
    if in_force is not None:
        yield from legal_defects(brand.texts, brand.legal_versions, in_force.texts, in_force.legal_versions)


def _unknown_replies(brand: Brand) -> Iterator[Refusal]:
    """Own sentences of the helpline under a name that it never says: nobody would ever hear them."""
    for language, own in brand.replies.items():
        known = entries(language)
        for name in own:
            if name.removesuffix(".voice") not in known:
                yield Refusal(UNKNOWN_REPLY, {"reply": name, "language": language})


def _unknown_gaps(brand: Brand) -> Iterator[Refusal]:
    """Braces around a name that nothing is known for: people would read the braces, or hear a hole in the sentence."""
    for part, texts in (("greetings", brand.greetings), ("texts", brand.texts), ("menu", brand.menus)):
        for language, said in texts.items():
            for name, text in said.items():
                yield from _gaps(text, _OF_TEXTS, f"{part}.{language}.{name}")
    for language, own in brand.replies.items():
        known = entries(language)
        for name, text in own.items():
            if entry := known.get(name.removesuffix(".voice")):
                yield from _gaps(text, entry.arguments() | _OF_REPLIES, f"replies.{language}.{name}")


def _gaps(text: str, known: Collection[str], place: str) -> Iterator[Refusal]:
    unknown = [f"{{{name}}}" for name in _GAP.findall(text) if not {name, name.removesuffix(_SPELLED)} & set(known)]
    alone = [brace for brace in "{}" if brace in _GAP.sub("", text)]
    for gap in dict.fromkeys([*unknown, *alone]):
        yield Refusal(UNKNOWN_GAP, {"place": place, "gap": gap, "known": _listed(known)})


def _listed(names: Collection[str]) -> str:
    return ", ".join(f"{{{name}}}" for name in sorted(names))


def _foreign(brand: Brand, neighbours: Mapping[str, Brand]) -> set[str]:
    """By what other clients are known and reached, as far as it is not this client's own."""
    others = {one for other in neighbours.values() if other.slug != brand.slug for one in _marks(other)}
    return others - _marks(brand)


def _names(brand: Brand) -> set[str]:
    return {brand.name, brand.short_name}


def _marks(brand: Brand) -> set[str]:
    """Names, numbers, host names and addresses; what a client does not have is left out."""
    line = brand.hotline
    reached = {line.voice, line.whatsapp, brand.mail_sender, brand.support.get("mail", ""), *brand.hosts}
    return {one for one in _names(brand) | reached if one}
