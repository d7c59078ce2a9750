import shutil
from pathlib import Path

import pytest
import yaml

from backend.branding import loader
from backend.branding.loader import BrandsRefused, read_brands
from backend.clients.registry import ClientFacts
from backend.errors import NotFound
from backend.kit import ids
from tests.conftest import ROOT

SHIPPED = ROOT / "whitelabel_configs"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the shipped folder with one client in it."""
    copy = tmp_path / "brands"
    shutil.copytree(SHIPPED, copy)
    (copy / "indico.yml").unlink()
    return copy


def change(folder: Path, **changes: object) -> None:
    path = folder / "nusantara.yml"
    path.write_text(yaml.safe_dump(yaml.safe_load(path.read_text()) | changes, allow_unicode=True))


@pytest.mark.requirement("S0-87")
def test_every_shipped_brand_is_complete():
    assert set(read_brands(SHIPPED)) == {path.stem for path in SHIPPED.glob("[!_]*.yml")}


def test_the_two_demo_brands_look_and_sound_different():
    one, other = read_brands(SHIPPED).values()
    assert one.colours["light"]["brand"] != other.colours["light"]["brand"]
    assert one.shape != other.shape
    assert one.greeting("en", "text") != other.greeting("en", "text")
    assert one.languages != other.languages


def test_the_default_colours_are_readable_too(folder: Path):
    raw = yaml.safe_load((folder / "nusantara.yml").read_text())
    del raw["colours"]
    (folder / "nusantara.yml").write_text(yaml.safe_dump(raw))
    assert read_brands(folder)["nusantara"].colours["light"]["brand"] == "#1F5F56"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"coulours": {}}, "coulours is not known here; use one of name,"),
        ({"colours": {"light": {"brand": "green"}}}, "colours → light → brand: 'green' is not a colour such as"),
        ({"colours": {"light": {"muted": "#BBBBBB"}}}, "muted on page is hard to read"),
        ({"languages": ["id", "fr"]}, "languages: there is no fr; known are en, id, pt"),
        ({"hotline": {"voice": "0215", "whatsapp": "+62811900257"}}, "hotline → voice: '0215' is not a telephone"),
        ({"logo": {"light": "gone.svg", "dark": "logo-dark.svg", "mark": "mark.svg"}}, "there is no file gone.svg"),
        ({"features": {"refferals": True}}, "features: refferals is not known here; use one of referral_tiers"),
        ({"emergency_number": 112}, "emergency_number: 112 is not a short number in quotes"),
        ({"name": "X"}, "name: 'X' is too short"),
        ({"mail": {"sender": "us"}}, "mail → sender: 'us' is not a mail address such as"),
        ({"support": {"page": "http://x"}}, "support → page: 'http://x' is not an https address"),
        ({"legal_versions": {"privacy": 0, "terms": 1}}, "legal_versions → privacy: 0 is not a whole number, 1 for"),
        ({"menu": {"id": {"text": "Pilih:"}}}, "menu → id: voice is missing"),
    ],
)
def test_a_defect_is_refused_with_its_place_and_a_remedy(folder: Path, changes: dict, words: str):
    change(folder, **changes)
    with pytest.raises(BrandsRefused) as refusal:
        read_brands(folder)
    assert words in str(refusal.value)


def test_all_defects_are_named_at_once(folder: Path):
    change(folder, currency="rupiah", country="Indonesia")
    with pytest.raises(BrandsRefused) as refusal:
        read_brands(folder)
    assert "currency" in str(refusal.value)
    assert "country" in str(refusal.value)


def test_a_logo_with_a_script_is_refused(folder: Path):
    (folder / "assets" / "nusantara" / "mark.svg").write_text('<svg onload="x()"/>')
    with pytest.raises(BrandsRefused, match="holds a script"):
        read_brands(folder)


def test_two_clients_cannot_share_a_number(folder: Path):
    shutil.copy(folder / "nusantara.yml", folder / "other.yml")
    shutil.copytree(folder / "assets" / "nusantara", folder / "assets" / "other")
    with pytest.raises(BrandsRefused, match="nusantara and other have the same voice number"):
        read_brands(folder)


def test_two_clients_cannot_share_a_host_name(folder: Path):
    change(folder, hosts=["care.example"])
    numbers = {"hotline": {"voice": "+62215002999", "whatsapp": "+62811900999"}}
    other = yaml.safe_load((folder / "nusantara.yml").read_text()) | numbers
    (folder / "other.yml").write_text(yaml.safe_dump(other))
    shutil.copytree(folder / "assets" / "nusantara", folder / "assets" / "other")
    with pytest.raises(BrandsRefused, match=r"nusantara and other have the same host name care\.example"):
        read_brands(folder)


@pytest.mark.parametrize("host", ["https://care.example", "care.example/app", "care", "-x.example", ""])
def test_what_is_no_host_name_is_refused(folder: Path, host: str):
    change(folder, hosts=[host])
    with pytest.raises(BrandsRefused, match=r"is not a host name such as"):
        read_brands(folder)


def test_a_file_that_is_no_yaml_is_named(folder: Path):
    (folder / "broken.yml").write_text("name: [")
    with pytest.raises(BrandsRefused, match=r"broken\.yml: cannot be read as YAML"):
        read_brands(folder)


@pytest.mark.parametrize("kind", ["voice", "whatsapp"])
def test_a_hotline_number_names_its_client(kind: str):
    for slug, brand in loader.brands().items():
        assert loader.slug_of_number(kind, getattr(brand.hotline, kind)) == slug
    assert loader.slug_of_number(kind, "+10000000000") is None


def test_features_are_named_and_a_wrong_name_is_a_mistake():
    assert loader.feature("nusantara", "referral_tiers")
    assert not loader.feature("indico", "referral_tiers")
    with pytest.raises(KeyError):
        loader.feature("indico", "no_such_feature")


def test_a_slug_without_a_brand_is_not_found():
    with pytest.raises(NotFound):
        loader.brand_of("nobody")


def test_a_client_without_a_file_has_a_neutral_brand_in_its_own_name():
    client = ClientFacts(ids.new_id(), "new", "New Client", "ID", "IDR", "Asia/Jakarta", ("id",), "id")
    brand = loader.brand_for(client)
    assert brand.greeting("id", "text") == "Halo, ini New Client. Ada yang bisa kami bantu?"
    assert brand.logo["mark"].is_file()


def test_a_brand_cannot_be_changed_after_it_was_read():
    with pytest.raises(TypeError):
        loader.brand_of("indico").features["referral_tiers"] = True  # type: ignore[index]


def test_what_a_client_does_not_say_of_menu_addresses_and_mail_is_empty(folder: Path):
    brand = read_brands(folder)["nusantara"]
    assert (brand.menus, brand.support, brand.mail_sender, brand.typeface) == ({}, {}, "", None)
    assert brand.legal_versions == {"privacy": 1, "terms": 1}


def test_menu_addresses_and_versions_are_read(folder: Path):
    menu = {"id": {"text": "Pilih:", "voice": "Tekan 9 atau 0."}}
    addresses = {"support": {"mail": "halo@sehat.example"}, "mail": {"sender": "surat@sehat.example"}}
    change(folder, menu=menu, **addresses, legal_versions={"privacy": 3, "terms": 2})
    brand = read_brands(folder)["nusantara"]
    assert brand.menus["id"]["voice"] == "Tekan 9 atau 0."
    assert (brand.support["mail"], brand.mail_sender) == ("halo@sehat.example", "surat@sehat.example")
    assert brand.legal_versions == {"privacy": 3, "terms": 2}


def test_greetings_and_texts_are_in_the_clients_words_but_a_legal_text_stands(folder: Path):
    change(folder, glossary={"id": {"employee": "rekan"}}, texts={"id": {"terms": "Setiap karyawan setuju."}})
    texts = read_brands(folder)["nusantara"].texts["id"]
    change(folder, glossary={"en": {"helpline": "care line"}, "id": {"employee": "rekan"}})
    brand = read_brands(folder)["nusantara"]
    assert texts["terms"] == "Setiap karyawan setuju."
    assert brand.greeting("en", "voice").endswith("care line.")


def test_a_typeface_lies_beside_the_logos(folder: Path):
    (folder / "assets" / "nusantara" / "typeface.woff2").write_bytes(b"wOF2")
    typeface = read_brands(folder)["nusantara"].typeface
    assert typeface is not None
    assert typeface.read_bytes() == b"wOF2"
