"""The simulator of the rehearsal: a telephone and a WhatsApp chat that send what Twilio would send.

The webhooks are signed here, so that the token never reaches a browser, and go through the same routes as
real ones. Production does not have these routes.
"""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path
from typing import Any

import marshmallow as ma
from flask import Response, current_app, g, request
from flask.views import MethodView
from werkzeug.test import Client

from backend.api import Blueprint, Schema, answer
from backend.branding import loader as branding
from backend.errors import NotFound, TooLarge
from backend.integrations.twilio.signature import sign, webhook_url
from backend.kit import ids
from backend.settings import Settings
from backend.web.files import build, template

blp = Blueprint("simulator", __name__, url_prefix="/simulator", description="The helpline without a Twilio account")
_ONLY_HERE = "exists only in a rehearsal; it sends what Twilio would send"
_CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' blob: data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_PHOTOS = Path(tempfile.gettempdir()) / "careline-simulator"
_MOST_BYTES = 16_000_000


class Webhook(Schema):
    """A webhook to send: where to, and the form that Twilio would fill in."""

    path = ma.fields.String(required=True, validate=ma.validate.Regexp(r"^/twilio/[\w/]+(\?[\w=&:.-]*)?$"))
    form = ma.fields.Dict(keys=ma.fields.String(), values=ma.fields.String(), required=True)


@blp.route("")
class Page(MethodView):
    @blp.public(_ONLY_HERE)
    def get(self) -> Response:
        """A telephone keypad and a WhatsApp chat"""
        page = template("simulator/index.html", {"build": build().path("").rstrip("/")})
        headers = {
            "Content-Security-Policy": _CSP,
            "Cache-Control": "no-cache",
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "no-referrer",
        }
        return Response(page, mimetype="text/html", headers=headers)


@blp.route("/cast")
class Cast(MethodView):
    @blp.public(_ONLY_HERE)
    def get(self) -> Response:
        """The hotlines, and the people of the demo"""
        hotlines = [
            {
                "slug": brand.slug,
                "name": brand.name,
                "languages": brand.languages,
                "voice": brand.hotline.voice,
                "whatsapp": brand.hotline.whatsapp,
            }
            for brand in branding.brands().values()
        ]
        return answer({"clients": hotlines, "members": _demo_members(), "account": g.settings.twilio_account_sid})


@blp.route("/send")
class Send(MethodView):
    @blp.public(_ONLY_HERE)
    @blp.arguments(Webhook)
    def post(self, data: dict[str, Any]) -> Response:
        """Sign a webhook and send it"""
        return answer(_sent(g.settings, data["path"], data["form"]))


@blp.route("/media")
class NewPhoto(MethodView):
    @blp.public(_ONLY_HERE)
    def post(self) -> Response:
        """Keep a photo where Twilio would keep it"""
        request.max_content_length = _MOST_BYTES
        data = request.get_data()
        if len(data) > _MOST_BYTES:
            raise TooLarge()
        return answer({"url": _keep_photo(g.settings, data)})


@blp.route("/media/<name>")
class Photo(MethodView):
    @blp.public(_ONLY_HERE)
    def get(self, name: str) -> Response:
        """A photo of a simulated message"""
        path = _PHOTOS / Path(name).name
        if not path.is_file():
            raise NotFound()
        return Response(path.read_bytes(), mimetype="application/octet-stream")


def _sent(settings: Settings, path: str, form: dict[str, str]) -> dict[str, Any]:
    bare, _, query = path.partition("?")
    url = webhook_url(settings.public_url, bare, query)
    headers = {"X-Twilio-Signature": sign(settings.twilio_auth_token, url, form)}
    made = Client(current_app).post(bare, query_string=query, data=form, headers=headers)
    return {"status": made.status_code, "body": made.get_data(as_text=True)}


def _keep_photo(settings: Settings, data: bytes) -> str:
    _PHOTOS.mkdir(mode=0o700, exist_ok=True)
    name = ids.new_secret(18)
    (_PHOTOS / name).write_bytes(data)
    return f"{settings.public_url}/simulator/media/{name}"


def _demo_members() -> list[dict[str, str]]:
    """The seed's people, when a demo is running; otherwise any number can be typed."""
    state = os.environ.get("CARELINE_STATE_DIR")
    path = Path(state) / "demo.json" if state else None
    found: list[dict[str, str]] = json.loads(path.read_text())["members"] if path and path.exists() else []
    return [one for one in found if one.get("phone")]


def blueprints(settings: Settings) -> list[Blueprint]:
    """Nothing outside a rehearsal."""
    return [blp] if settings.rehearsal else []
