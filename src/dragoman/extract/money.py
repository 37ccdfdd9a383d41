"""Sums of money, the arithmetic both languages share."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation


def scaled(digits: str, power: int) -> str | None:
    """Return a number written with thousands separators times a power of ten as a plain decimal string.

    None where the digits are no number ("1,2,3.4.5").
    """
    try:
        value = Decimal(digits.replace(",", "").replace("，", "")).scaleb(power)
    except InvalidOperation:
        return None
    plain = format(value, "f")
    return plain.rstrip("0").rstrip(".") if "." in plain else plain
