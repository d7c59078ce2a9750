"""Addresses into a client's app, made here and nowhere else: each carries its client, and nothing personal.

A client with a host name of its own has its app at the root of it, everybody else below ``/c/<slug>/`` of the shared
host. The page stands behind ``#``: no server and no log in between ever reads which page somebody was called to.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from backend.branding.loader import Brand
from backend.integrations import registry


def origin(brand: Brand) -> str:
    """Scheme and host of the client's app: its first own host name, else the shared address of the setting.

    Scheme and port are those of the shared address, so that a rehearsal on one machine works alike.
    """
    shared = registry.current().settings.public_url
    if not brand.hosts:
        return shared
    parts = urlsplit(shared)
    port = f":{parts.port}" if parts.port else ""
    return f"{parts.scheme}://{brand.hosts[0].lower()}{port}"


def home(brand: Brand) -> str:
    """Where the client's app opens."""
    return f"{origin(brand)}/" if brand.hosts else f"{origin(brand)}/c/{brand.slug}/"


def page(brand: Brand, place: str) -> str:
    """The address of a page of the client's app; ``place`` begins with a slash (``/claims``)."""
    return f"{home(brand)}#{place}"


def opening(brand: Brand, place: str) -> str:
    """The same page for a message that may be opened in any client's app: it names its client beside the page, and an
    app of somebody else says so and does not look at the page (``web/member/wrong_client.js``)."""
    return f"{home(brand)}#{target(brand, place)}"


def target(brand: Brand, place: str) -> str:
    """What stands behind ``#`` there."""
    return f"/open/{brand.slug}{place}"


def preview(slug: str, token: str) -> str:
    """Where a brand that is not published can be looked at: on the shared host, beside the studio that frames it."""
    return f"{registry.current().settings.public_url}/c/{slug}/preview/{token}/"


def picker(code: str) -> str:
    """The shared host's page to choose a company, with a company's code in it: what its QR says."""
    return f"{registry.current().settings.public_url}/#code={code}"
