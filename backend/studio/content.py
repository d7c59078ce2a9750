"""A brand as the studio works on it: settings, and files by name. From rows or files to a brand and back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.dialects.postgresql import insert

from backend.access import Scope
from backend.branding import loader, queries
from backend.branding.assets import LOGOS, digest_of, laid_out, media_type
from backend.branding.loader import Brand
from backend.branding.models import BrandAsset
from backend.branding.rules.merging import merge
from backend.branding.shape import MISSING, shape_defects
from backend.clients.registry import ClientFacts
from backend.kit import clock, ids
from backend.kit.refusal import Refusal
from backend.studio import rules

NOT_SETTINGS = ("logo", "country", "currency")
"""Drawings are uploaded; where a client is and in which money it pays stands in its registration."""


@dataclass(frozen=True, slots=True)
class Content:
    """What a version is made of: the differences from the defaults, and the digest of each file by its name."""

    settings: dict[str, Any]
    assets: dict[str, str]


def filed(client: ClientFacts) -> tuple[dict[str, Any], dict[str, bytes]]:
    """Settings and files of the client's file in the folder, under the studio's names; its registration without one."""
    found = loader.filed_settings(client.slug)
    if found is None:
        return {"name": client.name, "languages": list(client.languages)}, {}
    folder = loader.filed_assets(client.slug)
    files = {LOGOS[kind]: (folder / name).read_bytes() for kind, name in found["logo"].items()}
    return {name: value for name, value in found.items() if name not in NOT_SETTINGS}, files


def keep(scope: Scope, files: Mapping[str, bytes]) -> dict[str, str]:
    """Keep files for the client, each once; returns their digests by name."""
    known = {name: digest_of(content) for name, content in files.items()}
    for name, content in files.items():
        values = {
            "client_id": scope.client_id,
            "id": ids.new_id(),
            "created_at": clock.now(),
            "digest": known[name],
            "media_type": media_type(name),
            "content": content,
        }
        scope.session.execute(insert(BrandAsset).values(values).on_conflict_do_nothing())
    return known


def files_of(scope: Scope, content: Content) -> dict[str, bytes]:
    """The files of a version by name."""
    found = queries.contents(scope, set(content.assets.values()))
    return {name: found[digest] for name, digest in content.assets.items()}


def effective(client: ClientFacts, content: Content) -> dict[str, Any]:
    """The settings over the defaults; what is not said yet is not there."""
    own = {"country": client.country, "currency": client.currency}
    logo = {kind: name for kind, name in LOGOS.items() if name in content.assets}
    return merge(loader.defaults(), {**content.settings, **own, **({"logo": logo} if logo else {})})


def unfinished(client: ClientFacts, content: Content) -> list[Refusal]:
    """What the schema still misses, and drawings that are not there."""
    found = [one for one in shape_defects(effective(client, content)) if one.figures["place"] != "logo"]
    return found + list(_missing_logos(content))


def misshapen(client: ClientFacts, content: Content) -> list[Refusal]:
    """What no draft may say, finished or not: a colour that is none, a key that nobody knows."""
    return [one for one in shape_defects(effective(client, content)) if one.reason != MISSING]


def _missing_logos(content: Content) -> Iterator[Refusal]:
    for kind, name in LOGOS.items():
        if name not in content.assets:
            yield Refusal(rules.LOGO_MISSING, {"kind": kind, "place": f"logo.{kind}"})


def brand(scope: Scope, client: ClientFacts, content: Content) -> Brand:
    """The brand as far as it is known; neutral drawings and silence stand where something is missing."""
    neutral = loader.neutral_assets()
    files = {name: (neutral / name).read_bytes() for name in LOGOS.values()} | files_of(scope, content)
    whole = merge(loader.UNSAID, {"name": client.name, "languages": list(client.languages)})
    own = {**content.settings, "country": client.country, "currency": client.currency, "logo": dict(LOGOS)}
    settings = merge(whole, own)
    return loader.composed(client.slug, _with_words(settings), laid_out(files))


def _with_words(settings: dict[str, Any]) -> dict[str, Any]:
    """Empty words in languages that the defaults do not speak: what is missing is named, not stumbled over."""
    known = loader.defaults()
    blank = {"greetings": {"text": "", "voice": ""}, "texts": dict.fromkeys(next(iter(known["texts"].values())), "")}
    for part, empty in blank.items():
        own = settings.get(part, {})
        silent = {one: empty for one in settings["languages"] if one not in known[part]}
        settings = {**settings, part: {**own, **{one: {**words, **own.get(one, {})} for one, words in silent.items()}}}
    return settings
