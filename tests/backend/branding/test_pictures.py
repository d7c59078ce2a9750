"""From one mark and the brand's colours comes every picture, in exactly its size and with nothing cut off."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from flask.testing import FlaskClient
from PIL import Image

from backend.branding import links, loader, pictures
from backend.branding.pictures import PICTURES, SCREENS, Picture, drawn

SLUGS = sorted(loader.brands())
SOLID = sorted(name for name, picture in PICTURES.items() if picture.ground and not name.startswith("splash"))
SOLID += [SCREENS[5].name(scheme) for scheme in pictures.SCHEMES]  # the other screens differ in size only
_DISC = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100">'
    '<circle cx="50" cy="50" r="50" fill="#1144aa"/>{}</svg>'
)


def pixels_of(slug: str, picture: Picture) -> np.ndarray:
    image = Image.open(io.BytesIO(drawn(loader.brand_of(slug), picture)))
    return np.asarray(image.convert("RGBA")).astype(np.int16)


def rgb(colour: str) -> np.ndarray:
    return np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)])


def inked(pixels: np.ndarray) -> np.ndarray:
    """Rows and columns of everything that differs from the upper left corner."""
    return np.argwhere(np.abs(pixels[..., :3] - pixels[0, 0, :3]).max(axis=-1) > 12)


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_has_exactly_its_size(name: str):
    picture = PICTURES[name]
    image = Image.open(io.BytesIO(drawn(loader.brand_of(SLUGS[0]), picture)))
    assert image.size == (picture.width, picture.height)
    assert image.format == "PNG"


@pytest.mark.parametrize("name", SOLID)
@pytest.mark.parametrize("slug", SLUGS)
def test_the_ground_reaches_every_corner_in_the_clients_own_colour(slug: str, name: str):
    picture = PICTURES[name]
    pixels = pixels_of(slug, picture)
    ground = rgb(loader.brand_of(slug).colours[picture.scheme][picture.ground])
    corners = [pixels[0, 0], pixels[0, -1], *([] if picture.titled else [pixels[-1, 0], pixels[-1, -1]])]
    assert all((corner[:3] == ground).all() and corner[3] == 255 for corner in corners)


@pytest.mark.parametrize("side", [192, 512])
@pytest.mark.parametrize("slug", SLUGS)
def test_the_mark_of_a_maskable_icon_lies_in_the_safe_circle(slug: str, side: int):
    marked = inked(pixels_of(slug, PICTURES[f"icon-maskable-{side}.png"]))
    assert len(marked) > side * side * 0.05, "a mark that cannot be seen would be safe too"
    assert np.hypot(*(marked - (side - 1) / 2).T).max() <= 0.4 * side


@pytest.mark.parametrize("name", [screen.name(scheme) for screen in SCREENS for scheme in pictures.SCHEMES])
def test_a_start_screen_shows_the_mark_in_its_middle(name: str):
    picture = PICTURES[name]
    marked = inked(pixels_of(SLUGS[0], picture))
    middle = (marked.min(axis=0) + marked.max(axis=0)) / 2
    assert np.abs(middle - [picture.height / 2, picture.width / 2]).max() <= picture.mark * 0.12
    assert 0.15 * picture.width < np.ptp(marked[:, 1]) < 0.6 * picture.width


def test_a_dark_mark_is_seen_on_the_dark_start_screen_as_it_stands_on_a_light_tile():
    slug = SLUGS[-1]
    pixels = pixels_of(slug, PICTURES[SCREENS[0].name("dark")])
    tile = rgb(loader.brand_of(slug).colours["light"]["brand_soft"])
    height, width = pixels.shape[:2]
    beside_the_mark = pixels[height // 2, width // 2 - round(PICTURES[SCREENS[0].name("dark")].mark * 0.7)]
    assert (beside_the_mark[:3] == tile).all()


@pytest.mark.parametrize("name", sorted(name for name, picture in PICTURES.items() if picture.opaque))
def test_what_apple_shows_has_no_alpha_channel(name: str):
    assert Image.open(io.BytesIO(drawn(loader.brand_of(SLUGS[0]), PICTURES[name]))).mode == "RGB"


def branded(folder: Path, ornament: str) -> loader.Brand:
    """A brand whose mark is a disc with something on it."""
    mark = folder / "mark.svg"
    mark.write_text(_DISC.format(ornament))
    brand = loader.brand_of(SLUGS[0])
    return replace(brand, logo={**brand.logo, "mark": mark})


def test_a_silhouette_is_white_and_keeps_what_is_drawn_on_the_mark_as_a_hole(tmp_path: Path):
    brand = branded(tmp_path, '<rect x="40" y="40" width="20" height="20" fill="#ffffff"/>')
    pixels = np.asarray(Image.open(io.BytesIO(drawn(brand, pictures.silhouette(100)))))
    assert (pixels[..., :3] == 255).all()
    assert (pixels[50, 20, 3], pixels[50, 50, 3], pixels[1, 1, 3]) == (255, 0, 0)


def test_a_mark_of_one_colour_stays_whole_as_a_silhouette(tmp_path: Path):
    pixels = np.asarray(Image.open(io.BytesIO(drawn(branded(tmp_path, ""), pictures.silhouette(100)))))
    assert pixels[50, 50, 3] == 255


def test_the_social_picture_shows_the_name_to_the_right_of_the_mark():
    brand = loader.brand_of(SLUGS[0])
    named = pixels_of(SLUGS[0], PICTURES["social.png"])
    other = replace(brand, name="I")
    shorter = np.asarray(Image.open(io.BytesIO(drawn(other, PICTURES["social.png"]))).convert("RGBA")).astype(np.int16)
    differs = np.argwhere(np.abs(named - shorter).max(axis=-1) > 12)
    assert differs[:, 1].min() > 380


def test_the_same_brand_gives_the_same_bytes():
    brand = loader.brand_of(SLUGS[0])
    first = drawn(brand, PICTURES["social.png"])
    pictures._drawn.cache_clear()
    assert drawn(brand, PICTURES["social.png"]) == first


def test_a_mark_that_is_no_svg_still_gives_a_favicon(tmp_path: Path):
    brand = loader.brand_of(SLUGS[0])
    mark = tmp_path / "mark.png"
    mark.write_bytes(drawn(brand, pictures.plain(512)))
    assert b"data:image/png;base64," in pictures.favicon(replace(brand, logo={**brand.logo, "mark": mark}))


@pytest.mark.parametrize("slug", SLUGS)
def test_every_picture_that_the_shell_names_is_there_in_the_size_it_says(http: FlaskClient, slug: str):
    shell = http.get(f"/c/{slug}/").text
    named = re.findall(rf'(?:href|content)="[^"]*(/c/{slug}/[\w-]+\.png)"', shell)
    assert len(named) == 3 + len(SCREENS) * 2
    for path in named[:6]:
        picture = PICTURES[path.rpartition("/")[2]]
        assert Image.open(io.BytesIO(http.get(path).data)).size == (picture.width, picture.height)


def test_a_device_finds_one_start_screen_of_exactly_its_pixels(http: FlaskClient):
    shell = http.get(f"/c/{SLUGS[0]}/").text
    found = re.findall(r'startup-image" media="([^"]+)" href="[^"]+splash-(\d+)x(\d+)-(\w+)\.png"', shell)
    assert len({media for media, *_ in found}) == len(found) == len(SCREENS) * 2
    for media, width, height, scheme in found:
        across, down, ratio = map(int, re.findall(r": (\d+)", media))
        assert (across * ratio, down * ratio) == (int(width), int(height))
        assert f"(prefers-color-scheme: {scheme})" in media


def test_a_shared_link_shows_name_tagline_and_picture_by_absolute_addresses(http: FlaskClient):
    slug = SLUGS[0]
    brand, shell = loader.brand_of(slug), http.get(f"/c/{slug}/").text
    shown = dict(re.findall(r'<meta property="(og:[\w:]+)" content="([^"]*)"', shell))
    assert shown["og:title"] == brand.name
    assert shown["og:description"] == brand.texts[brand.default_language]["tagline"]
    assert shown["og:url"] == links.home(brand)
    assert shown["og:image"] == f"{links.origin(brand)}/c/{slug}/social.png"
    assert '<meta name="twitter:card" content="summary_large_image">' in shell


def test_the_bar_around_the_app_has_a_colour_for_light_and_for_dark(http: FlaskClient):
    brand, shell = loader.brand_of(SLUGS[0]), http.get(f"/c/{SLUGS[0]}/").text
    found = dict(re.findall(r'theme-color" media="\(prefers-color-scheme: (\w+)\)" content="([^"]+)"', shell))
    assert found == {scheme: brand.colours[scheme]["page"] for scheme in ("light", "dark")}
