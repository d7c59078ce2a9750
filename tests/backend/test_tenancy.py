"""Row-level security as the application's role sees it, whatever a query forgets."""

from __future__ import annotations

import psycopg

from backend.access import Role
from tests.factories.accounts import actor_for
from tests.factories.clients import make_client


def test_a_token_of_an_ended_session_is_refused_at_once(app, http):
    client = make_client()
    with psycopg.connect(app.config["CARELINE"].database_url) as connection:
        actor = actor_for(Role.HR, client)
        alive = connection.execute("SELECT app_begin(%s, %s)", [client.id, actor.session_id]).fetchone()
        assert alive == (True,)
        connection.execute("UPDATE sign_in_session SET ended_at = now() WHERE id = %s", [actor.session_id])
        assert connection.execute("SELECT app_begin(%s, %s)", [client.id, actor.session_id]).fetchone() == (False,)
