"""A domain's routes: who may call them, how they are repeated, how they are documented."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, TypeVar

import flask_smorest
import marshmallow as ma
from flask import g, request
from webargs.flaskparser import FlaskParser
from werkzeug.datastructures import CombinedMultiDict

from backend import idempotency
from backend.access import Role, Scope
from backend.api.json import answer
from backend.api.scopes import signed_in_scope

View = TypeVar("View", bound=Callable[..., Any])


class _Parser(FlaskParser):
    DEFAULT_UNKNOWN_BY_LOCATION = {**FlaskParser.DEFAULT_UNKNOWN_BY_LOCATION, "multipart": ma.RAISE, "query": ma.RAISE}  # noqa: RUF012
    __location_map__ = {**FlaskParser.__location_map__, "multipart": "load_multipart"}  # noqa: RUF012

    def load_multipart(self, req: Any, schema: ma.Schema) -> Any:
        """Fields and files of one form together, so that OpenAPI shows both."""
        return self._makeproxy(CombinedMultiDict([req.form, req.files]), schema)


class Blueprint(flask_smorest.Blueprint):
    """A domain's routes."""

    ARGUMENTS_PARSER = _Parser()
    DEFAULT_LOCATION_CONTENT_TYPE_MAPPING = {  # noqa: RUF012
        **flask_smorest.Blueprint.DEFAULT_LOCATION_CONTENT_TYPE_MAPPING,
        "multipart": "multipart/form-data",
    }

    def access(self, *roles: Role, key_scope: str | None = None) -> Callable[[View], View]:
        """Only these roles; the view receives the Scope first. Errors: 401, 403.

        ``key_scope`` opens the route to the systems of hospitals too: a key that was let do this acts as its facility.
        """
        allowed = frozenset(roles)
        security: list[dict[str, list[str]]] = [{"bearer": []}, *([{"api_key": [key_scope]}] if key_scope else [])]

        def decorator(view: View) -> View:
            @functools.wraps(view)
            def guarded(resource: Any, *args: Any, **kwargs: Any) -> Any:
                return view(resource, signed_in_scope(allowed, key_scope=key_scope), *args, **kwargs)

            return self._mark(guarded, [role.value for role in roles], security)

        return decorator

    def public(self, why: str) -> Callable[[View], View]:
        """No sign-in; ``why`` is kept beside the route and shown in the document."""

        def decorator(view: View) -> View:
            @functools.wraps(view)
            def opened(*args: Any, **kwargs: Any) -> Any:
                return view(*args, **kwargs)

            return self._mark(opened, [f"public: {why}"], [])

        return decorator

    def _mark(self, view: Any, roles: list[str], security: list[dict[str, list[str]]]) -> Any:
        marked = self.doc(**{"x-access": roles, "security": security})(view)
        marked.access = roles
        return marked

    def idempotent(self, view: View) -> View:
        """Honour ``Idempotency-Key``. Put it right under ``access``: it needs the scope."""

        @functools.wraps(view)
        def once(resource: Any, scope: Scope, *args: Any, **kwargs: Any) -> Any:
            key = request.headers.get(idempotency.HEADER)
            if not key:
                return view(resource, scope, *args, **kwargs)
            body = request.get_data(cache=True) if request.mimetype != "multipart/form-data" else b"multipart"
            outcome = idempotency.claim(scope, key, idempotency.request_hash(request.method, request.path, body))
            if isinstance(outcome, idempotency.Replay):
                return answer(outcome.answer, outcome.status)
            g.idempotency = (scope, outcome)
            return view(resource, scope, *args, **kwargs)

        once.idempotent = True  # type: ignore[attr-defined]
        documented: Any = self.repeatable("Makes a retry safe.")(once)
        return documented

    def repeatable(self, description: str) -> Callable[[View], View]:
        """Document an ``Idempotency-Key`` that the view honours by itself."""
        parameter = {
            "in": "header",
            "name": idempotency.HEADER,
            "required": False,
            "schema": {"type": "string", "maxLength": 255},
            "description": description,
        }
        return self.doc(parameters=[parameter])  # type: ignore[no-any-return]

    def takes_file(self, **fields: dict[str, Any]) -> Callable[[View], View]:
        """Document a multipart body that the view reads by itself: ``file``, and ``fields`` beside it."""
        properties = {"file": {"type": "string", "format": "binary"}, **fields}
        form = {"type": "object", "required": ["file"], "properties": properties}
        body = {"required": True, "content": {"multipart/form-data": {"schema": form}}}
        return self.doc(requestBody=body)  # type: ignore[no-any-return]
