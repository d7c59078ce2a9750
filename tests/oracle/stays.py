"""Nights in a hospital by S1-63..S1-70: what of each night's rate is the member's, what the plan grants on top."""

from __future__ import annotations


def room_nights(bill, cover) -> list[dict]:
    """One dict a night: ``rate``, ``members`` part, what is ``granted``, ``own_wish`` and whether from the start."""
    room = next((line for line in bill.lines if line.item.value == "room" and line.benefit in cover.benefits), None)
    if bill.stay is None or room is None:
        return []
    benefit = cover.benefits[room.benefit]
    classes = sorted(bill.stay.classes, key=lambda one: one.rank)
    if benefit.room_rate is not None:
        entitled = benefit.room_rate.amount_minor
    else:
        named = [one.rate.amount_minor for one in classes if one.code == benefit.room_class]
        if not named:
            return []
        entitled = named[0]
    rates = [night.rate.amount_minor for night in bill.stay.nights]
    free = [night.entitled_free for night in bill.stay.nights]
    two_days = cover.terms.room_upgrade_hours // 24
    refused = any(is_free and rate > entitled for is_free, rate in list(zip(free, rates, strict=True))[:two_days])
    affordable = [one for one in classes if one.rate.amount_minor <= entitled]
    made = []
    for place, rate in enumerate(rates):
        over = rate - entitled
        if over <= 0:
            made.append(_night(rate, 0, 0, own_wish=False))
        elif bill.stay.own_request:
            made.append(_night(rate, over, 0, own_wish=True))
        elif classes and not affordable:
            made.append(_none_at_the_rate(rate, over, entitled, cover.terms))
        elif refused:
            made.append(_night(rate, over, 0, own_wish=True, from_the_start=free[0] and rates[0] > entitled))
        elif place >= two_days:
            made.append(_night(rate, over, 0, own_wish=False))
        else:
            made.append(_one_class_higher(rate, entitled, classes, affordable, cover.terms.room_full_too_high))
    return made


def _one_class_higher(rate, entitled, classes, affordable, too_high: str) -> dict:
    """S1-63: the class after the dearest affordable one is paid; a still higher one as the contract says."""
    payable = rate
    if affordable:
        above = classes[classes.index(affordable[-1]) + 1 :]
        one_level = above[0].rate.amount_minor if above else 0
        payable = rate if rate <= one_level else one_level if too_high == "one_level" else entitled
    payable = max(payable, entitled)
    return _night(rate, rate - payable, payable - entitled, own_wish=False)


def _none_at_the_rate(rate, over, entitled, terms) -> dict:
    """S1-67..S1-69: the lower of a fifth and fifty thousand is tolerated, or nothing is."""
    fifth = (entitled * terms.room_tolerance_percent * 2 + 100) // 200
    if over > min(fifth, terms.room_tolerance_minor):
        return _night(rate, over, 0, own_wish=True)
    if terms.room_difference_borne_by == "plan":
        return _night(rate, 0, over, own_wish=False)
    return _night(rate, over, 0, own_wish=False)


def _night(rate: int, members: int, granted: int, *, own_wish: bool, from_the_start: bool = True) -> dict:
    start = own_wish and from_the_start
    return {"rate": rate, "members": members, "granted": granted, "own_wish": own_wish, "from_the_start": start}
