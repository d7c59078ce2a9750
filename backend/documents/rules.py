"""What may come in, what counts as a good photo, how long it is kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from backend.kit.refusal import Refusal

EMPTY = "documents.empty"
TOO_LARGE = "documents.too_large"
UNKNOWN_TYPE = "documents.unknown_type"
TOO_MANY_PIXELS = "documents.too_many_pixels"
TOO_MANY_PAGES = "documents.too_many_pages"
POLYGLOT = "documents.polyglot"
ACTIVE_PDF = "documents.active_pdf"
ENCRYPTED_PDF = "documents.encrypted_pdf"
DAMAGED = "documents.damaged"
NOT_READY = "documents.not_ready"
REFUSED = "documents.refused"
NO_FILE = "documents.no_file"
BROKEN_UPLOAD = "documents.broken_upload"
REASONS = (
    EMPTY,
    TOO_LARGE,
    UNKNOWN_TYPE,
    TOO_MANY_PIXELS,
    TOO_MANY_PAGES,
    POLYGLOT,
    ACTIVE_PDF,
    ENCRYPTED_PDF,
    DAMAGED,
    NOT_READY,
    REFUSED,
    NO_FILE,
    BROKEN_UPLOAD,
)

DARK = "dark"
BLURRED = "blurred"
CUT = "cut"
SMALL = "small"
PROBLEMS = (DARK, BLURRED, CUT, SMALL)

KEEP_YEARS = 10

LIKENESS_BITS = 256
_PIECE_BITS = 12

SURE = 0.85
"""From this confidence (0..1) on what was read may stand as if typed; below it is shown as doubtful."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may be. 40 million pixels is the largest camera of a common phone in its normal mode."""

    most_bytes: int = 10_000_000
    most_pixels: int = 40_000_000
    most_pages: int = 20


LIMITS = Limits()


def refusal(reason: str, limits: Limits) -> Refusal:
    """The refusal for a reason of this domain, with the limit that was passed where there is one."""
    figures = {
        TOO_LARGE: {"most_megabytes": limits.most_bytes // 1_000_000},
        TOO_MANY_PIXELS: {"most_megapixels": limits.most_pixels // 1_000_000},
        TOO_MANY_PAGES: {"most_pages": limits.most_pages},
    }
    return Refusal(reason, figures.get(reason, {}))


def over_limits(width: int | None, height: int | None, pages: int | None, limits: Limits) -> Refusal | None:
    """Refusal when a picture has too many pixels or a PDF too many pages; unknown figures pass here and are
    checked again when the darkroom has counted them."""
    if width is not None and height is not None and width * height > limits.most_pixels:
        return refusal(TOO_MANY_PIXELS, limits)
    if pages is not None and pages > limits.most_pages:
        return refusal(TOO_MANY_PAGES, limits)
    return None


@dataclass(frozen=True, slots=True)
class Measures:
    """What the darkroom measured on one page.

    `brightness` is the grey level (0..255) that the paper reaches, `sharpness` how steep the edges of the print
    are (1 = from ink to paper within one pixel), `cut` the share of the picture's rim that has print on it,
    `short_side` the page's shorter side in pixels.
    """

    brightness: float
    sharpness: float
    cut: float
    short_side: int


# Set on photographed receipts of known blur, light and cut (tests/backend/documents/test_quality.py).
DARKEST_PAPER = 95.0
SOFTEST_EDGE = 0.30
MOST_PRINT_ON_RIM = 0.008
SHORTEST_SIDE = 500


def problems(pages: list[Measures]) -> list[str]:
    """What is wrong with the photo, in the order a person would fix it; empty when it can be read."""
    found = set()
    for page in pages:
        if page.brightness < DARKEST_PAPER:
            found.add(DARK)
        if page.sharpness < SOFTEST_EDGE:
            found.add(BLURRED)
        if page.cut > MOST_PRINT_ON_RIM:
            found.add(CUT)
        if page.short_side < SHORTEST_SIDE:
            found.add(SMALL)
    return [problem for problem in PROBLEMS if problem in found]


def keep_until(received_on: date) -> date:
    """The last day a document is kept: ten years, as accounting records (UU 8/1997; domain.md section 4).

    A document of 29 February is kept until 28 February.
    """
    try:
        return received_on.replace(year=received_on.year + KEEP_YEARS)
    except ValueError:
        return received_on.replace(year=received_on.year + KEEP_YEARS, day=28)


READERS = frozenset({"claims", "doctor", "agent", "finance", "system"})


def may_open(
    role: str, actor_id: object, member_ids: tuple[object, ...], uploaded_by: object, member_id: object
) -> bool:
    """Who may see a paper: who sent it, the member it belongs to, and those who work on claims and cases.

    The employer never sees medical papers, whatever its role allows elsewhere (S1-19 sends them through HR on
    paper; here they go past it).
    """
    if actor_id is not None and uploaded_by == actor_id:
        return True
    return role in READERS or (role == "member" and member_id in member_ids)


def pieces(bits: str) -> list[int]:
    """The likeness of a page cut in 21 pieces of twelve bits, each numbered by its place and its bits.

    Two likenesses that differ in at most twenty bits share a piece for certain; at forty nineteen in twenty do.
    """
    count = len(bits) // _PIECE_BITS
    return [
        (place << _PIECE_BITS) | int(bits[place * _PIECE_BITS : (place + 1) * _PIECE_BITS], 2) for place in range(count)
    ]


def plain_number(text: str) -> str | None:
    """The number of a receipt without case, spaces and signs, to compare by; None when nothing is left."""
    return "".join(letter for letter in text.casefold() if letter.isalnum()) or None
