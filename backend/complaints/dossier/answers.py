"""Dossiers as the API answers them."""

from __future__ import annotations

from typing import Any

from backend.complaints.dossier.models import Dossier


def shown(row: Dossier) -> dict[str, Any]:
    """A dossier as the API answers it."""
    return {
        "id": row.id,
        "complaint_id": row.complaint_id,
        "reader": row.reader,
        "language": row.language,
        "state": row.state,
        "requested_at": row.created_at,
        "made_at": row.made_at,
        "entries": row.entries,
        "head": row.head,
        "pdf_bytes": row.pdf_bytes,
        "zip_bytes": row.zip_bytes,
        "keep_until": row.keep_until,
    }
