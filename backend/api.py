"""Our Api, Blueprint and Schema: access on every route, one error envelope, one commit at the edge.

``@blp.access(Role.MEMBER)`` checks the token, makes the Scope and hands it to the view as its first
argument after ``self``. ``@blp.public`` marks the few routes that need no sign-in and says why.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from http import HTTPStatus
from typing import Any, TypeVar
from uuid import UUID

import flask_smorest
import marshmallow as ma
import orjson
import psycopg
from flask import Flask, Response, g, request
from flask.json.provider import JSONProvider
from sqlalchemy.exc import DataError, IntegrityError
from webargs.flaskparser import FlaskParser
from werkzeug.datastructures import CombinedMultiDict, LanguageAccept
from werkzeug.exceptions import HTTPException
from werkzeug.http import parse_accept_header

from backend import database, idempotency, languages, tokens
from backend.access import SYSTEM, Actor, Role, Scope
from backend.database import UnitOfWork
from backend.errors import CareError, Conflict, Forbidden, InvalidShape, Unauthorized
from backend.kit.money import Money
from backend.kit.pages import BadCursor
from backend.observability import log

View = TypeVar("View", bound=Callable[..., Any])


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


class Schema(ma.Schema):
    """Base of every request and answer shape."""

    class Meta:
        ordered = True


class MoneySchema(Schema):
    """An amount in ISO 4217 minor units."""

    amount_minor = ma.fields.Integer(required=True, strict=True)
    currency = ma.fields.String(required=True, validate=ma.validate.Regexp(r"^[A-Z]{3}$"))


class ErrorSchema(Schema):
    """The one error envelope; programs switch on ``reason``."""

    code = ma.fields.Integer(required=True)
    status = ma.fields.String(required=True)
    reason = ma.fields.String(required=True)
    message = ma.fields.String(required=True)
    errors = ma.fields.Dict()


class CreatedSchema(Schema):
    """The id of what was made."""

    id = ma.fields.UUID(required=True)


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

    def access(self, *roles: Role) -> Callable[[View], View]:
        """Only these roles; the view receives the Scope first. Errors: 401, 403."""
        allowed = frozenset(roles)

        def decorator(view: View) -> View:
            @functools.wraps(view)
            def guarded(resource: Any, *args: Any, **kwargs: Any) -> Any:
                return view(resource, signed_in_scope(allowed), *args, **kwargs)

            return self._mark(guarded, [role.value for role in roles], [{"bearer": []}])

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
        parameter = {
            "in": "header",
            "name": idempotency.HEADER,
            "required": False,
            "schema": {"type": "string", "maxLength": 255},
            "description": "Makes a retry safe.",
        }
        return self.doc(parameters=[parameter])(once)  # type: ignore[no-any-return]


class Api(flask_smorest.Api):
    """The OpenAPI document and the error envelope."""

    ERROR_SCHEMA = ErrorSchema

    def handle_http_exception(self, error: HTTPException) -> Any:
        """Errors of Flask, Werkzeug and webargs in our envelope."""
        data = getattr(error, "data", None) or {}
        reasons = {
            400: "request.unreadable",
            404: "not_found",
            405: "request.method_not_allowed",
            413: "request.too_large",
            422: "request.invalid",
        }
        code = error.code or 500
        reason = reasons.get(code, "internal" if code >= 500 else "conflict")
        return _envelope(code, error.name, reason, data.get("errors") or data.get("messages"), data.get("headers"))


def language_of_request() -> str:
    """The best of our languages for ``Accept-Language``."""
    return _best_language(request.headers.get("Accept-Language", ""), languages.LANGUAGES)


@functools.lru_cache(maxsize=256)
def _best_language(wanted: str, known: tuple[str, ...]) -> str:
    return parse_accept_header(wanted, LanguageAccept).best_match(known) or languages.FALLBACK


def signed_in_scope(allowed: frozenset[Role]) -> Scope:
    """The scope of the bearer token; raises Unauthorized or Forbidden."""
    header = request.headers.get("Authorization", "")
    if not header.startswith("Bearer "):
        raise Unauthorized()
    client_id, actor = tokens.read(g.settings.token_key, header[7:])
    if actor.role not in allowed:
        raise Forbidden()
    return open_scope(client_id, actor)


def open_scope(client_id: UUID, actor: Actor = SYSTEM, *, channel: str = "app") -> Scope:
    """A scope whose unit of work is committed or rolled back at the edge of this request."""
    unit = database.current().unit(client_id, actor.session_id)
    units: list[UnitOfWork] = g.setdefault("units", [])
    units.append(unit)
    return Scope(
        unit, client_id, actor, language=language_of_request, request_id=g.get("request_id", ""), channel=channel
    )


def _envelope(code: int, status: str, reason: str, errors: Any = None, headers: Any = None) -> Response:
    figures = errors if isinstance(errors, dict) else {}
    body: dict[str, Any] = {
        "code": code,
        "status": status,
        "reason": reason,
        "message": languages.message(reason, language_of_request(), figures),
    }
    if errors:
        body["errors"] = errors
    response = answer(body, code)
    for name, value in (headers or {}).items():
        response.headers[name] = value
    return response


def _refuse(error: CareError) -> Response:
    g.keeps_changes = error.keeps_changes
    return _envelope(error.code, error.status, error.reason, error.figures, error.headers)


def _refuse_cursor(_error: BadCursor) -> Response:
    return _refuse(InvalidShape("request.bad_cursor"))


def _refuse_data(_error: Exception) -> Response:
    """PostgreSQL cannot hold it: a NUL in a text, a number or a date beyond its types."""
    return _refuse(InvalidShape())


def _refuse_integrity(error: IntegrityError) -> Response:
    constraint = getattr(getattr(error.orig, "diag", None), "constraint_name", None)
    log.warning("integrity_conflict", constraint=constraint)
    return _refuse(Conflict())


def _refuse_surprise(error: Exception) -> Response:
    log.error("unexpected_error", kind=type(error).__name__, exc_info=error)
    return _envelope(500, HTTPStatus.INTERNAL_SERVER_ERROR.phrase, "internal")


def _settle(response: Response) -> Response:
    """Commit what succeeded, roll back what was refused, store the answer under its idempotency key."""
    units: list[UnitOfWork] = g.pop("units", [])
    success = response.status_code < HTTPStatus.BAD_REQUEST
    kept = g.pop("idempotency", None)
    committed = success or g.get("keeps_changes")
    if committed and kept is not None:
        idempotency.keep(kept[0], kept[1], response.status_code, response.get_data())
    for unit in units:
        if committed:
            unit.commit()
        else:
            unit.rollback()
        unit.close()
    return response


def _abandon(_error: BaseException | None) -> None:
    for unit in g.pop("units", []):
        unit.rollback()
        unit.close()


def install(app: Flask) -> Api:
    """Register error handlers and the commit hook; returns the Api that collects blueprints."""
    app.json = OrjsonProvider(app)
    app.config.update(
        API_TITLE="Careline",
        API_VERSION="v1",
        OPENAPI_VERSION="3.1.0",
        OPENAPI_URL_PREFIX="/",
        OPENAPI_JSON_PATH="openapi.json",
        API_SPEC_OPTIONS={
            "components": {
                "securitySchemes": {
                    "bearer": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"},
                    "twilio": {"type": "apiKey", "in": "header", "name": "X-Twilio-Signature"},
                }
            },
        },
    )
    api = Api(app)
    app.register_error_handler(CareError, _refuse)
    app.register_error_handler(BadCursor, _refuse_cursor)
    app.register_error_handler(DataError, _refuse_data)
    app.register_error_handler(psycopg.DataError, _refuse_data)
    app.register_error_handler(IntegrityError, _refuse_integrity)
    app.register_error_handler(Exception, _refuse_surprise)
    app.after_request(_settle)
    app.teardown_request(_abandon)
    return api
