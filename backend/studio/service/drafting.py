"""The draft: begun from what is in force, saved as it is worked on, thrown away."""

from __future__ import annotations

from typing import Any

from sqlalchemy import text
from sqlalchemy.dialects.postgresql import insert

from backend.access import Scope
from backend.accounts import queries as accounts
from backend.audit import service as audit
from backend.branding import queries
from backend.branding.models import BrandState, BrandVersion
from backend.branding.rules.palette import derive
from backend.clients.registry import client_by_id
from backend.errors import Conflict, InvalidShape, NotFound
from backend.kit import clock, ids
from backend.kit.refusal import Refusal
from backend.studio import content, logos, rules, typefaces
from backend.studio.content import NOT_SETTINGS, Content
from backend.studio.service.showing import draft_shown, shown, versions_shown

_UNUSED = text("""
DELETE FROM brand_asset a WHERE a.client_id = :client
   AND NOT EXISTS (SELECT FROM brand_version v, jsonb_each_text(v.assets) AS file
                    WHERE v.client_id = :client AND file.value = a.digest)
   AND NOT EXISTS (SELECT FROM brand_preview p, jsonb_each_text(p.assets) AS file
                    WHERE p.client_id = :client AND file.value = a.digest)""")
_STATUS = ("good", "good_soft", "warn", "warn_soft", "bad", "bad_soft")
_DARK = ("dark", "light", "light")
_GROUNDS = ("page", "card_from", "card_to")


def studio(scope: Scope) -> dict[str, Any]:
    """The client with what is published and what is being worked on; a draft is begun when there is none."""
    client = client_by_id(scope.client_id)
    published = queries.published(scope)
    return {
        "client": {"slug": client.slug, "name": client.name},
        "published": versions_shown(scope, [published])[0] if published else None,
        "draft": draft_shown(scope, begun(scope)),
    }


def begun(scope: Scope, *, for_update: bool = False) -> BrandVersion:
    """The draft, made from what is in force when there is none; ``for_update`` for nobody else meanwhile."""
    found = queries.draft(scope, for_update=for_update)
    if found is not None:
        return found
    published = queries.published(scope)
    if published is not None:
        known = Content(published.settings, published.assets)
    else:
        settings, files = content.filed(client_by_id(scope.client_id))
        known = Content(settings, content.keep(scope, files))
    moment = clock.now()
    values = {
        "client_id": scope.client_id,
        "id": ids.new_id(),
        "created_at": moment,
        "number": queries.last_number(scope) + 1,
        "state": BrandState.DRAFT.value,
        "revision": 1,
        "settings": known.settings,
        "assets": known.assets,
        "created_by": scope.actor.id,
        "changed_by": scope.actor.id,
        "changed_at": moment,
    }
    # Two people who open the studio at once get the same draft.
    made = scope.session.execute(insert(BrandVersion).values(values).on_conflict_do_nothing()).rowcount  # type: ignore[attr-defined]
    row = queries.draft(scope, for_update=for_update)
    if row is None:
        raise NotFound()
    if made:
        audit.record(scope, "create", "brand_version", row.id)
    return row


def save(scope: Scope, revision: int, settings: dict[str, Any], note: str | None = None) -> dict[str, Any]:
    """Keep settings that were changed since ``revision``.

    Raises Conflict ``studio.draft_changed`` when somebody else has saved since, InvalidShape
    ``studio.settings_refused`` with every place that does not fit the schema.
    """
    row = begun(scope, for_update=True)
    refuse_older(scope, row, revision)
    known = Content({name: value for name, value in settings.items() if name not in NOT_SETTINGS}, row.assets)
    refuse_misshapen(scope, known)
    row.note = note if note is not None else row.note
    return _changed(scope, row, known, ["settings"])


def colour(scope: Scope, brand: str, accent: str | None = None) -> dict[str, Any]:
    """Light and dark palettes of the draft from one colour (``#rrggbb``); a dark logo that was made here follows."""
    row = begun(scope, for_update=True)
    before = content.effective(client_by_id(scope.client_id), Content(row.settings, row.assets))["colours"]
    status = {scheme: {name: before[scheme][name] for name in _STATUS} for scheme in before}
    palettes = derive(brand, accent, status=status)
    known = Content({**row.settings, "colours": palettes}, dict(row.assets))
    files = content.files_of(scope, known)
    light, dark = files.get("logo.svg"), files.get("logo-dark.svg")
    if light is not None and dark == logos.for_dark(light, _dark_grounds(before)):
        known.assets.update(content.keep(scope, {"logo-dark.svg": logos.for_dark(light, _dark_grounds(palettes))}))
    return _changed(scope, row, known, ["colours"])


