"""The first gate, over files that people send and files that attackers make."""

import io
import struct
import zipfile
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from backend.documents import develop as develop_module
from backend.documents.develop import develop, look
from backend.documents.formats.facts import FileFacts
from backend.documents.intake import examine
from backend.documents.rules import Limits
from backend.kit.refusal import Refusal
from tests.factories.documents import photo

LIMITS = Limits()
FORMATS = ("jpeg", "png", "heic", "webp", "pdf")


def _archive() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("run.js", "alert(1)")
    return out.getvalue()


def _pdf(pages: int = 1, **options: object) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, **options)
    for number in range(pages):
        canvas.drawString(72, 720, f"Page {number}")
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _png_bomb(width: int, height: int) -> bytes:
    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack("!I", len(body)) + name + body + struct.pack("!I", zlib.crc32(name + body))

    header = struct.pack("!IIBBBBB", width, height, 8, 0, 0, 0, 0)
    pixels = zlib.compress(bytes(100))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def _archive_in_a_comment(jpeg: bytes) -> bytes:
    """A JPEG that is still an archive when an unpacker reads it from its end: the picture is the comment's tail."""
    archive = _archive()
    return jpeg[:-2] + archive + b"\xff\xd9"


def _with_action(pdf: bytes, action: bytes) -> bytes:
    return pdf.replace(b"/Type /Catalog", b"/Type /Catalog " + action, 1)


def _hostile() -> dict[str, tuple[bytes, str]]:
    jpeg, png = photo()[0], photo(file_format="png")[0]
    gif = io.BytesIO()
    Image.new("RGB", (10, 10)).save(gif, "GIF")
    avif = b"\x00\x00\x00\x1cftypavif\x00\x00\x00\x00avifmif1miaf" + bytes(64)
    open_action = b"/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>"
    return {
        "nothing": (b"", "documents.empty"),
        "text": (b"hello, I am a receipt", "documents.unknown_type"),
        "GIF": (gif.getvalue(), "documents.unknown_type"),
        "SVG": (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "documents.unknown_type"),
        "AVIF": (avif, "documents.unknown_type"),
        "archive": (_archive(), "documents.unknown_type"),
        "program": (b"\x7fELF" + bytes(100), "documents.unknown_type"),
        "ten megabytes and one": (b"\xff\xd8\xff" + bytes(LIMITS.most_bytes), "documents.too_large"),
        "JPEG then archive": (jpeg + _archive(), "documents.polyglot"),
        "JPEG then page": (jpeg + b"<HTML><script>alert(1)</script>", "documents.polyglot"),
        "JPEG then PHP": (jpeg + b"\n<?php system($_GET[0]); ?>", "documents.polyglot"),
        "JPEG then PDF": (jpeg + _pdf(), "documents.polyglot"),
        "PNG then archive": (png + _archive(), "documents.polyglot"),
        "PNG then program": (png + b"MZ\x90\x00" + bytes(50), "documents.polyglot"),
        "WebP then page": (photo(file_format="webp")[0] + b"<script>x</script>", "documents.polyglot"),
        "HEIC then page": (photo(file_format="heic")[0] + b"<script>x</script>", "documents.polyglot"),
        "PDF then archive": (_pdf() + _archive(), "documents.polyglot"),
        "archive inside a JPEG": (_archive_in_a_comment(jpeg), "documents.polyglot"),
        "junk before a PDF": (b"MZ\x00\x00" + _pdf(), "documents.polyglot"),
        "script in a PDF": (_with_action(_pdf(), open_action), "documents.active_pdf"),
        "escaped script in a PDF": (
            _with_action(_pdf(), open_action.replace(b"/JavaScript", b"/J#61vaScript").replace(b"/JS", b"/#4a#53")),
            "documents.active_pdf",
        ),
        "program started by a PDF": (
            _with_action(_pdf(), b"/OpenAction << /S /Launch /F (cmd.exe) >>"),
            "documents.active_pdf",
        ),
        "locked PDF": (_pdf(encrypt=StandardEncryption("secret")), "documents.encrypted_pdf"),
        "long PDF": (_pdf(21), "documents.too_many_pages"),
        "PNG bomb": (_png_bomb(20_000, 20_000), "documents.too_many_pixels"),
        "half a JPEG": (jpeg[: len(jpeg) // 2], "documents.damaged"),
        "half a PNG": (png[: len(png) // 2], "documents.damaged"),
        "half a HEIC": (photo(file_format="heic")[0][:9000], "documents.damaged"),
        "half a WebP": (photo(file_format="webp")[0][:9000], "documents.damaged"),
        "half a PDF": (_pdf()[:500], "documents.damaged"),
        "only a JPEG's first bytes": (b"\xff\xd8\xff\xe0", "documents.damaged"),
    }


@pytest.fixture(autouse=True)
def _patient(monkeypatch):
    monkeypatch.setattr(develop_module, "LOOK_SECONDS", 30.0)


@pytest.fixture(scope="module")
def hostile():
    return _hostile()


@pytest.mark.parametrize("name", sorted(_hostile()))
def test_a_hostile_or_broken_file_is_refused_with_its_reason(hostile, name):
    data, reason = hostile[name]
    answer = examine(data, LIMITS)
    assert isinstance(answer, Refusal)
    assert answer.reason == reason


@pytest.mark.parametrize("file_format", FORMATS)
def test_an_honest_file_is_known_by_its_content(file_format):
    facts = examine(photo(file_format=file_format)[0], LIMITS)
    assert isinstance(facts, FileFacts)
    assert (facts.kind, facts.pages) == (file_format, 1)


def test_the_size_of_a_picture_is_read_without_decoding_it():
    facts = examine(photo(file_format="heic")[0], LIMITS)
    assert (facts.width, facts.height) == (600, 800)


def test_what_phones_append_to_a_photo_is_accepted():
    film = struct.pack("!I", 24) + b"ftypmp42" + bytes(12) + bytes(5000)
    assert isinstance(examine(photo()[0] + film, LIMITS), FileFacts)


def test_the_thorough_look_finds_a_page_hidden_behind_a_second_end_of_image():
    hidden = photo()[0] + b"<script>alert(1)</script>\xff\xd9"
    assert examine(hidden, LIMITS, thorough=True) == Refusal("documents.polyglot")
    assert look(hidden, LIMITS) == Refusal("documents.polyglot")


def test_the_darkroom_counts_the_pages_a_pdf_hides():
    hidden = _pdf(21).replace(b"/Count 21", b"/Count%\n21")
    assert isinstance(examine(hidden, LIMITS), FileFacts)
    answer = look(hidden, LIMITS)
    assert isinstance(answer, Refusal)
    assert answer.reason == "documents.too_many_pages"


def test_a_file_only_the_decoder_finds_broken_is_refused():
    whole = photo(file_format="png")[0]
    broken = whole[:3000] + bytes(2000) + whole[5000:]
    assert isinstance(examine(broken, LIMITS), FileFacts)
    assert develop(broken, LIMITS) == Refusal("documents.damaged")


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(FORMATS), st.data())
def test_no_mutation_makes_the_gate_fall_over(file_format, data):
    whole = bytearray(photo(file_format=file_format)[0][:6000])
    for at, value in data.draw(st.lists(st.tuples(st.integers(0, 400), st.integers(0, 255)), max_size=8)):
        whole[at] = value
    cut = data.draw(st.integers(0, len(whole)))
    assert isinstance(examine(bytes(whole[:cut]), LIMITS), FileFacts | Refusal)
