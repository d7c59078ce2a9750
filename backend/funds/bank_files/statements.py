"""Reads a statement of an account: camt.053 in any version, MT940, or a table in one of our languages."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

import mt940

from backend.errors import RuleRefused
from backend.funds.bank_files import iso
from backend.kit.money import Money

_COLUMNS = {
    "booked_on": ("date", "booked_on", "tanggal", "data"),
    "amount": ("amount", "jumlah", "valor", "montante"),
    "credit": ("credit", "kredit", "crédito", "credito"),
    "debit": ("debit", "debet", "débito", "debito"),
    "text": ("description", "text", "keterangan", "berita", "descrição", "descricao"),
    "reference": ("reference", "referensi", "referência", "referencia"),
}
_DAYS = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y")


@dataclass(frozen=True, slots=True)
class Booked:
    """A movement as the bank writes it: money that came is positive."""

    on: date
    amount: Money
    reference: str
    text: str


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement; ``account`` and the balances are None where the file does not say."""

    form: str
    account: str | None
    opening: Money | None
    closing: Money | None
    lines: tuple[Booked, ...]

    @property
    def adds_up(self) -> bool:
        """Whether the movements lead from the opening to the closing balance."""
        if self.opening is None or self.closing is None:
            return True
        return sum((line.amount for line in self.lines), start=self.opening) == self.closing


def read(data: bytes, currency: str) -> Statement:
    """The statement in a file; raises RuleRefused ``funds.file_unreadable``."""
    try:
        if iso.is_message(data, "camt", "053"):
            return _camt(data)
        text = _decoded(data)
        return _mt940(text) if ":60F:" in text or ":60M:" in text else _table(text, currency)
    except (ValueError, KeyError, AttributeError, InvalidOperation, TypeError, IndexError, csv.Error) as error:
        raise RuleRefused(iso.UNREADABLE) from error


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def _camt(data: bytes) -> Statement:
    told = iso.read(data).bk_to_cstmr_stmt.stmt
    if len(told) != 1:
        raise ValueError("one account at a time")
    statement = told[0]
    account = statement.acct.id.iban or (statement.acct.id.othr and statement.acct.id.othr.id)
    balances = {iso.word(one.tp.cd_or_prtry.cd): _signed(one) for one in statement.bal}
    lines = tuple(line for entry in statement.ntry for line in _entries(entry))
    return Statement("camt053", account, balances.get("OPBD") or balances.get("PRCD"), balances.get("CLBD"), lines)


def _signed(one: Any) -> Money:
    amount = Money.of_major(one.amt.value, one.amt.ccy)
    return -amount if iso.word(one.cdt_dbt_ind) == "DBIT" else amount


def _entries(entry: Any) -> Iterator[Booked]:
    booked = entry.bookg_dt or entry.val_dt
    on = booked.dt.to_date() if booked.dt else booked.dt_tm.to_datetime().date()
    details = [one for group in entry.ntry_dtls for one in group.tx_dtls]
    references = [one.refs.end_to_end_id for one in details if one.refs and one.refs.end_to_end_id]
    words = [*(part for one in details if one.rmt_inf for part in one.rmt_inf.ustrd), entry.addtl_ntry_inf]
    words += [_sender(one) for one in details]
    reference = entry.acct_svcr_ref or entry.ntry_ref or ""
    yield Booked(on, _signed(entry), reference, " ".join(filter(None, [*references, *words])))


def _sender(detail: Any) -> str | None:
    parties = detail.rltd_pties
    debtor = parties.dbtr if parties else None
    party = getattr(debtor, "pty", debtor)
    return getattr(party, "nm", None)


def _mt940(text: str) -> Statement:
    parsed = mt940.parse(text)
    opening, closing = parsed.data["final_opening_balance"], parsed.data["final_closing_balance"]
    lines = []
    for movement in parsed:
        said = movement.data
        words = [said.get(name) for name in ("customer_reference", "extra_details", "transaction_details")]
        amount = Money.of_major(said["amount"].amount, said["amount"].currency)
        on = said.get("entry_date") or said["date"]
        written = " ".join(word.replace("\n", " ") for word in words if word)
        lines.append(Booked(date(on.year, on.month, on.day), amount, said.get("bank_reference") or "", written))
    first, last = (Money.of_major(one.amount.amount, one.amount.currency) for one in (opening, closing))
    return Statement("mt940", parsed.data.get("account_identification"), first, last, tuple(lines))


def _table(text: str, currency: str) -> Statement:
    dialect = csv.Sniffer().sniff(text.splitlines()[0], delimiters=",;\t")
    rows = csv.DictReader(io.StringIO(text), dialect=dialect)
    given = {(name or "").strip().casefold(): name for name in rows.fieldnames or ()}
    columns = {ours: next((given[name] for name in names if name in given), None) for ours, names in _COLUMNS.items()}
    if columns["booked_on"] is None or columns["text"] is None or not (columns["amount"] or columns["credit"]):
        raise ValueError("columns are missing")
    lines = tuple(
        Booked(
            _day(_cell(row, columns["booked_on"])),
            _amount(row, columns, currency),
            _cell(row, columns["reference"]),
            _cell(row, columns["text"]),
        )
        for row in rows
    )
    return Statement("csv", None, None, None, lines)


def _cell(row: dict[str, str | None], column: str | None) -> str:
    return (row.get(column) or "").strip() if column else ""


def _day(written: str) -> date:
    for form in _DAYS:
        try:
            return datetime.strptime(written, form).date()  # noqa: DTZ007 - a date has no zone
        except ValueError:
            continue
    raise ValueError(f"{written!r} is not a date")


def _amount(row: dict[str, str | None], columns: dict[str, str | None], currency: str) -> Money:
    if columns["amount"]:
        return Money.of_major(_number(_cell(row, columns["amount"])), currency)
    came, went = (_cell(row, columns[name]) for name in ("credit", "debit"))
    return Money.of_major(_number(came or "0") - _number(went or "0"), currency)


def _number(written: str) -> Decimal:
    """``1.234.567,00`` and ``1,234,567.00`` alike: the last separator with two digits behind it is the decimal one."""
    bare = written.replace(" ", "").replace("\xa0", "")
    if len(bare) > 3 and bare[-3] in ",.":
        return Decimal(bare[:-3].replace(".", "").replace(",", "") + "." + bare[-2:])
    return Decimal(bare.replace(".", "").replace(",", ""))
