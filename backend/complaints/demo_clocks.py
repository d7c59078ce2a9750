"""``/demo/clocks``: see deadlines pass in a rehearsal, without waiting for them."""

from __future__ import annotations

from typing import Any

import marshmallow as ma
from flask import Response
from flask.views import MethodView

from backend.api import Blueprint, Schema, answer
from backend.jobs import check_deadlines_now
from backend.kit import clock

blp = Blueprint("demo_clocks", __name__, url_prefix="/demo", description="Time that passes faster in a rehearsal")


class MomentSchema(Schema):
    """The moment that the deadline checks believe it is."""

    as_of = ma.fields.AwareDateTime(required=True)


class ChecksSchema(MomentSchema):
    """Which checks ran."""

    checks = ma.fields.List(ma.fields.String(), required=True)


@blp.route("/clocks")
class Clocks(MethodView):
    """All of them."""

    @blp.public("exists only in a rehearsal, where nobody waits ten working days")
    @blp.arguments(MomentSchema)
    @blp.response(200, ChecksSchema)
    def post(self, data: dict[str, Any]) -> Response:
        """Run every periodic check of deadlines as of a moment"""
        with clock.at(data["as_of"]):
            ran = check_deadlines_now(clock.now())
        return answer({"as_of": data["as_of"], "checks": ran})
