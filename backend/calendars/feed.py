"""Writes days as iCalendar (RFC 5545, with the refresh hint and name of RFC 7986)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from functools import cache
from pathlib import Path

import yaml
from icalendar import Calendar, Event

from backend.calendars.rules import Day
from backend.languages import Reword, as_written

_REFRESH = timedelta(hours=6)
_PAGES = {"claim": "claims", "complaint": "complaints"}


@cache
def titles() -> Mapping[str, Mapping[str, str]]:
    """The words of every language."""
    loaded: dict[str, dict[str, str]] = yaml.safe_load(Path(__file__).with_name("titles.yml").read_text("utf-8"))
    return loaded


def written(days: Sequence[Day], language: str, brand: str, app: str, reword: Reword = as_written) -> bytes:
    """The feed in the client's words; ``app`` is the address of the member app. The same days give the same bytes."""
    words = {name: reword(title, language, f"calendar.{name}") for name, title in titles()[language].items()}
    calendar = Calendar()
    calendar.add("prodid", f"-//{brand}//Deadlines//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    name = words["calendar"].format(brand=brand)
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", _REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT6H")
    for day in days:
        calendar.add_component(_event(day, words, brand, app))
    return bytes(calendar.to_ical())


def _event(day: Day, words: Mapping[str, str], brand: str, app: str) -> Event:
    event = Event()
    event.add("uid", day.uid)
    event.add("dtstamp", day.changed_at)
    event.add("last-modified", day.changed_at)
    event.add("sequence", day.revision)
    event.add("dtstart", day.on)
    event.add("dtend", day.on + timedelta(days=1))
    event.add("summary", words[day.kind].format(number=day.number))
    event.add("description", words["details"].format(brand=brand))
    event.add("url", _address(day, app))
    event.add("status", "CONFIRMED" if day.is_open else "CANCELLED")
    event.add("transp", "TRANSPARENT")
    event.add("class", "PRIVATE")
    return event


def _address(day: Day, app: str) -> str:
    page = _PAGES.get(day.kind.partition("_")[0])
    return f"{app}#/{page}/{day.matter_id}" if page else app
