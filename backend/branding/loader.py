"""Reads every brand once, refuses the whole folder with words a marketing person understands, answers from memory.

What was published in the studio lies over the folder's files; ``in_force`` follows it and tells this module.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, cast

import yaml

from backend.branding import defects
from backend.branding.rules.merging import merge
from backend.branding.vocabulary import own_words
from backend.clients.registry import ClientFacts
from backend.errors import NotFound

NumberKind = Literal["voice", "whatsapp"]
LogoKind = Literal["light", "dark", "mark"]
TYPEFACE = "typeface.woff2"
"""What a client's own typeface is called beside its logos."""
LEGAL = ("privacy", "terms")
"""Texts that members agree to; each has a version."""

_GSM_EMERGENCY = "112"
"""Reaches emergency services from every mobile network (3GPP TS 22.101)."""
UNSAID: Mapping[str, Any] = {
    "logo": {"light": "logo.svg", "dark": "logo-dark.svg", "mark": "mark.svg"},
    "hotline": {"voice": "", "whatsapp": ""},
    "emergency_number": _GSM_EMERGENCY,
    "emergency_numbers": [{"number": _GSM_EMERGENCY, "for": "general"}],
}
"""What stands where a client has not said something that every brand must say, so that it can be shown meanwhile."""
_REPOSITORY = Path(__file__).resolve().parent.parent.parent


class BrandsRefused(SystemExit):
    """At least one brand cannot be used; the text names every defect of every file."""


@dataclass(frozen=True, slots=True)
class Hours:
    """A telephone line as people see it, and when it is answered (``HH:MM-HH:MM``, local time)."""

    phone: str
    hours: str


@dataclass(frozen=True, slots=True)
class Hotline:
    """The numbers of the helpline: E.164 for machines, ``shown`` for people.

    ``fallback`` rings for emergencies and doctors' callers when nobody is at the desk, and for everybody when our own
    system is down; '' when the client has none.
    """

    voice: str
    whatsapp: str
    shown: str
    hours: str
    fallback: str = ""


@dataclass(frozen=True, slots=True)
class Brand:
    """The effective brand of one client: its own file over the defaults."""

    slug: str
    name: str
    short_name: str
    country: str
    currency: str
    languages: tuple[str, ...]
    hosts: tuple[str, ...]
    colours: Mapping[str, Mapping[str, str]]
    shape: Mapping[str, Any]
    logo: Mapping[str, Path]
    features: Mapping[str, bool]
    hotline: Hotline
    card_desk: Hours
    emergency_number: str
    emergency_numbers: tuple[Mapping[str, str], ...]
    crisis_line: Mapping[str, str]
    greetings: Mapping[str, Mapping[str, str]]
    texts: Mapping[str, Mapping[str, str]]
    glossary: Mapping[str, Mapping[str, str]]
    replies: Mapping[str, Mapping[str, str]]
    menus: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """What is said before people choose, written and spoken, in the languages where the client says it its own way."""
    support: Mapping[str, str] = field(default_factory=dict)
    """Where people write to: ``mail``, ``page``, ``post``; what the client does not have is missing or ''."""
    mail_sender: str = ""
    """The address our mails come from; '' is the platform's own."""
    legal_versions: Mapping[str, int] = field(default_factory=lambda: dict.fromkeys(LEGAL, 1))
    """Which version of each legal text is shown."""
    typeface: Path | None = None
    """A typeface of the client's own (WOFF2), beside its logos."""
    video_link: str = ""
    """Where doctor and member see each other, with ``{room}`` for the secret part; '' when the client has no video."""
    stores: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    """The client's own apps: ``android`` (package, fingerprints), ``ios`` (team, bundle, store_id)."""

    @property
    def default_language(self) -> str:
        """The first language of the brand's list."""
        return self.languages[0]

    def speaks(self, language: str) -> str:
        """``language`` when the brand offers it, else the brand's first one."""
        return language if language in self.languages else self.default_language

    def greeting(self, language: str, form: Literal["text", "voice"]) -> str:
        """The first sentence of a conversation."""
        return self.greetings[self.speaks(language)][form].replace("{name}", self.name)


