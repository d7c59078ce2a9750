"""Is an Indonesian national id number (NIK) plausible? Answers warnings only: registry data has real errors."""

from __future__ import annotations

from datetime import date

SHAPE = "members.nik_shape"
PROVINCE = "members.nik_province"
DATE = "members.nik_date"
BIRTH_DATE = "members.nik_birth_date"
SEX = "members.nik_sex"
SEQUENCE = "members.nik_sequence"

WOMEN_DAY_OFFSET = 40
"""A woman's day of birth is written plus 40 (domain.md 6.1)."""

PROVINCES = frozenset(
    [
        *("11", "12", "13", "14", "15", "16", "17", "18", "19", "21"),  # Sumatra
        *("31", "32", "33", "34", "35", "36"),  # Java
        *("51", "52", "53"),  # Bali, Nusa Tenggara
        *("61", "62", "63", "64", "65"),  # Kalimantan
        *("71", "72", "73", "74", "75", "76"),  # Sulawesi
        *("81", "82"),  # Maluku
        *("91", "92", "93", "94", "95", "96"),  # Papua, with the provinces of 2022 and the code it had before
    ]
)
"""Province codes of the home ministry, where the person was first registered; a move does not change them."""


def nik_warnings(nik: str, birth_date: date | None, sex: str | None) -> list[str]:
    """What does not fit, as reasons; empty when everything does.

    Digits: 2 province, 2 regency, 2 district, day (+40 for women), month, year, 4 sequence. The century
    comes from the declared birth date, because the number does not say it (domain.md 6.1).
    """
    if len(nik) != 16 or not (nik.isascii() and nik.isdigit()):
        return [SHAPE]
    found = [] if nik[:2] in PROVINCES else [PROVINCE]
    written, month, year = int(nik[6:8]), int(nik[8:10]), int(nik[10:12])
    female = written > WOMEN_DAY_OFFSET
    born = _date(written - WOMEN_DAY_OFFSET * female, month, year, birth_date)
    if born is None:
        found.append(DATE)
    elif birth_date is not None and born != birth_date:
        found.append(BIRTH_DATE)
    if born is not None and sex is not None and female != (sex == "female"):
        found.append(SEX)
    if nik[12:] == "0000":
        found.append(SEQUENCE)
    return found


def _date(day: int, month: int, year: int, declared: date | None) -> date | None:
    centuries = [declared.year // 100 * 100] if declared else [2000, 1900]
    for century in centuries:
        try:
            return date(century + year, month, day)
        except ValueError:
            continue
    return None
