"""What can be done with a client's money, one file per use case."""

from backend.funds.rules.chart import Account, Line, Source
from backend.funds.service.deposits import agree_deposit, open_fund, record_deposit, standing_of
from backend.funds.service.holds import Hold, hold, release
from backend.funds.service.posting import Converted, Posted, post, reverse
from backend.funds.service.read import deposit_answer, fund_answer

__all__ = [
    "Account",
    "Converted",
    "Hold",
    "Line",
    "Posted",
    "Source",
    "agree_deposit",
    "deposit_answer",
    "fund_answer",
    "hold",
    "open_fund",
    "post",
    "record_deposit",
    "release",
    "reverse",
    "standing_of",
]
