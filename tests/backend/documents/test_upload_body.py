"""One file out of a multipart body, whatever else is in it and however the server hands it over."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.documents import rules, upload_body
from backend.documents.rules import LIMITS
from backend.documents.upload_body import Bounded, read_file
from backend.kit.refusal import Refusal

KIND = "multipart/form-data; boundary=edge"
# Pieces that a delimiter is made of, so that files come close to holding one.
_DATA = st.lists(st.sampled_from([b"\r\n", b"--", b"edge", b"\r", b"\n", b"-", b"\x00", b"paper"]), max_size=12).map(
    b"".join
)


def _part(data: bytes, name: str = "file") -> bytes:
    head = f'--edge\r\nContent-Disposition: form-data; name="{name}"; filename="a"\r\nContent-Type: image/jpeg\r\n\r\n'
    return head.encode() + data + b"\r\n"


class _Trickle(io.BytesIO):
    """A server that never gives more than a few bytes."""

    def read(self, size: int | None = -1, /) -> bytes:
        return super().read(min(size or 0, 7))


@given(data=_DATA, tail=st.sampled_from([b"--edge--\r\n", b"--edge--", b"--edge\r\n", b"", b"--edge--\r\nmore"]))
def test_a_single_part_is_cut_out_as_the_parser_would(data, tail):
    body = _part(data) + tail
    cut = upload_body._only_part(body, b"edge", b"file")
    assert cut is None or cut == upload_body._parsed(body, b"edge", b"file")


@pytest.mark.parametrize("data", [b"paper", b"", b"pa\r\n--edg\r\nper"])
def test_the_body_of_the_app_is_read_without_the_parser(data, monkeypatch):
    monkeypatch.setattr(upload_body, "_parsed", None)
    assert read_file(io.BytesIO(_part(data) + b"--edge--\r\n"), KIND, LIMITS) == data


@pytest.mark.parametrize(
    "body",
    [
        _part(b"note", "comment") + _part(b"paper") + b"--edge--\r\n",
        _part(b"paper") + _part(b"second") + b"--edge--\r\n",
        b"\r\n" + _part(b"paper") + b"--edge--\r\n",
        _part(b"paper").replace(b"Content-Disposition", b"CONTENT-disposition") + b"--edge--\r\n",
    ],
    ids=["after a field", "before another file", "after an empty line", "a header in other letters"],
)
def test_the_first_file_is_taken_wherever_it_stands(body):
    assert read_file(_Trickle(body), KIND, LIMITS) == b"paper"


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (_part(b"paper", "other") + b"--edge--\r\n", rules.NO_FILE),
        (_part(b"paper"), rules.BROKEN_UPLOAD),
        (_part(b"paper")[:-4], rules.BROKEN_UPLOAD),
        (b"", rules.BROKEN_UPLOAD),
        (_part(b"x" * (LIMITS.most_bytes + upload_body.MOST_AROUND)) + b"--edge--\r\n", rules.TOO_LARGE),
    ],
    ids=["another field", "no end", "cut off", "nothing", "too long"],
)
def test_what_is_no_file_is_refused_with_its_reason(body, reason):
    refusal = read_file(io.BytesIO(body), KIND, LIMITS)
    assert isinstance(refusal, Refusal)
    assert refusal.reason == reason


def test_a_server_is_never_asked_for_more_than_the_announced_length():
    class Strict(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            assert 0 <= (size or 0) <= len(self.getvalue()) - self.tell()
            return super().read(size)

    body = _part(b"paper") + b"--edge--\r\n"
    assert read_file(Bounded(Strict(body), len(body)), KIND, LIMITS) == b"paper"
