"""The pages' files: which there are, their build, and where the packages' modules lie."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from backend.web.bundle import JOINED, bundled, small_css, staff_bundled

_HERE = Path(__file__).resolve().parent
_KINDS = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".woff2": "font/woff2"}
_FONTS = "@fontsource-variable/{0}/files/{0}-latin-wght-normal.woff2"
_PACKAGED = {
    "vendor/inter.woff2": _FONTS.format("inter"),
    "vendor/nunito.woff2": _FONTS.format("nunito"),
    "vendor/source-serif.woff2": _FONTS.format("source-serif-4"),
    "reference/swagger-ui.css": "swagger-ui-dist/swagger-ui.css",
    "reference/swagger-ui-bundle.js": "swagger-ui-dist/swagger-ui-bundle.js",
}
_SHEETS = ("shared/base.css", "member/member.css")
"""The look of the member app, which stands in its shell."""
_WORDS = "member/words/all_"
APP_WORKER = "member/sw.js"
_OWN_LETTERS = '@import "letters.css";'
"""The member app loads its typefaces last, when the network allows it."""
LETTERS = {"sans": ("Inter",), "serif": ("Inter", "Source Serif"), "rounded": ("Nunito",)}
"""By the font of a brand: the families that its pages are set in (branding/files.py)."""
_FAMILIES = {
    "Inter": ("vendor/inter.woff2", "100 900"),
    "Nunito": ("vendor/nunito.woff2", "200 1000"),
    "Source Serif": ("vendor/source-serif.woff2", "200 900"),
}
FRONT_DESK_FILES = (
    *("provider/app.js", "provider/provider.css", JOINED),
    *("shared/base.css", "shared/letters.css", "vendor/", "desk/desk.css", "desk/icon"),
)
"""What the front desk is made of: signing in is the same for all staff."""


@dataclass(frozen=True, slots=True)
class PageFile:
    """One file as it is served."""

    content: bytes
    media_type: str
    mark: str
    """Changes with the content: an address that outlives the build."""

    @classmethod
    def of(cls, name: str, content: bytes) -> PageFile:
        """The file under ``name``, whose ending says what it is."""
        return cls(content, _KINDS[Path(name).suffix], hashlib.sha256(content).hexdigest()[:12])

    @property
    def is_text(self) -> bool:
        """Whether it gets smaller when it is compressed; a typeface is compressed already."""
        return not self.media_type.startswith("font/")


@dataclass(frozen=True, slots=True)
class Build:
    """All files under a name that changes with any of them."""

    name: str
    files: dict[str, PageFile]
    needs: dict[str, tuple[str, ...]]
    sheet: str
    worker: str

    def path(self, file: str) -> str:
        """Where the browser finds a file of this build."""
        return f"/web/{self.name}/{file}"

    def app_files(self, languages: tuple[str, ...]) -> list[str]:
        """What the member app in ``languages`` is made of; the rest is not kept on a phone."""
        foreign = {
            needs[0]
            for source, needs in self.needs.items()
            if source.startswith(_WORDS) and source not in {words_file(language) for language in languages}
        }
        return [self.path(name) for name in self.files if name.startswith("member/") and name not in foreign]

    def letters(self, font: str) -> list[dict[str, str]]:
        """The typefaces of a brand whose font is ``font``, as the page loads them: family, address and weights."""
        told = []
        for family in LETTERS[font]:
            file, weights = _FAMILIES[family]
            address = f"/web/{self.files[file].mark}/{file}"
            told.append({"family": family, "address": address, "weight": weights})
        return told


def words_file(language: str) -> str:
    """The module with all words of the member app in a language."""
    return f"{_WORDS}{language}.js"


def packages() -> Path:
    """Where the packages of package.json are installed."""
    return Path(os.environ.get("CARELINE_WEB_PACKAGES", _HERE.parent.parent / ".local" / "web" / "node_modules"))


@cache
def build() -> Build:
    """Read every module, style sheet and vendored package once per process, and join the modules of each page."""
    files = {
        name: PageFile.of(name, path.read_bytes())
        for path in sorted(_HERE.rglob("*"))
        if path.suffix in _KINDS and not (name := str(path.relative_to(_HERE))).startswith("member/")
    }
    for name, source in _PACKAGED.items():
        files[name] = PageFile.of(name, (packages() / source).read_bytes())
    app = bundled(packages())
    app.files.update(staff_bundled(packages()))
    worker = app.files.pop(APP_WORKER).decode()
    files |= {name: PageFile.of(name, content) for name, content in app.files.items()}
    whole = "\n".join((_HERE / name).read_text(encoding="utf-8") for name in _SHEETS)
    sheet = small_css(whole.replace(_OWN_LETTERS, ""), packages())
    digest = hashlib.sha256(sheet.encode() + worker.encode())
    for name, file in files.items():
        digest.update(name.encode() + b"\0" + file.content)
    return Build(digest.hexdigest()[:12], files, app.needs, sheet, worker)


def template(name: str, values: dict[str, str]) -> str:
    """A page with its ``{{placeholders}}`` filled in."""
    text = (_HERE / name).read_text(encoding="utf-8")
    for key, value in values.items():
        text = text.replace("{{" + key + "}}", value)
    return text
