"""What is sealed opens only where it was sealed for, and only with its key."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.kit.sealing import KeyRing, SealBroken

OLD, NEW = bytes(32), bytes(range(32))


@given(st.binary(max_size=200), st.text(max_size=40))
def test_a_sealed_value_comes_back(data: bytes, context: str):
    ring = KeyRing([NEW])
    assert ring.unseal(ring.seal(data, context), context) == data


def test_a_value_moved_to_another_place_does_not_open():
    ring = KeyRing([NEW])
    with pytest.raises(SealBroken):
        ring.unseal(ring.seal(b"3174", "member:1"), "member:2")


@pytest.mark.parametrize("position", [0, 2, 8, 20, -1])
def test_a_changed_byte_is_noticed(position: int):
    ring = KeyRing([NEW])
    sealed = bytearray(ring.seal(b"3174010101900001", "member:1"))
    sealed[position] ^= 1
    with pytest.raises(SealBroken):
        ring.unseal(bytes(sealed), "member:1")


def test_values_of_the_old_key_open_after_a_rotation():
    sealed = KeyRing([OLD]).seal(b"kept", "somewhere")
    assert KeyRing([NEW, OLD]).unseal(sealed, "somewhere") == b"kept"


def test_fingerprints_stay_the_same_after_a_rotation():
    assert KeyRing([NEW, OLD]).fingerprint(b"x", "phone") == KeyRing([OLD]).fingerprint(b"x", "phone")


def test_fingerprints_of_two_purposes_differ():
    assert KeyRing([NEW]).fingerprint(b"x", "phone") != KeyRing([NEW]).fingerprint(b"x", "card")
