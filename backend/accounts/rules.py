"""Pure rules of signing in: how long a code lives, who must slow down, whom one may act for.

Speed limits must stop guessing and flooding without giving anybody a way to lock somebody else out. So
they count per number *and* network; what strangers do to a number slows strangers down and never the
networks and devices its owner has signed in from; and no limit is forever.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from ipaddress import ip_address, ip_network
from uuid import UUID

from backend.members.rules.cover import has_own_access

CODE_DIGITS = 6
CODE_LIFETIME = timedelta(minutes=10)
GUESSES_NEAR = 5
"""Wrong guesses a code allows where it was asked for."""
GUESSES_FAR = 5
"""Wrong guesses it allows from everywhere else together."""
ATTACK_GUESSES = 20
"""Wrong guesses from strange places in a day, after which codes work only where they were asked for."""
FREE_CODES_HERE = 3
FREE_CODES_ELSEWHERE = 10
FREE_PASSWORDS_HERE = 5
FREE_PASSWORDS_ELSEWHERE = 30
NETWORK_LIMIT = 1000
"""Codes or wrong guesses in ten minutes from one network, where thousands of phones may share an address."""
CLIENT_LIMIT = 3000
"""Codes in ten minutes of one client; above it deliveries queue up, none is dropped."""

TEMPORARY_PASSWORD_LIFETIME = timedelta(hours=24)
"""How long a password handed out by an administrator can be exchanged for one's own."""

CODE_WRONG = "accounts.code_wrong"
SIGN_IN_REFUSED = "accounts.sign_in_refused"
ONE_TIME_CODE_NEEDED = "accounts.one_time_code_needed"
TOTP_ENROLMENT_NEEDED = "accounts.totp_enrolment_needed"
TOTP_ALREADY_ENROLLED = "accounts.totp_already_enrolled"
FIREBASE_OFF = "accounts.firebase_off"
FIREBASE_REFUSED = "accounts.firebase_refused"
STAFF_EXISTS = "accounts.staff_exists"
PASSWORD_CHANGE_NEEDED = "accounts.password_change_needed"  # noqa: S105 - a reason, not a secret
WORKS_ELSEWHERE = "accounts.works_elsewhere"


def network_of(address: str) -> str:
    """The network an address belongs to: phones change addresses, rarely networks (/24, or /56 of IPv6)."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return "unknown"
    return str(ip_network(f"{parsed}/{24 if parsed.version == 4 else 56}", strict=False))


@dataclass(frozen=True, slots=True)
class CodeFacts:
    """A code that was sent, as the check sees it."""

    expires_at: datetime
    used_at: datetime | None
    guesses_near: int
    guesses_far: int


def code_is_live(code: CodeFacts, now: datetime) -> bool:
    """Not used and not older than ten minutes."""
    return code.used_at is None and now < code.expires_at


def may_guess(code: CodeFacts, *, near: bool, under_attack: bool) -> bool:
    """Whether one more guess is compared with this code at all.

    ``near``: from the network that asked for it, or from a device its owner has used before.
    """
    if near:
        return code.guesses_near < GUESSES_NEAR
    return not under_attack and code.guesses_far < GUESSES_FAR


@dataclass(frozen=True, slots=True)
class Traffic:
    """What was tried for one number or address lately, moments in ascending order.

    ``here``: from the asking network within an hour since its last success; ``elsewhere``: from every
    strange network within a day;
    ``familiar``: the owner has signed in from this network or device before.
    """

    here: Sequence[datetime]
    elsewhere: Sequence[datetime]
    familiar: bool


def _pause(moments: Sequence[datetime], free: int, first: timedelta, longest: timedelta) -> datetime | None:
    over = len(moments) - free
    if over < 0 or not moments:
        return None
    return moments[-1] + min(longest, first * 2 ** min(over, 10))


def _later(*moments: datetime | None) -> datetime | None:
    return max((moment for moment in moments if moment is not None), default=None)


def next_code_at(traffic: Traffic) -> datetime | None:
    """When this network may have the next code for the number sent; None: now.

    Three at once, then pauses from 30 s doubling to 15 min. Strange networks together get ten in a day,
    then pauses from a minute doubling to half an hour: that bounds a distributed guesser to a chance of
    less than one in two thousand a day, and a familiar network or device does not wait for it.
    """
    here = _pause(traffic.here, FREE_CODES_HERE, timedelta(seconds=30), timedelta(minutes=15))
    if traffic.familiar:
        return here
    strange = sorted([*traffic.here, *traffic.elsewhere])
    return _later(here, _pause(strange, FREE_CODES_ELSEWHERE, timedelta(minutes=1), timedelta(minutes=30)))


def next_password_at(traffic: Traffic) -> datetime | None:
    """When this network may try the next password for the address; None: now. Same shape as for codes."""
    here = _pause(traffic.here, FREE_PASSWORDS_HERE, timedelta(seconds=30), timedelta(minutes=15))
    if traffic.familiar:
        return here
    strange = sorted([*traffic.here, *traffic.elsewhere])
    return _later(here, _pause(strange, FREE_PASSWORDS_ELSEWHERE, timedelta(seconds=5), timedelta(minutes=1)))


def delivery_wait(codes_of_client: int) -> int:
    """Seconds a delivery waits when one client sends more codes than people would ask for."""
    return min(300, max(0, codes_of_client - CLIENT_LIMIT) // 50)


@dataclass(frozen=True, slots=True)
class Person:
    """A member as far as acting for somebody is concerned."""

    id: UUID
    relationship: str
    birth_date: date
    left_on: date | None
    consents_to_family: bool = False


def has_access(person: Person, on: date, former_member_days: int) -> bool:
    """Members who left still sign in for a while: their history, open claims and complaints are theirs."""
    return person.left_on is None or on <= person.left_on + timedelta(days=former_member_days)


_ORDER = {"employee": 0, "spouse": 1, "child": 2}


def members_to_act_for(
    own: Iterable[Person], dependants: Iterable[Person], *, on: date, own_access_age: int, former_member_days: int
) -> tuple[UUID, ...]:
    """The members of one sign-in, the person first.

    ``own``: the members who have the proven number; ``dependants``: those of the employees among them.
    A dependant from ``own_access_age`` on is their own person and is included only with consent.
    """
    selves = sorted((one for one in own if has_access(one, on, former_member_days)), key=_place)
    if not selves:
        return ()
    acted_for = [
        one
        for one in sorted(dependants, key=_place)
        if has_access(one, on, former_member_days)
        and (not has_own_access(one.birth_date, on, own_access_age) or one.consents_to_family)
    ]
    return tuple(dict.fromkeys(one.id for one in [*selves, *acted_for]))


def _place(person: Person) -> tuple[int, date, UUID]:
    return _ORDER.get(person.relationship, 9), person.birth_date, person.id
