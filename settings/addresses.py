"""What an address says: whether only this machine can reach it."""

import ipaddress

# Headers that only a proxy adds: behind one, a loopback address says nothing about who asks.
PROXY_HEADERS = ("X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-Ip",
                 "Forwarded", "Via")  # fmt: skip


def is_loopback(host: str) -> bool:
    """Return whether a host name or address is of this machine itself: `LOCALHOST` too."""
    if host.casefold() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
