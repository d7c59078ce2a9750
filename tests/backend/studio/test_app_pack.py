"""The pack for a client's own store account: whole, exact, the client's alone, and the same every time."""

from __future__ import annotations

import io
import json
import plistlib
import re
import zipfile
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree

import numpy as np
import pytest
from flask.testing import FlaskClient
from PIL import Image

from backend.access import Role
from backend.branding import loader, pictures
from backend.branding.loader import Brand
from backend.branding.rules.leaks import leaks
from backend.commands import export_app
from backend.errors import RuleRefused
from backend.studio.app_pack import android, apple, packing, project
from backend.studio.app_pack.images import ICON_SET, RES, SPLASH_SET
from tests.factories.accounts import headers_for
from tests.factories.hosts import give_host
from tests.web.people import branded_client

SLUG, OTHER = "nusantara", "indico"
STORES = {
    "android": {"package": "example.sehat.app", "fingerprints": (":".join(["AB"] * 32),)},
    "ios": {"team": "A1B2C3D4E5", "bundle": "example.sehat.ios", "store_id": "1234567890"},
}
_ANDROID = "{http://schemas.android.com/apk/res/android}"
_SIZES = {
    "mdpi": (48, 108, 24, 320, 480),
    "hdpi": (72, 162, 36, 480, 800),
    "xhdpi": (96, 216, 48, 720, 1280),
    "xxhdpi": (144, 324, 72, 960, 1600),
    "xxxhdpi": (192, 432, 96, 1280, 1920),
}
WANTED = {
    f"{RES}/drawable/splash.png": (480, 320),
    f"{ICON_SET}/AppIcon-1024.png": (1024, 1024),
    f"{ICON_SET}/AppIcon-1024-dark.png": (1024, 1024),
    f"{SPLASH_SET}/splash-light.png": (2732, 2732),
    f"{SPLASH_SET}/splash-dark.png": (2732, 2732),
    "store/play-icon-512.png": (512, 512),
    "store/play-feature-1024x500.png": (1024, 500),
    "store/app-store-icon-1024.png": (1024, 1024),
}
for _density, (_icon, _layer, _status, _across, _down) in _SIZES.items():
    WANTED |= {
        f"{RES}/mipmap-{_density}/ic_launcher.png": (_icon, _icon),
        f"{RES}/mipmap-{_density}/ic_launcher_foreground.png": (_layer, _layer),
        f"{RES}/mipmap-{_density}/ic_launcher_monochrome.png": (_layer, _layer),
        f"{RES}/drawable-{_density}/ic_stat_notification.png": (_status, _status),
    }
    for _night in ("", "-night"):
        WANTED |= {
            f"{RES}/drawable-port{_night}-{_density}/splash.png": (_across, _down),
            f"{RES}/drawable-land{_night}-{_density}/splash.png": (_down, _across),
        }


@pytest.fixture(scope="module")
def brand(app) -> Brand:
    return replace(loader.brand_of(SLUG), hosts=("sehat.example",), stores=STORES)


@pytest.fixture(scope="module")
def files(brand: Brand) -> dict[str, bytes]:
    return packing.pack(brand)


def image(files: dict[str, bytes], path: str) -> Image.Image:
    return Image.open(io.BytesIO(files[path]))


@pytest.mark.requirement("S0-87")
def test_every_picture_that_the_systems_want_is_there_in_exactly_its_size(files):
    assert {path: image(files, path).size for path in files if path.endswith(".png")} == WANTED


@pytest.mark.parametrize("path", [f"{ICON_SET}/AppIcon-1024.png", "store/app-store-icon-1024.png"])
def test_apples_icon_has_no_transparency(files, path: str):
    assert image(files, path).mode == "RGB"


@pytest.mark.parametrize("layer", ["foreground", "monochrome"])
def test_the_layers_of_an_adaptive_icon_keep_the_mark_in_the_circle_of_66_dp(files, layer: str):
    pixels = np.asarray(image(files, f"{RES}/mipmap-xxxhdpi/ic_launcher_{layer}.png").convert("RGBA"))
    inked = np.argwhere(pixels[..., 3] > 12)
    assert len(inked) > 432 * 432 * 0.02
    assert np.hypot(*(inked - 431 / 2).T).max() <= 33 * 4


def test_the_notification_icon_is_a_white_shape(files):
    pixels = np.asarray(image(files, f"{RES}/drawable-xxxhdpi/ic_stat_notification.png"))
    assert (pixels[..., :3] == 255).all()
    assert {pixels[..., 3].min(), pixels[..., 3].max()} == {0, 255}


def test_the_configuration_shows_the_clients_address_and_goes_nowhere_else(files):
    told = json.loads(files["capacitor.config.json"])
    assert (told["appId"], told["appName"], told["webDir"]) == ("example.sehat.app", "Nusantara Sehat", "www")
    assert told["server"]["url"] == "https://sehat.example/"
    assert told["server"]["allowNavigation"] == ["sehat.example"]
    assert f"www/{told['server']['errorPath']}" in files


