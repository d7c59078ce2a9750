import hashlib
from datetime import UTC, datetime, timedelta

import base45
import cbor2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.kit import signed_codes
from backend.kit.signed_codes import CodeType, Problem, SignedCode

SEED = hashlib.sha256(b"one signer").digest()
OTHER = hashlib.sha256(b"another signer").digest()
NOW = datetime(2026, 11, 28, 9, tzinfo=UTC)

_CARD_OF_OLD = (
    "CL1:RRQXO8 600GK+49*2158IZ-RDS7*N6%70$+D-CCWY0.ND3AJFN00OD0L7/E7360E9EXF6100A92TOCA/D/E7360YKEU09*S91T0."
    "NDH8O27BGAN*NU.DLJ6TKM2AMVOGV0R7V036TN3NNKVPM31OV5ED4L6ABD7EBNAWETE70GWCEI2J6CQQ6*KRZPN$8*TV9*0EBLVTS/5B"
)


def code(type_: CodeType = CodeType.REFERRAL, **facts: object) -> SignedCode:
    return SignedCode(type_, "somebody", "7K3M9Q2XW4HT", NOW, NOW + timedelta(days=30), facts)


@given(
    type_=st.sampled_from(CodeType),
    number=st.text(min_size=1, max_size=30),
    facts=st.dictionaries(st.sampled_from(sorted(signed_codes.FACTS)), st.text(max_size=40) | st.integers(0, 10**12)),
)
def test_what_was_signed_is_read_back(type_: CodeType, number: str, facts: dict):
    signed = SignedCode(type_, "somebody", number, NOW, NOW + timedelta(days=30), facts)
    reading = signed_codes.read([OTHER, SEED], signed_codes.sign(SEED, signed), NOW)
    assert reading.problem is None
    assert reading.code == signed


def test_a_code_fits_a_small_qr():
    text = signed_codes.sign(
        SEED, code(name="Siti Nurhaliza Wijaya", facility="RS Harapan Sehat", specialty="cardiology")
    )
    assert len(text) < 400, "a phone's camera reads it from another phone's screen"


@pytest.mark.parametrize("type_", CodeType)
def test_whoever_changes_a_bit_of_it_is_found_out(type_: CodeType):
    token = bytearray(base45.b45decode(signed_codes.sign(SEED, code(type_)).removeprefix("CL1:")))
    token[-70] ^= 1  # the last byte of the payload, before the 64 of the signature and its head
    changed = "CL1:" + base45.b45encode(bytes(token)).decode()
    assert signed_codes.read([SEED], changed, NOW) == signed_codes.Reading(None, Problem.TAMPERED)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", Problem.UNREADABLE),
        ("  ", Problem.UNREADABLE),
        ("https://somewhere.example/", Problem.FOREIGN),
        ("CL1:", Problem.UNREADABLE),
        ("CL1:not base45!", Problem.UNREADABLE),
        ("CL1:QED8WEX0", Problem.UNREADABLE),
        (signed_codes.sign(OTHER, code()), Problem.FOREIGN),
    ],
)
def test_what_is_no_code_of_ours_is_named(text: str, problem: Problem):
    assert signed_codes.read([SEED], text, NOW) == signed_codes.Reading(None, problem)


def test_a_code_is_told_apart_from_what_it_is_not_worth_any_more():
    text = signed_codes.sign(SEED, code(name="Siti"))
    late = signed_codes.read([SEED], text, NOW + timedelta(days=30))
    assert late.problem is Problem.EXPIRED
    assert late.code is not None
    assert late.code.facts["name"] == "Siti"


def test_cards_that_people_carry_already_stay_as_they_are():
    """The bytes before there were other codes: a card has no type claim."""
    facts = {"card_number": "2", "name": "Ann", "plan": "GOLD"}
    card = SignedCode(CodeType.CARD, "n", "1", NOW, NOW + timedelta(hours=48), facts)
    assert signed_codes.read([SEED], _CARD_OF_OLD, NOW).code == card
    assert said_by(signed_codes.sign(SEED, card)) == said_by(_CARD_OF_OLD)


def said_by(text: str) -> dict:
    """The payload without the moment of signing, which the library adds by the machine's clock."""
    payload = cbor2.loads(cbor2.loads(base45.b45decode(text.removeprefix("CL1:"))).value[2])
    return {claim: said for claim, said in payload.items() if claim != 5}


def test_the_mark_of_a_revoked_code_differs_by_type_client_and_number():
    marks = {
        signed_codes.revocation_mark(type_, client, number)
        for type_ in CodeType
        for client in ("a", "b")
        for number in ("1", "2")
    }
    assert len(marks) == 4 * len(CodeType)
    assert all(len(mark) == 16 for mark in marks)
