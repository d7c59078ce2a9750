"""The master key is replaced: everything still opens, and after resealing it no longer needs the old key."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from uuid import UUID

import pytest
from sqlalchemy import select

from backend.access import Role, working_for
from backend.accounts import digests
from backend.accounts.models import Staff
from backend.clients.registry import ClientFacts
from backend.commands import reseal
from backend.conversations.telephone import recording
from backend.documents.models import Document
from backend.documents.vault import original_name, page_name, vault_of
from backend.funds import accounts
from backend.funds import queries as funds
from backend.helpline import service
from backend.integrations import registry
from backend.kit import ids
from backend.kit.sealing import SealBroken
from backend.members import identity
from backend.members.models import Member
from backend.settings import Settings, SettingsError
from tests.factories.accounts import actor_for, make_staff
from tests.factories.calls import SOUND, make_call, make_recording
from tests.factories.cases import make_case, make_thread
from tests.factories.claims import make_household, make_paper
from tests.factories.clients import make_client
from tests.factories.funds import make_company_account, make_fund, make_provider_account
from tests.factories.members import make_member
from tests.factories.providers import make_provider

NEW = bytes(range(100, 132))
NIK = "3174011705900001"


@dataclass(frozen=True)
class Kept:
    """What a client has that is sealed: a national id, a file with one page, an authenticator."""

    client: ClientFacts
    member_id: UUID
    fingerprint: str
    staff_id: UUID

    def national_id(self) -> str:
        with working_for(self.client.id) as scope:
            return identity.unsealed(
                self.member_id, scope.session.get_one(Member, (self.client.id, self.member_id)).national_id_cipher
            )

    def files(self) -> list[bytes]:
        vault = vault_of(registry.current())
        return [vault.get(name) for name in self.names()]

    def names(self) -> list[str]:
        return [original_name(self.client.id, self.fingerprint), page_name(self.client.id, self.fingerprint, 1)]

    def authenticator(self) -> bytes:
        with working_for(self.client.id) as scope:
            sealed = scope.session.get_one(Staff, self.staff_id).totp_secret
        return digests.unseal(sealed, f"staff.totp_secret:{self.staff_id}")


@pytest.fixture
def kept(app) -> Kept:
    client = make_client()
    fingerprint = ids.new_id().hex
    staff_id = make_staff(client, Role.AGENT)
    with working_for(client.id) as scope:
        member = make_member(scope)
        member.national_id_cipher = identity.sealed(member.id, NIK)
        member.national_id_fingerprint = identity.fingerprint(client.id, NIK)
        make_paper(scope, member.id, content=fingerprint)
        scope.session.get_one(Staff, staff_id).totp_secret = digests.seal(b"secret", f"staff.totp_secret:{staff_id}")
    one = Kept(client, member.id, fingerprint, staff_id)
    vault = vault_of(registry.current())
    for name, data in zip(one.names(), (b"original", b"page"), strict=True):
        vault.store(vault.seal(name, data))
    return one


Rotate = Callable[..., None]


@pytest.fixture
def rotate(app) -> Iterator[Rotate]:
    """Give the process other keys; at the end what was sealed anew goes back under its own."""
    before = registry.current()
    own = before.settings.master_key

    def use(active: bytes, *old: bytes) -> None:
        registry.use(replace(before, settings=replace(before.settings, master_key=active, old_master_keys=old)))

    yield use
    use(own, NEW)
    reseal.run([make_client().id])
    registry.use(before)


def test_what_the_old_key_sealed_opens_after_a_rotation(kept, rotate, settings):
    rotate(NEW, settings.master_key)
    assert (kept.national_id(), kept.files(), kept.authenticator()) == (NIK, [b"original", b"page"], b"secret")


def test_a_national_id_is_found_again_after_a_rotation(kept, rotate, settings):
    before = identity.fingerprint(kept.client.id, NIK)
    rotate(NEW, settings.master_key)
    assert identity.fingerprint(kept.client.id, NIK) == before


def test_without_the_old_key_nothing_opens_before_it_is_resealed(kept, rotate):
    rotate(NEW)
    with pytest.raises(SealBroken):
        kept.national_id()
    with pytest.raises(SealBroken):
        kept.files()


def test_after_resealing_the_old_key_is_not_needed_to_open(kept, rotate, settings):
    rotate(NEW, settings.master_key)
    reseal.run([kept.client.id])
    rotate(NEW)
    assert (kept.national_id(), kept.files(), kept.authenticator()) == (NIK, [b"original", b"page"], b"secret")


def test_a_document_names_the_key_that_seals_it(kept, rotate, settings):
    rotate(NEW, settings.master_key)
    reseal.run([kept.client.id])
    with working_for(kept.client.id) as scope:
        named = scope.session.scalars(select(Document.key_id).where(Document.client_id == kept.client.id)).one()
    assert named == registry.current().settings.keys.seal(b"", "any")[1:5].hex()


def test_resealing_twice_seals_once(kept, rotate, settings):
    rotate(NEW, settings.master_key)
    first, again = reseal.run([kept.client.id]), reseal.run([kept.client.id])
    assert (first["national ids"], first["files"]) == (1, 2)
    assert set(again.values()) == {0}


def test_batches_leave_nobody_out(app, rotate, settings, monkeypatch):
    client = make_client()
    with working_for(client.id) as scope:
        for _ in range(5):
            member = make_member(scope)
            member.national_id_cipher = identity.sealed(member.id, NIK)
    monkeypatch.setattr(reseal, "_MEMBERS", 2)
    rotate(NEW, settings.master_key)
    assert reseal.run([client.id])["national ids"] == 5


def _environment(settings: Settings, old_keys: str) -> dict[str, str]:
    key = base64.b64encode(bytes(range(32))).decode()
    return {
        "CARELINE_MODE": "test",
        "DATABASE_URL": settings.database_url,
        "CARELINE_PUBLIC_URL": "https://careline.test",
        "CARELINE_TOKEN_KEY": "token-key-of-the-tests-0123456789abcdef",
        "CARELINE_MASTER_KEY": key,
        "CARELINE_CARD_KEY": key,
        "CARELINE_OBJECT_STORE": settings.object_store_url,
        "TWILIO_ACCOUNT_SID": "AC" + "0" * 32,
        "TWILIO_AUTH_TOKEN": "twilio-token-of-the-tests",
        "CARELINE_OLD_MASTER_KEYS": old_keys,
    }


def test_a_recording_needs_the_old_key_only_until_it_is_resealed(rotate, settings):
    client = make_client()
    with working_for(client.id) as scope:
        made = make_recording(scope, make_call(scope, make_thread(scope).id).id).id
    rotate(NEW, settings.master_key)
    assert reseal.run([client.id])["recordings"] == 1
    rotate(NEW)
    with working_for(client.id) as scope:
        assert recording.listen(scope, made).data == SOUND


def test_old_keys_are_read_in_their_order(settings):
    keys = [bytes([number]) * 32 for number in (1, 2)]
    listed = ", ".join(base64.b64encode(key).decode() for key in keys)
    assert Settings.from_env(_environment(settings, listed)).old_master_keys == tuple(keys)


def test_an_old_key_that_cannot_be_a_key_is_a_gap(settings):
    with pytest.raises(SettingsError, match="CARELINE_OLD_MASTER_KEYS is not 32 bytes"):
        Settings.from_env(_environment(settings, "c2hvcnQ="))


def test_a_doctors_note_needs_the_old_key_only_until_it_is_resealed(rotate, settings):
    household = make_household()
    case, doctor = make_case(household, reason="doctor"), actor_for(Role.DOCTOR, household.client)
    with working_for(household.client.id, doctor) as scope:
        service.write_medical_note(scope, case.id, "Suspected angina")
    rotate(NEW, settings.master_key)
    assert reseal.run([household.client.id])["medical notes"] == 1
    rotate(NEW)
    with working_for(household.client.id, doctor) as scope:
        assert service.medical_notes(scope, case.id)["items"][0]["text"] == "Suspected angina"


def test_the_accounts_that_money_goes_to_need_the_old_key_only_until_they_are_resealed(rotate, settings):
    client = make_client()
    with working_for(client.id) as scope:
        make_fund(scope)
        hospital = make_provider(scope).id
    make_company_account(client)
    make_provider_account(client, hospital)
    rotate(NEW, settings.master_key)
    done = reseal.run([client.id])
    assert (done["fund accounts"], done["payee accounts"]) == (1, 2)
    rotate(NEW)
    with working_for(client.id) as scope:
        fund, companys = funds.open_fund(scope), funds.account_of_payee(scope, "company", client.id)
        numbers = [
            accounts.opened("fund", fund.id, fund.account_cipher),
            accounts.opened("payee_account", companys.id, companys.number_cipher),
        ]
    assert numbers == ["1234567890", "0123456789"]