DOCUMENTED = {
    "": {"appId", "appName", "webDir", "backgroundColor", "loggingBehavior", "server", "android", "ios", "plugins"},
    "server": {"url", "hostname", "androidScheme", "allowNavigation", "errorPath", "cleartext", "iosScheme"},
    "android": {"allowMixedContent", "webContentsDebuggingEnabled", "backgroundColor", "captureInput"},
    "ios": {"contentInset", "limitsNavigationsToAppBoundDomains", "allowsLinkPreview", "scrollEnabled"},
}
"""Names out of Capacitor's configuration as its CLI declares it (cli/src/declarations.ts)."""


@pytest.mark.parametrize("part", DOCUMENTED)
def test_the_configuration_has_only_fields_that_are_documented(files, part: str):
    told = json.loads(files["capacitor.config.json"])
    assert set(told[part] if part else told) <= DOCUMENTED[part]


def test_nothing_is_loaded_without_encryption(files):
    told = json.loads(files["capacitor.config.json"])
    assert urlsplit(told["server"]["url"]).scheme == "https"
    assert told["android"]["allowMixedContent"] is False
    assert 'android:usesCleartextTraffic="false"' in files["android-files/app/src/main/AndroidManifest.xml"].decode()


def test_the_packages_are_those_of_the_systems_and_there_is_no_lock(files):
    told = json.loads(files["package.json"])
    assert told["private"] is True
    assert {"@capacitor/core", "@capacitor/android", "@capacitor/ios"} <= set(told["dependencies"])
    assert set(told["devDependencies"]) == {"@capacitor/cli"}
    assert all(re.fullmatch(r"\^\d+\.\d+\.\d+", version) for version in told["dependencies"].values())
    assert not [path for path in files if "lock" in path]


def resources(files: dict[str, bytes], name: str) -> dict[str, str]:
    root = ElementTree.fromstring(files[f"{RES}/values/{name}.xml"])  # noqa: S314 - our own file
    return {one.attrib["name"]: one.text or "" for one in root}


def test_androids_names_and_colours_are_the_brands(files, brand: Brand):
    strings = resources(files, "strings")
    assert (strings["app_name"], strings["title_activity_main"]) == ("Nusantara", "Nusantara Sehat")
    assert strings["package_name"] == "example.sehat.app"
    assert resources(files, "colors")["colorPrimary"] == brand.colours["light"]["brand"]
    assert resources(files, "ic_launcher_background") == {
        "ic_launcher_background": brand.colours["light"]["brand_soft"]
    }


def test_a_name_with_an_apostrophe_or_an_ampersand_is_written_as_android_reads_it(brand: Brand):
    told = dict(android.texts(replace(brand, name='Aunt\'s & "Co"', short_name="@home")))[f"{RES}/values/strings.xml"]
    assert '>Aunt\\\'s &amp; \\"Co\\"<' in told
    assert ">\\@home<" in told


def filter_data(files: dict[str, bytes]) -> dict[str, str]:
    root = ElementTree.fromstring(files["android-files/app/src/main/AndroidManifest.xml"])  # noqa: S314 - our own file
    verified = [one for one in root.iter("intent-filter") if one.get(f"{_ANDROID}autoVerify") == "true"]
    assert len(verified) == 1
    return {
        key.removeprefix(_ANDROID): value for data in verified[0].iter("data") for key, value in data.attrib.items()
    }


def test_links_of_the_clients_host_open_the_android_app(files):
    assert filter_data(files) == {"scheme": "https", "host": "sehat.example", "path": "/"}


def test_below_the_shared_host_only_the_clients_own_path_opens_the_app(brand: Brand):
    texts = {path: text.encode() for path, text in android.texts(replace(brand, hosts=()))}
    assert filter_data(texts) == {"scheme": "https", "host": "careline.test", "pathPrefix": f"/c/{SLUG}/"}


def test_links_of_the_clients_host_open_the_ios_app(files):
    told = plistlib.loads(files["ios-files/App/App/App.entitlements"])
    assert told["com.apple.developer.associated-domains"] == ["applinks:sehat.example", "webcredentials:sehat.example"]
    assert told["aps-environment"] == "production"


def test_the_service_worker_may_run_in_the_ios_app_as_it_is_bound_to_the_host(files):
    told = plistlib.loads(files["ios-files/info-additions.plist"])
    assert told["WKAppBoundDomains"] == ["sehat.example", "localhost"]
    assert json.loads(files["capacitor.config.json"])["ios"]["limitsNavigationsToAppBoundDomains"] is True


@pytest.mark.parametrize("language", ["id", "en"])
def test_ios_says_in_every_language_of_the_client_why_it_asks(files, language: str):
    told = files[f"ios-files/App/App/{language}.lproj/InfoPlist.strings"].decode()
    said = dict(re.findall(r'^"(\w+)" = "(.+)";$', told, re.MULTILINE))
    assert set(said) == {"CFBundleDisplayName", *apple.ASKED}
    assert all("Nusantara" in text for text in said.values())


