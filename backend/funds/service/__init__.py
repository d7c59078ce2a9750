"""What can be done with a client's money, one file per use case."""

from backend.funds.models import Payee
from backend.funds.rules.chart import Account, Line, Source
from backend.funds.service.bank import assign_line, take_in_statement
from backend.funds.service.closing import Leftover, share_leftover
from backend.funds.service.cockpit import cockpit, month_figures, statement_pdf, statement_workbook
from backend.funds.service.deposits import agree_deposit, open_fund, record_deposit, standing_of
from backend.funds.service.excess import ExcessLine, agree_instalments, answer_dispute, dispute, watch_excess
from backend.funds.service.holds import Hold, hold, release
from backend.funds.service.payables import Owed, owe, take_back
from backend.funds.service.payees import confirm_account, give_account
from backend.funds.service.posting import Converted, Posted, post, reverse
from backend.funds.service.read import deposit_answer, fund_answer
from backend.funds.service.read_excess import (
    excess_answer,
    excess_letter,
    line_answer,
    list_bank_lines,
    list_excess,
    statement_answer,
)
from backend.funds.service.read_payments import (
    account_answer,
    list_accounts_to_confirm,
    list_payables,
    list_runs,
    payment_calendar,
    payment_of_claim,
    run_answer,
)
from backend.funds.service.resealing import reseal_fund, reseal_payee_accounts
from backend.funds.service.runs import approve_run, cancel_run, prepare_run, send_run
from backend.funds.service.settling import bank_file, record_statuses
from backend.funds.service.watching import check_books, watch_deposit, watch_promises

__all__ = [
    "Account",
    "Converted",
    "ExcessLine",
    "Hold",
    "Leftover",
    "Line",
    "Owed",
    "Payee",
    "Posted",
    "Source",
    "account_answer",
    "agree_deposit",
    "agree_instalments",
    "answer_dispute",
    "approve_run",
    "assign_line",
    "bank_file",
    "cancel_run",
    "check_books",
    "cockpit",
    "confirm_account",
    "deposit_answer",
    "dispute",
    "excess_answer",
    "excess_letter",
    "fund_answer",
    "give_account",
    "hold",
    "line_answer",
    "list_accounts_to_confirm",
    "list_bank_lines",
    "list_excess",
    "list_payables",
    "list_runs",
    "month_figures",
    "open_fund",
    "owe",
    "payment_calendar",
    "payment_of_claim",
    "post",
    "prepare_run",
    "record_deposit",
    "record_statuses",
    "release",
    "reseal_fund",
    "reseal_payee_accounts",
    "reverse",
    "run_answer",
    "send_run",
    "share_leftover",
    "standing_of",
    "statement_answer",
    "statement_pdf",
    "statement_workbook",
    "take_back",
    "take_in_statement",
    "watch_deposit",
    "watch_excess",
    "watch_promises",
]
