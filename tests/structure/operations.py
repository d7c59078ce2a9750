"""Every operation of the API that needs a sign-in, and a smallest body that it takes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from flask import Flask

_SAMPLES = (
    "3171",
    "2026Q4",
    "123456",
    "+6281200000001",
    "ABC-1",
    "2030-01-01",
    "IDR",
    "A1",
    "a",
    "1",
    "ID",
    "abc",
    "#1f5f56",
)


@dataclass(frozen=True)
class Operation:
    """A method on an address; ``roles`` as declared with ``blp.access``."""

    method: str
    rule: str
    names: frozenset[str]
    roles: tuple[str, ...]
    body: dict[str, Any] | None

    def __str__(self) -> str:
        return f"{self.method} {self.rule}"

    def path(self, values: dict[str, object]) -> str:
        """The address with these values in it."""
        return re.sub(r"<(?:\w+:)?(\w+)>", lambda match: str(values[match[1]]), self.rule)


def operations_with_ids(app: Flask) -> Iterator[Operation]:
    """Every operation below /api that needs a sign-in and names an object."""
    return (one for one in operations(app) if one.names)


def operations(app: Flask) -> Iterator[Operation]:
    """Every operation below /api that needs a sign-in."""
    document = app.test_client().get("/openapi.json").json
    for rule in app.url_map.iter_rules():
        view = getattr(app.view_functions[rule.endpoint], "view_class", None)
        if not rule.rule.startswith("/api/") or view is None:
            continue
        documented = document["paths"][re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule)]
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            roles = tuple(getattr(view, method.lower()).access)
            if not any(role.startswith("public") for role in roles):
                body = _body(document, documented[method.lower()])
                yield Operation(method, rule.rule, frozenset(rule.arguments), roles, body)


def _body(document: dict[str, Any], operation: dict[str, Any]) -> dict[str, Any] | None:
    content = operation.get("requestBody", {}).get("content", {})
    if "application/json" not in content:
        return None
    made: dict[str, Any] = _sample(document, content["application/json"]["schema"], "")
    return made


def _sample(document: dict[str, Any], schema: dict[str, Any], name: str) -> Any:
    if "$ref" in schema:
        return _sample(document, document["components"]["schemas"][schema["$ref"].rpartition("/")[2]], name)
    if "allOf" in schema:
        return _sample(document, schema["allOf"][0], name)
    if "enum" in schema:
        return next(value for value in schema["enum"] if value is not None)
    kinds = schema.get("type", "object")
    kind = kinds if isinstance(kinds, str) else next(one for one in kinds if one != "null")
    if kind == "object":
        properties = schema.get("properties", {})
        return {each: _sample(document, properties[each], each) for each in schema.get("required", [])}
    if kind == "array":
        return [_sample(document, schema["items"], name) for _ in range(schema.get("minItems", 0))]
    if kind in {"integer", "number"}:
        return max(1, schema.get("minimum", 1))
    return True if kind == "boolean" else _text(schema)


def _text(schema: dict[str, Any]) -> str:
    by_format = {
        "uuid": str(uuid4()),
        "date": "2030-01-01",
        "date-time": "2030-01-01T00:00:00Z",
        "email": "a@b.example",
        "url": "https://push.example/send/1",
    }
    if schema.get("format") in by_format:
        return by_format[schema["format"]]
    if "pattern" in schema:
        return next(sample for sample in _SAMPLES if re.search(schema["pattern"], sample))
    return "some words".ljust(schema.get("minLength", 1), ".")[: schema.get("maxLength", 1000)]
