"""A complaint with a life behind it: a claim, a thread on several channels, calls, a case, papers, decisions."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import text as text_of_sql

from backend.access import Actor, Role, Scope, working_for
from backend.complaints import service as complaints
from backend.complaints import tasks
from backend.complaints.dossier import service as dossiers
from backend.complaints.dossier.archive import stored_name
from backend.complaints.models import Outcome
from backend.conversations.models import Call, Conversation, Message
from backend.conversations.queries import conversation_of_member
from backend.documents.vault import original_name, vault_of
from backend.helpline import service as helpline
from backend.helpline.models import MedicalNote
from backend.helpline.queries import cases_of
from backend.helpline.service import Caller
from backend.integrations import registry
from backend.kit import clock, ids
from backend.members import identity
from backend.members.models import Member
from tests.factories.accounts import make_staff
from tests.factories.claims import Household, make_claim, make_paper
from tests.factories.members import make_card

NIK = "3174011705900001"
PHOTO = b"\xff\xd8\xff\xe0 a photo of a receipt"


@dataclass
class Matter:
    """The complaint, who is in it, and what was said."""

    household: Household
    complaint_id: UUID
    agent_id: UUID
    doctor_id: UUID
    paper_id: UUID
    said: list[UUID] = field(default_factory=list)

    def scope_of(self, role: Role, staff_id: UUID | None = None) -> Any:
        """Work as somebody of the client."""
        actor = self.household.actor if role is Role.MEMBER else Actor(role, id=staff_id)
        return working_for(self.household.client.id, actor, channel="app")


def say(scope: Scope, conversation_id: UUID, at: datetime, text: str, **fields: Any) -> UUID:
    """One message of a thread."""
    values = {"direction": "in", "author": "member", "channel": "whatsapp", "language": "id", "payload": None}
    row = Message(
        client_id=scope.client_id,
        conversation_id=conversation_id,
        created_at=at,
        text=text,
        **(values | fields),
    )
    scope.session.add(row)
    scope.session.flush()
    return row.id


def make_matter(household: Household, *, received_at: datetime | None = None) -> Matter:
    """A complaint about a returned claim, told on WhatsApp and by telephone, answered after an extension."""
    client = household.client
    received = received_at or clock.now() - timedelta(days=6)
    agent = make_staff(client, Role.AGENT, name="Sari Wulandari")
    doctor = make_staff(client, Role.DOCTOR, name="dr. Bima Prakoso")
    with clock.at(received - timedelta(days=3)):
        claim = make_claim(household, submitted=True)
    with working_for(client.id) as scope:
        person = scope.session.get_one(Member, (client.id, household.employee_id))
        person.national_id_cipher = identity.sealed(person.id, NIK)
        person.full_name = "Dewi Lestari"
        make_card(scope, person.id)
        thread = Conversation(client_id=client.id, member_id=household.employee_id, language="id", channel="whatsapp")
        scope.session.add(thread)
        scope.session.flush()
        vault = vault_of(registry.current())
        fingerprint = vault.fingerprint(client.id, PHOTO)
        vault.store(vault.seal(original_name(client.id, fingerprint), PHOTO))
        paper = make_paper(
            scope,
            household.employee_id,
            content=fingerprint,
            bytes=len(PHOTO),
            channel="whatsapp",
            created_at=received - timedelta(hours=2.8),
        )
        said = _thread(scope, thread.id, received, paper, (agent, doctor))
        scope.session.add(
            Call(
                client_id=client.id,
                conversation_id=thread.id,
                call_sid="CA" + paper.hex,
                token=paper.hex,
                status="completed",
                created_at=received - timedelta(hours=2),
                ended_at=received - timedelta(hours=2) + timedelta(minutes=4),
            )
        )
        conversation_id = thread.id
    with clock.at(received - timedelta(hours=1.8)), working_for(client.id) as scope:
        case_id = helpline.open_case(
            scope,
            conversation_id,
            "asked_for_person",
            summary="Peserta kesal, klaim dikembalikan dua kali.",
            caller=Caller(household.employee_id, "id", "whatsapp"),
        ).id
    with clock.at(received), working_for(client.id, household.actor, channel="whatsapp") as scope:
        complaint = complaints.lodge(
            scope,
            household.employee_id,
            "claim_decision",
            "Klaim saya dikembalikan dua kali padahal kuitansinya lengkap.\n"
            "Tolong hubungi saya di 0812-3456-7890 atau dewi@contoh.example.",
            channel="whatsapp",
            spoken=False,
            claim_id=claim.id,
        )
    _work(client.id, complaint.id, case_id, agent, received)
    return Matter(household, complaint.id, agent, doctor, paper, said)


def _thread(scope: Scope, thread: UUID, received: datetime, paper: UUID, people: tuple[UUID, UUID]) -> list[UUID]:
    """Old words about something else, then the contact in which the complaint was made."""

    def at(**before: float) -> datetime:
        return received - timedelta(**before)

    agent, doctor = people
    bot = {"direction": "out", "author": "bot"}
    by = {"direction": "out", "author": "agent"}
    photo = [{"document_id": str(paper)}]
    return [
        say(scope, thread, at(days=40), "Apakah kacamata ditanggung?"),
        say(scope, thread, at(hours=3), "Klaim saya dikembalikan lagi 😡"),
        say(scope, thread, at(hours=2.9), "Mohon maaf atas ketidaknyamanannya. Boleh kirim fotonya?", **bot),
        say(scope, thread, at(hours=2.8), "", media=photo),
        say(scope, thread, at(hours=2), "Saya mau bicara dengan petugas", channel="voice"),
        say(scope, thread, at(hours=1.9), "Baik, Anda saya sambungkan.", channel="voice", **bot),
        say(scope, thread, at(hours=1), f"NIK saya {NIK}, telepon +62 812 3456 7890"),
        say(scope, thread, at(minutes=50), "Terima kasih, kami periksa klaimnya.", staff_id=agent, **by),
        say(scope, thread, at(minutes=40), "Minum antibiotik sampai habis ya, Bu.", staff_id=doctor, **by),
        say(scope, thread, at(minutes=5), "Saya ajukan pengaduan.", location={"latitude": -6.2, "longitude": 106.8}),
    ]


def _work(client_id: UUID, complaint_id: UUID, case_id: UUID, agent: UUID, received: datetime) -> None:
    staff = Actor(Role.AGENT, id=agent)
    with clock.at(received + timedelta(hours=3)), working_for(client_id, staff) as scope:
        helpline.take(scope, case_id)
        helpline.note(scope, case_id, "Rekan: kuitansi kedua memang terbaca, cek ulang.")
        complaints.acknowledge(scope, complaint_id)
        complaints.add_note(scope, complaint_id, "Dugaan salah kembalikan oleh analis.", internal=True)
    with clock.at(received + timedelta(days=1)), working_for(client_id, staff) as scope:
        complaints.extend(scope, complaint_id, "third_party", "Kami menunggu jawaban tertulis dari klinik.")
    with clock.at(received + timedelta(days=5)), working_for(client_id, staff) as scope:
        complaints.resolve(
            scope, complaint_id, "Klaim Anda kami terima kembali. Mohon maaf atas kesalahan kami.", Outcome.UPHELD
        )
        helpline.close(scope, case_id, "Klaim dibuka kembali.")


def write_medical_note(matter: Matter, text: str) -> None:
    """What the doctor on duty wrote down in the matter's case, as it is kept."""
    keys = registry.current().settings.keys
    with working_for(matter.household.client.id) as scope:
        thread = conversation_of_member(scope, matter.household.employee_id)
        assert thread is not None
        case = cases_of(scope, thread.id)[0]
        note_id = ids.new_id()
        scope.session.execute(
            text_of_sql("SELECT set_config('app.medical_client', :c, true)"), {"c": str(scope.client_id)}
        )
        scope.session.add(
            MedicalNote(
                client_id=scope.client_id,
                id=note_id,
                case_id=case.id,
                doctor_id=matter.doctor_id,
                sealed=keys.seal(text.encode(), f"medical_note:{note_id}"),
                outcome="advice",
            )
        )


def make_dossier(matter: Matter, reader: str, language: str = "id", role: Role = Role.CLAIMS) -> UUID:
    """A dossier that is ready to be fetched."""
    with matter.scope_of(role) as scope:
        row = dossiers.ask(scope, matter.complaint_id, reader, language)
    tasks.make_dossier(str(matter.household.client.id), str(row.id))
    return row.id


def files_of(matter: Matter, dossier_id: UUID) -> dict[str, bytes]:
    """Everything in its ZIP, by name."""
    name = stored_name(matter.household.client.id, dossier_id, "zip")
    with zipfile.ZipFile(io.BytesIO(vault_of(registry.current()).get(name))) as archive:
        return {each: archive.read(each) for each in archive.namelist()}


def entries_of(matter: Matter, dossier_id: UUID) -> list[dict[str, Any]]:
    """Its entries in order."""
    return [json.loads(line)["entry"] for line in files_of(matter, dossier_id)["entries.jsonl"].splitlines()]
