"""A payment run as ISO 20022 pain.001.001.09, the customer's credit transfer initiation."""

from __future__ import annotations

import re

from pyiso20022.pain import pain_001_001_09 as iso
from xsdata.formats.dataclass.serializers import XmlSerializer
from xsdata.formats.dataclass.serializers.config import SerializerConfig
from xsdata.models.datatype import XmlDate, XmlDateTime

from backend.funds.bank_files.banks import bank_named
from backend.funds.bank_files.order import AccountNamed, OrderedTransfer, PaymentOrder
from backend.kit.money import Money

NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"
_NOT_LATIN = re.compile(r"[^A-Za-z0-9/\-?:().,'+ ]")
_IBAN = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}")
_LONGEST_NAME, _LONGEST_ABOUT = 140, 140


def written(order: PaymentOrder) -> bytes:
    """The file, UTF-8."""
    count, total = str(len(order.transfers)), order.total.major()
    initiation = iso.CustomerCreditTransferInitiationV09(
        grp_hdr=iso.GroupHeader85(
            msg_id=order.number,
            cre_dt_tm=XmlDateTime.from_datetime(order.made_at.replace(microsecond=0)),
            nb_of_txs=count,
            ctrl_sum=total,
            initg_pty=iso.PartyIdentification135(nm=_plain(order.source.holder_name)),
        ),
        pmt_inf=[
            iso.PaymentInstruction30(
                pmt_inf_id=order.number,
                pmt_mtd=iso.PaymentMethod3Code.TRF,
                nb_of_txs=count,
                ctrl_sum=total,
                reqd_exctn_dt=iso.DateAndDateTime2Choice(dt=XmlDate.from_date(order.pay_on)),
                dbtr=iso.PartyIdentification135(nm=_plain(order.source.holder_name)),
                dbtr_acct=_account(order.source, order.total.currency),
                dbtr_agt=_agent(order.source.bank),
                chrg_br=iso.ChargeBearerType1Code.DEBT,
                cdt_trf_tx_inf=[_transfer(transfer) for transfer in order.transfers],
            )
        ],
    )
    document = iso.Document(cstmr_cdt_trf_initn=initiation)
    return XmlSerializer(config=SerializerConfig(indent="  ")).render(document, ns_map={None: NAMESPACE}).encode()


def _transfer(transfer: OrderedTransfer) -> iso.CreditTransferTransaction34:
    return iso.CreditTransferTransaction34(
        pmt_id=iso.PaymentIdentification6(instr_id=transfer.reference, end_to_end_id=transfer.reference),
        pmt_tp_inf=iso.PaymentTypeInformation26(lcl_instrm=iso.LocalInstrument2Choice(prtry=transfer.rail.upper())),
        amt=iso.AmountType4Choice(instd_amt=_amount(transfer.amount)),
        cdtr_agt=_agent(transfer.to.bank),
        cdtr=iso.PartyIdentification135(nm=_plain(transfer.to.holder_name)),
        cdtr_acct=_account(transfer.to, transfer.amount.currency),
        rmt_inf=iso.RemittanceInformation16(ustrd=[_plain(" ".join(transfer.about))[:_LONGEST_ABOUT]]),
    )


def _amount(amount: Money) -> iso.ActiveOrHistoricCurrencyAndAmount:
    return iso.ActiveOrHistoricCurrencyAndAmount(value=amount.major(), ccy=amount.currency)


def _account(account: AccountNamed, currency: str) -> iso.CashAccount38:
    if _IBAN.fullmatch(account.number):
        return iso.CashAccount38(id=iso.AccountIdentification4Choice(iban=account.number), ccy=currency)
    other = iso.GenericAccountIdentification1(id=account.number)
    return iso.CashAccount38(id=iso.AccountIdentification4Choice(othr=other), ccy=currency)


def _agent(written_name: str) -> iso.BranchAndFinancialInstitutionIdentification6:
    bank = bank_named(written_name)
    member = iso.ClearingSystemMemberIdentification2(mmb_id=bank.code) if bank.code else None
    found = iso.FinancialInstitutionIdentification18(bicfi=bank.bic, clr_sys_mmb_id=member, nm=_plain(bank.name))
    return iso.BranchAndFinancialInstitutionIdentification6(fin_instn_id=found)


def _plain(text: str) -> str:
    """What every bank takes: the SWIFT character set, at most 140 characters."""
    return _NOT_LATIN.sub(" ", text).strip()[:_LONGEST_NAME]
