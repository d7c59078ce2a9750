"""The edge of every request: errors in one envelope, what succeeded committed, what was refused rolled back."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from uuid import UUID

import flask_smorest
import psycopg
from flask import Flask, Response, current_app, g
from sqlalchemy.exc import DataError, IntegrityError, SQLAlchemyError
from werkzeug.exceptions import HTTPException

from backend import idempotency, languages
from backend.api import keys
from backend.api.json import OrjsonProvider, answer
from backend.api.scopes import language_of_request
from backend.api.shapes import ErrorSchema
from backend.database import UnitOfWork
from backend.errors import CareError, Conflict, InvalidShape
from backend.kit.pages import BadCursor
from backend.observability import log


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


def _envelope(code: int, status: str, reason: str, errors: Any = None, headers: Any = None) -> Response:
    figures = errors if isinstance(errors, dict) else {}
    body: dict[str, Any] = {
        "code": code,
        "status": status,
        "reason": reason,
        "message": languages.message(reason, language_of_request(), figures, reword=_own_words()),
    }
    if errors:
        body["errors"] = errors
    response = answer(body, code)
    for name, value in (headers or {}).items():
        response.headers[name] = value
    return response


def _own_words() -> languages.Reword:
    """The words of the client whose request this is; ours while nobody is signed in."""
    units: list[UnitOfWork] = g.get("units", [])
    client_id = units[0].client_id if units else None
    words_of: Callable[[UUID], languages.Reword] = current_app.extensions["own_words"]
    try:
        return words_of(client_id) if client_id else languages.as_written
    except (CareError, SQLAlchemyError):  # the client is gone or the database is: the refusal is said all the same
        return languages.as_written


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


def install(app: Flask, words_of: Callable[[UUID], languages.Reword]) -> Api:
    """Register error handlers and the commit hook; returns the Api that collects blueprints.

    ``words_of`` a client by its id puts what an error says into its own words.
    """
    app.extensions["own_words"] = words_of
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
                    "api_key": {
                        "type": "apiKey",
                        "in": "header",
                        "name": keys.HEADER,
                        "description": "A facility's key for its own system; the scope says what it must be let do.",
                    },
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
