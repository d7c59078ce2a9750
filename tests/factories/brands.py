"""Brands as somebody makes them in the studio."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from backend.access import Role, working_for
from backend.branding import in_force, loader
from backend.clients.registry import ClientFacts
from backend.kit import ids
from backend.studio import service
from tests.factories.accounts import actor_for
from tests.factories.claims import Household

LOGO = b"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 240 80" fill="#7a1f5c">
<circle cx="40" cy="40" r="32"/><rect x="90" y="24" width="140" height="32" rx="6"/></svg>"""
"""A wide logo in one dark colour."""


def numbers() -> dict[str, str]:
    """Hotline numbers that nobody else has."""
    tail = f"{ids.new_id().int % 10**8:08}"
    return {"voice": f"+6221{tail}", "whatsapp": f"+6281{tail}"}


def settings_of(name: str = "Melati Raya", **changes: Any) -> dict[str, Any]:
    """The few things that somebody must say; everything else are the defaults."""
    return {
        "name": name,
        "languages": ["id", "en"],
        "hotline": numbers(),
        "emergency_number": "112",
        "emergency_numbers": [{"number": "112", "for": "general"}],
        **changes,
    }


def make_draft(client: ClientFacts, **changes: Any) -> UUID:
    """A draft of which the gate finds nothing to mend; returns its id."""
    with working_for(client.id, actor_for(Role.ADMIN, client)) as scope:
        draft = service.studio(scope)["draft"]
        service.save(scope, draft["revision"], settings_of(**changes))
        service.colour(scope, "#7a1f5c")
        return UUID(str(service.draw_logo(scope, LOGO, "one")["id"]))


def make_published(client: ClientFacts, **changes: Any) -> UUID:
    """A brand that was published in the studio and is in force; returns the version's id."""
    make_draft(client, **changes)
    with working_for(client.id, actor_for(Role.ADMIN, client)) as scope:
        version = service.publish(scope, service.studio(scope)["draft"]["revision"])
    in_force.look()
    assert client.slug in loader.brands()
    return UUID(str(version["id"]))


def make_preview(client: ClientFacts, **life: Any) -> tuple[UUID, str]:
    """A preview link of a client's draft: its id and its address below the host."""
    with working_for(client.id, actor_for(Role.ADMIN, client)) as scope:
        made = service.open_link(scope, **(life or {"days": 1}))
    return made["id"], "/" + str(made["url"]).split("/", 3)[3]


def version_of(household: Household) -> UUID:
    """For the table of ids in addresses."""
    return make_published(household.client)


def preview_of(household: Household) -> UUID:
    """For the table of ids in addresses."""
    return make_preview(household.client)[0]
