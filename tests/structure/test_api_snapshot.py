"""The public API as text: who changes it changes `api.txt` in the same commit, and a reviewer sees it.

`make api-snapshot` writes the file anew.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from flask import Flask

SNAPSHOT = Path(__file__).with_name("api.txt")
_METHODS = ("get", "post", "put", "patch", "delete")


def test_the_api_is_what_the_snapshot_says(app: Flask):
    now = "\n".join([*_operations(app), "", *_schemas(app)]) + "\n"
    if os.environ.get("WRITE_API_SNAPSHOT"):
        SNAPSHOT.write_text(now, encoding="utf-8")
    before = SNAPSHOT.read_text(encoding="utf-8").splitlines()
    changed = [f"- {line}" for line in before if line not in now.splitlines()]
    changed += [f"+ {line}" for line in now.splitlines() if line not in before]
    assert not changed, "the public API changed; if that is meant: make api-snapshot\n" + "\n".join(changed)


def _document(app: Flask) -> dict[str, Any]:
    document: dict[str, Any] = app.test_client().get("/openapi.json").json
    return document


def _operations(app: Flask) -> Iterator[str]:
    """`METHOD path; roles; question mark and query; body; answers`."""
    roles = _roles(app)
    for path, operations in sorted(_document(app)["paths"].items()):
        for method in _METHODS:
            if method in operations:
                one = operations[method]
                words = [f"{method.upper()} {path}", roles.get((method, path), "-"), _query(one), _body(one)]
                yield "; ".join([word for word in words if word] + [_answers(one)])


def _roles(app: Flask) -> dict[tuple[str, str], str]:
    found = {}
    for rule in app.url_map.iter_rules():
        view = getattr(app.view_functions[rule.endpoint], "view_class", None)
        path = re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule)
        for method in _METHODS:
            if view is not None and hasattr(view, method):
                named = (str(role).partition(":")[0] for role in getattr(view, method).access)
                found[method, path] = " ".join(sorted(named))
    return found


def _query(operation: dict[str, Any]) -> str:
    named = [one for one in operation.get("parameters", []) if one.get("in") == "query"]
    fields = sorted(one["name"] + ("" if one.get("required") else "?") for one in named)
    return f"query {' '.join(fields)}" if fields else ""


def _body(operation: dict[str, Any]) -> str:
    content = operation.get("requestBody", {}).get("content", {})
    return "; ".join(f"body {_kind(one.get('schema', {}))} as {media}" for media, one in sorted(content.items()))


def _answers(operation: dict[str, Any]) -> str:
    return ", ".join(
        " ".join([status, *sorted({_kind(one.get("schema", {})) for one in answer.get("content", {}).values()})])
        for status, answer in sorted(operation["responses"].items())
    )


def _schemas(app: Flask) -> Iterator[str]:
    """`Name: field type, field? type`; a question mark where it may be left out."""
    for name, schema in sorted(_document(app)["components"]["schemas"].items()):
        required = set(schema.get("required", []))
        fields = [
            f"{field}{'' if field in required else '?'} {_kind(one)}"
            for field, one in sorted(schema.get("properties", {}).items())
        ]
        yield f"{name}: {', '.join(fields)}"


def _kind(schema: dict[str, Any]) -> str:
    if "$ref" in schema:
        return str(schema["$ref"].rpartition("/")[2])
    for several in ("allOf", "anyOf", "oneOf"):
        if several in schema:
            return "|".join(_kind(one) for one in schema[several])
    if "enum" in schema:
        return "(" + " ".join(sorted(str(value) for value in schema["enum"])) + ")"
    if "properties" in schema:
        return "{" + ", ".join(f"{name} {_kind(one)}" for name, one in sorted(schema["properties"].items())) + "}"
    kinds = schema.get("type", "anything")
    kind = kinds if isinstance(kinds, str) else "|".join(kinds)
    kind = kind.replace("array", f"[{_kind(schema.get('items', {}))}]") if "array" in kind else kind
    return f"{kind} {schema['format']}" if "format" in schema else kind
