"""The verbs of the accounts domain, one file per use case."""

from backend.accounts.service.devices import list_devices, sign_out_device, sign_out_everywhere
from backend.accounts.service.profile import describe
from backend.accounts.service.recovery import hand_out_password, take_off_authenticator
from backend.accounts.service.sign_in import (
    ensure_identity,
    refresh,
    request_sign_in_code,
    sign_in_by_code,
    sign_in_by_firebase,
    sign_out,
)
from backend.accounts.service.staff import (
    add_staff,
    change_password,
    list_staff,
    remove_staff,
    reset_password,
    sign_in_staff,
    switch_client,
)
from backend.accounts.service.step_up import check_code, request_code
from backend.accounts.service.totp import confirm_totp, enrol_totp
from backend.accounts.sessions import members_of_identity

__all__ = [
    "add_staff",
    "change_password",
    "check_code",
    "confirm_totp",
    "describe",
    "enrol_totp",
    "ensure_identity",
    "hand_out_password",
    "list_devices",
    "list_staff",
    "members_of_identity",
    "refresh",
    "remove_staff",
    "request_code",
    "reset_password",
    "request_sign_in_code",
    "sign_in_by_code",
    "sign_in_by_firebase",
    "sign_in_staff",
    "sign_out",
    "sign_out_device",
    "sign_out_everywhere",
    "switch_client",
    "take_off_authenticator",
]
