"""Drawings of figures as inline SVG: readable without colour, their figures in words beside them."""

from decimal import Decimal
from typing import Any

from django import template

register = template.Library()
WIDTH = 300
EDGE = 22
"""Half of what a label takes: none is cut at the ends."""
WHOLE = Decimal(100)


@register.inclusion_tag("components/range_bar.html")
def range_bar(
    name: str,
    title: str,
    description: str,
    label: str = "",
    value: Decimal | None = None,
    low: Decimal | None = None,
    high: Decimal | None = None,
) -> dict[str, Any]:
    """A share in per cent against what is asked of it: a band from ``low`` to ``high``, or one tick at either.

    ``name`` makes its parts' names unique on the page; without a value the frame stays empty, and says so.
    Over 100 the bar stops there with a notch: the words beside tell the number.
    """
    band = (_at(low), _at(high) - _at(low)) if low is not None and high is not None else None
    goal = None if band else next((_at(one) for one in (low, high) if one is not None), None)
    middle = band[0] + band[1] / 2 if band else goal
    return {
        "name": name,
        "title": title,
        "description": description,
        "label": label,
        "has_value": value is not None,
        "end": _at(value or Decimal(0)),
        "is_over": value is not None and value > WHOLE,
        "band": band,
        "goal": goal,
        "label_at": None if middle is None else min(max(middle, EDGE), WIDTH - EDGE),
    }


def _at(share: Decimal) -> float:
    """Where a share lies on the drawing, rounded so that the page stays small."""
    return round(float(min(share, WHOLE)) * WIDTH / 100, 1)
