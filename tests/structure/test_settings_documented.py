"""`.env.example` is the truth about settings: all of them, with a meaning, and a filled copy starts production."""

from __future__ import annotations

import ast
import base64
import re

import pytest
import yaml

from backend.settings import Settings, SettingsError
from tests.structure.source import BACKEND, ROOT, python_files, tree

EXAMPLE = (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
COMPOSE_TEXT = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
COMPOSE = yaml.safe_load(COMPOSE_TEXT)
REFUSED = {"FIREBASE_AUTH_EMULATOR_HOST"}
"""Read only to refuse it."""
_NOT_THE_PRODUCT = {BACKEND / "devstack", BACKEND / "bench", BACKEND / "helpline" / "evaluation"}
_VARIABLE = re.compile(r"^#?([A-Z][A-Z0-9_]+)=(.*)$")

DOCUMENTED = {match[1]: number for number, line in enumerate(EXAMPLE) if (match := _VARIABLE.match(line))}


class _Asked(dict[str, str]):
    """An empty environment that remembers what it was asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()

    def get(self, name: str, default: str = "") -> str:  # type: ignore[override]
        self.names.add(name)
        return default


def _read_by_settings() -> set[str]:
    asked = _Asked()
    with pytest.raises(SettingsError):
        Settings.from_env(asked)
    return asked.names - REFUSED


def _read_elsewhere() -> set[str]:
    """Names in `os.environ[...]` and `os.environ.get(...)` of the product."""
    found = set()
    for path in python_files("backend"):
        if _NOT_THE_PRODUCT & set(path.parents):
            continue
        for node in ast.walk(tree(path)):
            match node:
                case ast.Subscript(value=read, slice=ast.Constant(value=str(name))):
                    found |= {name} if ast.unparse(read) == "os.environ" else set()
                case ast.Call(func=read, args=[ast.Constant(value=str(name)), *_]):
                    found |= {name} if ast.unparse(read) == "os.environ.get" else set()
    return found


def test_every_setting_that_is_read_is_documented():
    assert _read_by_settings() | _read_elsewhere() <= set(DOCUMENTED)


def test_nothing_is_documented_that_nobody_reads():
    by_compose = set(re.findall(r"\$\{([A-Z0-9_]+)", COMPOSE_TEXT)) | set(COMPOSE["x-backend"]["environment"])
    by_run = {"CARELINE_PORT"}
    assert set(DOCUMENTED) <= _read_by_settings() | _read_elsewhere() | by_compose | by_run


@pytest.mark.parametrize("name", DOCUMENTED)
def test_every_setting_has_a_meaning(name):
    above = DOCUMENTED[name] - 1
    while _VARIABLE.match(EXAMPLE[above]):
        above -= 1
    assert re.match(r"# +\S", EXAMPLE[above]), f"no sentence stands above {name}"


@pytest.mark.parametrize("service", ["migrate", "api", "worker"])
def test_a_filled_copy_of_the_example_starts_every_service_in_production(service):
    filled = {match[1]: match[2] or _secret(match[1]) for line in EXAMPLE if (match := re.match(r"^(\w+)=(.*)$", line))}
    described = COMPOSE["services"][service]
    assert described["env_file"] == ".env"
    own = {
        name: re.sub(r"\$\{(\w+)(?::[-?]([^}]*))?\}", lambda one: filled.get(one[1], one[2] or ""), str(value))
        for name, value in described["environment"].items()
    }
    settings = Settings.from_env(filled | own)
    assert (settings.mode, settings.messaging, settings.mail) == ("production", "twilio", "smtp")


def _secret(name: str) -> str:
    is_key = name in {"CARELINE_MASTER_KEY", "CARELINE_CARD_KEY"}
    return base64.b64encode(bytes(range(32))).decode() if is_key else f"{name.lower()}-{'x' * 32}"


def test_the_secrets_of_the_example_are_left_to_be_filled_in():
    secret = re.compile("PASSWORD|_KEY$|SECRET|TOKEN$")
    filled = [line for line in EXAMPLE if (match := _VARIABLE.match(line)) and secret.search(match[1]) and match[2]]
    assert filled == []
