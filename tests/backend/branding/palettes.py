"""The palettes that every client starts with, as the rules see them."""

from __future__ import annotations

from typing import Any

import yaml

from tests.conftest import ROOT

_FILE: dict[str, Any] = yaml.safe_load((ROOT / "whitelabel_configs" / "_defaults.yml").read_text(encoding="utf-8"))

DEFAULTS: dict[str, dict[str, str]] = _FILE["colours"]
_NAMES = ("good", "good_soft", "warn", "warn_soft", "bad", "bad_soft")
STATUS_COLOURS = {scheme: {name: palette[name] for name in _NAMES} for scheme, palette in DEFAULTS.items()}
