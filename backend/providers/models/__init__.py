"""Tables of the providers domain."""

from backend.providers.models.agreements import (
    NetworkProvider,
    PrimaryProvider,
    ProviderContract,
    TariffLine,
    TariffVersion,
)
from backend.providers.models.imports import (
    ImportKind,
    ImportState,
    ProviderImport,
    ProviderImportPart,
    ProviderImportRow,
)
from backend.providers.models.market import MarketPrice
from backend.providers.models.registry import Doctor, DoctorPractice, Provider, RoomRate

__all__ = [
    "Doctor",
    "DoctorPractice",
    "ImportKind",
    "ImportState",
    "MarketPrice",
    "NetworkProvider",
    "PrimaryProvider",
    "Provider",
    "ProviderContract",
    "ProviderImport",
    "ProviderImportPart",
    "ProviderImportRow",
    "RoomRate",
    "TariffLine",
    "TariffVersion",
]
