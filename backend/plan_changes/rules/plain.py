"""What of a plan's terms differs, benefit by benefit, as sentences anybody understands: a reason with its figures.

A figure is kept as JSON and worded when it is read: an amount, the names of a benefit in every language, or a word of
the catalogue of messages with figures of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from backend.benefits.rules import Basis, CoPayment, Limit
from backend.kit.money import Money

FLAGS = ("referral_required", "approval_required", "network_only", "reimbursable")
MOST = 12
"""Sentences in one message; who wants more reads the benefit table."""

DETAILS: dict[str, Any] = {"reason": "plan_changes.plain.details", "figures": {}}
"""What is said when something differs that has no sentence of its own."""

_SENTENCE = "plan_changes.plain."

Sentence = dict[str, Any]
"""``reason`` and ``figures``, as a notification keeps it."""


@dataclass(frozen=True, slots=True)
class Line:
    """One benefit of a plan's table. ``further`` is what differs without a sentence of its own."""

    code: str
    names: Mapping[str, str]
    limits: tuple[Limit, ...] = ()
    co_payment: CoPayment | None = None
    deductible: tuple[Money, str] | None = None
    waiting_days: int = 0
    room_class: str | None = None
    room_rate: Money | None = None
    flags: Mapping[str, bool] = field(default_factory=dict)
    exclusions: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    further: Any = None


def differences(before: Sequence[Line], after: Sequence[Line]) -> list[Sentence]:
    """What is another under the new terms, in the order of the new table, what is gone last; none for the same terms.

    At most MOST sentences, the last of them then says that there is more.
    """
    known = {line.code: line for line in before}
    said: list[Sentence] = []
    for line in after:
        old = known.pop(line.code, None)
        said += [_said("added", line)] if old is None else list(_of_line(old, line))
    said += [_said("removed", line) for line in known.values()]
    return said if len(said) <= MOST else [*said[: MOST - 1], {"reason": f"{_SENTENCE}more", "figures": {}}]


def _of_line(old: Line, new: Line) -> Iterator[Sentence]:
    found = [
        *_limits(old, new),
        *_shares(old, new),
        *_stay(old, new),
        *_flags(old, new),
        *_exclusions(old, new),
    ]
    yield from found
    if not found and (old.further, old.names, old.limits) != (new.further, new.names, new.limits):
        yield _said("other", new)


def _limits(old: Line, new: Line) -> Iterator[Sentence]:
    was, will = _by_basis(old), _by_basis(new)
    for key in dict.fromkeys([*was, *will]):
        before, after = was.get(key), will.get(key)
        basis = _word("_".join(key))
        if _amount(before) != _amount(after):
            yield _said("limit", new, basis=basis, before=_amount(before), after=_amount(after))
        if _count(before) != _count(after):
            yield _said("limit", new, basis=basis, before=_count(before), after=_count(after))


def _by_basis(line: Line) -> dict[tuple[str, str], Limit]:
    return {(_span(one), one.shared_by.value): one for one in line.limits}


def _span(limit: Limit) -> str:
    return "years" if limit.basis is Basis.YEAR and limit.years > 1 else limit.basis.value


def _amount(limit: Limit | None) -> Any:
    return _money(limit.amount if limit is not None else None, "unlimited")


def _count(limit: Limit | None) -> Any:
    return _word("unlimited") if limit is None or limit.count is None else _word("times", count=limit.count)


def _shares(old: Line, new: Line) -> Iterator[Sentence]:
    if old.co_payment != new.co_payment:
        yield _said("co_payment", new, before=_share(old.co_payment), after=_share(new.co_payment))
    if old.deductible != new.deductible:
        yield _said("deductible", new, before=_borne(old), after=_borne(new))


def _share(paid: CoPayment | None) -> Any:
    if paid is None:
        return _word("nothing")
    percent = f"{paid.percent.normalize():f}"
    return (
        _word("percent", percent=percent)
        if paid.cap is None
        else _word("capped", percent=percent, cap=_plain(paid.cap))
    )


def _borne(line: Line) -> Any:
    if line.deductible is None:
        return _word("nothing")
    amount, basis = line.deductible
    return _word(f"borne_{basis}", amount=_plain(amount))


def _stay(old: Line, new: Line) -> Iterator[Sentence]:
    if old.waiting_days != new.waiting_days:
        yield _said("waiting", new, before=old.waiting_days, after=new.waiting_days)
    if old.room_class != new.room_class:
        yield _said("room_class", new, before=_or_none(old.room_class), after=_or_none(new.room_class))
    if old.room_rate != new.room_rate:
        yield _said(
            "room_rate", new, before=_money(old.room_rate, "unlimited"), after=_money(new.room_rate, "unlimited")
        )


def _flags(old: Line, new: Line) -> Iterator[Sentence]:
    for name in FLAGS:
        if old.flags.get(name) != new.flags.get(name):
            yield _said(f"{name}_{'on' if new.flags.get(name) else 'off'}", new)


def _exclusions(old: Line, new: Line) -> Iterator[Sentence]:
    for code, names in new.exclusions.items():
        if code not in old.exclusions:
            yield _said("excluded", new, what={"names": dict(names)})
    for code, names in old.exclusions.items():
        if code not in new.exclusions:
            yield _said("included", new, what={"names": dict(names)})


def _said(kind: str, line: Line, **figures: Any) -> Sentence:
    return {"reason": _SENTENCE + kind, "figures": {"benefit": {"names": dict(line.names)}, **figures}}


def _money(amount: Money | None, otherwise: str) -> Any:
    return _word(otherwise) if amount is None else _plain(amount)


def _plain(amount: Money) -> dict[str, Any]:
    return {"amount_minor": amount.amount_minor, "currency": amount.currency}


def _or_none(text: str | None) -> Any:
    return text or _word("none")


def _word(name: str, **figures: Any) -> dict[str, Any]:
    return {"word": f"plan_changes.word.{name}", **({"figures": figures} if figures else {})}
