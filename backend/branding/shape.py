"""Whether settings have the shape of a brand; each fault with its place (``hotline.voice``) in the form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import jsonschema

from backend.branding import loader
from backend.branding.defects import validator
from backend.kit import locales
from backend.kit.refusal import Refusal

MISSING = "branding.shape_missing"
UNKNOWN = "branding.shape_unknown"
CHOICE = "branding.shape_choice"
TOO_SHORT = "branding.shape_too_short"
TOO_LONG = "branding.shape_too_long"
FORM = "branding.shape_form"
LANGUAGE_UNKNOWN = "branding.language_unknown"

_LENGTHS = {
    "minLength": TOO_SHORT,
    "minItems": TOO_SHORT,
    "minimum": TOO_SHORT,
    "maxLength": TOO_LONG,
    "maxItems": TOO_LONG,
    "maximum": TOO_LONG,
}
_SHOWN = 60
"""Characters of what was written that a sentence repeats."""


def shape_defects(effective: Mapping[str, Any]) -> Iterator[Refusal]:
    """Everything that does not fit the schema, and languages nobody speaks here. ``MISSING`` is merely unfinished."""
    missing: set[str] = set()
    for error in validator(loader.directory()).iter_errors(effective):
        for defect in _of(error):
            if defect.reason == MISSING:
                if defect.figures["place"] in missing:
                    continue  # the schema speaks once for each key that is missing, and each time of all of them
                missing.add(defect.figures["place"])
            yield defect
    languages = effective.get("languages")
    for language in languages if isinstance(languages, list) else ():
        if isinstance(language, str) and language not in locales.codes():
            yield Refusal(
                LANGUAGE_UNKNOWN,
                {"place": "languages", "language": language, "known": ", ".join(locales.codes())},
            )


def _of(error: jsonschema.ValidationError) -> Iterator[Refusal]:
    place = ".".join(str(step) for step in error.absolute_path)
    wanted: Any = error.validator_value
    given: Any = error.instance
    schema = error.schema if isinstance(error.schema, dict) else {}
    match error.validator:
        case "required":
            for name in wanted:
                if name not in given:
                    yield Refusal(MISSING, {"place": _below(place, name)})
        case "additionalProperties":
            for name in given:
                if name not in schema.get("properties", {}) and not schema.get("patternProperties"):
                    yield Refusal(UNKNOWN, {"place": _below(place, str(name))})
        case "enum":
            choices = ", ".join(str(one) for one in wanted)
            yield Refusal(CHOICE, {"place": place, "given": _short(given), "wanted": choices})
        case "minLength" | "pattern" if given == "":
            yield Refusal(MISSING, {"place": place})
        case str(kind) if kind in _LENGTHS:
            yield Refusal(_LENGTHS[kind], {"place": place, "wanted": wanted})
        case _:
            meaning = schema.get("description") or error.message
            yield Refusal(FORM, {"place": place, "given": _short(given), "wanted": meaning})


def _below(place: str, name: str) -> str:
    return f"{place}.{name}" if place else name


def _short(given: Any) -> str:
    text = str(given)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
