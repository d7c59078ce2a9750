"""A client's paper: what letters, receipts and certificates are drawn on, whoever writes them."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import segno
import typst

from backend.api import dump_json
from backend.branding.loader import Brand


def pdf(template: Path, brand: Brand, name: str, content: Mapping[str, Any], *, qr: str = "") -> bytes:
    """A typst ``template`` as PDF, A4.

    It reads ``content``, with the brand's colours, logo and name beside it, as JSON from its
    input ``name``, and the code for ``qr`` as a drawing from its input ``qr``.
    """
    logo = brand.logo["light"]
    shown = {"colours": dict(brand.colours["light"]), "logo": logo.name, "client": brand.name, **content}
    inputs = {name: dump_json(shown).decode()} | ({"qr": qr_drawing(qr)} if qr else {})
    return typst.compile(  # type: ignore[call-overload,no-any-return]  # its types want input and root alike
        template.read_bytes(), root=logo.parent, format="pdf", ignore_system_fonts=True, sys_inputs=inputs
    )


def qr_drawing(text: str) -> str:
    """A QR code as SVG, without a rim."""
    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(out, kind="svg", border=0, xmldecl=False)
    return out.getvalue().decode()
