"""An Indonesian month: what the receipts of clinics, hospitals, pharmacies, dentists and opticians say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.fixture_book.book import TrueLine
from tests.fixture_book.making import Draw, Kind, lines

STRAIGHT_LIMIT = 1_000_000_00
_GP = ("Konsultasi Dokter Umum", "Jasa dokter umum", "Konsul dr. umum", "Poli Umum", "Pemeriksaan dokter umum")
_DOCTOR = ("Konsultasi Dokter", "Jasa Dokter", "Pemeriksaan dokter", "Jasa Konsultasi", "Biaya dokter")
_SPECIALIST = (
    *("Konsultasi Dokter Spesialis", "Konsultasi dr. Rina, Sp.PD", "Poli Penyakit Dalam", "Jasa Dokter Spesialis"),
    *(
        "Konsultasi dr. Bagas Sp.JP",
        "Konsultasi Sp.A",
        "Visite Dokter Spesialis",
        "Poli Saraf",
        "Konsul dr. Spesialis THT",
    ),
)
_FEE = ("Administrasi", "Biaya Administrasi", "Pendaftaran", "Adm. pasien", "Kartu Pasien")
_MEDICINE = (
    *("Paracetamol 500 mg", "Amoxicillin 500mg", "Cetirizine 10 mg tab", "Ambroxol sirup", "Obat racikan", "Obat"),
    *(
        "Omeprazole 20 mg kaps",
        "Metformin 500 mg",
        "Amlodipin 5 mg",
        "Cefixime 100mg",
        "Salep betametason",
        "Obat-obatan",
    ),
    *(
        "Sanmol syr",
        "Lapifed tab",
        "Rhinos SR kaps",
        "Salbutamol inhaler",
        "Puyer batuk pilek",
        "Asam mefenamat 500 mg",
    ),
)
_BRAND = ("Panadol", "Neurobion Forte", "Tolak Angin")
_TEST = (
    *("Laboratorium Darah Lengkap", "Hematologi lengkap", "Cek gula darah", "Profil lipid", "Rontgen Thorax"),
    *("USG Abdomen", "EKG", "Urin lengkap", "Widal", "NS1 Dengue", "HbA1c"),
)
_PROCEDURE = ("Tindakan Nebulizer", "Perawatan luka", "Injeksi", "Ganti perban")
_DENTAL = (
    "Konsultasi dokter gigi",
    "Tambal gigi komposit",
    "Scaling",
    "Pencabutan gigi",
    "Pembersihan Karang Gigi",
    "Drg. Lina",
)
_ROOM = {"medicine": "RX", "doctor": "OP-GP"}


def _medicines(draw: Draw, most: int) -> list[TrueLine]:
    made = []
    for _ in range(draw.rng.randrange(1, most + 1)):
        words = draw.pick(_BRAND) if draw.rng.random() < 0.01 else draw.pick(_MEDICINE)
        made += lines((words, draw.price(8_000, 95_000, 500), "RX", "medicine"))
    return made


def _gp_visit(draw: Draw, _member: str) -> Mapping[str, Any]:
    doctor = draw.pick((*_GP, *_DOCTOR))
    made = lines((doctor, draw.price(60_000, 260_000, 5_000), "OP-GP", "doctor"))
    if draw.rng.random() < 0.6:
        made += lines((draw.pick(_FEE), draw.price(5_000, 30_000, 2_500), "OP-GP", "other"))
    if draw.rng.random() < 0.12:
        made += lines((draw.pick(_PROCEDURE), draw.price(50_000, 150_000, 5_000), "OP-GP", "treatment"))
    if draw.rng.random() < 0.75:
        made += _medicines(draw, 3)
    return {"form": "outpatient", "place": draw.place("clinic", "ppk1"), "lines": made}


def _gp_visit_with_tests(draw: Draw, member: str) -> Mapping[str, Any]:
    visit = _gp_visit(draw, member)
    test = lines((draw.pick(_TEST), draw.price(60_000, 350_000, 5_000), "OP-LAB", "test"))
    return {**visit, "lines": [*visit["lines"], *test]}


def _gp_receipt_without_lines(draw: Draw, _member: str) -> Mapping[str, Any]:
    whole = lines((None, draw.price(80_000, 380_000, 5_000), "OP-GP", "other"))
    return {
        "form": "outpatient",
        "place": draw.place("clinic", "ppk1"),
        "lines": whole,
        "how": "none",
        "chosen": "OP-GP",
    }


def _specialist_referred(draw: Draw, member: str) -> Mapping[str, Any]:
    doctor = draw.pick((*_SPECIALIST, *_DOCTOR[:2]))
    made = lines((doctor, draw.price(180_000, 480_000, 10_000), "OP-SPECIALIST", "doctor"))
    if draw.rng.random() < 0.5:
        made += lines((draw.pick(_FEE), draw.price(15_000, 50_000, 5_000), "OP-SPECIALIST", "other"))
    if draw.rng.random() < 0.6:
        made += _medicines(draw, 3)
    if draw.rng.random() < 0.25:
        made += lines((draw.pick(_TEST), draw.price(90_000, 400_000, 5_000), "OP-LAB", "test"))
    return {"form": "outpatient", "place": draw.hospital_of(member), "lines": made, "referral": True}


def _tests_referred(draw: Draw, member: str) -> Mapping[str, Any]:
    made = [
        one
        for _ in range(draw.rng.randrange(1, 4))
        for one in lines((draw.pick(_TEST), draw.price(60_000, 320_000, 5_000), "OP-LAB", "test"))
    ]
    return {"form": "outpatient", "place": draw.hospital_of(member), "lines": made, "referral": True}


def _pharmacy(draw: Draw, _member: str) -> Mapping[str, Any]:
    return {"form": "pharmacy", "place": draw.place("pharmacy"), "lines": _medicines(draw, 5)}


def _dental(draw: Draw, _member: str) -> Mapping[str, Any]:
    words = draw.rng.sample(_DENTAL, draw.rng.randrange(1, 4))
    made = lines(*((one, draw.price(100_000, 450_000, 12_500), "DENTAL", "treatment") for one in words))
    return {"form": "dental", "place": draw.place("dentist"), "lines": made}


def _emergency(draw: Draw, _member: str) -> Mapping[str, Any]:
    made = lines(
        ("Konsultasi dokter IGD", draw.price(100_000, 250_000, 10_000), "EMERGENCY", "doctor"),
        ("Administrasi IGD", draw.price(25_000, 75_000, 5_000), "EMERGENCY", "other"),
        (
            draw.pick(("Tindakan jahit luka", "Injeksi", "Infus")),
            draw.price(80_000, 300_000, 10_000),
            "EMERGENCY",
            "treatment",
        ),
        ("Obat", draw.price(40_000, 250_000, 5_000), "EMERGENCY", "medicine"),
    )
    return {"form": "emergency", "place": draw.place("hospital", "ppk2"), "lines": made}


def _ambulance(draw: Draw, _member: str) -> Mapping[str, Any]:
    made = lines(("Ambulans", draw.price(300_000, 900_000, 50_000), "AMBULANCE", "other"))
    return {"form": "ambulance", "place": draw.place("hospital", "ppk2"), "lines": made}


def _stay(draw: Draw, _member: str) -> Mapping[str, Any]:
    nights = draw.rng.randrange(2, 6)
    made = lines(
        (f"Kamar Kelas 1, {nights} hari", nights * draw.price(700_000, 1_200_000, 50_000), "IP-ROOM", "room"),
        ("Visite Dokter Spesialis", nights * draw.price(200_000, 350_000, 10_000), "", "doctor"),
        ("Obat dan Alkes", draw.price(600_000, 3_500_000, 5_000), "", "medicine"),
        ("Laboratorium Darah", draw.price(200_000, 900_000, 5_000), "", "test"),
    )
    return {"form": "inpatient", "place": draw.place("hospital", "ppk2"), "lines": made, "nights": nights}


def _birth(draw: Draw, _member: str) -> Mapping[str, Any]:
    made = lines(("Persalinan normal", draw.price(6_000_000, 14_000_000, 100_000), "MATERNITY", "treatment"))
    return {"form": "maternity", "place": draw.place("hospital", "ppk2"), "lines": made, "nights": 2}


def _spectacles(draw: Draw, _member: str) -> Mapping[str, Any]:
    made = lines(
        (
            draw.pick(("Lensa progresif", "Lensa minus, sepasang", "Lensa kacamata")),
            draw.price(250_000, 700_000, 10_000),
            "LENSES",
            "lenses",
        ),
        (
            draw.pick(("Bingkai titanium", "Frame", "Gagang kacamata")),
            draw.price(150_000, 290_000, 10_000),
            "FRAME",
            "frame",
        ),
    )
    return {"form": "optical", "place": draw.place("optician"), "lines": made}


def _jkn_paid_a_part(draw: Draw, _member: str) -> Mapping[str, Any]:
    words = draw.pick(("Selisih biaya poli eksekutif BPJS", "Konsultasi dokter spesialis (JKN)", "Selisih naik kelas"))
    made = lines((words, draw.price(150_000, 400_000, 10_000), "OP-SPECIALIST", "other"))
    return {"form": "outpatient", "place": draw.place("hospital", "ppk2"), "lines": made}


def _large(draw: Draw, member: str) -> Mapping[str, Any]:
    made = lines(
        (draw.pick(_SPECIALIST), draw.price(300_000, 500_000, 10_000), "OP-SPECIALIST", "doctor"),
        ("CT Scan", draw.price(1_200_000, 2_400_000, 50_000), "OP-LAB", "test"),
    )
    return {"form": "outpatient", "place": draw.hospital_of(member), "lines": made, "referral": True}


def _paper_missing(draw: Draw, member: str) -> Mapping[str, Any]:
    facts = draw.rng.choice((_gp_visit, _pharmacy, _dental))(draw, member)
    return {**facts, "papers": "receipt"}


def _hard_to_read(draw: Draw, member: str) -> Mapping[str, Any]:
    facts = draw.rng.choice((_gp_visit, _pharmacy))(draw, member)
    return {**facts, "reading": draw.pick(("doubtful", "otherwise", "nothing")), "how": "typed"}


def _specialist_without_referral(draw: Draw, _member: str) -> Mapping[str, Any]:
    made = lines((draw.pick(_SPECIALIST), draw.price(180_000, 480_000, 10_000), "OP-SPECIALIST", "doctor"))
    return {"form": "outpatient", "place": draw.place("hospital", "ppk3"), "lines": made}


def _outside_the_network(draw: Draw, member: str) -> Mapping[str, Any]:
    return {**_gp_visit(draw, member), "place": "Praktik dr. Wahyu, Cikini"}


def _vitamins_or_soap(draw: Draw, member: str) -> Mapping[str, Any]:
    facts = _pharmacy(draw, member)
    words, item = draw.rng.choice(
        (
            ("Vitamin C 500 mg", "vitamin"),
            ("Multivitamin sirup", "vitamin"),
            ("Sabun antiseptik", "non_medical"),
            ("Pampers", "non_medical"),
        )
    )
    named = ("vitamins",) if item == "vitamin" else ()
    other = TrueLine(words, draw.price(20_000, 120_000, 500), "RX", item, named)
    return {**facts, "lines": [*facts["lines"], other]}


def _doctor_unnamed(draw: Draw, _member: str) -> Mapping[str, Any]:
    made = lines((draw.pick(_DOCTOR), draw.price(150_000, 300_000, 10_000), "OP-GP", "doctor"))
    return {"form": "outpatient", "place": draw.place("hospital", "ppk3"), "lines": made}


KINDS: Mapping[str, Kind] = {
    "gp_visit": _gp_visit,
    "gp_visit_with_tests": _gp_visit_with_tests,
    "gp_receipt_without_lines": _gp_receipt_without_lines,
    "specialist_referred": _specialist_referred,
    "tests_referred": _tests_referred,
    "pharmacy": _pharmacy,
    "dental": _dental,
    "emergency": _emergency,
    "ambulance": _ambulance,
    "stay": _stay,
    "birth": _birth,
    "spectacles": _spectacles,
    "jkn_paid_a_part": _jkn_paid_a_part,
    "large": _large,
    "late": _gp_visit,
    "paper_missing": _paper_missing,
    "hard_to_read": _hard_to_read,
    "specialist_without_referral": _specialist_without_referral,
    "outside_the_network": _outside_the_network,
    "vitamins_or_soap": _vitamins_or_soap,
    "doctor_unnamed": _doctor_unnamed,
}
