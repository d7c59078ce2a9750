"""What a bank writes and reads: the orders of a pain.001, and its own pain.002, camt.053 and MT940."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

from pyiso20022.pain import pain_001_001_09 as pain001
from xsdata.formats.dataclass.parsers import XmlParser

_NAMESPACE = "urn:iso:std:iso:20022:tech:xsd"
_MINOR = 100


@dataclass(frozen=True, slots=True)
class Ordered:
    """One transfer of a payment file; the amount in minor units."""

    reference: str
    amount_minor: int
    about: str


@dataclass(frozen=True, slots=True)
class Orders:
    """A payment file as the bank reads it."""

    from_account: str
    control_minor: int
    transfers: tuple[Ordered, ...]


@dataclass(frozen=True, slots=True)
class Movement:
    """Something that moved on an account: money that came is positive."""

    amount_minor: int
    reference: str
    words: str


def orders_in(file: bytes) -> Orders:
    """Reads a pain.001.001.09 as its schema says; raises ParserError for anything else."""
    told = XmlParser().from_bytes(file, pain001.Document).cstmr_cdt_trf_initn
    (instruction,) = told.pmt_inf
    account = instruction.dbtr_acct.id
    transfers = tuple(
        Ordered(one.pmt_id.end_to_end_id, _minor(one.amt.instd_amt.value), " ".join(one.rmt_inf.ustrd))
        for one in instruction.cdt_trf_tx_inf
    )
    return Orders(account.iban or account.othr.id, _minor(told.grp_hdr.ctrl_sum), transfers)


def carried_out(run_number: str, references: Sequence[str], moment: str | None = None) -> bytes:
    """A pain.002: the bank booked every transfer at a moment, just now unless said otherwise."""
    moment = moment or datetime.now(UTC).isoformat(timespec="seconds")
    told = "".join(
        f"<TxInfAndSts><OrgnlEndToEndId>{one}</OrgnlEndToEndId><TxSts>ACSC</TxSts>"
        f"<AccptncDtTm>{moment}</AccptncDtTm></TxInfAndSts>"
        for one in references
    )
    return (
        f'<Document xmlns="{_NAMESPACE}:pain.002.001.10"><CstmrPmtStsRpt>'
        f"<GrpHdr><MsgId>S{run_number}</MsgId><CreDtTm>{moment}</CreDtTm></GrpHdr>"
        f"<OrgnlGrpInfAndSts><OrgnlMsgId>{run_number}</OrgnlMsgId>"
        f"<OrgnlMsgNmId>pain.001.001.09</OrgnlMsgNmId></OrgnlGrpInfAndSts>"
        f"<OrgnlPmtInfAndSts><OrgnlPmtInfId>{run_number}</OrgnlPmtInfId>{told}</OrgnlPmtInfAndSts>"
        f"</CstmrPmtStsRpt></Document>"
    ).encode()


def camt053(account: str, currency: str, on: date, opening_minor: int, movements: Sequence[Movement]) -> bytes:
    """A statement of a day with both balances."""
    closing = opening_minor + sum(one.amount_minor for one in movements)
    moment = datetime.now(UTC).isoformat(timespec="seconds")
    entries = "".join(
        f"<Ntry>{_signed(one.amount_minor, currency)}<Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>{on}</Dt></BookgDt>"
        f"<AcctSvcrRef>{one.reference}</AcctSvcrRef><BkTxCd/><NtryDtls><TxDtls>"
        f"{_signed(one.amount_minor, currency)}<RmtInf><Ustrd>{one.words}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>"
        for one in movements
    )
    balances = "".join(
        f"<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp>{_signed(minor, currency)}<Dt><Dt>{on}</Dt></Dt></Bal>"
        for code, minor in (("OPBD", opening_minor), ("CLBD", closing))
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><Document xmlns="{_NAMESPACE}:camt.053.001.08"><BkToCstmrStmt>'
        f"<GrpHdr><MsgId>1</MsgId><CreDtTm>{moment}</CreDtTm></GrpHdr><Stmt><Id>1</Id><CreDtTm>{moment}</CreDtTm>"
        f"<Acct><Id><Othr><Id>{account}</Id></Othr></Id></Acct>{balances}{entries}</Stmt></BkToCstmrStmt></Document>"
    ).encode()


def mt940(account: str, currency: str, on: date, opening_minor: int, movement: Movement) -> bytes:
    """The same as an MT940 with one movement that came."""
    closing = opening_minor + movement.amount_minor
    return "\n".join(
        (
            ":20:STATEMENT",
            f":25:{account}",
            ":28C:1/1",
            f":60F:C{on:%y%m%d}{currency}{_comma(opening_minor)}",
            f":61:{on:%y%m%d%m%d}C{_comma(movement.amount_minor)}NTRFNONREF//{movement.reference}",
            f":86:{movement.words}",
            f":62F:C{on:%y%m%d}{currency}{_comma(closing)}",
            "",
        )
    ).encode()


def _minor(major: Decimal) -> int:
    return int(major * _MINOR)


def _signed(minor: int, currency: str) -> str:
    side = "CRDT" if minor >= 0 else "DBIT"
    amount = f"{abs(minor) // _MINOR}.{abs(minor) % _MINOR:02}"
    return f'<Amt Ccy="{currency}">{amount}</Amt><CdtDbtInd>{side}</CdtDbtInd>'


def _comma(minor: int) -> str:
    return f"{minor // _MINOR},{minor % _MINOR:02}"
