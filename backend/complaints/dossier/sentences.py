"""An entry as people read it: one line of the time line, and the words below it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml
from babel.dates import format_date, format_datetime

from backend.claims.checklists import words_of
from backend.kit import locales
from backend.kit.money import Money
from backend.languages import message

_NEW_DEADLINE = frozenset({"received", "extended", "information_received", "reopened", "converted"})


@cache
def dossier_words() -> dict[str, dict[str, Any]]:
    """Every word by language."""
    found: dict[str, dict[str, Any]] = yaml.safe_load(
        Path(__file__).with_name("dossier_words.yml").read_text(encoding="utf-8")
    )
    return found


@dataclass(frozen=True, slots=True)
class Language:
    """The words of one language and the clocks of one zone."""

    code: str
    zone: str

    @property
    def words(self) -> Mapping[str, Any]:
        """Everything this language says."""
        return dossier_words().get(self.code) or dossier_words()[locales.FALLBACK]

    def word(self, group: str, key: str) -> str:
        """A word of a closed list; one that is not there is shown as it is called."""
        return str(self.words[group].get(key) or key.replace("_", " "))

    def say(self, key: str, **facts: Any) -> str:
        """A sentence, filled in; ``letter.issued`` names one inside a group."""
        group, _, inner = key.partition(".")
        sentence = self.words[group][inner] if inner else self.words[group]
        return str(sentence).format(**facts)

    def day(self, on: str | date | None) -> str:
        """A date in full, a dash for none."""
        if not on:
            return "–"
        return str(
            format_date(date.fromisoformat(on) if isinstance(on, str) else on, "long", locales.locale(self.code).babel)
        )

    def moment(self, at: str | datetime | None) -> str:
        """A date and a clock in the client's zone, a dash for none."""
        return self._clock(at, self.words["clock"])

    def hour(self, at: str) -> str:
        """Only the clock."""
        return self._clock(at, self.words["day_and_clock"])

    def _clock(self, at: str | datetime | None, pattern: str) -> str:
        if not at:
            return "–"
        moment = datetime.fromisoformat(at) if isinstance(at, str) else at
        there = moment.astimezone(ZoneInfo(self.zone))
        return str(format_datetime(there, pattern, tzinfo=ZoneInfo(self.zone), locale=locales.locale(self.code).babel))

    def zone_name(self, at: datetime) -> str:
        """What the zone is called at a moment."""
        return self._clock(at, self.words["zone"])

    def local_day(self, at: str) -> str:
        """The date on the wall."""
        return self.day(datetime.fromisoformat(at).astimezone(ZoneInfo(self.zone)).date())

    def amount(self, money: Mapping[str, Any] | None) -> str:
        """An amount as this language writes it, a dash for none."""
        return Money(money["amount_minor"], money["currency"]).display(self.code) if money else "–"

    def hand(self, by: Mapping[str, Any] | None) -> str:
        """Who did it: the role, and the name where it may be read."""
        if by is None:
            return ""
        role = self.word("roles", by["role"])
        return f"{by['name']} ({role})" if by["name"] else role

    def paper(self, code: str | None) -> str:
        """What a requirement is called."""
        return words_of(code).names[self.code] if code else str(self.words["photo"])


def sentence(language: Language, entry: Mapping[str, Any]) -> str:
    """What happened, in one line."""
    kind, facts = entry["kind"], entry["facts"]
    if kind in {"step", "notice", "call_ended", "document", "claim", "claim_event", "claim_line"}:
        return _SENTENCES[kind](language, facts)
    if kind.startswith("letter_"):
        until = language.moment(facts.get("valid_until"))
        return language.say(
            f"letter.{kind.removeprefix('letter_')}",
            number=facts["number"],
            hospital=facts.get("hospital") or "–",
            until=until,
        )
    if kind == "case_step":
        return language.say("case_step", number=facts["number"], kind=language.word("case_steps", facts["kind"]))
    return language.say(kind, number=facts.get("number", ""))


def _step(language: Language, facts: Mapping[str, Any]) -> str:
    figures = facts["figures"]
    shown = {name: figures.get(name, "") for name in ("level", "number", "respondents")}
    shown |= {name: language.word("priorities", figures.get(name, "")) for name in ("before", "after")}
    shown["body"] = language.word("bodies", figures.get("body", ""))
    told = language.word("steps", facts["kind"]).format(**shown)
    beside = [language.word("outcomes", figures["outcome"])] if figures.get("outcome") else []
    if facts["kind"] == "extended" and figures.get("reason"):
        beside.append(message(f"complaints.extension.{figures['reason']}", language.code))
    if facts["kind"] in _NEW_DEADLINE and figures.get("resolve_by"):
        beside.append(language.say("deadline_now", day=language.day(figures["resolve_by"])))
    return f"{told} ({'; '.join(beside)})" if beside else told


def _notice(language: Language, facts: Mapping[str, Any]) -> str:
    channels = list(dict.fromkeys(language.word("channels", one["channel"]) for one in facts["tries"]))
    return language.say("notice", channels=", ".join(channels or [str(language.words["notice_in_app"])]))


def _call_ended(language: Language, facts: Mapping[str, Any]) -> str:
    return language.say("call_ended", minutes=max(1, round(facts["seconds"] / 60)))


def _document(language: Language, facts: Mapping[str, Any]) -> str:
    channel = language.word("channels", facts["channel"])
    return language.say("document_received", channel=channel, name=language.paper(facts["requirement"]))


def _claim(language: Language, facts: Mapping[str, Any]) -> str:
    return language.say(
        "claim",
        number=facts["number"],
        provider=facts["provider"] or "–",
        day=language.day(facts["visit_on"]),
        amount=language.amount(facts["claimed"]),
    )


def _claim_line(language: Language, facts: Mapping[str, Any]) -> str:
    return language.say("claim_line", position=facts["position"], amount=language.amount(facts["amount"]))


def _claim_event(language: Language, facts: Mapping[str, Any]) -> str:
    told = language.say("claim_event", number=facts["claim"], status=language.word("claim_statuses", facts["status"]))
    names = [language.paper(code) for code in facts["missing"]]
    return f"{told}. {language.say('missing', names=', '.join(names))}" if names else told


_SENTENCES = {
    "step": _step,
    "notice": _notice,
    "call_ended": _call_ended,
    "document": _document,
    "claim": _claim,
    "claim_line": _claim_line,
    "claim_event": _claim_event,
}
