"""Contracts, networks, price lists and rooms over HTTP, for administrators."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask import Response
from flask.views import MethodView

from backend.access import Role, Scope
from backend.api import Blueprint, answer
from backend.clients.registry import client_by_id
from backend.kit.money import Money
from backend.providers import queries, registry_queries
from backend.providers.agreement_schemas import (
    MembershipList,
    MembershipRow,
    NewMembership,
    NewPriceList,
    NewProviderContract,
    NewRoomRate,
    PriceListRow,
    PriceLists,
    PricePage,
    PriceQuery,
    ProviderContractChange,
    ProviderContractList,
    ProviderContractRow,
    RoomRateRow,
)
from backend.providers.models import NetworkProvider, ProviderContract, RoomRate, TariffLine, TariffVersion
from backend.providers.service import agreements
from backend.providers.service.agreements import Price

blp = Blueprint("agreements", __name__, url_prefix="/api/v1", description="What is agreed with providers")


@blp.route("/providers/<uuid:provider_id>/contracts")
class ContractsView(MethodView):
    """Agreements with a provider."""

    @blp.access(Role.ADMIN, Role.CLAIMS, Role.FINANCE)
    @blp.response(200, ProviderContractList)
    def get(self, scope: Scope, provider_id: UUID) -> Response:
        """The client's own and the common agreements, the newest first."""
        queries.provider(scope, provider_id)
        return answer({"items": [_contract(row) for row in queries.contracts_with(scope, provider_id)]})

    @blp.access(Role.ADMIN)
    @blp.idempotent
    @blp.arguments(NewProviderContract)
    @blp.response(201, ProviderContractRow)
    def post(self, scope: Scope, data: dict[str, Any], provider_id: UUID) -> Response:
        """Sign an agreement; two of the same side never overlap."""
        common = data.pop("common")
        return answer(_contract(agreements.sign_contract(scope, provider_id, data, common=common)), 201)


@blp.route("/provider-contracts/<uuid:agreement_id>")
class ContractView(MethodView):
    """One agreement."""

    @blp.access(Role.ADMIN)
    @blp.arguments(ProviderContractChange)
    @blp.response(200, ProviderContractRow)
    def patch(self, scope: Scope, data: dict[str, Any], agreement_id: UUID) -> Response:
        """Suspend, resume, end or prolong it."""
        return answer(_contract(agreements.change_contract(scope, agreement_id, data)))


@blp.route("/provider-contracts/<uuid:agreement_id>/networks")
class ContractNetworks(MethodView):
    """Where an agreement counts."""

    @blp.access(Role.ADMIN)
    @blp.idempotent
    @blp.arguments(NewMembership)
    @blp.response(201, MembershipRow)
    def post(self, scope: Scope, data: dict[str, Any], agreement_id: UUID) -> Response:
        """Put the provider into a network of the client's plans."""
        return answer(_membership(agreements.put_in_network(scope, agreement_id, **data)), 201)


@blp.route("/provider-contracts/<uuid:agreement_id>/tariffs")
class ContractTariffs(MethodView):
    """Price lists of an agreement."""

    @blp.access(Role.ADMIN, Role.CLAIMS, Role.FINANCE)
    @blp.response(200, PriceLists)
    def get(self, scope: Scope, agreement_id: UUID) -> Response:
        """Every version, the newest first."""
        queries.contract(scope, agreement_id)
        return answer({"items": [_version(row) for row in queries.contract_versions(scope, agreement_id)]})

    @blp.access(Role.ADMIN)
    @blp.idempotent
    @blp.arguments(NewPriceList)
    @blp.response(201, PriceListRow)
    def post(self, scope: Scope, data: dict[str, Any], agreement_id: UUID) -> Response:
        """Agree on prices from a day on; earlier versions stay as they are."""
        prices = [Price(**line) for line in data["lines"]]
        currency = data["currency"] or client_by_id(scope.client_id).currency
        return answer(_version(agreements.agree_prices(scope, agreement_id, data["valid_from"], prices, currency)), 201)


@blp.route("/provider-contracts/<uuid:agreement_id>/tariffs/<int:number>")
class ContractPrices(MethodView):
    """One price list."""

    @blp.access(Role.ADMIN, Role.CLAIMS, Role.FINANCE)
    @blp.arguments(PriceQuery, location="query")
    @blp.response(200, PricePage)
    def get(self, scope: Scope, query: dict[str, Any], agreement_id: UUID, number: int) -> Response:
        """The lines of a version by service and room class, a page at a time."""
        queries.contract(scope, agreement_id)
        version = registry_queries.price_list(scope, agreement_id, number)
        lines = registry_queries.price_lines(scope, version.id, after=_place(query), limit=query["limit"] + 1)
        return answer(_prices(version, lines, query["limit"]))


@blp.route("/providers/<uuid:provider_id>/networks")
class ProviderNetworks(MethodView):
    """Networks of a facility."""

    @blp.access(Role.ADMIN)
    @blp.response(200, MembershipList)
    def get(self, scope: Scope, provider_id: UUID) -> Response:
        """Every network of the client that it is or was in."""
        return answer({"items": [_membership(row) for row in registry_queries.memberships_of(scope, provider_id)]})


@blp.route("/providers/<uuid:provider_id>/rooms")
class RoomRates(MethodView):
    """Room classes of a facility."""

    @blp.access(Role.ADMIN)
    @blp.idempotent
    @blp.arguments(NewRoomRate)
    @blp.response(201, RoomRateRow)
    def post(self, scope: Scope, data: dict[str, Any], provider_id: UUID) -> Response:
        """Set what a class costs from a day on."""
        code, rate = data.pop("code"), data.pop("rate")
        return answer(_room(agreements.set_room_rate(scope, provider_id, code, rate, data)), 201)


def _contract(row: ProviderContract) -> dict[str, Any]:
    names = ("id", "provider_id", "number", "valid_from", "valid_until", "cashless", "edc_available")
    shown = {name: getattr(row, name) for name in (*names, "suspended_from", "end_reason")}
    return shown | {"common": row.client_id is None}


def _membership(row: NetworkProvider) -> dict[str, Any]:
    names = ("id", "provider_id", "network", "valid_from", "valid_until", "cashless")
    return {name: getattr(row, name) for name in names}


def _version(row: TariffVersion) -> dict[str, Any]:
    return {name: getattr(row, name) for name in ("id", "number", "valid_from", "currency", "lines")}


def _place(query: dict[str, Any]) -> tuple[str, str]:
    return query["after"], query["after_room"]


def _prices(version: TariffVersion, lines: Sequence[TariffLine], limit: int) -> dict[str, Any]:
    names = ("service_code", "room_class", "name", "contents")
    items = [
        {name: getattr(line, name) for name in names} | {"amount": Money(line.amount_minor, version.currency).as_json()}
        for line in lines[:limit]
    ]
    more = len(lines) > limit
    return {
        "items": items,
        "next_after": items[-1]["service_code"] if more else None,
        "next_after_room": items[-1]["room_class"] if more else None,
    }


def _room(row: RoomRate) -> dict[str, Any]:
    shown = {name: getattr(row, name) for name in ("id", "code", "name", "rank", "valid_from")}
    return shown | {"rate": Money(row.rate_minor, row.currency).as_json()}
