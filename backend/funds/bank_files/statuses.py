"""What a bank says became of a payment file: pain.002 in any version, or a table."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from xsdata.models.datatype import XmlDateTime

from backend.errors import RuleRefused
from backend.funds.bank_files import iso
from backend.kit.deadlines import local_date

_PAID = frozenset(["ACSC", "ACCC", "paid", "PAID", "SUCCESS", "success"])
_FAILED = frozenset(["RJCT", "failed", "FAILED", "rejected", "REJECTED"])
_COLUMNS = frozenset(["reference", "status"])


@dataclass(frozen=True, slots=True)
class TransferStatus:
    """``paid`` is None while the bank is still at it. ``reference`` is None when it speaks of the whole file."""

    reference: str | None
    paid: bool | None
    on: date | None
    reason: str | None


def read(data: bytes, zone: str) -> list[TransferStatus]:
    """Every transfer the file speaks of, its day in the IANA ``zone``; raises RuleRefused ``funds.file_unreadable``."""
    return list(_of_message(data, zone) if iso.is_message(data, "pain", "002") else _of_table(data))


def _of_message(data: bytes, zone: str) -> Iterator[TransferStatus]:
    report = iso.read(data).cstmr_pmt_sts_rpt
    made_on = _day(report.grp_hdr.cre_dt_tm, zone)
    whole = _status(iso.word(report.orgnl_grp_inf_and_sts.grp_sts))
    if whole is not None:
        yield TransferStatus(None, whole, made_on, _reason(report.orgnl_grp_inf_and_sts))
    for instruction in report.orgnl_pmt_inf_and_sts:
        for transfer in instruction.tx_inf_and_sts:
            accepted = transfer.accptnc_dt_tm
            yield TransferStatus(
                transfer.orgnl_end_to_end_id or transfer.orgnl_instr_id,
                _status(iso.word(transfer.tx_sts)),
                _day(accepted, zone) if accepted else made_on,
                _reason(transfer),
            )


def _day(moment: XmlDateTime, zone: str) -> date:
    """The day of a moment in the zone; as it is written where the bank names no offset."""
    written = moment.to_datetime()
    return local_date(written, zone) if written.tzinfo else written.date()


def _reason(said: Any) -> str | None:
    for information in said.sts_rsn_inf:
        code = iso.word(information.rsn.cd or information.rsn.prtry) if information.rsn else None
        words = " ".join(information.addtl_inf)
        if code or words:
            return " ".join(filter(None, [code, words]))
    return None


def _status(code: str | None) -> bool | None:
    if code in _PAID:
        return True
    return False if code in _FAILED else None


def _of_table(data: bytes) -> Iterator[TransferStatus]:
    try:
        rows = csv.DictReader(io.StringIO(data.decode("utf-8-sig")))
        if not set(rows.fieldnames or ()) >= _COLUMNS:
            raise RuleRefused(iso.UNREADABLE)
        for row in rows:
            on = row.get("paid_on")
            yield TransferStatus(
                (row["reference"] or "").strip(),
                _status((row["status"] or "").strip()),
                date.fromisoformat(on) if on else None,
                (row.get("reason") or "").strip() or None,
            )
    except (UnicodeDecodeError, csv.Error, ValueError) as error:
        raise RuleRefused(iso.UNREADABLE) from error
