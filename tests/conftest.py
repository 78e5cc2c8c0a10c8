"""What every test shares: no windows, no time limits on examples, and `--no-skips`."""

import importlib.util
import os
import signal
import threading
from collections.abc import Generator
from pathlib import Path

import hypothesis
import pytest

os.environ.setdefault("MPLBACKEND", "Agg")

# The first example may compile; on CI hypothesis brings its own repeatable profile.
hypothesis.settings.register_profile("local", deadline=None)
if "CI" not in os.environ:
    hypothesis.settings.load_profile("local")

# What a shell starts in the background ignores Ctrl-C, and so would the commands under test.
if (
    threading.current_thread() is threading.main_thread()
    and signal.getsignal(signal.SIGINT) is signal.SIG_IGN
):
    signal.signal(signal.SIGINT, signal.default_int_handler)

DASHBOARD_TESTS = Path(__file__).parent / "dashboard"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--no-skips", action="store_true", help="a skipped test is a failure")


def _left_out(config: pytest.Config) -> bool:
    """Whether the dashboard's tests are left out: its packages are not in the light set."""
    return importlib.util.find_spec("solara") is None and not config.getoption("--no-skips")


def pytest_report_header(config: pytest.Config) -> str | None:
    if _left_out(config):
        return "tests/dashboard is left out: its packages are not installed (make setup-all)"
    return None


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    if collection_path == DASHBOARD_TESTS and _left_out(config):
        return True
    return None


def _fail_if_skipped(
    report: pytest.TestReport | pytest.CollectReport, config: pytest.Config
) -> None:
    expected_failure = hasattr(report, "wasxfail")
    if config.getoption("--no-skips") and report.skipped and not expected_failure:
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"skipped where no test may skip: {reason}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    _fail_if_skipped(report, item.config)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    _fail_if_skipped(report, collector.config)
    return report
