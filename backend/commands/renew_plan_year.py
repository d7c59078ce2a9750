"""``python -m backend.commands.renew_plan_year --client SLUG [--contract NUMBER]``.

Opens the plan year after the running one and moves every enrolment to the version of its plan that is sold then.
Without a number it is the contract in force today. Running it again changes nothing.
"""

from __future__ import annotations

import argparse

from backend import database
from backend.access import working_for
from backend.clients import queries
from backend.clients.registry import client_by_slug
from backend.errors import CareError
from backend.jobs import load_tasks
from backend.kit import clock
from backend.members.service.renewal import Renewal, renew_plan_year
from backend.settings import Settings


def run(client: str, number: str | None = None) -> Renewal:
    """Renew one contract of a client; raises NotFound, RuleRefused. The caller has connected the database."""
    facts = client_by_slug(client)
    with working_for(facts.id) as scope:
        if number is None:
            contract = queries.contract_on(scope, clock.today(facts.timezone))
        else:
            contract = queries.contract_by_number(scope, number)
        return renew_plan_year(scope, contract.id)


def main() -> None:
    """Read the arguments, renew, say what happened."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--client", required=True)
    parser.add_argument("--contract")
    options = parser.parse_args()
    database.connect(Settings.from_env().database_url)
    load_tasks()
    try:
        made = run(options.client, options.contract)
    except CareError as error:
        raise SystemExit(f"not renewed: {error.reason} {error.figures}") from error
    print(f"plan year {made.year.starts_on} to {made.year.ends_on}, {made.moved} enrolments in a new plan version")


if __name__ == "__main__":
    main()
