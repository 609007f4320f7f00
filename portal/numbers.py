"""Numbers as Vietnamese papers write them: 1.045 is a thousand and forty-five, 22,5 is twenty-two and a half."""

import re
from decimal import Decimal

NUMBER = r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?"
"""A number as printed, for patterns."""
_WHOLE = re.compile(rf"(?:{NUMBER})\Z")


def number_words(value: Decimal | None) -> str:
    """A number as Vietnamese writes it: 1.045 · 22,5."""
    if value is None:
        return ""
    whole, _, rest = f"{value:,f}".partition(".")
    rest = rest.rstrip("0")
    return whole.replace(",", ".") + (f",{rest}" if rest else "")


def read_number(printed: str) -> Decimal | None:
    """A number as typed: "1.045", "1 045", "1045" and "22,5"; None where it is no number."""
    text = "".join(printed.split()).replace("−", "-")
    sign = -1 if text[:1] == "-" else 1
    text = text.lstrip("+-")
    if not _WHOLE.match(text):
        return None
    return sign * Decimal(text.replace(".", "").replace(",", "."))
