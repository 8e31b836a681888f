"""What an address says: whether only this machine can reach it."""

import ipaddress
import re

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


def of_a_machine(text: str) -> str:
    """Let an IP address or the name of a machine through.

    Figures and dots alone are an address or nothing. Raises ValueError for all else.
    """
    try:
        ipaddress.ip_address(text)
    except ValueError:
        named = re.fullmatch(r"[\w-]+(\.[\w-]+)*\.?", text) and not re.fullmatch(r"[\d.]+", text)
        if not named:
            raise ValueError("not an address") from None
    return text
