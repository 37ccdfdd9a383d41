"""What can be set on the web face, with defaults for one person on one machine."""

from __future__ import annotations

from dataclasses import dataclass

LOOPBACK_HOSTS = ("127.0.0.1", "localhost", "[::1]")
"""Names under which a browser reaches its own machine."""

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Settings:
    """Options of the web face.

    Attributes:
        hosts: host names, without port, under which the pages may be asked for. Any other is turned away,
            so that a foreign page cannot reach the register by pointing its own name at this machine.
        upload_limit: bytes that one request may carry.
        accounts: whether everybody signs in; `dragoman serve` sets it where there are accounts.
        page_size: lines of a table on one page where the address does not say.
    """

    hosts: tuple[str, ...] = LOOPBACK_HOSTS
    upload_limit: int = 100 * MEGABYTE
    accounts: bool = False
    page_size: int = 50
