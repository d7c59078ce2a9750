"""The pages' files: which there are, their build, and where the packages' modules lie."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_HERE = Path(__file__).resolve().parent
_KINDS = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".woff2": "font/woff2"}
_FONTS = "@fontsource-variable/{0}/files/{0}-latin-wght-normal.woff2"
_PACKAGED = {
    "vendor/preact.js": "preact/dist/preact.module.js",
    "vendor/preact-hooks.js": "preact/hooks/dist/hooks.module.js",
    "vendor/htm.js": "htm/dist/htm.module.js",
    "vendor/uqr.js": "uqr/dist/index.mjs",
    "vendor/qr/decode.js": "qr/decode.js",
    "vendor/qr/index.js": "qr/index.js",
    "vendor/inter.woff2": _FONTS.format("inter"),
    "vendor/nunito.woff2": _FONTS.format("nunito"),
    "vendor/source-serif.woff2": _FONTS.format("source-serif-4"),
    "reference/swagger-ui.css": "swagger-ui-dist/swagger-ui.css",
    "reference/swagger-ui-bundle.js": "swagger-ui-dist/swagger-ui-bundle.js",
}
APP_FOLDERS = ("member/", "shared/", "vendor/")
"""What the member app is made of; the rest is not kept on a phone."""
FRONT_DESK_FILES = (
    "provider/",
    "shared/",
    "vendor/",
    "desk/words/",
    "desk/staff_app",
    "desk/pages/sign_in",
    "desk/pages/enrolment",
    "desk/language",
    "desk/account",
    "desk/client_choice",
    "desk/desk.css",
    "desk/icon",
)
"""What the front desk is made of: signing in is the same for all staff."""


@dataclass(frozen=True, slots=True)
class PageFile:
    """One file as it is served."""

    content: bytes
    media_type: str


@dataclass(frozen=True, slots=True)
class Build:
    """All files under a name that changes with any of them."""

    name: str
    files: dict[str, PageFile]

    def path(self, file: str) -> str:
        """Where the browser finds a file of this build."""
        return f"/web/{self.name}/{file}"


def packages() -> Path:
    """Where the packages of package.json are installed."""
    return Path(os.environ.get("CARELINE_WEB_PACKAGES", _HERE.parent.parent / ".local" / "web" / "node_modules"))


@cache
def build() -> Build:
    """Read every module, style sheet and vendored package once per process."""
    files = {
        str(path.relative_to(_HERE)): PageFile(path.read_bytes(), _KINDS[path.suffix])
        for path in sorted(_HERE.rglob("*"))
        if path.suffix in _KINDS and path.name != "sw.js"
    }
    for name, source in _PACKAGED.items():
        files[name] = PageFile((packages() / source).read_bytes(), _KINDS[Path(name).suffix])
    digest = hashlib.sha256()
    for name, file in files.items():
        digest.update(name.encode() + b"\0" + file.content)
    return Build(digest.hexdigest()[:12], files)


def template(name: str, values: dict[str, str]) -> str:
    """A page with its ``{{placeholders}}`` filled in."""
    text = (_HERE / name).read_text(encoding="utf-8")
    for key, value in values.items():
        text = text.replace("{{" + key + "}}", value)
    return text
