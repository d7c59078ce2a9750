"""``python -m backend.commands.reseal``: after a rotation, everything kept for long under the newest master key.

National ids, bank accounts, medical notes, consultations, words of hospitals, referrals, the keys of files, dossiers
and recordings and authenticator secrets, in batches that are committed one by one: it may be stopped and started again.
One-time codes, messages on their way and census files live for hours and are left to their end; keep the old key in
CARELINE_OLD_MASTER_KEYS for a day longer.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from backend import database
from backend.access import Scope, working_for
from backend.accounts.service import totp
from backend.clients.models import Client
from backend.complaints.dossier.service import reseal as reseal_dossiers
from backend.conversations.telephone import recording
from backend.documents.service.reseal_documents import reseal_documents
from backend.documents.vault import Vault, vault_of
from backend.funds.service import reseal_fund, reseal_payee_accounts
from backend.guarantees import words as guarantee_words
from backend.helpline.service import reseal_medical_notes
from backend.integrations import registry
from backend.members.service.resealing import reseal_bank_accounts, reseal_national_ids
from backend.privacy.service import reseal as reseal_copies
from backend.referrals.service import reseal_referrals, reseal_requests
from backend.settings import Settings
from backend.telemedicine.service import reseal_teleconsultations

Batch = Callable[[Scope, UUID | None], tuple[UUID | None, int]]
"""One batch after an id: where to go on, and how many were sealed anew."""

_MEMBERS, _NOTES, _FILES = 500, 500, 20
"""A batch holds its rows until it is committed; a document is up to some megabytes."""


@dataclass(frozen=True, slots=True)
class Kind:
    """Something that is sealed: in which columns of the database (files lie in the object store), and a batch of it."""

    name: str
    columns: tuple[str, ...]
    batch: Batch


KINDS: tuple[Kind, ...] = (
    Kind(
        "national ids",
        ("member.national_id_cipher",),
        lambda scope, after: reseal_national_ids(scope, after, _MEMBERS),
    ),
    Kind(
        "bank accounts",
        ("bank_account.number_cipher",),
        lambda scope, after: reseal_bank_accounts(scope, after, _MEMBERS),
    ),
    Kind("fund accounts", ("fund.account_cipher",), lambda scope, after: reseal_fund(scope)),
    Kind(
        "payee accounts",
        ("payee_account.number_cipher",),
        lambda scope, after: reseal_payee_accounts(scope, after, _MEMBERS),
    ),
    Kind("medical notes", ("medical_note.sealed",), lambda scope, after: reseal_medical_notes(scope, after, _NOTES)),
    Kind(
        "consultations",
        (
            "teleconsultation.answers",
            "teleconsultation.diagnoses",
            "teleconsultation.advice",
            "prescription.items",
        ),
        lambda scope, after: reseal_teleconsultations(scope, after, _NOTES),
    ),
    Kind("guarantees", ("guarantee_ask.sealed",), lambda scope, after: guarantee_words.reseal(scope, after, _NOTES)),
    Kind("referrals", ("referral.diagnosis_cipher",), lambda scope, after: reseal_referrals(scope, after, _NOTES)),
    Kind(
        "referral requests",
        ("referral_request.reason_cipher",),
        lambda scope, after: reseal_requests(scope, after, _NOTES),
    ),
    Kind("files", (), lambda scope, after: reseal_documents(scope, _vault(), after, _FILES)),
    Kind("recordings", (), lambda scope, after: recording.reseal(scope, _vault(), after, _FILES)),
    Kind("dossiers", (), lambda scope, after: reseal_dossiers(scope, _vault(), after, _FILES)),
    Kind("copies of a person's data", (), lambda scope, after: reseal_copies(scope, _vault(), after, _FILES)),
)
"""What belongs to a client; authenticators of staff do not."""
STAFF_COLUMNS = ("staff.totp_secret",)
LEFT_TO_THEIR_END = ("one_time_code.envelope", "notification.sealed", "census_import.content")
"""They live for hours."""


def run(clients: Sequence[UUID] | None = None) -> dict[str, int]:
    """How many of each kind were sealed anew, of some clients or of all; staff belong to no client.

    Database and integrations are there. Raises SealBroken when a key that is still needed is missing.
    """
    chosen = _every_client() if clients is None else clients
    done = {kind.name: 0 for kind in KINDS} | {"authenticators": 0}
    for client_id in chosen:
        for kind in KINDS:
            done[kind.name] += _in_batches(client_id, kind.batch)
    for client_id in chosen[:1]:
        with working_for(client_id) as scope:
            done["authenticators"] = totp.reseal_authenticators(scope)
    return done


def _vault() -> Vault:
    return vault_of(registry.current())


def _every_client() -> list[UUID]:
    """Inactive ones too: their people still have a right to their data."""
    unit = database.current().unit(None)
    try:
        return list(unit.session.scalars(select(Client.id).order_by(Client.id)))
    finally:
        unit.close()


def _in_batches(client_id: UUID, batch: Batch) -> int:
    total, after = 0, None
    while True:
        with working_for(client_id) as scope:
            after, changed = batch(scope, after)
        total += changed
        if after is None:
            return total


def main() -> None:
    """Seal anew, say what was done."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    settings = Settings.from_env()
    database.connect(settings.database_url)
    registry.use(registry.Integrations.of(settings))
    for kind, count in run().items():
        print(f"{count} {kind} sealed anew")


if __name__ == "__main__":
    main()
