"""A member changes phone, e-mail, address and bank account, each with a fresh code from the phone on file."""

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from backend.access import Role, working_for
from backend.audit.models import AuditRecord
from backend.kit import clock
from backend.kit.refusal import Refusal
from backend.members.models import BankAccount, Member
from backend.members.rules import details as rules
from backend.members.service.resealing import reseal_bank_accounts
from tests.factories.members import make_dependant, make_member

OLD, NEW = "+6281277771001", "+6281277771002"
ACCOUNT = {"bank": "BCA", "account_number": "123 456-7890", "holder_name": "Rina Hartono"}


@dataclass
class Somebody:
    """A member who is signed in and reads what is sent to their addresses."""

    http: Any
    workplace: Any
    run_jobs: Any
    id: UUID

    @property
    def headers(self):
        return self.workplace.headers(Role.MEMBER, self.id)

    def reads(self, address=OLD):
        """The newest text first."""
        self.run_jobs()
        return [row["text"] for row in self.http.get("/demo/outbox.json").json if row["to"] == address]

    def code(self, address=OLD, **body):
        sent = self.http.post(f"/api/v1/members/{self.id}/change-code", json=body, headers=self.headers)
        assert sent.status_code == 202, sent.json
        return re.search(r"\b\d{6}\b", self.reads(address)[0])[0]

    def changes(self, what, **body):
        return self.http.put(f"/api/v1/members/{self.id}/{what}", json=body, headers=self.headers)

    def stored(self):
        with working_for(self.workplace.client.id) as scope:
            return scope.session.get(Member, (scope.client_id, self.id))


@pytest.fixture
def me(http, workplace, run_jobs):
    with working_for(workplace.client.id) as scope:
        row = make_member(
            scope, plan_id=workplace.plan_id, phone=OLD, email="rina@old.example", language="en", full_name="Rina"
        )
        return Somebody(http, workplace, run_jobs, row.id)


def test_the_code_goes_to_the_phone_on_file_which_is_named_masked(me):
    sent = me.http.post(f"/api/v1/members/{me.id}/change-code", json={}, headers=me.headers)
    assert sent.json == {"sent_to": "+62 ••• 001"}
    assert re.search(r"\b\d{6}\b", me.reads()[0])


def test_an_address_changes_with_the_code(me):
    made = me.changes("contact", code=me.code(), postal_address="Jl. Melati 7, Depok")
    assert made.json == {"phone": OLD, "email": "rina@old.example", "postal_address": "Jl. Melati 7, Depok"}
    assert me.stored().postal_address == "Jl. Melati 7, Depok"


def test_the_old_mail_address_is_told(me):
    me.changes("contact", code=me.code(), email="rina@new.example")
    assert "Contact details changed" in me.reads("rina@old.example")[0]
    assert "Rina" in me.reads("rina@old.example")[0] or "Rina" in me.reads("rina@old.example")[0]


def test_a_new_phone_is_proved_by_a_code_of_its_own_and_the_old_one_is_told(me):
    first = me.code(phone=NEW)
    second = re.search(r"\b\d{6}\b", me.reads(NEW)[0])[0]
    made = me.changes("contact", code=first, new_phone_code=second, phone="081277771002")
    assert made.json["phone"] == NEW
    assert "was changed" in me.reads()[0]


@pytest.mark.parametrize("second", [None, "000000"])
def test_a_new_phone_without_its_code_stays_out(me, second):
    body = {"new_phone_code": second} if second else {}
    refused = me.changes("contact", code=me.code(phone=NEW), phone=NEW, **body)
    assert (refused.status_code, refused.json["reason"]) == (409, "members.new_phone_unproved")
    assert me.stored().phone == OLD


