"""How far a request got before its connection failed."""

from __future__ import annotations

import requests
from urllib3.exceptions import ConnectTimeoutError, NewConnectionError

_NEVER_LEFT = (requests.ConnectTimeout, requests.exceptions.SSLError, requests.exceptions.ProxyError)


def never_left(error: BaseException | None) -> bool:
    """Whether ``error`` of requests happened before a byte was written, so that asking again is safe."""
    argument = error.args[0] if error is not None and error.args else None
    reason = getattr(argument, "reason", None)
    return isinstance(error, _NEVER_LEFT) or isinstance(reason, NewConnectionError | ConnectTimeoutError)
