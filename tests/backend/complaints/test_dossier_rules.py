"""Who may have which dossier, what each reader sees, where the story begins, what is masked."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.complaints.dossier.entries import Entry, Hand
from backend.complaints.dossier.redaction import masked, redacted
from backend.complaints.dossier.rules import Reader, keep_until, may_have, story_begins, view_of
from backend.complaints.dossier.sentences import dossier_words
from backend.complaints.models import ComplaintStatus, ExternalBody, Outcome, StepKind
from backend.complaints.rules import Category, Priority
from backend.kit.reference_numbers import Kind, new_number

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
SARI = UUID(int=7)


@pytest.mark.parametrize(
    ("role", "readers"),
    [
        ("member", {"member"}),
        ("agent", {"member"}),
        ("claims", {"member", "regulator", "ombudsman", "internal"}),
        ("admin", {"member", "regulator", "ombudsman", "internal"}),
        ("doctor", set()),
        ("hr", set()),
        ("provider", set()),
        ("finance", set()),
    ],
)
def test_a_role_may_have_these_dossiers(role, readers):
    assert {reader.value for reader in Reader if may_have(role, reader)} == readers


PLAIN = Entry("step", UUID(int=1), NOON, words={"note": "We looked."}, by=Hand("agent", SARI))
NOTE = Entry("step", UUID(int=2), NOON, words={"note": "Between us."}, by=Hand("agent", SARI), internal=True)
DOCTORS = Entry("case_note", UUID(int=3), NOON, words={"text": "Dengue."}, internal=True, doctors_note=True)
ADVICE = Entry("message", UUID(int=4), NOON, words={"text": "Drink a lot."}, illness=True)


@pytest.mark.parametrize(
    ("reader", "consent", "read"),
    [
        (Reader.MEMBER, False, ["We looked.", "Drink a lot."]),
        (Reader.MEMBER, True, ["We looked.", "Drink a lot."]),
        (Reader.REGULATOR, False, ["We looked.", "Between us.", None, None]),
        (Reader.REGULATOR, True, ["We looked.", "Between us.", "Dengue.", "Drink a lot."]),
        (Reader.OMBUDSMAN, False, ["We looked.", "Between us.", None, None]),
        (Reader.INTERNAL, True, ["We looked.", "Between us.", None, "Drink a lot."]),
    ],
)
def test_each_reader_reads_what_is_theirs(reader, consent, read):
    view = view_of(reader, medical_consent=consent)
    told = list(redacted([PLAIN, NOTE, DOCTORS, ADVICE], view, {SARI: "Sari Wulandari"}, "ID"))
    assert [next(iter(entry["words"].values()), None) for entry in told] == read
    assert [entry["held_back"] for entry in told] == [words is None for words in read]


@pytest.mark.parametrize(
    ("reader", "name"), [("member", None), ("regulator", None), ("ombudsman", None), ("internal", "Sari Wulandari")]
)
def test_outsiders_read_the_role_of_staff_and_not_the_name(reader, name):
    view = view_of(Reader(reader), medical_consent=True)
    (told,) = redacted([PLAIN], view, {SARI: "Sari Wulandari"}, "ID")
    assert told["by"] == {"role": "agent", "name": name}


@pytest.mark.parametrize(
    ("text", "region", "shown"),
    [
        ("NIK saya 3174011705900001.", "ID", "NIK saya •••••••••••••001."),
        ("3174-0117-0590-0001", "ID", "••••-••••-••••-•001"),
        ("hubungi 081234567890 ya", "ID", "hubungi •••••••••890 ya"),
        ("+62 812-3456-7890", "ID", "+•• •••-••••-•890"),
        ("ligue 84 123 4567 hoje", "MZ", "ligue •• ••• •567 hoje"),
        ("+258 84 123 4567", "MZ", "+••• •• ••• •567"),
        ("BI 110100123456P", "MZ", "BI ••••••••••56P"),
        ("BI 004567890LA042", "AO", "BI •••••••••••042"),
        ("tulis ke dewi.l@contoh.co.id", "ID", "tulis ke •••@•••"),
        ("Rp 350.000 pada 10-11-2026 jam 14.30", "ID", "Rp 350.000 pada 10-11-2026 jam 14.30"),
        ("total 12.500.000,00 MT", "MZ", "total 12.500.000,00 MT"),
    ],
)
def test_numbers_of_people_are_masked_and_nothing_else(text, region, shown):
    assert masked(text, region) == shown


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("region", ["ID", "MZ", "AO"])
def test_a_reference_number_stays_readable(kind, region):
    for _ in range(50):
        said = f"Nomor {new_number(kind, 2026)}, ya"
        assert masked(said, region) == said


@given(st.text(max_size=80), st.integers(10**15, 10**16 - 1).map(str), st.sampled_from(["ID", "MZ", "AO"]))
def test_no_national_id_survives_whatever_stands_around_it(around, number, region):
    assert number not in masked(f"{around} {number} {around}", region)


HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.mark.parametrize(
    ("linked", "before", "begins"),
    [
        ([], [], NOON),
        ([], [NOON - HOUR], NOON - HOUR),
        ([], [NOON - HOUR, NOON - 20 * HOUR, NOON - 40 * HOUR], NOON - 40 * HOUR),
        ([], [NOON - HOUR, NOON - 26 * HOUR], NOON - HOUR),
        ([NOON - 9 * DAY], [NOON - HOUR, NOON - 9 * DAY - HOUR], NOON - 9 * DAY - HOUR),
        ([NOON - 9 * DAY], [NOON - HOUR, NOON - 12 * DAY], NOON - 9 * DAY),
        ([NOON + DAY], [NOON + HOUR], NOON),
    ],
    ids=[
        "nothing before",
        "the same contact",
        "a contact over two nights",
        "an older contact is another matter",
        "the claim and the words about it",
        "words long before the claim",
        "what is linked came later",
    ],
)
def test_the_story_begins_with_the_first_contact_in_the_matter(linked, before, begins):
    assert story_begins(linked, before, NOON) == begins


@pytest.mark.parametrize(
    ("reader", "asked", "until"),
    [
        (Reader.REGULATOR, date(2026, 11, 23), date(2036, 11, 23)),
        (Reader.OMBUDSMAN, date(2028, 2, 29), date(2038, 2, 28)),
        (Reader.MEMBER, date(2026, 11, 23), date(2027, 2, 21)),
        (Reader.INTERNAL, date(2026, 11, 23), date(2027, 2, 21)),
    ],
)
def test_what_went_to_an_authority_is_kept_longer(reader, asked, until):
    assert keep_until(reader, asked) == until


def _keys(words, path=""):
    if not isinstance(words, dict):
        return {path} | ({f"{path}[{len(words)}]"} if isinstance(words, list) else set())
    return {key for name, inner in words.items() for key in _keys(inner, f"{path}.{name}")}


@pytest.mark.parametrize("language", ["id", "pt"])
def test_every_language_says_the_same(language):
    assert _keys(dossier_words()[language]) == _keys(dossier_words()["en"])


@pytest.mark.parametrize(
    ("group", "members"),
    [
        ("steps", StepKind),
        ("statuses", ComplaintStatus),
        ("categories", Category),
        ("reader", Reader),
        ("outcomes", Outcome),
        ("bodies", ExternalBody),
        ("priorities", Priority),
    ],
)
def test_every_kind_has_its_word(group, members):
    assert {member.value for member in members} <= set(dossier_words()["en"][group])
