"""The verbs of the privacy domain, one file per use case."""

from backend.privacy.service.asking import ask, send_code, withdraw
from backend.privacy.service.copies import fetch, forget_expired, reseal
from backend.privacy.service.deciding import decide
from backend.privacy.service.erasing import erase, erase_some_files
from backend.privacy.service.making import gather, keep
from backend.privacy.service.reading import list_own, list_waiting, read_request, read_waiting
from backend.privacy.service.watching import watch

__all__ = [
    "ask",
    "decide",
    "erase",
    "erase_some_files",
    "fetch",
    "forget_expired",
    "gather",
    "keep",
    "list_own",
    "list_waiting",
    "read_request",
    "read_waiting",
    "reseal",
    "send_code",
    "watch",
    "withdraw",
]
