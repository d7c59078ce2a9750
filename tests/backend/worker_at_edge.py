"""The worker as it is, but Twilio's API lies at an address of the test: ``CARELINE_TEST_EDGE``."""

from __future__ import annotations

import os
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from twilio.http.http_client import TwilioHttpClient

from backend import worker
from backend.integrations import registry
from backend.integrations.twilio.client import TIMEOUT_SECONDS, rest_client


class _AtEdge(TwilioHttpClient):
    """Twilio's own transport; only the host is another."""

    def request(self, method: str, url: str, *arguments: Any, **options: Any) -> Any:
        there = os.environ["CARELINE_TEST_EDGE"] + urlsplit(url).path
        return super().request(method, there, *arguments, **options)


if __name__ == "__main__":
    registry.rest_client = partial(rest_client, http_client=_AtEdge(timeout=TIMEOUT_SECONDS))
    worker.main()
