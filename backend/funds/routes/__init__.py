"""HTTP of the funds domain."""

from backend.api import Blueprint
from backend.funds.routes.excess import blp as excess
from backend.funds.routes.fund import blp as fund
from backend.funds.routes.payments import blp as payments
from backend.settings import Settings


def blueprints(settings: Settings) -> list[Blueprint]:
    """What create_app registers."""
    return [fund, payments, excess]
