"""What services usually cost where nobody agreed on a price."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from backend.database import Base
from backend.kit import clock


class MarketPrice(Base):
    """The market's standard price of one of a service or package in a country or region, from a day on (S2-44).

    Registry data of the administrator, the same for every client. ``region_code`` is empty for the whole country, a
    province (``31``) or a regency (``3171``); ``unit`` says what is counted. Rows are never rewritten: a row of a later
    day takes over, and ``valid_until`` is the last day.
    """

    __tablename__ = "market_price"
    __table_args__ = (
        CheckConstraint("amount_minor >= 0", name="not_negative"),
        CheckConstraint("unit IN ('each', 'day')", name="unit"),
        CheckConstraint("valid_until IS NULL OR valid_until >= valid_from", name="period"),
    )

    country: Mapped[str] = mapped_column(String(2), primary_key=True)
    service_code: Mapped[str] = mapped_column(primary_key=True)
    region_code: Mapped[str] = mapped_column(primary_key=True)
    unit: Mapped[str] = mapped_column(primary_key=True)
    valid_from: Mapped[date] = mapped_column(primary_key=True)
    valid_until: Mapped[date | None]
    name: Mapped[str]
    amount_minor: Mapped[int] = mapped_column(BigInteger)
    currency: Mapped[str] = mapped_column(String(3))
    source: Mapped[str | None]
    import_id: Mapped[UUID | None]
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
