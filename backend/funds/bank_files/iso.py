"""Reads a message of ISO 20022 in whatever version a bank writes it."""

from __future__ import annotations

import re
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from xsdata.exceptions import ParserError
from xsdata.formats.dataclass.parsers import XmlParser
from xsdata.formats.dataclass.parsers.config import ParserConfig

from backend.errors import RuleRefused

UNREADABLE = "funds.file_unreadable"
_NAMESPACE = re.compile(rb"urn:iso:std:iso:20022:tech:xsd:(pain|camt)\.(\d{3})\.001\.(\d{2})")
_LENIENT = ParserConfig(fail_on_unknown_properties=False, fail_on_unknown_attributes=False)


def is_message(data: bytes, family: str, number: str) -> bool:
    """Whether a file says that it is this message, whatever its version."""
    found = _NAMESPACE.search(data[:4096])
    return found is not None and (found[1], found[2]) == (family.encode(), number.encode())


def read(data: bytes) -> Any:
    """The document of a message; raises RuleRefused ``funds.file_unreadable``.

    A document type definition is refused unread: banks send none, and attacks need one.
    """
    found = _NAMESPACE.search(data[:4096])
    if found is None or b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise RuleRefused(UNREADABLE)
    family, name = found[1].decode(), f"{found[1].decode()}_{found[2].decode()}_001_{found[3].decode()}"
    module = f"pyiso20022.{family}.{name}"
    if find_spec(module) is None:
        raise RuleRefused(UNREADABLE)
    document = import_module(module).Document
    try:
        return XmlParser(config=_LENIENT).from_bytes(data, document)
    except (ParserError, ValueError, TypeError, SyntaxError) as error:
        raise RuleRefused(UNREADABLE) from error


def word(value: Any) -> str | None:
    """A code as text, whether this version makes it an enumeration or not."""
    return None if value is None else str(getattr(value, "value", value))
