"""Verbs of benefits: reserve and use what a plan gives; bring plans in and out."""

from backend.benefits.service.utilisation import Ask, consume, hold, release, reverse

__all__ = ["Ask", "consume", "hold", "release", "reverse"]
