"""A client's code: what somebody types, or scans, to come to their own company's app. It lists nobody.

Eight characters of Crockford's alphabet are 40 bits: among a thousand clients a guess hits once in 10⁹. The code opens
no data, only the page to sign in; a new one may be made whenever an old one has gone too far.
"""

from __future__ import annotations

import secrets

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from backend import database
from backend.access import Scope
from backend.audit import service as audit
from backend.clients import registry
from backend.clients.models import ClientCode
from backend.clients.registry import ClientFacts
from backend.clients.rules import CODE_ALPHABET, CODE_LENGTH, code_as_kept
from backend.errors import NotFound
from backend.kit import clock

UNKNOWN_CODE = "clients.unknown_code"


def own_code(scope: Scope) -> str:
    """The client's code; whoever asks first makes it."""
    found = scope.session.scalar(select(ClientCode.code).where(ClientCode.client_id == scope.client_id))
    return found or _keep(scope, replacing=False)


def renew_code(scope: Scope) -> str:
    """A new code; the one before leads nowhere from the commit on, and printed ones must be printed again."""
    code = _keep(scope, replacing=True)
    audit.record(scope, "update", "client_code", scope.client_id)
    return code


def client_of_code(written: str) -> ClientFacts:
    """Whose code somebody typed, however they wrote it; raises NotFound ``clients.unknown_code``."""
    code = code_as_kept(written)
    found = None
    if code is not None:
        with database.current().engine.connect() as connection:
            found = connection.execute(select(ClientCode.client_id).where(ClientCode.code == code)).scalar()
            connection.commit()
    try:
        if found is not None:
            return registry.client_by_id(found)
    except NotFound:
        pass  # a client that is no more
    raise NotFound(UNKNOWN_CODE)


def _keep(scope: Scope, *, replacing: bool) -> str:
    code = "".join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_LENGTH))
    values = {"code": code, "created_at": clock.now()}
    made = insert(ClientCode).values(client_id=scope.client_id, **values)
    if replacing:
        made = made.on_conflict_do_update(index_elements=["client_id"], set_=values)
    else:
        # Two people who ask first at once are told the same code.
        made = made.on_conflict_do_update(index_elements=["client_id"], set_={"created_at": ClientCode.created_at})
    return str(scope.session.execute(made.returning(ClientCode.code)).scalar_one())
