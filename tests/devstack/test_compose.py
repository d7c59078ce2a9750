"""docker-compose.yml: accepted by Compose itself, and the walls it promises are there."""

import json
import re
import shutil
import subprocess

import pytest
import yaml

from backend.devstack.compose import find_compose
from backend.devstack.places import ROOT

_ONE_SHOT = {"migrate", "train", "bucket"}


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """A copy of what Compose reads, with every secret of .env.example filled in."""
    folder = tmp_path_factory.mktemp("compose")
    shutil.copy(ROOT / "docker-compose.yml", folder)
    (folder / "chatbot").mkdir()
    example = (ROOT / ".env.example").read_text()
    (folder / ".env").write_text(re.sub(r"^(\w+)=$", r"\1=filled-in", example, flags=re.MULTILINE))
    return folder


def config(project):
    program = find_compose()
    if program is None:
        pytest.skip("no Compose on this machine, and none could be installed")
    return subprocess.run([*program, "config"], cwd=project, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def services():
    return yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]


def test_compose_accepts_the_file_with_the_example_settings(project):
    done = config(project)
    assert done.returncode == 0, done.stderr


def test_compose_refuses_to_start_without_the_secrets(tmp_path, project):
    for path in ("docker-compose.yml", ".env"):
        shutil.copy(project / path, tmp_path)
    (tmp_path / "chatbot").mkdir()
    (tmp_path / ".env").write_text("")
    assert "set it in .env" in config(tmp_path).stderr


def test_every_part_of_the_product_is_there(services):
    wanted = {"db", "migrate", "api", "worker", "bot", "actions", "objects", "mail", "proxy"}
    assert wanted <= services.keys()


def test_every_part_that_stays_up_has_a_health_check(services):
    assert [name for name in services.keys() - _ONE_SHOT if "healthcheck" not in services[name]] == []


def test_only_the_proxy_can_be_reached_from_outside(services):
    assert [name for name, service in services.items() if "ports" in service] == ["proxy"]


def test_the_bot_and_its_actions_have_no_way_out_and_only_read_the_model(services):
    compose = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
    assert compose["networks"]["inner"]["internal"]
    assert [services[name]["networks"] for name in ("bot", "actions")] == [["inner"], ["inner"]]
    assert services["bot"]["volumes"] == ["models:/models:ro"]


def test_only_the_migration_knows_the_owner_of_the_schema(services):
    knowing = {name for name, service in services.items() if "OWNER_DATABASE_URL" in json.dumps(service)}
    assert knowing == {"migrate"}


def test_no_secret_has_a_default(services):
    defaults = re.findall(r"\$\{(\w+(?:PASSWORD|SECRET|KEY|TOKEN)):-", json.dumps(services))
    assert defaults == []


def test_the_example_settings_name_every_setting_of_the_backend():
    source = (ROOT / "backend" / "settings.py").read_text()
    read = set(re.findall(r'(?:text|number|key|vendor)\("([A-Z_]+)"', source))
    named = set(re.findall(r"^#?([A-Z_]+)=", (ROOT / ".env.example").read_text(), flags=re.MULTILINE))
    assert len(read) > 20
    assert read - named == set()
