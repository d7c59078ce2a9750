"""Draws the dossier on the client's paper: what happened, what was said, what was decided, and how to check it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from pathlib import Path
from typing import Any

import typst

from backend.api import dump_json
from backend.branding.loader import Brand
from backend.complaints.dossier.chain import Link, head
from backend.complaints.dossier.sentences import Language, sentence
from backend.kit.money import Money

_HERE = Path(__file__).parent
_DECISIONS = {
    "step": frozenset({"extended", "resolved", "closed"}),
    "claim_event": frozenset({"refused", "returned", "complete"}),
}
_DECIDED = frozenset({"letter_issued", "letter_confirmed", "letter_void"})
_COMMAND = "python -m backend.commands.verify_dossier dossier.zip"
_FONT_ENDS = 0x2E80
"""From here on (East Asian scripts, emoji) the fonts of the paper have no letters."""


@dataclass(frozen=True, slots=True)
class Cover:
    """What stands on the first page; numbers of people are masked already."""

    dossier_id: str
    reader: str
    made_at: datetime
    begins: datetime
    number: str
    category: str
    status: str
    channel: str
    received_at: datetime
    text: str
    member: str
    member_number: str
    birth_date: date
    phone: str | None
    national_id: str | None
    told_by: str
    rule_set: str
    acknowledge_by: date
    acknowledged_at: datetime | None
    acknowledged_late: bool
    resolve_by: date
    resolved_at: datetime | None
    extended_at: datetime | None
    reopened_count: int
    amount: Money | None
    outcome: str | None
    redress: str | None
    is_late: bool


def draw(cover: Cover, links: Sequence[Link], brand: Brand, language: Language, *, keys: str, key_id: str) -> bytes:
    """The paper as PDF (PDF/A-2b, A4), from the very entries that the chain ties together.

    ``keys`` is the address of the public keys, ``key_id`` names the one that signs.
    """
    logo = brand.logo["light"]
    document = {
        "colours": dict(brand.colours["light"]),
        "logo": logo.name,
        "client": brand.name,
        "made": language.moment(cover.made_at),
        "language": language.code,
        "number": cover.number,
        "title": language.words["title"],
        "subtitle": language.say("subtitle", number=cover.number),
        "page": language.words["page"],
        "reader": language.words["reader"][cover.reader],
        "secrecy": language.words["secrecy"][cover.reader],
        "headings": language.words["headings"],
        "columns": language.words["columns"],
        "facts": _facts(cover, brand, language),
        "text": _printable(cover.text),
        "clocks": _clocks(cover, language),
        "decisions": [_row(language, link) for link in links if _decides(link.entry)],
        "no_decision": language.words["no_decision"],
        "time_line": list(_time_line(language, links)),
        "original_language": language.words["original_language"],
        "transcript": list(_transcript(language, links)),
        "none": language.words["none"],
        "documents": [_document(language, link) for link in links if link.entry["kind"] == "document"],
        "check": _check(cover, links, language, keys, key_id),
    }
    return typst.compile(  # type: ignore[call-overload,no-any-return]  # its types want input and root alike
        (_HERE / "dossier.typ").read_bytes(),
        root=logo.parent,
        format="pdf",
        pdf_standards="a-2b",
        timestamp=cover.made_at,
        ignore_system_fonts=True,
        sys_inputs={"dossier": dump_json(document).decode()},
    )


def _facts(cover: Cover, brand: Brand, language: Language) -> list[list[str]]:
    named = {
        "member": cover.member,
        "told_by": cover.told_by,
        "member_number": cover.member_number,
        "born": language.day(cover.birth_date),
        "phone": cover.phone or "–",
        "national_id": cover.national_id or "–",
        "category": language.word("categories", cover.category),
        "status": language.word("statuses", cover.status),
        "received": f"{language.moment(cover.received_at)} ({language.word('channels', cover.channel)})",
        "plan": brand.name,
        "period": f"{language.moment(cover.begins)} – {language.moment(cover.made_at)}",
        "times": language.zone_name(cover.made_at),
    }
    if cover.amount is not None:
        named["amount"] = cover.amount.display(language.code)
    if cover.outcome is not None:
        named["outcome"] = language.word("outcomes", cover.outcome)
    if cover.redress is not None:
        named["redress"] = cover.redress
    return [[language.words["facts"][name], _printable(text)] for name, text in named.items()]


def _clocks(cover: Cover, language: Language) -> list[list[str]]:
    words = language.words["clocks"]

    def state(done_at: datetime | None, *, late: bool) -> str:
        said = language.say("clocks.done", moment=language.moment(done_at)) if done_at else words["open"]
        return f"{said}, {words['late']}" if late else str(said)

    answered = state(cover.resolved_at, late=cover.is_late)
    if cover.extended_at:
        answered += f"; {language.say('clocks.extended', moment=language.moment(cover.extended_at))}"
    rows = [
        [words["rule_set"], cover.rule_set.upper(), ""],
        [
            words["acknowledge"],
            language.say("clocks.by", day=language.day(cover.acknowledge_by)),
            state(cover.acknowledged_at, late=cover.acknowledged_late),
        ],
        [words["resolve"], language.say("clocks.by", day=language.day(cover.resolve_by)), answered],
    ]
    if cover.reopened_count:
        rows.append([language.say("clocks.reopened", count=cover.reopened_count), "", ""])
    return rows


def _decides(entry: Mapping[str, Any]) -> bool:
    among = _DECISIONS.get(entry["kind"], frozenset())
    return entry["kind"] in _DECIDED or entry["facts"].get("kind", entry["facts"].get("status")) in among


def _row(language: Language, link: Link) -> dict[str, Any]:
    entry = link.entry
    words = [_printable(text) for text in entry["words"].values()]
    if entry["held_back"]:
        words.append(str(language.words["held_back"]))
    return {
        "number": str(link.number),
        "moment": language.moment(entry["at"]),
        "event": _printable(sentence(language, entry)),
        "words": words,
        "by": _printable(language.hand(entry["by"])),
        "mark": language.words["internal_mark"] if entry["internal"] else "",
    }


def _time_line(language: Language, links: Sequence[Link]) -> Iterator[dict[str, Any]]:
    """Every entry; messages that follow one another on one channel are one line that leads to the transcript."""

    def talk(link: Link) -> str | None:
        return str(link.entry["facts"]["channel"]) if link.entry["kind"] == "message" else None

    for channel, group in groupby((link for link in links if link.entry["kind"] != "dossier"), key=talk):
        if channel is None:
            yield from (_row(language, link) for link in group)
            continue
        said = list(group)
        first, last = said[0], said[-1]
        told = {"channel": language.word("channels", channel), "count": len(said), "first": first.number}
        yield {
            "number": f"{first.number}–{last.number}" if len(said) > 1 else str(first.number),
            "moment": language.moment(first.entry["at"]),
            "event": language.say("messages" if len(said) > 1 else "message", **told, last=last.number),
            "words": [],
            "by": "",
            "mark": "",
        }


def _transcript(language: Language, links: Sequence[Link]) -> Iterator[dict[str, Any]]:
    said = [link for link in links if link.entry["kind"] == "message"]
    for day, group in groupby(said, key=lambda link: language.local_day(link.entry["at"])):
        yield {"day": day, "messages": [_message(language, link) for link in group]}


def _message(language: Language, link: Link) -> dict[str, Any]:
    entry, facts = link.entry, link.entry["facts"]
    beside = [language.say("attachment", name=_attachment(language, name)) for name in facts["attachments"]]
    beside += [str(language.words["location"])] if facts["location_shared"] else []
    text = language.words["held_back"] if entry["held_back"] else entry["words"].get("text", "")
    return {
        "number": str(link.number),
        "hour": language.hour(entry["at"]),
        "who": _printable(language.hand(entry["by"])),
        "channel": language.word("channels", facts["channel"]),
        "theirs": facts["direction"] == "in",
        "spoken_in": facts["language"],
        "text": _printable(str(text)),
        "beside": [_printable(one) for one in beside],
    }


def _attachment(language: Language, name: str) -> str:
    return str(language.words[name]) if name in {"member_card", "unreadable", "document"} else name


def _document(language: Language, link: Link) -> dict[str, Any]:
    facts = link.entry["facts"]
    size = [language.say("pages", pages=facts["pages"])] if facts["pages"] else []
    left_out = [language.words["left_out"][facts["left_out"]]] if facts["left_out"] else []
    return {
        "number": str(link.number),
        "title": _printable(language.paper(facts["requirement"])),
        "name": facts["name"],
        "moment": language.moment(link.entry["at"]),
        "notes": [*size, *left_out],
        "digest": facts["sha256"],
    }


def _check(cover: Cover, links: Sequence[Link], language: Language, keys: str, key_id: str) -> dict[str, Any]:
    filled = {"count": len(links), "address": keys, "command": _COMMAND}
    return {
        "paragraphs": [text.format(**filled) for text in language.words["check_text"]],
        "facts": [
            [language.words["dossier"], cover.dossier_id],
            [language.words["facts"]["made"], f"{language.moment(cover.made_at)} {language.zone_name(cover.made_at)}"],
            [language.words["head"], head(links)],
            [language.words["key"], key_id],
        ],
    }


def _printable(text: str) -> str:
    """The text in letters that the paper's fonts have; an emoji is written out, as ``[thumbs up sign]``."""
    letters = unicodedata.normalize("NFC", text)
    return "".join(letter if ord(letter) < _FONT_ENDS else _named(letter) for letter in letters)


def _named(character: str) -> str:
    if unicodedata.category(character) in {"Mn", "Cf", "Sk"}:
        return ""  # variation selectors, skin tones: part of the sign before
    name = unicodedata.name(character, "").lower()
    return f"[{name}]" if name else "[?]"
