"""One visit where there is no network at all; run inside ``unshare --net``.

Exits with 0 when the page worked, and raises otherwise.
"""

import fcntl
import socket
import struct

from tests.dashboard.visiting import Visit, started_chromium, started_dashboard

SET_FLAGS, UP_AND_RUNNING = 0x8914, 0x41


def raise_loopback() -> None:
    """Switch on the namespace's own loopback, the one device it has."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as device:
        fcntl.ioctl(device, SET_FLAGS, struct.pack("16sh14x", b"lo", UP_AND_RUNNING))


def assert_no_network() -> None:
    """Nothing but the machine itself can be reached."""
    names = [name for _, name in socket.if_nameindex()]
    assert names == ["lo"], names


def main() -> None:
    """Choose, move, run, look."""
    raise_loopback()
    assert_no_network()
    with started_dashboard() as address, started_chromium() as browser:
        visit = Visit(browser.new_page())
        visit.open(address)
        visit.move("chain_length", "ArrowRight", "ArrowRight")
        visit.run()
        for figure in ("staircase", "waiting", "trust", "price"):
            assert "<text" in visit.drawn(figure)
        visit.assert_clean()


if __name__ == "__main__":
    main()
