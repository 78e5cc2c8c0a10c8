"""`trappe dashboard` before the page: what can go wrong at the start."""

import importlib.util
import signal
import socket
import subprocess
import sys

import click
import pytest
from click.testing import CliRunner

from dashboard.server import address, network_address, open_socket
from trappe.dashboard import dashboard


def test_a_port_that_is_taken_is_said_with_exit_code_2():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        command = [sys.executable, "-m", "trappe.main", "dashboard", "--no-open"]
        ended = subprocess.run(
            [*command, "--host", "127.0.0.1", "--port", str(port)],
            capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip
    assert ended.returncode == 2
    assert str(port) in ended.stderr
    assert "--port" in ended.stderr
    assert "Traceback" not in ended.stderr


@pytest.mark.parametrize("host", ["999.1.1.1", "192.0.2.1", "no such host"])
def test_a_host_that_is_not_this_machine_is_not_answered_with_advice_on_ports(host):
    result = CliRunner().invoke(dashboard, ["--no-open", "--host", host], standalone_mode=False)
    assert isinstance(result.exception, click.ClickException)
    assert f"{host} is not an address of this machine" in result.exception.message
    assert "--port" not in result.exception.message


def test_without_its_packages_it_says_how_to_get_them(monkeypatch):
    found = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name, *rest: None if name == "solara" else found(name)
    )
    result = CliRunner().invoke(dashboard, ["--no-open"], standalone_mode=False)
    assert isinstance(result.exception, click.ClickException)
    assert "make setup-all" in result.exception.message


@pytest.mark.parametrize("wrong", [["--port", "70000"], ["--lang", "sv"], ["--port", "x"]])
def test_wrong_options_are_refused(wrong):
    result = CliRunner().invoke(dashboard, wrong)
    assert result.exit_code == 2


def test_the_address_is_one_that_this_machine_can_open():
    with open_socket("0.0.0.0", 0) as listening:
        port = listening.getsockname()[1]
        assert address(listening) == f"http://localhost:{port}/"
    with open_socket("127.0.0.1", 0) as listening:
        port = listening.getsockname()[1]
        assert address(listening) == f"http://127.0.0.1:{port}/"


def test_the_server_tells_nobody_anything_and_has_a_secret_of_its_own():
    program = (
        "from dashboard import server; server.prepare(); from solara.server import settings as s; "
        "print(s.telemetry.mixpanel_enable, s.main.mode, s.theme.show_banner, "
        "len(s.session.secret_key), s.assets.fontawesome_enabled, len(s.assets.extra_paths()))"
    )
    ended = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=True
    )
    assert ended.stdout.split() == ["False", "production", "False", "64", "False", "1"]


def test_ctrl_c_ends_it_in_good_order():
    command = [sys.executable, "-m", "trappe.main", "dashboard", "--no-open", "--port", "0"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert "http://" in process.stdout.readline()
    process.send_signal(signal.SIGINT)
    said, errors = process.communicate(timeout=30)
    assert process.returncode == 0
    assert "stoppet" in said
    assert "Traceback" not in errors


def test_the_network_is_told_of_only_where_others_are_let_in():
    with open_socket("127.0.0.1", 0) as listening:
        assert network_address(listening) is None
    with open_socket("0.0.0.0", 0) as listening:
        found = network_address(listening)
        assert found is None or found.endswith(f":{listening.getsockname()[1]}/")