def draw_logo(scope: Scope, upload: bytes, kind: str) -> dict[str, Any]:
    """Take a logo (SVG or PNG) as ``light``, ``dark`` or ``mark``, or make all three of ``one``.

    Raises InvalidShape ``studio.logo_unreadable``, ``studio.logo_too_small``, ``studio.logo_without_size``.
    """
    row = begun(scope, for_update=True)
    palettes = content.effective(client_by_id(scope.client_id), Content(row.settings, row.assets))["colours"]
    drawing = logos.read(upload)
    if isinstance(drawing, Refusal):
        raise InvalidShape(drawing.reason, {**drawing.figures, "file": [drawing.reason]})
    made = logos.set_of(drawing, _dark_grounds(palettes)) if kind == "one" else logos.named(drawing, kind)
    return _changed(scope, row, _with_files(scope, row, made), ["logo"])


def set_typeface(scope: Scope, upload: bytes) -> dict[str, Any]:
    """Take a typeface (WOFF2) that may be embedded and has the letters of the draft's languages.

    Raises InvalidShape ``studio.typeface_unreadable``, ``studio.typeface_not_embeddable``,
    ``studio.typeface_letters_missing``.
    """
    row = begun(scope, for_update=True)
    client = client_by_id(scope.client_id)
    languages = content.effective(client, Content(row.settings, row.assets)).get("languages", client.languages)
    refusal = typefaces.refusal(upload, languages)
    if refusal is not None:
        raise InvalidShape(refusal.reason, {**refusal.figures, "file": [refusal.reason]})
    return _changed(scope, row, _with_files(scope, row, {typefaces.NAME: upload}), ["typeface"])


def remove_typeface(scope: Scope) -> dict[str, Any]:
    """Write in one of the platform's own typefaces again."""
    row = begun(scope, for_update=True)
    assets = {name: digest for name, digest in row.assets.items() if name != typefaces.NAME}
    return _changed(scope, row, Content(row.settings, assets), ["typeface"])


def asset(scope: Scope, name: str) -> bytes:
    """A file of the draft; raises NotFound."""
    row = queries.draft(scope)
    digest = row.assets.get(name) if row else None
    if digest is None:
        raise NotFound()
    return queries.contents(scope, [digest])[digest]


def discard(scope: Scope) -> None:
    """Throw the draft away, with files that nothing else uses; what is in force stays. Without a draft all is well."""
    row = queries.draft(scope, for_update=True)
    if row is None:
        return
    scope.session.delete(row)
    scope.session.flush()
    audit.record(scope, "delete", "brand_version", row.id)
    _forget_unused(scope)


def replace(scope: Scope, settings: dict[str, Any], files: dict[str, bytes]) -> dict[str, Any]:
    """Put another brand into the draft; raises InvalidShape ``studio.settings_refused``."""
    row = begun(scope, for_update=True)
    known = Content(settings, content.keep(scope, files))
    refuse_misshapen(scope, known)
    return _changed(scope, row, known, ["settings", "assets"])


def refuse_older(scope: Scope, row: BrandVersion, revision: int) -> None:
    """Raises Conflict ``studio.draft_changed``, saying by whom, when ``revision`` is not what was last saved."""
    if row.revision == revision:
        return
    names = accounts.display_names(scope, [row.changed_by]) if row.changed_by else {}
    by = names.get(row.changed_by, "") if row.changed_by else ""
    raise Conflict(rules.DRAFT_CHANGED, {"revision": row.revision, "by": by, "at": row.changed_at})


def refuse_misshapen(scope: Scope, known: Content) -> None:
    """Raises InvalidShape ``studio.settings_refused`` with a sentence for each place."""
    wrong = content.misshapen(client_by_id(scope.client_id), known)
    if wrong:
        defects = shown(scope, wrong)
        places = {one["place"]: [one["message"]] for one in defects}
        raise InvalidShape(rules.SETTINGS_REFUSED, {"settings": places, "defects": defects})


def _with_files(scope: Scope, row: BrandVersion, files: dict[str, bytes]) -> Content:
    return Content(row.settings, {**row.assets, **content.keep(scope, files)})


def _changed(scope: Scope, row: BrandVersion, known: Content, fields: list[str]) -> dict[str, Any]:
    row.settings, row.assets = known.settings, known.assets
    row.revision += 1
    row.changed_by, row.changed_at = scope.actor.id, clock.now()
    scope.session.flush()
    audit.record(scope, "update", "brand_version", row.id, fields=fields)
    return draft_shown(scope, row)


def _dark_grounds(palettes: dict[str, dict[str, str]]) -> list[str]:
    return [palettes[scheme][ground] for scheme, ground in zip(_DARK, _GROUNDS, strict=True)]


def _forget_unused(scope: Scope) -> None:
    scope.session.execute(_UNUSED, {"client": scope.client_id})
