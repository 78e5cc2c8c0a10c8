"""A visit to the real page: the server as its own process, Chromium, and all that it asked for."""

import os
import queue
import re
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlparse

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).parents[2]
START_SECONDS = 180
WAIT = 60_000
HERE = {"127.0.0.1", "localhost"}
SILENT_SCHEMES = {"data", "blob"}


@contextmanager
def started_dashboard(*options: str) -> Iterator[str]:
    """`trappe dashboard` as a process of its own; gives its address and stops it afterwards."""
    command = [sys.executable, "-m", "trappe.main", "dashboard", "--no-open", "--port", "0"]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(
        [*command, *options], cwd=ROOT, env=environment, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    lines: queue.Queue[str] = queue.Queue()
    assert process.stdout is not None
    output = process.stdout

    def read() -> None:
        for line in output:
            lines.put(line)

    reader = threading.Thread(target=read, daemon=True)
    reader.start()
    try:
        yield _address(process, lines)
    finally:
        process.terminate()
        process.wait(timeout=30)
        reader.join(timeout=30)
        output.close()


def _address(process: subprocess.Popen[str], lines: "queue.Queue[str]") -> str:
    said, end = "", time.monotonic() + START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        try:
            said += lines.get(timeout=1)
        except queue.Empty:
            continue
        found = re.search(r"http://\S+", said)
        if found:
            return found[0]
    raise AssertionError(f"the dashboard did not start:\n{said}")


def find_chromium() -> str | None:
    """Path of the system's Chromium."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return next((path for name in names if (path := shutil.which(name))), None)


@contextmanager
def started_chromium() -> Iterator[Browser]:
    """The system's Chromium, without its sandbox, which it cannot have as root."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find_chromium(), args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        try:
            yield browser
        finally:
            browser.close()


@dataclass
class Visit:
    """One page, with what went wrong on it and what it asked others for."""

    page: Page
    problems: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Listen to everything the page does."""
        self.page.set_default_timeout(WAIT)
        self.page.on("pageerror", lambda error: self.problems.append(f"error: {error}"))
        self.page.on("console", self._hear)
        self.page.on("request", lambda request: self._note(request.url))
        self.page.on("websocket", lambda socket: self._note(socket.url))
        self.page.on("response", self._answered)
        self.page.on("requestfailed", self._failed)

    def _hear(self, message) -> None:  # type: ignore[no-untyped-def]
        if message.type == "error":
            self.problems.append(f"console: {message.text}")

    def _failed(self, request) -> None:  # type: ignore[no-untyped-def]
        # A page that is left or reloaded while something still loads gives that up; no fault of it.
        if request.failure != "net::ERR_ABORTED":
            self.problems.append(f"failed: {request.url} ({request.failure})")

    def _note(self, url: str) -> None:
        parts = urlparse(url)
        if parts.scheme not in SILENT_SCHEMES and parts.hostname not in HERE:
            self.outside.append(url)

    def _answered(self, response) -> None:  # type: ignore[no-untyped-def]
        if response.status >= 400:
            self.problems.append(f"{response.status}: {response.url}")

    def open(self, address: str) -> None:
        """Go there and wait until the page can be used."""
        self.page.goto(address)
        self.page.wait_for_selector(".tr-controls")
        self.page.wait_for_selector(".tr-picture svg")

    def move(self, lever: str, *keys: str) -> None:
        """Move a lever with the keyboard."""
        self.page.locator(f"#tr-{lever}").focus()
        for key in keys:
            self.page.keyboard.press(key)

    def run(self) -> None:
        """Press Run and wait until these results are on the page."""
        self.page.click(".tr-run")
        self.page.wait_for_selector(".tr-number")
        self.page.wait_for_function(
            "!document.querySelector('.tr-stop') && !document.querySelector('.tr-stale')"
        )

    def drawn(self, figure: str) -> str:
        """The drawing of a figure as it stands on the page."""
        return self.page.locator(f"[data-figure={figure}] svg").last.evaluate("e => e.outerHTML")

    def assert_clean(self) -> None:
        """Nothing went wrong, and nobody outside this machine was asked for anything."""
        assert self.problems == []
        assert self.outside == []