@pytest.mark.parametrize(("what", "body"), [("contact", {"email": "a@b.example"}), ("bank-account", ACCOUNT)])
class TestTheCode:
    def test_a_wrong_one_changes_nothing_and_counts(self, me, what, body):
        right = me.code()
        wrong = "000000" if right != "000000" else "111111"
        for _ in range(5):
            refused = me.changes(what, code=wrong, **body)
            assert (refused.status_code, refused.json["reason"]) == (409, "members.code_wrong")
        assert me.changes(what, code=right, **body).json["reason"] == "members.code_wrong"

    def test_it_is_good_for_one_change(self, me, what, body):
        used = me.code()
        assert me.changes(what, code=used, **body).status_code == 200
        assert me.changes(what, code=used, **body).json["reason"] == "members.code_wrong"

    def test_it_expires(self, me, what, body):
        old = me.code()
        with clock.at(clock.now() + timedelta(minutes=11)):
            assert me.changes(what, code=old, **body).json["reason"] == "members.code_wrong"

    def test_another_purposes_code_does_not_do(self, me, what, body):
        me.http.post("/api/v1/sign-in/code", json={"client": me.workplace.client.slug, "phone": OLD, "channel": "sms"})
        signing_in = re.search(r"\b\d{6}\b", me.reads()[0])[0]
        assert me.changes(what, code=signing_in, **body).json["reason"] == "members.code_wrong"

    def test_the_change_is_in_the_audit_record_without_values(self, me, what, body):
        me.changes(what, code=me.code(), **body)
        with working_for(me.workplace.client.id) as scope:
            kept = scope.session.scalars(
                select(AuditRecord).where(AuditRecord.member_id == me.id, AuditRecord.action == "update")
            ).all()
        assert len(kept) == 1
        assert set(kept[0].fields) <= {"email", "bank", "account_number", "holder_name"}

    def test_nobody_changes_it_for_somebody_they_act_for(self, me, what, body):
        with working_for(me.workplace.client.id) as scope:
            child = make_dependant(scope, scope.session.get(Member, (scope.client_id, me.id)))
        both = me.workplace.headers(Role.MEMBER, me.id, child.id)
        refused = me.http.put(f"/api/v1/members/{child.id}/{what}", json={"code": "123456", **body}, headers=both)
        assert (refused.status_code, refused.json["reason"]) == (403, "members.change_only_oneself")


def test_three_codes_without_a_change_must_wait(me):
    address = f"/api/v1/members/{me.id}/change-code"
    answers = [me.http.post(address, json={}, headers=me.headers).status_code for _ in range(4)]
    assert answers == [202, 202, 202, 429]


def test_without_a_phone_on_file_a_person_has_to_help(me):
    with working_for(me.workplace.client.id) as scope:
        nobody = make_member(scope, plan_id=me.workplace.plan_id, phone=None)
    own = me.workplace.headers(Role.MEMBER, nobody.id)
    refused = me.http.post(f"/api/v1/members/{nobody.id}/change-code", json={}, headers=own)
    assert (refused.status_code, refused.json["reason"]) == (409, "members.no_phone_on_file")


class TestBankAccount:
    def test_it_is_shown_by_its_ending_only(self, me):
        made = me.changes("bank-account", code=me.code(), **ACCOUNT)
        shown = me.http.get(f"/api/v1/members/{me.id}/bank-account", headers=me.headers).json
        assert shown == made.json
        assert (shown["bank"], shown["account_number"], shown["holder_name"]) == ("BCA", "•••• 7890", "Rina Hartono")

    def test_it_is_sealed_at_rest_and_survives_a_new_key(self, me):
        me.changes("bank-account", code=me.code(), **ACCOUNT)
        with working_for(me.workplace.client.id) as scope:
            row = scope.session.scalars(select(BankAccount).where(BankAccount.member_id == me.id)).one()
            assert b"1234567890" not in row.number_cipher
            assert reseal_bank_accounts(scope, None, 10) == (None, 0)

    def test_the_newest_counts_and_the_earlier_one_stays_known(self, me):
        me.changes("bank-account", code=me.code(), **ACCOUNT)
        newer = {**ACCOUNT, "account_number": "9999 8888"}
        assert me.changes("bank-account", code=me.code(), **newer).json["account_number"] == "•••• 8888"
        with working_for(me.workplace.client.id) as scope:
            rows = scope.session.scalars(select(BankAccount).where(BankAccount.member_id == me.id)).all()
        assert len(rows) == 2

    def test_before_the_first_it_is_empty(self, me):
        assert me.http.get(f"/api/v1/members/{me.id}/bank-account", headers=me.headers).json["account_number"] is None

    def test_the_member_is_told(self, me):
        me.changes("bank-account", code=me.code(), **ACCOUNT)
        assert "bank account" in me.reads()[0]


@pytest.mark.parametrize(
    ("number", "kept"),
    [
        ("1234567890", "1234567890"),
        ("000-123-456.78", "00012345678"),
        ("AO06 0040 0000 1234 5678 1013 1", "AO06004000001234567810131"),
        ("0001 0000 1234 5678 9015 7", "000100001234567890157"),
        ("12345", None),
        ("1" * 35, None),
        ("twelve", None),
        ("12 34 ab ! 56", None),
    ],
)
def test_account_numbers_of_any_bank_are_read(number, kept):
    found = rules.account("BCA", number, "Rina")
    assert (None if isinstance(found, Refusal) else found.number) == kept
