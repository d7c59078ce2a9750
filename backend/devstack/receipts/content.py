"""What stands on an invented receipt: who treated, when, for how much. The truth a reading is judged by."""

import random
from dataclasses import dataclass
from datetime import date, timedelta

FIRST_DAY = date(2026, 1, 5)


@dataclass(frozen=True)
class ReceiptLine:
    """One bought thing. Amounts in minor units of the receipt's currency."""

    text: str
    quantity: int
    unit_minor: int

    @property
    def amount_minor(self) -> int:
        """Quantity times unit price, minor units."""
        return self.quantity * self.unit_minor


@dataclass(frozen=True)
class Receipt:
    """The truth about one receipt. `tax_minor` and `total_minor` are minor units of `currency`."""

    country: str
    kind: str
    currency: str
    provider: str
    address: str
    phone: str
    number: str
    issued_on: date
    patient: str
    lines: tuple[ReceiptLine, ...]
    tax_minor: int

    @property
    def subtotal_minor(self) -> int:
        """Sum of the lines, minor units."""
        return sum(line.amount_minor for line in self.lines)

    @property
    def total_minor(self) -> int:
        """What was paid, minor units."""
        return self.subtotal_minor + self.tax_minor


@dataclass(frozen=True)
class Country:
    """Names and prices of one country. Prices in whole currency units (lowest, highest, step)."""

    currency: str
    providers: dict[str, tuple[str, ...]]
    streets: tuple[str, ...]
    phone: str
    people: tuple[str, ...]
    goods: dict[str, tuple[tuple[str, int, int, int], ...]]


COUNTRIES = {
    "ID": Country(
        currency="IDR",
        providers={
            "hospital": ("RS Harapan Kencana", "RS Bunda Sejati", "RSUD Tirta Asih"),
            "clinic": ("Klinik Pratama Melati", "Klinik Mitra Keluarga Sehat", "Klinik Gigi Cendana"),
            "pharmacy": ("Apotek Sumber Waras", "Apotek Kimia Jaya", "Apotek Rakyat Medan"),
        },
        streets=(
            "Jl. Kenanga Raya No. 18, Jakarta",
            "Jl. Diponegoro 112, Bandung",
            "Jl. Pahlawan 7, Surabaya",
        ),
        phone="(021) 555-{:04d}",
        people=("Tn. Bayu P", "Ny. Sari W", "An. Dimas R"),
        goods={
            "hospital": (
                ("Kamar Kelas 1", 450_000, 750_000, 25_000),
                ("Visite Dokter Spesialis", 200_000, 350_000, 10_000),
                ("Laboratorium Darah", 120_000, 480_000, 5_000),
                ("Obat dan Alkes", 85_000, 640_000, 500),
                ("Rontgen Thorax", 150_000, 300_000, 5_000),
            ),
            "clinic": (
                ("Konsultasi Dokter", 75_000, 200_000, 5_000),
                ("Tindakan Nebulizer", 80_000, 150_000, 2_500),
                ("Pembersihan Karang Gigi", 200_000, 400_000, 12_500),
                ("Administrasi", 10_000, 30_000, 2_500),
            ),
            "pharmacy": (
                ("Paracetamol 500mg", 4_500, 12_000, 100),
                ("Amoxicillin 500mg", 8_000, 24_000, 100),
                ("Vitamin C 1000", 15_000, 60_000, 500),
                ("Cetirizine 10mg", 6_000, 18_000, 100),
                ("Salep Betametason", 12_000, 32_000, 500),
            ),
        },
    ),
    "MZ": Country(
        currency="MZN",
        providers={
            "hospital": ("Hospital Privado da Polana", "Hospital Santa Clara"),
            "clinic": ("Clínica Sommerschield", "Clínica Dentária Baía", "Clínica Avenida"),
            "pharmacy": ("Farmácia Central da Matola", "Farmácia Calêndula"),
        },
        streets=(
            "Av. Julius Nyerere 1240, Maputo",
            "Rua da Mesquita 88, Beira",
            "Av. Eduardo Mondlane 501, Nampula",
        ),
        phone="+258 21 49{:04d}",
        people=("Sra. Anabela M", "Sr. Hélder C", "Sra. Graça T"),
        goods={
            "hospital": (
                ("Diária de internamento", 3_500, 9_000, 250),
                ("Análises clínicas", 850, 4_200, 50),
                ("Raio X do tórax", 1_200, 2_600, 50),
                ("Honorários médicos", 2_500, 7_500, 250),
            ),
            "clinic": (
                ("Consulta de clínica geral", 1_500, 3_000, 100),
                ("Consulta de pediatria", 2_000, 4_000, 100),
                ("Penso e material", 250, 900, 25),
                ("Destartarização", 2_200, 3_800, 100),
            ),
            "pharmacy": (
                ("Paracetamol 500 mg", 60, 180, 5),
                ("Amoxicilina 500 mg", 150, 420, 5),
                ("Soro fisiológico", 90, 240, 5),
                ("Ibuprofeno 400 mg", 110, 310, 5),
            ),
        },
    ),
    "AO": Country(
        currency="AOA",
        providers={
            "hospital": ("Hospital da Ilha Verde",),
            "clinic": ("Clínica Girassol Novo", "Clínica Maianga"),
            "pharmacy": ("Farmácia Kinaxixi",),
        },
        streets=("Rua Rainha Ginga 45, Luanda", "Av. 4 de Fevereiro 210, Luanda"),
        phone="+244 222 33{:04d}",
        people=("Sr. Mateus K", "Sra. Luzia D"),
        goods={
            "hospital": (("Internamento", 35_000, 95_000, 500), ("Análises clínicas", 8_000, 42_000, 500)),
            "clinic": (
                ("Consulta de cardiologia", 18_000, 45_000, 500),
                ("Electrocardiograma", 12_000, 25_000, 500),
            ),
            "pharmacy": (("Coartem", 2_500, 6_500, 50), ("Paracetamol 500 mg", 600, 1_800, 50)),
        },
    ),
}


def invent_receipt(seed: int, country: str, kind: str | None = None) -> Receipt:
    """A receipt of `country` ("ID", "MZ", "AO"); `kind` hospital, clinic or pharmacy, by the seed if None."""
    place = COUNTRIES[country]
    # A string seed: the same receipt on every machine and every Python, whatever PYTHONHASHSEED says.
    dice = random.Random(f"receipt:{country}:{seed}")  # noqa: S311 - invented goods, not a secret
    kind = kind or sorted(place.providers)[seed % 3]
    goods = dice.sample(place.goods[kind], k=min(len(place.goods[kind]), dice.randint(2, 4)))
    lines = tuple(_buy(dice, *thing, several=kind == "pharmacy") for thing in goods)
    subtotal = sum(line.amount_minor for line in lines)
    taxed = kind == "pharmacy" and country != "ID"
    return Receipt(
        country=country,
        kind=kind,
        currency=place.currency,
        provider=dice.choice(place.providers[kind]),
        address=dice.choice(place.streets),
        phone=place.phone.format(dice.randrange(10_000)),
        number=f"{dice.choice(['INV', 'KW', 'FR'])}-2026-{dice.randrange(100_000):05d}",
        issued_on=FIRST_DAY + timedelta(days=dice.randrange(300)),
        patient=dice.choice(place.people),
        lines=lines,
        tax_minor=subtotal * 16 // 100 if taxed else 0,
    )


def _buy(dice: random.Random, text: str, low: int, high: int, step: int, *, several: bool) -> ReceiptLine:
    unit = dice.randrange(low, high + step, step) * 100
    return ReceiptLine(text, dice.randint(1, 4) if several else 1, unit)
