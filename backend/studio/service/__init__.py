"""What can be done in the studio; other domains use these names."""

from backend.studio.service.drafting import (
    asset,
    colour,
    discard,
    draw_logo,
    remove_typeface,
    save,
    set_typeface,
    studio,
)
from backend.studio.service.exchange import export, take_in
from backend.studio.service.founding import found_client
from backend.studio.service.looking import form, palette, verdict
from backend.studio.service.previews import close_link, drafted, list_links, open_link, previewed
from backend.studio.service.publishing import check, publish, restore, versions

__all__ = [
    "asset",
    "check",
    "close_link",
    "colour",
    "discard",
    "draw_logo",
    "drafted",
    "export",
    "form",
    "found_client",
    "list_links",
    "open_link",
    "palette",
    "previewed",
    "publish",
    "remove_typeface",
    "restore",
    "save",
    "set_typeface",
    "studio",
    "take_in",
    "verdict",
    "versions",
]
