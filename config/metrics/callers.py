"""Who may read the metrics: callers of the networks in METRICS_ALLOWED_FROM, and only those who call directly."""

from collections.abc import Iterable, Mapping
from functools import cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Any

from django.conf import settings

# Written by proxies. Behind one the caller's address is the proxy's, and what it writes here anybody could write.
BY_PROXIES = ("HTTP_X_FORWARDED", "HTTP_FORWARDED", "HTTP_X_REAL_IP", "HTTP_VIA")

type Network = IPv4Network | IPv6Network


def may_read(request_meta: Mapping[str, Any]) -> bool:
    """Whether this is a caller of an allowed network. One without a readable address is none: on a unix socket, say."""
    if any(name.startswith(BY_PROXIES) for name in request_meta):
        return False
    try:
        caller = _plain(ip_address(request_meta.get("REMOTE_ADDR", "")))
    except ValueError:
        return False
    return any(caller in network for network in _networks(tuple(settings.METRICS_ALLOWED_FROM)))


def odd_networks(words: Iterable[str]) -> list[str]:
    """Those that are no network in CIDR notation and no address; they allow nobody."""
    return [word for word in words if not _networks((word,))]


@cache
def _networks(words: tuple[str, ...]) -> list[Network]:
    found = []
    for word in words:
        try:
            found.append(ip_network(word))
        except ValueError:
            continue
    return found


def _plain(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """A socket for both kinds of addresses writes 127.0.0.1 as ::ffff:127.0.0.1."""
    return getattr(address, "ipv4_mapped", None) or address
