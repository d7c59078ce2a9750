"""What is wrong with a brand, as sentences that name the place in the file and what to write instead."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema

from backend.branding.rules.colours import colour_defects
from backend.kit import locales
from backend.languages import FALLBACK, message

_SLUG = re.compile(r"^[a-z][a-z0-9-]{1,30}$")
_ACTIVE_SVG = re.compile(
    rb"<script|\son\w+\s*=|javascript:|<foreignObject|(?:href|src)\s*=\s*[\"']\s*(?!#|data:image/png;base64,)", re.I
)


def of_brand(effective: Mapping[str, Any], directory: Path, slug: str) -> list[str]:
    """Every defect of one effective brand; colours and files are looked at when the shape is right."""
    found = [] if _SLUG.match(slug) else ["the file name is small letters, digits and dashes, beginning with a letter"]
    found += [_sentence(error) for error in validator(directory).iter_errors(effective)]
    if not found:
        found += [*_colours(effective), *_languages(effective), *_assets(effective, directory / "assets" / slug)]
    return found


def shared_lines(lines_of: Mapping[str, Iterable[tuple[str, str]]]) -> list[str]:
    """Hotline numbers and host names that two clients claim: nobody could tell whose caller it is."""
    owners: dict[tuple[str, str], list[str]] = defaultdict(list)
    for slug, lines in lines_of.items():
        for line in lines:
            owners[line].append(slug)
    return [
        f"{' and '.join(slugs)} have the same {kind} {number}; every client needs its own"
        for (kind, number), slugs in owners.items()
        if len(slugs) > 1
    ]


@cache
def validator(directory: Path) -> Any:
    """The schema of a folder of brands."""
    schema = json.loads((directory / "_schema.json").read_text(encoding="utf-8"))
    return jsonschema.Draft202012Validator(schema)


def _sentence(error: jsonschema.ValidationError) -> str:
    place = " → ".join(str(step) for step in error.absolute_path) or "the file"
    schema = error.schema if isinstance(error.schema, dict) else {}
    wanted: Any = error.validator_value
    given: Any = error.instance
    match error.validator:
        case "required":
            missing = [name for name in wanted if name not in given]
            return f"{place}: {', '.join(missing)} is missing"
        case "additionalProperties":
            known = schema.get("properties", {})
            unknown = [name for name in given if name not in known]
            return f"{place}: {', '.join(unknown)} is not known here; use one of {', '.join(known)}"
        case "enum":
            return f"{place}: {error.instance!r} must be one of {', '.join(map(str, wanted))}"
        case _ if "description" in schema:
            return f"{place}: {error.instance!r} is not {schema['description']}"
        case _:
            return f"{place}: {error.message}"


def _colours(effective: Mapping[str, Any]) -> Iterator[str]:
    for scheme, palette in effective["colours"].items():
        for defect in colour_defects(scheme, palette):
            yield message(defect.reason, FALLBACK, defect.figures)


def _languages(effective: Mapping[str, Any]) -> Iterator[str]:
    for language in effective["languages"]:
        if language not in locales.codes():
            yield f"languages: there is no {language}; known are {', '.join(locales.codes())}"
    for part in ("greetings", "texts"):
        for language in effective["languages"]:
            if language not in effective[part]:
                yield f"{part}: nothing is written in {language}, which is among the languages"


def _assets(effective: Mapping[str, Any], folder: Path) -> Iterator[str]:
    for kind, name in effective["logo"].items():
        path = folder / name
        if not path.is_file():
            yield f"logo → {kind}: there is no file {name} in assets/{folder.name}"
        elif _ACTIVE_SVG.search(path.read_bytes()):
            yield f"logo → {kind}: {name} holds a script or fetches something; save it as a plain SVG"
