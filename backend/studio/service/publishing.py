"""Publishing: through the gate, at once, for everybody; and going back to what was in force before."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import event, text, update

from backend.access import Scope
from backend.audit import service as audit
from backend.branding import in_force, loader, queries
from backend.branding.loader import Brand
from backend.branding.models import BrandState, BrandVersion
from backend.clients.models import Client
from backend.clients.registry import client_by_id
from backend.errors import InvalidShape, RuleRefused
from backend.integrations import registry
from backend.kit import clock, ids
from backend.kit.pages import Cursor, page_of
from backend.kit.refusal import Refusal
from backend.studio import content, rules
from backend.studio.content import Content
from backend.studio.gate import defects as gate_defects
from backend.studio.rules import Lines
from backend.studio.service.drafting import begun, refuse_older
from backend.studio.service.showing import shown, versions_shown

_ONE_AT_A_TIME = text("SELECT pg_advisory_xact_lock(hashtext('brand_publication'))")


def check(scope: Scope) -> dict[str, Any]:
    """The whole gate for the draft: may it be published, and what is to be mended where?"""
    row = begun(scope)
    found = verdict(scope, Content(row.settings, row.assets))
    return {"publishable": not found, "defects": shown(scope, found)}


def verdict(scope: Scope, known: Content, *, again: bool = False) -> list[Refusal]:
    """Everything that keeps content from being published; the gate draws and reads only what is complete."""
    client = client_by_id(scope.client_id)
    unfinished = content.unfinished(client, known)
    if unfinished:
        return unfinished
    brand = content.brand(scope, client, known)
    return [*gate_defects(brand, loader.brands(), again=again), *_taken(brand)]


def publish(scope: Scope, revision: int, note: str | None = None) -> dict[str, Any]:
    """Put the draft in force.

    Raises Conflict ``studio.draft_changed``, InvalidShape ``studio.not_publishable`` with every defect.
    """
    row = begun(scope, for_update=True)
    refuse_older(scope, row, revision)
    row.note = note if note is not None else row.note
    _put_in_force(scope, row)
    return versions_shown(scope, [row])[0]


def restore(scope: Scope, version_id: UUID) -> dict[str, Any]:
    """Put an earlier version in force again, as a new version; a draft that is being worked on stays.

    Raises NotFound, RuleRefused ``studio.nothing_to_publish`` for a draft, InvalidShape ``studio.not_publishable``:
    what was fine then may take another client's number now.
    """
    old = queries.version(scope, version_id)
    if old.state == BrandState.DRAFT.value:
        raise RuleRefused(rules.NOTHING_TO_PUBLISH)
    moment = clock.now()
    row = BrandVersion(
        client_id=scope.client_id,
        id=ids.new_id(),
        created_at=moment,
        number=queries.last_number(scope) + 1,
        revision=1,
        settings=old.settings,
        assets=old.assets,
        note=old.note,
        created_by=scope.actor.id,
        changed_by=scope.actor.id,
        changed_at=moment,
    )
    _put_in_force(scope, row, again=True)
    return versions_shown(scope, [row])[0]


def versions(scope: Scope, cursor: str | None, limit: int) -> dict[str, Any]:
    """Every version, the newest first; raises BadCursor."""
    found = queries.versions(scope, after=Cursor.after(cursor), limit=limit + 1)
    rows, next_cursor = page_of(found, limit)
    return {"items": versions_shown(scope, rows), "next_cursor": next_cursor}


def _put_in_force(scope: Scope, row: BrandVersion, *, again: bool = False) -> None:
    known = Content(row.settings, row.assets)
    client = client_by_id(scope.client_id)
    _refuse(scope, verdict(scope, known, again=again))
    # From here one publication at a time: what the others have taken is known for certain.
    scope.session.execute(_ONE_AT_A_TIME)
    in_force.look()
    brand = content.brand(scope, client, known)
    _refuse(scope, list(_taken(brand)))
    before = queries.published(scope, for_update=True)
    if before is not None:
        before.state = BrandState.ARCHIVED.value
        scope.session.flush()
    row.state = BrandState.PUBLISHED.value
    row.published_at, row.published_by = clock.now(), scope.actor.id
    scope.session.add(row)
    scope.session.flush()
    registered = {
        "name": brand.name,
        "languages": list(brand.languages),
        "default_language": brand.default_language,
        "brand_version_id": row.id,
    }
    scope.session.execute(update(Client).where(Client.id == scope.client_id).values(**registered))
    audit.record(scope, "update", "brand_version", row.id, fields=["published"])
    event.listen(scope.session, "after_commit", lambda _: in_force.look(), once=True)


def _taken(brand: Brand) -> Sequence[Refusal]:
    """Numbers and host names that another client, or the platform itself, is found by."""
    others = [_lines(other) for other in loader.brands().values() if other.slug != brand.slug]
    own_host = registry.current().settings.public_url.partition("://")[2].partition(":")[0]
    return list(rules.taken(_lines(brand), [*others, Lines("", "", [own_host])]))


def _lines(brand: Brand) -> Lines:
    return Lines(brand.hotline.voice, brand.hotline.whatsapp, brand.hosts)


def _refuse(scope: Scope, found: Sequence[Refusal]) -> None:
    if found:
        raise InvalidShape(rules.NOT_PUBLISHABLE, {"defects": shown(scope, found)})