@pytest.mark.parametrize("folder", [ICON_SET, SPLASH_SET])
def test_apples_catalogues_name_pictures_that_are_there(files, folder: str):
    told = json.loads(files[f"{folder}/Contents.json"])
    assert told["info"] == {"author": "xcode", "version": 1}
    assert {one["filename"] for one in told["images"]} == {
        path.rpartition("/")[2] for path in files if path.startswith(folder) and path.endswith(".png")
    }
    assert [one for one in told["images"] if one.get("appearances") == [{"appearance": "luminosity", "value": "dark"}]]


def test_the_readme_has_the_commands_for_both_systems(files):
    told = files["README.md"].decode()
    for command in ("npm install", "npx cap add android", "npx cap add ios", "npx cap sync"):
        assert f"    {command}\n" in told
    for name in re.findall(r"(android-files|ios-files(?:/App|/info-additions\.plist))", told):
        assert [path for path in files if path.startswith(name)]


@pytest.mark.parametrize("system", ["android", "ios"])
def test_a_brand_in_one_store_gets_the_project_of_that_one_only(brand: Brand, system: str):
    one = replace(brand, stores={system: STORES[system]})
    assert project.platforms(one) == [system]
    told = project.package(one)["dependencies"]
    assert {name for name in told if name in {"@capacitor/android", "@capacitor/ios"}} == {f"@capacitor/{system}"}
    assert project.app_id(one) in {"example.sehat.app", "example.sehat.ios"} & set(STORES[system].values())


def test_no_other_clients_and_no_vendors_name_stands_in_a_text(files):
    texts = {path: content.decode() for path, content in files.items() if not path.endswith(".png")}
    # The plugin that takes pushes, and the keys under which Android looks for their icon, cannot be named otherwise.
    needed = re.compile(r"@capacitor-firebase/messaging|com\.google\.firebase\.messaging\.\w+")
    texts = {path: needed.sub("", text) for path, text in texts.items()}
    other = loader.brand_of(OTHER)
    assert list(leaks(texts, {other.name, other.short_name, OTHER})) == []


def test_the_same_brand_gives_the_same_bytes(brand: Brand, files):
    first = packing.archive(brand)
    pictures._drawn.cache_clear()
    assert packing.archive(brand) == first


def test_the_archive_holds_the_same_files_without_times(brand: Brand, files):
    zipped = zipfile.ZipFile(io.BytesIO(packing.archive(brand)))
    assert {one.filename: zipped.read(one) for one in zipped.infolist()} == {
        f"{SLUG}-app/{path}": content for path, content in files.items()
    }
    assert {one.date_time for one in zipped.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_brand_without_a_store_has_no_pack(app):
    with pytest.raises(RuleRefused) as refused:
        packing.pack(loader.brand_of(SLUG))
    assert refused.value.reason == "branding.app_ids_missing"


def test_the_command_writes_the_project(files, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys):
    give_host(monkeypatch, SLUG, "sehat.example", stores=STORES)
    assert export_app.main([SLUG, "--to", str(tmp_path / "app")]) == 0
    written = {str(path.relative_to(tmp_path / "app")) for path in (tmp_path / "app").rglob("*") if path.is_file()}
    assert written == set(files)
    assert f"{len(files)} files" in capsys.readouterr().out


@pytest.mark.parametrize(("slug", "words"), [("nobody", "there are: indico"), (SLUG, "identifiers under “stores”")])
def test_the_command_says_what_is_missing(app, slug: str, words: str, tmp_path: Path, capsys):
    assert export_app.main([slug, "--to", str(tmp_path)]) == 1
    assert words in capsys.readouterr().out
    assert list(tmp_path.iterdir()) == []


def test_an_administrator_fetches_the_pack(http: FlaskClient, files, monkeypatch: pytest.MonkeyPatch):
    client = branded_client(SLUG)
    give_host(monkeypatch, SLUG, "sehat.example", stores=STORES)
    answer = http.get("/api/v1/studio/app-pack", headers=headers_for(Role.ADMIN, client))
    assert (answer.status_code, answer.mimetype) == (200, "application/zip")
    assert f'filename="{SLUG}-app.zip"' in answer.headers["Content-Disposition"]
    assert len(zipfile.ZipFile(io.BytesIO(answer.data)).namelist()) == len(files)


def test_hr_does_not_fetch_the_pack(http: FlaskClient):
    assert http.get("/api/v1/studio/app-pack", headers=headers_for(Role.HR, branded_client(SLUG))).status_code == 403


def test_without_identifiers_the_api_says_what_to_fill_in(http: FlaskClient):
    answer = http.get("/api/v1/studio/app-pack", headers=headers_for(Role.ADMIN, branded_client(OTHER)))
    assert (answer.status_code, answer.json["reason"]) == (409, "branding.app_ids_missing")
