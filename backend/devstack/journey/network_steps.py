"""The network: the nearest clinic to a pin on WhatsApp, another first clinic by the contract's rule, care abroad."""

from __future__ import annotations

from datetime import date
from typing import Any

from backend.devstack.journey.person import Person
from backend.devstack.journey.talk import WhatsApp, expect

_PIN = (-6.2601, 106.8142)
"""Where somebody stands in the south of Jakarta."""
_FAR_PIN = (1.2905, 103.8520)
"""The same in Singapore."""
_CLOSE_KM = 1.0


def nearest_clinic(person: Person, chat: WhatsApp) -> str:
    """A clinic is asked for and a pin shared: clinics only, the nearest first, as the app lists them."""
    chat.wait_for_quiet()
    asked = chat.say("klinik terdekat di mana?")
    answer = chat.share_place(*_PIN) if "•" not in asked else asked
    near = f"near={_PIN[0]},{_PIN[1]}"
    listed = person.get(f"/api/v1/providers?{near}&kind=clinic&member_id={person.member_id}&limit=3")["items"]
    nearest = listed[0]
    expect(nearest["distance_km"] < _CLOSE_KM, f"the nearest clinic is {nearest['distance_km']} km away")
    places = [answer.find(one["name"]) for one in listed]
    expect(min(places) >= 0 and places == sorted(places), f"not the three clinics of the app, nearest first: {answer}")
    expect(f"{nearest['distance_km']:.1f} km" in answer, f"no distance to {nearest['name']} in: {answer}")
    return answer


def first_clinic_changed(person: Person, chat: WhatsApp) -> str:
    """The first choice counts at once; a change from the first of the next month, as the contract says."""
    path = f"/api/v1/members/{person.member_id}/primary-provider"
    before = person.get(path)
    if before["now"] is None:
        near = f"near={_FAR_JAKARTA[0]},{_FAR_JAKARTA[1]}"
        clinic = person.get(f"/api/v1/providers?{near}&kind=clinic&member_id={person.member_id}&limit=1")["items"][0]
        made = person.post(path, provider_id=clinic["id"])
        expect(made["starts_on"] == person.today.isoformat(), f"a first choice counts from {made['starts_on']}")
        before = person.get(path)
    known = before["planned"] or before["now"]
    offer = chat.say("saya mau ganti klinik")
    if "lahir" in offer.lower():
        offer = chat.say(person.birth_digits)
    expect(known["provider"]["name"] in offer, f"the present clinic is not in: {offer}")
    answer = chat.say("1")
    after = person.get(path)
    planned = after["planned"]
    expect(planned is not None, f"no change is planned after: {answer}")
    name, begins = planned["provider"]["name"], date.fromisoformat(planned["starts_on"])
    expect(f"1 {name}" in offer and name in answer, f"{name} was not what was offered first: {offer}")
    expect(planned["starts_on"] == before["counts_from"], f"it counts from {begins}, not {before['counts_from']}")
    expect(begins.day == 1 and begins > person.today, f"a change counts from {begins}")
    expect(after["now"]["provider"]["id"] == before["now"]["provider"]["id"], "the present clinic changed at once")
    return f"{after['now']['provider']['name']} until {after['now']['ends_on']}, {name} from {begins}"


def care_abroad(person: Person) -> dict[str, Any]:
    """A contracted hospital in Singapore: in the network, with its own prices; one pays first and claims (S1-70)."""
    near = f"near={_FAR_PIN[0]},{_FAR_PIN[1]}"
    found = person.get(f"/api/v1/providers?{near}&kind=hospital&member_id={person.member_id}&limit=1")["items"][0]
    expect(found["country"] == "SG", f"the nearest hospital to Singapore is in {found['country']}")
    expect(found["in_network"] and not found["cashless"], f"abroad: {found['in_network']}, {found['cashless']}")
    hospital = person.get(f"/api/v1/providers/{found['id']}")
    rates = {room["rate"]["currency"] for room in hospital["rooms"]}
    expect(rates == {"SGD"}, f"its rooms are priced in {rates}")
    expect(hospital["open_now"] is True, "it is not open day and night")
    return dict(hospital)


_FAR_JAKARTA = (-6.1583, 106.9058)
"""Elsewhere in the city, so that the first clinic is another one than those around the pin."""
