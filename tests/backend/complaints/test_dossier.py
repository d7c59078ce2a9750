"""A dossier from the request to the file in a reader's hands."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pypdfium2
import pytest
from sqlalchemy import select

from backend.access import Role, working_for
from backend.audit.models import AuditRecord
from backend.commands import verify_dossier
from backend.complaints import tasks
from backend.complaints.dossier import making, queries, service
from backend.complaints.dossier.archive import stored_name
from backend.complaints.dossier.models import Dossier
from backend.complaints.service import lodge
from backend.conversations.queries import conversation_of_member
from backend.documents.vault import vault_of
from backend.errors import Forbidden
from backend.helpline import service as helpline
from backend.integrations import registry
from backend.kit import clock, ids
from backend.kit.sealing import key_ring
from backend.members.models import Consent
from tests.factories.claims import make_household
from tests.factories.dossiers import (
    NIK,
    PHOTO,
    Matter,
    entries_of,
    files_of,
    make_dossier,
    make_matter,
    say,
    write_medical_note,
)
from tests.factories.members import make_member
from tests.query_counter import counted_queries


@pytest.fixture(scope="module")
def matter(app):
    return make_matter(make_household(language="id"))


def consent_to_disclosure(matter) -> None:
    moment = clock.now()
    with working_for(matter.household.client.id) as scope:
        scope.session.add(
            Consent(
                client_id=scope.client_id,
                id=ids.new_id(),
                created_at=moment,
                member_id=matter.household.employee_id,
                purpose="medical_disclosure",
                wording="…",
                language="id",
                channel="app",
                given_at=moment,
            )
        )


def address(matter, dossier_id=None, form: str = "") -> str:
    path = f"/api/v1/complaints/{matter.complaint_id}/dossiers"
    return f"{path}/{dossier_id}{form}" if dossier_id else path


def paper_of(matter, dossier_id) -> str:
    document = pypdfium2.PdfDocument(files_of(matter, dossier_id)["dossier.pdf"])
    return "\n".join(page.get_textpage().get_text_bounded() for page in document)


def all_words(matter, dossier_id) -> str:
    """Everything a reader can find in it, the pictures apart."""
    texts = [data.decode() for name, data in files_of(matter, dossier_id).items() if name.endswith((".json", ".jsonl"))]
    return "\n".join([*texts, paper_of(matter, dossier_id)])


@pytest.mark.requirement("S0-94")
class TestAsking:
    def test_a_member_asks_the_worker_makes_it_and_both_files_come(self, http, run_jobs, app):
        own = make_matter(make_household(language="id"))
        body = {"reader": "member", "language": "id"}
        asked = http.post(address(own), json=body, headers=own.household.headers)
        assert (asked.status_code, asked.json["state"]) == (202, "waiting")
        early = http.get(address(own, asked.json["id"], ".pdf"), headers=own.household.headers)
        assert (early.status_code, early.json["reason"]) == (409, "complaints.dossier_not_ready")
        run_jobs()
        ready = http.get(address(own, asked.json["id"]), headers=own.household.headers).json
        assert (ready["state"], ready["entries"] > 20) == ("ready", True)
        pdf = http.get(address(own, ready["id"], ".pdf"), headers=own.household.headers)
        archive = http.get(address(own, ready["id"], ".zip"), headers=own.household.headers)
        assert (pdf.data[:5], archive.data[:2]) == (b"%PDF-", b"PK")
        assert (len(pdf.data), len(archive.data)) == (ready["pdf_bytes"], ready["zip_bytes"])
        assert pdf.headers["Cache-Control"] == "private, no-store"

    def test_asking_twice_while_it_is_made_gives_one(self, http, matter):
        body = {"reader": "ombudsman", "language": "pt"}
        headers = matter.household.staff(Role.CLAIMS)
        first = http.post(address(matter), json=body, headers=headers).json["id"]
        assert http.post(address(matter), json=body, headers=headers).json["id"] == first
        other = http.post(address(matter), json=body | {"language": "en"}, headers=headers).json["id"]
        assert other != first

    def test_the_same_key_gives_the_same_answer(self, http, matter):
        headers = matter.household.staff(Role.ADMIN) | {"Idempotency-Key": ids.new_secret()}
        body = {"reader": "internal", "language": "en"}
        answers = [http.post(address(matter), json=body, headers=headers).json for _ in range(2)]
        assert answers[0] == answers[1]

    def test_a_job_that_runs_twice_makes_it_once(self, matter):
        dossier_id = make_dossier(matter, "internal", "en")
        with matter.scope_of(Role.ADMIN) as scope:
            before = queries.dossier(scope, matter.complaint_id, dossier_id).made_at
        tasks.make_dossier(str(matter.household.client.id), str(dossier_id))
        with matter.scope_of(Role.ADMIN) as scope:
            assert queries.dossier(scope, matter.complaint_id, dossier_id).made_at == before

    @pytest.mark.parametrize("reader", ["regulator", "ombudsman", "internal"])
    @pytest.mark.parametrize("role", [Role.MEMBER, Role.AGENT])
    def test_members_and_agents_get_the_members_dossier_only(self, http, matter, reader, role):
        headers = matter.household.headers if role is Role.MEMBER else matter.household.staff(role)
        refused = http.post(address(matter), json={"reader": reader, "language": "en"}, headers=headers)
        assert (refused.status_code, refused.json["reason"]) == (403, "complaints.dossier_not_for_this_role")
        made = make_dossier(matter, reader, "en")
        for form in ("", ".pdf", ".zip"):
            assert http.get(address(matter, made, form), headers=headers).status_code == 404
        listed = http.get(address(matter), headers=headers).json["items"]
        assert {one["reader"] for one in listed} <= {"member"}

    def test_what_staff_take_away_is_on_the_members_record(self, http, matter):
        made = make_dossier(matter, "regulator", "en")
        assert http.get(address(matter, made, ".zip"), headers=matter.household.staff(Role.CLAIMS)).status_code == 200
        with working_for(matter.household.client.id) as scope:
            wanted = select(AuditRecord.action, AuditRecord.fields, AuditRecord.member_id).where(
                AuditRecord.client_id == scope.client_id, AuditRecord.object_id == made
            )
            rows = [tuple(row) for row in scope.session.execute(wanted.order_by(AuditRecord.at))]
        member = matter.household.employee_id
        assert rows == [("create", ["regulator", "en"], member), ("export", ["zip", "regulator"], member)]

    def test_a_dossier_tells_the_thread_of_whoever_asked_and_nobody_else_of_the_family_reads_it(self, app, http):
        own = make_matter(make_household())
        with working_for(own.household.client.id) as scope:
            spouse = make_member(scope, employee_id=own.household.employee_id, relationship="spouse")
            scope.session.get_one(Dossier, (scope.client_id, make_dossier(own, "member"))).told_by_id = spouse.id
        listed = http.get(address(own), headers=own.household.headers).json["items"]
        assert listed == []


class TestWhatStandsInIt:
    def test_everything_of_the_matter_is_told_in_order(self, matter):
        entries = entries_of(matter, make_dossier(matter, "internal", "id"))
        kinds = {entry["kind"] for entry in entries}
        assert kinds >= {"dossier", "step", "claim", "claim_event", "message", "document", "notice", "case"}
        assert kinds >= {"call_began", "call_ended", "case_step", "case_note", "case_summary"}
        moments = [entry["at"] for entry in entries[1:]]
        assert moments == sorted(moments)

    def test_words_about_another_matter_stay_out(self, matter):
        words = all_words(matter, make_dossier(matter, "internal", "id"))
        assert "Klaim saya dikembalikan lagi" in words
        assert "kacamata" not in words

    @pytest.mark.parametrize("reader", ["member", "regulator", "internal"])
    def test_no_reader_sees_a_whole_phone_number_or_national_id(self, matter, reader):
        words = all_words(matter, make_dossier(matter, reader, "en"))
        for number in (NIK, "0812-3456-7890", "812 3456 7890", "dewi@contoh.example"):
            assert number not in words
        assert "001" in words  # the tail of the NIK

    def test_the_member_reads_no_note_of_staff_and_no_name_of_staff(self, matter):
        words = all_words(matter, make_dossier(matter, "member", "id"))
        assert "Dugaan salah kembalikan" not in words
        assert "Rekan: kuitansi kedua" not in words
        assert "Peserta kesal" not in words
        assert "Sari Wulandari" not in words
        assert "Minum antibiotik" in words  # the doctor told them

    def test_the_member_has_their_own_photo_byte_for_byte(self, matter):
        files = files_of(matter, make_dossier(matter, "member", "id"))
        assert [data for name, data in files.items() if name.startswith("originals/")] == [PHOTO]

    def test_an_authority_gets_nothing_medical_without_consent(self, matter):
        made = make_dossier(matter, "regulator", "en")
        assert "Minum antibiotik" not in all_words(matter, made)
        assert not [name for name in files_of(matter, made) if name.startswith("originals/")]
        assert "without the member" in paper_of(matter, made)
        assert "Dugaan salah kembalikan" in all_words(matter, made)
        assert "Sari Wulandari" not in all_words(matter, made)

    def test_with_consent_the_medical_part_goes_along(self, app):
        own = make_matter(make_household(language="id"))
        write_medical_note(own, "Curiga demam berdarah.")
        assert "Curiga demam" not in all_words(own, make_dossier(own, "regulator", "en"))
        consent_to_disclosure(own)
        made = make_dossier(own, "regulator", "en")
        assert "Minum antibiotik" in all_words(own, made)
        assert "Curiga demam berdarah." in paper_of(own, made)
        assert "consent" in {entry["kind"] for entry in entries_of(own, made)}
        for reader in ("member", "internal"):
            assert "Curiga demam" not in all_words(own, make_dossier(own, reader, "en"))
        assert PHOTO in files_of(own, made).values()

    def test_inside_staff_are_named(self, matter):
        assert "Sari Wulandari" in paper_of(matter, make_dossier(matter, "internal", "en"))

    @pytest.mark.parametrize(
        ("language", "title", "heading"),
        [
            ("id", "Berkas Pengaduan", "Kronologi"),
            ("en", "Complaint Dossier", "Time line"),
            ("pt", "Processo de Reclamação", "Cronologia"),
        ],
    )
    def test_the_paper_speaks_the_readers_language(self, matter, language, title, heading):
        paper = paper_of(matter, make_dossier(matter, "regulator", language))
        assert title in paper
        assert heading in paper

    def test_the_paper_shows_the_head_of_its_chain(self, matter):
        made = make_dossier(matter, "internal", "en")
        manifest = json.loads(files_of(matter, made)["manifest.json"])
        with matter.scope_of(Role.ADMIN) as scope:
            row = queries.dossier(scope, matter.complaint_id, made)
        assert manifest["head"] == row.head
        assert manifest["head"] in paper_of(matter, made).replace("\r\n", "").replace("\n", "")

    def test_a_claim_file_that_is_lost_is_said_to_be_lost(self, matter):
        made = make_dossier(matter, "internal", "en")
        lost = [entry for entry in entries_of(matter, made) if entry["kind"] == "document"]
        assert "lost" in {entry["facts"]["left_out"] for entry in lost}

    def test_a_complaint_of_somebody_who_never_wrote_has_a_dossier_too(self, app):
        household = make_household()
        with working_for(household.client.id, household.actor, channel="app") as scope:
            complaint = lodge(scope, household.child_id, "service", "Rude", channel="desk", spoken=True)
        bare = Matter(household, complaint.id, household.employee_id, household.employee_id, household.employee_id)
        assert {entry["kind"] for entry in entries_of(bare, make_dossier(bare, "regulator"))} >= {"dossier", "step"}

    def test_a_long_thread_costs_no_more_questions_than_a_short_one(self, app):
        own = make_matter(make_household(language="id"))

        def questions() -> int:
            with own.scope_of(Role.ADMIN) as scope:
                row = service.ask(scope, own.complaint_id, "internal", "en")
                with counted_queries() as seen:
                    making.gather(scope, row.id)
            return len(seen)

        before = questions()
        with working_for(own.household.client.id) as scope:
            found = conversation_of_member(scope, own.household.employee_id)
            for n in range(300):
                say(scope, found.id, clock.now() - timedelta(hours=1, seconds=n), f"Pesan {n}")
        assert questions() <= before


@pytest.mark.requirement("S0-94")
class TestProof:
    def test_the_verifier_finds_it_as_signed_with_the_published_keys(self, http, matter, tmp_path, capsys):
        made = make_dossier(matter, "regulator", "en")
        archive = http.get(address(matter, made, ".zip"), headers=matter.household.staff(Role.CLAIMS)).data
        file, keys = tmp_path / "dossier.zip", tmp_path / "keys.json"
        file.write_bytes(archive)
        keys.write_bytes(http.get("/.well-known/careline-dossier-keys.json").data)
        assert verify_dossier.main([str(file), "--keys", str(keys)]) == 0, capsys.readouterr().out

    def test_what_is_stored_is_sealed(self, matter):
        made = make_dossier(matter, "internal", "en")
        name = stored_name(matter.household.client.id, made, "pdf")
        vault = vault_of(registry.current())
        assert not vault.objects.get(name).startswith(b"%PDF")
        assert vault.get(name).startswith(b"%PDF")


def test_a_dossier_is_forgotten_after_its_last_day(app):
    own = make_matter(make_household(language="id"))
    made, kept = make_dossier(own, "member"), make_dossier(own, "regulator")
    vault = vault_of(registry.current())
    with clock.at(clock.now() + timedelta(days=91)), own.scope_of(Role.SYSTEM) as scope:
        assert service.forget_expired(scope, vault) == 1
    name = stored_name(own.household.client.id, made, "zip")
    assert not vault.objects.has(name)
    assert vault.objects.has(stored_name(own.household.client.id, kept, "zip"))


def test_the_pdf_is_one_for_archives(matter):
    assert b"pdfaid" in files_of(matter, make_dossier(matter, "regulator", "en"))["dossier.pdf"]


def test_a_dossier_opens_after_the_master_key_was_replaced_and_the_old_one_is_gone(app):
    own = make_matter(make_household(language="id"))
    made = make_dossier(own, "member")
    vault = vault_of(registry.current())
    name = stored_name(own.household.client.id, made, "pdf")
    old = registry.current().settings.master_key
    rotated = replace(vault, keys=key_ring(bytes(range(100, 132)), old))
    with own.scope_of(Role.SYSTEM) as scope:
        assert service.reseal(scope, rotated, None, 20) == (None, 2)
        assert service.reseal(scope, rotated, None, 20) == (None, 0)
    assert replace(vault, keys=key_ring(bytes(range(100, 132)))).get(name).startswith(b"%PDF")


@pytest.mark.parametrize("role", [Role.ADMIN, Role.AGENT, Role.CLAIMS, Role.SYSTEM])
def test_nobody_reads_doctors_notes_for_an_authority_without_the_members_consent(matter, role):
    with matter.scope_of(role) as scope, pytest.raises(Forbidden):
        helpline.disclosed_notes(scope, matter.household.employee_id, [])