def read_brands(directory: Path) -> dict[str, Brand]:
    """Every brand of a folder by slug; raises BrandsRefused naming all defects at once."""
    base = _yaml(directory / "_defaults.yml")
    brands: dict[str, Brand] = {}
    wrong: list[str] = []
    for path in sorted(directory.glob("[!_]*.yml")):
        try:
            effective = merge(base, _yaml(path))
        except (yaml.YAMLError, ValueError) as error:
            wrong.append(f"{path.name}: cannot be read as YAML ({str(error).splitlines()[0]})")
            continue
        found = [f"{path.name}: {defect}" for defect in defects.of_brand(effective, directory, path.stem)]
        wrong += found
        if not found:
            brands[path.stem] = _brand(path.stem, effective, directory / "assets" / path.stem)
    wrong += defects.shared_lines({slug: _lines(brand) for slug, brand in brands.items()})
    if wrong:
        raise BrandsRefused("whitelabel_configs cannot be used:\n  " + "\n  ".join(wrong))
    return brands


def _yaml(path: Path) -> dict[str, Any]:
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    if not isinstance(content, dict):
        raise ValueError("the file holds no settings")
    return content


def _lines(brand: Brand) -> Iterator[tuple[str, str]]:
    yield "voice number", brand.hotline.voice
    yield "whatsapp number", brand.hotline.whatsapp
    for host in brand.hosts:
        yield "host name", host.lower()


def _frozen(value: Any) -> Any:
    if isinstance(value, dict):
        return MappingProxyType({key: _frozen(inner) for key, inner in value.items()})
    if isinstance(value, list):
        return tuple(_frozen(inner) for inner in value)
    return value


def _in_own_words(raw: Mapping[str, Any]) -> dict[str, Any]:
    """Greetings and texts in the client's own terms; a legal text stands as it was approved."""
    reword = own_words(raw["glossary"])
    return {
        part: {
            language: {name: said if name in LEGAL else reword(said, language, name) for name, said in words.items()}
            for language, words in raw[part].items()
        }
        for part in ("greetings", "texts")
    }


def _brand(slug: str, raw: dict[str, Any], assets: Path) -> Brand:
    raw, typeface = {**raw, **_in_own_words(raw)}, assets / TYPEFACE
    line = raw["hotline"]
    shown = line.get("shown", line["voice"])
    desk = raw.get("card_desk", {"phone": shown, "hours": line["hours"]})
    same = ("name", "country", "currency", "languages", "hosts", "colours", "shape", "features")
    words = ("emergency_number", "emergency_numbers", "greetings", "texts", "glossary", "replies")
    return Brand(
        slug=slug,
        short_name=raw.get("short_name", raw["name"][:12]),
        logo=MappingProxyType({kind: assets / name for kind, name in raw["logo"].items()}),
        hotline=Hotline(line["voice"], line["whatsapp"], shown, line["hours"], line.get("fallback", "")),
        card_desk=Hours(desk["phone"], desk["hours"]),
        crisis_line=_frozen(raw.get("crisis_line", {})),
        menus=_frozen(raw.get("menu", {})),
        support=_frozen(raw.get("support", {})),
        mail_sender=raw.get("mail", {}).get("sender", ""),
        legal_versions=_frozen(raw["legal_versions"]),
        typeface=typeface if typeface.is_file() else None,
        video_link=raw.get("video_link", ""),
        stores=_frozen(raw.get("stores", {})),
        **{key: _frozen(raw[key]) for key in (*same, *words)},
    )


_chosen: Path | None = None


def use_directory(directory: Path) -> None:
    """Where this process finds its brands; create_app calls it with the setting."""
    global _chosen  # noqa: PLW0603 - one folder per process
    _chosen = directory


def directory() -> Path:
    """Where the brands of this process lie."""
    return _chosen or Path(os.environ.get("CARELINE_BRANDS_DIR") or _REPOSITORY / "whitelabel_configs")


