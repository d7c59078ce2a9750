"""Somebody is to be admitted without a card at hand: a case at once, the letter as soon as it is known for whom."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from backend.access import Scope
from backend.errors import RuleRefused
from backend.guarantees import service as letters
from backend.helpline.asker import Answer, Asker, case_for
from backend.helpline.catalogue import Reply
from backend.helpline.models import HelplineCase, Priority
from backend.helpline.understanding.normalise import plain
from backend.members import queries as members
from backend.members.models import Member

DETAILS = "admission"
"""In a thread's ``awaits``: the next words say which hospital, and which patient."""


def guarantee_letter(scope: Scope, asker: Asker, _slots: Mapping[str, Any]) -> Answer:
    """A hospital waits for the letter, so the case goes ahead of the others, whoever asks (S1-55).

    Of a proved member without a family it is clear who the patient is: the letter is asked for in the same breath.
    Otherwise the patient's name is asked.
    """
    case = case_for(scope, asker, "guarantee_letter", Priority.HIGH)
    awaits = {"awaits": DETAILS}
    if asker.member_id is None:
        return Answer((Reply.of("case_guarantee", case=case.number),), state=awaits)
    family = members.family_of(asker.acting(scope), asker.member_id)
    if len(family) > 1:
        names = ", ".join(_first_name(one) for one in family)
        return Answer((Reply.of("guarantee_who", case=case.number, names=names),), state=awaits)
    return Answer((_asked_for(scope, asker, case, family[0]),), state=awaits)


def details(scope: Scope, asker: Asker, case: HelplineCase, words: str) -> Reply:
    """What is told after that: the letter is asked for when it names one of the family; a person reads the rest."""
    if asker.member_id is not None:
        said = set(re.findall(r"\w+", plain(words)))
        family = members.family_of(asker.acting(scope), asker.member_id)
        named = [one for one in family if plain(_first_name(one)) in said]
        if len(named) == 1:
            return _asked_for(scope, asker, case, named[0], noted=True)
    return Reply.of("guarantee_noted", case=case.number)


def _asked_for(scope: Scope, asker: Asker, case: HelplineCase, patient: Member, *, noted: bool = False) -> Reply:
    # Without cover nothing is asked for: the person who takes the case explains it.
    with suppress(RuleRefused):
        # One may ask for one's whole family: a person looks at every letter before it is issued.
        asking = asker.acting(scope) if patient.id == asker.member_id else asker.speaking(scope)
        letters.request(asking, patient.id, case_id=case.id)
        reply = "guarantee_requested" if not noted else "guarantee_requested_noted"
        return Reply.of(reply, case=case.number, name=_first_name(patient))
    return Reply.of("guarantee_noted" if noted else "case_guarantee", case=case.number)


def _first_name(member: Member) -> str:
    return member.full_name.split()[0]
