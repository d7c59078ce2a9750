"""One answer per topic, by the name of the bot's action. Personal ones are given to proved members only."""

from __future__ import annotations

from backend.helpline.answers import (
    admissions,
    benefits,
    cards,
    claims,
    complaints,
    consents,
    details,
    doctors,
    emergencies,
    first_clinic,
    people,
    providers,
    referrals,
    reimbursement,
    satisfaction,
    session,
    travel,
)
from backend.helpline.asker import AnswerTo

PUBLIC: dict[str, AnswerTo] = {
    "action_emergency": emergencies.emergency,
    "action_doctor": doctors.doctor,
    "action_handover": people.handover,
    "action_contact": people.contact,
    "action_nearest_provider": providers.nearest,
    "action_claim_documents": claims.documents,
    "action_payment_date": claims.payment_date,
    "action_referral_request": referrals.request,
    "action_guarantee_letter": admissions.guarantee_letter,
    "action_excess": people.excess,
    "action_cob": people.cob,
    "action_submit_complaint": complaints.submit,
    "validate_complaint_form": complaints.check,
    "validate_reimbursement_form": reimbursement.check,
    "action_fallback": session.fallback,
    "action_cancel_form": session.cancelled,
    "action_repeat": session.repeat,
    "action_choose_language": session.choose_language,
    "action_travel": travel.journey,
    "action_satisfaction": satisfaction.rated,
    "nothing": session.nothing,
}
PERSONAL: dict[str, AnswerTo] = {
    "action_teleconsultation": doctors.consultation,
    "action_show_card": cards.show,
    "action_lost_card": cards.lost,
    "card_loss_confirm": cards.block,
    "whatsapp_agrees": consents.whatsapp,
    "action_update_data": details.update,
    "action_change_provider": first_clinic.change,
    "action_choose_clinic": first_clinic.choose,
    "action_coverage": benefits.coverage,
    "action_balance": benefits.balance,
    "action_room_entitlement": benefits.room,
    "action_claim_status": claims.status,
    "action_claim_decision": claims.decision,
    "action_complaint_status": complaints.status,
    "action_referral_status": referrals.status,
    "action_back_referral": referrals.back,
    "action_submit_reimbursement": reimbursement.submit,
}
ANSWERS = PUBLIC | PERSONAL
PROVED_LATER = frozenset(["action_guarantee_letter", "action_referral_request"])
"""Public answers that begin at once and go further when it is known who asks: the proof is asked for after them."""
