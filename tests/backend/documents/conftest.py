"""Who sends documents, and a darkroom that is not hurried by a busy machine."""

import pytest

from backend.access import Role
from backend.documents import develop
from backend.kit import ids
from tests.factories.accounts import headers_for
from tests.factories.clients import make_client


@pytest.fixture(scope="module")
def unhurried_darkroom():
    """A busy machine must not turn an answer given at once into one given later."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(develop, "LOOK_SECONDS", 30.0)
        patch.setattr(develop, "LOOK_PATIENCE", 30.0)
        yield


@pytest.fixture(scope="module")
def client(app):
    return make_client()


@pytest.fixture
def member(client):
    return headers_for(Role.MEMBER, client, (ids.new_id(),))
