"""Which column of a file holds what, by the headers that people write in three languages: pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from backend.providers.rules.facilities import search_name

FACILITY_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "code": ("code", "provider code", "kode", "kode faskes", "kode provider", "codigo", "codigo do prestador"),
    "name": ("name", "provider name", "nama", "nama faskes", "nama provider", "nome", "nome do prestador"),
    "kind": ("kind", "type", "jenis", "tipe", "tipo"),
    "country": ("country", "negara", "pais"),
    "address": ("address", "alamat", "endereco", "morada"),
    "city": ("city", "town", "kota", "kabupaten kota", "cidade"),
    "region_code": ("region code", "kode wilayah", "codigo da regiao"),
    "latitude": ("latitude", "lat", "lintang"),
    "longitude": ("longitude", "lon", "lng", "bujur"),
    "timezone": ("timezone", "time zone", "zona waktu", "fuso horario"),
    "phone": ("phone", "telephone", "telepon", "no telepon", "telefone"),
    "tier": ("tier", "tingkat", "nivel"),
    "opening": ("opening", "opening hours", "jam buka", "jam operasional", "horario"),
    "languages": ("languages", "bahasa", "linguas", "idiomas"),
    "services": ("services", "layanan", "servicos"),
    "specialties": ("specialties", "spesialis", "poli", "especialidades"),
    "contract_number": ("contract number", "nomor kontrak", "no pks", "numero do contrato"),
    "contract_from": ("contract from", "kontrak mulai", "inicio do contrato"),
    "contract_until": ("contract until", "kontrak sampai", "fim do contrato"),
    "cashless": ("cashless", "tanpa tunai", "sem numerario"),
    "edc": ("edc", "terminal", "mesin edc"),
}
FACILITY_REQUIRED = ("code", "name", "kind", "country", "address", "city")

TARIFF_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "code": ("provider code", "code", "kode faskes", "kode provider", "codigo do prestador"),
    "service_code": ("service code", "kode layanan", "kode tindakan", "codigo do servico", "codigo do acto"),
    "name": ("name", "service name", "nama", "nama layanan", "nama tindakan", "nome", "designacao"),
    "amount": ("amount", "tariff", "price", "tarif", "harga", "valor", "preco"),
    "currency": ("currency", "mata uang", "moeda"),
    "country": ("country", "negara", "pais"),
    "room_class": ("room class", "kelas", "kelas kamar", "classe", "classe do quarto"),
    "contents": ("contents", "package", "isi paket", "paket", "conteudo", "pacote"),
}
TARIFF_REQUIRED = ("code", "service_code", "name", "amount")

DOCTOR_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "provider_code": ("provider code", "kode faskes", "kode provider", "codigo do prestador"),
    "code": ("doctor code", "registration", "kode dokter", "no str", "codigo do medico"),
    "name": ("name", "doctor name", "nama", "nama dokter", "nome", "nome do medico"),
    "country": ("country", "negara", "pais"),
    "specialty": ("specialty", "spesialis", "poli", "especialidade"),
    "languages": ("languages", "bahasa", "linguas", "idiomas"),
    "schedule": ("schedule", "hours", "jadwal", "jam praktik", "horario"),
    "valid_from": ("from", "valid from", "mulai", "inicio"),
    "valid_until": ("until", "valid until", "sampai", "fim"),
}
DOCTOR_REQUIRED = ("provider_code", "code", "name", "schedule")

ROOM_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "provider_code": ("provider code", "kode faskes", "kode provider", "codigo do prestador"),
    "code": ("room class", "class", "kelas", "kelas kamar", "classe", "classe do quarto"),
    "name": ("name", "room name", "nama", "nama kamar", "nome"),
    "rank": ("rank", "urutan", "ordem"),
    "amount": ("rate", "amount", "price", "tarif", "harga", "valor", "preco"),
    "currency": ("currency", "mata uang", "moeda"),
    "country": ("country", "negara", "pais"),
    "valid_from": ("from", "valid from", "mulai", "inicio"),
}
ROOM_REQUIRED = ("provider_code", "code", "name", "rank", "amount")

MARKET_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "service_code": ("service code", "code", "kode layanan", "kode tindakan", "codigo do servico", "codigo do acto"),
    "name": ("name", "service name", "nama", "nama layanan", "nama tindakan", "nome", "designacao"),
    "amount": (
        "amount",
        "standard price",
        "price",
        "harga standar",
        "harga pasar",
        "harga",
        "preco de referencia",
        "preco",
    ),
    "currency": ("currency", "mata uang", "moeda"),
    "country": ("country", "negara", "pais"),
    "region_code": ("region code", "kode wilayah", "codigo da regiao"),
    "unit": ("unit", "satuan", "unidade"),
    "valid_from": ("from", "valid from", "mulai", "berlaku mulai", "inicio"),
    "valid_until": ("until", "valid until", "sampai", "berlaku sampai", "fim"),
    "source": ("source", "sumber", "fonte"),
}
MARKET_REQUIRED = ("service_code", "name", "amount")


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a line is refused."""

    reason: str
    figures: Mapping[str, Any] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """As it is kept beside the line."""
        return {"reason": self.reason, "figures": dict(self.figures)}


@dataclass(frozen=True, slots=True)
class Columns:
    """Where each column stands; ``unknown`` headers are ignored and named, ``missing`` ones refuse the file."""

    at: Mapping[str, int]
    headers: Mapping[str, str]
    unknown: tuple[str, ...]
    missing: tuple[str, ...]


def columns_of(header: Sequence[object], known: Mapping[str, tuple[str, ...]], required: Sequence[str]) -> Columns:
    """Reads a header; the first column of a name counts."""
    meaning = {alias: column for column, aliases in known.items() for alias in aliases}
    at: dict[str, int] = {}
    unknown = []
    for place, cell in enumerate(header):
        written = str(cell or "").strip()
        column = meaning.get(" ".join(re.sub(r"[^a-z0-9]+", " ", search_name(written)).split()))
        if column is None and written:
            unknown.append(written)
        elif column is not None:
            at.setdefault(column, place)
    headers = {column: str(header[place]) for column, place in at.items()}
    return Columns(at, headers, tuple(unknown), tuple(column for column in required if column not in at))


def cells_by_column(cells: Sequence[object], columns: Columns) -> dict[str, str]:
    """The cells of a line by column, as texts without blanks around; what is not there is empty."""
    return {
        column: "" if place >= len(cells) or cells[place] is None else str(cells[place]).strip()
        for column, place in columns.at.items()
    }
