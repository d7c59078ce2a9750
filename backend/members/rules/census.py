"""Reads one line of a census file: whose it is, what is wrong with it, what only looks odd. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from backend.members.rules.cover import age_on

MISSING_VALUE = "census.missing_value"
UNREADABLE_DATE = "census.unreadable_date"
UNKNOWN_WORD = "census.unknown_word"
BORN_IN_FUTURE = "census.born_in_future"
UNLIKELY_AGE = "census.unlikely_age"
UNLIKELY_START = "census.unlikely_start"
START_BEFORE_BIRTH = "census.start_before_birth"

ALIASES: Mapping[str, tuple[str, ...]] = {
    "employee_number": (
        *("employee number", "employee no", "employee id", "staff number", "staff id", "payroll number"),
        *("nomor karyawan", "no karyawan", "nip", "nik karyawan", "nomor pegawai", "no pegawai", "id karyawan"),
        *(
            "numero de trabalhador",
            "numero do trabalhador",
            "n trabalhador",
            "n o trabalhador",
            "n o de trabalhador",
            "numero de funcionario",
            "matricula",
        ),
    ),
    "relationship": (
        *("relationship", "relation", "member type", "hubungan", "hubungan keluarga", "status keluarga"),
        *("parentesco", "relacao", "tipo de membro"),
    ),
    "full_name": ("full name", "name", "member name", "nama", "nama lengkap", "nama peserta", "nome", "nome completo"),
    "birth_date": (
        *("birth date", "date of birth", "dob", "birthday", "tanggal lahir", "tgl lahir"),
        *("data de nascimento", "nascimento", "data nascimento"),
    ),
    "sex": ("sex", "gender", "jenis kelamin", "kelamin", "jk", "l p", "sexo", "genero"),
    "phone": (
        *("phone", "phone number", "mobile", "mobile phone", "telepon", "no telepon", "no hp", "hp", "nomor hp"),
        *("nomor telepon", "handphone", "telefone", "telemovel", "celular", "contacto"),
    ),
    "email": ("email", "e mail", "mail", "alamat email", "surel", "correio electronico", "correio eletronico"),
    "national_id": (
        *("national id", "nik", "nik ktp", "no ktp", "nomor ktp", "ktp", "nomor identitas", "id number"),
        *("bilhete de identidade", "bi", "numero do bi", "n bi", "documento de identificacao"),
    ),
    "plan": ("plan", "plan code", "benefit plan", "program", "kode program", "kode plan", "plano", "codigo do plano"),
    "starts_on": (
        *("start date", "starts on", "effective date", "tanggal mulai", "tgl mulai", "berlaku mulai"),
        *("data de inicio", "inicio", "data de adesao"),
    ),
    "language": ("language", "bahasa", "lingua", "idioma"),
}
"""Column headers as employers write them, in the three languages; accents, case and signs do not matter."""

REQUIRED = ("employee_number", "full_name", "birth_date", "sex")

_SEX = {
    **dict.fromkeys(("m", "male", "l", "laki laki", "laki", "pria", "masculino", "homem"), "male"),
    **dict.fromkeys(("f", "female", "p", "perempuan", "wanita", "feminino", "mulher"), "female"),
}
_RELATIONSHIP = {
    **dict.fromkeys(
        ("", "employee", "self", "staff", "karyawan", "karyawati", "pegawai", "peserta", "trabalhador", "titular"),
        "employee",
    ),
    **dict.fromkeys(
        ("spouse", "wife", "husband", "istri", "suami", "pasangan", "conjuge", "esposa", "esposo", "marido"), "spouse"
    ),
    **dict.fromkeys(("child", "son", "daughter", "anak", "filho", "filha", "filho a"), "child"),
}
_LANGUAGE = {
    **dict.fromkeys(("id", "indonesia", "indonesian", "bahasa indonesia", "indonesio"), "id"),
    **dict.fromkeys(("en", "english", "inggris", "ingles"), "en"),
    **dict.fromkeys(("pt", "portuguese", "portugis", "portugues"), "pt"),
}
_YEAR_FIRST = re.compile(r"(?P<year>\d{4})[-/.](?P<month>\d\d?)[-/.](?P<day>\d\d?)(?:[ T]00:00:00)?", re.ASCII)
_DAY_FIRST = re.compile(r"(?P<day>\d\d?)[-/. ](?P<month>\d\d?)[-/. ](?P<year>\d{4})", re.ASCII)
"""The day stands before the month in all three languages; a year of two digits is not guessed at."""
_OLDEST_YEARS, _YOUNGEST_EMPLOYEE, _OLDEST_EMPLOYEE = 110, 15, 75


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a line is refused, or what looks odd; ``column`` is the header as the file has it."""

    reason: str
    figures: Mapping[str, Any] = field(default_factory=dict)
    warning: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One person of the file, read."""

    line: int
    employee_number: str
    relationship: str
    full_name: str
    birth_date: date
    sex: str
    phone: str | None = None
    email: str | None = None
    national_id: str | None = None
    plan: str | None = None
    starts_on: date | None = None
    language: str | None = None

    @property
    def is_employee(self) -> bool:
        """An employee, not somebody's dependant."""
        return self.relationship == "employee"


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column holds what; ``unknown`` headers are ignored and named, ``missing`` ones refuse the file."""

    at: Mapping[str, int]
    headers: Mapping[str, str]
    unknown: tuple[str, ...]
    missing: tuple[str, ...]


def plain(text: str) -> str:
    """Lower case, no accents, one blank for any run of signs: how headers and words are compared."""
    letters = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().casefold()
    return " ".join(re.sub(r"[^a-z0-9]+", " ", letters).split())


_FIELD_OF = {alias: name for name, aliases in ALIASES.items() for alias in aliases}


def columns_of(headers: Sequence[Any]) -> Columns:
    """Recognise the headers by their aliases; of two columns with one meaning the first counts."""
    at: dict[str, int] = {}
    unknown: list[str] = []
    for index, header in enumerate(headers):
        name = _FIELD_OF.get(plain(str(header or "")))
        if name and name not in at:
            at[name] = index
        elif header:
            unknown.append(str(header))
    missing = tuple(name for name in REQUIRED if name not in at)
    return Columns(at, {name: str(headers[index]) for name, index in at.items()}, tuple(unknown), missing)


def read_line(number: int, cells: Sequence[Any], columns: Columns, today: date) -> tuple[Line | None, list[Problem]]:
    """The person of one line, or None with what is wrong; problems that only warn come with the person."""
    problems: list[Problem] = []
    given = {name: cells[index] if index < len(cells) else None for name, index in columns.at.items()}

    def text(name: str) -> str:
        value = given.get(name)
        if isinstance(value, float) and value.is_integer():
            value = int(value)  # a spreadsheet's number that was meant as text
        return " ".join(str(value).split()) if value is not None else ""

    def fault(reason: str, name: str) -> None:
        problems.append(Problem(reason, {"column": columns.headers.get(name, name)}))

    def day(name: str) -> date | None:
        found = _date(given.get(name))
        if found is None and text(name):
            fault(UNREADABLE_DATE, name)
        return found

    def word(name: str, words: Mapping[str, str]) -> str | None:
        found = words.get(plain(text(name)))
        if found is None and text(name):
            fault(UNKNOWN_WORD, name)
        return found

    for name in REQUIRED:
        if not text(name):
            fault(MISSING_VALUE, name)
    born, starts_on = day("birth_date"), day("starts_on")
    sex, relationship = word("sex", _SEX), word("relationship", _RELATIONSHIP)
    language = word("language", _LANGUAGE)
    if born is not None:
        problems += _about_dates(born, starts_on, relationship or "", today)
    if born is None or sex is None or relationship is None or any(not problem.warning for problem in problems):
        return None, problems
    optional = {name: text(name) or None for name in ("phone", "email", "national_id", "plan")}
    return Line(
        number,
        text("employee_number"),
        relationship,
        text("full_name"),
        born,
        sex,
        starts_on=starts_on,
        language=language,
        **optional,
    ), problems


def _date(value: Any) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    written = _YEAR_FIRST.fullmatch(text := str(value or "").strip()) or _DAY_FIRST.fullmatch(text)
    if written is None:
        return None
    try:
        return date(int(written["year"]), int(written["month"]), int(written["day"]))
    except ValueError:
        return None


def _about_dates(born: date, starts_on: date | None, relationship: str, today: date) -> list[Problem]:
    if born > today:
        return [Problem(BORN_IN_FUTURE)]
    age = age_on(born, today)
    if age > _OLDEST_YEARS:
        return [Problem(UNLIKELY_AGE, {"age": age})]
    found = []
    if relationship == "employee" and not _YOUNGEST_EMPLOYEE <= age <= _OLDEST_EMPLOYEE:
        found.append(Problem(UNLIKELY_AGE, {"age": age}, warning=True))
    if starts_on is not None and starts_on < born:
        found.append(Problem(START_BEFORE_BIRTH))
    elif starts_on is not None and abs((starts_on - today).days) > 3 * 365:
        found.append(Problem(UNLIKELY_START, {"day": starts_on.isoformat()}, warning=True))
    return found
