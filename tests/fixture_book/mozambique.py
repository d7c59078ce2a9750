"""A Mozambican month: what the receipts of clinics, hospitals, pharmacies, dentists and opticians say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.fixture_book.book import TrueLine
from tests.fixture_book.making import Draw, Kind, lines

STRAIGHT_LIMIT = 5_000_00
_CONSULTATION = (
    *(
        "Consulta de clínica geral",
        "Consulta de pediatria",
        "Consulta de cardiologia",
        "Consulta externa",
        "Consulta médica",
    ),
    *("Honorários médicos", "Consulta de dermatologia", "Consulta", "Consulta de medicina interna"),
)
_EXTRA = (
    "Penso e material",
    "Injecção",
    "Nebulização",
    "Abertura de processo",
    "Taxa de inscrição",
    "Soro fisiológico",
)
_TEST = (
    *("Análises clínicas", "Hemograma completo", "Teste de malária", "Pesquisa de plasmódio", "Glicemia", "Urina II"),
    *("Raio X do tórax", "Ecografia abdominal", "Electrocardiograma", "Colesterol total"),
)
_MEDICINE = (
    *("Paracetamol 500 mg", "Amoxicilina 500 mg", "Coartem", "Ibuprofeno 400 mg", "Xarope para a tosse", "Soro oral"),
    *("Metformina 850 mg", "Amlodipina 10 mg", "Pomada de betametasona", "Omeprazol 20 mg", "Colírio", "Vitamina C"),
    *("Azitromicina 500 mg", "Salbutamol aerossol", "Medicamentos"),
)
_DENTAL = (
    "Consulta de estomatologia",
    "Destartarização",
    "Obturação",
    "Extracção dentária",
    "Desvitalização",
    "Limpeza dentária",
)


def _medicines(draw: Draw, most: int) -> list[TrueLine]:
    return [
        one
        for _ in range(draw.rng.randrange(1, most + 1))
        for one in lines((draw.pick(_MEDICINE), draw.price(60, 900, 5), "RX", "medicine"))
    ]


def _consultation(draw: Draw, _member: str) -> Mapping[str, Any]:
    made = lines((draw.pick(_CONSULTATION), draw.price(1_200, 3_800, 50), "OP", "doctor"))
    if draw.rng.random() < 0.4:
        made += lines((draw.pick(_EXTRA), draw.price(100, 900, 25), "OP", "treatment"))
    return {"form": "outpatient", "place": draw.place(draw.pick(("clinic", "clinic", "hospital"))), "lines": made}


def _tests(draw: Draw, _member: str) -> Mapping[str, Any]:
    made = [
        one
        for _ in range(draw.rng.randrange(1, 4))
        for one in lines((draw.pick(_TEST), draw.price(300, 1_500, 25), "OP", "test"))
    ]
    return {"form": "outpatient", "place": draw.place("laboratory"), "lines": made}


def _consultation_with_tests(draw: Draw, member: str) -> Mapping[str, Any]:
    visit = _consultation(draw, member)
    return {**visit, "lines": [*visit["lines"], *_tests(draw, member)["lines"][:2]]}


def _pharmacy(draw: Draw, _member: str) -> Mapping[str, Any]:
    return {"form": "pharmacy", "place": draw.place("pharmacy"), "lines": _medicines(draw, 5)}


def _dental(draw: Draw, _member: str) -> Mapping[str, Any]:
    words = draw.rng.sample(_DENTAL, draw.rng.randrange(1, 3))
    made = lines(*((one, draw.price(1_000, 3_200, 50), "DENTAL", "treatment") for one in words))
    return {"form": "dental", "place": draw.place("dentist"), "lines": made}


def _emergency(draw: Draw, _member: str) -> Mapping[str, Any]:
    made = lines(
        ("Consulta de urgência", draw.price(1_500, 2_800, 50), "EMERGENCY", "doctor"),
        (draw.pick(("Sutura", "Penso", "Soro fisiológico")), draw.price(200, 1_200, 25), "EMERGENCY", "treatment"),
    )
    return {"form": "emergency", "place": draw.place("hospital"), "lines": made}


def _checkup(draw: Draw, _member: str) -> Mapping[str, Any]:
    made = lines(("Exame médico anual", draw.price(3_000, 4_900, 100), "CHECKUP", "test"))
    return {"form": "medical_checkup", "place": draw.place("clinic"), "lines": made}


def _stay(draw: Draw, _member: str) -> Mapping[str, Any]:
    nights = draw.rng.randrange(2, 6)
    made = lines(
        (f"Diária de internamento, {nights} dias", nights * draw.price(6_000, 9_500, 250), "IP", "room"),
        ("Honorários médicos", draw.price(7_000, 20_000, 250), "IP", "doctor"),
        ("Medicamentos", draw.price(2_000, 12_000, 50), "IP", "medicine"),
    )
    return {"form": "inpatient", "place": draw.place("hospital"), "lines": made, "nights": nights}


def _birth(draw: Draw, _member: str) -> Mapping[str, Any]:
    made = lines(("Parto normal", draw.price(45_000, 120_000, 500), "MATERNITY", "treatment"))
    return {"form": "maternity", "place": draw.place("hospital"), "lines": made, "nights": 2}


def _spectacles(draw: Draw, _member: str) -> Mapping[str, Any]:
    made = lines(
        (draw.pick(("Lentes graduadas", "Lentes progressivas")), draw.price(1_200, 2_600, 50), "OPTICAL", "lenses"),
        (draw.pick(("Armação", "Aro metálico")), draw.price(800, 2_200, 50), "OPTICAL", "frame"),
    )
    return {"form": "optical", "place": draw.place("optician"), "lines": made}


def _other_insurer(draw: Draw, member: str) -> Mapping[str, Any]:
    visit = _consultation(draw, member)
    part = lines(("Consulta comparticipada pela seguradora", draw.price(500, 1_000, 50), "OP", "other"))
    return {**visit, "lines": [*visit["lines"], *part]}


def _large(draw: Draw, _member: str) -> Mapping[str, Any]:
    made = lines(
        ("Consulta de cardiologia", draw.price(3_000, 4_000, 50), "OP", "doctor"),
        ("TAC", draw.price(9_000, 16_000, 100), "OP", "test"),
    )
    return {"form": "outpatient", "place": draw.place("hospital"), "lines": made}


def _paper_missing(draw: Draw, member: str) -> Mapping[str, Any]:
    return {**draw.rng.choice((_consultation, _pharmacy, _dental))(draw, member), "papers": "receipt"}


def _hard_to_read(draw: Draw, member: str) -> Mapping[str, Any]:
    facts = draw.rng.choice((_consultation, _pharmacy))(draw, member)
    return {**facts, "reading": draw.pick(("doubtful", "otherwise", "nothing")), "how": "typed"}


def _hygiene(draw: Draw, member: str) -> Mapping[str, Any]:
    facts = _pharmacy(draw, member)
    words = draw.pick(("Sabonete", "Fraldas descartáveis", "Pensos higiénicos", "Champô"))
    return {**facts, "lines": [*facts["lines"], *lines((words, draw.price(100, 900, 5), "RX", "non_medical"))]}


def _glasses_on_a_doctors_form(draw: Draw, _member: str) -> Mapping[str, Any]:
    made = lines(("Óculos graduados", draw.price(2_500, 4_800, 50), "OPTICAL", "lenses"))
    return {"form": "outpatient", "place": draw.place("optician"), "lines": made}


KINDS: Mapping[str, Kind] = {
    "consultation": _consultation,
    "consultation_with_tests": _consultation_with_tests,
    "tests": _tests,
    "pharmacy": _pharmacy,
    "dental": _dental,
    "emergency": _emergency,
    "checkup": _checkup,
    "stay": _stay,
    "birth": _birth,
    "spectacles": _spectacles,
    "other_insurer_paid_a_part": _other_insurer,
    "large": _large,
    "late": _consultation,
    "paper_missing": _paper_missing,
    "hard_to_read": _hard_to_read,
    "hygiene": _hygiene,
    "glasses_on_a_doctors_form": _glasses_on_a_doctors_form,
}
