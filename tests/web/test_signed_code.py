"""What a desk's browser reads without a connection is what the server signed: the two sides agree on every vector."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from typing import Any

import base45
import pytest
from playwright.sync_api import Page

from backend.kit import signed_codes
from backend.kit.signed_codes import CodeType, SignedCode
from backend.web.files import build

pytestmark = pytest.mark.browser

SEED, OTHER = (hashlib.sha256(word).digest() for word in (b"one signer", b"another signer"))
NOW = datetime(2026, 11, 28, 9, tzinfo=UTC)
_READ = """async ([module, text, keys, now]) => {
  const { readCode, revocationMark } = await import(module);
  const { code, problem } = await readCode(text, keys, now);
  return { code, problem, mark: code && (await revocationMark(code)) };
}"""


@pytest.fixture
def read_in_browser(site: str, phone: Page):
    phone.goto(f"{site}/provider/")

    def read(text: str, *seeds: bytes, at: datetime = NOW) -> dict[str, Any]:
        keys = signed_codes.public_keys(seeds or (OTHER, SEED))["keys"]
        arguments = [build().path("provider/signed_code.js"), text, keys, at.timestamp() * 1000]
        answer: dict[str, Any] = phone.evaluate(_READ, arguments)
        return answer

    return read


def code(type_: CodeType = CodeType.REFERRAL, **facts: object) -> SignedCode:
    return SignedCode(type_, "somebody", "4264-0815-3297", NOW, NOW + timedelta(days=30), facts)


VECTORS = [
    *(code(type_, name="Siti") for type_ in CodeType),
    code(CodeType.CARD, card_number="900000000012", name="Budi", plan="GOLD"),
    code(**{name: f"{name} é 日本 😀" for name in signed_codes.FACTS}),
    code(visits=3, urgent=True),
    code(visits=0),
    code(visits=70_000),
    code(visits=2**40),
    code(name="x" * 23),
    code(name="x" * 24),
    code(name="x" * 300),
    code(),
]


@pytest.mark.parametrize("signed", VECTORS, ids=[str(number) for number in range(len(VECTORS))])
def test_what_the_server_signs_the_browser_reads(read_in_browser, signed: SignedCode):
    read = read_in_browser(signed_codes.sign(SEED, signed))
    assert read["problem"] is None
    assert read["code"] == {
        "type": signed.type.value,
        "client": signed.client,
        "number": signed.number,
        "signedAt": NOW.timestamp() * 1000,
        "expiresAt": signed.expires_at.timestamp() * 1000,
        "facts": dict(signed.facts),
    }
    number = signed.facts.get("card_number", signed.number) if signed.type is CodeType.CARD else signed.number
    if signed.type is not CodeType.CARD or "card_number" in signed.facts:
        assert read["mark"] == signed_codes.revocation_mark(signed.type, signed.client, str(number))


def _changed(text: str, place: int) -> str:
    token = bytearray(base45.b45decode(text.removeprefix("CL1:")))
    token[place] ^= 1
    return "CL1:" + base45.b45encode(bytes(token)).decode()


@pytest.mark.parametrize("place", [-1, -30, -64, -70, -80])
def test_a_changed_bit_is_found_out_on_both_sides(read_in_browser, place: int):
    changed = _changed(signed_codes.sign(SEED, code(name="Siti Nurhaliza")), place)
    assert read_in_browser(changed)["problem"] == "tampered"
    assert signed_codes.read([SEED], changed, NOW).problem == "tampered"


@pytest.mark.parametrize(
    "text",
    ["", "  ", "https://somewhere.example/", "CL1:", "CL1:not base45!", "CL1:QED8WEX0", "CL1:::", "CL1:ABCDEFGH"],
)
def test_what_is_no_code_is_named_alike_on_both_sides(read_in_browser, text: str):
    assert read_in_browser(text)["problem"] == signed_codes.read([SEED], text, NOW).problem


def test_a_strangers_key_and_an_old_code_are_named_alike(read_in_browser):
    foreign = signed_codes.sign(hashlib.sha256(b"nobody").digest(), code())
    assert read_in_browser(foreign)["problem"] == "foreign"
    old = read_in_browser(signed_codes.sign(SEED, code(name="Siti")), at=NOW + timedelta(days=30))
    assert (old["problem"], old["code"]["facts"]["name"]) == ("expired", "Siti")
