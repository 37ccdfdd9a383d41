"""Fetches an address: bounded in bytes, seconds and redirects, and kept out of private networks.

Every host name is resolved first, each of its addresses is checked, and the connection then goes to the
checked address itself, so that a name cannot change its meaning between check and use. Proxies of the
environment are not used, because they would resolve the name again.
"""

from __future__ import annotations

import ipaddress
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

import httpx

from dragoman.read.faults import unreadable
from dragoman.read.settings import ReadSettings

_SCHEMES = {"http": 80, "https": 443}
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_AGENT = "dragoman (reads public documents for one user)"
_OK = 200
_WAIT = 15.0
"""Seconds without a byte after which a server counts as gone."""

Resolver = Callable[[str, int], list[str]]


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address answered.

    Attributes:
        data: the bytes.
        media_type: as the server says, lower case, without parameters.
        address: where the last redirect led.
    """

    data: bytes
    media_type: str
    address: str


def resolve(host: str, port: int) -> list[str]:
    """Return the network addresses of a host. Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def fetch(address: str, settings: ReadSettings, resolver: Resolver = resolve) -> Fetched:
    """Return what an address answers, redirects followed.

    Args:
        address: http or https address.
        settings: limits.
        resolver: gives the network addresses of a host.

    Raises:
        UnreadableError: unreachable, private, too slow, too large, too many redirects, or an error status.
    """
    deadline = time.monotonic() + settings.max_seconds
    target = address
    with httpx.Client(trust_env=False, follow_redirects=False, headers={"user-agent": _AGENT}) as client:
        for _ in range(settings.max_redirects + 1):
            answer = _get(client, target, address, deadline, settings, resolver)
            if isinstance(answer, Fetched):
                return answer
            target = urljoin(target, answer)
    raise unreadable(address, "address-redirects", limit=settings.max_redirects)


def _get(
    client: httpx.Client, target: str, address: str, deadline: float, settings: ReadSettings, resolver: Resolver
) -> Fetched | str:
    """Return the answer of one address, or where it redirects to."""
    url, host = _pinned(target, address, settings, resolver)
    left = max(0.1, deadline - time.monotonic())
    request = client.build_request("GET", url, headers={"host": host}, timeout=min(_WAIT, left), extensions={})
    request.extensions["sni_hostname"] = urlsplit(target).hostname or ""
    try:
        response = client.send(request, stream=True)
        try:
            if response.status_code in _REDIRECTS and response.headers.get("location"):
                return str(response.headers["location"])
            if response.status_code != _OK:
                raise unreadable(address, "address-status", status=response.status_code)
            data = _bounded(response, address, deadline, settings)
        finally:
            response.close()
    except httpx.TimeoutException as fault:
        raise unreadable(address, "address-too-slow", limit=settings.max_seconds) from fault
    except (httpx.HTTPError, httpx.InvalidURL) as fault:
        raise unreadable(address, "address-unreachable", reason=str(fault) or "no answer") from fault
    media_type = response.headers.get("content-type", "").split(";")[0].strip().lower()
    return Fetched(data, media_type, target)


def _bounded(response: httpx.Response, address: str, deadline: float, settings: ReadSettings) -> bytes:
    data = bytearray()
    for chunk in response.iter_bytes():
        data += chunk
        if len(data) > settings.max_bytes:
            raise unreadable(address, "too-large", limit=settings.max_bytes, unit="bytes")
        if time.monotonic() > deadline:
            raise unreadable(address, "address-too-slow", limit=settings.max_seconds)
    return bytes(data)


def _pinned(target: str, address: str, settings: ReadSettings, resolver: Resolver) -> tuple[str, str]:
    """Return the address with its host replaced by a checked network address, and the host header."""
    try:
        parts = urlsplit(target)
        host, port = parts.hostname, parts.port
    except ValueError as fault:
        raise unreadable(address, "address-malformed") from fault
    if parts.scheme not in _SCHEMES or not host:
        raise unreadable(address, "address-malformed")
    number = port or _SCHEMES[parts.scheme]
    try:
        found = resolver(host, number)
    except (OSError, UnicodeError) as fault:
        raise unreadable(address, "address-unreachable", reason="its host is not known") from fault
    if not found:
        raise unreadable(address, "address-unreachable", reason="its host has no address")
    chosen = found[0]
    if not settings.allow_private:
        _refuse_private(found, address)
    inner = f"[{chosen}]" if ":" in chosen else chosen
    header = host if port is None else f"{host}:{port}"
    return parts._replace(netloc=f"{inner}:{number}", fragment="").geturl(), header


def _refuse_private(found: list[str], address: str) -> None:
    for name in found:
        number = ipaddress.ip_address(name.split("%")[0])
        mapped = getattr(number, "ipv4_mapped", None) or number
        if not mapped.is_global or mapped.is_multicast:
            raise unreadable(address, "address-private", address=name)
