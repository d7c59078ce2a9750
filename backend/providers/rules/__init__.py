"""Pure rules of the network: places, opening hours, levels of care, standing, prices, the first-tier choice."""

from backend.providers.rules.facilities import Kind, Level, Service, Tier, level_of, search_name
from backend.providers.rules.hours import DAYS, minutes_open, opening_hours
from backend.providers.rules.places import EARTH_KM, Box, box_around, distance_km, zone_of
from backend.providers.rules.standing import Agreement, Standing, Way, way_of_payment
from backend.providers.rules.tariffs import Agreed, Billed, Compared, compare

__all__ = [
    "DAYS",
    "EARTH_KM",
    "Agreed",
    "Agreement",
    "Billed",
    "Box",
    "Compared",
    "Kind",
    "Level",
    "Service",
    "Standing",
    "Tier",
    "Way",
    "box_around",
    "compare",
    "distance_km",
    "level_of",
    "minutes_open",
    "opening_hours",
    "search_name",
    "way_of_payment",
    "zone_of",
]
