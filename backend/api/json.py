"""JSON as the API speaks it."""

from __future__ import annotations

from typing import Any

import orjson
from flask import Response
from flask.json.provider import JSONProvider

from backend.kit.money import Money


def _plain(value: Any) -> Any:
    if isinstance(value, Money):
        return value.as_json()
    raise TypeError(f"{type(value).__name__} is not JSON")


def dump_json(value: Any) -> bytes:
    """JSON as the API speaks it: UUIDs, dates, times with offset and Money included."""
    return orjson.dumps(value, default=_plain, option=orjson.OPT_UTC_Z | orjson.OPT_NON_STR_KEYS)


def answer(value: Any, status: int = 200) -> Response:
    """A JSON answer that is not walked by marshmallow again; the schema on the route documents it."""
    body = value if isinstance(value, bytes) else value.encode() if isinstance(value, str) else dump_json(value)
    return Response(body, status=status, mimetype="application/json")


class OrjsonProvider(JSONProvider):
    """Flask's JSON through orjson."""

    def dumps(self, obj: Any, **_: Any) -> str:
        return dump_json(obj).decode()

    def loads(self, s: str | bytes, **_: Any) -> Any:
        return orjson.loads(s)

    def response(self, *args: Any, **kwargs: Any) -> Response:
        return answer(self._prepare_response_obj(args, kwargs))
