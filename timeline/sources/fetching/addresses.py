"""Which addresses of the network are the public's."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

# Longer prefixes first where one lies in the other. What is not named here must be global by the registry, too.
_CLOSED = tuple(
    (ip_network(prefix), what)
    for prefix, what in (
        ("0.0.0.0/8", "this very machine"),
        ("10.0.0.0/8", "a private network"),
        ("100.64.0.0/10", "a carrier's inner network"),
        ("127.0.0.0/8", "this very machine"),
        ("169.254.0.0/16", "a link-local address"),
        ("172.16.0.0/12", "a private network"),
        ("192.0.0.0/24", "a protocol's own address"),
        ("192.0.2.0/24", "an address for documentation"),
        ("192.31.196.0/24", "a protocol's own address"),
        ("192.52.193.0/24", "a protocol's own address"),
        ("192.88.99.0/24", "a relay's address"),
        ("192.168.0.0/16", "a private network"),
        ("192.175.48.0/24", "a protocol's own address"),
        ("198.18.0.0/15", "a test network"),
        ("198.51.100.0/24", "an address for documentation"),
        ("203.0.113.0/24", "an address for documentation"),
        ("224.0.0.0/4", "a multicast address"),
        ("240.0.0.0/4", "a reserved address"),
        ("::/128", "this very machine"),
        ("::1/128", "this very machine"),
        ("::/8", "a reserved or an IPv4 address in disguise"),
        ("64:ff9b:1::/48", "a private network"),
        ("100::/64", "an address for nothing"),
        ("2001::/23", "a tunnel's or a protocol's own address"),
        ("2001:db8::/32", "an address for documentation"),
        ("2002::/16", "a tunnel's address"),
        ("2620:4f:8000::/48", "a protocol's own address"),
        ("3fff::/20", "an address for documentation"),
        ("fc00::/7", "a private network"),
        ("fe80::/10", "a link-local address"),
        ("fec0::/10", "a private network"),
        ("ff00::/8", "a multicast address"),
    )
)
_NAT64 = ip_network("64:ff9b::/96")  # stands for an IPv4 address, its last four bytes, in networks without IPv4
_GLOBAL = ip_network("2000::/3")  # all of IPv6 that is given out


def closed(address: str) -> str:
    """What an address is that is not the public's ("a private network"); "" for a public one.

    Raises ValueError: no address."""
    at = ip_address(address)
    if isinstance(at, IPv6Address) and at in _NAT64:
        at = IPv4Address(at.packed[-4:])
    named = next((what for network, what in _CLOSED if at in network), "")
    if named:
        return named
    return "" if at.is_global and (at.version == 4 or at in _GLOBAL) else "no public address"
