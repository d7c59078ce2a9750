"""After a rotation of the master key nothing depends on the old one: what is sealed is resealed or short-lived."""

import re

from sqlalchemy import LargeBinary

from backend.commands import reseal
from backend.database import load_models

_SAYS_NOTHING = re.compile(r"digest$|_fingerprint$|_hash$")
"""Marks that cannot be opened."""
NOT_SEALED = {
    "provider_import_part.content",
    "idempotency_record.answer",
    "plan_change.content",
    "brand_asset.content",
}
"""Kept as they are, behind row-level security: files of facilities and of plans, logos, an answer given again."""


def _kept_bytes() -> set[str]:
    return {
        f"{table.name}.{column.name}"
        for table in load_models().tables.values()
        for column in table.columns
        if isinstance(column.type, LargeBinary) and not _SAYS_NOTHING.search(column.name)
    }


def _resealed() -> list[str]:
    of_clients = [column for kind in reseal.KINDS for column in kind.columns]
    return [*of_clients, *reseal.STAFF_COLUMNS, *reseal.LEFT_TO_THEIR_END]


def test_every_sealed_column_is_resealed_or_lives_for_hours():
    assert _kept_bytes() - NOT_SEALED == set(_resealed())


def test_no_column_is_resealed_twice():
    assert len(_resealed()) == len(set(_resealed()))
