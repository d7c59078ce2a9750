"""Ports and secrets of a demo run: made once, kept, private."""

import socket
import stat

from backend.devstack.demo_environment import is_free, keep_ports, keep_secrets


def test_secrets_are_made_once_and_readable_by_nobody_else(tmp_path):
    path = tmp_path / "secrets.env"
    made = keep_secrets(path)
    assert keep_secrets(path) == made
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_secret_that_a_newer_version_needs_is_added_and_the_others_stay(tmp_path):
    path = tmp_path / "secrets.env"
    made = keep_secrets(path)
    path.write_text("".join(f"{name}={value}\n" for name, value in made.items() if name != "CARELINE_CARD_KEY"))
    again = keep_secrets(path)
    assert again.pop("CARELINE_CARD_KEY")
    assert again.items() <= made.items()


def test_ports_stay_the_same_from_run_to_run(tmp_path):
    first = keep_ports(tmp_path / "ports.json", ("bot", "actions"))
    assert len(set(first.values())) == 2
    assert keep_ports(tmp_path / "ports.json", ("bot", "actions")) == first


def test_a_port_that_somebody_took_is_replaced(tmp_path):
    taken = keep_ports(tmp_path / "ports.json", ("bot",))["bot"]
    with socket.socket() as somebody:
        somebody.bind(("127.0.0.1", taken))
        somebody.listen()
        assert not is_free(taken)
        assert keep_ports(tmp_path / "ports.json", ("bot",))["bot"] != taken
