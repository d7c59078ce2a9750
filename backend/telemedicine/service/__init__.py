"""The verbs of telemedicine, one file per use case; other domains use these names."""

from backend.telemedicine.service.certificates import certificate_pdf, certificate_qr, verify_certificate
from backend.telemedicine.service.consulting import (
    begin,
    call,
    cancel,
    doctor_notes,
    end,
    join,
    miss,
    put_back,
    take,
    write_note,
)
from backend.telemedicine.service.dispensing import approve, dispense, look_up
from backend.telemedicine.service.emergency import divert
from backend.telemedicine.service.prescription_pdf import prescription_pdf
from backend.telemedicine.service.reading import (
    answer,
    certificate_answer,
    desk,
    list_own,
    prescription_answer,
    shown,
)
from backend.telemedicine.service.request import free_times, questions, request
from backend.telemedicine.service.watching import remind_of_follow_ups, reseal_teleconsultations, watch
from backend.telemedicine.service.writing import (
    certify,
    diagnose,
    prescribe,
    refer,
    withdraw_certificate,
    withdraw_prescription,
)

__all__ = [
    "answer",
    "approve",
    "begin",
    "call",
    "cancel",
    "certificate_answer",
    "certificate_pdf",
    "certificate_qr",
    "certify",
    "desk",
    "diagnose",
    "dispense",
    "divert",
    "doctor_notes",
    "end",
    "free_times",
    "join",
    "list_own",
    "look_up",
    "miss",
    "prescribe",
    "prescription_answer",
    "prescription_pdf",
    "put_back",
    "refer",
    "questions",
    "remind_of_follow_ups",
    "request",
    "reseal_teleconsultations",
    "shown",
    "take",
    "verify_certificate",
    "watch",
    "withdraw_certificate",
    "withdraw_prescription",
    "write_note",
]
