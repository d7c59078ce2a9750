"""What administrators see of a facility: everybody who practised there, its networks, the lines of its price lists."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select, tuple_

from backend.access import Scope
from backend.errors import NotFound
from backend.providers import queries
from backend.providers.models import Doctor, DoctorPractice, NetworkProvider, TariffLine, TariffVersion


def doctor(scope: Scope, doctor_id: UUID) -> Doctor:
    """One doctor of the registry; raises NotFound."""
    found = scope.session.get(Doctor, doctor_id)
    if found is None:
        raise NotFound()
    return found


def practice(scope: Scope, practice_id: UUID) -> DoctorPractice:
    """One doctor's time at a facility; raises NotFound."""
    found = scope.session.get(DoctorPractice, practice_id, with_for_update=True)
    if found is None:
        raise NotFound()
    return found


def practices_at(scope: Scope, provider_id: UUID) -> list[tuple[Doctor, DoctorPractice]]:
    """Who sees, saw or will see patients at a facility: by name, the latest time of each first; raises NotFound."""
    queries.provider(scope, provider_id)
    wanted = (
        select(Doctor, DoctorPractice)
        .join(DoctorPractice, DoctorPractice.doctor_id == Doctor.id)
        .where(DoctorPractice.provider_id == provider_id)
        .order_by(Doctor.search_name, Doctor.id, DoctorPractice.valid_from.desc())
    )
    return [(row[0], row[1]) for row in scope.session.execute(wanted)]


def memberships_of(scope: Scope, provider_id: UUID) -> Sequence[NetworkProvider]:
    """Every network of the client that a facility is or was in, the latest first; raises NotFound."""
    queries.provider(scope, provider_id)
    wanted = select(NetworkProvider).where(
        NetworkProvider.client_id == scope.client_id, NetworkProvider.provider_id == provider_id
    )
    return scope.session.scalars(wanted.order_by(NetworkProvider.valid_from.desc(), NetworkProvider.network)).all()


def price_list(scope: Scope, contract_id: UUID, number: int) -> TariffVersion:
    """One version of the prices of an agreement; raises NotFound."""
    wanted = select(TariffVersion).where(TariffVersion.contract_id == contract_id, TariffVersion.number == number)
    found = scope.session.scalar(wanted)
    if found is None:
        raise NotFound()
    return found


def price_lines(scope: Scope, version_id: UUID, after: tuple[str, str], limit: int) -> Sequence[TariffLine]:
    """Lines of a price list after a service and room class, in their order."""
    place = tuple_(TariffLine.service_code, TariffLine.room_class)
    wanted = select(TariffLine).where(TariffLine.version_id == version_id, place > after)
    return scope.session.scalars(wanted.order_by(TariffLine.service_code, TariffLine.room_class).limit(limit)).all()
