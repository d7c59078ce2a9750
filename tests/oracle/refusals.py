"""Lines of which the plan pays nothing, row by row: only whether, never why."""

from __future__ import annotations

from datetime import timedelta


def is_refused(case, line, benefit, nights) -> bool:
    """Whether any row stands against the whole line."""
    return _whole_bill(case, nights) or benefit is None or any(row(case, line, benefit) for row in _ROWS)


def _whole_bill(case, nights) -> bool:
    """S0-9 cover, S1-78 suspended card, S1-62 abroad and S1-70 own wish without money first."""
    bill, cover = case.bill, case.cover
    if cover.since is None or cover.since > bill.visit_on:
        return True
    if not bill.cashless:
        return False
    own_wish = any(night["from_the_start"] for night in nights) and not cover.terms.own_request_cashless
    return not cover.card_usable or bill.place.abroad or own_wish


def _s1_13(_case, line, _benefit):
    return line.item.value == "non_medical"


def _s2_34_exclusion(case, line, benefit):
    condition = line.diagnosis or case.bill.diagnosis or ""
    return any(
        one.code in line.named or any(condition.startswith(start) for start in one.conditions)
        for one in benefit.exclusions
    )


def _s2_34_waiting(case, line, benefit):
    condition = line.diagnosis or case.bill.diagnosis or ""
    days = [benefit.waiting_days]
    days += [wait.days for wait in benefit.waits if any(condition.startswith(one) for one in wait.conditions)]
    waits = case.bill.visit_on < case.cover.since + timedelta(days=max(days))
    return waits and not (case.cover.terms.accident_waives_waiting and _s1_11(case.bill.accident))


def _s1_11(accident):
    if accident is None:
        return False
    return not accident.inhaled_or_swallowed or (accident.hurt_on - accident.happened_on).days <= 30


def _s1_6_and_61(case, _line, benefit):
    if benefit.group.value != "inpatient":
        return False
    bill = case.bill
    short = bill.hours is not None and bill.hours < case.cover.terms.minimum_stay_hours
    surgery = bill.surgery or any(line.item.value == "surgery" for line in bill.lines)
    return not bill.place.hospital or (short and not surgery)


def _s1_8(_case, line, _benefit):
    return not line.licensed


def _network(case, _line, benefit):
    bill = case.bill
    outside = benefit.network_only and not bill.place.in_network
    only_cashless = not benefit.reimbursable and not bill.cashless
    bypassed = bill.emergency and case.cover.terms.emergency_bypasses_network
    return not bypassed and (outside or only_cashless)


def _referral(case, _line, benefit):
    bill = case.bill
    bypassed = bill.emergency and case.cover.terms.emergency_bypasses_referral
    return benefit.referral_required and not (bill.referral or bill.place.first_tier or bypassed)


def _s2_36(case, line, benefit):
    spectacles = line.item.value in {"lenses", "frame"}
    bypassed = case.bill.emergency and case.cover.terms.emergency_bypasses_approval
    return benefit.approval_required and not (spectacles or case.bill.approved or bypassed)


def _s1_23_to_27(case, line, _benefit):
    if line.item.value not in {"lenses", "frame"}:
        return False
    glasses = case.bill.glasses
    if glasses is None or not glasses.prescribed:
        return True
    asked_first = glasses.specialist_letter if case.cover.child else glasses.approved
    strongest = max(abs(glasses.refraction.sphere), abs(glasses.refraction.cylinder))
    unchanged = glasses.earlier == glasses.refraction and not glasses.other_conditions
    return not asked_first or strongest * 2 < 1 or unchanged


def _s1_72(case, line, _benefit):
    return line.item.value == "vitamin" and case.bill.cashless


def _s1_73(case, line, _benefit):
    repeat = case.bill.dispensing
    if line.item.value not in {"medicine", "vitamin"} or repeat is None or repeat.number == 0:
        return False
    terms = case.cover.terms
    late = (case.bill.visit_on - repeat.first_on).days > terms.repeat_prescription_days
    times = repeat.number + 1 if terms.repeat_prescription_counts == "dispensings" else repeat.number
    return not repeat.written_approval and (late or times > terms.repeat_prescriptions)


_ROWS = (
    _s1_13,
    _s2_34_exclusion,
    _s2_34_waiting,
    _s1_6_and_61,
    _s1_8,
    _network,
    _referral,
    _s2_36,
    _s1_23_to_27,
    _s1_72,
    _s1_73,
)