@cache
def _loaded(directory: Path) -> dict[str, Brand]:
    return read_brands(directory)


_published: Mapping[str, Brand] = MappingProxyType({})
_whole: tuple[Mapping[str, Brand], Mapping[str, Brand], Mapping[str, Brand]] = (_published, _published, _published)
"""The folder's brands, those that were published, and both together, as they were last asked for."""


def lay_over(published: Mapping[str, Brand]) -> None:
    """From now on these brands hold, whatever the folder says of their clients."""
    global _published  # noqa: PLW0603 - one truth per process
    _published = MappingProxyType(dict(published))


def brands() -> Mapping[str, Brand]:
    """Every brand of this process by slug: those that were published, and the folder's for the other clients."""
    global _whole  # noqa: PLW0603 - kept until one of its halves is another
    filed, published = _loaded(directory()), _published
    if not published:
        return filed
    whole = _whole
    if whole[0] is not filed or whole[1] is not published:
        whole = _whole = (filed, published, MappingProxyType({**filed, **published}))
    return whole[2]


def filed_settings(slug: str) -> dict[str, Any] | None:
    """What the client's file says, without what it leaves to the defaults; None without a file."""
    path = directory() / f"{slug}.yml"
    return _yaml(path) if slug in _loaded(directory()) else None


def filed_assets(slug: str) -> Path:
    """The folder with the drawings that the client's file names."""
    return directory() / "assets" / slug


def defaults() -> Mapping[str, Any]:
    """What every client starts with; nobody may change it."""
    return _defaults(directory())


@cache
def _defaults(directory: Path) -> dict[str, Any]:
    return _yaml(directory / "_defaults.yml")


def schema() -> dict[str, Any]:
    """What may stand in a client's settings, as JSON Schema."""
    return cast(dict[str, Any], defects.validator(directory()).schema)


def composed(slug: str, own: Mapping[str, Any], assets: Path) -> Brand:
    """The brand of settings laid over the defaults, its drawings in the folder ``assets``; raises KeyError, ValueError.

    Whether it may be shown to anybody is not asked here.
    """
    return _brand(slug, merge(defaults(), own), assets)


def brand_of(slug: str) -> Brand:
    """The brand of a client; raises NotFound for a slug without a file."""
    try:
        return brands()[slug]
    except KeyError:
        raise NotFound() from None


def brand_for(client: ClientFacts) -> Brand:
    """The client's brand; while its file is not written, the defaults under the client's own name."""
    own = brands().get(client.slug)
    return own or _neutral(client.slug, client.name, client.country, client.currency, client.languages)


@cache
def _neutral(slug: str, name: str, country: str, currency: str, languages: tuple[str, ...]) -> Brand:
    own = {"name": name, "country": country, "currency": currency, "languages": list(languages)}
    return composed(slug, merge(UNSAID, own), neutral_assets())


def neutral_assets() -> Path:
    """Drawings that stand where a client has none of its own yet."""
    return directory() / "assets" / "_neutral"


def feature(slug: str, name: str) -> bool:
    """Is a named feature switched on for a client? A name that no file may use raises KeyError."""
    return brand_of(slug).features[name]


def slug_of_number(kind: NumberKind, e164: str) -> str | None:
    """Whose hotline this number is; None when it is nobody's."""
    for slug, brand in brands().items():
        if getattr(brand.hotline, kind) == e164:
            return slug
    return None


_hosts: tuple[Mapping[str, Brand], Mapping[str, str]] = ({}, {})


def slug_of_host(host: str) -> str | None:
    """Whose own host name this is (``host`` may carry a port and a final dot); a look-up, as every request asks."""
    global _hosts  # noqa: PLW0603 - made anew when the brands are others
    known, book = brands(), _hosts
    if book[0] is not known:
        book = _hosts = (known, {name.lower(): slug for slug, brand in known.items() for name in brand.hosts})
    return book[1].get(host.partition(":")[0].rstrip(".").lower())
