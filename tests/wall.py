"""A wall around the tests that speak over a network: nothing may speak to another machine."""

from __future__ import annotations

import socket
from ipaddress import ip_address
from typing import Any

import pytest


def walled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses that are connected to from now on. A connection to one of another machine raises."""
    connect, found = socket.socket.connect, list[str]()

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6):
            found.append(address[0])
            if not ip_address(address[0]).is_loopback:
                raise AssertionError(f"a connection to {address[0]}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)
    return found
